//! Shapes as files have them, and the reference system that they name.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use crate::crs::{Crs, CrsError, Projector};

/// Easting or longitude, then northing or latitude.
pub type Position = (f64, f64);

/// A shape in the reference system of its file.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One position.
    Point(Position),
    /// A line.
    Line(Vec<Position>),
    /// Outer ring, then holes.
    Polygon(Vec<Vec<Position>>),
    /// Several, of one sort or mixed; may be empty.
    Many(Vec<Shape>),
}

/// What a table says of its reference system.
#[derive(Debug, Clone, PartialEq)]
pub enum Declared {
    /// One that is known.
    Known(Crs),
    /// Something that cannot be used.
    Unusable(CrsError),
    /// Nothing.
    Silent,
}

impl From<Result<Crs, CrsError>> for Declared {
    fn from(found: Result<Crs, CrsError>) -> Self {
        found.map_or_else(Self::Unusable, Self::Known)
    }
}

impl Shape {
    /// The geometry in degrees, unjudged; one part alone is single. `None` where it is empty or mixed, or the
    /// reference system does not have a position.
    #[must_use]
    pub fn geometry(&self, projector: &Projector) -> Option<Geometry<f64>> {
        let coord = |&(x, y): &Position| {
            projector.to_degrees(x, y).map(|(lon, lat)| Coord { x: lon, y: lat })
        };
        let line = |line: &Vec<Position>| -> Option<LineString<f64>> {
            line.iter().map(coord).collect::<Option<Vec<_>>>().map(LineString::new)
        };
        let polygon = |rings: &Vec<Vec<Position>>| {
            let mut rings = rings.iter().map(line).collect::<Option<Vec<_>>>()?.into_iter();
            rings.next().map(|outer| Polygon::new(outer, rings.collect()))
        };
        match self {
            Self::Point(at) => coord(at).map(|at| Point(at).into()),
            Self::Line(positions) => line(positions).map(Geometry::from),
            Self::Polygon(rings) => polygon(rings).map(Geometry::from),
            Self::Many(parts) => {
                let parts: Option<Vec<_>> =
                    parts.iter().map(|one| one.geometry(projector)).collect();
                several(parts?)
            }
        }
    }
}

fn several(mut parts: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    if parts.len() == 1 {
        return parts.pop();
    }
    let first = parts.first()?;
    Some(match first {
        Geometry::Point(_) => {
            let points: Option<Vec<_>> = parts.into_iter().map(|one| one.try_into().ok()).collect();
            MultiPoint(points?).into()
        }
        Geometry::LineString(_) => {
            let lines: Option<Vec<_>> = parts.into_iter().map(|one| one.try_into().ok()).collect();
            MultiLineString(lines?).into()
        }
        Geometry::Polygon(_) => {
            let polygons: Option<Vec<_>> =
                parts.into_iter().map(|one| one.try_into().ok()).collect();
            MultiPolygon(polygons?).into()
        }
        _ => return None,
    })
}
