//! What a server needs around the handlers: state that is exchanged while requests are under way, limits,
//! compression, logs; tiles, pictures, exports and the services of other programs beside the questions.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower::ServiceBuilder;
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::{Any, CorsLayer};
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;
use utoipa::openapi::OpenApi as OpenApiDocument;
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::grant::Key;
use crate::http::data::{Live, Said};
use crate::http::description::{Description, EveryFieldPresent, ProblemMediaType};
use crate::http::gate::Gate;
use crate::http::heavy::{Heavy, Limits};
use crate::http::metrics::{Counted, Metrics};
use crate::http::problem::Problem;
use crate::http::{
    MAX_BODY, assets, basemaps, conditional, export, extract, ogc, operations, pictures, probes,
    problem, questions, reports, session, status, tiles, wms, wmts,
};
use crate::index::IndexedAtlas;
use crate::model::Audience;
use crate::painter::Painter;

/// How long a client may pause while it sends a body.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Changes with every build, whose answers may differ for the same data: version, size and time of
/// the program file.
pub(super) fn program_version() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    let built = file.as_ref().and_then(|f| f.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let size = file.map_or(0, |f| f.len());
    format!("{}.{size:x}.{:x}", env!("CARGO_PKG_VERSION"), built.map_or(0, |t| t.as_secs()))
}

/// What every request shares.
#[derive(Clone)]
pub struct AppState {
    pub(super) live: Arc<Live>,
    pub(super) metrics: Arc<Metrics>,
    /// Turns for questions whose work grows with what is asked.
    pub(super) heavy: Arc<Heavy>,
    pub(super) painter: Arc<Painter>,
    pub(super) gate: Arc<Gate>,
}

impl AppState {
    /// Prepares an indexed atlas for serving.
    #[must_use]
    pub fn new(index: IndexedAtlas) -> Self {
        Self::limited(index, Limits::default())
    }

    /// The same with limits of one's own.
    #[must_use]
    pub fn limited(index: IndexedAtlas, limits: Limits) -> Self {
        let metrics: Arc<Metrics> = Arc::default();
        let heavy = Arc::new(Heavy::new(limits, metrics.clone()));
        let painter = Arc::new(Painter::none());
        let live = Arc::new(Live::new(index));
        Self { live, metrics, heavy, painter, gate: Arc::default() }
    }

    /// Lets people in whose grants were signed with this key; everybody else sees what `everybody` sees.
    #[must_use]
    pub fn gated(self, key: Option<Key>, everybody: Audience) -> Self {
        Self { gate: Arc::new(Gate { key, everybody }), ..self }
    }

    /// Has dense pictures painted by a painter.
    #[must_use]
    pub fn painted_by(self, painter: Arc<Painter>) -> Self {
        Self { painter, ..self }
    }

    /// The version of the data that is served.
    #[must_use]
    pub fn data_version(&self) -> String {
        self.live.version().index.atlas.data_version.clone()
    }

    /// Whether the files of the large layers that are served are still as they were when they were read.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.live.version().index.stores().all(|(_, store)| store.check().is_ok())
    }

    /// Serves another atlas from now on, in one step. Prepares it on the calling thread, which takes
    /// as long as at the start: not for a thread that answers.
    pub fn exchange(&self, index: IndexedAtlas) {
        self.live.exchange(index);
        self.metrics.exchanged();
    }

    /// Goes on with what is served and says that a newer change has `count` errors, and the first
    /// `problems` of them; `guarded` where something is kept from somebody in it.
    pub fn refuse(&self, count: usize, problems: Vec<Said>, guarded: bool) {
        self.live.refuse(count, problems, guarded);
        self.metrics.refused();
    }

    /// Says that there is no newer change any more: the folder holds again what is served.
    pub fn unchanged(&self) {
        self.live.refuse(0, Vec::new(), false);
        self.metrics.unchanged();
    }
}

fn routes() -> OpenApiRouter<AppState> {
    questions(Description::openapi())
        .merge(export::routes())
        .merge(pictures::routes())
        .merge(reports::routes())
        .merge(status::routes())
}

