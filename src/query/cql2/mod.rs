//! Filters in the Common Query Language (OGC 21-065, CQL2).
//!
//! ```text
//! cql2-text ─ text ─┐
//!                   ├─► Node ─ bind ─► Filter ─► holds(row)? and reach() for the R-tree
//! cql2-json ─ json ─┘
//! ```
//!
//! Binding knows the collection: an unknown property, a function of another name or a comparison of
//! text with a number is an error with a remedy, never an empty answer. Logic has three values as in SQL:
//! what is compared with something unknown is unknown, and only what is true is found.
//!
//! Not here: dates (no collection has a property of time), functions of one's own, `ACCENTI`.

mod bind;
mod fold;
mod json;
mod lexer;
mod like;
mod node;
mod number;
mod shape;
mod term;
mod test;
mod text;
mod wkt;

pub use node::{FilterError, Node};
pub use shape::from_geojson;
pub use test::{Reach, Relation};

use geo::Coord;

use crate::query::collection::{FeatureSource, Reference};

/// A filter that fits a collection.
#[derive(Debug, Clone)]
pub struct Filter {
    test: test::Test,
}

impl Filter {
    /// Reads a filter written as text.
    ///
    /// # Errors
    /// When it is no CQL2, or does not fit the collection.
    pub fn text(
        filter: &str,
        reference: &Reference,
        source: &dyn FeatureSource,
    ) -> Result<Self, FilterError> {
        Self::new(text::parse(filter)?, reference, source)
    }

    /// Reads a filter written as JSON.
    ///
    /// # Errors
    /// When it is no CQL2, or does not fit the collection.
    pub fn json(
        filter: &str,
        reference: &Reference,
        source: &dyn FeatureSource,
    ) -> Result<Self, FilterError> {
        Self::new(json::parse(filter)?, reference, source)
    }

    /// The filter `field = value`, the value written as in an address; a list is asked whether it
    /// has the value.
    ///
    /// # Errors
    /// When the value is none of the field's kind.
    pub fn equals(
        field: usize,
        value: &str,
        source: &dyn FeatureSource,
    ) -> Result<Self, FilterError> {
        bind::equals(field, value, source).map(|test| Self { test })
    }

    /// Both filters at once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { test: test::Test::And(vec![self.test, other.test]) }
    }

    fn new(
        mut node: Node,
        reference: &Reference,
        source: &dyn FeatureSource,
    ) -> Result<Self, FilterError> {
        node.each_shape(&mut |shape| {
            let degrees = |position: Coord<f64>| {
                reference.degrees(position).ok_or(FilterError::Beyond(position.x, position.y))
            };
            shape::checked(shape, degrees)
        })?;
        bind::test(&node, source).map(|test| Self { test })
    }

    /// Whether the filter is true of a row.
    #[must_use]
    pub fn holds(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.test.of(source, row) == Some(true)
    }

    /// Where a row must lie for the filter to be true of it.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.test.reach()
    }
}
