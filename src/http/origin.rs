//! Where the client reached us: absolute addresses begin with it.

use axum::http::HeaderMap;
use axum::http::uri::Authority;

/// Scheme and host under which the client reached us, as far as it can be believed: a proxy's word
/// first, then the `Host` header. Without either, clients resolve the bare path themselves.
pub fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // Proxies in a row list theirs, the first of which the client used.
    let first = |name: &str| text(name)?.split(',').next().map(str::trim);
    let scheme = first("x-forwarded-proto").filter(|s| ["http", "https"].contains(s));
    let host = first("x-forwarded-host").or_else(|| text("host"));
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    host.map_or(String::new(), |host| format!("{}://{host}", scheme.unwrap_or("http")))
}
