//! Questions about places.

use axum::response::Response;
use geo::Rect;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::{List, PagingParams, Params, Segments, position};
use crate::http::heavy::heavy;
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use crate::query::{
    self, Budget, Dossier, Found, Here, Near, NearFilter, Page, PlaceFilter, PlaceListed,
};
use crate::store::Reader;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(here))
        .routes(routes!(near))
        .routes(routes!(list))
        .routes(routes!(dossier))
        .routes(routes!(search))
}

/// Metres beyond which `near` does not look; a bigger circle is asked with `within`.
const MAX_RADIUS: f64 = 200_000.0;

/// A radius that is looked within, metres.
pub fn sound_radius(radius: f64) -> Result<f64, Problem> {
    if (0.0..=MAX_RADIUS).contains(&radius) {
        return Ok(radius);
    }
    let detail = format!("radius is {radius}; it runs from 0 to {MAX_RADIUS} metres");
    Err(Problem::bad_request(detail))
}

/// Metres within which `here` finds lines and points unless told otherwise.
const DEFAULT_TOLERANCE: f64 = 100.0;

/// Metres within which `here` finds lines and points at most.
const MAX_TOLERANCE: f64 = 5_000.0;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HereParams {
    /// Longitude, degrees.
    #[param(example = 108.71, minimum = -180, maximum = 180)]
    lon: f64,
    /// Latitude, degrees.
    #[param(example = 30.907, minimum = -90, maximum = 90)]
    lat: f64,
    /// Distance within which lines and points count as here, metres; 100 unless given.
    #[param(minimum = 0, maximum = 5000)]
    tolerance: Option<f64>,
}

