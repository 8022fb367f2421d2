//! Geometry as well-known text (OGC 06-103r4, clause 7), for tables that people open.

use std::io::{self, Write};

use crate::export::number::fixed;
use crate::export::{Flat, Simple};

/// Writes a geometry; `decimals` as in [`fixed`].
pub fn write(out: &mut impl Write, flat: &Flat, decimals: usize) -> io::Result<()> {
    out.write_all(match flat.kind {
        Simple::Point => b"POINT ",
        Simple::LineString => b"LINESTRING ",
        Simple::Polygon => b"POLYGON ",
        Simple::MultiPoint => b"MULTIPOINT ",
        Simple::MultiLineString => b"MULTILINESTRING ",
        Simple::MultiPolygon => b"MULTIPOLYGON ",
    })?;
    let run = |out: &mut _, coords: &[[f64; 2]]| {
        list(out, coords.iter(), |out, coord| position(out, *coord, decimals))
    };
    match flat.kind {
        Simple::Point | Simple::LineString => run(out, &flat.coords),
        Simple::MultiPoint => list(out, flat.coords.iter(), |out, coord| {
            out.write_all(b"(")?;
            position(out, *coord, decimals)?;
            out.write_all(b")")
        }),
        Simple::MultiLineString | Simple::Polygon => list(out, flat.lines(), run),
        Simple::MultiPolygon => list(out, flat.areas(), |out, rings| list(out, rings, run)),
    }
}

fn position(out: &mut impl Write, [x, y]: [f64; 2], decimals: usize) -> io::Result<()> {
    fixed(out, x, decimals)?;
    out.write_all(b" ")?;
    fixed(out, y, decimals)
}

fn list<W: Write, T>(
    out: &mut W,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut W, T) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"(")?;
    for (number, item) in items.enumerate() {
        if number > 0 {
            out.write_all(b", ")?;
        }
        write(out, item)?;
    }
    out.write_all(b")")
}

#[cfg(test)]
mod tests {
    use geo::{Geometry, Point, Rect, coord, line_string, polygon};

    use super::write;
    use crate::export::Flat;

    fn text(geometry: &Geometry<f64>) -> String {
        let mut flat = Flat::default();
        flat.set(geometry, &|position| position);
        let mut out = Vec::new();
        write(&mut out, &flat, 3).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_kind_of_geometry_is_spelled_as_the_standard_has_it() {
        let point = Point::new(108.5, 31.0);
        let line = line_string![(x: 0.0, y: 0.0), (x: 1.0, y: 0.25)];
        let square = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: 3.0, y: 3.0 }).to_polygon();
        let hole = polygon![(x: 1.0, y: 1.0), (x: 1.0, y: 2.0), (x: 2.0, y: 2.0), (x: 1.0, y: 1.0)];
        let holed = geo::Polygon::new(square.exterior().clone(), vec![hole.exterior().clone()]);
        assert_eq!(text(&point.into()), "POINT (108.5 31)");
        assert_eq!(text(&line.clone().into()), "LINESTRING (0 0, 1 0.25)");
        let points = geo::MultiPoint::new(vec![point, point]);
        assert_eq!(text(&points.into()), "MULTIPOINT ((108.5 31), (108.5 31))");
        let lines = geo::MultiLineString::new(vec![line.clone(), line]);
        assert_eq!(text(&lines.into()), "MULTILINESTRING ((0 0, 1 0.25), (0 0, 1 0.25))");
        let rings = text(&holed.clone().into());
        assert!(rings.starts_with("POLYGON ((") && rings.ends_with("), (1 1, 1 2, 2 2, 1 1))"));
        let areas = text(&geo::MultiPolygon::new(vec![holed]).into());
        assert_eq!(areas, format!("MULTIPOLYGON ({})", rings.trim_start_matches("POLYGON ")));
    }
}
