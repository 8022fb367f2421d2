//! A feature of a large file, read when somebody asks for it.

use std::borrow::Cow;

use geo::Geometry;
use geo::algorithm::orient::{Direction, Orient};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::model::Place;
use crate::store::position::has_whole_positions;
use crate::store::record::Record;
#[cfg(feature = "server")]
use crate::store::table;
use crate::store::{Store, Written};

/// Bytes that are read at once, where the rows that are asked for lie that near each other.
const AHEAD: u64 = 32 * 1024;

/// Why a feature cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The file is another one by now.
    #[error(
        "{file} has changed since it was read; it will be read again within seconds, if it is sound"
    )]
    Changed {
        /// The file.
        file: String,
    },
    /// The system says no.
    #[error("{file} cannot be read: {reason}")]
    Failed {
        /// The file.
        file: String,
        /// What the system said.
        reason: String,
    },
}

/// A stretch of the file in memory, moved along with the rows that are asked for.
#[derive(Default)]
pub(super) struct Window {
    start: u64,
    bytes: Vec<u8>,
    /// The connection to a table.
    #[cfg(feature = "server")]
    table: Option<table::Open>,
}

impl Window {
    /// The bytes of a row, and whatever stands between it and the next one.
    fn text(&mut self, store: &Store, row: usize) -> Result<&[u8], Unreadable> {
        let spots = &store.catalogue.spots;
        let (from, to) = (spots[row], spots[row + 1]);
        if from < self.start || to > self.start + self.bytes.len() as u64 {
            // One row alone is read as such: whoever wants more of them comes back.
            let near = !self.bytes.is_empty()
                && from >= self.start
                && from < self.start + self.bytes.len() as u64 + AHEAD;
            let wanted = if near { (to - from).max(AHEAD) } else { to - from };
            self.bytes.clear();
            self.start = from;
            let count = usize::try_from(wanted).unwrap_or(usize::MAX);
            let read = store.source.read(from, count, &mut self.bytes);
            read.map_err(|error| Unreadable::Failed {
                file: store.file.clone(),
                reason: error.to_string(),
            })?;
        }
        let at = |position: u64| usize::try_from(position - self.start).unwrap_or(usize::MAX);
        self.bytes.get(at(from)..at(to)).ok_or_else(|| store.changed())
    }

    fn record<'de, P: Deserialize<'de>>(
        bytes: &'de [u8],
        store: &Store,
    ) -> Result<Record<'de, P>, Unreadable> {
        // It was sound when it was catalogued, so that it is another file by now.
        let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter();
        stream.next().and_then(Result::ok).ok_or_else(|| store.changed())
    }

    /// The id that the file gives a row; its number where there is none.
    pub fn own_id(&mut self, store: &Store, row: usize) -> Result<String, Unreadable> {
        match &*store.written {
            Written::GeoJson => {
                let record: Record<'_, IgnoredAny> = Self::record(self.text(store, row)?, store)?;
                Ok(own_id(record.id, row))
            }
            Written::FlatGeobuf(_) => Ok(own_id(None, row)),
            #[cfg(feature = "server")]
            Written::GeoPackage(table) => Ok(table.row(store, &mut self.table, row)?.0),
        }
    }

    /// The feature in a row.
    pub fn place(&mut self, store: &Store, row: usize) -> Result<Place, Unreadable> {
        #[cfg(feature = "server")]
        if let Written::GeoPackage(table) = &*store.written {
            return table.place(store, &mut self.table, row);
        }
        let bytes = self.text(store, row)?;
        if let Written::FlatGeobuf(flat) = &*store.written {
            return flat.place(store, row, bytes);
        }
        let record: Record<'_, Map<String, Value>> = Self::record(bytes, store)?;
        let geometry = match &record.shape {
            None => None,
            Some(shape) => {
                let plain = shape.geometry();
                Some(plain.or_else(|| unusual(bytes)).ok_or_else(|| store.changed())?)
            }
        };
        let properties = record.properties.unwrap_or_default();
        Ok(store.found(&own_id(record.id, row), geometry, properties))
    }
}

fn own_id(id: Option<Cow<'_, str>>, row: usize) -> String {
    id.map_or_else(|| (row + 1).to_string(), Cow::into_owned)
}

/// A geometry that is sound, but not as everybody writes it.
fn unusual(bytes: &[u8]) -> Option<Geometry<f64>> {
    let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<geojson::Feature>();
    let geometry = stream.next()?.ok()?.geometry?;
    has_whole_positions(&geometry.value).then(|| geometry.try_into().ok())?
}

/// A geometry whose outer rings run counter-clockwise, and holes clockwise (RFC 7946, 3.1.6).
#[must_use]
pub fn oriented(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::Polygon(polygon) => polygon.orient(Direction::Default).into(),
        Geometry::MultiPolygon(polygons) => polygons.orient(Direction::Default).into(),
        other => other,
    }
}
