//! The atlas as a whole, and answers as JSON.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::problem::Problem;
use crate::query::{Overview, overview};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(atlas))
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
