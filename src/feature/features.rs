//! The features of a layer as a table with geometry.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use geo::{Geometry, Rect};

use crate::feature::LayerColumns;
use crate::feature::flat::Simple;
use crate::feature::table::{Cell, Column, Field, Shape, Table};
use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Atlas, Layer, Place, PlaceIdx, kinds};
use crate::store::{Reader, Unreadable};

/// Which features of a layer.
pub enum Chosen {
    /// Places of the atlas.
    Places(Vec<PlaceIdx>),
    /// Rows of a large layer, with what reads them.
    Stored(Arc<Reader>, Arc<[u32]>),
}

impl Chosen {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Places(places) => places.len(),
            Self::Stored(_, rows) => rows.len(),
        }
    }

    /// Boxes around those that are located, degrees. Reads nothing.
    pub fn boxes<'c>(&'c self, atlas: &'c Atlas) -> impl Iterator<Item = Rect<f64>> + 'c {
        (0..self.len()).filter_map(|row| self.bounds(atlas, row))
    }

    fn bounds(&self, atlas: &Atlas, row: usize) -> Option<Rect<f64>> {
        match self {
            Self::Places(places) => atlas.place(places[row]).bounds(),
            Self::Stored(reader, rows) => reader.store().bounds_of(rows[row] as usize),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A layer ready to be written.
pub struct Features<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Its attributes, a row to each feature.
    pub table: Table<'a>,
    /// What its geometries have in common.
    pub shape: Shape,
    chosen: Chosen,
    index: &'a IndexedAtlas,
}

/// A place behind a row: of the atlas, or read from a file.
pub enum Behind<'a> {
    /// Of the atlas.
    Known(&'a Place),
    /// Read.
    Read(Arc<Place>),
}

impl Deref for Behind<'_> {
    type Target = Place;

    fn deref(&self) -> &Place {
        match self {
            Self::Known(place) => place,
            Self::Read(place) => place,
        }
    }
}

impl<'a> Features<'a> {
    /// The chosen features of a layer.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas, layer: &'a Layer, chosen: Chosen) -> Self {
        let (shape, columns) = match &chosen {
            Chosen::Places(places) => {
                let geometries =
                    places.iter().filter_map(|&p| index.atlas.place(p).geometry.as_ref());
                let shape = geometries.map(Shape::of).fold(Shape::None, Shape::with);
                (shape, columns(index, layer, places))
            }
            Chosen::Stored(reader, rows) => {
                let traits = &reader.store().catalogue().traits;
                let shapes = rows.iter().filter_map(|&row| traits[row as usize].dimension());
                let shape = shapes.map(Shape::from).fold(Shape::None, Shape::with);
                (shape, stored_columns(reader, rows))
            }
        };
        let (id, title) = (layer.id.clone(), layer.title.clone());
        let table = Table { id, title, columns, len: chosen.len() };
        Self { layer, table, shape, chosen, index }
    }

    /// Longitude and latitude in degrees of the feature in a row; `None` for a place nobody has located.
    #[must_use]
    pub fn geometry(&self, row: usize) -> Option<Cow<'a, Geometry<f64>>> {
        match self.place(row) {
            Behind::Known(place) => place.geometry.as_ref().map(Cow::Borrowed),
            Behind::Read(place) => place.geometry.clone().map(Cow::Owned),
        }
    }

    /// Whether the feature in a row has a geometry. Reads nothing.
    #[must_use]
    pub fn is_located(&self, row: usize) -> bool {
        self.shape_of(row).is_some()
    }

    /// Whether it is a point, a line or an area; `None` where it has no geometry. Reads nothing.
    #[must_use]
    pub fn shape_of(&self, row: usize) -> Option<Shape> {
        match &self.chosen {
            Chosen::Places(places) => {
                self.index.atlas.place(places[row]).geometry.as_ref().map(Shape::of)
            }
            Chosen::Stored(reader, rows) => {
                reader.store().catalogue().traits[rows[row] as usize].dimension().map(Shape::from)
            }
        }
    }

    /// How exactly it is known where the feature in a row is. Reads nothing.
    #[must_use]
    pub fn accuracy(&self, row: usize) -> Option<Accuracy> {
        match &self.chosen {
            Chosen::Places(places) => self.index.atlas.place(places[row]).accuracy,
            Chosen::Stored(reader, rows) => {
                reader.store().catalogue().traits[rows[row] as usize].accuracy()
            }
        }
    }

    /// A box around the geometry in a row, degrees: of a large layer a hair's breadth wider than it needs to
    /// be. Reads nothing.
    #[must_use]
    pub fn bounds(&self, row: usize) -> Option<Rect<f64>> {
        self.chosen.bounds(&self.index.atlas, row)
    }

    /// The one kind that all its geometries can be written as; `None` where shapes are mixed or
    /// nothing is located.
    #[must_use]
    pub fn common(&self) -> Option<Simple> {
        let located = (0..self.table.len).filter_map(|row| self.geometry(row));
        let kinds = located.map(|geometry| Simple::of(&geometry));
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
        match &self.chosen {
            Chosen::Places(places) => {
                self.index.anchor(places[row]).filter(|_| self.is_located(row))
            }
            Chosen::Stored(..) => self.place(row).anchor().map(|point| [point.x(), point.y()]),
        }
    }

    /// The atlas behind it.
    #[must_use]
    pub fn atlas(&self) -> &'a Atlas {
        &self.index.atlas
    }

    /// The place in a row. One that cannot be read is empty; [`Features::check`] says so.
    #[must_use]
    pub fn place(&self, row: usize) -> Behind<'a> {
        match &self.chosen {
            Chosen::Places(places) => Behind::Known(self.index.atlas.place(places[row])),
            Chosen::Stored(reader, rows) => {
                let empty = || {
                    let kind = Arc::new(kinds::feature());
                    Arc::new(Place::new(String::new(), String::new(), kind, None))
                };
                Behind::Read(reader.place(rows[row] as usize).unwrap_or_else(empty))
            }
        }
    }

    /// The places of the atlas behind the rows; none where the layer is a large one, which no plan names.
    #[must_use]
    pub fn places(&self) -> &[PlaceIdx] {
        match &self.chosen {
            Chosen::Places(places) => places,
            Chosen::Stored(..) => &[],
        }
    }

    /// Whether everything that was asked for could be read.
    ///
    /// # Errors
    /// When the file of a large layer is another one by now, or cannot be read.
    pub fn check(&self) -> Result<(), Unreadable> {
        match &self.chosen {
            Chosen::Places(_) => Ok(()),
            Chosen::Stored(reader, _) => reader.check(),
        }
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

fn stored_columns<'a>(reader: &Arc<Reader>, rows: &Arc<[u32]>) -> Vec<Column<'a>> {
    let columns = Arc::new(LayerColumns::stored(reader.store()));
    let numbered = columns.fields().iter().enumerate();
    let column = |(number, field): (usize, &Field)| {
        let (columns, rows, reader) = (columns.clone(), rows.clone(), reader.clone());
        let found = columns.is_found(number);
        Column::new(field.clone(), found, move |row| {
            let place = reader.place(rows[row] as usize);
            let cell = |place: Arc<Place>| columns.found_cell(number, &place).into_owned();
            place.map_or(Cell::Null, cell)
        })
    };
    numbered.map(column).collect()
}
