//! The same handlers for a page that has no server: one atlas, one question at a time, nothing waits.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::http::{Method, Request, header};
use tower::Service;

use crate::http::problem::Problem;
use crate::http::questions;
use crate::index::IndexedAtlas;
use crate::tile::TileSet;

/// What every question shares.
#[derive(Clone)]
pub struct AppState {
    version: Arc<data::Version>,
    router: Router,
}

impl AppState {
    /// Prepares an atlas for questions.
    #[must_use]
    pub fn new(index: IndexedAtlas) -> Self {
        let tiles = TileSet::new(&index);
        let version = Arc::new(data::Version { index: Arc::new(index), tiles });
        let state = Self { version, router: Router::new() };
        let (api, _) = questions(utoipa::openapi::OpenApi::default()).split_for_parts();
        let nothing = async || Problem::not_found("there is nothing at this address");
        let router = api.merge(tiles::routes()).fallback(nothing).with_state(state.clone());
        Self { router, ..state }
    }
}

/// An answer, whole.
pub struct Reply {
    /// HTTP status code.
    pub status: u16,
    /// Media type.
    pub kind: String,
    /// What it says.
    pub body: Vec<u8>,
}

/// Answers a question: `GET` without a body, `POST` with one; `address` is path and query.
#[must_use]
pub fn ask(state: &AppState, address: &str, body: Option<Vec<u8>>) -> Reply {
    let method = if body.is_some() { Method::POST } else { Method::GET };
    let request = Request::builder().method(method).uri(address);
    let Ok(request) = request.body(body.map_or_else(Body::empty, Body::from)) else {
        let body = br#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the address is none"}"#;
        return Reply { status: 400, kind: "application/problem+json".into(), body: body.into() };
    };
    let response = now(state.router.clone().call(request)).unwrap_or_else(|never| match never {});
    let status = response.status().as_u16();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let body = now(whole(response.into_body()));
    Reply { status, kind, body }
}

async fn whole(body: Body) -> Vec<u8> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = std::future::poll_fn(|c| body.as_mut().poll_frame(c)).await {
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    bytes
}

/// What a future says that waits for nobody.
///
/// # Panics
/// When it waits: handlers only wait for threads and files, which there are none of here.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("a question waits for somebody"),
    }
}

/// The data, as handlers take it.
pub mod data {
    use std::convert::Infallible;
    use std::ops::Deref;
    use std::sync::Arc;

    use axum::extract::FromRequestParts;
    use axum::http::request::Parts;

    use super::AppState;
    use crate::index::IndexedAtlas;
    use crate::tile::TileSet;

    /// The data with all that was prepared from it.
    pub struct Version {
        /// The atlas and its indexes.
        pub index: Arc<IndexedAtlas>,
        /// Its geometry, prepared for tiles.
        pub tiles: TileSet,
    }

    /// The data that questions are answered from.
    #[derive(Clone)]
    pub struct Data(Arc<Version>);

    impl Deref for Data {
        type Target = Version;

        fn deref(&self) -> &Version {
            &self.0
        }
    }

    impl FromRequestParts<AppState> for Data {
        type Rejection = Infallible;

        async fn from_request_parts(_: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
            Ok(Self(state.version.clone()))
        }
    }
}

/// Work whose cost grows with what is asked: nobody else waits here.
pub mod heavy {
    use super::data::Data;
    use crate::http::problem::Problem;
    use crate::query::Budget;

    /// Runs a question.
    pub async fn heavy<T>(
        data: Data,
        question: impl FnOnce(&Data, &Budget) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        question(&data, &Budget::unlimited())
    }
}

/// Vector tiles.
pub mod tiles {
    use axum::Router;
    use axum::http::header;
    use axum::response::{IntoResponse, Response};
    use axum::routing::get;

    use super::AppState;
    use super::data::Data;
    use crate::crs::TileId;
    use crate::http::extract::Segments;
    use crate::http::places::no_layer;
    use crate::http::problem::Problem;
    use crate::query::Budget;
    use crate::tile::Keys;

    pub fn routes() -> Router<AppState> {
        Router::new().route("/tiles/{layer}/{z}/{x}/{y}", get(tile))
    }

    async fn tile(
        data: Data,
        Segments((id, z, x, y)): Segments<(String, u8, u32, String)>,
    ) -> Result<Response, Problem> {
        let layer = data.index.atlas.layer_number(&id).ok_or_else(|| no_layer(&id))?;
        let y = y.strip_suffix(".mvt").and_then(|y| y.parse().ok());
        let y = y.ok_or_else(|| Problem::not_found("vector tiles end in .mvt"))?;
        let tile = TileId::new(z, x, y).map_err(|error| Problem::bad_request(error.to_string()))?;
        let bytes = data.tiles.encode(layer, tile, Keys::ALL, &Budget::unlimited());
        let bytes = bytes.map_err(|unanswered| Problem::internal(&unanswered))?;
        Ok(([(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile")], bytes).into_response())
    }
}
