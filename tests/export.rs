//! Taking layers away, as a client and as somebody at the command line does it.

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use common::{Answer, geodata, get, post};
use serde_json::{Value, json};

const FORMATS: [&str; 12] = [
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

/// The files of a zip by name.
fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|number| {
            let mut file = zip.by_index(number).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is missing: {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

fn features(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(&text(files, name)).unwrap();
    collection["features"].as_array().unwrap().clone()
}

async fn export(query: &str) -> Answer {
    get(&format!("/api/export?{query}")).await
}

#[tokio::test]
async fn every_format_comes_as_a_zip_with_its_origin() {
    for format in FORMATS {
        let answer = export(&format!("format={format}&layers=herbs,medical")).await;
        assert_eq!(answer.status, 200, "{format}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), "application/zip", "{format}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{format}");
        assert_eq!(answer.header("cache-control"), "no-store", "{format}");
        assert_eq!(answer.header("etag"), "", "{format} carries the day of its making");
        let files = unzipped(&answer.body);
        assert!(
            files
                .keys()
                .any(|name| name.ends_with(&format!(".{format}")) || format == "geojsonseq"),
            "{format}: {:?}",
            files.keys()
        );
        let origin = text(&files, "说明.txt");
        for said in [
            "云阳",
            "数据版本：",
            "坐标系：WGS 84",
            "图层 中药材乡镇（herbs）：22 个要素",
            "位置精度",
            "位置来源",
            "未经审图",
            "所引章节",
        ] {
            assert!(origin.contains(said), "{format} does not say {said}: {origin}");
        }
    }
}

#[tokio::test]
async fn what_is_lost_is_told_before_and_put_into_the_export() {
    let query = "format=shp&layers=herbs&encoding=gbk&crs=EPSG:4490";
    let told = get(&format!("/api/export/losses?{query}")).await.json();
    assert_eq!(told["name"], "herbs_shp_EPSG4490_GBK.zip");
    assert_eq!((&told["features"], &told["crs"]["id"]), (&json!(22), &json!("EPSG:4490")));
    let kinds: Vec<&str> = told["losses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|loss| loss["kind"].as_str().unwrap())
        .collect();
    for kind in ["flattened", "nulls", "records", "renamed"] {
        assert!(kinds.contains(&kind), "{kind} is not told: {kinds:?}");
    }
    let files = unzipped(&export(query).await.body);
    let report = text(&files, "损失报告.txt");
    for loss in told["losses"].as_array().unwrap() {
        assert!(report.contains(loss["label"].as_str().unwrap()), "{loss}");
    }
    let mapping = text(&files, "字段对照.csv");
    assert_eq!(mapping.lines().count(), 1 + told["renamed"].as_array().unwrap().len());
    assert!(mapping.starts_with('\u{feff}'), "Excel takes a table without the mark for GBK");
}

#[tokio::test]
async fn a_format_that_carries_everything_says_so() {
    let told = get("/api/export/losses?format=geojson&layers=herbs&records=false").await.json();
    assert_eq!(told["losses"], json!([]));
    let files = unzipped(&export("format=geojson&layers=herbs&records=false").await.body);
    assert!(!files.contains_key("损失报告.txt"));
}

#[tokio::test]
async fn an_export_holds_what_lies_in_the_view_the_township_the_area_and_the_filter() {
    let whole =
        features(&unzipped(&export("format=geojson&layers=herbs").await.body), "herbs.geojson");
    assert_eq!(whole.len(), 22);
    let ids = |features: &[Value]| -> Vec<String> {
        features.iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
    };

    let view = features(
        &unzipped(&export("format=geojson&layers=herbs&bbox=109.1,31.0,109.2,31.1").await.body),
        "herbs.geojson",
    );
    assert!(!view.is_empty() && view.len() < 22, "{}", view.len());
    assert!(ids(&view).contains(&"500235143".to_owned()), "堰坪镇 lies there");

    let area = json!({ "type": "Polygon", "coordinates": [[[109.1, 31.0], [109.2, 31.0], [109.2, 31.1], [109.1, 31.1], [109.1, 31.0]]] });
    let body = json!({ "format": "geojson", "layers": ["herbs"], "area": area }).to_string();
    let drawn = post("/api/export", body).await;
    assert_eq!(
        ids(&features(&unzipped(&drawn.body), "herbs.geojson")),
        ids(&view),
        "a drawn box is a box"
    );

    let medical = features(
        &unzipped(&export("format=geojson&layers=medical&within=500235").await.body),
        "medical.geojson",
    );
    let all =
        features(&unzipped(&export("format=geojson&layers=medical").await.body), "medical.geojson");
    assert!(
        medical.len() < all.len() && medical.iter().all(|f| f["properties"]["county"] == "云阳县"),
        "{medical:?}"
    );

    let filtered = features(
        &unzipped(&export("format=geojson&layers=herbs&places=500235143,500235003").await.body),
        "herbs.geojson",
    );
    assert_eq!(filtered.len(), 2);
}

#[tokio::test]
async fn the_zone_is_picked_from_the_data() {
    for (crs, code, easting) in [
        ("CGCS2000-GK", "EPSG:4545", 400_000.0..700_000.0),
        ("CGCS2000-GK-zone", "EPSG:4524", 36_400_000.0..36_700_000.0),
    ] {
        let told =
            get(&format!("/api/export/losses?format=csv&layers=herbs&crs={crs}")).await.json();
        assert_eq!(told["crs"]["id"], code);
        let files =
            unzipped(&export(&format!("format=geojson&layers=medical&crs={crs}")).await.body);
        let point = features(&files, "medical.geojson")
            .into_iter()
            .find(|f| f["geometry"]["type"] == "Point")
            .unwrap();
        assert!(
            easting.contains(&point["geometry"]["coordinates"][0].as_f64().unwrap()),
            "{point}"
        );
    }
}

#[tokio::test]
async fn shifted_positions_are_marked_in_names_and_words() {
    let answer = export("format=geojson&layers=medical&crs=GCJ-02").await;
    assert!(
        answer.header("content-disposition").contains("GCJ-02_%E5%81%8F%E7%A7%BB"),
        "{}",
        answer.header("content-disposition")
    );
    let files = unzipped(&answer.body);
    assert!(files.contains_key("medical_GCJ-02.geojson"), "{:?}", files.keys());
    assert!(text(&files, "说明.txt").contains("坐标已按该坐标系的规定偏移"));
}

#[tokio::test]
async fn impossible_exports_get_a_problem_that_says_what_to_do() {
    for (query, status, hint) in [
        ("format=pdf&layers=herbs", 400, "geojson, geojsonseq"),
        ("layers=herbs", 400, "format"),
        ("format=gpkg&layers=", 400, "/api/atlas"),
        ("format=gpkg&layers=nowhere", 404, "nowhere"),
        ("format=gpkg&layers=herbs&places=nowhere", 404, "nowhere"),
        ("format=gpkg&layers=herbs&within=nowhere", 404, "nowhere"),
        ("format=gpkg&layers=herbs&crs=EPSG:9999", 400, "9999"),
        ("format=gpkg&layers=herbs&crs=EPSG:4214", 400, "Beijing 1954"),
        ("format=kml&layers=herbs&crs=GCJ-02", 400, "WGS 84"),
        ("format=xlsx&layers=herbs&encoding=gbk", 400, "UTF-8"),
        ("format=csv&layers=herbs&encoding=big5", 400, "gbk"),
        ("format=csv&layers=herbs&bbox=1,2,3", 400, "west,south,east,north"),
        ("format=csv&layers=herbs&bbox=109,31,108,30", 400, "west,south,east,north"),
        ("format=csv&layers=herbs&bbox=0,0,1,1", 422, "nothing is left"),
        ("format=csv&layers=herbs&colour=red", 400, "colour"),
    ] {
        for path in ["/api/export", "/api/export/losses"] {
            let answer = get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, status, "{path}?{query}");
            let detail = answer.json()["detail"].as_str().unwrap().to_owned();
            assert!(detail.contains(hint), "{path}?{query}: {detail}");
        }
    }
    for (body, status, hint) in [
        ("{".to_owned(), 400, "no export"),
        (json!({ "format": "csv", "layers": ["herbs"], "aera": 1 }).to_string(), 400, "aera"),
        (json!({ "format": "csv", "layers": ["herbs"], "area": { "type": "Point", "coordinates": [108, 31] } }).to_string(), 422, "point"),
    ] {
        let answer = post("/api/export", body.clone()).await;
        assert_eq!(answer.status, status, "{body}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(hint), "{body}: {}", answer.json());
    }
}

fn plan_atlas(arguments: &[&str], into: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plan-atlas"))
        .arg("export")
        .args(arguments)
        .args(["--data", geodata().to_str().unwrap()])
        .current_dir(into)
        .output()
        .unwrap()
}

#[test]
fn the_command_line_writes_the_same_zip_or_a_folder_and_overwrites_nothing() {
    let root = tempfile::tempdir().unwrap();
    let done = plan_atlas(
        &["herbs", "--format", "shp", "--crs", "CGCS2000-GK", "--out", "a.zip"],
        root.path(),
    );
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stderr).contains("字段改名"), "losses are told");
    let zipped = unzipped(&std::fs::read(root.path().join("a.zip")).unwrap());
    assert!(
        zipped.contains_key("herbs.shp") && zipped.contains_key("字段对照.csv"),
        "{:?}",
        zipped.keys()
    );

    let done = plan_atlas(
        &["herbs", "--format", "shp", "--crs", "CGCS2000-GK", "--out", "folder"],
        root.path(),
    );
    assert!(done.status.success());
    for (name, content) in &zipped {
        assert_eq!(
            &std::fs::read(root.path().join("folder").join(name)).unwrap(),
            content,
            "{name}"
        );
    }
    let again = plan_atlas(&["herbs", "--format", "shp", "--out", "folder"], root.path());
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2, "nothing is left lying about");
}

#[test]
fn a_wrong_command_line_is_told_from_an_export_of_nothing() {
    let root = tempfile::tempdir().unwrap();
    for (arguments, code, hint) in [
        (vec!["herbs", "--format", "pdf", "--out", "x.zip"], 2, "pmtiles"),
        (vec!["nowhere", "--format", "csv", "--out", "x.zip"], 1, "nowhere"),
        (
            vec!["herbs", "--format", "csv", "--bbox", "-1,-1,0,0", "--out", "x.zip"],
            1,
            "nothing is left",
        ),
        (vec!["herbs", "--format", "csv", "--out", "no/such/folder/x.zip"], 1, "x.zip"),
    ] {
        let output = plan_atlas(&arguments, root.path());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(hint), "{arguments:?}: {said}");
    }
}

/// `ulimit` counts kilobytes; without a handler a file that grows beyond it is a write error.
#[cfg(unix)]
#[test]
fn when_the_disk_is_full_the_error_says_so_and_no_half_file_is_left() {
    for (format, out) in [
        ("gpkg", "x.zip"),
        ("csv", "folder"),
        ("shp", "x.zip"),
        ("geojson", "folder"),
        ("xlsx", "x.zip"),
    ] {
        let root = tempfile::tempdir().unwrap();
        let program = env!("CARGO_BIN_EXE_plan-atlas");
        let data = geodata();
        let script = format!(
            "trap '' XFSZ; ulimit -f 12; exec {program} export townships,herbs --format {format} --out {out} --data {}",
            data.display()
        );
        let output =
            Command::new("bash").args(["-c", &script]).current_dir(root.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{format}: {said}");
        assert!(said.contains("错误 "), "{format}: {said}");
        let left: Vec<_> =
            std::fs::read_dir(root.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(left.is_empty(), "{format} leaves {left:?}");
    }
}
