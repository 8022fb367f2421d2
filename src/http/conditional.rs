//! Conditional requests: the data version is the `ETag` of everything derived from the data.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::data::Data;

/// Answers 304 when the client has this version already, and tags what it gets otherwise. An answer
/// that does not follow from the data alone brings its own tag.
///
/// The tag is weak: the same answer may be sent plain or compressed.
pub async fn answer_unchanged(data: Data, request: Request, next: Next) -> Response {
    let reading = request.method().is_safe();
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    // What says of itself how long it may be kept is not derived from the data alone.
    let own = response.headers().contains_key(header::CACHE_CONTROL);
    if !reading || own || response.status() != StatusCode::OK {
        return response;
    }
    let tag = response.headers().get(header::ETAG).unwrap_or(&data.etag).clone();
    if known.is_some_and(|known| names(&known, &tag)) {
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    let caching = if data.is_public() { "no-cache" } else { "no-cache, private" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// Whether `If-None-Match` names a tag, compared weakly (RFC 9110, section 13.1.2).
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(strong).any(|known| known == "*" || known == strong(tag))
}
