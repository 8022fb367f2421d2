//! Geometry as command integers (Mapbox Vector Tile 2.1, chapter 4.3).

use crate::tile::wire::{unsigned, zigzag};

/// `Tile.GeomType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryKind {
    Point = 1,
    Line = 2,
    Area = 3,
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
        pen.ring(ring);
    }
    pen.commands
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// Appends commands as a tile holds them.
pub fn encode(out: &mut Vec<u8>, commands: &[u32]) {
    for &command in commands {
        unsigned(out, command.into());
    }
}

/// Writes commands; positions are relative to the one before.
#[derive(Default)]
pub struct Pen {
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

    /// A line of at least two positions.
    pub fn stroke(&mut self, path: &[(i32, i32)]) {
        let Some((&first, rest)) = path.split_first() else { return };
        self.command(MOVE_TO, 1);
        self.to(first);
        self.command(LINE_TO, rest.len());
        for &position in rest {
            self.to(position);
        }
    }

    /// A ring of at least three positions, the first not repeated.
    pub fn ring(&mut self, ring: &[(i32, i32)]) {
        self.stroke(ring);
        self.command(CLOSE_PATH, 1);
    }

    /// The commands as a tile holds them.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.commands.len() + 16);
        encode(&mut bytes, &self.commands);
        bytes
    }
}
