//! Parts of a filter that are true, false or unknown of a row.

use std::borrow::Cow;
use std::cmp::Ordering;

use geo::{BoundingRect, Geometry, Intersects, Rect, Relate, coord};

use crate::query::collection::FeatureSource;
use crate::query::cql2::like::Pattern;
use crate::query::cql2::term::{Term, Value};

/// How two geometries can lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They share a position.
    Intersects,
    /// They share none.
    Disjoint,
    /// They are the same set of positions.
    Equals,
    /// They share positions of their borders only.
    Touches,
    /// The first lies in the second.
    Within,
    /// The second lies in the first.
    Contains,
    /// They share something of a smaller dimension, and each has something of its own.
    Crosses,
    /// They share something of their own dimension, and each has something of its own.
    Overlaps,
}

/// A geometry to be compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// That of the row.
    Own,
    /// One that the filter brings along, with its box.
    Given(Box<Geometry<f64>>, Option<Rect<f64>>),
}

/// How two lists are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListRelation {
    /// Both have the same items.
    Equals,
    /// The first has all items of the second.
    Contains,
    /// The second has all items of the first.
    ContainedBy,
    /// They share an item.
    Overlaps,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    AtMost,
    AtLeast,
}

/// Something that is true, false or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Constant(bool),
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    Compare(Comparison, Term, Term),
    Between(Term, Term, Term),
    Like(Term, Pattern),
    In(Term, Vec<Term>),
    Unknown(Term),
    Unlocated,
    Is(Term),
    Lists(ListRelation, Term, Term),
    Relates(Relation, Shape, Shape),
}

/// Where something must lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reach {
    /// Anywhere, or nowhere at all: nothing is said of it.
    Everywhere,
    /// It cannot be.
    Nowhere,
    /// Its box meets this one, degrees.
    Box(Rect<f64>),
}

impl Reach {
    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nowhere, _) | (_, Self::Nowhere) => Self::Nowhere,
            (Self::Everywhere, reach) | (reach, Self::Everywhere) => reach,
            // Something large meets both of two boxes that do not meet each other; the smaller one
            // leaves fewer candidates.
            (Self::Box(a), Self::Box(b)) => {
                let size = |r: &Rect<f64>| r.width() * r.height();
                Self::Box(if size(&a) <= size(&b) { a } else { b })
            }
        }
    }

    /// One of them must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everywhere, _) | (_, Self::Everywhere) => Self::Everywhere,
            (Self::Nowhere, reach) | (reach, Self::Nowhere) => reach,
            (Self::Box(a), Self::Box(b)) => Self::Box(Rect::new(
                coord! { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                coord! { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
            )),
        }
    }
}

