//! What stands before and after the entities: header, tables, blocks, objects.
//!
//! The least that AutoCAD asks of a drawing: both spaces with their layouts, the default line
//! types, a plot style, one view that shows everything.

use crate::crs::Crs;
use crate::export::dxf::tags::Tags;
use crate::export::dxf::{DrawnLayer, plain};
use crate::export::{Export, WriteError};

/// Handle of the record of the model space.
pub const MODEL_SPACE: &str = "17";
/// Name of the text style: 黑体, which every Chinese Windows has.
pub const STYLE: &str = "汉字";
/// Name under which extended data stands.
pub const APPLICATION: &str = "PLAN_ATLAS";

const CLASSES: &str = "\
0 SECTION
2 CLASSES
0 CLASS
1 ACDBDICTIONARYWDFLT
2 AcDbDictionaryWithDefault
3 ObjectDBX Classes
90 0
91 1
280 0
281 0
0 CLASS
1 ACDBPLACEHOLDER
2 AcDbPlaceHolder
3 ObjectDBX Classes
90 0
91 1
280 0
281 0
0 CLASS
1 LAYOUT
2 AcDbLayout
3 ObjectDBX Classes
90 0
91 2
280 0
281 0
0 ENDSEC
";

pub fn head(
    out: &mut Tags,
    export: &Export<'_>,
    layers: &[DrawnLayer],
    bounds: [f64; 4],
) -> Result<(), WriteError> {
    header(out, export, bounds)?;
    out.lines(CLASSES)?;
    out.lines("0 SECTION\n2 TABLES")?;
    view(out, bounds)?;
    table(out, "LTYPE", "2", 3)?;
    for (handle, name) in [("24", "ByBlock"), ("25", "ByLayer"), ("26", "Continuous")] {
        record(out, "LTYPE", "2", "AcDbLinetypeTableRecord", Some(handle), name)?;
        out.lines("70 0\n3 \n72 65\n73 0\n40 0.0")?;
    }
    table(out, "LAYER", "1", layers.len() + 1)?;
    record(out, "LAYER", "1", "AcDbLayerTableRecord", Some("27"), "0")?;
    out.lines("70 0\n62 7\n6 Continuous\n370 -3\n390 13")?;
    for layer in layers {
        record(out, "LAYER", "1", "AcDbLayerTableRecord", None, &layer.name)?;
        out.lines("70 0")?;
        out.color(layer.color)?;
        out.lines("6 Continuous\n370 -3\n390 13")?;
    }
    table(out, "STYLE", "5", 2)?;
    for (handle, name, font) in [("29", "Standard", "txt"), ("2E", STYLE, "simhei.ttf")] {
        record(out, "STYLE", "5", "AcDbTextStyleTableRecord", Some(handle), name)?;
        out.lines("70 0\n40 0.0\n41 1.0\n50 0.0\n71 0\n42 2.5")?;
        out.text(3, font)?;
        out.text(4, "")?;
    }
    table(out, "VIEW", "7", 0)?;
    table(out, "UCS", "6", 0)?;
    table(out, "APPID", "3", 2)?;
    for (handle, name) in [("2A", "ACAD"), ("2F", APPLICATION)] {
        record(out, "APPID", "3", "AcDbRegAppTableRecord", Some(handle), name)?;
        out.lines("70 0")?;
    }
    table(out, "DIMSTYLE", "4", 1)?;
    out.lines("100 AcDbDimStyleTable\n0 DIMSTYLE\n105 2B\n330 4\n100 AcDbSymbolTableRecord")?;
    out.lines("100 AcDbDimStyleTableRecord\n2 Standard\n70 0")?;
    table(out, "BLOCK_RECORD", "9", 2)?;
    for (handle, name, layout) in
        [(MODEL_SPACE, "*Model_Space", "1A"), ("1B", "*Paper_Space", "1E")]
    {
        record(out, "BLOCK_RECORD", "9", "AcDbBlockTableRecord", Some(handle), name)?;
        out.text(340, layout)?;
        out.lines("70 0\n280 1\n281 0")?;
    }
    out.lines("0 ENDTAB\n0 ENDSEC\n0 SECTION\n2 BLOCKS")?;
    let blocks =
        [(MODEL_SPACE, "*Model_Space", ["18", "19"]), ("1B", "*Paper_Space", ["1C", "1D"])];
    for (owner, name, [begin, end]) in blocks {
        out.lines(&format!(
            "0 BLOCK\n5 {begin}\n330 {owner}\n100 AcDbEntity\n8 0\n100 AcDbBlockBegin\n2 {name}\n70 0\n\
             10 0.0\n20 0.0\n30 0.0\n3 {name}\n1 \n\
             0 ENDBLK\n5 {end}\n330 {owner}\n100 AcDbEntity\n8 0\n100 AcDbBlockEnd"
        ))?;
    }
    out.lines("0 ENDSEC\n0 SECTION\n2 ENTITIES")
}

