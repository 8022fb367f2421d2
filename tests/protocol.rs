//! How the server answers: errors, caching, limits, description.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

mod common;

use axum::body::Body;
use axum::http::Request;
use common::{ask, get, post, shipped};
use serde_json::{Value, json};

#[tokio::test]
async fn bad_requests_get_a_problem_that_says_what_is_wrong() {
    for (address, status, hint) in [
        ("/api/here?lon=108&lat=abc", 400, "lat"),
        ("/api/here?lon=108", 400, "lat"),
        ("/api/here?lon=200&lat=30", 400, "-180 to 180"),
        ("/api/here?lon=NaN&lat=30", 400, "NaN"),
        ("/api/here?lon=108&lat=30&tolerence=5", 400, "tolerence"),
        ("/api/near?lon=108&lat=30&radius=1e9", 400, "radius"),
        ("/api/near?lon=108&lat=30&radius=-1", 400, "radius"),
        ("/api/near?lon=108&lat=30&radius=1000&layers=nowhere", 404, "nowhere"),
        ("/api/places/500235999", 404, "500235999"),
        ("/api/places?bbox=1,2,3", 400, "bbox"),
        ("/api/places?bbox=109,31,108,30", 400, "west"),
        ("/api/projects?limit=0", 400, "limit"),
        ("/api/projects?limit=100000", 400, "limit"),
        ("/api/projects?industri=x", 400, "industri"),
        ("/api/projects/PJ999", 404, "PJ999"),
        ("/tiles/townships/40/0/0.mvt", 400, "zoom"),
        ("/tiles/townships/3/9/0.mvt", 400, "column"),
        ("/tiles/townships/x/9/0.mvt", 400, "whole number"),
        ("/tiles/nowhere/3/1/1.mvt", 404, "nowhere"),
        ("/tiles/townships/3/1/1.png", 404, ".mvt"),
        ("/tiles/nowhere.json", 404, "nowhere"),
        ("/api/nowhere", 404, "/api/nowhere"),
        ("/../geodata/atlas.toml", 404, "nothing"),
        ("/assets/%2e%2e/Cargo.toml", 404, "nothing"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{address}");
        assert!(problem["detail"].as_str().unwrap().contains(hint), "{address}: {problem}");
    }
}

#[tokio::test]
async fn impossible_areas_get_a_problem_and_the_server_goes_on() {
    let ring = |points: usize| -> Value {
        let mut ring: Vec<[f64; 2]> = (0..points)
            .map(|i| {
                let angle = std::f64::consts::TAU * i as f64 / points as f64;
                [108.7 + 0.1 * angle.cos(), 30.9 + 0.1 * angle.sin()]
            })
            .collect();
        ring.push(ring[0]);
        json!({"type": "Polygon", "coordinates": [ring]})
    };
    let bowtie = json!({"type": "Polygon", "coordinates": [[
        [108.0, 30.0], [109.0, 31.0], [109.0, 30.0], [108.0, 31.0], [108.0, 30.0]]]});
    let metres = json!({"type": "Polygon", "coordinates": [[
        [36_000.0, 3_400_000.0], [37_000.0, 3_400_000.0], [37_000.0, 3_410_000.0], [36_000.0, 3_400_000.0]]]});
    for (body, status, hint) in [
        (ring(100_000).to_string(), 422, "20000"),
        (bowtie.to_string(), 422, "intersect"),
        (metres.to_string(), 422, "degrees"),
        (json!({"type": "Point", "coordinates": [108.0, 30.0]}).to_string(), 422, "Polygon"),
        ("{\"type\": \"Polygon\"".to_owned(), 400, "GeoJSON"),
        ("not json".to_owned(), 400, "GeoJSON"),
        (" ".repeat(50_000_000), 413, "at most"),
    ] {
        let answer = post("/api/within", body).await;
        assert_eq!(answer.status, status, "{}", answer.json());
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.json()["detail"].as_str().unwrap().contains(hint), "{}", answer.json());
    }
    assert_eq!(post("/api/within", ring(1000).to_string()).await.status, 200);
}

#[tokio::test]
async fn a_wrong_method_is_named() {
    let answer = post("/api/atlas", Body::empty()).await;
    assert_eq!(answer.status, 405);
    assert!(answer.json()["detail"].as_str().unwrap().contains("POST"));
}

#[tokio::test]
async fn an_overlong_address_is_refused() {
    let answer = get(&format!("/api/search?q={}", "a".repeat(9000))).await;
    assert_eq!(answer.status, 414);
}

#[tokio::test]
async fn a_client_that_has_this_data_version_is_told_nothing_changed() {
    let first = get("/api/atlas").await;
    let etag = first.header("etag").to_owned();
    let version = first.json()["data_version"].as_str().unwrap().to_owned();
    assert!(etag.contains(&version));
    for (tag, status) in [(etag.as_str(), 304), ("\"other\"", 200)] {
        let request = Request::get("/tiles/townships/8/205/104.mvt").header("if-none-match", tag);
        let answer = ask(shipped(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{tag}");
        assert_eq!(answer.body.is_empty(), status == 304);
    }
}

#[tokio::test]
async fn errors_are_never_cached_as_data() {
    let answer = get("/api/places/nowhere").await;
    assert_eq!(answer.header("etag"), "");
}

#[tokio::test]
async fn operators_find_health_readiness_and_metrics() {
    assert_eq!(get("/healthz").await.status, 200);
    assert!(String::from_utf8(get("/readyz").await.body).unwrap().contains("data version"));
    let app = shipped();
    let request = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    ask(app.clone(), request("/api/places/500235143")).await;
    let metrics = String::from_utf8(ask(app, request("/metrics")).await.body).unwrap();
    assert!(
        metrics
            .contains("plan_atlas_http_requests_total{route=\"/api/places/{id}\",status=\"200\"}")
    );
    assert!(!metrics.contains("500235143"), "raw paths must not become labels");
}

#[tokio::test]
async fn the_description_names_every_path_of_the_interface() {
    let description = get("/openapi.json").await.json();
    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    for path in [
        "/api/atlas",
        "/api/here",
        "/api/near",
        "/api/within",
        "/api/places",
        "/api/places/{id}",
        "/api/search",
        "/api/projects",
        "/api/targets",
        "/api/tasks",
        "/api/organisations",
        "/api/discrepancies",
        "/tiles/{layer}/{z}/{x}/{y}.mvt",
        "/tiles/{layer}.json",
    ] {
        assert!(paths.iter().any(|p| *p == path), "{path} is missing from {paths:?}");
    }
}

/// The web types are generated from this file; `make api` renews both.
#[test]
fn the_description_kept_for_the_web_types_is_this_one() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/api/openapi.json");
    let kept = std::fs::read_to_string(kept).expect("web/src/api/openapi.json");
    assert!(
        kept.trim() == plan_atlas::http::openapi().trim(),
        "web/src/api/openapi.json is out of date; run `make api`"
    );
}
