//! A geometry as a GeoPackage stores it: a small header with the envelope, then well-known binary
//! (OGC 12-128r17, 2.1.3). Little-endian throughout.

use crate::export::{Flat, wkb};

/// Binary, envelope of x and y, little-endian (bits 0 and 1 of the flags).
const FLAGS: u8 = 0b0000_0011;

/// Writes the blob of a geometry over what `out` held. A position that is no number empties it: a
/// feature that the reference system cannot hold has no geometry there.
///
/// Returns the envelope (smallest x, smallest y, largest x, largest y), or `None` where it is empty.
pub fn write(out: &mut Vec<u8>, flat: &Flat, srs: i32) -> Option<[f64; 4]> {
    out.clear();
    let bounds = flat.bounds().filter(|bounds| bounds.iter().all(|edge| edge.is_finite()))?;
    out.extend_from_slice(b"GP\0");
    out.push(FLAGS);
    out.extend_from_slice(&srs.to_le_bytes());
    for edge in [bounds[0], bounds[2], bounds[1], bounds[3]] {
        out.extend_from_slice(&edge.to_le_bytes());
    }
    wkb::append(out, flat);
    Some(bounds)
}
