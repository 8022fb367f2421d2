//! FlatGeobuf 3: one layer with typed columns.
//!
//! ```text
//! magic 8 │ header, behind its size u32 │ index: nodes of four doubles and an offset │ features, each behind its size
//! ```
//!
//! Layout: flatgeobuf.org, `header.fbs` and `feature.fbs`. Tables are followed by hand and every offset is
//! checked: a file that lies about one breaks off there and reserves nothing.

use serde_json::{Map, Number, Value};

use crate::crs::Crs;
use crate::format::{Declared, Position, Shape};

/// First bytes; the last of eight is the patch level.
pub const MAGIC: &[u8] = b"fgb\x03fgb";
/// Bytes of a node of the index.
const NODE: u64 = 40;
/// Collections nest at most so deep.
const DEPTH: usize = 8;

/// What a file says of all its features.
#[derive(Debug)]
pub struct Header {
    /// Name of the layer.
    pub name: Option<String>,
    /// Columns: name and kind of value (`ColumnType`).
    pub columns: Vec<(String, u8)>,
    /// Reference system.
    pub system: Declared,
    /// Where the first feature begins in the file.
    pub first: u64,
    /// What kind of shape all have; 0 where each says its own.
    kind: u8,
    /// Features that the index before them names, in their order; none where there is no index.
    indexed: u64,
}

/// A shape that is none of those that are known, or breaks off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotUnderstood;

/// A feature.
#[derive(Debug, PartialEq)]
pub struct Feature {
    /// Its shape, where it has one.
    pub shape: Option<Result<Shape, NotUnderstood>>,
    /// Its properties, one to each column.
    pub properties: Map<String, Value>,
    /// Whether heights or measures were left out of the shape.
    pub height: bool,
}

impl Header {
    /// Bytes behind the magic that the header takes, with its size, by the first twelve bytes of a file;
    /// `None` where they are not those of a FlatGeobuf.
    #[must_use]
    pub fn size(start: &[u8]) -> Option<u64> {
        let size = start.strip_prefix(MAGIC)?.get(1..)?.first_chunk::<4>()?;
        Some(4 + u64::from(u32::from_le_bytes(*size)))
    }

    /// The header at the start of a file; `None` where that breaks off.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (header, _) = bytes.get(8..).and_then(sized)?;
        let size = header.len() as u64;
        let header = Node::root(header)?;
        let column =
            |column: &Node<'_>| (column.text(0).unwrap_or_default(), column.byte(1).unwrap_or(0));
        let count = header.number::<8>(8).map_or(0, u64::from_le_bytes);
        let fanout = header.number::<2>(9).map_or(16, u16::from_le_bytes);
        Some(Self {
            name: header.text(0).filter(|name| !name.is_empty()),
            columns: header.tables(7).iter().map(column).collect(),
            system: system(&header),
            first: (8 + 4 + size).checked_add(index_size(count, u64::from(fanout))?)?,
            kind: header.byte(2).unwrap_or(0),
            indexed: if fanout < 2 { 0 } else { count },
        })
    }

    /// Features that the index names; none where there is no index.
    #[must_use]
    pub fn indexed(&self) -> u64 {
        self.indexed
    }

    /// Where the offset of an indexed feature stands, eight bytes that count from the first feature: its node is
    /// the last but so many of the index, which ends where the features begin.
    #[must_use]
    pub fn offset_of(&self, number: u64) -> u64 {
        self.first - (self.indexed - number) * NODE + NODE - 8
    }

    /// A feature without its size; `dropped` notes the columns of which it has binary content. `None` where it
    /// breaks off.
    pub fn feature(&self, bytes: &[u8], dropped: &mut [bool]) -> Option<Feature> {
        let feature = Node::root(bytes)?;
        let mut height = false;
        let shape = feature
            .table(0)
            .map(|geometry| shape(&geometry, self.kind, &mut height, 0).ok_or(NotUnderstood));
        let values = feature.bytes(1).unwrap_or_default();
        let properties = properties(values, &self.columns, dropped)?;
        Some(Feature { shape, properties, height })
    }
}

