//! GeoPackage: every feature table, or the one that is asked for. The file is opened for reading
//! only, and of what is in it only tables are believed: no view, no trigger, no function runs.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Number, Value};

use crate::crs::{Crs, CrsError};
use crate::format::wkb;
use crate::import::draft::{self, Declared, Draft, Form, Table};
use crate::import::remark::{At, Matter, Remark};
use crate::import::{Refusal, Wishes, check_count, chosen};

const FORMAT: &str = "GeoPackage";

fn broken(error: rusqlite::Error) -> Refusal {
    Refusal::malformed(FORMAT, error)
}

/// Reads the feature tables of a file.
pub fn read(path: &Path, wishes: &Wishes) -> Result<Vec<Table>, Refusal> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(broken)?;
    database
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")
        .map_err(broken)?;
    let found = layers(&database)?;
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

struct Layer {
    table: String,
    geometry: String,
    crs: Declared,
}

fn layers(database: &Connection) -> Result<Vec<Layer>, Refusal> {
    let mut statement = database
        .prepare(
            "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, \
                    s.definition, s.srs_name \
             FROM gpkg_geometry_columns g \
             JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' \
             LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id \
             ORDER BY g.table_name",
        )
        .map_err(|_| Refusal::malformed(FORMAT, "没有 gpkg_geometry_columns (no GeoPackage)"))?;
    let rows = statement.query_map([], |row| {
        let text = |n: usize| row.get::<_, Option<String>>(n).ok().flatten().unwrap_or_default();
        let code = row.get::<_, Option<i64>>(3).ok().flatten();
        let crs = system(&text(2), code, &text(4), &text(5));
        Ok(Layer { table: row.get(0)?, geometry: row.get(1)?, crs })
    });
    rows.map_err(broken)?.collect::<Result<_, _>>().map_err(broken)
}

/// EPSG by number; others by their definition or name. -1 and 0 mean that nobody knows.
fn system(authority: &str, code: Option<i64>, definition: &str, name: &str) -> Declared {
    if let (true, Some(code)) =
        (authority.eq_ignore_ascii_case("EPSG"), code.and_then(|code| u32::try_from(code).ok()))
    {
        return Crs::from_epsg(code).into();
    }
    if matches!(code, None | Some(-1 | 0)) {
        return Declared::Silent;
    }
    match Crs::identify(definition) {
        Err(CrsError::Unknown(_)) => Crs::identify(name).into(),
        found => found.into(),
    }
}

fn read_table(database: &Connection, layer: &Layer, before: usize) -> Result<Table, Refusal> {
    let quoted = layer.table.replace('"', "\"\"");
    let key = key_of(database, &quoted)?;
    let booleans = booleans_of(database, &quoted)?;
    let mut statement = database.prepare(&format!("SELECT * FROM \"{quoted}\"")).map_err(broken)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([]).map_err(broken)?;
    let mut drafts = Vec::new();
    let mut binary = vec![false; columns.len()];
    while let Some(row) = rows.next().map_err(broken)? {
        check_count(before + drafts.len() + 1)?;
        let mut draft = Draft {
            at: At::Feature(drafts.len() as u64 + 1),
            id: None,
            properties: Map::new(),
            form: Form::Nothing,
            height: false,
        };
        for (number, column) in columns.iter().enumerate() {
            let cell = row.get_ref(number).map_err(broken)?;
            if column.eq_ignore_ascii_case(&layer.geometry) {
                (draft.form, draft.height) = geometry(cell);
            } else if key.as_ref() == Some(column) {
                draft.id = value(cell, false).map(|id| id.to_string());
            } else {
                let value = value(cell, booleans.contains(column));
                binary[number] |= value.is_none();
                draft.properties.insert(column.clone(), value.unwrap_or(Value::Null));
            }
        }
        drafts.push(draft);
    }
    draft::single(&mut drafts);
    let mut table = Table::new(layer.crs.clone(), drafts);
    table.name = Some(layer.table.clone());
    for (column, _) in columns.iter().zip(binary).filter(|(_, binary)| *binary) {
        table.remarks.push(Remark::file(Matter::ValuesDropped { field: column.clone() }));
    }
    Ok(table)
}

/// The integer key of a table, which stays the same while the table is edited.
fn key_of(database: &Connection, quoted: &str) -> Result<Option<String>, Refusal> {
    let sql = format!("PRAGMA table_info(\"{quoted}\")");
    let mut statement = database.prepare(&sql).map_err(broken)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(1)?, row.get::<_, i64>(5)?)));
    let columns: Vec<(String, i64)> =
        rows.map_err(broken)?.collect::<Result<_, _>>().map_err(broken)?;
    let mut keys = columns.into_iter().filter(|(_, key)| *key > 0).map(|(name, _)| name);
    Ok(keys.next().filter(|_| keys.next().is_none()))
}

/// Columns that say they hold true and false.
fn booleans_of(database: &Connection, quoted: &str) -> Result<Vec<String>, Refusal> {
    let sql = format!("PRAGMA table_info(\"{quoted}\")");
    let mut statement = database.prepare(&sql).map_err(broken)?;
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, String>(1)?, row.get::<_, String>(2)?)));
    let columns: Vec<(String, String)> =
        rows.map_err(broken)?.collect::<Result<_, _>>().map_err(broken)?;
    let boolean =
        |(name, kind): (String, String)| kind.eq_ignore_ascii_case("BOOLEAN").then_some(name);
    Ok(columns.into_iter().filter_map(boolean).collect())
}

/// A cell as JSON; `None` for binary content.
fn value(cell: ValueRef<'_>, boolean: bool) -> Option<Value> {
    Some(match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) if boolean => (number != 0).into(),
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(_) => return None,
    })
}

/// The header of a GeoPackage geometry, then WKB.
fn geometry(cell: ValueRef<'_>) -> (Form, bool) {
    let ValueRef::Blob(blob) = cell else { return (Form::Nothing, false) };
    let body = || {
        let flags = *blob.strip_prefix(b"GP")?.get(1)?;
        let envelope = match (flags >> 1) & 7 {
            0 => 0,
            1 => 32,
            2 | 3 => 48,
            4 => 64,
            _ => return None,
        };
        blob.get(8 + envelope..)
    };
    match body().ok_or_else(|| "GeoPackage geometry".to_owned()).and_then(wkb::read) {
        Ok((shape, height)) => (Form::Shape(shape), height),
        Err(reason) => (Form::Broken(reason), false),
    }
}
