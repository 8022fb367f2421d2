//! What people connect with: GDAL, `OWSLib` and QGIS against a running server.

mod common;

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use common::server::Server;
use common::{geodata, get, values};
use serde_json::Value;

/// Runs a reader of `tests/readers`; `None` where something that it needs is missing, which is said.
fn reader(python: &str, script: &str, arguments: &[&str]) -> Option<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(script);
    let Ok(output) = Command::new(python).arg(script).args(arguments).output() else {
        eprintln!("{python} is missing; nothing was connected");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Some(String::from_utf8(output.stdout).unwrap()),
        Some(77) => {
            eprintln!("{errors}; nothing was connected");
            None
        }
        _ => panic!("{}\n{errors}", String::from_utf8_lossy(&output.stdout)),
    }
}

fn python() -> String {
    std::env::var("PLAN_ATLAS_PYTHON").unwrap_or_else(|_| "python3".into())
}

fn ogrinfo(arguments: &[&str]) -> Option<String> {
    let output = Command::new("ogrinfo").args(arguments).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.is_empty(), "{errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn gdal_lists_every_layer_counts_its_features_and_pages_through_them() {
    let server = Server::start(&geodata(), &[]);
    let source = format!("OAPIF:http://{}/ogc", server.address);
    let Some(listed) = ogrinfo(&[&source]) else {
        eprintln!("ogrinfo is missing; nothing was connected");
        return;
    };
    let atlas = get("/api/atlas").await.json();
    for layer in values(&atlas["layers"], "id") {
        assert!(listed.contains(&format!(": {layer}")), "{layer} is not in {listed}");
    }
    for page in ["10", "1000"] {
        let paging = ["-oo", &format!("PAGE_SIZE={page}")].map(str::to_owned);
        let all = ["-al", "-geom=SUMMARY", &paging[0], &paging[1], &source, "townships"];
        let text = ogrinfo(&all).unwrap();
        assert_eq!(text.matches("\nOGRFeature(townships)").count(), 75, "{page}");
        assert!(text.contains("Feature Count: 75") && text.contains("堰坪镇"), "{page}");
    }
    let boxed = ["-al", "-spat", "109.10", "31.02", "109.12", "31.04", &source, "townships"];
    let text = ogrinfo(&boxed).unwrap();
    assert!(text.contains("Feature Count: 1\n") && text.contains("堰坪镇"), "{text}");
    let one = ["-al", "-where", "name = '堰坪镇'", &source, "townships"];
    let text = ogrinfo(&one).unwrap();
    assert_eq!(text.matches("\nOGRFeature(townships)").count(), 1, "{text}");
}

#[test]
fn owslib_reads_every_collection_page_by_page() {
    let server = Server::start(&geodata(), &[]);
    let address = format!("http://{}/ogc", server.address);
    if let Some(said) = reader(&python(), "ogc_owslib.py", &[&address]) {
        println!("{said}");
    }
}

#[tokio::test]
async fn qgis_shows_every_feature_of_a_collection_and_those_in_a_box() {
    let server = Server::start(&geodata(), &[]);
    let address = format!("http://{}/ogc", server.address);
    // QGIS of the system, which is no package of any other Python.
    let Some(said) = reader("/usr/bin/python3", "ogc_qgis.py", &[&address]) else { return };
    let found: Value = serde_json::from_str(&said).unwrap();
    for name in ["townships", "rivers", "medical"] {
        let layer = &found[name];
        assert_eq!(layer["valid"], true, "{layer}");
        let page = get(&format!("/ogc/collections/{name}/items?limit=10000")).await.json();
        let features = page["features"].as_array().unwrap();
        let names: HashSet<&str> =
            features.iter().map(|f| f["properties"]["name"].as_str().unwrap()).collect();
        let shown: HashSet<&str> =
            layer["names"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
        assert_eq!(shown, names, "{name}");
        assert_eq!(layer["features"], features.len(), "{name}");
    }
    assert_eq!(found["townships"]["in_box"], serde_json::json!(["堰坪镇"]));
}

/// 500 filters, made from a seed, give what the reference evaluator of CQL2 gives on the same features.
#[test]
fn filters_find_what_the_cql2_package_finds() {
    let server = Server::start(&geodata(), &[]);
    let address = format!("http://{}/ogc", server.address);
    if let Some(said) = reader(&python(), "ogc_cql2.py", &[&address, "500"]) {
        println!("{said}");
    }
}

/// /conf/oas30/oas-definition-1, /conf/oas30/oas-definition-2
#[test]
fn conf_oas30_definition() {
    let server = Server::start(&geodata(), &[]);
    let address = format!("http://{}/ogc", server.address);
    if let Some(said) = reader(&python(), "ogc_openapi.py", &[&address]) {
        println!("{said}");
    }
}

/// Schemathesis asks every operation of both descriptions what it may be asked, and what it may not.
#[test]
fn generated_requests_get_no_server_error_and_no_answer_that_is_not_described() {
    let server = Server::start(&geodata(), &[]);
    for description in ["openapi.json", "ogc/api"] {
        let address = format!("http://{}/{description}", server.address);
        if let Some(said) = reader(&python(), "schemas.py", &[&address]) {
            println!("{said}");
        }
    }
}
