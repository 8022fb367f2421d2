//! Taking layers away, as a client and as somebody at the command line does it.

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use common::folder::{self, Folder};
use common::{Answer, FORMATS, geodata, get, post};
use serde_json::{Value, json};

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
        for key in ["label", "layer_title", "title", "field"] {
            assert!(report.contains(loss[key].as_str().unwrap_or_default()), "{key}: {loss}");
        }
    }
    // In the words of people: the heading of a field in both languages, and features by name.
    let of = |loss: &&Value| loss["kind"] == "nulls" && loss["field"] == "herbs";
    let herbs = told["losses"].as_array().unwrap().iter().find(of).unwrap();
    assert_eq!((&herbs["title"], &herbs["title_en"]), (&json!("中药材品种"), &json!("Herbs")));
    assert_eq!(herbs["examples"][0], "人和街道（500235003）");
    let line = format!(
        "中药材乡镇 herbs · 中药材品种 herbs（{}）：人和街道（500235003）、",
        herbs["count"]
    );
    assert!(report.contains(&line), "{report}");
    let renamed = told["renamed"].as_array().unwrap().iter().find(|f| f["key"] == "kind").unwrap();
    assert_eq!(renamed["title_en"], "Kind (code)");
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

/// Layers that would overwrite each other's files: in other capitals, as the second file of another, as a
/// table of records, as a file that explains an export.
#[test]
fn no_two_files_of_an_export_are_called_alike_on_any_system() {
    let folder = Folder::copy();
    let point = json!({ "type": "Point", "coordinates": [108.7, 30.9] });
    let line = json!({ "type": "LineString", "coordinates": [[108.7, 30.9], [108.8, 30.9]] });
    let layers = [
        "plots",
        "plots_unlocated",
        "plots_point",
        "Plots",
        "roles",
        "links",
        "说明",
        "字段对照",
        "con",
        "a.b",
    ];
    for id in layers {
        let features: Vec<Value> = [&point, &line, &Value::Null]
            .into_iter()
            .enumerate()
            .map(|(i, shape)| {
                json!({ "type": "Feature", "id": i, "properties": { "所属": id, "FID": i, "Geom": "g", "geom": "h" }, "geometry": shape })
            })
            .collect();
        let layer = json!({ "type": "FeatureCollection", "features": features });
        folder.add(&format!("{id}.geojson"), layer.to_string());
    }
    let data = folder.path().to_str().unwrap();
    let asked = format!("{},herbs", layers.join(","));
    for format in FORMATS {
        let out = tempfile::tempdir().unwrap();
        let zip = out.path().join("x.zip");
        let arguments =
            ["export", &asked, "--format", format, "--out", zip.to_str().unwrap(), "--data", data];
        let done = folder::run(&arguments);
        assert!(done.status.success(), "{format}: {}", String::from_utf8_lossy(&done.stderr));
        let bytes = std::fs::read(&zip).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = (0..archive.len())
            .map(|number| archive.by_index(number).unwrap().name().unwrap().to_lowercase())
            .collect();
        let apart: std::collections::HashSet<&String> = names.iter().collect();
        assert_eq!(apart.len(), names.len(), "{format}: {names:?}");
        assert!(names.iter().all(|name| !name.starts_with("con.")), "{format}: {names:?}");
        // Nothing was overwritten: what belongs to each layer is still there.
        let files = unzipped(&bytes);
        let all: Vec<u8> = files.into_values().flatten().collect();
        if matches!(format, "geojson" | "geojsonseq" | "fgb" | "parquet" | "csv" | "shp") {
            let per =
                |id: &str| all.windows(id.len()).filter(|part| *part == id.as_bytes()).count();
            assert!(layers.iter().all(|id| per(id) >= 3), "{format}");
        }
        if format == "fgb" {
            for (name, id) in [("plots.fgb", "plots"), ("plots_unlocated.fgb", "plots_unlocated")] {
                let file = &unzipped(&bytes)[name];
                // As FlatGeobuf writes a text: its length before it.
                let said = |id: &str| {
                    let text =
                        [&u32::try_from(id.len()).unwrap().to_le_bytes(), id.as_bytes()].concat();
                    file.windows(text.len()).any(|part| part == text)
                };
                let other = if id == "plots" { "plots_unlocated" } else { "plots" };
                assert!(said(id) && !said(other), "{name}");
            }
        }
        if format == "gpkg" {
            let file = out.path().join("x.gpkg");
            std::fs::write(&file, &unzipped(&bytes)["plan-atlas.gpkg"]).unwrap();
            let db = rusqlite::Connection::open(&file).unwrap();
            let count = |table: &str| -> u32 {
                db.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))
                    .unwrap()
            };
            assert_eq!(["plots", "Plots_1", "roles_1", "a.b"].map(count), [3; 4]);
            assert!(count("herbs_roles") > 0);
        }
    }
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
        ("format=gpkg&layers=herbs&crs=EPSG:9999", 400, "/api/export/formats"),
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
            // The same in a body.
            if query.contains("layers=herbs&") && !query.contains("colour") {
                let body: serde_json::Map<String, Value> = query
                    .split('&')
                    .map(|pair| {
                        let (key, value) = pair.split_once('=').unwrap();
                        let list = matches!(key, "layers" | "places");
                        (key.to_owned(), if list { json!([value]) } else { json!(value) })
                    })
                    .collect();
                let answer = post(path, Value::Object(body).to_string()).await;
                let body = answer.json();
                assert_eq!(answer.status, status, "POST {path} {query}");
                assert!(body["detail"].as_str().unwrap().contains(hint), "POST {path}: {body}");
            }
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
    assert!(String::from_utf8_lossy(&again.stderr).contains("不是空文件夹"));
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2, "nothing is left lying about");
}

