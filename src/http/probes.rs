//! What operators ask.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::http::problem::Problem;
use crate::http::{AppState, status};

/// Probes and counters: never cached, outside the description of the interface.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(status::readiness))
        .route("/metrics", get(metrics))
}

async fn metrics(State(state): State<AppState>) -> Result<Response, Problem> {
    let text = state.metrics.text().map_err(|error| Problem::internal(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
