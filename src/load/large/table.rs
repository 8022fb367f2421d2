//! GeoPackage files: each table of features is a layer.

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;

use crate::format::geopackage::{self, Layer};
use crate::load::fault::Fault;
use crate::load::large::part::{FoundId, Part};
use crate::load::large::stretch::STEP;
use crate::load::large::{found, found_id, projector};
use crate::load::progress::Progress;
use crate::store::{ReadFile, Table, fingerprint};

const FORMAT: &str = "GeoPackage";
/// Rows between two looks at how far it has come.
const OFTEN: u64 = 10_000;

fn malformed(error: &rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, SystemIoFailure};
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(CannotOpen | DatabaseBusy | DatabaseLocked | SystemIoFailure) => {
            Fault::Unreadable { reason }
        }
        _ => Fault::Malformed { format: FORMAT, reason },
    }
}

/// A table by its name.
type Named = (String, Result<Table, Fault>);

/// The tables of a file, each ready to be read, or why not.
pub fn tables(path: &Path) -> Result<Vec<Named>, Fault> {
    let database = geopackage::open_still(path).map_err(|error| malformed(&error))?;
    let layers = geopackage::layers(&database).map_err(|error| malformed(&error))?;
    let table = |layer: Layer| {
        let name = layer.table.clone();
        let table = projector(&layer.system);
        (name, table.map(|projector| Table::new(path, layer, projector)))
    };
    Ok(layers.into_iter().map(table).collect())
}

/// Whether another program keeps changes beside a file that are not in it yet: SQLite's write-ahead log.
pub fn is_unfinished(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Reads every row of a table. Where a row stands is its number.
pub fn read(path: &Path, table: &Table, bytes: u64, progress: &Progress) -> Result<Part, Fault> {
    let database = geopackage::open_still(path).map_err(|error| malformed(&error))?;
    rows(&database, table, bytes, progress).map_err(|error| malformed(&error))
}

fn rows(
    database: &Connection,
    table: &Table,
    bytes: u64,
    progress: &Progress,
) -> rusqlite::Result<Part> {
    let count: i64 = database.query_row(&table.layer.count(), [], |row| row.get(0))?;
    let step = bytes.saturating_mul(OFTEN) / u64::try_from(count).unwrap_or(0).max(OFTEN);
    let [all, _] = table.layer.numbered();
    let mut statement = database.prepare(&all)?;
    let columns: Vec<String> = statement.column_names().skip(1).map(str::to_owned).collect();
    let mut binary = vec![false; columns.len()];
    let mut rows = statement.query([])?;
    let mut part = Part::default();
    let mut done = 0;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let feature = table.layer.feature(row, 1, &columns, &mut binary)?;
        let id = feature.id.as_deref().map_or_else(|| found_id(&number.to_string()), found_id);
        let shape =
            feature.shape.map(|shape| shape.map_err(|reason| Fault::InvalidGeometry { reason }));
        let found = found(shape, &table.projector, &feature.properties);
        part.found(number.cast_unsigned(), id, found);
        done += 1;
        if done % OFTEN == 0 {
            progress.advance(step);
        }
    }
    debug_assert!(part.ids.iter().all(|id| !matches!(id, FoundId::Absent)), "each has one");
    part.ended = true;
    Ok(part)
}

/// The fingerprint of a file.
pub fn content(source: &ReadFile) -> io::Result<u64> {
    let mut checksums = Vec::new();
    let (mut position, mut bytes) = (0, Vec::new());
    while position < source.identity().size {
        bytes.clear();
        source.read(position, STEP, &mut bytes)?;
        if bytes.is_empty() {
            break;
        }
        checksums.push(crc32fast::hash(&bytes));
        position += bytes.len() as u64;
    }
    Ok(fingerprint(checksums.into_iter()))
}
