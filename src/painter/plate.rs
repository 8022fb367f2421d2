//! Outlines on their way to the painter, as one vector tile that covers the whole picture.

use crate::painter::wire::{Order, Pass, UNITS_PER_PIXEL};
use crate::tile::EXTENT;
use crate::tile::mvt::{GeometryKind, Pen};
use crate::tile::wire::{bytes, integer};

/// Bytes of a layer above which another one is begun, so that the painter may paint them one after the other.
const LAYER_BYTES: usize = 1 << 20;

/// A picture of areas or of strokes: each colour and width is one layer of a tile, in the order in which they
/// came first.
#[derive(Debug)]
pub struct Plate {
    size: [u32; 2],
    passes: Vec<Pass>,
    /// Features of each pass, encoded.
    layers: Vec<Vec<u8>>,
}

impl Plate {
    /// An empty one, so many pixels wide and high.
    #[must_use]
    pub fn new(size: [u32; 2]) -> Self {
        Self { size, passes: Vec::new(), layers: Vec::new() }
    }

    /// Adds an area: rings in pixels, outer ones clockwise as they are seen, holes the other way, the first
    /// position not repeated.
    pub fn fill(&mut self, color: [u8; 3], rings: impl Iterator<Item = Vec<(f64, f64)>>) {
        let mut pen = Pen::default();
        rings.for_each(|ring| pen.ring(&units(&ring)));
        self.put(Pass { color, stroke: 0.0 }, GeometryKind::Area, pen);
    }

    /// Adds strokes so many pixels wide along paths.
    pub fn stroke(
        &mut self,
        color: [u8; 3],
        width: f32,
        paths: impl Iterator<Item = Vec<(f64, f64)>>,
    ) {
        let mut pen = Pen::default();
        paths.for_each(|path| pen.stroke(&units(&path)));
        self.put(Pass { color, stroke: width }, GeometryKind::Line, pen);
    }

    fn put(&mut self, pass: Pass, kind: GeometryKind, pen: Pen) {
        let room = |number: &usize| self.layers[*number].len() < LAYER_BYTES;
        let known = self.passes.iter().rposition(|known| *known == pass).filter(room);
        let number = known.unwrap_or_else(|| {
            self.passes.push(pass);
            self.layers.push(Vec::new());
            self.passes.len() - 1
        });
        // `Tile.Feature`: type 3, geometry 4.
        let mut feature = Vec::new();
        integer(&mut feature, 3, kind as u64);
        bytes(&mut feature, 4, &pen.into_bytes());
        bytes(&mut self.layers[number], 2, &feature);
    }

    /// What the painter is told, and a tile for each pass.
    pub(super) fn into_order(self) -> (Order, Vec<Vec<u8>>) {
        let tile = |(number, features): (usize, Vec<u8>)| {
            // `Tile.Layer`: name 1, extent 5, version 15; `Tile`: layers 3.
            let mut layer = Vec::with_capacity(features.len() + 32);
            integer(&mut layer, 15, 2);
            bytes(&mut layer, 1, number.to_string().as_bytes());
            layer.extend_from_slice(&features);
            integer(&mut layer, 5, u64::from(EXTENT));
            let mut tile = Vec::with_capacity(layer.len() + 8);
            bytes(&mut tile, 3, &layer);
            tile
        };
        let [width, height] = self.size;
        let tiles = self.layers.into_iter().enumerate().map(tile).collect();
        (Order { width, height, passes: self.passes }, tiles)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pictures have some thousand pixels")]
fn units(path: &[(f64, f64)]) -> Vec<(i32, i32)> {
    let unit = |at: f64| (at * f64::from(UNITS_PER_PIXEL)).round() as i32;
    let mut units: Vec<(i32, i32)> = path.iter().map(|&(x, y)| (unit(x), unit(y))).collect();
    units.dedup();
    units
}
