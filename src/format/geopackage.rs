//! GeoPackage: tables of features. The file is opened for reading only, and of what is in it only tables are
//! believed: no view, no trigger, no function runs.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, OpenFlags, Result, Row, ffi};
use serde_json::{Map, Number, Value};

use crate::crs::{Crs, CrsError};
use crate::format::{Declared, Shape, wkb};

/// A table of features.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Its name.
    pub table: String,
    /// Reference system.
    pub system: Declared,
    /// The column of the geometry.
    geometry: String,
    /// The integer key, which stays the same while the table is edited.
    key: Option<String>,
    /// Columns that say they hold true and false.
    booleans: Vec<String>,
}

/// A row.
#[derive(Debug)]
pub struct Feature {
    /// Its key.
    pub id: Option<String>,
    /// All other columns but the geometry.
    pub properties: Map<String, Value>,
    /// Its shape, where it has one, or what is wrong with that.
    pub shape: Option<std::result::Result<Shape, String>>,
    /// Whether heights or measures were left out of the shape.
    pub height: bool,
}

/// Opens a file.
pub fn open(path: &Path) -> Result<Connection> {
    opened(path, OpenFlags::empty())
}

/// Opens a file that stays where it is and is looked at again and again: what another program has not
/// written into it yet is not seen, no lock is taken, and nothing is left beside it.
pub fn open_still(path: &Path) -> Result<Connection> {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let drive = if path.as_bytes().get(1) == Some(&b':') { "///" } else { "" };
    let escaped: String = path.bytes().fold(String::new(), |text, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
            text + char::from(byte).encode_utf8(&mut [0; 4])
        }
        other => text + &format!("%{other:02X}"),
    });
    let address = format!("file:{drive}{escaped}?immutable=1");
    opened(Path::new(&address), OpenFlags::SQLITE_OPEN_URI)
}

fn opened(path: &Path, more: OpenFlags) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let database = Connection::open_with_flags(path, flags)?;
    database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")?;
    Ok(database)
}

/// The tables of features, by name. It is an error where the file has no list of them, and where anything of that
/// is computed.
pub fn layers(database: &Connection) -> Result<Vec<Layer>> {
    for list in ["gpkg_geometry_columns", "gpkg_spatial_ref_sys"] {
        refuse_computed(database, list)?;
    }
    let mut statement = database.prepare(
        "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, \
                s.definition, s.srs_name \
         FROM gpkg_geometry_columns g \
         JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' \
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id \
         ORDER BY g.table_name",
    )?;
    let rows = statement.query_map([], |row| {
        let text = |n: usize| row.get::<_, Option<String>>(n).ok().flatten().unwrap_or_default();
        let code = row.get::<_, Option<i64>>(3).ok().flatten();
        let system = system(&text(2), code, &text(4), &text(5));
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, system))
    })?;
    let found: Vec<_> = rows.collect::<Result<_>>()?;
    let layer = |(table, geometry, system): (String, String, Declared)| {
        refuse_computed(database, &table)?;
        let (key, booleans) = columns(database, &quoted(&table))?;
        Ok(Layer { table, system, geometry, key, booleans })
    };
    found.into_iter().map(layer).collect()
}

/// Refuses what is called a table and is none, or has columns that are computed when they are read: a file of some
/// kilobytes can have such a cell be a gigabyte, and a view never end.
fn refuse_computed(database: &Connection, name: &str) -> Result<()> {
    // What SQLite made of the schema counts, and not what its table of contents says.
    let computed = database.query_row(
        "SELECT (SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?1 COLLATE NOCASE) <> 'table' \
         OR EXISTS (SELECT 1 FROM pragma_table_xinfo(?1) WHERE hidden IN (1, 2))",
        [name],
        |row| row.get::<_, Option<bool>>(0),
    )?;
    if computed != Some(true) {
        return Ok(());
    }
    let reason = format!(
        "{name} 是视图，或有读取时才计算的列；请在 GIS 软件中另存为新的 GeoPackage (is a view, or has columns that are computed when they are read: save it as a new GeoPackage in a GIS)"
    );
    Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_AUTH), Some(reason)))
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

fn quoted(table: &str) -> String {
    format!("\"{}\"", table.replace('"', "\"\""))
}

/// The integer key of a table, and columns that say they hold true and false.
fn columns(database: &Connection, quoted: &str) -> Result<(Option<String>, Vec<String>)> {
    let mut statement = database.prepare(&format!("PRAGMA table_info({quoted})"))?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(5)?))
    })?;
    let columns: Vec<(String, String, i64)> = rows.collect::<Result<_>>()?;
    let mut keys = columns.iter().filter(|(.., key)| *key > 0).map(|(name, ..)| name.clone());
    let key = keys.next().filter(|_| keys.next().is_none());
    let boolean = |(name, kind, _): &(String, String, i64)| {
        kind.eq_ignore_ascii_case("BOOLEAN").then(|| name.clone())
    };
    Ok((key, columns.iter().filter_map(boolean).collect()))
}

impl Layer {
    /// The question for all rows, in the order of their numbers.
    #[must_use]
    pub fn all(&self) -> String {
        format!("SELECT * FROM {}", quoted(&self.table))
    }

    /// The question for all rows, each behind its number; and for one, by its number.
    #[must_use]
    pub fn numbered(&self) -> [String; 2] {
        let table = quoted(&self.table);
        [
            format!("SELECT rowid, * FROM {table} ORDER BY rowid"),
            format!("SELECT rowid, * FROM {table} WHERE rowid = ?1"),
        ]
    }

    /// The question for how many rows there are.
    #[must_use]
    pub fn count(&self) -> String {
        format!("SELECT count(*) FROM {}", quoted(&self.table))
    }

    /// A row whose columns from `first` on are these; `binary` notes those that have content that is no text and
    /// no number.
    pub fn feature(
        &self,
        row: &Row<'_>,
        first: usize,
        columns: &[String],
        binary: &mut [bool],
    ) -> Result<Feature> {
        let mut feature = Feature { id: None, properties: Map::new(), shape: None, height: false };
        for (number, column) in columns.iter().enumerate() {
            let cell = row.get_ref(first + number)?;
            if column.eq_ignore_ascii_case(&self.geometry) {
                if let Some((shape, height)) = geometry(cell) {
                    (feature.shape, feature.height) = (Some(shape), height);
                }
            } else if self.key.as_ref() == Some(column) {
                feature.id = value(cell, false).map(|id| id.to_string());
            } else {
                let value = value(cell, self.booleans.contains(column));
                binary[number] |= value.is_none();
                feature.properties.insert(column.clone(), value.unwrap_or(Value::Null));
            }
        }
        Ok(feature)
    }
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

/// The header of a GeoPackage geometry, then WKB; with whether it has heights or measures.
fn geometry(cell: ValueRef<'_>) -> Option<(std::result::Result<Shape, String>, bool)> {
    let ValueRef::Blob(blob) = cell else { return None };
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
    let read = body().ok_or_else(|| "GeoPackage geometry".to_owned()).and_then(wkb::read);
    Some(match read {
        Ok((shape, height)) => (Ok(shape), height),
        Err(reason) => (Err(reason), false),
    })
}
