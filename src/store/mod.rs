//! Large layers: files whose features stay where they are, and are read by position when asked for.
//!
//! ```text
//! parcels.geojson ─ load ─► Catalogue: boxes, positions, ids, properties ─► parcels.geojson.plan-atlas-index
//!                               │
//!                  row ─────────┴─► a stretch of the file ─► Place, for as long as somebody looks at it
//! ```
//!
//! A [`Catalogue`] takes some forty bytes a feature, whatever the features say. What is drawn, listed or
//! exported is read from the file again, which the system keeps in its cache.

mod catalogue;
mod feature;
mod file;
mod flat;
#[cfg(feature = "server")]
pub mod kept;
mod position;
mod reader;
mod record;
mod shape;
#[cfg(feature = "server")]
mod table;
mod tree;

use std::sync::Arc;

use geo::{Geometry, Rect};
use serde_json::{Map, Value};

pub use catalogue::{
    Catalogue, Dimension, Ids, Property, Tally, Traits, fingerprint, hash as hash_of_id,
};
pub use feature::{Unreadable, oriented};
pub use file::{Identity, ReadFile};
pub use flat::Flat;
pub use position::has_whole_positions;
pub use reader::Reader;
pub use record::{Outline, Record};
pub use shape::{Form, Shape};
#[cfg(feature = "server")]
pub use table::Table;
pub use tree::BoxTree;

use crate::crs::GridBox;
use crate::model::{Place, Term, TermRef};
use feature::Window;

/// A large layer.
pub struct Store {
    file: String,
    layer: String,
    kind: TermRef,
    catalogue: Arc<Catalogue>,
    source: Arc<ReadFile>,
    written: Arc<Written>,
    /// Names of properties that whoever reads this is not told.
    withheld: Vec<String>,
}

/// How the features of a file are written.
pub enum Written {
    /// As GeoJSON.
    GeoJson,
    /// As FlatGeobuf.
    FlatGeobuf(Box<Flat>),
    /// As a table of a GeoPackage.
    #[cfg(feature = "server")]
    GeoPackage(Box<Table>),
}

impl Written {
    /// Whether features of a file of so many bytes can stand at these positions. Where a row of a table stands is
    /// its number, which may be any.
    #[must_use]
    pub fn can_stand_at(&self, spots: &[u64], size: u64) -> bool {
        match self {
            Self::GeoJson | Self::FlatGeobuf(_) => {
                spots.is_sorted() && spots.last().is_none_or(|end| *end <= size)
            }
            #[cfg(feature = "server")]
            Self::GeoPackage(_) => true,
        }
    }
}

impl Store {
    /// The features of a file, which a catalogue was made of; `file` is its name within the data folder,
    /// `layer` the id of the layer, `kind` the kind of place that its features are.
    #[must_use]
    pub fn new(
        file: &str,
        layer: &str,
        kind: TermRef,
        catalogue: Catalogue,
        (source, written): (ReadFile, Written),
    ) -> Self {
        Self {
            file: file.to_owned(),
            layer: layer.to_owned(),
            kind,
            catalogue: Arc::new(catalogue),
            source: Arc::new(source),
            written: Arc::new(written),
            withheld: Vec::new(),
        }
    }

    /// The same features without some of their properties, for those who are not to know them.
    #[must_use]
    pub fn withholding(self: &Arc<Self>, withheld: Vec<String>) -> Arc<Self> {
        if withheld.is_empty() {
            return self.clone();
        }
        Arc::new(Self {
            file: self.file.clone(),
            layer: self.layer.clone(),
            kind: self.kind.clone(),
            catalogue: self.catalogue.clone(),
            source: self.source.clone(),
            written: self.written.clone(),
            withheld,
        })
    }

    /// Properties of the features, in the order in which they first appear.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.catalogue.properties.iter().filter(|known| !self.withheld.contains(&known.name))
    }

    /// A feature of the file as a place.
    fn found(
        &self,
        own_id: &str,
        geometry: Option<Geometry<f64>>,
        mut properties: Map<String, Value>,
    ) -> Place {
        properties.retain(|name, _| !self.withheld.contains(name));
        let id = format!("{}:{own_id}", self.layer);
        Place::found(id, self.kind.clone(), geometry.map(oriented), &self.file, properties)
    }

    /// Its file, relative to the data folder.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The id of its layer.
    #[must_use]
    pub fn layer(&self) -> &str {
        &self.layer
    }

    /// The kind of place that its features are.
    #[must_use]
    pub fn kind(&self) -> &Term {
        &self.kind
    }

    /// What is known of the features without reading them.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Number of features, located or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalogue.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.catalogue.is_empty()
    }

    /// Smallest box around all of them, degrees; `None` when nothing is located.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        Some(self.catalogue.tree.bounds()).filter(GridBox::is_somewhere).map(|b| b.degrees())
    }

    /// A box around a row, degrees; `None` for what nobody has located.
    #[must_use]
    pub fn bounds_of(&self, row: usize) -> Option<Rect<f64>> {
        let bounds = &self.catalogue.boxes[row];
        let [west, south, east, north] = bounds.degrees();
        bounds.is_somewhere().then(|| Rect::new((west, south), (east, north)))
    }

    /// Rows whose box meets the given one (degrees), ascending.
    #[must_use]
    pub fn meeting(&self, bounds: Rect<f64>) -> Vec<u32> {
        let (min, max) = (bounds.min(), bounds.max());
        let asked = GridBox::of_degrees([min.x, min.y, max.x, max.y]);
        self.catalogue.tree.meeting(&self.catalogue.boxes, &asked)
    }

    /// A feature as a place. The places are not of an atlas: they have neither county nor township.
    ///
    /// # Errors
    /// When the file has changed since it was catalogued, or cannot be read.
    pub fn place(&self, row: usize) -> Result<Place, Unreadable> {
        Window::default().place(self, row)
    }

    /// The features in these rows, one after the other; rows that are near each other in the file are read
    /// together.
    pub fn places(
        &self,
        rows: impl IntoIterator<Item = usize>,
    ) -> impl Iterator<Item = Result<Place, Unreadable>> {
        let mut window = Window::default();
        rows.into_iter().map(move |row| window.place(self, row))
    }

    /// The row of the feature with this id, as the file has it.
    ///
    /// # Errors
    /// As [`Store::place`].
    pub fn find(&self, id: &str) -> Result<Option<usize>, Unreadable> {
        let mut window = Window::default();
        for row in self.catalogue.candidates(id) {
            if window.own_id(self, row)? == id {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// Whether the file is still the one that was catalogued. What was read before this said so is sound.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self) -> Result<(), Unreadable> {
        let is_there = match &*self.written {
            #[cfg(feature = "server")]
            Written::GeoPackage(table) => table.is_still(self.source.identity()),
            _ => true,
        };
        if is_there && self.source.is_unchanged() { Ok(()) } else { Err(self.changed()) }
    }

    fn changed(&self) -> Unreadable {
        Unreadable::Changed { file: self.file.clone() }
    }
}
