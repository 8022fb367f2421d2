//! The features of a large layer as a collection: read from their file as far as an answer needs them.

use std::borrow::Cow;
use std::sync::Arc;

use geo::{Geometry, Rect};

use crate::feature::{Cell, Field, LayerColumns, Shape};
use crate::model::Layer;
use crate::query::collection::{About, FeatureSource, Writing};
use crate::store::{Reader, Store, Unreadable};

/// What is known of a large layer before anything of it is read.
pub struct Stored {
    about: About,
    columns: LayerColumns,
    store: Arc<Store>,
}

impl Stored {
    /// Prepares a layer whose features are in a store.
    #[must_use]
    pub fn new(layer: &Layer, store: Arc<Store>) -> Self {
        let shape = Shape::stored(store.catalogue());
        let columns = LayerColumns::stored(&store);
        Self { about: About::of(layer, shape), columns, store }
    }
}

/// The features of a large layer, for one answer.
pub struct StoredFeatures {
    stored: Arc<Stored>,
    reader: Reader,
}

impl StoredFeatures {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(stored: Arc<Stored>) -> Self {
        let reader = Reader::new(stored.store.clone());
        Self { stored, reader }
    }
}

impl FeatureSource for StoredFeatures {
    fn about(&self) -> &About {
        &self.stored.about
    }

    fn len(&self) -> usize {
        self.stored.store.len()
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        let [west, south, east, north] = self.stored.store.bounds()?;
        Some(Rect::new((west, south), (east, north)))
    }

    fn fields(&self) -> &[Field] {
        self.stored.columns.fields()
    }

    fn candidates(&self, bounds: Rect<f64>) -> Vec<usize> {
        self.stored.store.meeting(bounds).into_iter().map(|row| row as usize).collect()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.reader.own_id(row).unwrap_or_default().into()
    }

    fn row(&self, id: &str) -> Option<usize> {
        self.reader.find(id)
    }

    fn bounds_of(&self, row: usize) -> Option<Rect<f64>> {
        self.stored.store.bounds_of(row)
    }

    fn geometry(&self, row: usize) -> Option<Cow<'_, Geometry<f64>>> {
        let place = self.reader.place(row)?;
        place.geometry.clone().map(Cow::Owned)
    }

    fn cell(&self, row: usize, field: usize) -> Cell<'_> {
        let place = self.reader.place(row);
        let cell = |place: Arc<_>| self.stored.columns.found_cell(field, &place).into_owned();
        place.map_or(Cell::Null, cell)
    }

    fn write(&self, row: usize, how: &Writing<'_>, out: &mut Vec<u8>) {
        let Some(place) = self.reader.place(row) else { return };
        let cell = |field: usize| self.stored.columns.found_cell(field, &place);
        how.compose(self.fields(), place.geometry.as_ref(), &cell, out);
    }

    fn is_at_hand(&self) -> bool {
        false
    }

    fn check(&self) -> Result<(), Unreadable> {
        self.reader.check()
    }
}
