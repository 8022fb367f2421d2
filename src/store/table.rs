//! A row of a table of a GeoPackage.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::crs::Projector;
use crate::format::geopackage::{self, Feature, Layer};
use crate::model::Place;
use crate::store::file::Identity;
use crate::store::{Store, Unreadable};

/// How the rows of a table are read.
pub struct Table {
    /// The table.
    pub(crate) layer: Layer,
    /// From its reference system to degrees.
    pub(crate) projector: Projector,
    path: PathBuf,
    /// The question for one row.
    one: String,
}

/// An open file, and the columns of the table.
pub(super) struct Open {
    database: Connection,
    columns: Vec<String>,
}

impl Table {
    /// A table of the file at a path.
    pub(crate) fn new(path: &Path, layer: Layer, projector: Projector) -> Self {
        let [_, one] = layer.numbered();
        Self { layer, projector, path: path.to_owned(), one }
    }

    /// Whether the file at its path is still in this state: another may have taken its place.
    pub(super) fn is_still(&self, identity: Identity) -> bool {
        Identity::at(&self.path).is_ok_and(|now| now == identity)
    }

    fn open(&self) -> rusqlite::Result<Open> {
        let database = geopackage::open_still(&self.path)?;
        let statement = database.prepare(&self.one)?;
        let columns = statement.column_names().skip(1).map(str::to_owned).collect();
        drop(statement);
        Ok(Open { database, columns })
    }

    /// The feature with this number; the connection is opened when it is first needed.
    fn feature(&self, open: &mut Option<Open>, number: i64) -> rusqlite::Result<Feature> {
        if open.is_none() {
            *open = Some(self.open()?);
        }
        let Some(Open { database, columns }) = open else {
            return Err(rusqlite::Error::InvalidQuery);
        };
        let mut binary = vec![false; columns.len()];
        let mut statement = database.prepare(&self.one)?;
        statement.query_row([number], |row| self.layer.feature(row, 1, columns, &mut binary))
    }

    /// The id that the file gives a row, and the feature in it.
    pub(super) fn row(
        &self,
        store: &Store,
        open: &mut Option<Open>,
        row: usize,
    ) -> Result<(String, Feature), Unreadable> {
        let number = store.catalogue.spots[row].cast_signed();
        // It was there when the table was catalogued.
        let feature = self.feature(open, number).map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => store.changed(),
            error => Unreadable::Failed { file: store.file.clone(), reason: error.to_string() },
        })?;
        Ok((feature.id.clone().unwrap_or_else(|| number.to_string()), feature))
    }

    /// The feature in a row.
    pub(super) fn place(
        &self,
        store: &Store,
        open: &mut Option<Open>,
        row: usize,
    ) -> Result<Place, Unreadable> {
        let (own, feature) = self.row(store, open, row)?;
        let shape = feature.shape.and_then(Result::ok);
        let geometry = shape.and_then(|shape| shape.geometry(&self.projector));
        Ok(store.found(&own, geometry, feature.properties))
    }
}
