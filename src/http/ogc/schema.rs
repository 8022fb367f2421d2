//! What a collection can be filtered by, as a JSON schema.

use serde_json::{Map, Value, json};

use crate::feature::{Kind, Shape};
use crate::query::collection::{FeatureSource, GEOMETRY};

/// The schema of the queryables.
pub fn queryables(address: &str, source: &dyn FeatureSource) -> Value {
    let mut properties = Map::new();
    let geometry = json!({
        "title": "几何",
        "format": geometry_format(source.about().shape),
        "x-ogc-role": "primary-geometry",
    });
    properties.insert(GEOMETRY.to_owned(), geometry);
    for (position, field) in source.fields().iter().enumerate() {
        let Some(mut schema) = of_kind(field.kind) else { continue };
        schema["title"] = json!(field.title);
        if position == 0 {
            schema["x-ogc-role"] = json!("id");
        }
        // A property that is itself called `geometry` cannot be told from the geometry.
        properties.entry(field.key.as_ref()).or_insert(schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": source.about().title,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The schema of a kind; what a file nests cannot be filtered by.
pub fn of_kind(kind: Kind) -> Option<Value> {
    Some(match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Real => json!({ "type": "number" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::List => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Nested => return None,
    })
}

/// What a geometry may be.
pub fn geometry_format(shape: Shape) -> &'static str {
    match shape {
        Shape::Point => "geometry-point-or-multipoint",
        Shape::Line => "geometry-linestring-or-multilinestring",
        Shape::Area => "geometry-polygon-or-multipolygon",
        Shape::Mixed | Shape::None => "geometry-any",
    }
}
