//! What a crowded layer keeps of features that nobody could tell apart: a rule, not a limit.
//!
//! Areas and lines smaller than a pixel are merged with others of the same class and accuracy in the
//! pixels that they lie in; of single points within two pixels the first one stands for all. So a tile
//! is never cut off in the middle, no class disappears, and its size is bounded by its pixels.

use std::collections::BTreeMap;

use crate::tile::attributes::Sheet;
use crate::tile::mvt::Pen;
use crate::tile::{EXTENT, PIXEL};

/// Pixels beyond the edge of a tile, on each side, that are kept.
const BEYOND: u32 = super::BUFFER_UNITS / PIXEL;
/// Pixels of a side with those beyond.
const SIDE: u32 = EXTENT / PIXEL + 2 * BEYOND;
/// Pixels of a side of the squares in which one point stands for all.
const SQUARE: u32 = 2;

/// Class and accuracy of merged features, by number.
pub type Shared = [Option<u32>; 2];

/// What merged features have in common: whether they are areas, and their class and accuracy.
pub type Group = (bool, Shared);

/// The pixels of one tile.
#[derive(Default)]
pub struct Thinned {
    groups: BTreeMap<Group, Pixels>,
    points: Vec<u64>,
}

/// The pixels that a group lies in.
struct Pixels {
    set: Vec<u64>,
    members: u32,
}

impl Thinned {
    /// Takes a small area or line in: `x` and `y` in grid units of the tile.
    pub fn merge(&mut self, group: Group, x: i64, y: i64) {
        let Some(pixel) = pixel(x, y) else { return };
        let group = self
            .groups
            .entry(group)
            .or_insert_with(|| Pixels { set: vec![0; bits(SIDE * SIDE)], members: 0 });
        mark(&mut group.set, pixel);
        group.members += 1;
    }

    /// Whether a point is the first within its square.
    pub fn is_first(&mut self, x: i64, y: i64) -> bool {
        let Some(pixel) = pixel(x, y) else { return false };
        if self.points.is_empty() {
            self.points.resize(bits(SIDE * SIDE), 0);
        }
        let (column, row) = (pixel % SIDE / SQUARE, pixel / SIDE / SQUARE);
        mark(&mut self.points, row * SIDE + column)
    }

    /// Writes the groups, each as one feature with the values that `values` says of what its members share.
    pub fn write(self, sheet: &mut Sheet<'_>, values: impl Fn(Shared) -> Shared) {
        for ((area, shared), pixels) in self.groups {
            let mut pen = Pen::default();
            for row in 0..SIDE {
                pixels.runs(row, |from, to| {
                    let [west, east] = [from, to].map(edge);
                    let [north, south] = [row, row + 1].map(edge);
                    if area {
                        pen.ring(&[(west, north), (east, north), (east, south), (west, south)]);
                    } else {
                        pen.stroke(&[(west, north), (east, north)]);
                    }
                });
            }
            let kind = if area { 3 } else { 2 };
            sheet.add_merged(values(shared), pixels.members, kind, &pen.into_bytes());
        }
    }
}

impl Pixels {
    /// Runs of pixels of a row that are taken: first, and one after the last.
    fn runs(&self, row: u32, mut visit: impl FnMut(u32, u32)) {
        let taken = |column: u32| {
            let pixel = row * SIDE + column;
            self.set[(pixel / 64) as usize] >> (pixel % 64) & 1 == 1
        };
        let mut column = 0;
        while column < SIDE {
            if taken(column) {
                let from = column;
                while column < SIDE && taken(column) {
                    column += 1;
                }
                visit(from, column);
            }
            column += 1;
        }
    }
}

/// The number of the pixel around a position; `None` outside what is kept.
fn pixel(x: i64, y: i64) -> Option<u32> {
    let along = |at: i64| {
        let pixel = (at + i64::from(BEYOND * PIXEL)).div_euclid(i64::from(PIXEL));
        u32::try_from(pixel).ok().filter(|pixel| *pixel < SIDE)
    };
    Some(along(y)? * SIDE + along(x)?)
}

/// The western or northern edge of a pixel, in grid units.
fn edge(pixel: u32) -> i32 {
    (pixel * PIXEL).cast_signed() - (BEYOND * PIXEL).cast_signed()
}

fn bits(count: u32) -> usize {
    count.div_ceil(64) as usize
}

/// Marks a bit; whether it was not marked before.
fn mark(set: &mut [u64], bit: u32) -> bool {
    let (word, mask) = (&mut set[(bit / 64) as usize], 1 << (bit % 64));
    let new = *word & mask == 0;
    *word |= mask;
    new
}
