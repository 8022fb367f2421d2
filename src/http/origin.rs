//! Where the client reached us: absolute addresses begin with it.

use axum::http::HeaderMap;
use axum::http::uri::Authority;

/// Scheme and host under which the client reached us, as far as it can be believed: a proxy's word
/// first, then the `Host` header. Without either, clients resolve the bare path themselves.
pub fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|s| ["http", "https"].contains(s));
    let host = text("x-forwarded-host").or_else(|| text("host"));
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    host.map_or(String::new(), |host| format!("{}://{host}", scheme.unwrap_or("http")))
}
