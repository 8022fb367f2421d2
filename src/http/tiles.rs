//! Vector tiles and their TileJSON.

use std::str::FromStr;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use utoipa::IntoParams;

use crate::crs::TileId;
use crate::http::data::Data;
use crate::http::extract::{Params, Segments};
use crate::http::heavy::heavy;
use crate::http::operations::to_json;
use crate::http::origin::origin;
use crate::http::pictures;
use crate::http::places::no_layer;
use crate::http::problem::Problem;
use crate::http::tile_cache::{Coding, Held};
use crate::http::{AppState, reading};
use crate::index::IndexedAtlas;
use crate::query::{Budget, layers_bounds, tile_address};
use crate::tile::{CROWD, KEYS, Keys, MAX_USEFUL_ZOOM, MERGED};

/// The last segment carries the format (`.mvt`, `.json`), which the router cannot match.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/tiles/{layer}/{z}/{x}/{y}", reading(tile))
        .route("/tiles/{layer}", reading(tilejson))
}

/// Media type of a vector tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TileParams {
    /// Attributes that features are to have, separated by commas; all unless given.
    #[param(example = "id,name")]
    properties: Option<String>,
    /// Language of the names on a picture tile (`.png`): `zh` or `en`.
    lang: Option<String>,
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
        TileParams,
    ),
    responses(
        (status = 200, content_type = "application/vnd.mapbox-vector-tile", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
pub async fn tile(
    data: Data,
    headers: HeaderMap,
    Params(params): Params<TileParams>,
    Segments((id, z, x, y)): Segments<(String, String, String, String)>,
) -> Result<Response, Problem> {
    for (ending, ratio) in [("@2x.png", 2), (".png", 1)] {
        if let Some(y) = y.strip_suffix(ending) {
            let tile = address([("z", &z), ("x", &x), ("y", y)])?;
            let language = pictures::language(params.lang.as_deref())?;
            return pictures::tile(data, &id, tile, ratio, language).await;
        }
    }
    let Some(y) = y.strip_suffix(".mvt") else {
        let detail =
            format!("{y:?} names no format; vector tiles end in .mvt, pictures in .png or @2x.png");
        return Err(Problem::not_found(detail));
    };
    let tile = address([("z", &z), ("x", &x), ("y", y)])?;
    let held = Held::One(layer_number(&data.index, &id)?);
    let keys = chosen_keys(params.properties.as_deref())?;
    encoded(data, &headers, held, tile, keys).await
}

/// The tile at zoom level, column and row, each a text that has a name of its own in the address.
pub fn address([z, x, y]: [(&str, &str); 3]) -> Result<TileId, Problem> {
    fn whole<T: FromStr>((name, text): (&str, &str)) -> Result<T, Problem> {
        let bad = || Problem::bad_request(format!("{name} is {text:?}; it takes a whole number"));
        text.parse().map_err(|_| bad())
    }
    TileId::new(whole(z)?, whole(x)?, whole(y)?)
        .map_err(|error| Problem::bad_request(error.to_string()))
}

/// A tile out of the cache, made where it is not there yet, in the coding that the client likes best.
pub async fn encoded(
    data: Data,
    headers: &HeaderMap,
    held: Held,
    tile: TileId,
    keys: Keys,
) -> Result<Response, Problem> {
    let wanted = Coding::wanted(headers);
    let known = data.tiles.known(&held, tile, keys).filter(|tile| tile.is_ready(wanted));
    let (coding, bytes) = if let Some(known) = known {
        let coding = known.coding(wanted);
        (coding, known.bytes(coding))
    } else {
        let is_heavy = data.tiles.is_heavy(&held);
        let work = move |data: &Data, budget: &Budget| {
            let made = data.tiles.make(&held, tile, keys, budget);
            let tile = made.map_err(|unanswered| Problem::from(&*unanswered))?;
            let coding = tile.coding(wanted);
            Ok((coding, tile.bytes(coding)))
        };
        if is_heavy {
            heavy(data, work).await?
        } else {
            let made = spawn_blocking(move || work(&data, &Budget::unlimited())).await;
            made.map_err(|error| Problem::internal(&error))??
        }
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(word) = coding.word() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    Ok(response)
}

/// The position of the layer with this id.
fn layer_number(index: &IndexedAtlas, id: &str) -> Result<usize, Problem> {
    index.atlas.layer_number(id).ok_or_else(|| no_layer(id))
}

/// Attributes by their words, separated by commas; all unless given.
fn chosen_keys(words: Option<&str>) -> Result<Keys, Problem> {
    let Some(words) = words else { return Ok(Keys::ALL) };
    let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
    Keys::of(words).map_err(|word| {
        let known = KEYS.join(", ");
        Problem::bad_request(format!("tiles have no attribute {word:?}; known are: {known}"))
    })
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
    let number = layer_number(&data.index, id)?;
    let layer = &data.index.atlas.layers[number];
    let address = format!("{}{}", origin(&headers), tile_address(id));
    to_json(&describe(&data, &[number], [&layer.title, &layer.title_en], &address))
}

/// TileJSON of these layers, whose tiles are at an address template.
pub fn describe(data: &Data, layers: &[usize], titles: [&str; 2], address: &str) -> Value {
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
    let mut thinned = false;
    let mut described = Vec::new();
    for &number in layers {
        let layer = &data.index.atlas.layers[number];
        let mut own = fields.clone();
        if data.tiles.set().is_thinned(number) {
            thinned = true;
            own[MERGED] = json!("number of features merged into this one");
        }
        let labels = format!("{}-labels", layer.id);
        described.push(json!({ "id": layer.id, "description": layer.title, "fields": own }));
        described.push(
            json!({ "id": labels, "description": "label points of areas", "fields": fields }),
        );
    }
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": titles[0],
        "description": titles[1],
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [address],
        "minzoom": 0,
        "maxzoom": MAX_USEFUL_ZOOM,
        "bounds": layers_bounds(&data.index, layers),
        "vector_layers": described,
    });
    if thinned {
        document["generalisation"] = json!({
            "zh": format!("要素多于 {CROWD} 个：{MAX_USEFUL_ZOOM} 级以下，小于一个像素的面和线按图例类别与精度合并（属性 {MERGED} 为合并的个数），两个像素内的点只留一个，窄于 16 像素的面不标注（瓦片宽 256 像素计）。"),
            "en": format!("More than {CROWD} features: below zoom {MAX_USEFUL_ZOOM} areas and lines smaller than a pixel are merged by class and accuracy (their number is in {MERGED}), one point stands for all within two pixels, and areas narrower than 16 pixels have no label (of a tile 256 pixels wide)."),
        });
    }
    document
}
