//! What both encodings are read into: words and values, not yet checked against a collection.

use geo::Geometry;

use crate::query::cql2::number::Number;

/// Levels that a filter may be nested; deeper ones are refused before they exhaust the stack.
pub const DEPTH: usize = 64;

/// Why a filter cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FilterError {
    /// The text is no CQL2.
    #[error("filter: {found} at character {at}; {expected}")]
    Syntax {
        /// What stands there.
        found: String,
        /// Where, from 1.
        at: usize,
        /// What should.
        expected: String,
    },
    /// The JSON is no CQL2.
    #[error("filter: {0}")]
    Json(String),
    /// Nested too deeply.
    #[error("filter: nested deeper than {DEPTH} levels")]
    Deep,
    /// No such property.
    #[error("filter: there is no property {name:?} to filter by; there are: {known}")]
    Property {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// No such function.
    #[error(
        "filter: there is no function {0:?}; known are casei, s_intersects and its kin, a_contains and its kin"
    )]
    Function(String),
    /// Operands that do not go together.
    #[error("filter: {0}")]
    Operands(String),
    /// A geometry that is none.
    #[error("filter: {0}")]
    Shape(String),
    /// A position outside its reference system.
    #[error("filter: the position {0} {1} lies beyond its reference system (filter-crs)")]
    Beyond(f64, f64),
}

/// A part of a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An operator or function with its operands.
    Call(String, Vec<Node>),
    /// The name of a property.
    Property(String),
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false.
    Boolean(bool),
    /// A date or timestamp.
    Instant(String),
    /// A geometry.
    Shape(Geometry<f64>),
    /// Several.
    List(Vec<Node>),
}

impl Node {
    /// Lets every geometry be changed in place.
    ///
    /// # Errors
    /// The first error of `change`.
    pub fn each_shape(
        &mut self,
        change: &mut impl FnMut(&mut Geometry<f64>) -> Result<(), FilterError>,
    ) -> Result<(), FilterError> {
        match self {
            Self::Call(_, parts) | Self::List(parts) => {
                parts.iter_mut().try_for_each(|part| part.each_shape(change))
            }
            Self::Shape(shape) => change(shape),
            _ => Ok(()),
        }
    }
}

/// The spelling of an operator in CQL2 JSON, whatever the case it was written in.
pub fn operator(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.as_str() {
        "isnull" => "isNull".to_owned(),
        "a_containedby" => "a_containedBy".to_owned(),
        _ => lower,
    }
}