#[test]
fn a_wrong_command_line_is_told_from_an_export_of_nothing() {
    let root = tempfile::tempdir().unwrap();
    for (arguments, code, hints) in [
        ("herbs --format pdf", 2, ["可用：geojson", "known are: geojson"]),
        ("nowhere --format csv", 1, ["可选：", "there are: "]),
        ("herbs --format csv --bbox -1,-1,0,0", 1, ["请放宽或去掉", "widen it"]),
        ("herbs --format csv --bbox 1,2", 2, ["西,南,东,北", "west,south,east,north"]),
        ("herbs --format csv --places nowhere", 1, ["没有地点“nowhere”", "perhaps no longer"]),
        ("herbs --format csv --within nowhere", 1, ["没有地点“nowhere”", "perhaps no longer"]),
        ("herbs --format csv --within yunyang:longgang", 1, ["它所在的乡镇", "its township"]),
        ("herbs --format gpkg --crs EPSG:9999", 2, ["--crs EPSG:4490", "--crs EPSG:4490"]),
        ("herbs --format gpkg --crs EPSG:4214", 2, ["七参数", "seven parameters"]),
        ("herbs --format kml --crs GCJ-02", 2, ["去掉 --crs", "leave crs out"]),
        ("herbs --format xlsx --encoding gbk", 2, ["要 GBK 请用 shp、csv", "shp or csv"]),
        ("herbs --format csv --encoding big5", 2, ["可用：utf-8、gbk", "utf-8, gbk"]),
        ("herbs --format csv --out no/such/folder/x.zip", 1, ["--out 的文件夹", "cannot write"]),
    ] {
        for (lang, hint) in ["zh", "en"].into_iter().zip(hints) {
            let mut all: Vec<&str> = arguments.split(' ').chain(["--lang", lang]).collect();
            if !all.contains(&"--out") {
                all.extend(["--out", "x.zip"]);
            }
            let output = plan_atlas(&all, root.path());
            assert_eq!(output.status.code(), Some(code), "{arguments}");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains(hint), "{arguments}: {said}");
            let left = std::fs::read_dir(root.path()).unwrap().count();
            assert_eq!(left, 0, "{arguments} leaves something");
        }
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
        assert!(said.contains("磁盘已满") && said.contains("--out"), "{format}: {said}");
        let left: Vec<_> =
            std::fs::read_dir(root.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(left.is_empty(), "{format} leaves {left:?}");
    }
}

/// The same of the server: GET and POST alike say so, and its folder for temporary files is as it was.
#[cfg(unix)]
#[test]
fn when_the_disk_of_the_server_is_full_the_client_is_told_and_nothing_is_left() {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpStream;
    use std::process::Stdio;

    let temporary = tempfile::tempdir().unwrap();
    let script = format!(
        "trap '' XFSZ; ulimit -f 12; exec {} serve --data {} --listen 127.0.0.1:0",
        env!("CARGO_BIN_EXE_plan-atlas"),
        geodata().display()
    );
    let mut server = Command::new("bash")
        .args(["-c", &script])
        .env("TMPDIR", temporary.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "the server did not start");
        if let Some((_, address)) = line.split_once("http://") {
            break address.trim().trim_end_matches('/').to_owned();
        }
    };
    let ask = |request: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let mut answers = Vec::new();
    for format in ["gpkg", "csv", "shp", "xlsx", "geojson", "kmz"] {
        answers.push((format, ask(&format!(
            "GET /api/export?format={format}&layers=townships,herbs HTTP/1.0\r\nHost: {address}\r\n\r\n"
        ))));
        let body = json!({ "format": format, "layers": ["townships", "herbs"] }).to_string();
        answers.push((format, ask(&format!(
            "POST /api/export HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))));
    }
    server.kill().unwrap();
    server.wait().unwrap();
    for (format, answer) in answers {
        assert!(
            answer.contains(" 507 ") && answer.contains("choose fewer layers"),
            "{format}: {answer}"
        );
    }
    let left = std::fs::read_dir(temporary.path()).unwrap().count();
    assert_eq!(left, 0, "temporary files are left");
}
