//! Themes: measures that can be laid over the places of a layer.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::{Params, Segments};
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::query::{self, ThemeError, ThemeFilter, ThemeValues, Themes};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(themes)).routes(routes!(theme))
}

/// The themes that this atlas has values for.
#[utoipa::path(
    get,
    path = "/api/themes",
    tag = "themes",
    responses((status = 200, body = Themes)),
)]
async fn themes(data: Data) -> Result<Response, Problem> {
    to_json(&query::themes(&data.index))
}

/// One theme: a number for every place of its layer.
#[utoipa::path(
    get,
    path = "/api/themes/{id}",
    tag = "themes",
    params(("id" = String, Path, description = "Theme id", example = "projects"), ThemeFilter),
    responses((status = 200, body = ThemeValues), (status = 400, body = Problem), (status = 404, body = Problem)),
)]
async fn theme(
    data: Data,
    Segments(id): Segments<String>,
    Params(filter): Params<ThemeFilter>,
) -> Result<Response, Problem> {
    let answer = query::theme(&data.index, &id, &filter).map_err(|error| match error {
        ThemeError::NotBy { .. } => Problem::bad_request(error.to_string()),
        ThemeError::Unknown(_) | ThemeError::Value(_) => Problem::not_found(error.to_string()),
    })?;
    to_json(&answer)
}
