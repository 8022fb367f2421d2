//! Whether a geometry is one, in the sense of Simple Features (OGC 06-103r4, section 6.1).

use geo::coordinate_position::CoordPos;
use geo::dimensions::Dimensions;
use geo::validation::{GeometryIndex, InvalidMultiPolygon};
use geo::{BoundingRect, Geometry, Intersects, MultiPolygon, Relate, Validation};

/// Checks a geometry.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check_validity(geometry: &Geometry<f64>) -> Result<(), String> {
    match geometry {
        Geometry::MultiPolygon(areas) => check_areas(areas).map_err(|error| error.to_string()),
        Geometry::GeometryCollection(parts) => parts.iter().try_for_each(check_validity),
        other => other.check_validation().map_err(|error| error.to_string()),
    }
}

/// The same for areas. The library compares two of them before it has looked at the second, and does not expect one
/// that has collapsed to a point; it also compares those that lie far from each other.
///
/// # Errors
/// What is wrong with them.
pub fn check_areas(areas: &MultiPolygon<f64>) -> Result<(), InvalidMultiPolygon> {
    for (number, polygon) in areas.iter().enumerate() {
        let of_part = |error| InvalidMultiPolygon::InvalidPolygon(GeometryIndex(number), error);
        polygon.check_validation().map_err(of_part)?;
    }
    let boxes: Vec<_> = areas.iter().map(BoundingRect::bounding_rect).collect();
    for (first, a) in areas.iter().enumerate() {
        for (second, b) in areas.iter().enumerate().skip(first + 1) {
            let meet = boxes[first].zip(boxes[second]).is_some_and(|(a, b)| a.intersects(&b));
            if !meet {
                continue;
            }
            let relation = a.relate(b);
            let pair = (GeometryIndex(first), GeometryIndex(second));
            if relation.get(CoordPos::Inside, CoordPos::Inside) == Dimensions::TwoDimensional {
                return Err(InvalidMultiPolygon::ElementsOverlaps(pair.0, pair.1));
            }
            if relation.get(CoordPos::OnBoundary, CoordPos::OnBoundary)
                == Dimensions::OneDimensional
            {
                return Err(InvalidMultiPolygon::ElementsTouchOnALine(pair.0, pair.1));
            }
        }
    }
    Ok(())
}
