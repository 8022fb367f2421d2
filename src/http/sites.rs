//! Sites for investors: the list, the card of one, what lies around, and several side by side.

use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::{Params, Segments, position};
use crate::http::heavy::heavy;
use crate::http::operations::to_json;
use crate::http::places::{known_place, sound_radius};
use crate::http::problem::Problem;
use crate::index::IndexedAtlas;
use crate::model::PlaceIdx;
use crate::query::{self, Comparison, SiteCard, Sites, Surroundings};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sites))
        .routes(routes!(compare))
        .routes(routes!(site))
        .routes(routes!(around))
}

/// Metres around a site unless told otherwise: what is supplied from within a county's half.
const DEFAULT_RADIUS: f64 = 20_000.0;

/// How many sites are laid side by side.
const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;

/// How far to look, metres.
pub fn radius(asked: Option<f64>) -> Result<f64, Problem> {
    sound_radius(asked.unwrap_or(DEFAULT_RADIUS))
}

/// The place with this id, which some plan offers.
pub fn known_site(index: &IndexedAtlas, id: &str) -> Result<PlaceIdx, Problem> {
    let place = known_place(index, id)?;
    match index.atlas.site_at(place) {
        Some(_) => Ok(place),
        None => Err(Problem::not_found(format!("{id:?} is no site; /api/sites lists them"))),
    }
}

/// The sites to compare: ids of places, separated by commas.
pub fn compared(index: &IndexedAtlas, places: &str) -> Result<Vec<PlaceIdx>, Problem> {
    let mut found: Vec<PlaceIdx> = Vec::new();
    for id in places.split(',').filter(|id| !id.is_empty()) {
        let place = known_site(index, id)?;
        if found.contains(&place) {
            return Err(Problem::bad_request(format!("{id:?} is named twice in places")));
        }
        found.push(place);
    }
    if COMPARED.contains(&found.len()) {
        return Ok(found);
    }
    let count = found.len();
    Err(Problem::bad_request(format!("places names {count} sites; two to four are compared")))
}

/// The places that the plans offer to investors.
#[utoipa::path(
    get,
    path = "/api/sites",
    tag = "sites",
    responses((status = 200, body = Sites)),
)]
async fn sites(data: Data) -> Result<Response, Problem> {
    to_json(&query::sites(&data.index))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SiteParams {
    /// How far to look around, metres; 20 000 unless given.
    #[param(example = 20_000, minimum = 0, maximum = 200_000)]
    radius: Option<f64>,
}

/// All that is known of a site: role, what is sought, projects, targets, measures, surroundings.
#[utoipa::path(
    get,
    path = "/api/sites/{place}",
    tag = "sites",
    params(("place" = String, Path, description = "Place id", example = "yunyang:shuikou-cluster"), SiteParams),
    responses(
        (status = 200, body = SiteCard),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn site(
    data: Data,
    Segments(id): Segments<String>,
    Params(params): Params<SiteParams>,
) -> Result<Response, Problem> {
    let radius = radius(params.radius)?;
    let place = known_site(&data.index, &id)?;
    heavy(data, move |data, budget| to_json(&query::site_card(&data.index, place, radius, budget)?))
        .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CompareParams {
    /// Ids of two to four sites, separated by commas.
    #[param(example = "yunyang:shuikou-cluster,yunyang:huangling-cluster")]
    places: String,
    /// How far to look around each, metres; 20 000 unless given.
    #[param(example = 20_000, minimum = 0, maximum = 200_000)]
    radius: Option<f64>,
}

/// Two to four sites side by side: the same rows of each, and whether they differ.
#[utoipa::path(
    get,
    path = "/api/sites/compare",
    tag = "sites",
    params(CompareParams),
    responses(
        (status = 200, body = Comparison),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn compare(data: Data, Params(params): Params<CompareParams>) -> Result<Response, Problem> {
    let radius = radius(params.radius)?;
    let places = compared(&data.index, &params.places)?;
    heavy(data, move |data, budget| to_json(&query::compare(&data.index, &places, radius, budget)?))
        .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AroundParams {
    /// Longitude, degrees.
    #[param(example = 108.71, minimum = -180, maximum = 180)]
    lon: f64,
    /// Latitude, degrees.
    #[param(example = 30.907, minimum = -90, maximum = 90)]
    lat: f64,
    /// How far to look, metres; 20 000 unless given.
    #[param(example = 20_000, minimum = 0, maximum = 200_000)]
    radius: Option<f64>,
}

/// What lies around a point by category: raw materials, logistics, hospitals, scenic areas. Distances are
/// straight lines.
#[utoipa::path(
    get,
    path = "/api/around",
    tag = "sites",
    params(AroundParams),
    responses(
        (status = 200, body = Surroundings),
        (status = 400, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn around(data: Data, Params(params): Params<AroundParams>) -> Result<Response, Problem> {
    let (lon, lat) = position(params.lon, params.lat)?;
    let radius = radius(params.radius)?;
    heavy(data, move |data, budget| {
        to_json(&query::surroundings(&data.index, [lon, lat], radius, None, budget)?)
    })
    .await
}
