//! Indexes over an atlas: where things are and what they are called.
//!
//! An index answers with candidates only. Whether a candidate really contains a point, lies
//! within a radius or matches a question is for `query` to decide.

mod spatial;
mod text;

pub use spatial::{BoxIndex, SpatialIndex};
pub use text::{Hit, Matched, Subject, TextIndex};

use std::sync::{Arc, OnceLock};

use crate::model::{Atlas, PlaceIdx};
use crate::shape::{Shape, weigh};
use crate::store::Store;

/// An atlas together with its indexes; built once, shared by every request.
pub struct IndexedAtlas {
    /// The atlas.
    pub atlas: Atlas,
    /// Where things are.
    pub spatial: SpatialIndex,
    /// What things are called.
    pub text: TextIndex,
    /// Large layers, parallel to the layers of the atlas.
    stores: Vec<Option<Arc<Store>>>,
    /// One point for each place, parallel to the places of the atlas.
    anchors: Vec<Option<[f64; 2]>>,
    /// The geometry of each place, weighed when it is first drawn.
    shapes: OnceLock<Arc<[Option<Shape>]>>,
}

impl IndexedAtlas {
    /// Builds the indexes. Costs one pass over all geometry and all names.
    #[must_use]
    pub fn new(atlas: Atlas) -> Self {
        Self::with_stores(atlas, &[])
    }

    /// The same with the large layers of the atlas.
    #[must_use]
    pub fn with_stores(atlas: Atlas, stores: &[Arc<Store>]) -> Self {
        let spatial = SpatialIndex::new(&atlas);
        let text = TextIndex::new(&atlas);
        let anchors =
            atlas.places.iter().map(|p| p.anchor().map(|point| [point.x(), point.y()])).collect();
        let of_layer = |id: &String| stores.iter().find(|store| store.layer() == id).cloned();
        let stores = atlas.layers.iter().map(|layer| of_layer(&layer.id)).collect();
        Self { atlas, spatial, text, stores, anchors, shapes: OnceLock::new() }
    }

    /// The features of the layer at this position of the atlas, where it is a large one.
    #[must_use]
    pub fn store(&self, layer: usize) -> Option<&Arc<Store>> {
        self.stores[layer].as_ref()
    }

    /// Large layers, each with its position among the layers of the atlas.
    pub fn stores(&self) -> impl Iterator<Item = (usize, &Arc<Store>)> {
        self.stores.iter().enumerate().filter_map(|(layer, store)| Some((layer, store.as_ref()?)))
    }

    /// Geometry to draw, parallel to the places of the atlas. Weighed at the first call, which takes a pass over
    /// all of it.
    pub fn shapes(&self) -> &Arc<[Option<Shape>]> {
        let geometry = || -> Vec<_> {
            self.atlas.places.iter().map(|place| place.geometry.as_ref()).collect()
        };
        self.shapes.get_or_init(|| weigh(&geometry()).into())
    }

    /// Longitude and latitude that stand for a place: its seat, or a point inside it.
    #[must_use]
    pub fn anchor(&self, place: PlaceIdx) -> Option<[f64; 2]> {
        self.anchors[place.0 as usize]
    }
}
