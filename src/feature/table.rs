//! What every format writes: tables of typed cells, some with a geometry to each row.
//!
//! A table knows its rows by number only; a column is a function from that number to a cell. So a
//! format that writes row by row holds one row, whatever the size of the table, and nothing of the
//! atlas is copied first.

use std::borrow::Cow;

use geo::Geometry;
use serde_json::Value;

use crate::feature::english::english;
use crate::model::{NAME_PROPERTIES, ValueKind};
use crate::store::{Catalogue, Dimension};

/// What the cells of a column hold, where they hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Yes or no.
    Boolean,
    /// Several texts. A format without lists joins them with [`SEPARATOR`].
    List,
    /// Whatever JSON a dropped layer holds. A format without nesting writes it as JSON text.
    Nested,
}

impl From<ValueKind> for Kind {
    fn from(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Boolean => Self::Boolean,
            ValueKind::Integer => Self::Integer,
            ValueKind::Real => Self::Real,
            ValueKind::Text => Self::Text,
            ValueKind::Nested => Self::Nested,
        }
    }
}

/// Between the items of a list in one cell, as in the tables of the data folder.
pub const SEPARATOR: &str = "；";

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// JSON as found.
    Nested(Cow<'a, Value>),
}

impl<'a> Cell<'a> {
    /// Text, or nothing where it is empty.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(Cow::Borrowed(text)) }
    }

    /// Text, or nothing.
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// A list; nothing where it is empty.
    pub fn list(items: impl Iterator<Item = &'a str>) -> Self {
        let items: Vec<Cow<'a, str>> = items.map(Cow::Borrowed).collect();
        if items.is_empty() { Self::Null } else { Self::List(items) }
    }

    /// The same, with nothing borrowed.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Null => Cell::Null,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Integer(number) => Cell::Integer(number),
            Self::Real(number) => Cell::Real(number),
            Self::Boolean(yes) => Cell::Boolean(yes),
            Self::List(items) => {
                Cell::List(items.into_iter().map(|item| Cow::Owned(item.into_owned())).collect())
            }
            Self::Nested(value) => Cell::Nested(Cow::Owned(value.into_owned())),
        }
    }

    /// The cell as one text, for formats that have nothing else; `None` for a null.
    #[must_use]
    pub fn flat(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Null => return None,
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Real(number) => Cow::Owned(number.to_string()),
            Self::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::List(items) => Cow::Owned(items.join(SEPARATOR)),
            Self::Nested(value) => Cow::Owned(value.to_string()),
        })
    }
}

/// Name and kind of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Stable name: English for the atlas's own columns, as found for those of a dropped layer.
    pub key: Cow<'static, str>,
    /// Heading for people.
    pub title: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
}

type Read<'a> = Box<dyn Fn(usize) -> Cell<'a> + Send + Sync + 'a>;

/// A column: its field, and the cell of each row.
pub struct Column<'a> {
    /// Name and kind.
    pub field: Field,
    /// Whether it is a property of a dropped layer, named as found there.
    pub found: bool,
    read: Read<'a>,
}

impl<'a> Column<'a> {
    /// A column of a layer; `found` where it is named as in the file of a dropped layer.
    pub fn new(
        field: Field,
        found: bool,
        read: impl Fn(usize) -> Cell<'a> + Send + Sync + 'a,
    ) -> Self {
        Self { field, found, read: Box::new(read) }
    }

    /// A column of the atlas's own.
    pub fn own(
        key: &'static str,
        title: &'static str,
        kind: Kind,
        read: impl Fn(usize) -> Cell<'a> + Send + Sync + 'a,
    ) -> Self {
        let field = Field { key: key.into(), title: title.into(), kind };
        Self { field, found: false, read: Box::new(read) }
    }

    /// Its heading in English; one found in a dropped layer keeps its name.
    #[must_use]
    pub fn title_en(&self) -> &str {
        if self.found { &self.field.title } else { english(&self.field.key) }
    }

    /// The cell of a row, from 0.
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'a> {
        (self.read)(row)
    }
}

/// Rows of cells. The first column is the id: unique in the table, the same in every export.
pub struct Table<'a> {
    /// Name in files: `townships`, `projects`.
    pub id: String,
    /// Heading for people.
    pub title: String,
    /// Columns in order.
    pub columns: Vec<Column<'a>>,
    /// Number of rows.
    pub len: usize,
}

impl Table<'_> {
    /// A row as a person knows it: `name（id）`, or the id alone where it has no name.
    #[must_use]
    pub fn example(&self, row: usize) -> String {
        let text = |column: &Column<'_>| column.cell(row).flat().unwrap_or_default().into_owned();
        let id = self.columns.first().map(text).unwrap_or_default();
        let named = |column: &&Column<'_>| {
            let key = &*column.field.key;
            NAME_PROPERTIES.contains(&key) || (key == "title" && !column.found)
        };
        let mut found = self.columns.iter().filter(named).map(text);
        match found.find(|name| !name.is_empty() && *name != id) {
            Some(name) => format!("{name}（{id}）"),
            None => id,
        }
    }
}

/// What the geometries of a layer have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Points and groups of points.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Area,
    /// Several of these.
    Mixed,
    /// Nobody has located any of them.
    None,
}

impl From<Dimension> for Shape {
    fn from(dimension: Dimension) -> Self {
        match dimension {
            Dimension::Point => Self::Point,
            Dimension::Line => Self::Line,
            Dimension::Area => Self::Area,
        }
    }
}

impl Shape {
    /// The shape of one geometry.
    #[must_use]
    pub fn of(geometry: &Geometry<f64>) -> Self {
        match geometry {
            Geometry::Point(_) | Geometry::MultiPoint(_) => Self::Point,
            Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
                Self::Line
            }
            Geometry::GeometryCollection(_) => Self::Mixed,
            _ => Self::Area,
        }
    }

    /// The shape of a large layer.
    #[must_use]
    pub fn stored(catalogue: &Catalogue) -> Self {
        let shapes = [Self::Point, Self::Line, Self::Area].into_iter();
        let found = shapes.zip(catalogue.tally.dimensions).filter(|(_, count)| *count > 0);
        found.map(|(shape, _)| shape).fold(Self::None, Self::with)
    }

    /// The shape of both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, shape) | (shape, Self::None) => shape,
            (a, b) if a == b => a,
            _ => Self::Mixed,
        }
    }
}
