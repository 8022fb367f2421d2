//! Asking the application in-process. Whatever is asked, it answers something other than “our fault”.

use std::cell::RefCell;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

thread_local! {
    static RUNTIME: RefCell<Runtime> =
        RefCell::new(Builder::new_current_thread().enable_all().build().unwrap());
}

/// Formats of exports but GeoJSON.
const FORMATS: [&str; 11] =
    ["geojsonseq", "gpkg", "shp", "kml", "kmz", "fgb", "parquet", "csv", "xlsx", "dxf", "pmtiles"];

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// Asks, and reads the answer whole.
pub fn ask(app: &Router, request: Request<Body>) -> Answer {
    let asked = format!("{} {}", request.method(), request.uri());
    let answer = RUNTIME.with_borrow_mut(|runtime| {
        runtime.block_on(async {
            let response = app.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let body = response
                .into_body()
                .collect()
                .await
                .unwrap_or_else(|error| panic!("{asked}: {error}"));
            let body = body.to_bytes().to_vec();
            Answer { status, body }
        })
    });
    let said = String::from_utf8_lossy(&answer.body);
    assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{asked}: {said}");
    answer
}

/// GET of an address that is one.
pub fn get(app: &Router, address: &str) -> Answer {
    let request = Request::get(address).header("host", "localhost").body(Body::empty());
    ask(app, request.unwrap_or_else(|error| panic!("{address}: {error}")))
}

/// GET of whatever there is to see of a layer. Whether all of it was answered: a file that is what it was when it was
/// loaded can be read. Of the formats it is exported in one, in turn: all of them would take too long.
pub fn look_at(app: &Router, layer: &str, turn: usize) -> bool {
    let format = FORMATS[turn % FORMATS.len()];
    let addresses = [
        format!("/api/places?layer={layer}&limit=3"),
        format!("/api/near?lon=108.7&lat=30.9&radius=50000&layers={layer}"),
        format!("/api/pairs?a={layer}&b={layer}&than=farther&distance=10"),
        format!("/tiles/{layer}/0/0/0.mvt"),
        format!("/tiles/{layer}/9/410/209.mvt"),
        format!("/tiles/{layer}/16/52559/26829.mvt"),
        format!("/ogc/collections/{layer}/items?f=html&limit=5"),
        format!("/ogc/collections/{layer}/queryables"),
        format!("/map.svg?layers={layer}&width=60&height=60"),
        format!("/api/export?format=geojson&layers={layer}"),
        format!("/api/export?format={format}&layers={layer}"),
        "/api/atlas".to_owned(),
        "/api/here?lon=108.72&lat=30.92&tolerance=1000".to_owned(),
        "/api/search?q=1".to_owned(),
    ];
    let answers = addresses.iter().map(|address| get(app, address).status);
    answers.filter(|status| *status == StatusCode::SERVICE_UNAVAILABLE).count() == 0
}

/// Bytes as a value in an address.
pub fn encoded(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => _ = write!(text, "%{byte:02X}"),
        }
    }
    text
}
