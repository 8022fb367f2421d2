//! Spatial questions whose work grows with what is asked.

use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::data::Data;
use crate::http::extract::{Body, Params, Segments};
use crate::http::heavy::heavy;
use crate::http::operations::to_json;
use crate::http::places::no_place;
use crate::http::problem::Problem;
use crate::http::{AppState, geojson};
use crate::query::{self, AreaError, OwnRef, Pairs, PlaceRef, Than, Within};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(within))
        .routes(routes!(within_place))
        .routes(routes!(pairs))
        .routes(routes!(pairs_with))
}

/// Metres around a geometry within which places are listed, at most.
const MAX_AROUND: f64 = 200_000.0;

/// Metres that pairs may be asked to be apart, at most.
const MAX_APART: f64 = 1_000_000.0;

fn metres(distance: f64, most: f64) -> Result<f64, Problem> {
    if (0.0..=most).contains(&distance) {
        return Ok(distance);
    }
    let detail = format!("distance is {distance}; it runs from 0 to {most} metres");
    Err(Problem::bad_request(detail))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WithinParams {
    /// Metres around the geometry, at most 200 000; 0 unless given. Lines and points need it.
    #[param(example = 1000, minimum = 0, maximum = 200_000)]
    distance: Option<f64>,
}

/// What lies in an area (a GeoJSON Polygon or MultiPolygon, bare or in a Feature), or within a
/// distance of any geometry: around a point, along a line.
#[utoipa::path(
    post,
    path = "/api/within",
    tag = "places",
    params(WithinParams),
    request_body(content = Object, content_type = "application/geo+json"),
    responses(
        (status = 200, body = Within),
        (status = 400, body = Problem),
        (status = 413, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn within(
    data: Data,
    Params(params): Params<WithinParams>,
    Body(body): Body,
) -> Result<Response, Problem> {
    let distance = metres(params.distance.unwrap_or(0.0), MAX_AROUND)?;
    heavy(data, move |data, budget| {
        let geometry = geojson::geometry(&body)?;
        to_json(&query::within(&data.index, geometry, distance, budget)?)
    })
    .await
}

/// What lies in the outline of a place, or within a distance of it. The place itself is listed too.
#[utoipa::path(
    get,
    path = "/api/places/{id}/within",
    tag = "places",
    params(("id" = String, Path, description = "Place id", example = "500235143"), WithinParams),
    responses(
        (status = 200, body = Within),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn within_place(
    data: Data,
    Segments(id): Segments<String>,
    Params(params): Params<WithinParams>,
) -> Result<Response, Problem> {
    let distance = metres(params.distance.unwrap_or(0.0), MAX_AROUND)?;
    heavy(data, move |data, budget| {
        let index = &data.index;
        if let Some(place) = index.atlas.find_place(&id) {
            return to_json(&query::within_place(index, place, distance, budget)?);
        }
        let Some((_, feature)) = query::stored_place(index, &id)? else {
            return Err(no_place(&id));
        };
        let geometry = feature.geometry.ok_or(AreaError::Unlocated(id))?;
        to_json(&query::within_known(index, &geometry, distance, budget)?)
    })
    .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PairsParams {
    /// Layer id: the places asked about.
    #[param(example = "herbs")]
    a: String,
    /// Classes of its legend, ids separated by commas; all unless given.
    a_class: Option<String>,
    /// Layer id: what they are measured to.
    #[param(example = "medical")]
    b: String,
    /// Classes of its legend, ids separated by commas; all unless given.
    #[param(example = "medical-centre")]
    b_class: Option<String>,
    /// `farther` than the distance, or `nearer`, which includes the distance itself.
    #[param(inline, example = "farther")]
    than: Than,
    /// Metres, at most 1 000 000.
    #[param(example = 15000, minimum = 0, maximum = 1_000_000)]
    distance: f64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PairsWithParams {
    /// Layer id: the places asked about.
    #[param(example = "herbs")]
    a: String,
    /// Classes of its legend, ids separated by commas; all unless given.
    a_class: Option<String>,
    /// `farther` than the distance, or `nearer`, which includes the distance itself.
    #[param(inline, example = "farther")]
    than: Than,
    /// Metres, at most 1 000 000.
    #[param(example = 15000, minimum = 0, maximum = 1_000_000)]
    distance: f64,
}

/// Refuses large layers: every feature of the one side would be measured to every feature of the other.
fn in_memory(data: &Data, layer: &str) -> Result<(), Problem> {
    let index = &data.index;
    let store = index.atlas.layer_number(layer).and_then(|number| index.store(number));
    store.map_or(Ok(()), |store| {
        Err(Problem::unprocessable(format!(
            "{layer:?} is a large layer of {} features, which pairs does not measure; ask /api/near?layers={layer} around each place, or raise large_files_mb in atlas.toml above the size of {}",
            store.len(),
            store.file(),
        )))
    })
}

/// Places of a layer by how far the nearest place of another is, from the point that stands for the
/// one (the seat of a township) to the nearest point of the other. A place is never its own nearest.
#[utoipa::path(
    get,
    path = "/api/pairs",
    tag = "places",
    params(PairsParams),
    responses(
        (status = 200, body = Pairs<PlaceRef>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn pairs(data: Data, Params(params): Params<PairsParams>) -> Result<Response, Problem> {
    let distance = metres(params.distance, MAX_APART)?;
    heavy(data, move |data, budget| {
        in_memory(data, &params.a)?;
        in_memory(data, &params.b)?;
        let a = query::chosen(&data.index, ("a", "a_class"), &params.a, &params.a_class)?;
        let b = query::chosen(&data.index, ("b", "b_class"), &params.b, &params.b_class)?;
        to_json(&query::pairs(&data.index, &a, &b, (params.than, distance), budget)?)
    })
    .await
}

/// The same measured to a layer of one's own: a GeoJSON FeatureCollection, Feature or geometry of at
/// most 5 000 features and 50 000 positions.
#[utoipa::path(
    post,
    path = "/api/pairs",
    tag = "places",
    params(PairsWithParams),
    request_body(content = Object, content_type = "application/geo+json"),
    responses(
        (status = 200, body = Pairs<OwnRef>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 413, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn pairs_with(
    data: Data,
    Params(params): Params<PairsWithParams>,
    Body(body): Body,
) -> Result<Response, Problem> {
    let distance = metres(params.distance, MAX_APART)?;
    heavy(data, move |data, budget| {
        in_memory(data, &params.a)?;
        let a = query::chosen(&data.index, ("a", "a_class"), &params.a, &params.a_class)?;
        let own = geojson::features(&body)?;
        let answer = query::pairs_with(&data.index, &a, &own, (params.than, distance), budget)?;
        to_json(&answer)
    })
    .await
}
