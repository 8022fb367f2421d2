//! A feature of a FlatGeobuf file.

use crate::crs::Projector;
use crate::format::flatgeobuf::{Header, sized};
use crate::model::Place;
use crate::store::{Store, Unreadable};

/// How the features of a FlatGeobuf file are read.
pub struct Flat {
    /// What the file says of all of them.
    pub(crate) header: Header,
    /// From its reference system to degrees.
    pub(crate) projector: Projector,
}

impl Flat {
    /// The feature in a row, whose bytes these are. Such features have no id but their number.
    pub(super) fn place(
        &self,
        store: &Store,
        row: usize,
        bytes: &[u8],
    ) -> Result<Place, Unreadable> {
        // It was sound when it was catalogued, so that it is another file by now.
        let changed = || store.changed();
        let (bytes, _) = sized(bytes).ok_or_else(changed)?;
        let mut dropped = vec![false; self.header.columns.len()];
        let feature = self.header.feature(bytes, &mut dropped).ok_or_else(changed)?;
        let geometry = match feature.shape {
            None => None,
            Some(shape) => shape.ok().and_then(|shape| shape.geometry(&self.projector)),
        };
        Ok(store.found(&(row + 1).to_string(), geometry, feature.properties))
    }
}
