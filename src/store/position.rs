//! What the GeoJSON library takes for positions.

use geojson::{GeometryValue, Position};

/// Whether every position of a geometry has a longitude and a latitude. The GeoJSON library accepts shorter ones, and
/// panics on converting them.
#[must_use]
pub fn has_whole_positions(value: &GeometryValue) -> bool {
    let one = |position: &Position| position.as_slice().len() >= 2;
    let whole = |path: &Vec<Position>| path.iter().all(one);
    match value {
        GeometryValue::Point { coordinates } => one(coordinates),
        GeometryValue::LineString { coordinates: path }
        | GeometryValue::MultiPoint { coordinates: path } => whole(path),
        GeometryValue::Polygon { coordinates: paths }
        | GeometryValue::MultiLineString { coordinates: paths } => paths.iter().all(whole),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().all(whole),
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().all(|geometry| has_whole_positions(&geometry.value))
        }
    }
}
