//! What kind of value a property of a feature holds.

use serde::{Deserialize, Serialize};

/// The kind of a JSON value that is not null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Yes or no.
    Boolean,
    /// A whole number of 64 bits.
    Integer,
    /// Another number.
    Real,
    /// Text.
    Text,
    /// An array, an object, or values of several kinds.
    Nested,
}

impl ValueKind {
    /// The kind of a value; `None` for a null.
    #[must_use]
    pub fn of(value: &serde_json::Value) -> Option<Self> {
        use serde_json::Value;
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_i64() => Self::Integer,
            Value::Number(_) => Self::Real,
            Value::String(_) => Self::Text,
            Value::Array(_) | Value::Object(_) => Self::Nested,
        })
    }

    /// The narrowest kind that holds values of both; a null says nothing.
    #[must_use]
    pub fn widest(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        Some(match (a, b) {
            (None, other) | (other, None) => return other,
            (Some(a), Some(b)) if a == b => a,
            (Some(Self::Integer | Self::Real), Some(Self::Integer | Self::Real)) => Self::Real,
            _ => Self::Nested,
        })
    }
}
