//! Which record names which place, as the Related Tables extension has it (OGC 18-000): a mapping
//! table of row numbers for each layer and kind of record. QGIS shows the records in a feature's form.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::schema::quoted;
use crate::export::Export;
use crate::export::table::Table;

/// Writes the mapping tables and registers them.
pub fn write(db: &Connection, export: &Export<'_>) -> rusqlite::Result<()> {
    let mut names = super::names::mappings(export);
    for table in &export.records.tables {
        let records = rows_by_id(table);
        for features in &export.features {
            let places = rows_by_id(&features.table);
            let pairs: Vec<(i64, i64)> = export
                .records
                .links
                .iter()
                .filter(|link| link.table == table.id)
                .filter_map(|link| Some((*places.get(link.place)?, *records.get(link.record)?)))
                .collect();
            if !pairs.is_empty() {
                let (base, related) = (&features.table.id, &table.id);
                let name = names.give(&format!("{base}_{related}"), |name, _| name);
                mapping(db, &name, [base, related], &pairs)?;
            }
        }
    }
    Ok(())
}

fn rows_by_id(table: &Table<'_>) -> HashMap<String, i64> {
    (0..table.len)
        .filter_map(|row| {
            let id = table.columns[0].cell(row).flat()?.into_owned();
            Some((id, i64::try_from(row + 1).ok()?))
        })
        .collect()
}

fn mapping(
    db: &Connection,
    name: &str,
    [base, related]: [&str; 2],
    pairs: &[(i64, i64)],
) -> rusqlite::Result<()> {
    db.execute_batch(&format!(
        "CREATE TABLE {} (base_id INTEGER NOT NULL, related_id INTEGER NOT NULL)",
        quoted(name)
    ))?;
    let mut insert = db.prepare(&format!("INSERT INTO {} VALUES (?1, ?2)", quoted(name)))?;
    for (base_id, related_id) in pairs {
        insert.execute(params![base_id, related_id])?;
    }
    db.execute(
        "INSERT INTO gpkgext_relations
           (base_table_name, related_table_name, relation_name, mapping_table_name)
         VALUES (?1, ?2, 'attributes', ?3)",
        params![base, related, name],
    )?;
    db.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, NULL, 'related_tables',
         'http://www.geopackage.org/18-000.html', 'read-write')",
        params![name],
    )?;
    Ok(())
}
