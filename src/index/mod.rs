//! Indexes over an atlas: where things are and what they are called.
//!
//! An index answers with candidates only. Whether a candidate really contains a point, lies
//! within a radius or matches a question is for `query` to decide.

mod spatial;
mod text;

pub use spatial::{BoxIndex, SpatialIndex};
pub use text::{Hit, Matched, Subject, TextIndex};

use crate::model::{Atlas, PlaceIdx};

/// An atlas together with its indexes; built once, shared by every request.
pub struct IndexedAtlas {
    /// The atlas.
    pub atlas: Atlas,
    /// Where things are.
    pub spatial: SpatialIndex,
    /// What things are called.
    pub text: TextIndex,
    /// One point for each place, parallel to the places of the atlas.
    anchors: Vec<Option<[f64; 2]>>,
}

impl IndexedAtlas {
    /// Builds the indexes. Costs one pass over all geometry and all names.
    #[must_use]
    pub fn new(atlas: Atlas) -> Self {
        let spatial = SpatialIndex::new(&atlas);
        let text = TextIndex::new(&atlas);
        let anchors =
            atlas.places.iter().map(|p| p.anchor().map(|point| [point.x(), point.y()])).collect();
        Self { atlas, spatial, text, anchors }
    }

    /// Longitude and latitude that stand for a place: its seat, or a point inside it.
    #[must_use]
    pub fn anchor(&self, place: PlaceIdx) -> Option<[f64; 2]> {
        self.anchors[place.0 as usize]
    }
}
