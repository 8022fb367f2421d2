//! The order of tiles in the archive: along a Hilbert curve at each zoom level (PMTiles 3, 4.1.1).
//!
//! The four children of the tile at place `h` of one level stand at `4h` to `4h + 3` of the next, so
//! that going down level by level meets the tiles in the order of their ids.

/// Number of a tile among those of all levels.
pub fn tile_id(z: u8, place: u64) -> u64 {
    ((1_u64 << (2 * z)) - 1) / 3 + place
}

/// Column and row of the tile at a place of the curve.
pub fn position(z: u8, place: u64) -> (u32, u32) {
    let (mut x, mut y, mut rest) = (0_u32, 0_u32, place);
    for level in 0..z {
        let side = 1_u32 << level;
        let right = u32::from(rest & 2 != 0);
        let down = u32::from((rest & 1 != 0) != (right != 0));
        if down == 0 {
            if right == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
        x += side * right;
        y += side * down;
        rest >>= 2;
    }
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::{position, tile_id};

    #[test]
    fn tiles_stand_where_the_specification_says() {
        // The examples of PMTiles 3, 4.1.1.
        let examples = [
            ((0, 0, 0), 0),
            ((1, 0, 0), 1),
            ((1, 0, 1), 2),
            ((1, 1, 1), 3),
            ((1, 1, 0), 4),
            ((2, 0, 0), 5),
            ((12, 3423, 1763), 19_078_479),
        ];
        for ((z, x, y), id) in examples {
            assert_eq!(position(z, id - tile_id(z, 0)), (x, y), "{id}");
        }
    }

    #[test]
    fn children_follow_in_the_order_of_their_parents() {
        for place in 0..1 << 10 {
            let (x, y) = position(5, place);
            for child in 4 * place..4 * place + 4 {
                let (cx, cy) = position(6, child);
                assert_eq!((cx / 2, cy / 2), (x, y));
            }
        }
    }
}
