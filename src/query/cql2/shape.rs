//! Geometries that a client sends, checked before anything is computed with them.

use geo::{Coord, Geometry, MapCoords};

use crate::model::check_validity;
use crate::query::cql2::node::FilterError;
use crate::store::has_whole_positions;

/// A geometry out of GeoJSON.
///
/// # Errors
/// When a position is short of numbers, or the shape cannot be.
pub fn from_geojson(geometry: geojson::Geometry) -> Result<Geometry<f64>, String> {
    if !has_whole_positions(&geometry.value) {
        return Err("a position needs two numbers: longitude, latitude".to_owned());
    }
    Geometry::try_from(geometry).map_err(|error| format!("not a usable geometry: {error}"))
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
    check_validity(shape).map_err(|error| FilterError::Shape(format!("the geometry: {error}")))
}
