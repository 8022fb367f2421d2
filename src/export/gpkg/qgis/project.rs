//! A QGIS project of all layers and tables of a GeoPackage.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::symbols::Part;
use crate::crs::Crs;
use crate::export::{Column, Export, Table};

/// The project; `file` is the name of the GeoPackage beside which paths are looked for.
pub fn xml(export: &Export<'_>, file: &str, extents: &[Option<[f64; 4]>]) -> String {
    let crs = reference_system(export.options.crs);
    let (mut tree, mut layers) = (String::new(), String::new());
    // The first of the tree is drawn on top, the first of the atlas at the bottom.
    for features in export.features.iter().rev() {
        let parts = Part::of(features);
        for part in parts.iter().rev() {
            let table = &features.table;
            let wanted = if part.of_several {
                format!("|geometrytype={}", part.geometry())
            } else {
                String::new()
            };
            let source = format!("./{file}|layername={}{wanted}", table.id);
            let id = format!("{}_{}", table.id, part.geometry());
            node(&mut tree, &id, &table.title, &source);
            let _ = write!(
                layers,
                "<maplayer type=\"vector\" geometry=\"{}\" labelsEnabled=\"{}\"><id>{}</id><datasource>{}</datasource><layername>{}</layername><srs>{crs}</srs><provider encoding=\"UTF-8\">ogr</provider>{}{}</maplayer>",
                part.geometry(),
                u8::from(part.labelled()),
                escape(id.as_str()),
                escape(source.as_str()),
                escape(table.title.as_str()),
                titles(table),
                part.body(),
            );
        }
    }
    for table in &export.records.tables {
        plain(&mut tree, &mut layers, table, file);
    }
    let [west, south, east, north] = around(extents);
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" projectname=\"{title}\"><title>{title}</title><projectCrs>{crs}</projectCrs><layer-tree-group>{tree}</layer-tree-group><mapcanvas name=\"theMapCanvas\"><units>{units}</units><extent><xmin>{west}</xmin><ymin>{south}</ymin><xmax>{east}</xmax><ymax>{north}</ymax></extent><destinationsrs>{crs}</destinationsrs></mapcanvas><projectlayers>{layers}</projectlayers><properties><SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys><Paths><Absolute type=\"bool\">false</Absolute></Paths></properties><projectMetadata><title>{title}</title><abstract>{about}</abstract></projectMetadata></qgis>\n",
        title = escape(export.origin.title.as_str()),
        about = escape(export.origin.line()),
        units = if export.options.crs.is_degrees() { "degrees" } else { "meters" },
    )
}

/// The system with its definition, without which QGIS does not believe the code; nothing for those
/// that no authority knows.
fn reference_system(crs: Crs) -> String {
    let (Some(code), Some(wkt)) = (crs.epsg(), crs.wkt()) else { return String::new() };
    format!(
        "<spatialrefsys><wkt>{}</wkt><srid>{code}</srid><authid>EPSG:{code}</authid><description>{}</description><geographicflag>{}</geographicflag></spatialrefsys>",
        escape(wkt.as_str()),
        escape(crs.name()),
        crs.is_degrees(),
    )
}

fn plain(tree: &mut String, layers: &mut String, table: &Table<'_>, file: &str) {
    let source = format!("./{file}|layername={}", table.id);
    node(tree, &table.id, &table.title, &source);
    let _ = write!(
        layers,
        "<maplayer type=\"vector\" geometry=\"No geometry\"><id>{}</id><datasource>{}</datasource><layername>{}</layername><srs/><provider encoding=\"UTF-8\">ogr</provider>{}</maplayer>",
        escape(table.id.as_str()),
        escape(source.as_str()),
        escape(table.title.as_str()),
        titles(table),
    );
}

/// Headings of the columns, which QGIS shows in tables and forms.
fn titles(table: &Table<'_>) -> String {
    let alias = |(number, column): (usize, &Column<'_>)| {
        let field = &column.field;
        // The first field is `fid`.
        format!(
            "<alias field=\"{}\" index=\"{}\" name=\"{}\"/>",
            escape(&*field.key),
            number + 1,
            escape(&*field.title)
        )
    };
    let aliases: String = table.columns.iter().enumerate().map(alias).collect();
    format!("<aliases>{aliases}</aliases>")
}

fn node(tree: &mut String, id: &str, name: &str, source: &str) {
    let _ = write!(
        tree,
        "<layer-tree-layer id=\"{}\" name=\"{}\" source=\"{}\" providerKey=\"ogr\" checked=\"Qt::Checked\" expanded=\"0\"/>",
        escape(id),
        escape(name),
        escape(source),
    );
}

/// The box around all layers with a little room.
fn around(extents: &[Option<[f64; 4]>]) -> [f64; 4] {
    let whole = extents
        .iter()
        .flatten()
        .copied()
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let [west, south, east, north] = whole.unwrap_or([0.0, 0.0, 1.0, 1.0]);
    let room = ((east - west) + (north - south)).max(1e-6) / 40.0;
    [west - room, south - room, east + room, north + room]
}