/// Bytes of the index over so many features; there is none where nodes have no children.
fn index_size(count: u64, fanout: u64) -> Option<u64> {
    if count == 0 || fanout < 2 {
        return Some(0);
    }
    let (mut level, mut nodes) = (count, count);
    loop {
        level = level.div_ceil(fanout);
        nodes = nodes.checked_add(level)?;
        if level == 1 {
            return nodes.checked_mul(NODE);
        }
    }
}

/// EPSG by number, others by name or definition.
fn system(header: &Node<'_>) -> Declared {
    let Some(system) = header.table(10) else { return Declared::Silent };
    let code = system.number::<4>(1).map_or(0, u32::from_le_bytes);
    if code > 0 {
        return Crs::from_epsg(code).into();
    }
    let words = [system.text(2), system.text(4)];
    let mut words = words.into_iter().flatten().filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return Declared::Silent;
    }
    let mut found: Vec<Declared> = words.map(|word| Crs::identify(&word).into()).collect();
    let known = found.iter().position(|one| matches!(one, Declared::Known(_))).unwrap_or(0);
    found.swap_remove(known)
}

/// A shape; `of_all` is the kind that the header says all have.
fn shape(geometry: &Node<'_>, of_all: u8, height: &mut bool, depth: usize) -> Option<Shape> {
    if depth > DEPTH {
        return None;
    }
    let kind = geometry.byte(6).filter(|kind| *kind > 0).unwrap_or(of_all);
    *height |= geometry.bytes(2).is_some() || geometry.bytes(3).is_some();
    let xy = geometry.vector(1, 16).unwrap_or_default();
    let positions: Vec<Position> =
        xy.chunks_exact(16).map(|two| (double(two), double(&two[8..]))).collect();
    let lines = || -> Option<Vec<Vec<Position>>> {
        let ends = geometry.vector(0, 4).unwrap_or_default();
        let ends =
            ends.chunks_exact(4).map(|end| u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
        let mut ends: Vec<usize> = ends.map(|end| end as usize).collect();
        if ends.is_empty() {
            ends.push(positions.len());
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(from, to)| positions.get(from..*to).map(<[_]>::to_vec)).collect()
    };
    let mut parts = |kind| -> Option<Shape> {
        let parts = geometry.tables(7);
        parts
            .iter()
            .map(|part| shape(part, kind, height, depth + 1))
            .collect::<Option<_>>()
            .map(Shape::Many)
    };
    match kind {
        1 => Some(positions.first().map_or(Shape::Many(Vec::new()), |one| Shape::Point(*one))),
        2 => Some(Shape::Line(positions)),
        3 => lines().map(Shape::Polygon),
        4 => Some(Shape::Many(positions.into_iter().map(Shape::Point).collect())),
        5 => lines().map(|lines| Shape::Many(lines.into_iter().map(Shape::Line).collect())),
        6 => parts(3),
        7 => parts(0),
        _ => None,
    }
}

fn double(bytes: &[u8]) -> f64 {
    bytes.first_chunk().map_or(f64::NAN, |eight| f64::from_le_bytes(*eight))
}

/// Pairs of a column's number and a value. A column without one is null.
fn properties(
    mut rest: &[u8],
    columns: &[(String, u8)],
    dropped: &mut [bool],
) -> Option<Map<String, Value>> {
    let mut found: Map<String, Value> =
        columns.iter().map(|(name, _)| (name.clone(), Value::Null)).collect();
    while let Some((number, behind)) = rest.split_first_chunk::<2>() {
        let number = usize::from(u16::from_le_bytes(*number));
        let (name, kind) = columns.get(number)?;
        let (value, behind) = value(behind, *kind)?;
        rest = behind;
        dropped[number] |= value.is_none();
        found.insert(name.clone(), value.unwrap_or_default());
    }
    rest.is_empty().then_some(found)
}

/// A value of a kind (`ColumnType`), and what is behind it; no value for binary content.
fn value(bytes: &[u8], kind: u8) -> Option<(Option<Value>, &[u8])> {
    fn take<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
        bytes.split_first_chunk::<N>().map(|(taken, rest)| (*taken, rest))
    }
    macro_rules! whole {
        ($kind:ty) => {{
            let (taken, rest) = take(bytes)?;
            (Value::from(<$kind>::from_le_bytes(taken)), rest)
        }};
    }
    let (value, rest) = match kind {
        0 => whole!(i8),
        1 => whole!(u8),
        2 => {
            let (taken, rest) = take::<1>(bytes)?;
            (Value::Bool(taken[0] != 0), rest)
        }
        3 => whole!(i16),
        4 => whole!(u16),
        5 => whole!(i32),
        6 => whole!(u32),
        7 => whole!(i64),
        8 => whole!(u64),
        9 => {
            let (taken, rest) = take(bytes)?;
            (real(f64::from(f32::from_le_bytes(taken))), rest)
        }
        10 => {
            let (taken, rest) = take(bytes)?;
            (real(f64::from_le_bytes(taken)), rest)
        }
        11..=13 => {
            let (text, rest) = sized(bytes)?;
            let text = String::from_utf8_lossy(text).into_owned();
            let json = if kind == 12 { serde_json::from_str(&text).ok() } else { None };
            (json.unwrap_or(Value::String(text)), rest)
        }
        14 => return sized(bytes).map(|(_, rest)| (None, rest)),
        _ => return None,
    };
    Some((Some(value), rest))
}

