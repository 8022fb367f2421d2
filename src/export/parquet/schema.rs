//! The tree of columns at the end of a Parquet file, and what cells become in its leaves.

use crate::export::parquet::chunk::{Chunk, Physical};
use crate::export::parquet::thrift::Struct;
use crate::export::table::{Cell, Kind};

const REQUIRED: i32 = 0;
const OPTIONAL: i32 = 1;
const REPEATED: i32 = 2;

/// What text means (parquet.thrift, `ConvertedType` and the number of the field in `LogicalType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Text,
    List,
    Json,
}

impl Meaning {
    fn converted(self) -> i32 {
        match self {
            Self::Text => 0,
            Self::List => 3,
            Self::Json => 19,
        }
    }

    fn logical(self) -> u8 {
        match self {
            Self::Text => 1,
            Self::List => 3,
            Self::Json => 12,
        }
    }
}

/// A node of the tree.
pub struct Element {
    name: String,
    repetition: Option<i32>,
    physical: Option<Physical>,
    children: i32,
    meaning: Option<Meaning>,
}

impl Element {
    fn leaf(name: &str, repetition: i32, physical: Physical, meaning: Option<Meaning>) -> Self {
        let repetition = Some(repetition);
        Self { name: name.into(), repetition, physical: Some(physical), children: 0, meaning }
    }

    fn group(name: &str, repetition: Option<i32>, children: i32, meaning: Option<Meaning>) -> Self {
        Self { name: name.into(), repetition, physical: None, children, meaning }
    }

    /// Writes it as `SchemaElement`.
    pub fn write(&self, out: &mut Struct<'_>) {
        if let Some(physical) = self.physical {
            out.i32(1, physical as i32);
        }
        if let Some(repetition) = self.repetition {
            out.i32(3, repetition);
        }
        out.bytes(4, self.name.as_bytes());
        if self.physical.is_none() {
            out.i32(5, self.children);
        }
        if let Some(meaning) = self.meaning {
            out.i32(6, meaning.converted());
            out.inner(10, |logical| {
                logical.inner(meaning.logical(), |_| {});
            });
        }
    }
}

/// The tree, its nodes in order, and its leaves.
pub struct Schema {
    /// Nodes, the root first.
    pub elements: Vec<Element>,
    /// Leaves.
    pub chunks: Vec<Chunk>,
}

impl Schema {
    /// A root.
    pub fn new() -> Self {
        Self { elements: vec![Element::group("schema", None, 0, None)], chunks: Vec::new() }
    }

    fn child(&mut self) {
        self.elements[0].children += 1;
    }

    /// A column of cells.
    pub fn cells(&mut self, name: &str, kind: Kind) {
        match kind {
            Kind::Text => self.leaf(name, Physical::Bytes, Some(Meaning::Text)),
            Kind::Nested => self.leaf(name, Physical::Bytes, Some(Meaning::Json)),
            Kind::Integer => self.leaf(name, Physical::Int64, None),
            Kind::Real => self.leaf(name, Physical::Double, None),
            Kind::Boolean => self.leaf(name, Physical::Boolean, None),
            Kind::List => {
                self.child();
                let item = Element::leaf("element", OPTIONAL, Physical::Bytes, Some(Meaning::Text));
                self.elements.extend([
                    Element::group(name, Some(OPTIONAL), 1, Some(Meaning::List)),
                    Element::group("list", Some(REPEATED), 1, None),
                    item,
                ]);
                let path = [name, "list", "element"].map(str::to_owned).to_vec();
                self.chunks.push(Chunk::new(path, Physical::Bytes, 3, true));
            }
        }
    }

    /// A column of well-known binary.
    pub fn geometry(&mut self, name: &str) {
        self.leaf(name, Physical::Bytes, None);
    }

    /// The column that covers a geometry with a box.
    pub fn covering(&mut self, name: &str) {
        self.child();
        self.elements.push(Element::group(name, Some(OPTIONAL), 4, None));
        for edge in ["xmin", "ymin", "xmax", "ymax"] {
            self.elements.push(Element::leaf(edge, REQUIRED, Physical::Double, None));
            let path = vec![name.to_owned(), edge.to_owned()];
            self.chunks.push(Chunk::new(path, Physical::Double, 1, false));
        }
    }

    fn leaf(&mut self, name: &str, physical: Physical, meaning: Option<Meaning>) {
        self.child();
        self.elements.push(Element::leaf(name, OPTIONAL, physical, meaning));
        self.chunks.push(Chunk::new(vec![name.to_owned()], physical, 1, false));
    }
}

/// Takes a cell into its column.
pub fn put(chunk: &mut Chunk, cell: &Cell<'_>) {
    match (cell, chunk.physical) {
        (Cell::List(items), _) if items.is_empty() => chunk.missing(1),
        (Cell::List(items), _) => {
            for (number, item) in items.iter().enumerate() {
                chunk.bytes(item.as_bytes(), number > 0);
            }
        }
        (Cell::Integer(number), Physical::Int64) => chunk.integer(*number),
        (Cell::Real(number), Physical::Double) => chunk.real(*number),
        (Cell::Boolean(yes), Physical::Boolean) => chunk.boolean(*yes),
        (other, Physical::Bytes) => match other.flat() {
            Some(text) => chunk.bytes(text.as_bytes(), false),
            None => chunk.missing(0),
        },
        _ => chunk.missing(0),
    }
}
