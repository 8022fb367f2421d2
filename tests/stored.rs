//! Layers whose features stay in their file answer as those do whose features are in memory.

mod common;
#[path = "common/export.rs"]
mod export;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use common::folder::Folder;
use common::{Answer, FORMATS, ask, get_from, serve};
use export::traps;
use geo::LinesIter;
use mvt_reader::Reader;
use mvt_reader::feature::Value as TileValue;
use serde_json::{Value, json};

/// A county's small survey: every shape, names or none, ids or none, nested values.
fn survey() -> Value {
    let mut features = Vec::new();
    for number in 0..120_u32 {
        let (i, j) = (f64::from(number % 12), f64::from(number / 12));
        let (x, y) = (108.9 + i * 0.004, 30.9 + j * 0.004);
        let at = |dx: f64, dy: f64| json!([x + dx * 0.004, y + dy * 0.004]);
        let geometry = match number % 5 {
            0 => json!({"type": "Point", "coordinates": at(0.5, 0.5)}),
            1 => {
                json!({"type": "LineString", "coordinates": [at(0.0, 0.0), at(0.4, 0.6), at(1.0, 1.0)]})
            }
            2 => Value::Null,
            _ => json!({"type": "Polygon", "coordinates":
                [[at(0.0, 0.0), at(0.5, 0.1), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)]]}),
        };
        let mut properties =
            json!({"name": format!("地块{number}"), "面积": f64::from(number) * 1.5, "数": number});
        if number % 7 == 0 {
            properties["accuracy"] = json!("schematic");
        }
        if number % 9 == 0 {
            properties["详"] = json!({"等级": [1, null, "一等"]});
        }
        features.push(json!({"type": "Feature", "id": format!("P{number}"), "properties": properties, "geometry": geometry}));
    }
    json!({"type": "FeatureCollection", "features": features})
}

