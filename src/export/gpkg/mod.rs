//! GeoPackage: a table to each layer, an attribute table to each kind of linked record, and the links
//! between them as the Related Tables extension has them. For QGIS styles and a project lie beside them.
//!
//! The file is written once, front to back, without journal, and its R-trees are packed at the end.

mod blob;
mod names;
mod qgis;
mod relations;
mod rtree;
mod schema;

use std::ops::Range;

use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Connection, Statement, ToSql, params};

use crate::export::chunks;
use crate::export::table::{Cell, Kind, Table};
use crate::export::{Export, Features, Flat, Folder, Progress, Simple, WriteError};
pub use names::{losses, settle};
use schema::quoted;

/// Name of the geometry column.
const GEOMETRY: &str = "geom";

/// Writes one GeoPackage with everything in it.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let path = folder.claim(&export.whole_file());
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let db = Connection::open(path).map_err(refused)?;
    fill(&db, export, &file, progress)?;
    db.execute_batch("COMMIT").map_err(refused)?;
    db.close().map_err(|(_, error)| refused(error))
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn refused(error: rusqlite::Error) -> WriteError {
    use rusqlite::ErrorCode::{DiskFull, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull | SystemIoFailure) => WriteError::Full { file: "the GeoPackage".into() },
        _ => WriteError::Format { format: "GeoPackage", reason: error.to_string() },
    }
}

fn fill(
    db: &Connection,
    export: &Export<'_>,
    file: &str,
    progress: &Progress,
) -> Result<(), WriteError> {
    schema::create(db, export.options.crs).map_err(refused)?;
    origin(db, export).map_err(refused)?;
    let mut extents = Vec::with_capacity(export.features.len());
    for features in &export.features {
        extents.push(layer(db, export, features, progress)?);
    }
    for table in &export.records.tables {
        attributes(db, table, export).map_err(refused)?;
    }
    relations::write(db, export).map_err(refused)?;
    qgis::write(db, export, file, &extents)
}

/// The origin as metadata of the whole file.
fn origin(db: &Connection, export: &Export<'_>) -> rusqlite::Result<()> {
    let uri = "http://schemas.opengis.net/iso/19139/";
    db.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?1, 'text/plain', ?2)",
        params![uri, export.origin.text()],
    )?;
    db.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?1, 1, NULL)",
        params![timestamp(export)],
    )?;
    Ok(())
}

fn timestamp(export: &Export<'_>) -> String {
    format!("{}T00:00:00.000Z", export.origin.date)
}

fn layer<'a>(
    db: &Connection,
    export: &Export<'_>,
    features: &Features<'a>,
    progress: &Progress,
) -> Result<Option<[f64; 4]>, WriteError> {
    let table = &features.table;
    let name = table.id.as_str();
    create_table(db, table, Some(type_name(features))).map_err(refused)?;
    let srs = schema::srs_id(export.options.crs);
    let common = features.common();
    let encode = |rows: Range<usize>, batch: &mut Batch<'a>| {
        batch.clear();
        let mut flat = Flat::default();
        rows.for_each(|row| batch.add(export, features, row, &mut flat, (common, srs)));
    };
    let mut entries = Vec::with_capacity(table.len);
    let mut extent: Option<[f64; 4]> = None;
    let mut insert = insertion(db, table, true).map_err(refused)?;
    let mut id = 0;
    chunks::in_order(table.len, progress, encode, |batch| {
        batch
            .rows(|blob, bounds, cells| {
                id += 1;
                if let Some(b) = bounds {
                    entries.push(rtree::Entry::new(id, b));
                    extent = Some(extent.map_or(b, |e| {
                        [e[0].min(b[0]), e[1].min(b[1]), e[2].max(b[2]), e[3].max(b[3])]
                    }));
                }
                insert.raw_bind_parameter(1, id)?;
                insert.raw_bind_parameter(2, bounds.map(|_| blob))?;
                for (number, cell) in (3..).zip(cells) {
                    insert.raw_bind_parameter(number, Bound(cell))?;
                }
                insert.raw_execute().map(drop)
            })
            .map_err(refused)
    })?;
    insert.finalize().map_err(refused)?;
    register_layer(db, export, features, srs, extent).map_err(refused)?;
    let index = format!("rtree_{name}_{GEOMETRY}");
    db.execute_batch(&format!(
        "CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)",
        quoted(&index)
    ))
    .map_err(refused)?;
    rtree::fill(db, &index, entries).map_err(refused)?;
    db.execute_batch(&triggers(name)).map_err(refused)?;
    Ok(extent)
}