/// The routes that answer from the data; those that say who asks; and the description of both.
fn described() -> (Router<AppState>, Router<AppState>, OpenApiDocument) {
    let (api, mut document) = routes().split_for_parts();
    let (session, of_session) = session::routes().split_for_parts();
    document.merge(of_session);
    EveryFieldPresent.modify(&mut document);
    ProblemMediaType.modify(&mut document);
    (api, session, document)
}

/// What compression gains on: not pictures, not streams, not archives.
fn not_compressed_yet() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new(basemaps::PMTILES))
        .and(NotForContentType::const_new(export::ZIP))
}

/// A route that is only read. Browsers ask with OPTIONS first; [`open_to_reading`] answers, but only
/// on a route that has the method.
pub(super) fn reading<H: Handler<T, AppState>, T: 'static>(handler: H) -> MethodRouter<AppState> {
    get(handler).options(|| async { StatusCode::NO_CONTENT })
}

/// Lets pages of other origins read what everybody sees: they cannot send the cookies of ours.
fn open_to_reading() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(Any)
        .expose_headers([header::ETAG, header::LINK, HeaderName::from_static("content-crs")])
}

/// The OpenAPI document of the interface, as pretty JSON.
///
/// # Panics
/// Never: the document is built from types known at compile time.
#[must_use]
pub fn openapi() -> String {
    described().2.to_pretty_json().expect("the description of our own types serialises")
}

/// The whole application.
pub fn app(state: AppState) -> Router {
    let (api, session, document) = described();
    let document: Arc<str> = document.to_json().unwrap_or_default().into();
    let conditional = from_fn_with_state(state.clone(), conditional::answer_unchanged);
    // Where everybody is taken for somebody, pages of other origins would be, too.
    let to_others = (state.gate.everybody == Audience::Public).then(open_to_reading);
    let clients = tiles::routes().merge(wms::routes()).merge(wmts::routes()).merge(ogc::routes());
    let routes = api
        .merge(clients.layer(option_layer(to_others)))
        .route("/openapi.json", get(|| async move { operations::json(&document) }))
        .layer(conditional)
        .merge(session)
        .merge(probes::routes())
        .merge(basemaps::routes())
        .fallback(assets::serve)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(state.clone());
    guarded(routes, state)
}

/// What every request passes, from the outside in. One stack, and not one layer after the other: a router
/// boxes each of its layers, and copies them all for every request.
fn guarded(routes: Router, state: AppState) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    let span = |request: &Request| {
        let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
        tracing::info_span!("request", method = %request.method(), uri = %request.uri(), id)
    };
    let answered = DefaultOnResponse::new().level(Level::INFO);
    let header =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    routes.layer(
        ServiceBuilder::new()
            .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
            .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE))
            .layer(MapRequestBodyLayer::new(Body::new))
            .layer(TraceLayer::new_for_http().make_span_with(span).on_response(answered))
            .layer(PropagateRequestIdLayer::new(request_id))
            .layer(header(header::REFERRER_POLICY, "same-origin"))
            .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(CompressionLayer::new().compress_when(not_compressed_yet()))
            .layer(CatchPanicLayer::custom(problem::panicked))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(from_fn_with_state(state, looked_at)),
    )
}

/// Where everybody is taken for somebody, only the machine's own names and numbers are answered: the name of a
/// foreign page can be made to lead here (DNS rebinding), and that page would then read what it gets.
fn refuse_foreign_host(state: &AppState, request: &Request) -> Result<(), Problem> {
    let own = || {
        let host = request.headers().get(header::HOST)?.to_str().ok()?;
        let name = host.parse::<Authority>().ok()?;
        let name = name.host().trim_matches(['[', ']']);
        Some(name == "localhost" || name.parse::<IpAddr>().is_ok())
    };
    if state.gate.everybody == Audience::Public || own() == Some(true) {
        return Ok(());
    }
    Err(Problem::forbidden(
        "this server answers to localhost and to numbers only (plan-atlas serve --audience)",
    ))
}

/// What is looked at of every request: how long its address is, and how long it takes.
async fn looked_at(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let counted = Counted::begin(&request);
    let refused = extract::refuse_long_address(&request);
    let response = match refused.and_then(|()| refuse_foreign_host(&state, &request)) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    counted.end(&state.metrics, &response);
    response
}
