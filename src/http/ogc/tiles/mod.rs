//! OGC API – Tiles: the tiles of `/tiles`, found by the resources of the standard.
//!
//! ```text
//! collection, or dataset with ?collections= ─► Tileset (layers) ─┬─► metadata, TileJSON
//!                                                                └─► the cache of /tiles
//! ```
//!
//! There is one tile matrix set, WebMercatorQuad, and one encoding, Mapbox Vector Tiles. What the standard
//! calls tile matrix is the zoom level; unlike in `/tiles`, the row comes before the column.

mod matrix;
mod sets;
mod tile;

use axum::Router;

use crate::crs::QUAD;
use crate::http::data::Data;
use crate::http::problem::Problem;
use crate::http::{AppState, reading};
pub use sets::Tileset;

/// Everything about tiles below `/ogc`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/ogc/tileMatrixSets", reading(matrix::all))
        .route("/ogc/tileMatrixSets/{set}", reading(matrix::one))
        .route("/ogc/tiles", reading(sets::of_dataset))
        .route("/ogc/tiles/{set}", reading(sets::dataset))
        .route("/ogc/tiles/{set}/{matrix}/{row}/{column}", reading(tile::of_dataset))
        .route("/ogc/collections/{collection}/tiles", reading(sets::of_collection))
        .route("/ogc/collections/{collection}/tiles/{set}", reading(sets::collection))
        .route(
            "/ogc/collections/{collection}/tiles/{set}/{matrix}/{row}/{column}",
            reading(tile::of_collection),
        )
}

/// Refuses every tile matrix set but the one that there is.
fn known(set: &str) -> Result<(), Problem> {
    if set == QUAD {
        return Ok(());
    }
    Err(Problem::not_found(format!("there is no tile matrix set {set:?}; tiles are in {QUAD}")))
}

/// The layers that `collections` names, in its order; all of the atlas without it.
fn chosen(data: &Data, collections: Option<&str>) -> Result<Vec<usize>, Problem> {
    let Some(names) = collections else { return Ok((0..data.index.atlas.layers.len()).collect()) };
    let mut layers = Vec::new();
    for name in names.split(',') {
        let number = data.index.atlas.layer_number(name).ok_or_else(|| {
            Problem::bad_request(format!(
                "collections names {name:?}, which there is not; /ogc/collections lists them"
            ))
        })?;
        if layers.contains(&number) {
            return Err(Problem::bad_request(format!("collections names {name:?} twice")));
        }
        layers.push(number);
    }
    Ok(layers)
}
