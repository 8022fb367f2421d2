//! How far along a Hilbert curve a position lies: what is near on the curve is near on the map.

/// How far along the Hilbert curve of 65536 × 65536 cells a cell lies.
#[must_use]
pub fn along(x: u16, y: u16) -> u32 {
    let (mut x, mut y) = (u32::from(x), u32::from(y));
    let mut along = 0;
    for bit in (0..16).rev() {
        let (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
        along += ((3 * right) ^ upper) << (2 * bit);
        if upper == 0 {
            if right == 1 {
                x = !x & 0xFFFF;
                y = !y & 0xFFFF;
            }
            std::mem::swap(&mut x, &mut y);
        }
    }
    along
}
