//! GeoPackage: every feature table, or the one that is asked for.

use std::path::Path;

use rusqlite::Connection;

use crate::format::geopackage::{self, Layer};
use crate::import::draft::{self, Draft, Form, Table};
use crate::import::remark::{At, Matter, Remark};
use crate::import::{Refusal, Wishes, check_count, chosen};

const FORMAT: &str = "GeoPackage";

fn broken(error: rusqlite::Error) -> Refusal {
    Refusal::malformed(FORMAT, error)
}

/// Reads the feature tables of a file.
pub fn read(path: &Path, wishes: &Wishes) -> Result<Vec<Table>, Refusal> {
    let database = geopackage::open(path).map_err(broken)?;
    let found = geopackage::layers(&database).map_err(|error| match error {
        rusqlite::Error::SqliteFailure(_, Some(reason)) if reason.contains("no such table") => {
            Refusal::malformed(FORMAT, "没有 gpkg_geometry_columns (no GeoPackage)")
        }
        error => broken(error),
    })?;
    if found.is_empty() {
        return Err(Refusal::NoFeatures);
    }
    let names: Vec<String> = found.iter().map(|layer| layer.table.clone()).collect();
    let chosen = chosen(&names, wishes)?;
    let mut tables = Vec::new();
    let mut total = 0;
    for layer in found.iter().filter(|layer| chosen.contains(&&layer.table)) {
        let table = read_table(&database, layer, total)?;
        total += table.drafts.len();
        tables.push(table);
    }
    Ok(tables)
}

fn read_table(database: &Connection, layer: &Layer, before: usize) -> Result<Table, Refusal> {
    let mut statement = database.prepare(&layer.all()).map_err(broken)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([]).map_err(broken)?;
    let mut drafts = Vec::new();
    let mut binary = vec![false; columns.len()];
    while let Some(row) = rows.next().map_err(broken)? {
        check_count(before + drafts.len() + 1)?;
        let feature = layer.feature(row, 0, &columns, &mut binary).map_err(broken)?;
        let form = match feature.shape {
            None => Form::Nothing,
            Some(shape) => shape.map_or_else(Form::Broken, Form::Shape),
        };
        drafts.push(Draft {
            at: At::Feature(drafts.len() as u64 + 1),
            id: feature.id,
            properties: feature.properties,
            form,
            height: feature.height,
        });
    }
    draft::single(&mut drafts);
    let mut table = Table::new(layer.system.clone(), drafts);
    table.name = Some(layer.table.clone());
    for (column, _) in columns.iter().zip(binary).filter(|(_, binary)| *binary) {
        table.remarks.push(Remark::file(Matter::ValuesDropped { field: column.clone() }));
    }
    Ok(table)
}
