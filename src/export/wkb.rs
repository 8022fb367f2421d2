//! Well-known binary (OGC 06-103r4, 8.2), two dimensions, little-endian: what GeoPackage and GeoParquet
//! hold geometries as.

use crate::export::{Flat, Simple};

/// Appends a geometry. It must not be empty.
pub fn append(out: &mut Vec<u8>, flat: &Flat) {
    head(out, flat.kind);
    match flat.kind {
        Simple::Point => position(out, flat.coords[0]),
        Simple::LineString => run(out, &flat.coords),
        Simple::Polygon => {
            count(out, flat.rings.len());
            flat.lines().for_each(|ring| run(out, ring));
        }
        Simple::MultiPoint => {
            count(out, flat.coords.len());
            for &coord in &flat.coords {
                head(out, Simple::Point);
                position(out, coord);
            }
        }
        Simple::MultiLineString => {
            count(out, flat.rings.len());
            for line in flat.lines() {
                head(out, Simple::LineString);
                run(out, line);
            }
        }
        Simple::MultiPolygon => {
            count(out, flat.polygons.len());
            let mut first = 0;
            for (rings, &end) in flat.areas().zip(&flat.polygons) {
                head(out, Simple::Polygon);
                count(out, end - first);
                rings.for_each(|ring| run(out, ring));
                first = end;
            }
        }
    }
}

fn head(out: &mut Vec<u8>, kind: Simple) {
    out.push(1);
    out.extend_from_slice(&kind.code().to_le_bytes());
}

fn count(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn run(out: &mut Vec<u8>, coords: &[[f64; 2]]) {
    count(out, coords.len());
    for &coord in coords {
        position(out, coord);
    }
}

fn position(out: &mut Vec<u8>, [x, y]: [f64; 2]) {
    out.extend_from_slice(&x.to_le_bytes());
    out.extend_from_slice(&y.to_le_bytes());
}