impl Comparison {
    fn of(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::Greater => order.is_gt(),
            Self::AtMost => order.is_le(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Test {
    /// Whether it is true of a row; `None` where that cannot be known.
    pub fn of(&self, source: &dyn FeatureSource, row: usize) -> Option<bool> {
        let order = |a: &Term, b: &Term| a.value(source, row)?.compare(&b.value(source, row)?);
        match self {
            Self::Constant(yes) => Some(*yes),
            Self::And(tests) => any(tests, false, source, row),
            Self::Or(tests) => any(tests, true, source, row),
            Self::Not(test) => test.of(source, row).map(|yes| !yes),
            Self::Compare(comparison, a, b) => order(a, b).map(|order| comparison.of(order)),
            Self::Between(value, low, high) => {
                let above = order(value, low).map(Ordering::is_ge);
                let below = order(value, high).map(Ordering::is_le);
                both(above, below)
            }
            Self::Like(text, pattern) => match text.value(source, row)? {
                Value::Text(text) => Some(pattern.fits(&text)),
                _ => None,
            },
            Self::In(value, items) => {
                let value = value.value(source, row)?;
                let same =
                    |item: &Term| item.value(source, row)?.compare(&value).map(Ordering::is_eq);
                let mut unknown = false;
                for item in items {
                    match same(item) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Unknown(term) => Some(term.value(source, row).is_none()),
            Self::Unlocated => Some(source.bounds_of(row).is_none()),
            Self::Is(term) => match term.value(source, row)? {
                Value::Boolean(yes) => Some(yes),
                _ => None,
            },
            Self::Lists(relation, a, b) => {
                let (a, b) = (a.value(source, row)?, b.value(source, row)?);
                let (Value::List(a), Value::List(b)) = (a, b) else { return None };
                Some(relation.of(&a, &b))
            }
            Self::Relates(relation, a, b) => relation.of(a, b, source, row),
        }
    }

    /// Where a row must lie for this to be true of it.
    pub fn reach(&self) -> Reach {
        match self {
            Self::Constant(false) => Reach::Nowhere,
            Self::And(tests) => tests.iter().map(Self::reach).fold(Reach::Everywhere, Reach::and),
            Self::Or(tests) => tests.iter().map(Self::reach).fold(Reach::Nowhere, Reach::or),
            Self::Relates(relation, Shape::Own, Shape::Given(_, bounds))
            | Self::Relates(relation, Shape::Given(_, bounds), Shape::Own)
                if *relation != Relation::Disjoint =>
            {
                bounds.map_or(Reach::Nowhere, Reach::Box)
            }
            _ => Reach::Everywhere,
        }
    }
}

/// `Some(decisive)` if one test is so, unknown if one is unknown, else the opposite.
fn any(tests: &[Test], decisive: bool, source: &dyn FeatureSource, row: usize) -> Option<bool> {
    let mut unknown = false;
    for test in tests {
        match test.of(source, row) {
            Some(yes) if yes == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}

fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

impl ListRelation {
    fn of(self, a: &[Cow<'_, str>], b: &[Cow<'_, str>]) -> bool {
        let holds = |outer: &[Cow<'_, str>], inner: &[Cow<'_, str>]| {
            inner.iter().all(|item| outer.contains(item))
        };
        match self {
            Self::Equals => holds(a, b) && holds(b, a),
            Self::Contains => holds(a, b),
            Self::ContainedBy => holds(b, a),
            Self::Overlaps => a.iter().any(|item| b.contains(item)),
        }
    }
}

impl Relation {
    /// The relation of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "s_intersects" => Self::Intersects,
            "s_disjoint" => Self::Disjoint,
            "s_equals" => Self::Equals,
            "s_touches" => Self::Touches,
            "s_within" => Self::Within,
            "s_contains" => Self::Contains,
            "s_crosses" => Self::Crosses,
            "s_overlaps" => Self::Overlaps,
            _ => return None,
        })
    }

    fn of(self, a: &Shape, b: &Shape, source: &dyn FeatureSource, row: usize) -> Option<bool> {
        let bounds = |shape: &Shape| match shape {
            Shape::Own => source.bounds_of(row),
            Shape::Given(_, bounds) => *bounds,
        };
        let (near, far) = (bounds(a)?, bounds(b)?);
        if !near.intersects(&far) {
            return Some(self == Self::Disjoint);
        }
        let own = match (a, b) {
            (Shape::Given(..), Shape::Given(..)) => None,
            _ => Some(source.geometry(row)?),
        };
        let geometry = |shape| match shape {
            &Shape::Own => own.as_deref(),
            Shape::Given(given, _) => Some(given.as_ref()),
        };
        Some(self.holds(geometry(a)?, geometry(b)?))
    }

    /// Whether two geometries lie to each other so.
    #[must_use]
    pub fn holds(self, a: &Geometry<f64>, b: &Geometry<f64>) -> bool {
        match self {
            Self::Intersects => a.intersects(b),
            Self::Disjoint => !a.intersects(b),
            Self::Equals => a.relate(b).is_equal_topo(),
            Self::Touches => a.relate(b).is_touches(),
            Self::Within => a.relate(b).is_within(),
            Self::Contains => a.relate(b).is_contains(),
            Self::Crosses => a.relate(b).is_crosses(),
            Self::Overlaps => a.relate(b).is_overlaps(),
        }
    }
}

impl Shape {
    /// A geometry that the filter brings along.
    #[must_use]
    pub fn given(geometry: Geometry<f64>) -> Self {
        let bounds = geometry.bounding_rect();
        Self::Given(Box::new(geometry), bounds)
    }
}
