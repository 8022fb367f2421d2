//! KML, and KML in a zip (KMZ): what Google Earth, 奥维 and 图新 open.
//!
//! Written as OGC 07-147r2 (KML 2.2) has it; all of it is KML 2.3 (OGC 12-007r2) as well, whose
//! namespace the programs do not know yet. A document within the document to each layer, which programs
//! show as a folder (a `Folder` cannot hold its schema, and without one GDAL finds no fields in a KMZ); a
//! placemark to each feature, drawn in the colours of the legend. Attributes are typed (`SchemaData`), and
//! the balloon shows them with what the plans say about the place. A feature that nobody has located is
//! a placemark without geometry. Positions are WGS 84, the only system that KML knows. Nothing in it
//! refers to the internet.
//!
//! What it refuses: characters that XML 1.0 does not have are dropped, and listed as lost.

mod balloon;
mod shape;
mod style;
mod xml;

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::export::losses::{Collector, LossKind};
use crate::export::table::{Cell, Column, Kind, Table};
use crate::export::{Export, Features, Flat, Folder, Progress, WriteError};
use style::Styles;
use xml::{close, open};

const NAMESPACE: &str = "http://www.opengis.net/kml/2.2";

/// What a KML file cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    for table in export.features.iter().map(|f| &f.table).chain(&export.records.tables) {
        for column in &table.columns {
            let key = &*column.field.key;
            if xml::name(key) != key {
                collector.note(LossKind::Characters, &table.id, Some(key), key);
            }
            for row in 0..table.len {
                if let Some(text) = column.cell(row).flat()
                    && !text.chars().all(xml::has)
                {
                    let example = || xml::clean(&table.example(row)).into_owned();
                    collector.note_by(LossKind::Characters, &table.id, Some(key), example);
                }
            }
        }
    }
    for table in export.features.iter().map(|features| &features.table) {
        for column in table.columns.iter().filter(|column| column.field.kind == Kind::Integer) {
            if kind(table, column) == "string" {
                collector.note(LossKind::Flattened, &table.id, Some(&column.field.key), "");
            }
        }
    }
}

/// Writes one KML file with everything in it.
pub fn plain(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let mut file = folder.create(&export.whole_file())?;
    document(export, &mut file, progress)?;
    file.flush()?;
    Ok(())
}

/// Writes the same as a zip, with `doc.kml` as its first file (OGC 07-147r2, annex C).
pub fn zipped(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let refused = |error: zip::result::ZipError| WriteError::from(io::Error::from(error));
    let mut zip = ZipWriter::new(folder.create(&export.whole_file())?);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("doc.kml", options).map_err(refused)?;
    let mut buffer = io::BufWriter::with_capacity(1 << 16, &mut zip);
    document(export, &mut buffer, progress)?;
    buffer.flush()?;
    drop(buffer);
    zip.finish().map_err(refused)?.flush()?;
    Ok(())
}

fn document<W: Write>(
    export: &Export<'_>,
    out: &mut W,
    progress: &Progress,
) -> Result<(), WriteError> {
    let mut out = Writer::new(out);
    let out = &mut out;
    let numbered = || export.features.iter().enumerate();
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.write_event(Event::Start(BytesStart::new("kml").with_attributes([("xmlns", NAMESPACE)])))?;
    open(out, "Document")?;
    let title = match export.features.as_slice() {
        [only] => &only.table.title,
        _ => &export.origin.title,
    };
    xml::text(out, "name", title)?;
    xml::text(out, "open", "1")?;
    let mut html = String::new();
    xml::html(&mut html, export.origin.text().trim_end());
    xml::hypertext(out, "description", &html)?;
    let styles: Vec<Styles> = numbered().map(|(l, features)| Styles::of(l, features)).collect();
    for (features, styles) in export.features.iter().zip(&styles) {
        styles.write(out, features)?;
    }
    for (number, features) in numbered() {
        layer(out, export, (number, features, &styles[number]), progress)?;
    }
    close(out, "Document")?;
    close(out, "kml")?;
    out.get_mut().write_all(b"\n")?;
    Ok(())
}

/// The type of a column. `int` has 32 bits; numbers beyond keep their digits as text.
fn kind(table: &Table<'_>, column: &Column<'_>) -> &'static str {
    let fits = |row| match column.cell(row) {
        Cell::Integer(number) => i32::try_from(number).is_ok(),
        _ => true,
    };
    match column.field.kind {
        Kind::Integer if (0..table.len).all(fits) => "int",
        Kind::Real => "double",
        Kind::Boolean => "bool",
        Kind::Integer | Kind::Text | Kind::List | Kind::Nested => "string",
    }
}

fn write_schema<W: Write>(out: &mut Writer<W>, id: &str, table: &Table<'_>) -> io::Result<()> {
    let element = out.create_element("Schema").with_attributes([("name", id), ("id", id)]);
    element.write_inner_content(|out| {
        for column in &table.columns {
            let name = xml::name(&column.field.key);
            let attributes = [("type", kind(table, column)), ("name", &*name)];
            out.create_element("SimpleField")
                .with_attributes(attributes)
                .write_inner_content(|out| xml::text(out, "displayName", &column.field.title))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn layer<W: Write>(
    out: &mut Writer<W>,
    export: &Export<'_>,
    (number, features, styles): (usize, &Features<'_>, &Styles),
    progress: &Progress,
) -> Result<(), WriteError> {
    let with_records = !export.records.tables.is_empty();
    let project = export.project();
    let schema = format!("#schema-{number}");
    let (mut flat, mut html) = (Flat::default(), String::new());
    out.get_mut().write_all(b"\n")?;
    open(out, "Document")?;
    xml::text(out, "name", &features.table.title)?;
    if let Some(note) = &features.layer.note {
        xml::text(out, "description", note)?;
    }
    write_schema(out, &schema[1..], &features.table)?;
    for row in 0..features.table.len {
        let place = features.place(row);
        let own = features.table.columns[0].cell(row);
        let id = xml::id(&features.table.id, &own.flat().unwrap_or_default());
        out.get_mut().write_all(b"\n")?;
        out.write_event(Event::Start(
            BytesStart::new("Placemark").with_attributes([("id", id.as_str())]),
        ))?;
        xml::text(out, "name", &place.name)?;
        out.create_element("Snippet").with_attribute(("maxLines", "0")).write_empty()?;
        balloon::write(&mut html, features, row, with_records);
        xml::hypertext(out, "description", &html)?;
        xml::text(out, "styleUrl", &styles.reference(features.places().get(row)))?;
        attributes(out, &schema, &features.table, row)?;
        if let Some(geometry) = features.geometry(row) {
            flat.set(&geometry, &project);
            shape::write(out, &flat, usize::from(export.decimals()))?;
        }
        close(out, "Placemark")?;
        progress.advance(1)?;
    }
    close(out, "Document")?;
    Ok(())
}

fn attributes<W: Write>(
    out: &mut Writer<W>,
    schema: &str,
    table: &Table<'_>,
    row: usize,
) -> io::Result<()> {
    open(out, "ExtendedData")?;
    out.write_event(Event::Start(
        BytesStart::new("SchemaData").with_attributes([("schemaUrl", schema)]),
    ))?;
    for column in &table.columns {
        if let Some(text) = column.cell(row).flat() {
            out.create_element("SimpleData")
                .with_attribute(("name", &*xml::name(&column.field.key)))
                .write_text_content(BytesText::new(&xml::clean(&text)))?;
        }
    }
    close(out, "SchemaData")?;
    close(out, "ExtendedData")
}
