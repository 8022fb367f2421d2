//! Features as the GeoJSON (RFC 7946) that a data folder holds: one feature to a line, so that
//! every line of a problem is that of its feature, and versions can be compared.

use geo::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};

use crate::import::Feature;

/// The whole file.
#[must_use]
pub fn to_geojson(features: &[Feature]) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (number, feature) in features.iter().enumerate() {
        if number > 0 {
            text.push_str(",\n");
        }
        let feature = json!({
            "type": "Feature",
            "id": feature.id,
            "properties": feature.properties,
            "geometry": feature.geometry.as_ref().map(geometry),
        });
        text.push_str(&feature.to_string());
    }
    text.push_str("\n]}\n");
    text
}

/// A geometry as an object.
pub fn geometry(geometry: &Geometry<f64>) -> Value {
    let (kind, coordinates) = match geometry {
        Geometry::Point(point) => ("Point", position(&point.0)),
        Geometry::MultiPoint(points) => {
            ("MultiPoint", points.iter().map(|point| position(&point.0)).collect())
        }
        Geometry::LineString(one) => ("LineString", line(one)),
        Geometry::MultiLineString(lines) => ("MultiLineString", lines.iter().map(line).collect()),
        Geometry::Polygon(one) => ("Polygon", polygon(one)),
        Geometry::MultiPolygon(polygons) => {
            ("MultiPolygon", polygons.iter().map(polygon).collect())
        }
        // Nothing else comes out of the mending.
        Geometry::Line(_)
        | Geometry::Rect(_)
        | Geometry::Triangle(_)
        | Geometry::GeometryCollection(_) => return Value::Null,
    };
    json!({ "type": kind, "coordinates": coordinates })
}

fn position(c: &Coord<f64>) -> Value {
    json!([c.x, c.y])
}

fn line(line: &LineString<f64>) -> Value {
    line.0.iter().map(position).collect()
}

fn polygon(polygon: &Polygon<f64>) -> Value {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(line).collect()
}
