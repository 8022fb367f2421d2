//! A geometry that somebody asks about: checked, and ready to say how places lie to it.

use geo::orient::{Direction, Orient};
use geo::{
    BoundingRect, Coord, CoordsIter, GeodesicArea, Geometry, Intersects, Point, PreparedGeometry,
    Rect, Relate,
};

use crate::model::check_validity;
use crate::query::budget::Stopped;
use crate::query::distance::{padded, to_geometry};
use crate::query::nearest::Shapes;
use crate::store::Unreadable;

/// Positions that a drawn geometry may have. Checking that an outline does not cross itself takes
/// time with the square of its positions: some 0.4 s at this number. An outline drawn by hand has a
/// hundred, a county's generalised for the screen a thousand.
pub const MAX_AREA_VERTICES: usize = 5_000;

/// Why a geometry cannot be asked about.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AreaError {
    /// Too detailed.
    #[error("the area has {0} positions; at most {MAX_AREA_VERTICES} are taken: simplify it first")]
    TooDetailed(usize),
    /// Metres, or nonsense.
    #[error(
        "[{0}, {1}] is no position; longitude (-180 to 180) and latitude (-90 to 90) in degrees are needed"
    )]
    NotDegrees(f64, f64),
    /// Not an area, and no distance around it.
    #[error(
        "the geometry is a {0}; a Polygon or MultiPolygon is needed, or a distance around it in metres (?distance=1000)"
    )]
    NoArea(&'static str),
    /// Crosses itself, or is invalid otherwise.
    #[error("the area is invalid: {0}")]
    Invalid(String),
    /// A place that nobody has located.
    #[error(
        "nobody has located {0:?}, so nothing can be measured from it; ask for the township around it, or draw the area"
    )]
    Unlocated(String),
    /// Not answered, because nobody waits any more or it took too long.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The file of a large layer is another one by now, or cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// The first position that is not in degrees, as the error that names it.
pub fn not_degrees(geometry: &Geometry<f64>) -> Option<AreaError> {
    let degrees = |c: &Coord<f64>| (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y);
    let stray = geometry.coords_iter().find(|c| !degrees(c));
    stray.map(|c| AreaError::NotDegrees(c.x, c.y))
}

/// Checks a geometry that a client sent.
///
/// # Errors
/// When it is too detailed, not in degrees, empty or invalid.
pub fn checked(geometry: Geometry<f64>) -> Result<Geometry<f64>, AreaError> {
    let vertices = geometry.coords_count();
    if vertices > MAX_AREA_VERTICES {
        return Err(AreaError::TooDetailed(vertices));
    }
    if let Some(error) = not_degrees(&geometry) {
        return Err(error);
    }
    if vertices == 0 {
        return Err(AreaError::Invalid("it is empty".to_owned()));
    }
    check_validity(&geometry).map_err(AreaError::Invalid)?;
    Ok(oriented(geometry))
}

/// Outer rings counter-clockwise: the geodesic area of a clockwise ring is that of the rest of the
/// Earth.
fn oriented(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::Polygon(polygon) => polygon.orient(Direction::Default).into(),
        Geometry::MultiPolygon(polygons) => polygons.orient(Direction::Default).into(),
        other => other,
    }
}

/// How a place lies to the geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Wholly in it.
    Inside,
    /// Partly in it.
    Crosses,
    /// Outside it, but touching it.
    Touches,
    /// Apart from it.
    Apart,
}

/// A checked geometry, prepared for many places.
pub struct Asked<'a> {
    geometry: &'a Geometry<f64>,
    bounds: Rect<f64>,
    prepared: Vec<PreparedGeometry<'a, &'a Geometry<f64>, f64>>,
    edges: Shapes<'a, ()>,
}

impl<'a> Asked<'a> {
    /// Prepares a geometry; `None` when it is empty.
    pub fn new(geometry: &'a Geometry<f64>) -> Option<Self> {
        let bounds = geometry.bounding_rect()?;
        // The parts of a collection may overlap, which a single topology graph does not allow.
        let parts: Vec<&Geometry<f64>> = match geometry {
            Geometry::GeometryCollection(parts) => parts.iter().collect(),
            whole => vec![whole],
        };
        Some(Self {
            geometry,
            bounds,
            prepared: parts.into_iter().map(PreparedGeometry::from).collect(),
            edges: Shapes::new(std::iter::once(((), geometry))),
        })
    }

    /// The kind of geometry where it is no area.
    #[must_use]
    pub fn kind_without_area(&self) -> Option<&'static str> {
        match self.geometry {
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) => None,
            Geometry::Point(_) | Geometry::MultiPoint(_) => Some("point"),
            Geometry::LineString(_) | Geometry::MultiLineString(_) => Some("line"),
            _ => Some("collection"),
        }
    }

    /// Area on the ellipsoid, square metres, where it is an area.
    #[must_use]
    pub fn area(&self) -> Option<f64> {
        self.kind_without_area().is_none().then(|| self.geometry.geodesic_area_unsigned().round())
    }

    /// A box in degrees around everything within `distance` metres.
    #[must_use]
    pub fn box_within(&self, distance: f64) -> Rect<f64> {
        if distance > 0.0 { padded(self.bounds, distance) } else { self.bounds }
    }

    /// How `place` lies to the geometry (DE-9IM).
    #[must_use]
    pub fn position_of(&self, place: &Geometry<f64>) -> Position {
        let mut position = Position::Apart;
        for part in &self.prepared {
            let matrix = part.relate(place);
            if matrix.is_covers() {
                return Position::Inside;
            }
            if matrix.is_intersects() && !matrix.is_touches() {
                position = Position::Crosses;
            } else if matrix.is_intersects() && position == Position::Apart {
                position = Position::Touches;
            }
        }
        position
    }

    /// Geodesic distance in metres to a place that does not meet the geometry, where it is at most
    /// `limit`. Of two edges that do not cross, the shortest way starts at an end of one: each vertex
    /// is measured to the other's edges.
    #[must_use]
    pub fn distance_to(&self, place: &Geometry<f64>, limit: f64) -> Option<f64> {
        let mut shortest = limit;
        let mut found = false;
        for vertex in place.coords_iter() {
            if let Some(nearest) = self.edges.nearest_within(Point(vertex), shortest, None) {
                (shortest, found) = (nearest.metres, true);
            }
        }
        let worth_a_look = padded(place.bounding_rect()?, shortest);
        for vertex in self.geometry.coords_iter().filter(|c| worth_a_look.intersects(c)) {
            let (metres, _) = to_geometry(Point(vertex), place);
            if metres <= shortest {
                (shortest, found) = (metres, true);
            }
        }
        found.then_some(shortest)
    }
}
