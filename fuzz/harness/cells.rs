//! Made-up cells of a `GeoPackage`. A file that is changed here and there SQLite mostly refuses, before anything of
//! ours is read.

use std::fs;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::folder::{GEOPACKAGE, empty};
use super::packed::parts;

/// The input, where it is a file of SQLite. Else it is put into the cells of one: the geometries of two features,
/// the name of the first, and what is said of the reference system; the lengths of the first three come before.
pub fn geopackage(input: &[u8]) -> Vec<u8> {
    match parts::<4>(input) {
        Some(cells) if !input.starts_with(b"SQLite") => written(cells).unwrap(),
        _ => input.to_vec(),
    }
}

fn written([first, second, name, system]: [&[u8]; 4]) -> rusqlite::Result<Vec<u8>> {
    let folder = empty();
    let path = folder.path().join("own.gpkg");
    fs::write(&path, GEOPACKAGE).unwrap();
    let database = Connection::open(&path)?;
    database.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
    let geometry = "UPDATE parcels SET geom = ?1 WHERE fid = ?2";
    database.execute(geometry, (first, 1))?;
    database.execute(geometry, (second, 2))?;
    let name = match String::from_utf8(name.to_vec()) {
        Ok(text) => Value::Text(text),
        Err(error) => Value::Blob(error.into_bytes()),
    };
    database.execute("UPDATE parcels SET name = ?1 WHERE fid = 1", (name,))?;
    if !system.is_empty() {
        let definition = String::from_utf8_lossy(system);
        let set = "UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', definition = ?1";
        database.execute(set, (definition,))?;
    }
    database.close().map_err(|(_, error)| error)?;
    Ok(fs::read(&path).unwrap())
}
