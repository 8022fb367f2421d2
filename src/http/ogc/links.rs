//! Links: what leads where. Every address of the OGC interface is made here.

use std::fmt::Write as _;

use axum::http::HeaderMap;
use serde::Serialize;

use crate::http::origin::origin;

/// Media types.
pub const JSON: &str = "application/json";
pub const GEOJSON: &str = "application/geo+json";
pub const HTML: &str = "text/html";
pub const SCHEMA: &str = "application/schema+json";
pub const TILEJSON: &str = "application/vnd.mapbox.tile+json";
pub const STYLE: &str = "application/vnd.mapbox.style+json";
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Relations of the register of the OGC.
pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
pub const SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
pub const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
pub const STYLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/styles";

/// One link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    /// Whether the address has parts to fill in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub templated: bool,
}

impl Link {
    pub fn new(href: String, rel: &'static str, kind: &'static str, title: &str) -> Self {
        Self { href, rel, kind, title: title.to_owned(), templated: false }
    }

    /// The link as one whose address has parts to fill in.
    pub fn templated(self) -> Self {
        Self { templated: true, ..self }
    }
}

/// The interface as the client reaches it.
pub struct Site {
    origin: String,
}

impl Site {
    pub fn new(headers: &HeaderMap) -> Self {
        Self { origin: origin(headers) }
    }

    /// The absolute address of a path below `/ogc`.
    pub fn at(&self, path: &str) -> String {
        format!("{}/ogc{path}", self.origin)
    }

    /// The absolute address of a path beside `/ogc`.
    pub fn beside(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A path below `/ogc` in both formats, under one relation.
    pub fn both(&self, path: &str, rel: &'static str, title: &str) -> [Link; 2] {
        let mark = if path.contains('?') { '&' } else { '?' };
        let with = |f: &str| self.at(&format!("{path}{mark}f={f}"));
        [Link::new(with("json"), rel, JSON, title), Link::new(with("html"), rel, HTML, title)]
    }

    /// The same without origin, for links within pages.
    pub fn path(path: &str) -> String {
        format!("/ogc{path}")
    }

    pub fn collection(&self, id: &str) -> String {
        self.at(&format!("/collections/{}", encoded(id)))
    }

    pub fn items(&self, id: &str) -> String {
        format!("{}/items", self.collection(id))
    }

    /// What every page says of itself: this one, and the same in the other format.
    pub fn itself(&self, path: &str, query: &str, html: bool, json: &'static str) -> [Link; 2] {
        let with = |format: &str| {
            let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("f="));
            let pairs: Vec<&str> = kept.collect();
            let mark = if pairs.is_empty() { "" } else { "&" };
            self.at(&format!("{path}?{}{mark}f={format}", pairs.join("&")))
        };
        let this_json = if html { "alternate" } else { "self" };
        let this_html = if html { "self" } else { "alternate" };
        [
            Link::new(with("json"), this_json, json, "JSON"),
            Link::new(with("html"), this_html, HTML, "网页 (HTML)"),
        ]
    }
}

/// Text as one segment of a path, or as a value in a query.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            // A colon is allowed in a path, and ids are full of them.
            b':' => encoded.push(':'),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
