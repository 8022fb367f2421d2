//! Geometry as written in a file becomes geometry that the rest of the program may trust:
//! finite, in degrees, inside China, closed, not crossing itself, outer rings counter-clockwise.

use geo::{CoordsIter, Geometry};
use geojson::{GeometryValue, Position};

use crate::crs::CHINA;
use crate::load::fault::Fault;
use crate::load::problem::{Location, Problems};
use crate::model::check_validity;
use crate::store::{has_whole_positions, oriented};

/// Checks and converts one geometry. `None` when it has an error, which was noted.
pub fn convert(
    geometry: geojson::Geometry,
    location: &Location,
    problems: &mut Problems,
) -> Option<Geometry<f64>> {
    let at = || location.clone().field("geometry");
    let mut fine = true;
    if !has_whole_positions(&geometry.value) {
        let reason = "a position has fewer than two numbers".to_owned();
        problems.error(at(), Fault::InvalidGeometry { reason });
        return None;
    }
    if let Some(fault) = positions(&geometry.value).find_map(outside_china) {
        problems.error(at(), fault);
        fine = false;
    }
    if rings(&geometry.value).iter().any(|(_, ring)| ring.first() != ring.last()) {
        problems.error(at(), Fault::RingOpen);
        fine = false;
    }
    let turned = rings(&geometry.value).iter().any(|(role, ring)| turns_the_wrong_way(*role, ring));
    if !fine {
        return None;
    }
    if matches!(geometry.value, GeometryValue::GeometryCollection { .. }) {
        let reason =
            "GeometryCollection; use MultiPoint, MultiLineString or MultiPolygon".to_owned();
        problems.error(at(), Fault::InvalidGeometry { reason });
        return None;
    }
    let geometry = match Geometry::try_from(geometry) {
        Ok(geometry) => geometry,
        Err(error) => {
            problems.error(at(), Fault::InvalidGeometry { reason: error.to_string() });
            return None;
        }
    };
    if geometry.coords_count() == 0 {
        let reason = "it has no positions; use null for a place that is not located".to_owned();
        problems.error(at(), Fault::InvalidGeometry { reason });
        return None;
    }
    if let Err(reason) = check_validity(&geometry) {
        let fault = if reason.contains("intersect") {
            Fault::RingCrossing { reason }
        } else {
            Fault::InvalidGeometry { reason }
        };
        problems.error(at(), fault);
        return None;
    }
    if turned {
        problems.warning(at(), Fault::RingOrder);
    }
    Some(oriented(geometry))
}

/// Checks a bare longitude/latitude pair, for example the seat of a township.
pub fn outside_china(position: &Position) -> Option<Fault> {
    let (lon, lat) = (position[0], position[1]);
    if CHINA.contains(lon, lat) {
        return None;
    }
    Some(Fault::OutsideChina { lon, lat, swapped: CHINA.contains(lat, lon) })
}

#[derive(Clone, Copy, PartialEq)]
enum RingRole {
    Outer,
    Hole,
}

fn polygon_rings(polygon: &[Vec<Position>]) -> impl Iterator<Item = (RingRole, &[Position])> {
    polygon
        .iter()
        .enumerate()
        .map(|(i, ring)| (if i == 0 { RingRole::Outer } else { RingRole::Hole }, ring.as_slice()))
}

fn rings(value: &GeometryValue) -> Vec<(RingRole, &[Position])> {
    match value {
        GeometryValue::Polygon { coordinates } => polygon_rings(coordinates).collect(),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().flat_map(|polygon| polygon_rings(polygon)).collect()
        }
        _ => Vec::new(),
    }
}

fn positions(value: &GeometryValue) -> Box<dyn Iterator<Item = &Position> + '_> {
    match value {
        GeometryValue::Point { coordinates } => Box::new(std::iter::once(coordinates)),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            Box::new(coordinates.iter())
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            Box::new(coordinates.iter().flatten())
        }
        GeometryValue::MultiPolygon { coordinates } => {
            Box::new(coordinates.iter().flatten().flatten())
        }
        GeometryValue::GeometryCollection { geometries } => {
            Box::new(geometries.iter().flat_map(|g| positions(&g.value)))
        }
    }
}

/// Twice the signed area decides: positive is counter-clockwise (RFC 7946, section 3.1.6).
fn turns_the_wrong_way(role: RingRole, ring: &[Position]) -> bool {
    let doubled: f64 =
        ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum();
    match role {
        RingRole::Outer => doubled < 0.0,
        RingRole::Hole => doubled > 0.0,
    }
}
