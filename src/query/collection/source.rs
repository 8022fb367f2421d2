//! What a collection has to offer to be asked.

use std::borrow::Cow;

use geo::{Geometry, Rect};

use crate::feature::{Cell, Field, Flat, Shape, json};
use crate::model::Layer;
use crate::query::collection::Reference;
use crate::store::Unreadable;

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

impl About {
    /// About a layer, whose geometries have this in common.
    #[must_use]
    pub fn of(layer: &Layer, shape: Shape) -> Self {
        Self {
            id: layer.id.clone(),
            title: layer.title.clone(),
            title_en: layer.title_en.clone(),
            note: layer.note.clone(),
            note_en: layer.note_en.clone(),
            shape,
        }
    }
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

    /// Appends a feature: the first of its fields as its id, its geometry in degrees, and the chosen
    /// fields, each as `cell` says.
    pub fn compose<'c>(
        &self,
        fields: &[Field],
        geometry: Option<&Geometry<f64>>,
        cell: &dyn Fn(usize) -> Cell<'c>,
        out: &mut Vec<u8>,
    ) {
        let written = self.try_compose(fields, geometry, cell, out);
        debug_assert!(written.is_ok(), "memory takes every byte");
    }

    fn try_compose<'c>(
        &self,
        fields: &[Field],
        geometry: Option<&Geometry<f64>>,
        cell: &dyn Fn(usize) -> Cell<'c>,
        out: &mut Vec<u8>,
    ) -> std::io::Result<()> {
        out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        json::cell(out, &cell(0))?;
        out.extend_from_slice(b",\"geometry\":");
        let mut flat = Flat::default();
        if let Some(geometry) = geometry {
            flat.set(geometry, &|position| self.reference.project(position));
        }
        if geometry.is_some() && flat.is_finite() {
            let swapped = self.reference.is_swapped();
            json::shape(out, &flat, self.reference.decimals(), swapped)?;
        } else {
            out.extend_from_slice(b"null");
        }
        out.extend_from_slice(b",\"properties\":{");
        let all: Vec<usize>;
        let chosen = if let Some(chosen) = self.fields {
            chosen
        } else {
            all = (1..fields.len()).collect();
            &all
        };
        for (number, &field) in chosen.iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            json::text(out, &fields[field].key)?;
            out.push(b':');
            json::cell(out, &cell(field))?;
        }
        out.extend_from_slice(b"}}");
        Ok(())
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

    /// Whether its rows are in memory, or read when they are asked for.
    fn is_at_hand(&self) -> bool {
        true
    }

    /// Whether everything that was asked for so far could be had. A row that could not be read says nothing
    /// at all, so an answer counts only once this was asked.
    ///
    /// # Errors
    /// When something could not be read, or the data behind it is no longer the same.
    fn check(&self) -> Result<(), Unreadable> {
        Ok(())
    }
}
