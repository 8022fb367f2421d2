//! Asks the application in-process, exactly as a client asks over HTTP.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod folder;
pub mod likeness;
pub mod ogc;
pub mod secrets;
pub mod server;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use plan_atlas::http::{AppState, app};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use serde_json::Value;
use tower::ServiceExt;

/// Ids of the formats that layers can be taken away in.
pub const FORMATS: [&str; 12] = [
    "geojson",
    "geojsonseq",
    "gpkg",
    "shp",
    "kml",
    "kmz",
    "fgb",
    "parquet",
    "csv",
    "xlsx",
    "dxf",
    "pmtiles",
];

/// The shipped data folder.
pub fn geodata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata")
}

/// The application on the shipped data; loaded once for all tests of a binary.
pub fn shipped() -> Router {
    static APP: OnceLock<Router> = OnceLock::new();
    APP.get_or_init(|| serve(&geodata())).clone()
}

/// What is shared by the requests to any folder that loads.
pub fn state(folder: &Path) -> AppState {
    let loaded = load(folder);
    let atlas = loaded.atlas.unwrap_or_else(|| panic!("{:#?}", loaded.problems));
    AppState::new(IndexedAtlas::with_stores(atlas, &loaded.stores))
}

/// The application on any folder that loads.
pub fn serve(folder: &Path) -> Router {
    app(state(folder))
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn ask(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// GET on the shipped data. Characters outside ASCII are percent-encoded as a browser does.
pub async fn get(address: &str) -> Answer {
    get_from(shipped(), address).await
}

pub async fn get_from(app: Router, address: &str) -> Answer {
    let encoded: String = address
        .bytes()
        .map(|b| match b {
            b' ' | 0x80.. | b'"' => format!("%{b:02X}"),
            _ => char::from(b).to_string(),
        })
        .collect();
    ask(app, Request::get(encoded).body(Body::empty()).unwrap()).await
}

pub async fn post(address: &str, body: impl Into<Body>) -> Answer {
    ask(shipped(), Request::post(address).body(body.into()).unwrap()).await
}

/// All values of `key` in the objects of a JSON array.
pub fn values<'a>(array: &'a Value, key: &str) -> Vec<&'a str> {
    let items = array.as_array().unwrap_or_else(|| panic!("no array: {array}"));
    items.iter().filter_map(|item| item[key].as_str()).collect()
}
