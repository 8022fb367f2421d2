//! One zoom level: every line and outline on its grid, as bytes that tiles copy.
//!
//! ```text
//! x i32 │ y i32 │ the commands after the first position, as a tile has them
//! ```
//!
//! Only the first position of a geometry depends on the tile (Mapbox Vector Tile 2.1, 4.3): it moves
//! the pen from the tile's corner, everything after it from where the pen is. So vertices are chosen,
//! rounded and encoded once, and a tile that holds a geometry whole copies them. Positions count from
//! the world's north-western corner.

use crate::crs::{GridBox, hilbert, parts};
use crate::shape::Shape;
use crate::tile::{EXTENT, Grid, PIXEL, TOLERANCE, mvt};

/// The geometries of an atlas at one zoom level, in the order of a [`Curve`].
pub struct Level {
    /// Where each begins in `bytes`, and where the last one ends. A geometry that is not drawn from here
    /// (a point, or one below a pixel) has no bytes.
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

/// A geometry at a level.
#[derive(Clone, Copy)]
pub struct Stroke<'l> {
    /// Its first position, in grid units of the level.
    pub at: (i32, i32),
    /// What follows it.
    pub rest: &'l [u8],
}

impl Level {
    /// Encodes every geometry at zoom level `z`. O(vertices).
    pub fn new(shapes: &[Option<Shape>], curve: &Curve, z: u8) -> Self {
        let scale = f64::from(EXTENT) * f64::from(1_u32 << z);
        let world = Grid { x: 0.0, y: 0.0, scale };
        let mut level = Self { starts: Vec::with_capacity(shapes.len() + 1), bytes: Vec::new() };
        for &number in &curve.order {
            level.begin();
            let (shape, extent) = (&shapes[number as usize], curve.extents[number as usize]);
            let drawn = shape.as_ref().filter(|s| !s.is_points() && !extent.is_below(PIXEL, z));
            let commands = drawn.and_then(|s| s.encode(&world, TOLERANCE / scale, f64::INFINITY));
            if let Some([_, x, y, rest @ ..]) = commands.as_deref() {
                level.bytes.extend_from_slice(&unzigzag(*x).to_le_bytes());
                level.bytes.extend_from_slice(&unzigzag(*y).to_le_bytes());
                mvt::encode(&mut level.bytes, rest);
            }
        }
        level.begin();
        level
    }

    fn begin(&mut self) {
        // Beyond four gigabytes nothing more is found here, and tiles draw from the vertices.
        self.starts.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The geometry at a place of the curve; `None` where it has to be drawn from its vertices.
    pub fn stroke(&self, along: usize) -> Option<Stroke<'_>> {
        let bytes = self.bytes.get(self.starts[along] as usize..self.starts[along + 1] as usize)?;
        let (x, after) = bytes.split_first_chunk()?;
        let (y, rest) = after.split_first_chunk()?;
        Some(Stroke { at: (i32::from_le_bytes(*x), i32::from_le_bytes(*y)), rest })
    }
}

/// The geometries of an atlas along a Hilbert curve, so that what a tile needs lies together.
pub struct Curve {
    /// The box of each geometry, by number; [`GridBox::NOWHERE`] where there is none.
    pub extents: Vec<GridBox>,
    /// Numbers in the order of the curve.
    pub order: Vec<u32>,
    /// Place on the curve of each number.
    pub along: Vec<u32>,
}

impl Curve {
    /// Puts shapes along the curve.
    pub fn new(shapes: &[Option<Shape>]) -> Self {
        let extent = |shape: &Option<Shape>| shape.as_ref().map_or(GridBox::NOWHERE, around);
        let extents: Vec<GridBox> = shapes.iter().map(extent).collect();
        let mut order: Vec<u32> = (0..).take(shapes.len()).collect();
        order.sort_by_cached_key(|&number| {
            let cell = extents[number as usize].middle().map(|part| part >> 16);
            let [x, y] = cell.map(|cell| u16::try_from(cell).unwrap_or(u16::MAX));
            (hilbert::along(x, y), number)
        });
        let mut along = vec![0; order.len()];
        for (place, &number) in (0..).zip(&order) {
            along[number as usize] = place;
        }
        Self { extents, order, along }
    }
}

/// Zoom level at which a grid unit is one part of 2³².
const FINEST: u8 = GridBox::FINEST;

fn unzigzag(value: u32) -> i32 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

/// The box around a shape.
fn around(shape: &Shape) -> GridBox {
    let mut extent = GridBox::NOWHERE;
    shape.positions(|x, y| extent.include(parts(x), parts(y)));
    extent
}

/// A coordinate in parts of 2³² in grid units of zoom level `z`, at most [`FINEST`], from the corner of
/// a tile in that row or column.
pub fn units(part: u32, z: u8, tile: u32) -> i64 {
    i64::from(part >> (FINEST - z)) - i64::from(tile) * i64::from(EXTENT)
}

#[cfg(test)]
mod tests {
    use super::units;
    use crate::crs::{GridBox, parts};
    use crate::tile::PIXEL;

    #[test]
    fn a_box_is_small_below_the_zoom_at_which_it_fills_a_pixel() {
        let side = 1 << 20;
        let extent = GridBox { low: [7, 7], high: [7 + side, 7 + side] };
        assert!(extent.is_below(PIXEL, 2), "four units of the grid");
        assert!(!extent.is_below(PIXEL, 4), "sixteen units, a pixel");
    }

    #[test]
    fn the_edge_of_the_world_is_in_the_last_tile() {
        assert_eq!(parts(1.0), u32::MAX);
        assert_eq!(units(parts(1.0), 3, 7), 4095);
        assert_eq!(units(parts(0.5), 3, 4), 0);
    }
}
