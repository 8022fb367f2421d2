//! The places of a layer as a collection.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use geo::{BoundingRect, Geometry, Rect, coord};

use crate::feature::{Cell, Field, LayerColumns, Shape};
use crate::index::{BoxIndex, IndexedAtlas};
use crate::model::{Layer, Place, PlaceIdx};
use crate::query::collection::texts::Texts;
use crate::query::collection::{About, FeatureSource, Writing};

/// Bytes of text that are kept of one layer.
const KEPT: usize = 32 * 1024 * 1024;

/// The places of a layer as features.
pub struct LayerFeatures {
    index: Arc<IndexedAtlas>,
    position: usize,
    about: About,
    columns: LayerColumns,
    rows: HashMap<PlaceIdx, usize>,
    boxes: Vec<Option<Rect<f64>>>,
    tree: BoxIndex<usize>,
    bounds: Option<Rect<f64>>,
    texts: Texts,
}

impl LayerFeatures {
    /// Prepares a layer, by its position in the atlas. Costs a pass over all its geometry.
    #[must_use]
    pub fn new(index: Arc<IndexedAtlas>, position: usize) -> Self {
        let layer = &index.atlas.layers[position];
        let columns = LayerColumns::new(&index, layer, &layer.places);
        let geometries = layer.places.iter().map(|&p| index.atlas.place(p).geometry.as_ref());
        let shape = geometries.clone().flatten().map(Shape::of).fold(Shape::None, Shape::with);
        let boxes: Vec<Option<Rect<f64>>> =
            geometries.map(|geometry| geometry?.bounding_rect()).collect();
        let located = || boxes.iter().enumerate().filter_map(|(row, b)| Some((row, (*b)?)));
        Self {
            about: About::of(layer, shape),
            columns,
            rows: layer.places.iter().copied().zip(0..).collect(),
            tree: BoxIndex::from_bounds(located()),
            bounds: located().map(|(_, bounds)| bounds).reduce(union),
            texts: Texts::new(layer.places.len(), KEPT),
            boxes,
            position,
            index,
        }
    }

    fn layer(&self) -> &Layer {
        &self.index.atlas.layers[self.position]
    }

    fn place(&self, row: usize) -> &Place {
        self.index.atlas.place(self.layer().places[row])
    }
}

fn union(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        coord! { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        coord! { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

impl FeatureSource for LayerFeatures {
    fn about(&self) -> &About {
        &self.about
    }

    fn len(&self) -> usize {
        self.boxes.len()
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        self.bounds
    }

    fn fields(&self) -> &[Field] {
        self.columns.fields()
    }

    fn candidates(&self, bounds: Rect<f64>) -> Vec<usize> {
        let mut rows: Vec<usize> = self.tree.meeting(bounds).collect();
        rows.sort_unstable();
        rows
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        match self.cell(row, 0) {
            Cell::Text(id) => id,
            _ => Cow::Borrowed(""),
        }
    }

    fn row(&self, id: &str) -> Option<usize> {
        let atlas = &self.index.atlas;
        let dropped = || atlas.find_place(&format!("{}:{id}", self.about.id));
        let found = |place: Option<PlaceIdx>| self.rows.get(&place?).copied();
        let row = found(atlas.find_place(id)).or_else(|| found(dropped()))?;
        // A dropped feature has one id here, not also the one under which the atlas keeps it.
        (self.id(row) == id).then_some(row)
    }

    fn bounds_of(&self, row: usize) -> Option<Rect<f64>> {
        self.boxes[row]
    }

    fn geometry(&self, row: usize) -> Option<Cow<'_, Geometry<f64>>> {
        self.place(row).geometry.as_ref().map(Cow::Borrowed)
    }

    fn cell(&self, row: usize, field: usize) -> Cell<'_> {
        let layer = self.layer();
        self.columns.cell(&self.index, layer, field, layer.places[row])
    }

    fn write(&self, row: usize, how: &Writing<'_>, out: &mut Vec<u8>) {
        let geometry = self.place(row).geometry.as_ref();
        let cell = |field: usize| self.cell(row, field);
        let compose = |out: &mut Vec<u8>| how.compose(self.fields(), geometry, &cell, out);
        if how.is_plain() { self.texts.write(row, out, compose) } else { compose(out) }
    }
}
