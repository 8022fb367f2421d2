//! Signing in, opening share links, and making them.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::audience::version;
use crate::grant::{Grant, MAX_LENGTH, Share};
use crate::http::AppState;
use crate::http::audit::{Event, Witness};
use crate::http::data::{Data, written};
use crate::http::extract::{Body, Params};
use crate::http::gate::{self, Visitor, scope_of};
use crate::http::operations::to_json;
use crate::http::origin::origin;
use crate::http::problem::Problem;
use crate::model::Audience;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(session, sign_in, sign_out)).routes(routes!(share))
}

/// Days that a share link opens, at most.
const MAX_DAYS: i64 = 366;

/// Who asks, and what they were given.
#[derive(Debug, Serialize, ToSchema)]
struct Session {
    /// What they see.
    audience: Audience,
    /// Who signed in.
    holder: Option<String>,
    /// Until when that holds, RFC 3339.
    #[schema(value_type = Option<String>)]
    #[serde(serialize_with = "maybe_written")]
    until: Option<Timestamp>,
    /// The share link they opened.
    share: Option<Share>,
    /// Whether the data has changed since that link was made.
    changed: bool,
    /// Whether people can sign in here and make links.
    has_key: bool,
    /// Why what they brought was refused.
    refused: Option<String>,
}

#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn maybe_written<S: serde::Serializer>(
    moment: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => written(moment, serializer),
        None => serializer.serialize_none(),
    }
}

impl Session {
    fn of(state: &AppState, visitor: &Visitor, refused: Option<&Problem>) -> Self {
        let atlas = &state.live.version().index.atlas;
        let scope = visitor.scope(&state.gate);
        let changed = visitor
            .share
            .as_ref()
            .is_some_and(|share| share.data_version != version(atlas, &scope));
        Self {
            audience: scope.audience,
            holder: visitor.pass.as_ref().map(|pass| pass.holder.clone()),
            until: visitor.pass.as_ref().map(|pass| pass.until),
            share: visitor.share.clone(),
            changed,
            has_key: state.gate.key.is_some(),
            refused: refused.map(|problem| problem.detail().to_owned()),
        }
    }
}

/// Who you are here: what you see, until when, and which share link is open.
#[utoipa::path(
    get,
    path = "/api/session",
    tag = "session",
    responses((status = 200, body = Session)),
)]
async fn session(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    let session = match state.gate.visitor(&headers) {
        Ok(visitor) => Session::of(&state, &visitor, None),
        Err(problem) => Session::of(&state, &Visitor::default(), Some(&problem)),
    };
    to_json(&session).map(kept_nowhere)
}

/// What was given out: a pass made by `plan-atlas token`, or the token of a share link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    token: String,
}

/// Signs in with a pass, or opens a share link: a cookie keeps it until it ends.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, body = Session),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 415, body = Problem),
        (status = 429, body = Problem),
        (status = 507, body = Problem),
    ),
)]
async fn sign_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    witness: Witness,
    Body(body): Body,
) -> Result<Response, Problem> {
    let SignIn { token } = read(&headers, &body)?;
    let token = token.trim();
    let grant = match state.gate.grant(token) {
        Ok(grant) => grant,
        Err(problem) => {
            // Nobody fills the record, or tries token after token.
            witness.admit(&state.tries)?;
            witness.note(Event::Refused { reason: problem.detail().to_owned() }).await?;
            return Err(problem);
        }
    };
    let name = match &grant {
        Grant::Pass(pass) => {
            let event = Event::SignedIn { audience: pass.audience, until: pass.until };
            witness.of(&pass.holder).note(event).await?;
            gate::PASS
        }
        Grant::Share(share) => {
            let (audience, layers, until) = (share.audience, share.layers.clone(), share.until);
            witness.note(Event::ShareOpened { audience, layers, until }).await?;
            gate::SHARE
        }
    };
    let seconds = grant.until().duration_since(Timestamp::now()).as_secs().max(0);
    // What was brought before is replaced, sound or not.
    let visitor = state.gate.visitor(&headers).unwrap_or_default().with(grant);
    let mut response = to_json(&Session::of(&state, &visitor, None)).map(kept_nowhere)?;
    set_cookie(&mut response, &headers, name, token, seconds);
    Ok(response)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SignOutParams {
    /// `true` leaves the share link only, and stays signed in.
    share: Option<bool>,
}

/// Signs out, and leaves the share link.
#[utoipa::path(
    delete,
    path = "/api/session",
    tag = "session",
    params(SignOutParams),
    responses((status = 200, body = Session), (status = 400, body = Problem)),
)]
async fn sign_out(
    State(state): State<AppState>,
    headers: HeaderMap,
    Params(params): Params<SignOutParams>,
) -> Result<Response, Problem> {
    let stays = params.share == Some(true);
    let mut visitor = state.gate.visitor(&headers).unwrap_or_default();
    visitor.share = None;
    if !stays {
        visitor.pass = None;
    }
    let mut response = to_json(&Session::of(&state, &visitor, None)).map(kept_nowhere)?;
    set_cookie(&mut response, &headers, gate::SHARE, "", 0);
    if !stays {
        set_cookie(&mut response, &headers, gate::PASS, "", 0);
    }
    Ok(response)
}

