//! What spatial questions are asked of: the places of the atlas, and the features of its large layers.
//!
//! Candidates of both come by their boxes; what is exact is decided by whoever asks, with the geometry.

use std::borrow::Cow;
use std::sync::Arc;

use geo::{Geometry, Rect};

use crate::index::IndexedAtlas;
use crate::model::{Place, PlaceIdx, Term};
use crate::query::budget::Stopped;
use crate::query::refs::PlaceRef;
use crate::store::{Reader, Store, Unreadable};

/// A place of the atlas, or a feature of a large layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handle {
    /// A place of the atlas.
    Place(PlaceIdx),
    /// The feature in this row of the large layer at this position of the atlas.
    Stored(usize, u32),
}

/// Why a question was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nobody waits any more, or it took too long.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The file of a large layer is another one by now, or cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// Looks things up for one answer. What cannot be read is passed over, and [`Lookup::check`] says so when
/// the answer is complete.
pub struct Lookup<'a> {
    index: &'a IndexedAtlas,
    stored: Vec<(usize, &'a Store, Reader)>,
}

impl<'a> Lookup<'a> {
    /// Reads nothing yet.
    pub fn new(index: &'a IndexedAtlas) -> Self {
        let stored = index.stores().map(|(layer, store)| {
            let read: &Store = store;
            (layer, read, Reader::new(store.clone()))
        });
        Self { index, stored: stored.collect() }
    }

    /// Everything whose box meets the given one (degrees): places in no particular order, then features of
    /// large layers in that of their files.
    pub fn meeting(&self, bounds: Rect<f64>) -> impl Iterator<Item = Handle> + '_ {
        let places = self.index.spatial.meeting(bounds).map(Handle::Place);
        let of_layer = move |(layer, store, _): &(usize, &Store, Reader)| {
            let layer = *layer;
            store.meeting(bounds).into_iter().map(move |row| Handle::Stored(layer, row))
        };
        places.chain(self.stored.iter().flat_map(of_layer))
    }

    /// Ids of the layers that something is in.
    pub fn layers(&self, handle: Handle) -> impl Iterator<Item = &'a str> {
        let layers = &self.index.atlas.layers;
        let (many, one): (&[usize], _) = match handle {
            Handle::Place(place) => (&self.index.atlas.layers_of[place.0 as usize], None),
            Handle::Stored(layer, _) => (&[], Some(layer)),
        };
        many.iter().copied().chain(one).map(|layer| layers[layer].id.as_str())
    }

    /// What kind of place something is.
    pub fn kind(&self, handle: Handle) -> &'a Term {
        match handle {
            Handle::Place(place) => &self.index.atlas.place(place).kind,
            Handle::Stored(layer, _) => self.stored(layer).0.kind(),
        }
    }

    /// Its geometry, degrees.
    pub fn geometry(&self, handle: Handle) -> Option<Cow<'a, Geometry<f64>>> {
        match handle {
            Handle::Place(place) => {
                self.index.atlas.place(place).geometry.as_ref().map(Cow::Borrowed)
            }
            Handle::Stored(layer, row) => self.read(layer, row)?.geometry.clone().map(Cow::Owned),
        }
    }

    /// Refers to it; `None` where it cannot be read.
    pub fn refer(&self, handle: Handle) -> Option<PlaceRef<'a>> {
        match handle {
            Handle::Place(place) => Some(PlaceRef::new(self.index, place)),
            Handle::Stored(layer, row) => {
                let place = self.read(layer, row)?;
                Some(PlaceRef::stored(&place, self.stored(layer).0.kind()))
            }
        }
    }

    fn read(&self, layer: usize, row: u32) -> Option<Arc<Place>> {
        self.stored(layer).1.place(row as usize)
    }

    /// The large layer at a position of the atlas.
    fn stored(&self, layer: usize) -> (&'a Store, &Reader) {
        let place = self.stored.binary_search_by_key(&layer, |(known, ..)| *known);
        // A handle comes from `meeting`, so its layer is there.
        let (_, store, reader) = &self.stored[place.unwrap_or_default()];
        (store, reader)
    }

    /// Whether everything that was looked up could be read.
    ///
    /// # Errors
    /// When something could not.
    pub fn check(&self) -> Result<(), Unreadable> {
        // A file that nothing was read of takes no part in the answer.
        let mut asked = self.stored.iter().filter(|(.., reader)| reader.was_asked());
        asked.try_for_each(|(.., reader)| reader.check())
    }
}

/// The position of the large layer of the feature with this id (`layer:own`), and its row.
///
/// # Errors
/// When its file is another one by now, or cannot be read.
pub fn stored_row(index: &IndexedAtlas, id: &str) -> Result<Option<(usize, u32)>, Unreadable> {
    for (layer, store) in index.stores() {
        let own = id.strip_prefix(store.layer()).and_then(|rest| rest.strip_prefix(':'));
        let row = own.map(|own| store.find(own)).transpose()?.flatten();
        if let Some(row) = row.and_then(|row| u32::try_from(row).ok()) {
            return Ok(Some((layer, row)));
        }
    }
    Ok(None)
}

/// The feature of a large layer with this id, and its layer.
///
/// # Errors
/// As [`stored_row`].
pub fn stored_place<'a>(
    index: &'a IndexedAtlas,
    id: &str,
) -> Result<Option<(&'a Store, Place)>, Unreadable> {
    let Some((layer, row)) = stored_row(index, id)? else { return Ok(None) };
    let Some(store) = index.store(layer) else { return Ok(None) };
    let place = store.place(row as usize)?;
    store.check()?;
    Ok(Some((store, place)))
}
