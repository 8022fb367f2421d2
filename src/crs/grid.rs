//! Positions on the world's square as whole numbers: half the memory of degrees, and exact to compare.

use crate::crs::{from_tile_space, to_tile_space};

/// Parts of a side of the square.
const PARTS: f64 = 4_294_967_296.0;
/// Two parts, of the square: one because a box ends somewhere in its last part, one for rounding.
const MARGIN: f64 = 2.0 / PARTS;

/// The box around a geometry, its edges in parts of 2³² of the world's square: a hundredth of a metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridBox {
    /// Western and northern edge.
    pub low: [u32; 2],
    /// Eastern and southern edge.
    pub high: [u32; 2],
}

impl GridBox {
    /// Zoom level at which a unit of a tile of 4096 is one part.
    pub const FINEST: u8 = 20;

    /// The box that holds nothing: it meets no tile.
    pub const NOWHERE: Self = Self { low: [u32::MAX; 2], high: [0; 2] };

    /// The smallest box around one in degrees: west, south, east, north. Positions that lie in that one
    /// lie in this one.
    #[must_use]
    pub fn of_degrees([west, south, east, north]: [f64; 4]) -> Self {
        let ((left, top), (right, bottom)) =
            (to_tile_space(west, north), to_tile_space(east, south));
        Self { low: [parts(left), parts(top)], high: [parts(right), parts(bottom)] }
    }

    /// West, south, east, north in degrees, two parts wider on each side than the box: what it was made of
    /// lies within.
    #[must_use]
    pub fn degrees(&self) -> [f64; 4] {
        let unit = |part: u32| f64::from(part) / PARTS;
        let (west, north) = from_tile_space(unit(self.low[0]) - MARGIN, unit(self.low[1]) - MARGIN);
        let (east, south) =
            from_tile_space(unit(self.high[0]) + MARGIN, unit(self.high[1]) + MARGIN);
        // What lies beyond the square was put on its edge.
        let north = if self.low[1] == 0 { 90.0 } else { north };
        let south = if self.high[1] == u32::MAX { -90.0 } else { south };
        [west, south, east, north]
    }

    /// Whether it is around anything.
    #[must_use]
    pub fn is_somewhere(&self) -> bool {
        self.low[0] <= self.high[0]
    }

    /// Takes a position in.
    pub fn include(&mut self, x: u32, y: u32) {
        self.low = [self.low[0].min(x), self.low[1].min(y)];
        self.high = [self.high[0].max(x), self.high[1].max(y)];
    }

    /// The box around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            low: [self.low[0].min(other.low[0]), self.low[1].min(other.low[1])],
            high: [self.high[0].max(other.high[0]), self.high[1].max(other.high[1])],
        }
    }

    /// Whether the two have a position in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let within =
            |axis: usize| self.low[axis] <= other.high[axis] && other.low[axis] <= self.high[axis];
        within(0) && within(1)
    }

    /// Whether the other lies in this one.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let within =
            |axis: usize| self.low[axis] <= other.low[axis] && other.high[axis] <= self.high[axis];
        within(0) && within(1)
    }

    /// Whether it is smaller than so many grid units each way at zoom level `z`.
    #[must_use]
    pub fn is_below(&self, units: u32, z: u8) -> bool {
        let limit = u64::from(units) << Self::FINEST >> z;
        (0..2).all(|axis| u64::from(self.high[axis].saturating_sub(self.low[axis])) < limit)
    }

    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> [u32; 2] {
        [0, 1].map(|axis| self.low[axis].midpoint(self.high[axis]))
    }
}

/// A coordinate of the unit square in parts of 2³²; the far edge belongs to the last part.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what the edges of the world ask for"
)]
#[must_use]
pub fn parts(coordinate: f64) -> u32 {
    (coordinate * PARTS) as u32
}
