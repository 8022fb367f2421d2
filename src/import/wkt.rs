//! Well-known text of shapes, as tables hold it: `POINT (108.7 30.9)`, `SRID=4490;POLYGON …`.

use wkt::Wkt;
use wkt::types::{Coord, LineString, Polygon};

use crate::import::draft::{Position, Shape};

/// Brackets nest at most so deep; the parser calls itself at each.
const DEPTH: usize = 12;

/// A shape, whether it has heights or measures, and the EPSG code that stands before it.
pub struct Found {
    pub shape: Shape,
    pub height: bool,
    pub srid: Option<u32>,
}

/// Reads a cell. The error says what is wrong with it.
pub fn read(cell: &str) -> Result<Found, String> {
    let cell = cell.trim();
    let (srid, text) = match cell.split_once(';') {
        Some((srid, text)) => {
            let digits = srid.trim().to_uppercase();
            let digits = digits.strip_prefix("SRID=").map(str::to_owned);
            let srid = digits.and_then(|d| d.trim().parse().ok());
            (Some(srid.ok_or_else(|| format!("“{srid:?}”"))?), text)
        }
        None => (None, cell),
    };
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Err("WKT 嵌套过深 (WKT nests too deeply)".into());
        }
    }
    let parsed: Wkt<f64> = text.trim().parse().map_err(|error| format!("WKT: {error}"))?;
    let mut height = false;
    let shape = shape(&parsed, &mut height);
    Ok(Found { shape, height, srid })
}

fn shape(wkt: &Wkt<f64>, height: &mut bool) -> Shape {
    let mut point = |c: &Coord<f64>| position(c, height);
    match wkt {
        Wkt::Point(p) => p.coord().map_or(Shape::Many(Vec::new()), |c| Shape::Point(point(c))),
        Wkt::LineString(l) => Shape::Line(line(l, height)),
        Wkt::Polygon(p) => polygon(p, height),
        Wkt::MultiPoint(points) => {
            let coords = points.points().iter().filter_map(wkt::types::Point::coord);
            Shape::Many(coords.map(|c| Shape::Point(point(c))).collect())
        }
        Wkt::MultiLineString(lines) => {
            Shape::Many(lines.line_strings().iter().map(|l| Shape::Line(line(l, height))).collect())
        }
        Wkt::MultiPolygon(polygons) => {
            Shape::Many(polygons.polygons().iter().map(|p| polygon(p, height)).collect())
        }
        Wkt::GeometryCollection(parts) => {
            Shape::Many(parts.geometries().iter().map(|part| shape(part, height)).collect())
        }
    }
}

fn position(c: &Coord<f64>, height: &mut bool) -> Position {
    *height |= c.z.is_some() || c.m.is_some();
    (c.x, c.y)
}

fn line(line: &LineString<f64>, height: &mut bool) -> Vec<Position> {
    line.coords().iter().map(|c| position(c, height)).collect()
}

fn polygon(polygon: &Polygon<f64>, height: &mut bool) -> Shape {
    Shape::Polygon(polygon.rings().iter().map(|ring| line(ring, height)).collect())
}
