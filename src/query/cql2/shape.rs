//! Geometries that a client sends, checked before anything is computed with them.

use geo::{Coord, Geometry, MapCoords, Validation};
use geojson::{GeometryValue, Position};

use crate::query::cql2::node::FilterError;

/// A geometry out of GeoJSON.
///
/// # Errors
/// When a position is short of numbers, or the shape cannot be.
pub fn from_geojson(geometry: geojson::Geometry) -> Result<Geometry<f64>, String> {
    if !every_position_has_two_numbers(&geometry.value) {
        return Err("a position needs two numbers: longitude, latitude".to_owned());
    }
    Geometry::try_from(geometry).map_err(|error| format!("not a usable geometry: {error}"))
}

/// The GeoJSON library accepts shorter positions in a bare geometry and panics on converting them.
fn every_position_has_two_numbers(value: &GeometryValue) -> bool {
    let whole = |path: &Vec<Position>| path.iter().all(|position| position.as_slice().len() >= 2);
    match value {
        GeometryValue::Polygon { coordinates: paths }
        | GeometryValue::MultiLineString { coordinates: paths } => paths.iter().all(whole),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().all(whole),
        GeometryValue::LineString { coordinates: path }
        | GeometryValue::MultiPoint { coordinates: path } => whole(path),
        GeometryValue::Point { coordinates } => coordinates.as_slice().len() >= 2,
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().all(|g| every_position_has_two_numbers(&g.value))
        }
    }
}

/// Takes a geometry to degrees, and refuses one that predicates have no answer for.
///
/// # Errors
/// When a position lies outside its system, or the geometry crosses itself.
pub fn checked(
    shape: &mut Geometry<f64>,
    degrees: impl Fn(Coord<f64>) -> Result<Coord<f64>, FilterError> + Copy,
) -> Result<(), FilterError> {
    *shape = shape.try_map_coords(degrees)?;
    shape.check_validation().map_err(|error| FilterError::Shape(format!("the geometry: {error}")))
}