/// Rows of a layer, ready to be inserted.
#[derive(Default)]
struct Batch<'a> {
    blobs: Vec<u8>,
    /// End of each row's geometry in `blobs`, and its box; no box for a feature that nobody has located.
    shapes: Vec<(usize, Option<[f64; 4]>)>,
    cells: Vec<Cell<'a>>,
    blob: Vec<u8>,
}

impl<'a> Batch<'a> {
    fn clear(&mut self) {
        self.blobs.clear();
        self.shapes.clear();
        self.cells.clear();
    }

    fn add(
        &mut self,
        export: &Export<'_>,
        features: &Features<'a>,
        row: usize,
        flat: &mut Flat,
        (common, srs): (Option<Simple>, i32),
    ) {
        let bounds = features.geometry(row).and_then(|geometry| {
            flat.set(&geometry, &export.project());
            if let Some(kind) = common {
                flat.write_as(kind);
            }
            let bounds = blob::write(&mut self.blob, flat, srs);
            self.blobs.extend_from_slice(&self.blob);
            bounds
        });
        self.shapes.push((self.blobs.len(), bounds));
        self.cells.extend(features.table.columns.iter().map(|column| column.cell(row)));
    }

    /// Geometry, its box, and cells of each row.
    fn rows(
        &self,
        mut visit: impl FnMut(&[u8], Option<[f64; 4]>, &[Cell<'a>]) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let columns = self.cells.len() / self.shapes.len().max(1);
        let mut from = 0;
        for (&(end, bounds), cells) in self.shapes.iter().zip(self.cells.chunks(columns.max(1))) {
            visit(&self.blobs[from..end], bounds, cells)?;
            from = end;
        }
        Ok(())
    }
}

/// The type of a layer's geometry column: the kind that all its features can be written as.
fn type_name(features: &Features<'_>) -> &'static str {
    match features.common() {
        None => "GEOMETRY",
        Some(Simple::Point) => "POINT",
        Some(Simple::LineString) => "LINESTRING",
        Some(Simple::Polygon) => "POLYGON",
        Some(Simple::MultiPoint) => "MULTIPOINT",
        Some(Simple::MultiLineString) => "MULTILINESTRING",
        Some(Simple::MultiPolygon) => "MULTIPOLYGON",
    }
}

fn create_table(
    db: &Connection,
    table: &Table<'_>,
    geometry: Option<&str>,
) -> rusqlite::Result<()> {
    let mut columns = vec!["fid INTEGER PRIMARY KEY NOT NULL".to_owned()];
    columns.extend(geometry.map(|kind| format!("{GEOMETRY} {kind}")));
    for column in &table.columns {
        let kind = match column.field.kind {
            Kind::Integer => "INTEGER",
            Kind::Real => "DOUBLE",
            Kind::Boolean => "BOOLEAN",
            Kind::Text | Kind::List | Kind::Nested => "TEXT",
        };
        columns.push(format!("{} {kind}", quoted(&column.field.key)));
    }
    db.execute_batch(&format!("CREATE TABLE {} ({})", quoted(&table.id), columns.join(", ")))?;
    let mut title = db.prepare(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name) VALUES (?1, ?2, ?3)",
    )?;
    for column in &table.columns {
        title.execute(params![table.id, column.field.key, column.field.title])?;
    }
    Ok(())
}

fn insertion<'d>(
    db: &'d Connection,
    table: &Table<'_>,
    with_geometry: bool,
) -> rusqlite::Result<Statement<'d>> {
    let count = table.columns.len() + if with_geometry { 2 } else { 1 };
    let marks: Vec<String> = (1..=count).map(|number| format!("?{number}")).collect();
    db.prepare(&format!("INSERT INTO {} VALUES ({})", quoted(&table.id), marks.join(", ")))
}

