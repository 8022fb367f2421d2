//! What handlers take out of a request, with problems instead of axum's plain-text rejections.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::http::problem::Problem;
use crate::http::{AppState, MAX_BODY};
use crate::query::Page;

#[cfg(feature = "server")]
/// Characters that path and query of an address may have; a thousand layer ids fit.
const MAX_ADDRESS: usize = 8 * 1024;

/// Items of one page unless `limit` says otherwise.
const DEFAULT_LIMIT: usize = 100;

/// Items that one page may have.
const MAX_LIMIT: usize = 1000;

#[cfg(feature = "server")]
/// Refuses addresses nobody types or generates in good faith.
pub fn refuse_long_address(request: &Request) -> Result<(), Problem> {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > MAX_ADDRESS {
        let detail =
            format!("the address has {length} characters; at most {MAX_ADDRESS} are taken");
        return Err(Problem::rejected(StatusCode::URI_TOO_LONG, detail));
    }
    Ok(())
}

/// Query parameters. A parameter that the route does not know is an error, because a misspelt
/// filter that is silently ignored gives a wrong answer that looks right.
pub struct Params<T>(pub T);

impl<T, S> FromRequestParts<S> for Params<T>
where
    T: DeserializeOwned + IntoParams + Send + 'static,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        refuse_unknown(parts, &[names::<T>()])?;
        parse(parts).map(Self)
    }
}

/// Query parameters of a list: its filter, and which page is wanted.
pub struct List<F> {
    /// The filter.
    pub filter: F,
    /// The page.
    pub paging: Paging,
}

impl<F, S> FromRequestParts<S> for List<F>
where
    F: DeserializeOwned + IntoParams + Send + 'static,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        refuse_unknown(parts, &[names::<F>(), names::<PagingParams>()])?;
        let params: PagingParams = parse(parts)?;
        let limit = params.limit.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 || limit > MAX_LIMIT {
            let detail = format!("limit is {limit}; it runs from 1 to {MAX_LIMIT}");
            return Err(Problem::bad_request(detail));
        }
        let paging = Paging {
            limit,
            offset: params.offset.unwrap_or(0),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or("").to_owned(),
        };
        Ok(Self { filter: parse(parts)?, paging })
    }
}

fn parse<T: DeserializeOwned>(parts: &Parts) -> Result<T, Problem> {
    Query::try_from_uri(&parts.uri)
        .map(|Query(value)| value)
        .map_err(|rejection| Problem::bad_request(rejection.body_text()))
}

/// The names of parameters, kept when they are first asked for: what a route knows is spelt out in full for its
/// description, which costs more than most answers.
fn names<T: IntoParams + 'static>() -> &'static [String] {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, &'static [String]>>> =
        LazyLock::new(RwLock::default);
    let known =
        KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).copied();
    known.unwrap_or_else(|| {
        let spelt: Vec<String> =
            T::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        // A handful of types, each once.
        let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(TypeId::of::<T>()).or_insert_with(|| spelt.leak())
    })
}

fn refuse_unknown(parts: &Parts, known: &[&[String]]) -> Result<(), Problem> {
    let query = parts.uri.query().unwrap_or_default();
    if query.is_empty() {
        return Ok(());
    }
    let given = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    for name in given.filter(|name| !name.is_empty()) {
        if !known.iter().any(|names| names.iter().any(|k| k == name)) {
            let known = known.concat().join(", ");
            let detail = format!("there is no parameter {name:?} here; known are: {known}");
            return Err(Problem::bad_request(detail));
        }
    }
    Ok(())
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PagingParams {
    /// Items of the page, 1 to 1000; 100 unless given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// Items to leave out before it.
    #[param(minimum = 0)]
    offset: Option<usize>,
}

/// A page of a list, checked.
pub struct Paging {
    limit: usize,
    offset: usize,
    path: String,
    query: String,
}

impl Paging {
    /// Cuts the page out of `all` and spells its items out.
    pub fn page<T, V>(&self, all: Vec<T>, spell: impl FnMut(T) -> V) -> Page<V> {
        let total = all.len();
        let items: Vec<V> = all.into_iter().skip(self.offset).take(self.limit).map(spell).collect();
        let end = self.offset.saturating_add(items.len());
        let next = (end < total && !items.is_empty()).then(|| self.address(end));
        Page { total, items, next }
    }

    fn address(&self, offset: usize) -> String {
        let kept = self.query.split('&').filter(|pair| {
            !pair.is_empty() && !pair.starts_with("offset=") && !pair.starts_with("limit=")
        });
        let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
        pairs.push(format!("limit={}", self.limit));
        pairs.push(format!("offset={offset}"));
        format!("{}?{}", self.path, pairs.join("&"))
    }
}

/// Path parameters.
pub struct Segments<T>(pub T);

impl<T, S> FromRequestParts<S> for Segments<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(rejection) => Err(Problem::bad_request(rejection.body_text())),
        }
    }
}

/// A request body, read whole.
pub struct Body(pub Bytes);

impl FromRequest<AppState> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let too_large = || {
            let detail = format!("the body is too large; at most {MAX_BODY} bytes are taken");
            Err(Problem::rejected(StatusCode::PAYLOAD_TOO_LARGE, detail))
        };
        // What says so of itself need not arrive first.
        let said = request.headers().get(header::CONTENT_LENGTH);
        let said = said.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if said.is_some_and(|length| length > MAX_BODY as u64) {
            return too_large();
        }
        match arrived(request, state).await? {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            Err(rejection) => Err(Problem::rejected(rejection.status(), rejection.body_text())),
        }
    }
}

/// The bytes of a body, unless they take too long: who sends one after the other must not have a connection for ever.
#[cfg(feature = "server")]
async fn arrived(
    request: Request,
    state: &AppState,
) -> Result<Result<Bytes, BytesRejection>, Problem> {
    let limit = state.edges.patience.body;
    tokio::time::timeout(limit, Bytes::from_request(request, state)).await.map_err(|_| {
        let detail = format!("the body has not arrived within {} seconds", limit.as_secs_f32());
        Problem::rejected(StatusCode::REQUEST_TIMEOUT, detail)
    })
}

#[cfg(not(feature = "server"))]
async fn arrived(
    request: Request,
    state: &AppState,
) -> Result<Result<Bytes, BytesRejection>, Problem> {
    Ok(Bytes::from_request(request, state).await)
}

/// A position in degrees, checked.
pub fn position(lon: f64, lat: f64) -> Result<(f64, f64), Problem> {
    if !(-180.0..=180.0).contains(&lon) {
        return Err(Problem::bad_request(format!(
            "lon is {lon}; it runs from -180 to 180 degrees"
        )));
    }
    if !(-90.0..=90.0).contains(&lat) {
        return Err(Problem::bad_request(format!("lat is {lat}; it runs from -90 to 90 degrees")));
    }
    Ok((lon, lat))
}
