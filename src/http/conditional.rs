//! Conditional requests: the data version is the `ETag` of everything derived from the data.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::AppState;

/// Answers 304 when the client has this version already, and tags what it gets otherwise.
///
/// The tag is weak: the same answer may be sent plain or compressed.
pub async fn answer_unchanged(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let reading = request.method().is_safe();
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let unchanged = known.is_some_and(|tags| {
        let current = state.etag.to_str().unwrap_or_default().trim_start_matches("W/");
        tags.split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == current || tag == "*")
    });
    let mut response = next.run(request).await;
    // What says of itself how long it may be kept is not derived from the data alone.
    let own = response.headers().contains_key(header::CACHE_CONTROL);
    if !reading || own || response.status() != StatusCode::OK {
        return response;
    }
    if unchanged {
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    let headers = response.headers_mut();
    headers.insert(header::ETAG, state.etag.clone());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
