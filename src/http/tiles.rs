//! Vector tiles and their TileJSON.

use axum::Router;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

use crate::crs::TileId;
use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::index::IndexedAtlas;
use crate::model::Layer;
use crate::query::tile_address;
use crate::tile::MAX_USEFUL_ZOOM;

/// The last segment carries the format (`.mvt`, `.json`), which the router cannot match.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/tiles/{layer}/{z}/{x}/{y}", get(tile))
        .route("/tiles/{layer}", get(tilejson))
}

/// The layer with this id, or the problem that says it is none.
pub fn find_layer<'a>(index: &'a IndexedAtlas, id: &str) -> Result<&'a Layer, Problem> {
    index.atlas.layer(id).ok_or_else(|| {
        Problem::not_found(format!("there is no layer {id:?}; /api/atlas lists them"))
    })
}

/// Scheme and host under which the client reached us, as far as it can be believed: a proxy's word
/// first, then the `Host` header. Without either, clients resolve the bare path themselves.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|s| ["http", "https"].contains(s));
    let host = text("x-forwarded-host").or_else(|| text("host"));
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    host.map_or(String::new(), |host| format!("{}://{host}", scheme.unwrap_or("http")))
}

/// One vector tile (Mapbox Vector Tile 2.1) of a layer; areas have a companion layer `…-labels`
/// of points. An empty tile is an answer of no bytes.
#[utoipa::path(
    get,
    path = "/tiles/{layer}/{z}/{x}/{y}.mvt",
    tag = "tiles",
    params(
        ("layer" = String, Path, description = "Layer id", example = "townships"),
        ("z" = u8, Path, description = "Zoom level, 0 to 22", example = 9),
        ("x" = u32, Path, description = "Column from the west", example = 410),
        ("y" = u32, Path, description = "Row from the north", example = 209),
    ),
    responses(
        (status = 200, content_type = "application/vnd.mapbox-vector-tile", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
    ),
)]
pub async fn tile(
    data: Data,
    Segments((id, z, x, y)): Segments<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let Some(y) = y.strip_suffix(".mvt") else {
        let detail = format!("{y:?} names no format; vector tiles end in .mvt");
        return Err(Problem::not_found(detail));
    };
    let bad = |name: &str, text: &str| {
        Problem::bad_request(format!("{name} is {text:?}; it takes a whole number"))
    };
    let tile = TileId::new(
        z.parse().map_err(|_| bad("z", &z))?,
        x.parse().map_err(|_| bad("x", &x))?,
        y.parse().map_err(|_| bad("y", y))?,
    )
    .map_err(|error| Problem::bad_request(error.to_string()))?;
    let bytes = data.tiles.encode(&data.index, find_layer(&data.index, &id)?, tile);
    Ok(([(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile")], bytes).into_response())
}

/// TileJSON 3.0 of a layer.
#[utoipa::path(
    get,
    path = "/tiles/{layer}.json",
    tag = "tiles",
    params(("layer" = String, Path, description = "Layer id", example = "townships")),
    responses((status = 200, body = Object), (status = 404, body = Problem)),
)]
pub async fn tilejson(
    data: Data,
    headers: HeaderMap,
    Segments(file): Segments<String>,
) -> Result<Response, Problem> {
    let id = file.strip_suffix(".json").ok_or_else(|| {
        Problem::not_found(format!("there is nothing at {file:?}; TileJSON ends in .json"))
    })?;
    let layer = find_layer(&data.index, id)?;
    let fields = json!({
        "id": "id of the place",
        "name": "Chinese name",
        "name_en": "English name",
        "kind": "kind of place",
        "class": "class of the legend",
        "accuracy": "surveyed, published, seat, approximate or schematic",
        "county": "id of the county",
        "note": "second line of the label",
        "note_en": "second line of the label in English",
    });
    to_json(&json!({
        "tilejson": "3.0.0",
        "name": layer.title,
        "description": layer.title_en,
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [format!("{}{}", origin(&headers), tile_address(id))],
        "minzoom": 0,
        "maxzoom": MAX_USEFUL_ZOOM,
        "bounds": crate::query::layer_bounds(&data.index, layer),
        "vector_layers": [
            { "id": layer.id, "description": layer.title, "fields": fields },
            { "id": format!("{}-labels", layer.id), "description": "label points of areas", "fields": fields },
        ],
    }))
}
