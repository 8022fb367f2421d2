//! What answers look like.

use serde_json::{Value, json};

use crate::http::ogc::api::reference;

/// Every schema, by name.
pub fn schemas() -> Value {
    let mut all = of_features();
    if let (Value::Object(all), Value::Object(more)) = (&mut all, of_tiles_and_styles()) {
        all.extend(more);
    }
    all
}

fn links() -> Value {
    json!({ "type": "array", "items": reference("schemas", "link") })
}

fn of_features() -> Value {
    let links = links();
    json!({
        "any": { "type": "object" },
        "link": {
            "type": "object",
            "required": ["href", "rel"],
            "properties": {
                "href": { "type": "string" }, "rel": { "type": "string" },
                "type": { "type": "string" }, "title": { "type": "string" },
                "templated": { "type": "boolean" },
            },
        },
        "landingPage": {
            "type": "object",
            "required": ["links"],
            "properties": {
                "title": { "type": "string" }, "description": { "type": "string" }, "links": links,
            },
        },
        "confClasses": {
            "type": "object",
            "required": ["conformsTo"],
            "properties": { "conformsTo": { "type": "array", "items": { "type": "string" } } },
        },
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": links,
                "collections": { "type": "array", "items": reference("schemas", "collection") },
            },
        },
        "collection": {
            "type": "object",
            "required": ["id", "links"],
            "properties": {
                "id": { "type": "string" },
                "title": { "type": "string" },
                "description": { "type": "string" },
                "itemType": { "type": "string", "default": "feature" },
                "crs": { "type": "array", "items": { "type": "string" } },
                "storageCrs": { "type": "string" },
                "extent": { "type": "object" },
                "links": links,
            },
        },
        "featureCollection": {
            "type": "object",
            "required": ["type", "features", "links", "timeStamp", "numberReturned"],
            "properties": {
                "type": { "type": "string", "enum": ["FeatureCollection"] },
                "features": { "type": "array", "items": reference("schemas", "feature") },
                "links": links,
                "timeStamp": { "type": "string", "format": "date-time" },
                "numberMatched": { "type": "integer", "minimum": 0 },
                "numberReturned": { "type": "integer", "minimum": 0 },
            },
        },
        "feature": {
            "type": "object",
            "required": ["type", "id", "geometry", "properties"],
            "properties": {
                "type": { "type": "string", "enum": ["Feature"] },
                "id": { "type": "string" },
                "geometry": { "type": "object", "nullable": true },
                "properties": { "type": "object", "nullable": true },
                "links": links,
            },
        },
        "problem": {
            "type": "object",
            "properties": {
                "type": { "type": "string" }, "title": { "type": "string" },
                "status": { "type": "integer" }, "detail": { "type": "string" },
            },
        },
    })
}

fn of_tiles_and_styles() -> Value {
    let links = links();
    json!({
        "tileMatrixSets": {
            "type": "object",
            "required": ["tileMatrixSets"],
            "properties": {
                "tileMatrixSets": { "type": "array", "items": {
                    "type": "object",
                    "required": ["links"],
                    "properties": {
                        "id": { "type": "string" }, "title": { "type": "string" }, "uri": { "type": "string" },
                        "crs": { "type": "string" }, "links": links,
                    },
                } },
                "links": links,
            },
        },
        "tileMatrixSet": {
            "type": "object",
            "required": ["crs", "tileMatrices"],
            "properties": {
                "id": { "type": "string" }, "title": { "type": "string" }, "uri": { "type": "string" },
                "crs": { "type": "string" },
                "orderedAxes": { "type": "array", "items": { "type": "string" } },
                "wellKnownScaleSet": { "type": "string" },
                "boundingBox": { "type": "object" },
                "tileMatrices": { "type": "array", "items": { "type": "object" } },
                "links": links,
            },
        },
        "tileSets": {
            "type": "object",
            "required": ["tilesets"],
            "properties": {
                "tilesets": { "type": "array", "items": reference("schemas", "tileSet") },
                "links": links,
            },
        },
        "tileSet": {
            "type": "object",
            "required": ["dataType", "crs", "links"],
            "properties": {
                "title": { "type": "string" },
                "description": { "type": "string" },
                "dataType": { "type": "string", "enum": ["vector"] },
                "crs": { "type": "string" },
                "tileMatrixSetURI": { "type": "string" },
                "tileMatrixSetLimits": { "type": "array", "items": { "type": "object" } },
                "boundingBox": { "type": "object" },
                "mediaTypes": { "type": "array", "items": { "type": "string" } },
                "layers": { "type": "array", "items": {
                    "type": "object",
                    "required": ["id", "dataType"],
                    "properties": {
                        "id": { "type": "string" },
                        "title": { "type": "string" },
                        "dataType": { "type": "string", "enum": ["vector"] },
                        "geometryDimension": { "type": "integer", "minimum": 0, "maximum": 3 },
                        "links": links,
                    },
                } },
                "links": links,
            },
        },
        "tile": { "type": "string", "format": "binary" },
        "styles": {
            "type": "object",
            "required": ["styles"],
            "properties": {
                "default": { "type": "string" },
                "styles": { "type": "array", "items": {
                    "type": "object",
                    "required": ["id", "links"],
                    "properties": {
                        "id": { "type": "string" }, "title": { "type": "string" },
                        "description": { "type": "string" }, "links": links,
                    },
                } },
                "links": links,
            },
        },
    })
}