/// The shipped data with layers, in memory or in their files.
fn folder(layers: &[(&str, Value)], stored: bool) -> Folder {
    let folder = Folder::copy();
    for (id, layer) in layers {
        folder.add(&format!("{id}.geojson"), layer.to_string());
    }
    if stored {
        let manifest = folder.path().join("atlas.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(manifest, format!("large_files_mb = 0\n{text}")).unwrap();
    }
    folder
}

fn both(layers: &[(&str, Value)]) -> [Folder; 2] {
    [false, true].map(|stored| folder(layers, stored))
}

/// The answer without what differs between two folders, or two moments.
fn plain(answer: &Answer) -> Value {
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let Ok(mut json) = serde_json::from_str::<Value>(&text) else { return Value::String(text) };
    if let Some(object) = json.as_object_mut() {
        object.remove("timeStamp");
        // What lies near a feature of a file are the places of the atlas, not a thousand of its own kind.
        object.remove("neighbours");
    }
    json
}

/// Boxes of stored layers are a few centimetres wider than they need to be.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-6
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

async fn alike(apps: &[Router; 2], address: &str) -> Value {
    let [memory, file] =
        [get_from(apps[0].clone(), address).await, get_from(apps[1].clone(), address).await];
    assert_eq!(memory.status, file.status, "{address}");
    let [memory, file] = [plain(&memory), plain(&file)];
    assert!(same(&memory, &file), "{address}\n{memory:#}\n{file:#}");
    memory
}

#[tokio::test]
async fn every_question_is_answered_alike_from_memory_and_from_the_file() {
    let folders = both(&[("survey", survey())]);
    let apps = [serve(folders[0].path()), serve(folders[1].path())];
    let filter = "filter=\"数\"%3E40 AND \"面积\"%3C=150&sortby=-数&limit=7";
    for address in [
        "/api/here?lon=108.9105&lat=30.9021&tolerance=300",
        "/api/here?lon=108.921&lat=30.921",
        "/api/near?lon=108.92&lat=30.92&radius=900",
        "/api/near?lon=108.92&lat=30.92&radius=2500&layers=survey&limit=20&offset=5",
        "/api/near?lon=108.92&lat=30.92&radius=2500&kinds=feature",
        "/api/places?layer=survey&limit=1000",
        "/api/places?layer=survey&limit=9&offset=20",
        "/api/places?layer=survey&bbox=108.905,30.905,108.93,30.93",
        "/api/places?layer=survey&kind=township",
        "/api/places/survey:P3",
        "/api/places/survey:P5",
        "/api/places/survey:P2",
        "/api/places/survey:none",
        "/api/places/survey:P3/within",
        "/api/places/survey:P6/within?distance=1500",
        "/api/places/500235001/within?distance=50000",
        "/tiles/survey.json",
        "/ogc/collections/survey",
        "/ogc/collections/survey?f=html",
        "/ogc/collections/survey/queryables",
        "/ogc/collections/survey/items?limit=1000",
        "/ogc/collections/survey/items?limit=10&offset=15",
        "/ogc/collections/survey/items?bbox=108.905,30.905,108.93,30.93",
        "/ogc/collections/survey/items?bbox=-180,-90,180,90&limit=3",
        "/ogc/collections/survey/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857&limit=12",
        "/ogc/collections/survey/items?properties=name,详&limit=40",
        "/ogc/collections/survey/items?filter=geometry IS NULL",
        "/ogc/collections/survey/items?filter=S_INTERSECTS(geometry,POINT(108.9141 30.9021))",
        &format!("/ogc/collections/survey/items?{filter}"),
        &format!("/ogc/collections/survey/items?{filter}&f=html"),
        "/ogc/collections/survey/items?name=地块17",
        "/ogc/collections/survey/items/P17",
        "/ogc/collections/survey/items/P17?f=html",
        "/ogc/collections/survey/items/P170",
        "/ogc/collections/survey/styles/survey",
        "/ogc/collections/survey/tiles/WebMercatorQuad",
    ] {
        alike(&apps, address).await;
    }
    let named = alike(&apps, "/api/places?layer=survey&q=地块119").await;
    assert_eq!(named["total"], 1);
    let atlas = [
        get_from(apps[0].clone(), "/api/atlas").await,
        get_from(apps[1].clone(), "/api/atlas").await,
    ];
    let [memory, file] = atlas.map(|answer| {
        let mut layers = answer.json()["layers"].as_array().unwrap().clone();
        layers.retain(|layer| layer["id"] == "survey");
        layers.remove(0)
    });
    assert_eq!([&memory["large"], &file["large"]], [&json!(false), &json!(true)]);
    for key in ["count", "unlocated", "geometry", "accuracies", "bounds", "style", "title", "group"]
    {
        if key != "style" {
            assert!(same(&memory[key], &file[key]), "{key}: {} {}", memory[key], file[key]);
        }
    }
}

#[tokio::test]
async fn what_lies_in_a_drawn_area_counts_the_features_of_the_file() {
    let folders = both(&[("survey", survey())]);
    let area = json!({"type": "Polygon", "coordinates":
        [[[108.9, 30.9], [108.931, 30.9], [108.931, 30.927], [108.9, 30.927], [108.9, 30.9]]]});
    let mut answers = Vec::new();
    for folder in &folders {
        let request =
            Request::post("/api/within?distance=200").body(Body::from(area.to_string())).unwrap();
        answers.push(ask(serve(folder.path()), request).await.json());
    }
    assert!(same(&answers[0], &answers[1]), "{:#}\n{:#}", answers[0], answers[1]);
    assert!(answers[0]["total"].as_u64().unwrap() > 40, "{:#}", answers[0]);
}

#[tokio::test]
async fn pairs_say_why_they_do_not_measure_a_large_layer() {
    let folder = folder(&[("survey", survey())], true);
    let address = "/api/pairs?a=survey&b=medical&than=farther&distance=100";
    let answer = get_from(serve(folder.path()), address).await;
    assert_eq!(answer.status, 422);
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("survey.geojson") && detail.contains("large_files_mb"), "{detail}");
}