/// Units, extent, how points look, and where the drawing comes from: what `DWGPROPS` shows.
fn header(out: &mut Tags, export: &Export<'_>, bounds: [f64; 4]) -> Result<(), WriteError> {
    let origin = &export.origin;
    out.lines("0 SECTION\n2 HEADER\n9 $ACADVER\n1 AC1018\n9 $DWGCODEPAGE\n3 ANSI_936")?;
    for (name, value) in [
        ("规划", origin.plans.join("、")),
        ("数据版本", origin.data_version.clone()),
        ("导出日期", origin.date.clone()),
        ("坐标系", origin.reference()),
        ("来源", origin.line()),
    ] {
        out.text(9, "$CUSTOMPROPERTYTAG")?;
        out.text(1, name)?;
        out.text(9, "$CUSTOMPROPERTY")?;
        out.text(1, &plain(&value))?;
    }
    for (name, corner) in [("$EXTMIN", [bounds[0], bounds[1]]), ("$EXTMAX", [bounds[2], bounds[3]])]
    {
        out.text(9, name)?;
        out.point(10, corner)?;
    }
    for (name, corner) in [("$LIMMIN", [bounds[0], bounds[1]]), ("$LIMMAX", [bounds[2], bounds[3]])]
    {
        out.text(9, name)?;
        out.position(10, corner)?;
    }
    // 6 is the metre; degrees have no number.
    let metres = matches!(export.options.crs, Crs::WebMercator | Crs::GaussKruger(_));
    out.text(9, "$INSUNITS")?;
    out.integer(70, if metres { 6 } else { 0 })?;
    out.text(9, "$LUPREC")?;
    out.integer(70, if metres { 3 } else { 8 })?;
    // Points are circles with a cross, one and a half per cent of the window.
    out.lines("9 $LUNITS\n70 2\n9 $MEASUREMENT\n70 1\n9 $PDMODE\n70 34\n9 $PDSIZE\n40 -1.5")?;
    out.lines("9 $TEXTSTYLE")?;
    out.text(7, STYLE)?;
    out.lines(
        "9 $CLAYER\n8 0\n9 $TILEMODE\n70 1\n9 $PSTYLEMODE\n290 1\n9 $EXTNAMES\n290 1\n9 $HANDSEED",
    )?;
    out.seed()?;
    out.lines("0 ENDSEC")
}

