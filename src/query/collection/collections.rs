//! All collections of an atlas.

use std::sync::{Arc, OnceLock};

use crate::index::IndexedAtlas;
use crate::query::collection::FeatureSource;
use crate::query::collection::layer::LayerFeatures;
use crate::query::collection::stored::{Stored, StoredFeatures};

/// All collections of an atlas. Each is prepared when it is first asked for, and kept.
pub struct Collections {
    index: Arc<IndexedAtlas>,
    layers: Vec<OnceLock<Prepared>>,
}

impl Collections {
    /// The collections of an atlas.
    #[must_use]
    pub fn new(index: Arc<IndexedAtlas>) -> Self {
        let layers = index.atlas.layers.iter().map(|_| OnceLock::new()).collect();
        Self { index, layers }
    }

    /// The collection with this id, for one answer: what it could not read, it remembers.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<dyn FeatureSource>> {
        Some(self.layer(self.index.atlas.layer_number(id)?))
    }

    /// Every collection, in the order of the atlas.
    pub fn all(&self) -> impl Iterator<Item = Arc<dyn FeatureSource>> + '_ {
        (0..self.layers.len()).map(|position| self.layer(position))
    }

    /// The atlas behind them.
    #[must_use]
    pub fn index(&self) -> &IndexedAtlas {
        &self.index
    }

    fn layer(&self, position: usize) -> Arc<dyn FeatureSource> {
        let prepare = || match self.index.store(position) {
            Some(store) => {
                let layer = &self.index.atlas.layers[position];
                Prepared::Stored(Arc::new(Stored::new(layer, store.clone())))
            }
            None => Prepared::Places(Arc::new(LayerFeatures::new(self.index.clone(), position))),
        };
        match self.layers[position].get_or_init(prepare) {
            Prepared::Places(features) => features.clone(),
            Prepared::Stored(stored) => Arc::new(StoredFeatures::new(stored.clone())),
        }
    }
}

/// What of a layer is kept from one question to the next.
enum Prepared {
    Places(Arc<LayerFeatures>),
    Stored(Arc<Stored>),
}