/// Every file of an export, by name, without the fingerprint of the data.
fn exported(folder: &Path, layer: &str, format: &str, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("out");
    let done = Command::new(env!("CARGO_BIN_EXE_plan-atlas"))
        .args(["export", layer, "--format", format, "--data"])
        .arg(folder)
        .arg("--out")
        .arg(&target)
        .args(more)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{format}: {said}");
    let mut files = BTreeMap::from([("standard error".to_owned(), said.into_bytes())]);
    for entry in fs::read_dir(&target).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        files.insert(name, fs::read(entry.path()).unwrap());
    }
    files
}

fn version(folder: &Path) -> String {
    plan_atlas::load::load(folder).atlas.unwrap().data_version
}

fn without(bytes: &[u8], version: &str) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, version).collect();
    for at in places {
        bytes[at..at + version.len()].fill(b'0');
    }
    bytes
}

#[test]
fn every_format_takes_the_same_away_from_memory_and_from_the_file() {
    let folders = both(&[("survey", survey()), ("traps", traps())]);
    let versions = [version(folders[0].path()), version(folders[1].path())];
    // Packed formats have checksums over the version; what they hold is compared in tests of their own.
    let packed = ["xlsx", "kmz", "gpkg", "pmtiles"];
    let formats = FORMATS.into_iter().filter(|format| !packed.contains(format));
    let part = ("geojson", &["--bbox", "108.905,30.905,108.93,30.93"][..]);
    for (format, more) in formats.map(|format| (format, &[][..])).chain([part]) {
        let [memory, file] = [0, 1].map(|one| {
            let files = exported(folders[one].path(), "survey,traps", format, more).into_iter();
            files.map(|(name, bytes)| (name, without(&bytes, &versions[one]))).collect()
        });
        let [memory, file]: [BTreeMap<String, Vec<u8>>; 2] = [memory, file];
        assert!(memory.keys().eq(file.keys()), "{format}: {:?} {:?}", memory.keys(), file.keys());
        for ((name, memory), file) in memory.iter().zip(file.values()) {
            let place = memory.iter().zip(file).position(|(a, b)| a != b);
            let place = place.unwrap_or(memory.len().min(file.len()));
            let around = |bytes: &[u8]| {
                let around = place.saturating_sub(80)..(place + 80).min(bytes.len());
                String::from_utf8_lossy(&bytes[around]).into_owned()
            };
            let [here, there] = [around(memory), around(file)];
            assert!(memory == file, "{format} {more:?} {name}:{place}\n{here}\n{there}");
        }
    }
}

#[test]
fn an_export_within_a_feature_of_a_file_takes_what_lies_there() {
    let taken = both(&[("survey", survey())]).map(|folder| {
        let files = exported(folder.path(), "survey,herbs", "geojson", &["--within", "survey:P8"]);
        let collection = &files.iter().find(|(name, _)| name.starts_with("survey")).unwrap().1;
        let collection: Value = serde_json::from_slice(collection).unwrap();
        common::values(&collection["features"], "id").iter().map(ToString::to_string).collect()
    });
    let [memory, file]: [Vec<String>; 2] = taken;
    assert_eq!(memory, file);
    assert!(file.contains(&"P8".to_owned()) && file.len() > 3 && file.len() < 12, "{file:?}");
}

/// Cells of a side of a crowded layer.
const SIDE: u32 = 50;
/// Side of a cell in degrees.
const CELL: f64 = 0.003;

