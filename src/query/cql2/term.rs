//! Parts of a filter that have a value: properties, literals, and what is computed of them.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::feature::{Cell, Kind};
use crate::query::collection::FeatureSource;
use crate::query::cql2::fold::fold;
use crate::query::cql2::number::Number;

/// What a term is, if it is known at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// Several texts.
    List,
}

impl Type {
    /// As a message says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
        }
    }

    /// The type of a field; what a file nests is nothing that filters know.
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Text => Some(Self::Text),
            Kind::Integer | Kind::Real => Some(Self::Number),
            Kind::Boolean => Some(Self::Boolean),
            Kind::List => Some(Self::List),
            Kind::Nested => None,
        }
    }
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    IntegerDivide,
    Power,
}

/// Something with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A property, by its position.
    Field(usize, Type),
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false.
    Boolean(bool),
    /// Texts.
    List(Vec<String>),
    /// Text without its case.
    Fold(Box<Term>),
    /// Something computed.
    Computed(Arithmetic, Box<Term>, Box<Term>),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Number(Number),
    Boolean(bool),
    List(Vec<Cow<'a, str>>),
}

impl Value<'_> {
    /// Which is greater; `None` for values that have no order.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.compare(*b),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

impl Term {
    /// What it is.
    pub fn kind(&self) -> Type {
        match self {
            Self::Field(_, kind) => *kind,
            Self::Text(_) | Self::Fold(_) => Type::Text,
            Self::Number(_) | Self::Computed(..) => Type::Number,
            Self::Boolean(_) => Type::Boolean,
            Self::List(_) => Type::List,
        }
    }

    /// Its value in a row; `None` where it is unknown.
    pub fn value<'a>(&'a self, source: &'a dyn FeatureSource, row: usize) -> Option<Value<'a>> {
        match self {
            Self::Field(field, _) => match source.cell(row, *field) {
                Cell::Null | Cell::Nested(_) => None,
                Cell::Text(text) => Some(Value::Text(text)),
                Cell::Integer(number) => Some(Value::Number(Number::Integer(number))),
                Cell::Real(number) => Some(Value::Number(Number::Real(number))),
                Cell::Boolean(yes) => Some(Value::Boolean(yes)),
                Cell::List(items) => Some(Value::List(items)),
            },
            Self::Text(text) => Some(Value::Text(text.into())),
            Self::Number(number) => Some(Value::Number(*number)),
            Self::Boolean(yes) => Some(Value::Boolean(*yes)),
            Self::List(items) => Some(Value::List(items.iter().map(Cow::from).collect())),
            Self::Fold(text) => match text.value(source, row)? {
                Value::Text(text) => Some(Value::Text(fold(&text).into())),
                _ => None,
            },
            Self::Computed(operator, a, b) => {
                let (a, b) = (a.value(source, row)?, b.value(source, row)?);
                let (Value::Number(a), Value::Number(b)) = (a, b) else { return None };
                operator.of(a, b).map(Value::Number)
            }
        }
    }
}

impl Arithmetic {
    /// The operator written so.
    pub fn from_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "+" => Self::Add,
            "-" => Self::Subtract,
            "*" => Self::Multiply,
            "/" => Self::Divide,
            "%" => Self::Modulo,
            "div" => Self::IntegerDivide,
            "^" => Self::Power,
            _ => return None,
        })
    }

    /// Its result; unknown where there is none, as when dividing by zero. Whole numbers stay exact as
    /// long as they fit.
    fn of(self, a: Number, b: Number) -> Option<Number> {
        if let (Number::Integer(a), Number::Integer(b)) = (a, b) {
            let whole = match self {
                Self::Add => a.checked_add(b),
                Self::Subtract => a.checked_sub(b),
                Self::Multiply => a.checked_mul(b),
                Self::Modulo => a.checked_rem(b),
                Self::IntegerDivide => a.checked_div(b),
                Self::Divide | Self::Power => None,
            };
            if let Some(whole) = whole {
                return Some(Number::Integer(whole));
            }
        }
        let (a, b) = (a.real(), b.real());
        let result = match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Modulo => a % b,
            Self::IntegerDivide => (a / b).trunc(),
            Self::Power => a.powf(b),
        };
        result.is_finite().then_some(Number::Real(result))
    }
}
