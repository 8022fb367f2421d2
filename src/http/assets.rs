//! The web UI, out of the binary (or, in debug builds, from `web/dist` as it is on disk).

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::http::gate::Visitor;
use crate::http::problem::Problem;
use crate::http::{AppState, policy};
use crate::model::Audience;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Ui;

const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>规划图册 Plan Atlas</title>\
    <p>网页界面尚未构建，请运行 <code>make run</code>。</p>\
    <p lang=\"en\">The web UI is not built; run <code>make run</code>.</p>";

/// Answers everything that is no route: a file of the UI, or a problem.
pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let name = if path.is_empty() { "index.html" } else { path };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found(format!("there is nothing at /{path}")).into_response();
    }
    let is_page = name == "index.html";
    let mut response = match Ui::get(name) {
        Some(file) => answer(name, file),
        None if is_page => Html(NOT_BUILT).into_response(),
        None => return Problem::not_found(format!("there is nothing at /{path}")).into_response(),
    };
    // Workers have a policy of their own, which comes with their script; grounds are the page's matter.
    let policy = if is_page {
        let version = state.live.seen_by(audience(&state, &request));
        policy::of_page(&version.index.atlas.basemaps)
    } else {
        policy::of_page(&[])
    };
    policy::set(&mut response, &policy);
    response
}

fn answer(name: &str, file: EmbeddedFile) -> Response {
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

/// Whose view the page will show: a share link that is being opened counts already.
fn audience(state: &AppState, request: &Request) -> Audience {
    let visitor = state.gate.visitor(request.headers()).unwrap_or_default();
    let query = request.uri().query().unwrap_or_default();
    let link = query.split('&').find_map(|pair| pair.strip_prefix("share="));
    let grant = link.and_then(|token| state.gate.grant(token).ok());
    let visitor = grant.into_iter().fold(visitor, Visitor::with);
    visitor.scope(&state.gate).audience
}
