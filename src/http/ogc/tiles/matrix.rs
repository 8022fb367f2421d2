//! Tile matrix sets: the list of one, and its definition.

use axum::response::Response;
use serde_json::json;

use crate::crs::{QUAD, QUAD_CRS, QUAD_URI, web_mercator_quad};
use crate::http::extract::Segments;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::format::Format;
use crate::http::ogc::html;
use crate::http::ogc::links::JSON;
use crate::http::ogc::resources::respond;
use crate::http::ogc::tiles::known;
use crate::http::problem::Problem;

/// The list.
pub async fn all(ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    let html = ask.format == Format::Html;
    let links = ask.site.itself("/tileMatrixSets", &ask.query, html, JSON);
    if html {
        return Ok(html::tile_matrix_sets(&links));
    }
    let set = json!({
        "id": QUAD,
        "title": web_mercator_quad().title,
        "uri": QUAD_URI,
        "crs": QUAD_CRS,
        "links": ask.site.both(&format!("/tileMatrixSets/{QUAD}"), "self", QUAD),
    });
    Ok(respond(&json!({ "tileMatrixSets": [set], "links": links }), JSON))
}

/// The definition.
pub async fn one(Segments(set): Segments<String>, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    known(&set)?;
    let html = ask.format == Format::Html;
    let path = format!("/tileMatrixSets/{QUAD}");
    let links = ask.site.itself(&path, &ask.query, html, JSON);
    let set = web_mercator_quad();
    if html {
        return Ok(html::tile_matrix_set(&set, &links));
    }
    let mut document = json!(set);
    document["links"] = json!(links);
    Ok(respond(&document, JSON))
}
