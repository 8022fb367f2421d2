//! Which data is served, and whether a newer change was refused: for operators as text, for the page
//! as JSON that costs next to nothing while nothing changes.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;
use crate::http::data::{Data, Refused, written};
use crate::http::operations::to_json;
use crate::http::problem::Problem;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(status))
}

/// How the data stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Status {
    /// Fingerprint of the data that is served.
    data_version: String,
    /// Since when it is served, RFC 3339.
    #[schema(value_type = String)]
    #[serde(serialize_with = "written")]
    loaded_at: Timestamp,
    /// The newest change of the data folder, where it has errors and was not taken over.
    #[schema(value_type = Option<Refused>)]
    refused: Option<Arc<Refused>>,
}

/// Which data is served, since when, and whether a newer change was refused. Its `ETag` changes with
/// any of these, so that a page may ask every few seconds.
#[utoipa::path(
    get,
    path = "/api/status",
    tag = "atlas",
    responses((status = 200, body = Status)),
)]
async fn status(data: Data, State(state): State<AppState>) -> Result<Response, Problem> {
    let refused = state.live.refused().map(|refused| told(&data, refused));
    let millisecond = |moment: Timestamp| moment.as_millisecond();
    let tag = format!(
        "W/\"{}-{:x}-{:x}\"",
        data.index.atlas.data_version,
        millisecond(data.loaded_at),
        refused.as_ref().map_or(0, |refused| millisecond(refused.at)),
    );
    let mut response = to_json(&Status {
        data_version: data.index.atlas.data_version.clone(),
        loaded_at: data.loaded_at,
        refused,
    })?;
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// What a refused change says to whoever asks: problems name places and records, of which they may not know.
fn told(data: &Data, refused: Arc<Refused>) -> Arc<Refused> {
    if data.is_staff() || data.is_all() && !refused.guarded {
        return refused;
    }
    Arc::new(Refused { problems: Vec::new(), ..Refused::clone(&refused) })
}

/// Ready as long as good data is served; a refused change is told in the lines below the first.
pub async fn readiness(data: Data, State(state): State<AppState>) -> String {
    let mut text = format!("ready, data version {}\n", data.index.atlas.data_version);
    if let Some(refused) = state.live.refused().map(|refused| told(&data, refused)) {
        let Refused { at, count, problems, .. } = refused.as_ref();
        let _ = writeln!(
            text,
            "数据文件夹有 {count} 个错误（{at}），未载入，仍用上一版本 \
             (a newer change of the data folder was refused, {count} errors; the last good data is served):"
        );
        for problem in problems {
            let _ = writeln!(text, "  {}\n  {}", problem.zh, problem.en);
        }
        if problems.len() < *count {
            let _ = writeln!(text, "  …");
        }
    }
    text
}
