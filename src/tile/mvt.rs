//! The wire format: Mapbox Vector Tile 2.1, chapter 4, as protocol buffer bytes.
//!
//! Written by hand because the message is small and the geometry is already a list of integers:
//! a general encoder would copy everything once more into its own structures.

use std::collections::HashMap;

/// `Tile.GeomType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryKind {
    Point = 1,
    Line = 2,
    Area = 3,
}

/// One feature: geometry as command integers, attributes as text.
pub struct Feature<'f, 'a> {
    pub id: u64,
    pub kind: GeometryKind,
    pub geometry: Vec<u32>,
    pub attributes: &'f [(&'static str, &'a str)],
}

/// Collects the features of one layer.
pub struct LayerWriter<'a> {
    name: String,
    extent: u32,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    values: Vec<&'a str>,
    value_ids: HashMap<&'a str, u32>,
}

impl<'a> LayerWriter<'a> {
    pub fn new(name: &str, extent: u32) -> Self {
        Self {
            name: name.to_owned(),
            extent,
            features: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
            value_ids: HashMap::new(),
        }
    }

    pub fn add(&mut self, feature: &Feature<'_, 'a>) {
        let mut tags = Vec::with_capacity(feature.attributes.len() * 2);
        for &(key, value) in feature.attributes {
            tags.push(self.key(key));
            tags.push(self.value(value));
        }
        let mut message = Vec::with_capacity(feature.geometry.len() * 2 + 32);
        integer(&mut message, 1, feature.id);
        packed(&mut message, 2, &tags);
        integer(&mut message, 3, feature.kind as u64);
        packed(&mut message, 4, &feature.geometry);
        bytes(&mut self.features, 2, &message);
    }

    fn key(&mut self, key: &'static str) -> u32 {
        let position = self.keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        u32::try_from(position).unwrap_or(u32::MAX)
    }

    fn value(&mut self, value: &'a str) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        *self.value_ids.entry(value).or_insert_with(|| {
            self.values.push(value);
            next
        })
    }

    /// The layer as a field of a tile; nothing when it has no features.
    pub fn finish(self) -> Vec<u8> {
        let mut tile = Vec::new();
        if self.features.is_empty() {
            return tile;
        }
        let mut layer = Vec::with_capacity(self.features.len() + 256);
        integer(&mut layer, 15, 2);
        bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend(&self.features);
        for key in &self.keys {
            bytes(&mut layer, 3, key.as_bytes());
        }
        for value in &self.values {
            let mut message = Vec::with_capacity(value.len() + 2);
            bytes(&mut message, 1, value.as_bytes());
            bytes(&mut layer, 4, &message);
        }
        integer(&mut layer, 5, u64::from(self.extent));
        bytes(&mut tile, 3, &layer);
        tile
    }
}

/// Commands for points.
pub fn points(points: &[(i32, i32)]) -> Vec<u32> {
    let mut pen = Pen::default();
    pen.command(MOVE_TO, points.len());
    for &point in points {
        pen.to(point);
    }
    pen.commands
}

/// Commands for lines of at least two positions each.
pub fn lines(parts: &[Vec<(i32, i32)>]) -> Vec<u32> {
    let mut pen = Pen::default();
    for part in parts {
        pen.stroke(part);
    }
    pen.commands
}

/// Commands for rings of at least three positions each, the first not repeated.
pub fn areas(rings: &[Vec<(i32, i32)>]) -> Vec<u32> {
    let mut pen = Pen::default();
    for ring in rings {
        pen.stroke(ring);
        pen.command(CLOSE_PATH, 1);
    }
    pen.commands
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

#[derive(Default)]
struct Pen {
    at: (i32, i32),
    commands: Vec<u32>,
}

impl Pen {
    fn command(&mut self, id: u32, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.commands.push((count << 3) | id);
    }

    fn to(&mut self, position: (i32, i32)) {
        self.commands.push(zigzag(position.0 - self.at.0));
        self.commands.push(zigzag(position.1 - self.at.1));
        self.at = position;
    }

    fn stroke(&mut self, path: &[(i32, i32)]) {
        let Some((&first, rest)) = path.split_first() else { return };
        self.command(MOVE_TO, 1);
        self.to(first);
        self.command(LINE_TO, rest.len());
        for &position in rest {
            self.to(position);
        }
    }
}

fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

fn integer(out: &mut Vec<u8>, field: u32, value: u64) {
    varint(out, u64::from(field << 3));
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u32, content: &[u8]) {
    varint(out, u64::from(field << 3 | 2));
    varint(out, content.len() as u64);
    out.extend(content);
}

fn packed(out: &mut Vec<u8>, field: u32, values: &[u32]) {
    let mut content = Vec::with_capacity(values.len() * 2);
    for &value in values {
        varint(&mut content, u64::from(value));
    }
    bytes(out, field, &content);
}
