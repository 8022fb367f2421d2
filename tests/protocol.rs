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
        ("/api/places?bbox=108,abc,30,109,31", 400, "bbox"),
        ("/api/places?county=nowhere", 404, "nowhere"),
        ("/api/projects?industry=无此产业", 404, "industry"),
        ("/api/projects?plan=nowhere", 404, "plan"),
        ("/api/projects?place=nowhere", 404, "place"),
        ("/api/projects?year=soon", 404, "year"),
        ("/api/targets?kind=dream", 404, "indicator or text"),
        ("/api/places?bbox=109,31,108,30", 400, "west"),
        ("/api/projects?limit=0", 400, "limit"),
        ("/api/projects?limit=100000", 400, "limit"),
        ("/api/projects?industri=x", 400, "industri"),
        ("/api/projects/PJ999", 404, "PJ999"),
        ("/tiles/townships/40/0/0.mvt", 400, "zoom"),
        ("/tiles/townships/3/9/0.mvt", 400, "column"),
        ("/tiles/townships/x/9/0.mvt", 400, "whole number"),
        ("/tiles/nowhere/3/1/1.mvt", 404, "nowhere"),
        ("/tiles/townships/3/1/1.gif", 404, ".mvt"),
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
        (ring(100_000).to_string(), 422, "5000"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[1]]]}".to_owned(), 400, "two numbers"),
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
async fn an_empty_filter_counts_as_none() {
    let all = get("/api/projects").await.json()["total"].clone();
    assert_eq!(get("/api/projects?q=&plan=&industry=").await.json()["total"], all);
    let places = get("/api/places").await.json()["total"].clone();
    assert_eq!(get("/api/places?q=").await.json()["total"], places);
}

#[tokio::test]
async fn tilejson_points_to_where_the_client_reached_us() {
    let ask_with = async |name: &str, value: &str| {
        let request = Request::get("/tiles/townships.json").header("host", "atlas.local:8080");
        let request = request.header(name, value).body(Body::empty()).unwrap();
        ask(shipped(), request).await.json()["tiles"][0].as_str().unwrap().to_owned()
    };
    let plain = ask_with("x-other", "1").await;
    assert_eq!(plain, "http://atlas.local:8080/tiles/townships/{z}/{x}/{y}.mvt");
    assert!(ask_with("x-forwarded-proto", "https").await.starts_with("https://atlas.local:8080/"));
    assert!(!ask_with("x-forwarded-host", "evil\"host").await.contains('"'));
}

#[tokio::test]
async fn answers_have_the_shape_that_the_description_promises() {
    let description = get("/openapi.json").await.json();
    for (path, address) in [
        ("/api/atlas", "/api/atlas"),
        ("/api/status", "/api/status"),
        ("/api/here", "/api/here?lon=108.71&lat=30.907"),
        ("/api/near", "/api/near?lon=108.71&lat=30.907&radius=5000"),
        ("/api/places", "/api/places?limit=400"),
        ("/api/places/{id}", "/api/places/500235242"),
        ("/api/places/{id}", "/api/places/yunyang:sishibacao-forest-park"),
        ("/api/search", "/api/search?q=云阳"),
        ("/api/projects", "/api/projects?limit=600"),
        ("/api/projects/{id}", "/api/projects/PJ224"),
        ("/api/targets", "/api/targets?limit=200"),
        ("/api/tasks", "/api/tasks"),
        ("/api/organisations", "/api/organisations?limit=200"),
        ("/api/discrepancies", "/api/discrepancies"),
        ("/api/places/{id}/within", "/api/places/500235143/within"),
        ("/api/places/{id}/within", "/api/places/yunyang:longgang/within?distance=5000"),
        ("/api/places/{id}/within", "/api/places/yunyang:longgang/within"),
        ("/api/pairs", "/api/pairs?a=herbs&b=medical&than=farther&distance=1000"),
        ("/api/pairs", "/api/pairs?a=herbs&b=nowhere&than=farther&distance=1000"),
        ("/api/themes", "/api/themes"),
        ("/api/themes/{id}", "/api/themes/medical-level"),
        ("/api/themes/{id}", "/api/themes/tasks?year=2025"),
        ("/api/places/{id}", "/api/places/nowhere"),
        ("/api/projects", "/api/projects?limit=0"),
    ] {
        let answer = get(address).await;
        let response = &description["paths"][path]["get"]["responses"][answer.status.as_str()];
        let kind = answer.header("content-type").split(';').next().unwrap();
        let schema = &response["content"][kind]["schema"];
        assert!(schema.is_object(), "{address}: {} as {kind} is not described", answer.status);
        let mut schema = schema.clone();
        schema["components"] = description["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let body = answer.json();
        let errors: Vec<String> = validator
            .iter_errors(&body)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .take(5)
            .collect();
        assert!(errors.is_empty(), "{address}: {errors:#?}");
    }
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
        "/api/status",
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
        "/api/places/{id}/within",
        "/api/pairs",
        "/api/themes",
        "/api/themes/{id}",
        "/basemaps/{id}.pmtiles",
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
