//! What QGIS keeps in a GeoPackage: a style to each layer (`layer_styles`) and a whole project
//! (`qgis_projects`), so that the file opens looking like the atlas. Neither is part of the standard;
//! other programs pass the tables over.

mod project;
mod symbols;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rusqlite::{Connection, params};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::export::{Export, WriteError};
use symbols::Part;

const TABLES: &str = "
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);
";

/// Name of the project in the file.
pub const PROJECT: &str = "规划图册";

/// Adds styles and project; `file` is the name of the GeoPackage, `extents` the boxes of its layers.
pub fn write(
    db: &Connection,
    export: &Export<'_>,
    file: &str,
    extents: &[Option<[f64; 4]>],
) -> Result<(), WriteError> {
    db.execute_batch(TABLES).map_err(super::refused)?;
    let stamp = super::timestamp(export);
    // The table counts as known only when it is registered like any other.
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
         VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?1, 0)",
        [&stamp],
    )
    .map_err(super::refused)?;
    let mut insert = db
        .prepare(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
             styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
             VALUES ('', '', ?1, ?2, ?3, ?4, '', 1, ?5, '', NULL, ?6)",
        )
        .map_err(super::refused)?;
    for features in &export.features {
        // One style to a table: that of its first shape, where it has several.
        let Some(part) = Part::of(features).into_iter().next() else { continue };
        let table = &features.table;
        insert
            .execute(params![
                table.id,
                super::GEOMETRY,
                table.title,
                part.qml(),
                export.origin.title,
                stamp
            ])
            .map_err(super::refused)?;
    }
    let project = packed(&project::xml(export, file, extents))?;
    let metadata = format!("{{\"last_modified_time\": \"{stamp}\", \"last_modified_user\": \"\"}}");
    let digits = project.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    db.execute("INSERT INTO qgis_projects VALUES (?1, ?2, ?3)", params![PROJECT, metadata, digits])
        .map_err(super::refused)?;
    Ok(())
}

/// The project as QGIS keeps it: a zip, which goes into the table as hexadecimal digits.
fn packed(project: &str) -> Result<Vec<u8>, WriteError> {
    let refused = |reason: String| WriteError::Format { format: "QGIS project", reason };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(format!("{PROJECT}.qgs"), SimpleFileOptions::default())
        .map_err(|error| refused(error.to_string()))?;
    zip.write_all(project.as_bytes()).map_err(|error| refused(error.to_string()))?;
    let bytes = zip.finish().map_err(|error| refused(error.to_string()))?;
    Ok(bytes.into_inner())
}
