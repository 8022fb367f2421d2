//! The description of this interface in OpenAPI 3.0, which its clients know; `/openapi.json`, for the
//! rest of the server, is 3.1.

mod parameters;
mod schemas;

use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::http::data::Data;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::format::Format;
use crate::http::ogc::html;
use crate::http::ogc::links::{GEOJSON, HTML, JSON, OPENAPI, SCHEMA, STYLE, TILEJSON};
use crate::http::ogc::resources::{description, respond};
use crate::http::problem::Problem;
use crate::http::tiles::MVT;
use parameters::parameters;
use schemas::schemas;

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
            { "name": "Tiles", "description": "矢量瓦片 (vector tiles)" },
            { "name": "Styles", "description": "样式 (styles)" },
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
const OPERATIONS: [Operation; 20] = [
    ("/", "getLandingPage", "首页 (landing page)", &["f"], JSON, "landingPage"),
    ("/api", "getAPI", "接口定义 (this document)", &["f"], OPENAPI, "any"),
    ("/conformance", "getConformance", "符合的标准 (conformance)", &["f"], JSON, "confClasses"),
    ("/collections", "getCollectionsList", "图层 (collections)", &["f"], JSON, "collections"),
    ("/collections/{collectionId}", "getCollection", "一个图层 (a collection)", ONE, JSON, "collection"),
    ("/collections/{collectionId}/queryables", "getQueryables", "筛选字段 (queryables)", ONE, SCHEMA, "any"),
    ("/collections/{collectionId}/items", "getFeatures", "要素 (features)", PAGE, GEOJSON, "featureCollection"),
    ("/collections/{collectionId}/items/{featureId}", "getFeature", "一个要素 (a feature)",
        &["collectionId", "featureId", "f", "crs"], GEOJSON, "feature"),
    ("/tileMatrixSets", "getTileMatrixSetsList", "瓦片矩阵集 (tile matrix sets)", &["f"], JSON, "tileMatrixSets"),
    ("/tileMatrixSets/{tileMatrixSetId}", "getTileMatrixSet", "一个瓦片矩阵集 (a tile matrix set)",
        &["tileMatrixSetId", "f"], JSON, "tileMatrixSet"),
    ("/tiles", ".dataset.vector.getTileSetsList", "全部图层的瓦片集 (tilesets of the dataset)", &["f"], JSON, "tileSets"),
    ("/tiles/{tileMatrixSetId}", ".dataset.vector.getTileSet", "全部图层的一个瓦片集 (a tileset of the dataset)",
        &["tileMatrixSetId", "collections", "f-tileset"], JSON, "tileSet"),
    ("/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", ".dataset.vector.getTile",
        "几个图层的一块瓦片 (a tile of several collections)",
        &["tileMatrixSetId", "tileMatrix", "tileRow", "tileCol", "collections", "f-tile"], MVT, "tile"),
    ("/collections/{collectionId}/tiles", ".collection.vector.getTileSetsList", "图层的瓦片集 (tilesets of a collection)",
        ONE, JSON, "tileSets"),
    ("/collections/{collectionId}/tiles/{tileMatrixSetId}", ".collection.vector.getTileSet",
        "图层的一个瓦片集 (a tileset of a collection)", &["collectionId", "tileMatrixSetId", "f-tileset"], JSON, "tileSet"),
    ("/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
        ".collection.vector.getTile", "一块瓦片 (a tile)",
        &["collectionId", "tileMatrixSetId", "tileMatrix", "tileRow", "tileCol", "f-tile"], MVT, "tile"),
    ("/styles", "getStyles", "样式 (styles)", &["f"], JSON, "styles"),
    ("/styles/{styleId}", "getStyle", "一个样式 (a style)", &["styleId", "f"], STYLE, "any"),
    ("/collections/{collectionId}/styles", "getCollectionStyles", "图层的样式 (styles of a collection)", ONE, JSON, "styles"),
    ("/collections/{collectionId}/styles/{styleId}", "getCollectionStyle", "图层的一个样式 (a style of a collection)",
        &["collectionId", "styleId", "f"], STYLE, "any"),
];

fn paths() -> Value {
    let mut paths = Map::new();
    for (path, id, summary, parameters, kind, schema) in OPERATIONS {
        let tag = match kind {
            GEOJSON => "Data",
            _ if path.contains("/tile") => "Tiles",
            _ if path.contains("/styles") => "Styles",
            _ => "Capabilities",
        };
        let names = parameters.iter().map(|name| reference("parameters", name));
        let mut content = Map::new();
        content.insert(kind.to_owned(), json!({ "schema": reference("schemas", schema) }));
        if kind != MVT {
            content.insert(HTML.to_owned(), json!({ "schema": { "type": "string" } }));
        }
        if parameters.contains(&"f-tileset") {
            content.insert(TILEJSON.to_owned(), json!({ "schema": reference("schemas", "any") }));
        }
        let mut responses = Map::new();
        responses.insert("200".to_owned(), json!({ "description": summary, "content": content }));
        let mut problems = vec!["400", "406"];
        if path.contains('{') {
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
