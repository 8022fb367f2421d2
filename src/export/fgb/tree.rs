//! The packed Hilbert R-tree of a FlatGeobuf file (flatgeobuf.org, "Specification").
//!
//! ```text
//! root │ … │ nodes above the leaves │ leaves, one to a feature, in the order of the features
//! node: minx miny maxx maxy f64 │ u64 of a leaf: where its feature begins; of others: number of the first child
//! ```
//!
//! Features lie along a Hilbert curve, so that what is near on the map is near in the file.

use crate::crs::hilbert;

/// Children of a node.
pub const NODE: usize = 16;
/// Bytes of a node.
const BYTES: usize = 40;
/// The box of nothing.
const NOTHING: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// A feature: its box, and its row.
struct Leaf {
    bounds: [f64; 4],
    row: usize,
    along: u32,
    begins: u64,
}

/// The tree of a layer.
#[derive(Default)]
pub struct Tree {
    leaves: Vec<Leaf>,
    /// Features whose bytes are laid down, and where the next one begins.
    laid: (usize, u64),
}

impl Tree {
    /// Notes the feature of a row.
    pub fn push(&mut self, row: usize, bounds: [f64; 4]) {
        self.leaves.push(Leaf { bounds, row, along: 0, begins: 0 });
    }

    /// Number of features.
    #[must_use]
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// The box around all features; `None` where there are none.
    #[must_use]
    pub fn extent(&self) -> Option<[f64; 4]> {
        let extent = self.leaves.iter().fold(NOTHING, |all, leaf| around(all, leaf.bounds));
        (extent[0] <= extent[2]).then_some(extent)
    }

    /// Puts the features along the curve.
    pub fn sort(&mut self) {
        let Some([west, south, east, north]) = self.extent() else { return };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 65535: the middle of a box within the extent"
        )]
        let step = |from: f64, to: f64, at: f64| {
            let width = to - from;
            if width > 0.0 { ((at - from) / width * f64::from(u16::MAX)) as u16 } else { 0 }
        };
        for leaf in &mut self.leaves {
            let [left, below, right, above] = leaf.bounds;
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(below, above));
            leaf.along = hilbert::along(step(west, east, x), step(south, north, y));
        }
        self.leaves.sort_unstable_by_key(|leaf| (leaf.along, leaf.row));
    }

    /// The rows in the order of the file.
    #[must_use]
    pub fn rows(&self) -> Vec<usize> {
        self.leaves.iter().map(|leaf| leaf.row).collect()
    }

    /// Notes that the next features were written, with so many bytes each.
    pub fn lay(&mut self, lengths: &[u64]) {
        let (first, mut at) = self.laid;
        for (leaf, length) in self.leaves[first..].iter_mut().zip(lengths) {
            leaf.begins = at;
            at += length;
        }
        self.laid = (first + lengths.len(), at);
    }

    /// Number of nodes on each level, leaves first.
    fn levels(&self) -> Vec<usize> {
        let mut levels = vec![self.leaves.len()];
        let mut count = self.leaves.len();
        loop {
            count = count.div_ceil(NODE);
            levels.push(count);
            if count <= 1 {
                return levels;
            }
        }
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let nodes: usize = self.levels().iter().sum();
        (nodes * BYTES) as u64
    }

    /// Its bytes, level by level from the root, given to `write`.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn write<E>(&self, mut write: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let levels = self.levels();
        let mut first: Vec<usize> = Vec::with_capacity(levels.len());
        for level in 0..levels.len() {
            first.push(levels[level + 1..].iter().sum());
        }
        // Boxes of the levels above the leaves: a fifteenth of the leaves in all.
        let mut boxes: Vec<Vec<[f64; 4]>> = Vec::new();
        for _ in 1..levels.len() {
            let merge = |run: &[[f64; 4]]| run.iter().copied().fold(NOTHING, around);
            boxes.push(match boxes.last() {
                None => {
                    let leaves = |run: &[Leaf]| run.iter().map(|l| l.bounds).fold(NOTHING, around);
                    self.leaves.chunks(NODE).map(leaves).collect()
                }
                Some(below) => below.chunks(NODE).map(merge).collect(),
            });
        }
        for (level, boxes) in boxes.iter().enumerate().rev() {
            for (number, bounds) in boxes.iter().enumerate() {
                write(&node(*bounds, (first[level] + number * NODE) as u64))?;
            }
        }
        self.leaves.iter().try_for_each(|leaf| write(&node(leaf.bounds, leaf.begins)))
    }
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn node(bounds: [f64; 4], offset: u64) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    for (room, edge) in bytes.chunks_mut(8).zip(bounds) {
        room.copy_from_slice(&edge.to_le_bytes());
    }
    bytes[32..].copy_from_slice(&offset.to_le_bytes());
    bytes
}