struct Bound<'c>(&'c Cell<'c>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => ToSqlOutput::Owned(Sql::Integer(*number)),
            Cell::Real(number) => ToSqlOutput::Owned(Sql::Real(*number)),
            Cell::Boolean(yes) => ToSqlOutput::Owned(Sql::Integer(i64::from(*yes))),
            other => ToSqlOutput::Owned(Sql::Text(other.flat().unwrap_or_default().into_owned())),
        })
    }
}

fn register_layer(
    db: &Connection,
    export: &Export<'_>,
    features: &Features<'_>,
    srs: i32,
    extent: Option<[f64; 4]>,
) -> rusqlite::Result<()> {
    let name = features.table.id.as_str();
    let edge = |at: usize| extent.map(|extent| extent[at]);
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            name,
            features.table.title,
            export.origin.line(),
            timestamp(export),
            edge(0),
            edge(1),
            edge(2),
            edge(3),
            srs
        ],
    )?;
    db.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
        params![name, GEOMETRY, type_name(features), srs],
    )?;
    db.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index',
         'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')",
        params![name, GEOMETRY],
    )?;
    Ok(())
}

fn attributes(db: &Connection, table: &Table<'_>, export: &Export<'_>) -> rusqlite::Result<()> {
    create_table(db, table, None)?;
    let mut insert = insertion(db, table, false)?;
    for row in 0..table.len {
        insert.raw_bind_parameter(1, i64::try_from(row + 1).unwrap_or(i64::MAX))?;
        for (number, column) in (2..).zip(&table.columns) {
            insert.raw_bind_parameter(number, Bound(&column.cell(row)))?;
        }
        insert.raw_execute()?;
    }
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
         VALUES (?1, 'attributes', ?2, ?3, ?4, 0)",
        params![table.id, table.title, export.origin.line(), timestamp(export)],
    )?;
    Ok(())
}

/// Triggers that keep the R-tree true when somebody edits the table (OGC 12-128r17, F.3).
fn triggers(table: &str) -> String {
    let t = quoted(table);
    let index = quoted(&format!("rtree_{table}_{GEOMETRY}"));
    let name = |part: &str| quoted(&format!("rtree_{table}_{GEOMETRY}_{part}"));
    let edges = format!(
        "NEW.fid, ST_MinX(NEW.{GEOMETRY}), ST_MaxX(NEW.{GEOMETRY}), ST_MinY(NEW.{GEOMETRY}), ST_MaxY(NEW.{GEOMETRY})"
    );
    let full = format!("(NEW.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty(NEW.{GEOMETRY}))");
    let empty = format!("(NEW.{GEOMETRY} ISNULL OR ST_IsEmpty(NEW.{GEOMETRY}))");
    format!(
        "CREATE TRIGGER {insert} AFTER INSERT ON {t} WHEN {full}
           BEGIN INSERT OR REPLACE INTO {index} VALUES ({edges}); END;
         CREATE TRIGGER {update1} AFTER UPDATE OF {GEOMETRY} ON {t} WHEN OLD.fid = NEW.fid AND {full}
           BEGIN INSERT OR REPLACE INTO {index} VALUES ({edges}); END;
         CREATE TRIGGER {update2} AFTER UPDATE OF {GEOMETRY} ON {t} WHEN OLD.fid = NEW.fid AND {empty}
           BEGIN DELETE FROM {index} WHERE id = OLD.fid; END;
         CREATE TRIGGER {update3} AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND {full}
           BEGIN DELETE FROM {index} WHERE id = OLD.fid; INSERT OR REPLACE INTO {index} VALUES ({edges}); END;
         CREATE TRIGGER {update4} AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND {empty}
           BEGIN DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid); END;
         CREATE TRIGGER {delete} AFTER DELETE ON {t} WHEN OLD.{GEOMETRY} NOT NULL
           BEGIN DELETE FROM {index} WHERE id = OLD.fid; END;",
        insert = name("insert"), update1 = name("update1"), update2 = name("update2"),
        update3 = name("update3"), update4 = name("update4"), delete = name("delete"),
    )
}
