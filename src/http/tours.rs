//! Guided tours through the map.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::query::{self, Tours};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(tours))
}

/// The guided tours: views of the map in order, what is said to each, and what it is about.
#[utoipa::path(
    get,
    path = "/api/tours",
    tag = "atlas",
    responses((status = 200, body = Tours)),
)]
async fn tours(data: Data) -> Result<Response, Problem> {
    to_json(&query::tours(&data.index))
}
