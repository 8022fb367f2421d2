//! Addresses of all kinds.

use axum::body::Body;
use axum::http::{Request, Uri};

use super::ask::ask;
use super::folder::served;

/// Asks for the input as path and query, as one of the staff. What HTTP does not take as an address is passed over.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(address) = format!("/{text}").parse::<Uri>() else { return };
    let request = Request::get(address).header("host", "localhost").body(Body::empty());
    ask(&served(), request.unwrap());
}
