//! What a server needs around the handlers: state that is exchanged while requests are under way, limits,
//! compression, logs; tiles, pictures, exports and the services of other programs beside the questions.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{HeaderName, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower::ServiceBuilder;
use tower::util::{MapRequestLayer, MapResponseLayer, option_layer};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::field::display;
use tracing::{Level, Span};
use utoipa::openapi::OpenApi as OpenApiDocument;
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::grant::Key;
use crate::http::audit::Audit;
use crate::http::client::{Client, identified};
use crate::http::data::{Live, Said};
use crate::http::description::{Description, EveryFieldPresent, ProblemMediaType};
use crate::http::doors::Doors;
use crate::http::edges::{Edges, Rate};
use crate::http::gate::Gate;
use crate::http::heavy::{Heavy, Limits};
use crate::http::metrics::{Counted, Metrics};
use crate::http::policy::Frames;
use crate::http::problem::Problem;
use crate::http::rate::Meter;
use crate::http::{
    MAX_BODY, assets, basemaps, conditional, export, extract, ogc, operations, pictures, probes,
    problem, questions, reports, session, status, tiles, wms, wmts,
};
use crate::index::IndexedAtlas;
use crate::model::Audience;
use crate::painter::Painter;

/// Sign-ins of one address that may be refused: whoever mistypes tries again, nobody guesses a signature.
const TRIES: Rate = Rate { per_second: 1, burst: 10 };

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
    pub(super) edges: Arc<Edges>,
    /// Places for connections.
    pub(super) doors: Arc<Doors>,
    /// What each address asks, where that is limited.
    meter: Option<Arc<Meter>>,
    /// Sign-ins that were refused, by address.
    pub(super) tries: Arc<Meter>,
    /// The record of who did what.
    pub(super) audit: Audit,
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
        let edges = Edges::default();
        let doors = Arc::new(Doors::new(edges.connections, Vec::new(), metrics.clone()));
        Self {
            live,
            metrics,
            heavy,
            painter,
            gate: Arc::default(),
            edges: Arc::new(edges),
            doors,
            meter: None,
            tries: Arc::new(Meter::new(TRIES)),
            audit: Audit::default(),
        }
    }

    /// Meets the network in another way than by default.
    ///
    /// # Errors
    /// When the audit log cannot be written.
    pub fn edged(self, edges: Edges) -> std::io::Result<Self> {
        let doors = Doors::new(edges.connections, edges.proxies.clone(), self.metrics.clone());
        let meter = edges.rate.map(|rate| Arc::new(Meter::new(rate)));
        let audit = Audit::open(edges.audit.clone())?;
        Ok(Self { doors: Arc::new(doors), meter, audit, edges: Arc::new(edges), ..self })
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

/// Lets these pages of other origins read what everybody sees: they cannot send the cookies of ours.
fn open_to_reading(edges: &Edges) -> CorsLayer {
    let readers = edges.reader_values().map_or_else(|| Any.into(), AllowOrigin::list);
    CorsLayer::new()
        .allow_origin(readers)
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
    let is_open = !state.edges.readers.is_empty() && state.gate.everybody == Audience::Public;
    let to_others = is_open.then(|| open_to_reading(&state.edges));
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
    let edges = state.edges.clone();
    let (frames, patience) = (Frames::of(&edges.frames), edges.patience);
    routes.layer(
        ServiceBuilder::new()
            .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
            .layer(MapRequestLayer::new(move |request| identified(request, &edges.proxies)))
            .layer(MapResponseLayer::new(move |response| frames.put(response)))
            .layer(RequestBodyTimeoutLayer::new(patience.pause))
            .layer(MapRequestBodyLayer::new(Body::new))
            .layer(
                TraceLayer::new_for_http()
                    .make_span_with(span)
                    .on_response(DefaultOnResponse::new().level(Level::INFO))
                    // Being busy is no error; what went wrong is logged where it did.
                    .on_failure(()),
            )
            .layer(PropagateRequestIdLayer::new(request_id))
            .layer(CompressionLayer::new().compress_when(not_compressed_yet()))
            .layer(CatchPanicLayer::custom(problem::panicked))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(from_fn_with_state(state, looked_at)),
    )
}

/// What log lines of a request begin with.
fn span(request: &Request) -> Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let client = request.extensions().get::<Client>().map(|Client(address)| display(*address));
    let uri = without_token(request.uri());
    tracing::info_span!("request", method = %request.method(), uri = %uri, client, id)
}

/// An address as it may be written down: whoever reads the token of a share link in a log could open it.
fn without_token(uri: &Uri) -> Cow<'_, str> {
    let whole = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    match whole.split_once("share=") {
        Some((before, token)) => {
            let rest = token.find('&').map_or("", |end| &token[end..]);
            format!("{before}share=…{rest}").into()
        }
        None => whole.into(),
    }
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

/// Refuses what an address asks beyond what one may ask. Probes are not asked for by people.
fn refuse_too_many(state: &AppState, request: &Request) -> Result<(), Problem> {
    let is_probe = ["/healthz", "/readyz"].contains(&request.uri().path());
    let client = request.extensions().get::<Client>().filter(|_| !is_probe);
    let (Some(meter), Some(Client(client))) = (&state.meter, client) else { return Ok(()) };
    meter.admit(*client).map_err(|wait| {
        state.metrics.over_rate();
        Problem::too_many(wait)
    })
}

/// What is looked at of every request: how much its address asks, how long its own is, and how long it takes.
async fn looked_at(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let counted = Counted::begin(&request);
    let refused = refuse_too_many(&state, &request)
        .and_then(|()| extract::refuse_long_address(&request))
        .and_then(|()| refuse_foreign_host(&state, &request));
    let response = match refused {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    counted.end(&state.metrics, &response);
    response
}