/// What a share link is to show.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShareWish {
    /// Ids of the layers; nothing else will be there.
    layers: Vec<String>,
    /// Id of the place that is shown first.
    #[serde(default)]
    place: Option<String>,
    /// `zh` or `en`.
    language: String,
    /// Id of the guided tour that begins.
    #[serde(default)]
    tour: Option<String>,
    /// Further words of the page's address.
    #[serde(default)]
    view: Option<String>,
    /// What whoever opens it sees.
    #[serde(default)]
    audience: Audience,
    /// Days that it opens, at most 366, and not longer than your pass.
    days: i64,
}

/// A share link.
#[derive(Debug, Serialize, ToSchema)]
struct Shared {
    /// The link; a path where the server does not know its own address.
    link: String,
    /// Its token.
    token: String,
    /// What it says.
    share: Share,
}

/// Makes a share link: it opens these layers and nothing else, until a day.
#[utoipa::path(
    post,
    path = "/api/shares",
    tag = "session",
    request_body = ShareWish,
    responses(
        (status = 200, body = Shared),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 415, body = Problem),
        (status = 507, body = Problem),
    ),
)]
async fn share(
    data: Data,
    State(state): State<AppState>,
    headers: HeaderMap,
    witness: Witness,
    Body(body): Body,
) -> Result<Response, Problem> {
    let wish: ShareWish = read(&headers, &body)?;
    let visitor = state.gate.visitor(&headers)?;
    let key = state.gate.key()?;
    if visitor.share.is_some() {
        return Err(Problem::forbidden("a share link is open; leave it before you make one"));
    }
    if visitor.scope(&state.gate).audience != Audience::Internal {
        return Err(Problem::forbidden(
            "the staff make share links; sign in with a pass of theirs",
        ));
    }
    let now = Timestamp::now();
    let mut share = checked(wish, &data, now)?;
    // No link outlives the pass of whoever made it.
    if let Some(pass) = &visitor.pass {
        share.until = share.until.min(pass.until);
    }
    let token = Grant::Share(share.clone()).sign(key);
    if token.len() > MAX_LENGTH {
        return Err(Problem::bad_request("the link would be too long; leave `view` out"));
    }
    let (audience, layers, until) = (share.audience, share.layers.clone(), share.until);
    witness.note(Event::ShareMade { audience, layers, until }).await?;
    let link = format!("{}/?share={token}", origin(&headers));
    to_json(&Shared { link, token, share }).map(kept_nowhere)
}

/// The share that is wished for, when there is what it names and its audience sees it.
fn checked(wish: ShareWish, data: &Data, now: Timestamp) -> Result<Share, Problem> {
    let ShareWish { layers, place, language, tour, view, audience, days } = wish;
    if !(1..=MAX_DAYS).contains(&days) {
        let detail = format!("days is {days}; a link opens from 1 to {MAX_DAYS} days");
        return Err(Problem::bad_request(detail));
    }
    if !["zh", "en"].contains(&language.as_str()) {
        return Err(Problem::bad_request(format!("language is {language:?}; it is zh or en")));
    }
    if layers.is_empty() {
        return Err(Problem::bad_request("layers is empty; a link shows one layer at least"));
    }
    let until = now.checked_add(SignedDuration::from_hours(24 * days));
    let until = until.map_err(|error| Problem::bad_request(error.to_string()))?;
    let mut share = Share {
        audience,
        layers,
        place,
        language,
        tour,
        view,
        data_version: String::new(),
        since: whole_seconds(now),
        until: whole_seconds(until),
    };
    let scope = scope_of(&share);
    let seen = data.seen_by(&audience.into());
    let atlas = &seen.index.atlas;
    let missing = |what: &str, id: &str| {
        Problem::not_found(format!("there is no {what} {id:?} for that audience"))
    };
    for id in &share.layers {
        atlas.layer(id).ok_or_else(|| missing("layer", id))?;
    }
    if let Some(id) = &share.tour
        && !atlas.tours.iter().any(|tour| tour.id == *id)
    {
        return Err(missing("tour", id));
    }
    if let Some(id) = &share.place {
        let place = atlas.find_place(id).ok_or_else(|| missing("place", id))?;
        let in_layers = atlas.layers_of[place.0 as usize].iter();
        if !in_layers.map(|&layer| &atlas.layers[layer].id).any(|id| share.layers.contains(id)) {
            let detail = format!("the place {id:?} is in none of the layers; add one of its own");
            return Err(Problem::bad_request(detail));
        }
    }
    share.data_version = version(data.whole(), &scope);
    Ok(share)
}

fn whole_seconds(moment: Timestamp) -> Timestamp {
    moment.round(jiff::Unit::Second).unwrap_or(moment)
}

/// Forms of other sites can send text, but not say that it is JSON without asking first.
fn read<'a, T: Deserialize<'a>>(headers: &HeaderMap, body: &'a [u8]) -> Result<T, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        let detail = "send the body as application/json";
        return Err(Problem::rejected(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    serde_json::from_slice(body)
        .map_err(|error| Problem::bad_request(format!("the body is not as described: {error}")))
}

/// Sets a cookie that scripts cannot read and other sites do not send (RFC 6265; `SameSite`: draft 6265bis).
fn set_cookie(response: &mut Response, headers: &HeaderMap, name: &str, value: &str, seconds: i64) {
    let secure = if origin(headers).starts_with("https") { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn kept_nowhere(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    response
}