fn real(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A block behind its size, and what is behind it.
#[must_use]
pub fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*size)).ok()?)
}

/// A table as flat buffers have them.
#[derive(Clone, Copy)]
struct Node<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Node<'a> {
    fn root(all: &'a [u8]) -> Option<Self> {
        let root = Self { all, at: 0 };
        Some(Self { all, at: root.follow(0)? })
    }

    fn take<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.all.get(at..)?.first_chunk::<N>().copied()
    }

    /// Where the offset at a place leads.
    fn follow(&self, at: usize) -> Option<usize> {
        at.checked_add(usize::try_from(u32::from_le_bytes(self.take(at)?)).ok()?)
    }

    /// Where a field stands, by the table of fields.
    fn field(&self, slot: usize) -> Option<usize> {
        let back = i64::from(i32::from_le_bytes(self.take(self.at)?));
        let fields = usize::try_from(i64::try_from(self.at).ok()? - back).ok()?;
        let size = usize::from(u16::from_le_bytes(self.take(fields)?));
        let entry = 4 + 2 * slot;
        if entry + 2 > size {
            return None;
        }
        let offset = usize::from(u16::from_le_bytes(self.take(fields + entry)?));
        (offset > 0).then_some(self.at + offset)
    }

    fn number<const N: usize>(&self, slot: usize) -> Option<[u8; N]> {
        self.take(self.field(slot)?)
    }

    fn byte(&self, slot: usize) -> Option<u8> {
        self.number::<1>(slot).map(|one| one[0])
    }

    fn table(&self, slot: usize) -> Option<Self> {
        Some(Self { all: self.all, at: self.follow(self.field(slot)?)? })
    }

    /// The bytes of a vector whose items have `size` each; of one of numbers, so many numbers go into
    /// an item.
    fn vector(&self, slot: usize, size: usize) -> Option<&'a [u8]> {
        let at = self.follow(self.field(slot)?)?;
        let count = usize::try_from(u32::from_le_bytes(self.take(at)?)).ok()?;
        // Positions are counted as single numbers.
        let width = if size == 16 { 8 } else { size };
        self.all.get(at + 4..)?.get(..count.checked_mul(width)?)
    }

    fn bytes(&self, slot: usize) -> Option<&'a [u8]> {
        self.vector(slot, 1)
    }

    fn text(&self, slot: usize) -> Option<String> {
        self.bytes(slot).map(|text| String::from_utf8_lossy(text).into_owned())
    }

    fn tables(&self, slot: usize) -> Vec<Self> {
        let Some(at) = self.field(slot).and_then(|at| self.follow(at)) else { return Vec::new() };
        let Some(items) = self.vector(slot, 4) else { return Vec::new() };
        let places = (0..items.len() / 4).map(|number| at + 4 + 4 * number);
        places.filter_map(|at| Some(Self { all: self.all, at: self.follow(at)? })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::index_size;

    #[test]
    fn the_index_has_a_node_for_every_feature_and_every_group() {
        assert_eq!(index_size(1, 16), Some(80));
        assert_eq!(index_size(17, 16), Some((17 + 2 + 1) * 40));
        assert_eq!(index_size(0, 16), Some(0));
        assert_eq!(index_size(9, 0), Some(0));
        assert_eq!(index_size(u64::MAX, 2), None);
    }
}
