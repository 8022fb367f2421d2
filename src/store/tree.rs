//! A packed R-tree over boxes on the world's square: rows along a Hilbert curve, in groups of sixteen,
//! and groups of groups (Kamel and Faloutsos, "On packing R-trees", 1993).
//!
//! The boxes themselves stay where they are, in the order of the rows; four bytes a row are the tree.

use crate::crs::{GridBox, hilbert};

/// Children of a node.
const FANOUT: usize = 16;

/// The tree. It belongs to one list of boxes, which every question is given along.
pub struct BoxTree {
    /// Rows that are somewhere, along the curve.
    order: Vec<u32>,
    /// Boxes of groups: of rows first, then of the groups before; the last level is one box.
    levels: Vec<Vec<GridBox>>,
}

impl BoxTree {
    /// Sorts boxes along the curve. O(n log n).
    #[must_use]
    pub fn new(boxes: &[GridBox]) -> Self {
        let mut keys: Vec<u64> = (0_u32..)
            .zip(boxes)
            .filter(|(_, one)| one.is_somewhere())
            .map(|(row, one)| {
                let [x, y] = one.middle().map(|part| u16::try_from(part >> 16).unwrap_or(u16::MAX));
                u64::from(hilbert::along(x, y)) << 32 | u64::from(row)
            })
            .collect();
        keys.sort_unstable();
        let row = |key: u64| u32::try_from(key & u64::from(u32::MAX)).unwrap_or(u32::MAX);
        Self::in_order(keys.into_iter().map(row).collect(), boxes)
    }

    /// The tree of rows that are in order already; all of them must have a box.
    #[must_use]
    pub fn in_order(order: Vec<u32>, boxes: &[GridBox]) -> Self {
        let mut levels: Vec<Vec<GridBox>> = Vec::new();
        let of_rows = |rows: &[u32]| around(rows.iter().map(|&row| &boxes[row as usize]));
        levels.push(order.chunks(FANOUT).map(of_rows).collect());
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let above = last.chunks(FANOUT).map(|group| around(group.iter())).collect();
            levels.push(above);
        }
        Self { order, levels }
    }

    /// Rows along the curve.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The box around all.
    #[must_use]
    pub fn bounds(&self) -> GridBox {
        self.levels.last().and_then(|top| top.first()).copied().unwrap_or(GridBox::NOWHERE)
    }

    /// Rows whose box meets the given one, ascending.
    #[must_use]
    pub fn meeting(&self, boxes: &[GridBox], asked: &GridBox) -> Vec<u32> {
        let mut found = Vec::new();
        let top = self.levels.len() - 1;
        let mut open: Vec<(usize, usize)> = (0..self.levels[top].len()).map(|n| (top, n)).collect();
        while let Some((level, node)) = open.pop() {
            if !asked.meets(&self.levels[level][node]) {
                continue;
            }
            let first = node * FANOUT;
            if level > 0 {
                let end = (first + FANOUT).min(self.levels[level - 1].len());
                open.extend((first..end).map(|child| (level - 1, child)));
                continue;
            }
            let rows = &self.order[first..(first + FANOUT).min(self.order.len())];
            // What holds the group needs no look at its rows.
            let whole = asked.holds(&self.levels[0][node]);
            found
                .extend(rows.iter().copied().filter(|&r| whole || asked.meets(&boxes[r as usize])));
        }
        found.sort_unstable();
        found
    }
}

fn around<'b>(boxes: impl Iterator<Item = &'b GridBox>) -> GridBox {
    boxes.fold(GridBox::NOWHERE, |all, one| all.with(*one))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::BoxTree;
    use crate::crs::GridBox;

    fn boxes() -> impl Strategy<Value = GridBox> {
        let edge = 0_u32..1000;
        (edge.clone(), edge.clone(), 0_u32..60, 0_u32..60, 0_u8..10).prop_map(|(x, y, w, h, n)| {
            if n == 0 {
                GridBox::NOWHERE
            } else {
                let (x, y) = (x << 20, y << 20);
                GridBox { low: [x, y], high: [x + (w << 20), y + (h << 20)] }
            }
        })
    }

    proptest! {
        #[test]
        fn a_search_finds_what_a_plain_scan_finds(
            boxes in prop::collection::vec(boxes(), 0..700),
            asked in boxes(),
        ) {
            let tree = BoxTree::new(&boxes);
            let scanned: Vec<u32> =
                (0..).zip(&boxes).filter(|(_, b)| asked.meets(b)).map(|(row, _)| row).collect();
            prop_assert_eq!(tree.meeting(&boxes, &asked), scanned);
        }
    }
}
