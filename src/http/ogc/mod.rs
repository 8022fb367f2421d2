//! The OGC APIs: the layers as collections, tilesets and styles that GIS software reads by itself.
//!
//! ```text
//! Ask (format, parameters) ─► Wanted (region, filter, order, page, system) ─► query::collection ─► JSON or HTML
//! ```
//!
//! Features: Part 1 (core, GeoJSON, HTML, OpenAPI 3.0), Part 2 (systems by reference), Part 3 (CQL2 filters).
//! Tiles: Part 1, in [`tiles`]. Styles: the draft's core with `MapLibre` styles, in [`styles`]. What is
//! declared in [`resources::CONFORMANCE`] is tested in `tests/ogc_*.rs`, requirement by requirement.

mod api;
mod ask;
mod format;
mod html;
mod items;
mod links;
mod resources;
mod schema;
mod styles;
mod tiles;
mod wanted;

use std::sync::Arc;

use axum::Router;

use crate::http::data::Data;
use crate::http::problem::Problem;
use crate::http::{AppState, reading};
use crate::query::collection::FeatureSource;

/// Everything below `/ogc`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/ogc", reading(resources::landing))
        .route("/ogc/", reading(resources::landing))
        .route("/ogc/style.css", reading(html::style))
        .route("/ogc/conformance", reading(resources::conformance))
        .route("/ogc/api", reading(api::api))
        .route("/ogc/collections", reading(resources::collections))
        .route("/ogc/collections/{collection}", reading(resources::collection))
        .route("/ogc/collections/{collection}/queryables", reading(resources::queryables))
        .route("/ogc/collections/{collection}/items", reading(items::items))
        .route("/ogc/collections/{collection}/items/{feature}", reading(items::item))
        .merge(tiles::routes())
        .merge(styles::routes())
}

/// The collection with this id, or the problem that says it is none.
fn find(data: &Data, id: &str) -> Result<Arc<dyn FeatureSource>, Problem> {
    data.collections.get(id).ok_or_else(|| {
        Problem::not_found(format!("there is no collection {id:?}; /ogc/collections lists them"))
    })
}