/// One window that shows everything.
fn view(out: &mut Tags, bounds: [f64; 4]) -> Result<(), WriteError> {
    let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
    out.lines("0 TABLE\n2 VPORT\n5 8\n330 0\n100 AcDbSymbolTable\n70 1")?;
    record(out, "VPORT", "8", "AcDbViewportTableRecord", Some("23"), "*Active")?;
    out.lines("70 0\n10 0.0\n20 0.0\n11 1.0\n21 1.0")?;
    out.position(12, [f64::midpoint(bounds[0], bounds[2]), f64::midpoint(bounds[1], bounds[3])])?;
    out.lines("13 0.0\n23 0.0\n14 1.0\n24 1.0\n15 1.0\n25 1.0\n16 0.0\n26 0.0\n36 1.0")?;
    out.lines("17 0.0\n27 0.0\n37 0.0")?;
    out.number(40, (height.max(width / 1.6) * 1.1).max(0.01))?;
    out.lines("41 1.6\n42 50.0\n43 0.0\n44 0.0\n50 0.0\n51 0.0\n71 0\n72 1000\n73 1\n74 3")?;
    out.lines("75 0\n76 0\n77 0\n78 0\n281 0\n65 0")
}

/// Ends the table before, and begins one.
fn table(out: &mut Tags, name: &str, handle: &str, records: usize) -> Result<(), WriteError> {
    out.lines(&format!(
        "0 ENDTAB\n0 TABLE\n2 {name}\n5 {handle}\n330 0\n100 AcDbSymbolTable\n70 {records}"
    ))
}

fn record(
    out: &mut Tags,
    kind: &str,
    owner: &str,
    class: &str,
    handle: Option<&str>,
    name: &str,
) -> Result<(), WriteError> {
    out.text(0, kind)?;
    match handle {
        Some(handle) => out.text(5, handle)?,
        None => out.handle()?,
    }
    out.text(330, owner)?;
    out.lines("100 AcDbSymbolTableRecord")?;
    out.text(100, class)?;
    out.text(2, name)
}

const OBJECTS: &str = "\
0 ENDSEC
0 SECTION
2 OBJECTS
0 DICTIONARY
5 A
330 0
100 AcDbDictionary
281 1
3 ACAD_GROUP
350 C
3 ACAD_LAYOUT
350 D
3 ACAD_PLOTSTYLENAME
350 12
0 DICTIONARY
5 C
330 A
100 AcDbDictionary
281 1
0 DICTIONARY
5 D
330 A
100 AcDbDictionary
281 1
3 Model
350 1A
3 Layout1
350 1E
0 ACDBDICTIONARYWDFLT
5 12
330 A
100 AcDbDictionary
281 1
3 Normal
350 13
100 AcDbDictionaryWithDefault
340 13
0 ACDBPLACEHOLDER
5 13
330 12
";

/// Ends the drawing.
pub fn tail(mut out: Tags) -> Result<(), WriteError> {
    out.lines(OBJECTS)?;
    let layouts = [("1A", "Model", 1024, 0, MODEL_SPACE), ("1E", "Layout1", 0, 1, "1B")];
    for (handle, name, flags, order, owner) in layouts {
        out.lines(&format!(
            "0 LAYOUT\n5 {handle}\n330 D\n100 AcDbPlotSettings\n1 \n4 A3\n6 \n40 7.5\n41 20.0\n42 7.5\n\
             43 20.0\n44 420.0\n45 297.0\n46 0.0\n47 0.0\n48 0.0\n49 0.0\n140 0.0\n141 0.0\n142 1.0\n\
             143 1.0\n70 {flags}\n72 1\n73 0\n74 5\n7 \n75 16\n147 1.0\n148 0.0\n149 0.0\n\
             100 AcDbLayout\n1 {name}\n70 1\n71 {order}\n10 0.0\n20 0.0\n11 420.0\n21 297.0\n\
             12 0.0\n22 0.0\n32 0.0\n14 0.0\n24 0.0\n34 0.0\n15 0.0\n25 0.0\n35 0.0\n146 0.0\n\
             13 0.0\n23 0.0\n33 0.0\n16 1.0\n26 0.0\n36 0.0\n17 0.0\n27 1.0\n37 0.0\n76 0\n330 {owner}"
        ))?;
    }
    out.lines("0 ENDSEC\n0 EOF")?;
    out.finish()
}
