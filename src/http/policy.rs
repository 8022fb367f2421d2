//! What browsers are told to refuse: every answer says what it may load and who may show it.
//!
//! Content Security Policy Level 3. No answer of ours needs a script, or a style, that stands in it: what a page
//! loads comes from this server, and grounds from where `atlas.toml` says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::http::edges::Origin;
use crate::model::Basemap;

/// Who may show the atlas within a page of theirs: its own pages, and those that were named.
#[derive(Debug, Clone)]
pub struct Frames(String);

impl Frames {
    /// Its own pages and these.
    pub fn of(origins: &[Origin]) -> Self {
        let mut ancestors = "frame-ancestors 'self'".to_owned();
        for origin in origins {
            let _ = write!(ancestors, " {}", origin.as_str());
        }
        Self(ancestors)
    }

    /// Completes the headers of an answer.
    pub fn put<B>(&self, mut response: axum::http::Response<B>) -> axum::http::Response<B> {
        let status = response.status();
        let headers = response.headers_mut();
        let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
        // Viewers of PDF within browsers are pages of their own, which would be refused their own parts.
        let is_drawn_elsewhere = kind.starts_with(b"application/pdf");
        let own = headers.remove(header::CONTENT_SECURITY_POLICY);
        let own = own.as_ref().and_then(|own| own.to_str().ok());
        let policy = format!("{}; {}", own.unwrap_or(NOTHING), self.0);
        // The headers of "not modified" replace those of the answer that the browser has kept.
        let is_kept = status == StatusCode::NOT_MODIFIED;
        if let Ok(policy) = HeaderValue::from_str(&policy)
            && !is_drawn_elsewhere
            && !is_kept
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        for (name, value) in ALWAYS {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
        response
    }
}

/// What is not a page loads nothing but pictures that stand in it.
const NOTHING: &str = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";

/// Headers of every answer.
const ALWAYS: [(HeaderName, &str); 3] = [
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Gives an answer a policy of its own.
pub fn set(response: &mut Response, policy: &str) {
    if let Ok(policy) = HeaderValue::from_str(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The policy of a page without scripts whose one style sheet, word for word this one, stands in it.
pub fn with_style(style: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The policy of the map page, with the hosts that its grounds come from. Its workers read SQLite files with a
/// WebAssembly module; layers that somebody brings along are addresses within the browser (`blob:`).
pub fn of_page(grounds: &[Basemap]) -> String {
    let addresses = grounds.iter().flat_map(|ground| ground.tiles.iter().chain(&ground.labels));
    let hosts: BTreeSet<String> = addresses
        .filter_map(|address| Origin::of_address(address))
        .map(|origin| format!(" {}", origin.as_str()))
        .collect();
    let hosts = hosts.into_iter().collect::<String>();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:{hosts}; font-src 'self'; connect-src 'self' blob:{hosts}; \
         worker-src 'self'; base-uri 'none'; form-action 'none'"
    )
}
