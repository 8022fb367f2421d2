//! Bodies of all routes that take one.

use axum::body::Body;
use axum::http::Request;

use super::ask::ask;
use super::drawing;
use super::folder::served;

/// Every route that is posted to.
const ROUTES: [&str; 7] = [
    "/api/within",
    "/api/within?distance=1000",
    "/api/pairs?a=plots&than=farther&distance=1000",
    "/api/export",
    "/api/export/losses",
    "/api/session",
    "/api/shares",
];

/// Posts the rest of the input to the route that its first byte names; drawn, where its uppermost bit is set.
pub fn run(input: &[u8]) {
    let Some((&which, body)) = input.split_first() else { return };
    let drawn = if which & 128 == 0 { None } else { drawing::geometry(body) };
    let drawn = drawn.map(|geometry| geometry.to_string().into_bytes());
    let request = Request::post(ROUTES[usize::from(which & 127) % ROUTES.len()])
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(drawn.unwrap_or_else(|| body.to_vec())));
    ask(&served(), request.unwrap());
}