/// Cells whose common sides are wiggly, and a point in each.
fn crowd() -> [(&'static str, Value); 2] {
    // The same side has the same positions whichever cell it belongs to.
    let along = |i: u32, j: u32, step: u32, across: bool| {
        let part = f64::from(step) / 12.0;
        let wiggle = if (3..=9).contains(&step) {
            0.06 * f64::from((step * 7 + i * 3 + j * 5) % 5)
        } else {
            0.0
        };
        let (along, beside) = (part, wiggle);
        let (dx, dy) = if across { (along, beside) } else { (beside, along) };
        json!([108.6 + (f64::from(i) + dx) * CELL, 30.9 + (f64::from(j) + dy) * CELL])
    };
    let (mut cells, mut points) = (Vec::new(), Vec::new());
    for number in 0..SIDE * SIDE {
        let (i, j) = (number % SIDE, number / SIDE);
        let south = (0..12).map(|step| along(i, j, step, true));
        let east = (0..12).map(|step| along(i + 1, j, step, false));
        let north = (1..=12).rev().map(|step| along(i, j + 1, step, true));
        let west = (0..=12).rev().map(|step| along(i, j, step, false));
        let ring: Vec<Value> = south.chain(east).chain(north).chain(west).collect();
        let accuracy = if number % 3 == 0 { "schematic" } else { "published" };
        let feature = |kind: &str, coordinates| {
            json!({
                "type": "Feature", "id": number, "geometry": {"type": kind, "coordinates": coordinates},
                "properties": {"name": format!("地块{number}"), "accuracy": accuracy},
            })
        };
        cells.push(feature("Polygon", json!([ring])));
        points.push(feature("Point", along(i, j, 6, true)));
    }
    [("cells", cells), ("points", points)]
        .map(|(id, features)| (id, json!({"type": "FeatureCollection", "features": features})))
}

/// A feature of a tile: its layer, its attributes, its geometry.
type Shown = (String, BTreeMap<String, String>, geo::Geometry<f32>);

async fn shown(app: &Router, layer: &str, (z, x, y): (u8, u32, u32)) -> Vec<Shown> {
    let answer = get_from(app.clone(), &format!("/tiles/{layer}/{z}/{x}/{y}.mvt")).await;
    assert_eq!(answer.status, 200);
    let reader = Reader::new(answer.body).expect("a valid tile");
    let names = reader.get_layer_names().unwrap().into_iter().enumerate();
    let of_layer = |(number, name): (usize, String)| {
        reader.get_features(number).unwrap().into_iter().map(move |feature| {
            let properties = feature.properties.unwrap().into_iter();
            let text = |value| match value {
                TileValue::String(text) => text,
                TileValue::UInt(number) => number.to_string(),
                other => panic!("{other:?}"),
            };
            let properties = properties.map(|(key, value)| (key, text(value))).collect();
            (name.clone(), properties, feature.geometry)
        })
    };
    names.flat_map(of_layer).collect()
}

/// Layer, attributes.
fn said(shown: &[Shown]) -> Vec<(&str, &BTreeMap<String, String>)> {
    let mut said: Vec<_> = shown.iter().map(|(layer, said, _)| (layer.as_str(), said)).collect();
    said.sort();
    said
}

/// The tile of a zoom level around a position.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
fn around(lon: f64, lat: f64, z: u8) -> (u8, u32, u32) {
    let (x, y) = plan_atlas::crs::to_tile_space(lon, lat);
    let n = f64::from(1_u32 << z);
    (z, (x * n) as u32, (y * n) as u32)
}

#[tokio::test]
async fn tiles_name_the_same_features_from_memory_and_from_the_file() {
    let [cells, points] = crowd();
    let folders = both(&[("survey", survey()), cells, points]);
    let apps = [serve(folders[0].path()), serve(folders[1].path())];
    for (layer, z) in [
        ("survey", 9),
        ("survey", 14),
        ("survey", 16),
        ("cells", 12),
        ("cells", 14),
        ("points", 14),
        ("points", 15),
    ] {
        let tile =
            if layer == "survey" { around(108.921, 30.921, z) } else { around(108.66, 30.96, z) };
        let [memory, file] =
            [shown(&apps[0], layer, tile).await, shown(&apps[1], layer, tile).await];
        assert!(!memory.is_empty(), "{layer} {tile:?}");
        assert_eq!(said(&memory), said(&file), "{layer} {tile:?}");
    }
    for z in [0, 5, 8] {
        let tile = around(108.66, 30.96, z);
        let [memory, file] =
            [shown(&apps[0], "cells", tile).await, shown(&apps[1], "cells", tile).await];
        let merged = |shown: &[Shown]| {
            let pixels = |(_, said, geometry): &Shown| (said.clone(), format!("{geometry:?}"));
            shown.iter().map(pixels).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(merged(&memory), merged(&file), "merged by accuracy, at {z}");
        let [memory, file] =
            [shown(&apps[0], "points", tile).await, shown(&apps[1], "points", tile).await];
        assert_eq!(memory.len(), file.len(), "one point for each square, at {z}");
    }
}

/// The sides of an area.
fn sides(geometry: &geo::Geometry<f32>) -> Vec<geo::Line<f32>> {
    match geometry {
        geo::Geometry::Polygon(area) => area.lines_iter().collect(),
        geo::Geometry::MultiPolygon(areas) => areas.lines_iter().collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn neighbours_in_a_file_keep_one_edge_at_every_zoom() {
    let [cells, _] = crowd();
    let folder = folder(&[cells], true);
    let app = serve(folder.path());
    for z in 9..=16 {
        let tile = around(108.66, 30.96, z);
        // A side inside the layer and the tile is run along once each way.
        let reach = f64::from(SIDE) * CELL;
        let on_grid = |lon: f64, lat: f64| {
            let (x, y) = plan_atlas::crs::to_tile_space(lon, lat);
            let n = f64::from(1_u32 << z);
            [(x * n - f64::from(tile.1)) * 4096.0, (y * n - f64::from(tile.2)) * 4096.0]
        };
        let [west, north] = on_grid(108.6 + CELL, 30.9 + reach - CELL).map(|n| n.max(0.0));
        let [east, south] = on_grid(108.6 + reach - CELL, 30.9 + CELL).map(|n| n.min(4096.0));
        let mut open: BTreeMap<[i64; 4], i32> = BTreeMap::new();
        let cells = shown(&app, "cells", tile).await;
        let areas =
            cells.iter().filter(|(layer, said, _)| layer == "cells" && said.contains_key("id"));
        let mut count = 0;
        for side in areas.inspect(|_| count += 1).flat_map(|(.., geometry)| sides(geometry)) {
            let [a, b] = [side.start, side.end].map(|end| [f64::from(end.x), f64::from(end.y)]);
            let inside =
                |[x, y]: [f64; 2]| (west..east).contains(&x) && (north..south).contains(&y);
            if inside(a) && inside(b) {
                #[expect(clippy::cast_possible_truncation, reason = "units of a tile's grid")]
                let [a, b] = [a, b].map(|at| at.map(|n| n as i64));
                let (from, to, sign) = if a < b { (a, b, 1) } else { (b, a, -1) };
                *open.entry([from[0], from[1], to[0], to[1]]).or_default() += sign;
            }
        }
        assert!(count > 1, "{count} areas at {z}");
        assert!(open.len() > 10, "{} sides at {z}", open.len());
        open.retain(|_, sum| *sum != 0);
        assert!(open.is_empty(), "gaps at zoom {z}: {open:?}");
    }
}

#[tokio::test]
async fn a_file_that_changed_under_the_server_is_not_half_answered() {
    let folder = folder(&[("survey", survey())], true);
    let app = serve(folder.path());
    let addresses = [
        "/api/here?lon=108.9105&lat=30.9021&tolerance=300",
        "/api/near?lon=108.92&lat=30.92&radius=900",
        "/api/places?layer=survey",
        "/api/places/survey:P3",
        "/api/places/survey:P3/within",
        "/tiles/survey/14/13149/6698.mvt",
        "/ogc/collections/survey/items",
        "/ogc/collections/survey/items?f=html",
        "/ogc/collections/survey/items/P4",
        "/api/export?layers=survey&format=csv",
        "/api/export/losses?layers=survey&format=csv",
    ];
    // Every character of a name becomes another one: the file is as long as it was, and still GeoJSON.
    folder.add("survey.geojson", survey().to_string().replace("地块", "宗地"));
    for address in addresses {
        let answer = get_from(app.clone(), address).await;
        assert_eq!(answer.status, 503, "{address}: {}", String::from_utf8_lossy(&answer.body));
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("survey.geojson has changed"), "{address}: {detail}");
        assert_eq!(answer.header("retry-after"), "1", "{address}");
    }
    let known = get_from(app.clone(), "/api/places/500235001").await;
    assert_eq!(known.status, 200, "what is in memory is answered");
    let again = get_from(serve(folder.path()), "/api/places/survey:P3").await;
    assert_eq!(again.json()["place"]["name"], "宗地3");
}

/// Writes the located features of the survey with GDAL; nothing where it is not installed.
fn by_gdal(target: &Path, format: &str, more: &[&str]) -> Option<()> {
    let mut located = survey();
    located["features"].as_array_mut().unwrap().retain(|feature| !feature["geometry"].is_null());
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("survey.geojson");
    fs::write(&source, located.to_string()).unwrap();
    let done =
        Command::new("ogr2ogr").args(["-f", format]).args(more).arg(target).arg(&source).output();
    let Ok(done) = done else {
        eprintln!("skipped: ogr2ogr is not installed");
        return None;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(())
}

/// Features by name: geometry, and what else is compared.
async fn by_name(app: Router) -> BTreeMap<String, Value> {
    let items = get_from(app, "/ogc/collections/survey/items?limit=1000").await.json();
    let mut found = BTreeMap::new();
    for feature in items["features"].as_array().unwrap() {
        let all = &feature["properties"];
        let kept = json!([feature["geometry"], all["面积"], all["数"], all["accuracy"]]);
        found.insert(all["name"].as_str().unwrap().to_owned(), kept);
    }
    found
}

#[tokio::test]
async fn a_flatgeobuf_file_of_gdal_is_a_layer_whatever_its_reference_system_and_index() {
    let mut wanted = by_name(serve(folder(&[("survey", survey())], true).path())).await;
    wanted.retain(|_, feature| !feature[0].is_null());
    for more in [
        &["-t_srs", "EPSG:4490"][..],
        &["-t_srs", "EPSG:4545"],
        &["-t_srs", "EPSG:4326", "-lco", "SPATIAL_INDEX=NO"],
    ] {
        let folder = Folder::copy();
        let file = folder.path().join("survey.fgb");
        if by_gdal(&file, "FlatGeobuf", more).is_none() {
            return;
        }
        for way in ["read", "with its index"] {
            let found = by_name(serve(folder.path())).await;
            assert_eq!(found.len(), wanted.len(), "{more:?}, {way}");
            for (name, feature) in &found {
                assert!(
                    same(feature, &wanted[name]),
                    "{more:?} {name}:\n{feature}\n{}",
                    wanted[name]
                );
            }
            assert!(folder.path().join("survey.fgb.plan-atlas-index").exists());
        }
        let app = serve(folder.path());
        let here =
            get_from(app.clone(), "/api/here?lon=108.9141&lat=30.9021&tolerance=50").await.json();
        let named: Vec<&str> = common::values(&here["places"], "name");
        assert!(named.iter().any(|name| name.starts_with("地块")), "{here:#}");
        let tile = shown(&app, "survey", around(108.921, 30.921, 14)).await;
        assert!(tile.iter().any(|(layer, ..)| layer == "survey"), "{} features", tile.len());
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() - 9]).unwrap();
        let said = folder.check("en").lines.join("\n");
        assert!(said.contains("survey.fgb") && said.contains("FlatGeobuf"), "{said}");
    }
}

#[tokio::test]
async fn the_tables_of_a_geopackage_of_gdal_are_layers() {
    let mut wanted = by_name(serve(folder(&[("survey", survey())], true).path())).await;
    wanted.retain(|_, feature| !feature[0].is_null());
    for system in ["EPSG:4490", "EPSG:4545"] {
        let folder = Folder::copy();
        let file = folder.path().join("survey.gpkg");
        if by_gdal(&file, "GPKG", &["-t_srs", system, "-nlt", "GEOMETRY"]).is_none() {
            return;
        }
        for way in ["read", "with its index"] {
            let found = by_name(serve(folder.path())).await;
            assert_eq!(found.len(), wanted.len(), "{system}, {way}");
            for (name, feature) in &found {
                assert!(
                    same(feature, &wanted[name]),
                    "{system} {name}:\n{feature}\n{}",
                    wanted[name]
                );
            }
        }
        let app = serve(folder.path());
        let near = get_from(app.clone(), "/api/near?lon=108.92&lat=30.92&radius=900&layers=survey")
            .await
            .json();
        assert!(near["total"].as_u64().unwrap() > 5, "{near:#}");
        let tile = shown(&app, "survey", around(108.921, 30.921, 14)).await;
        assert!(tile.iter().any(|(layer, ..)| layer == "survey"), "{} features", tile.len());

        // As long as QGIS has it open.
        let log = folder.path().join("survey.gpkg-wal");
        fs::write(&log, "changes").unwrap();
        let said = folder.check("en").lines.join("\n");
        assert!(said.contains("survey.gpkg") && said.contains("close that program"), "{said}");
        fs::remove_file(log).unwrap();

        // A second table beside the first: both get names of their own.
        let more = ["-update", "-nln", "again", "-t_srs", system, "-nlt", "GEOMETRY"];
        by_gdal(&file, "GPKG", &more).unwrap();
        let changed = get_from(app, "/ogc/collections/survey/items").await;
        assert_eq!(changed.status, 503, "the file is another one now");
        let app = serve(folder.path());
        let listed = get_from(app.clone(), "/ogc/collections").await.json();
        let ids = common::values(&listed["collections"], "id");
        assert!(ids.contains(&"survey-survey") && ids.contains(&"survey-again"), "{ids:?}");
        let one = get_from(app.clone(), "/ogc/collections/survey-again/items?limit=1").await.json();
        let id = one["features"][0]["id"].as_str().unwrap();
        let place = get_from(app, &format!("/api/places/survey-again:{id}")).await;
        assert_eq!(place.status, 200);
    }
    let folder = Folder::copy();
    folder.add("broken.gpkg", "SQLite format 3, or not");
    let said = folder.check("en").lines.join("\n");
    assert!(said.contains("broken.gpkg") && said.contains("GeoPackage"), "{said}");
}

#[tokio::test]
async fn a_flatgeobuf_file_of_many_features_is_read_in_runs_that_its_index_names() {
    let points: Vec<Value> = (0..40_000_u32)
        .map(|n| {
            let (x, y) = (108.5 + f64::from(n % 200) / 500.0, 30.6 + f64::from(n / 200) / 500.0);
            let geometry = json!({ "type": "Point", "coordinates": [x, y] });
            json!({ "type": "Feature", "properties": { "n": n }, "geometry": geometry })
        })
        .collect();
    let source = tempfile::tempdir().unwrap();
    let json = source.path().join("many.geojson");
    fs::write(&json, json!({ "type": "FeatureCollection", "features": points }).to_string())
        .unwrap();
    let folder = Folder::copy();
    let file = folder.path().join("many.fgb");
    let written = Command::new("ogr2ogr").args(["-f", "FlatGeobuf"]).args([&file, &json]).output();
    if !written.is_ok_and(|output| output.status.success()) {
        eprintln!("ogr2ogr is missing; nothing was read");
        return;
    }
    let index = folder.path().join("many.fgb.plan-atlas-index");
    let found = || async {
        let _ = fs::remove_file(&index);
        let address =
            "/ogc/collections/many/items?bbox=108.599,30.699,108.621,30.721&limit=1000&f=json";
        let page = get_from(serve(folder.path()), address).await.json();
        let of = |feature: &Value| (feature["id"].to_string(), feature["properties"]["n"].as_u64());
        page["features"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let sound = found().await;
    assert_eq!(sound.len(), 121, "eleven by eleven");
    // An index that lies about where a run begins: the file is read from the beginning, and says the same.
    let mut bytes = fs::read(&file).unwrap();
    let header = 12 + u32::from_le_bytes(bytes[8..12].try_into().unwrap()) as usize;
    let nodes: usize =
        std::iter::successors(Some(40_000_usize), |level| (*level > 1).then(|| level.div_ceil(16)))
            .sum();
    let offset = header + (nodes - 40_000 + 16_384) * 40 + 32;
    bytes[offset] ^= 1;
    fs::write(&file, &bytes).unwrap();
    assert_eq!(found().await, sound);
}
