//! The atlas as a whole, and what operators ask.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::problem::Problem;
use crate::http::status;
use crate::query::{Overview, overview};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(atlas))
}

/// Probes and counters: never cached, outside the description of the interface.
pub fn probes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(status::readiness))
        .route("/metrics", get(metrics))
}

/// Serialises an answer.
pub fn to_json(answer: &impl Serialize) -> Result<Response, Problem> {
    serde_json::to_string(answer).map(|text| json(&text)).map_err(|error| Problem::internal(&error))
}

/// A JSON answer from its text.
pub fn json(text: &str) -> Response {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text.to_owned()).into_response()
}

/// The atlas at a glance: plans, layers with counts and legends, vocabularies, data version.
#[utoipa::path(
    get,
    path = "/api/atlas",
    tag = "atlas",
    responses((status = 200, body = Overview)),
)]
async fn atlas(data: Data) -> Result<Response, Problem> {
    to_json(&overview(&data.index))
}

async fn metrics(State(state): State<AppState>) -> Result<Response, Problem> {
    let text = state.metrics.text().map_err(|error| Problem::internal(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
