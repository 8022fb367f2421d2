//! `GeoParquet` 1.1: a file to each layer, and a plain Parquet file to each table of linked records and
//! to the links.
//!
//! Written by hand: what is needed of the format is a few hundred lines. Columns are plain
//! and uncompressed (the export is zipped anyway), lists are lists, nested values JSON; names are the
//! stable keys, and titles stand in the file's metadata. A box beside each geometry lets
//! readers skip what they do not need.
//!
//! ```text
//! row ─► cells, well-known binary, box ─► one chunk to each leaf ─► row group ─► footer
//! ```

mod chunk;
mod file;
mod geo;
mod schema;
mod thrift;

use std::fs::File;
use std::io::BufWriter;

use serde_json::{Map, Value};

use crate::export::names::Names;
use crate::export::table::{Cell, Column, Kind, Table};
use crate::export::{Export, Features, Flat, Folder, Link, Progress, WriteError, wkb};
use chunk::Chunk;
use file::Writer;
use geo::Seen;
use schema::{Schema, put};

/// Writes every layer and table.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    for features in &export.features {
        let file = file(folder, &features.table.id)?;
        layer(export, features, file, progress)?;
    }
    for records in &export.records.tables {
        let file = file(folder, &records.id)?;
        table(export, records, file, || progress.advance(1))?;
    }
    if !export.records.links.is_empty() {
        let file = file(folder, "links")?;
        table(export, &links(&export.records.links), file, || Ok(()))?;
    }
    Ok(())
}

fn file(folder: &mut Folder, id: &str) -> Result<BufWriter<File>, WriteError> {
    let name = format!("{}.parquet", folder.stem(id));
    folder.create(&name)
}

/// Which record names which place, as a table.
fn links<'t>(links: &'t [Link<'t>]) -> Table<'t> {
    let column = |key, title, read: fn(&'t Link<'t>) -> &'t str| {
        Column::own(key, title, Kind::Text, move |row| Cell::text(read(&links[row])))
    };
    let columns = vec![
        column("table", "表", |link| link.table),
        column("place", "地点编号", |link| link.place),
        column("record", "记录编号", |link| link.record),
    ];
    Table { id: "links".into(), title: "地点与记录".into(), columns, len: links.len() }
}

fn table(
    export: &Export<'_>,
    table: &Table<'_>,
    file: BufWriter<File>,
    advance: impl Fn() -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut schema = Schema::new();
    table.columns.iter().for_each(|column| schema.cells(&column.field.key, column.field.kind));
    let mut writer = Writer::begin(file, schema)?;
    for row in 0..table.len {
        cells(writer.leaves(), table, row);
        writer.end_row()?;
        advance()?;
    }
    writer.finish(&notes(export, table))
}

fn layer(
    export: &Export<'_>,
    features: &Features<'_>,
    file: BufWriter<File>,
    progress: &Progress,
) -> Result<(), WriteError> {
    let table = &features.table;
    let mut taken = Names::default();
    let mut schema = Schema::new();
    for column in &table.columns {
        taken.give(&column.field.key, |key, _| key);
        schema.cells(&column.field.key, column.field.kind);
    }
    let [geometry, covering] = ["geometry", "bbox"].map(|wish| taken.give(wish, |name, _| name));
    schema.geometry(&geometry);
    schema.covering(&covering);
    let mut writer = Writer::begin(file, schema)?;
    let project = export.project();
    let (mut flat, mut binary, mut seen) = (Flat::default(), Vec::new(), Seen::default());
    for row in 0..table.len {
        let place = cells(writer.leaves(), table, row);
        let located = features.geometry(row).and_then(|geometry| {
            flat.set(&geometry, &project);
            flat.bounds().filter(|_| flat.is_finite())
        });
        match located {
            Some(bounds) => {
                binary.clear();
                wkb::append(&mut binary, &flat);
                place[0].bytes(&binary, false);
                for (chunk, edge) in place[1..].iter_mut().zip(bounds) {
                    chunk.edge(edge);
                }
                seen.note(flat.kind, bounds);
            }
            None => place.iter_mut().for_each(|chunk| chunk.missing(0)),
        }
        writer.end_row()?;
        progress.advance(1)?;
    }
    let mut notes = notes(export, table);
    notes.insert(0, ("geo", seen.metadata(&geometry, &covering, export.options.crs)));
    writer.finish(&notes)
}

/// Takes the cells of a row, and returns the leaves after them.
fn cells<'c>(leaves: &'c mut [Chunk], table: &Table<'_>, row: usize) -> &'c mut [Chunk] {
    let (own, more) = leaves.split_at_mut(table.columns.len());
    for (chunk, column) in own.iter_mut().zip(&table.columns) {
        put(chunk, &column.cell(row));
    }
    more
}

/// Metadata for people, under keys of our own.
fn notes(export: &Export<'_>, table: &Table<'_>) -> Vec<(&'static str, String)> {
    let titles: Map<String, Value> = table
        .columns
        .iter()
        .map(|column| (column.field.key.to_string(), column.field.title.as_ref().into()))
        .collect();
    vec![
        ("plan-atlas:title", table.title.clone()),
        ("plan-atlas:origin", export.origin.line()),
        ("plan-atlas:crs", crs(export)),
        ("plan-atlas:fields", Value::Object(titles).to_string()),
    ]
}

/// Name of the reference system; a shifted one is marked as such, since `geo` cannot name it.
fn crs(export: &Export<'_>) -> String {
    let shifted = if export.origin.shifted { "（坐标已偏移）" } else { "" };
    format!("{}{shifted}", export.options.crs.name())
}
