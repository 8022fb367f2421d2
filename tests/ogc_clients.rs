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

/// GDAL 3.6 reads tiles at the address of `/tiles`, and those of the standard when it is told where they lie.
#[test]
fn gdal_reads_the_same_features_from_both_addresses_of_a_tile() {
    let server = Server::start(&geodata(), &[]);
    let host = format!("http://{}", server.address);
    let plain = format!("MVT:{host}/tiles/townships/9/410/209.mvt");
    let Some(text) = ogrinfo(&["-al", "-geom=SUMMARY", &plain, "townships"]) else {
        eprintln!("ogrinfo is missing; nothing was connected");
        return;
    };
    assert!(text.contains("双江街道") && text.contains("ID[\"EPSG\",3857]"), "{text}");
    let own = "ogc/collections/townships/tiles/WebMercatorQuad/9/209/410?f=mvt";
    let own = format!("/vsicurl/{host}/{own}");
    let at = ["-oo", "Z=9", "-oo", "X=410", "-oo", "Y=209"];
    let all = [&["-al", "-geom=SUMMARY"][..], &at, &[&own, "townships"]].concat();
    let same = ogrinfo(&all).unwrap();
    let features = |text: &str| text.split_once("Feature Count").map(|(_, rest)| rest.to_owned());
    assert_eq!(features(&text), features(&same));
}

#[test]
fn qgis_draws_the_tiles_in_the_style_of_the_server() {
    let server = Server::start(&geodata(), &[]);
    let host = format!("http://{}", server.address);
    let Some(said) = reader("/usr/bin/python3", "ogc_qgis_tiles.py", &[&host]) else { return };
    let found: Value = serde_json::from_str(&said).unwrap();
    for (name, colour) in [("townships", "#f6f2e6"), ("rivers", "#6f9ab3"), ("medical", "#8a3b4d")]
    {
        let (tiles, ogc) = (&found[name]["tiles"], &found[name]["ogc"]);
        assert_eq!((&tiles["valid"], &tiles["converted"]), (&true.into(), &0.into()), "{tiles}");
        assert_eq!(tiles["warnings"], serde_json::json!([]), "{name}");
        assert!(tiles["drawn"].as_u64().unwrap() > 200, "{tiles}");
        assert!(tiles["colours"].as_array().unwrap().contains(&colour.into()), "{tiles}");
        assert_eq!(tiles, ogc, "{name}");
    }
}

#[test]
fn owslib_reads_maps_tiles_and_what_is_at_a_pixel() {
    let server = Server::start(&geodata(), &[]);
    let host = format!("http://{}", server.address);
    let Some(said) = reader(&python(), "maps_owslib.py", &[&host]) else { return };
    assert!(said.trim().parse::<usize>().unwrap() > 10, "{said}");
}

#[test]
fn qgis_draws_maps_and_tiles_of_every_reference_system() {
    let server = Server::start(&geodata(), &[]);
    let host = format!("http://{}", server.address);
    let Some(said) = reader("/usr/bin/python3", "maps_qgis.py", &[&host]) else { return };
    let found: Value = serde_json::from_str(&said).unwrap();
    for name in ["wms 4490", "wms 4545", "wmts w", "wmts c"] {
        let picture = &found[name];
        assert_eq!(picture["valid"], true, "{name}: {found}");
        assert!(picture["colours"].as_u64().unwrap() > 30, "{name}: {found}");
        assert!(picture["drawn"].as_f64().unwrap() > 0.4, "{name}: {found}");
    }
}

/// GDAL's drivers for both services, at places whose colour is known.
#[test]
fn gdal_fetches_the_same_map_from_both_services() {
    let server = Server::start(&geodata(), &[]);
    let host = format!("http://{}", server.address);
    let scratch = tempfile::tempdir().unwrap();
    let maps = format!(
        "WMS:{host}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=atlas&STYLES=&CRS=EPSG:3857&FORMAT=image/png&TRANSPARENT=FALSE&BBOXORDER=xyXY&BBOX=12054000,3570000,12190000,3706000"
    );
    let tiles = format!(
        "WMTS:{host}/wmts/1.0.0/WMTSCapabilities.xml,layer=atlas,tilematrixset=w,zoom_level=10"
    );
    let window = ["12080000", "3680000", "12180000", "3600000"];
    let mut means: Vec<[f64; 3]> = Vec::new();
    for (name, source) in [("wms", &maps), ("wmts", &tiles)] {
        let file = scratch.path().join(format!("{name}.tif"));
        // It keeps what it fetched where it runs.
        let done = Command::new("gdal_translate")
            .current_dir(scratch.path())
            .args(["-q", "-projwin"])
            .args(window)
            .args(["-outsize", "400", "320", "-r", "average", "-b", "1", "-b", "2", "-b", "3"])
            .arg(source)
            .arg(&file)
            .output();
        let Ok(done) = done else {
            eprintln!("gdal_translate is missing; nothing was fetched");
            return;
        };
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && !said.contains("ERROR"), "{name}: {said}");
        let info = Command::new("gdalinfo").args(["-stats"]).arg(&file).output().unwrap();
        let info = String::from_utf8_lossy(&info.stdout).into_owned();
        let mean = |line: &str| line.split("Mean=").nth(1)?.split(',').next()?.parse::<f64>().ok();
        let found: Vec<f64> = info.lines().filter_map(mean).collect();
        means.push(found.try_into().unwrap_or_else(|_| panic!("{info}")));
    }
    for (map, tile) in means[0].iter().zip(means[1]) {
        // Names and symbols are larger, beside what is around them, on the map of the smaller scale.
        assert!((map - tile).abs() < 12.0 && *map > 150.0, "{means:?}");
    }
}
