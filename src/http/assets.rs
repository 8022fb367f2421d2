//! The web UI, out of the binary (or, in debug builds, from `web/dist` as it is on disk).

use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::http::problem::Problem;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Ui;

const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>规划图册 Plan Atlas</title>\
    <p>网页界面尚未构建，请运行 <code>make run</code>。</p>\
    <p lang=\"en\">The web UI is not built; run <code>make run</code>.</p>";

/// Answers everything that is no route: a file of the UI, or a problem.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let name = if path.is_empty() { "index.html" } else { path };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found(format!("there is nothing at /{path}")).into_response();
    }
    let Some(file) = Ui::get(name) else {
        if path.is_empty() {
            return ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT)
                .into_response();
        }
        return Problem::not_found(format!("there is nothing at /{path}")).into_response();
    };
    // Names under assets/ carry a hash of their content, so they never change.
    let caching = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut kind = file.metadata.mimetype().to_owned();
    if kind.starts_with("text/") {
        kind.push_str("; charset=utf-8");
    }
    let kind = HeaderValue::from_str(&kind)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static(caching))];
    (headers, file.data).into_response()
}
