//! What a collection has to offer to be asked.

use std::borrow::Cow;

use geo::{Geometry, Rect};

use crate::feature::{Cell, Field, Shape};
use crate::query::collection::Reference;

/// The name by which a filter speaks of the geometry.
pub const GEOMETRY: &str = "geometry";

/// What a collection is called and holds.
#[derive(Debug, Clone)]
pub struct About {
    /// Identifier, a word: `townships`.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Remark in Chinese.
    pub note: Option<String>,
    /// Remark in English.
    pub note_en: Option<String>,
    /// What its geometries have in common.
    pub shape: Shape,
}

/// How a feature is written.
pub struct Writing<'a> {
    /// The reference system of its coordinates.
    pub reference: &'a Reference,
    /// Which fields, by position; all of them without.
    pub fields: Option<&'a [usize]>,
}

impl Writing<'_> {
    /// Whether the feature is written whole and as it is kept.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.fields.is_none() && self.reference.is_stored()
    }
}

/// Features in rows, numbered from 0 in an order that never changes while the data does not.
///
/// A source may hold places of an atlas or ranges of a file that is far bigger than memory; whoever
/// asks it must not assume that touching a row is free, and touches only those that it needs.
pub trait FeatureSource: Send + Sync {
    /// What the collection is called and holds.
    fn about(&self) -> &About;

    /// Number of features, located or not.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Smallest box around all of them, degrees; `None` when nothing is located.
    fn bounds(&self) -> Option<Rect<f64>>;

    /// Names and kinds of the properties. The first is the id.
    fn fields(&self) -> &[Field];

    /// Rows whose box meets the given one (degrees), ascending.
    fn candidates(&self, bounds: Rect<f64>) -> Vec<usize>;

    /// The id of a row: unique in the collection.
    fn id(&self, row: usize) -> Cow<'_, str>;

    /// The row with this id.
    fn row(&self, id: &str) -> Option<usize>;

    /// Smallest box around the geometry of a row, without reading the geometry.
    fn bounds_of(&self, row: usize) -> Option<Rect<f64>>;

    /// The geometry of a row, degrees; `None` where nobody has located it.
    fn geometry(&self, row: usize) -> Option<Cow<'_, Geometry<f64>>>;

    /// What a row says in a field.
    fn cell(&self, row: usize, field: usize) -> Cell<'_>;

    /// Appends a row as a GeoJSON `Feature`, an object that ends in its last `}`.
    fn write(&self, row: usize, how: &Writing<'_>, out: &mut Vec<u8>);
}
