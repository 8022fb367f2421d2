//! The description of this interface in OpenAPI 3.0, which its clients know; `/openapi.json`, for the
//! rest of the server, is 3.1.

use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::http::data::Data;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::format::Format;
use crate::http::ogc::html;
use crate::http::ogc::links::{GEOJSON, HTML, JSON, OPENAPI, SCHEMA};
use crate::http::ogc::resources::{description, respond};
use crate::http::ogc::wanted::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::http::problem::Problem;

/// The description, for programs or for people.
pub async fn api(data: Data, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    let atlas = &data.index.atlas;
    let ids: Vec<&str> = atlas.layers.iter().map(|layer| layer.id.as_str()).collect();
    let document = document(&ask.site.at(""), &atlas.title, &atlas.title_en, &ids);
    if ask.format == Format::Html {
        let links = ask.site.itself("/api", &ask.query, true, OPENAPI);
        return Ok(html::api(&ask, &document, &links));
    }
    Ok(respond(&document, OPENAPI))
}

fn document(server: &str, title: &str, title_en: &str, ids: &[&str]) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "description": description(title_en),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": server }],
        "tags": [
            { "name": "Capabilities", "description": "有什么 (what there is)" },
            { "name": "Data", "description": "要素 (features)" },
        ],
        "paths": paths(),
        "components": {
            "parameters": parameters(ids),
            "schemas": schemas(),
            "responses": {
                "Problem": {
                    "description": "有误，说明见 detail (what is wrong stands in detail)",
                    "content": { "application/problem+json": { "schema": reference("schemas", "problem") } },
                },
            },
        },
    })
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// One operation: path, identifier, summary, parameters, media type, schema.
type Operation =
    (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const PAGE: &[&str] = &[
    "collectionId",
    "f",
    "limit",
    "offset",
    "bbox",
    "bbox-crs",
    "datetime",
    "crs",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
    "queryables",
];
const ONE: &[&str] = &["collectionId", "f"];

#[rustfmt::skip]
const OPERATIONS: [Operation; 8] = [
    ("/", "getLandingPage", "首页 (landing page)", &["f"], JSON, "landingPage"),
    ("/api", "getApi", "接口定义 (this document)", &["f"], OPENAPI, "any"),
    ("/conformance", "getConformance", "符合的标准 (conformance)", &["f"], JSON, "confClasses"),
    ("/collections", "getCollections", "图层 (collections)", &["f"], JSON, "collections"),
    ("/collections/{collectionId}", "describeCollection", "一个图层 (a collection)", ONE, JSON, "collection"),
    ("/collections/{collectionId}/queryables", "getQueryables", "筛选字段 (queryables)", ONE, SCHEMA, "any"),
    ("/collections/{collectionId}/items", "getFeatures", "要素 (features)", PAGE, GEOJSON, "featureCollection"),
    ("/collections/{collectionId}/items/{featureId}", "getFeature", "一个要素 (a feature)",
        &["collectionId", "featureId", "f", "crs"], GEOJSON, "feature"),
];

fn paths() -> Value {
    let mut paths = Map::new();
    for (path, id, summary, parameters, kind, schema) in OPERATIONS {
        let tag = if kind == GEOJSON { "Data" } else { "Capabilities" };
        let names = parameters.iter().map(|name| reference("parameters", name));
        let mut content = Map::new();
        content.insert(kind.to_owned(), json!({ "schema": reference("schemas", schema) }));
        content.insert(HTML.to_owned(), json!({ "schema": { "type": "string" } }));
        let mut responses = Map::new();
        responses.insert("200".to_owned(), json!({ "description": summary, "content": content }));
        let mut problems = vec!["400", "406"];
        if parameters.contains(&"collectionId") {
            problems.push("404");
        }
        if parameters.contains(&"filter") {
            problems.push("503");
        }
        for status in problems {
            responses.insert(status.to_owned(), reference("responses", "Problem"));
        }
        let operation = json!({
            "operationId": id,
            "tags": [tag],
            "summary": summary,
            "parameters": names.collect::<Vec<_>>(),
            "responses": responses,
        });
        paths.insert(path.to_owned(), json!({ "get": operation }));
    }
    paths.into()
}

fn parameters(ids: &[&str]) -> Value {
    let query = |name: &str, description: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": false, "description": description,
            "schema": schema, "style": "form", "explode": false,
        })
    };
    let path = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema });
    let text = || json!({ "type": "string" });
    let uri = || json!({ "type": "string", "format": "uri" });
    let names = || json!({ "type": "array", "items": { "type": "string" } });
    json!({
        "collectionId": path("collectionId", "图层编号 (collection)", json!({ "type": "string", "enum": ids })),
        "featureId": path("featureId", "要素编号 (feature)", text()),
        "f": query("f", "格式 (format)", json!({ "type": "string", "enum": ["json", "html"] })),
        "limit": query("limit", "每页要素数 (features of a page)", json!({
            "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT,
        })),
        "offset": query("offset", "跳过的要素数 (features to leave out)", json!({
            "type": "integer", "minimum": 0, "default": 0,
        })),
        "bbox": query("bbox", "范围，角点次序同 bbox-crs 的轴序 (box, in the axis order of bbox-crs)", json!({
            "type": "array",
            "oneOf": [{ "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }],
            "items": { "type": "number" },
        })),
        "bbox-crs": query("bbox-crs", "bbox 的坐标系 (reference system of bbox)", uri()),
        "datetime": query("datetime", "时间；要素没有时间，全部符合 (no feature has a time: all match)", text()),
        "crs": query("crs", "返回的坐标系 (reference system of the answer)", uri()),
        "filter": query("filter", "CQL2 筛选条件 (filter)", text()),
        "filter-lang": query("filter-lang", "筛选条件的写法 (encoding of the filter)", json!({
            "type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text",
        })),
        "filter-crs": query("filter-crs", "筛选条件里几何的坐标系 (reference system of its geometries)", uri()),
        "sortby": query("sortby", "排序，-字段为倒序 (order; -name from last to first)", names()),
        "properties": query("properties", "返回的字段 (properties to return)", names()),
        "queryables": {
            "name": "queryables", "in": "query", "required": false,
            "description": "字段=值；字段见 queryables (property=value, of the queryables of the collection)",
            "schema": { "type": "object", "additionalProperties": { "type": "string" } },
            "style": "form", "explode": true,
        },
    })
}

fn schemas() -> Value {
    let link = reference("schemas", "link");
    let links = json!({ "type": "array", "items": link });
    json!({
        "any": { "type": "object" },
        "link": {
            "type": "object",
            "required": ["href", "rel"],
            "properties": {
                "href": { "type": "string" }, "rel": { "type": "string" },
                "type": { "type": "string" }, "title": { "type": "string" },
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
