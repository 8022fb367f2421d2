//! The features of a layer as a table with geometry.

use std::sync::Arc;

use geo::Geometry;

use crate::feature::LayerColumns;
use crate::feature::flat::Simple;
use crate::feature::table::{Column, Field, Shape, Table};
use crate::index::IndexedAtlas;
use crate::model::{Atlas, Layer, Place, PlaceIdx};

/// A layer ready to be written.
pub struct Features<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Its attributes, a row to each feature.
    pub table: Table<'a>,
    /// What its geometries have in common.
    pub shape: Shape,
    /// The places behind the rows.
    pub places: Vec<PlaceIdx>,
    index: &'a IndexedAtlas,
}

impl<'a> Features<'a> {
    /// The chosen places of a layer.
    pub fn new(index: &'a IndexedAtlas, layer: &'a Layer, places: Vec<PlaceIdx>) -> Self {
        let geometries = places.iter().filter_map(|&p| index.atlas.place(p).geometry.as_ref());
        let shape = geometries.map(Shape::of).fold(Shape::None, Shape::with);
        let columns = columns(index, layer, &places);
        let table =
            Table { id: layer.id.clone(), title: layer.title.clone(), columns, len: places.len() };
        Self { layer, table, shape, places, index }
    }

    /// Longitude and latitude in degrees of the feature in a row; `None` for a place nobody has located.
    #[must_use]
    pub fn geometry(&self, row: usize) -> Option<&'a Geometry<f64>> {
        self.place(row).geometry.as_ref()
    }

    /// The one kind that all its geometries can be written as; `None` where shapes are mixed or
    /// nothing is located.
    #[must_use]
    pub fn common(&self) -> Option<Simple> {
        let kinds = (0..self.table.len).filter_map(|row| self.geometry(row)).map(Simple::of);
        let mut common: Option<Simple> = None;
        for kind in kinds {
            common = match common {
                None => Some(kind),
                Some(known) if known == kind => Some(known),
                Some(known) if known.multiple() == kind.multiple() => Some(kind.multiple()),
                Some(_) => return None,
            };
        }
        common
    }

    /// Longitude and latitude that stand for the feature in a row; `None` where it has no geometry.
    #[must_use]
    pub fn anchor(&self, row: usize) -> Option<[f64; 2]> {
        self.geometry(row).and_then(|_| self.index.anchor(self.places[row]))
    }

    /// The atlas behind it.
    #[must_use]
    pub fn atlas(&self) -> &'a Atlas {
        &self.index.atlas
    }

    /// The place in a row.
    #[must_use]
    pub fn place(&self, row: usize) -> &'a Place {
        self.index.atlas.place(self.places[row])
    }
}

fn columns<'a>(index: &'a IndexedAtlas, layer: &'a Layer, places: &[PlaceIdx]) -> Vec<Column<'a>> {
    let columns = Arc::new(LayerColumns::new(index, layer, places));
    let rows: Arc<[PlaceIdx]> = places.into();
    let numbered = columns.fields().iter().enumerate();
    let column = |(number, field): (usize, &Field)| {
        let (columns, rows) = (columns.clone(), rows.clone());
        let found = columns.is_found(number);
        Column::new(field.clone(), found, move |row| columns.cell(index, layer, number, rows[row]))
    };
    numbered.map(column).collect()
}