/// What is at a point: county, township with its dossier, and everything a few metres around.
#[utoipa::path(
    get,
    path = "/api/here",
    tag = "places",
    params(HereParams),
    responses(
        (status = 200, body = Here),
        (status = 400, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn here(data: Data, Params(params): Params<HereParams>) -> Result<Response, Problem> {
    let (lon, lat) = position(params.lon, params.lat)?;
    let tolerance = params.tolerance.unwrap_or(DEFAULT_TOLERANCE);
    if !(0.0..=MAX_TOLERANCE).contains(&tolerance) {
        let detail = format!("tolerance is {tolerance}; it runs from 0 to {MAX_TOLERANCE} metres");
        return Err(Problem::bad_request(detail));
    }
    let at = (lon, lat);
    let answer = move |data: &Data, budget: &Budget| {
        to_json(&query::here(&data.index, at, tolerance, budget)?)
    };
    // What is in memory is there in microseconds; files are not read on the threads that answer others.
    if data.index.stores().next().is_some() {
        return heavy(data, answer).await;
    }
    answer(&data, &Budget::unlimited())
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NearParams {
    /// Longitude, degrees.
    #[param(example = 108.71, minimum = -180, maximum = 180)]
    lon: f64,
    /// Latitude, degrees.
    #[param(example = 30.907, minimum = -90, maximum = 90)]
    lat: f64,
    /// Radius, metres, at most 200 000.
    #[param(example = 5000, minimum = 0, maximum = 200_000)]
    radius: f64,
    /// Layer ids separated by commas; all unless given.
    layers: Option<String>,
    /// Kind ids separated by commas; all unless given.
    kinds: Option<String>,
}

/// Places around a point by geodesic distance, nearest first.
#[utoipa::path(
    get,
    path = "/api/near",
    tag = "places",
    params(NearParams, PagingParams),
    responses(
        (status = 200, body = Page<Near>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn near(data: Data, list: List<NearParams>) -> Result<Response, Problem> {
    let List { filter: params, paging } = list;
    let at = position(params.lon, params.lat)?;
    let radius = sound_radius(params.radius)?;
    let split = |ids: Option<String>| -> Vec<String> {
        ids.iter().flat_map(|ids| ids.split(',')).map(str::to_owned).collect()
    };
    let filter = NearFilter { layers: split(params.layers), kinds: split(params.kinds) };
    for id in &filter.layers {
        find_layer(&data.index, id)?;
    }
    for id in &filter.kinds {
        known_kind(&data.index, id)?;
    }
    heavy(data, move |data, budget| {
        let (hits, around) = query::near(&data.index, at, radius, &filter, budget)?;
        let page = paging.page(hits, |hit| around.spell(hit));
        around.check()?;
        to_json(&page)
    })
    .await
}

/// The layer with this id, or the problem that says it is none.
pub fn find_layer<'a>(index: &'a IndexedAtlas, id: &str) -> Result<&'a Layer, Problem> {
    index.atlas.layer(id).ok_or_else(|| no_layer(id))
}

pub fn no_layer(id: &str) -> Problem {
    Problem::not_found(format!("there is no layer {id:?}; /api/atlas lists them"))
}

pub fn known_place(index: &IndexedAtlas, id: &str) -> Result<PlaceIdx, Problem> {
    index.atlas.find_place(id).ok_or_else(|| no_place(id))
}

pub fn no_place(id: &str) -> Problem {
    Problem::not_found(format!("there is no place {id:?}; /api/search?q= finds places by name"))
}

fn known_kind(index: &IndexedAtlas, id: &str) -> Result<(), Problem> {
    match index.atlas.vocabularies.kinds.find(id) {
        Some(_) => Ok(()),
        None => Err(Problem::not_found(format!(
            "there is no kind of place {id:?}; /api/atlas lists them"
        ))),
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// West, south, east, north in degrees, separated by commas.
    #[param(example = "108.5,30.8,108.9,31.1")]
    bbox: Option<String>,
    /// Layer id.
    layer: Option<String>,
    /// Kind id.
    kind: Option<String>,
    /// County id.
    county: Option<String>,
    /// Words in the name, an alias, the pinyin or its initials.
    q: Option<String>,
}

/// Places by box, layer, kind, county or name. Features of a large layer are
/// listed where it is named; `q` is then a part of their name as it is written.
#[utoipa::path(
    get,
    path = "/api/places",
    tag = "places",
    params(ListParams, PagingParams),
    responses(
        (status = 200, body = Page<PlaceListed>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn list(data: Data, list: List<ListParams>) -> Result<Response, Problem> {
    let List { filter: params, paging } = list;
    if let Some(layer) = &params.layer {
        find_layer(&data.index, layer)?;
    }
    if let Some(kind) = &params.kind {
        known_kind(&data.index, kind)?;
    }
    if let Some(county) = &params.county {
        known_place(&data.index, county)?;
    }
    let filter = PlaceFilter {
        bounds: params.bbox.as_deref().map(bounds).transpose()?,
        layer: params.layer,
        kind: params.kind,
        county: params.county,
        words: params.q.filter(|words| !words.trim().is_empty()),
    };
    heavy(data, move |data, budget| {
        let index = &data.index;
        let number = filter.layer.as_deref().and_then(|id| index.atlas.layer_number(id));
        let Some(store) = number.and_then(|number| index.store(number)) else {
            return to_json(&paging.page(query::places(index, &filter), |place| place));
        };
        if filter.county.is_some() {
            let detail = "features of a large layer say no county; ask /api/places/{county}/within";
            return Err(Problem::unprocessable(detail));
        }
        let reader = Reader::new(store.clone());
        let rows = query::stored_places(&reader, &filter, budget)?;
        let page = paging.page(rows, |row| query::stored_listed(store, &reader, row));
        reader.check()?;
        to_json(&page)
    })
    .await
}

fn bounds(text: &str) -> Result<Rect<f64>, Problem> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|n| n.trim().parse()).collect();
    let numbers: Option<[f64; 4]> = numbers.ok().and_then(|n| n.try_into().ok());
    let Some([west, south, east, north]) = numbers else {
        let detail = format!("bbox is {text:?}; it takes four numbers: west,south,east,north");
        return Err(Problem::bad_request(detail));
    };
    let (west, south) = position(west, south)?;
    let (east, north) = position(east, north)?;
    if west > east || south > north {
        let detail = format!("bbox is {text:?}; west must not exceed east, nor south north");
        return Err(Problem::bad_request(detail));
    }
    Ok(Rect::new((west, south), (east, north)))
}

/// The dossier of a place: roles, projects, targets, tasks, discrepancies, neighbours, citations.
#[utoipa::path(
    get,
    path = "/api/places/{id}",
    tag = "places",
    params(("id" = String, Path, description = "Place id", example = "500235143")),
    responses(
        (status = 200, body = Dossier),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn dossier(data: Data, Segments(id): Segments<String>) -> Result<Response, Problem> {
    if let Some(place) = data.index.atlas.find_place(&id) {
        return to_json(&query::dossier(&data.index, place));
    }
    heavy(data, move |data, _| match query::stored_place(&data.index, &id)? {
        Some((store, place)) => to_json(&query::stored_dossier(&data.index, store, place)),
        None => Err(no_place(&id)),
    })
    .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SearchParams {
    /// Words in Chinese or English, pinyin, or initials: `pl` finds 盘龙.
    #[param(example = "pl")]
    q: String,
}

/// Places, projects, targets, tasks and organisations by name, best first.
#[utoipa::path(
    get,
    path = "/api/search",
    tag = "places",
    params(SearchParams, PagingParams),
    responses(
        (status = 200, body = Page<Found>),
        (status = 400, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn search(data: Data, list: List<SearchParams>) -> Result<Response, Problem> {
    let question = &list.filter.q;
    if question.chars().count() > 100 {
        return Err(Problem::bad_request("q is too long; at most 100 characters are taken"));
    }
    heavy(data, move |data, _| {
        let found = query::search(&data.index, &list.filter.q);
        to_json(&list.paging.page(found, |found| found))
    })
    .await
}
