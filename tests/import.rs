//! `plan-atlas import` as the person meets it: files written by other software, and files that lie.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// A desk: a data folder, and room beside it for the files that are brought along.
struct Desk(TempDir);

impl Desk {
    /// With a data folder of two townships, which loads in no time.
    fn small() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let data = desk.data();
        for (file, text) in [
            ("atlas.toml", ATLAS),
            ("shili/plan.toml", PLAN),
            ("base/counties.geojson", COUNTIES),
            ("shili/places/townships.geojson", TOWNSHIPS),
        ] {
            fs::create_dir_all(data.join(file).parent().unwrap()).unwrap();
            fs::write(data.join(file), text).unwrap();
        }
        desk
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), content).unwrap();
        self.path(name)
    }

    fn zip(&self, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
        let mut archive = zip::ZipWriter::new(fs::File::create(self.path(name)).unwrap());
        for (member, content) in members {
            archive.start_file(*member, SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap();
        self.path(name)
    }

    fn import(&self, file: &Path, layer: &str, more: &[&str]) -> Run {
        let data = self.data();
        run(&[
            &["import", file.to_str().unwrap(), "--as", layer, "--data", data.to_str().unwrap()],
            more,
        ]
        .concat())
    }

    /// Imports and returns the features that are in the folder afterwards.
    fn imported(&self, file: &Path, layer: &str, more: &[&str]) -> Vec<Value> {
        let run = self.import(file, layer, more);
        assert_eq!(run.code, Some(0), "{} {more:?}: {}", file.display(), run.err);
        self.features(layer)
    }

    fn features(&self, layer: &str) -> Vec<Value> {
        read_features(&self.data().join(format!("{layer}.geojson")))
    }

    /// Every file of the data folder with its content.
    fn state(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// The import is refused with all these words, and the folder is as it was.
    #[track_caller]
    fn refused(&self, file: &Path, layer: &str, more: &[&str], words: &[&str]) {
        let before = self.state();
        for lang in ["zh", "en"] {
            let run = self.import(file, layer, &[more, &["--lang", lang]].concat());
            assert!(matches!(run.code, Some(1 | 2)), "{}: {run:?}", file.display());
            assert!(!run.err.contains("panicked"), "{}", run.err);
            if lang == "en" {
                for word in words {
                    assert!(run.err.contains(word), "{}: {word}: {}", file.display(), run.err);
                }
            }
        }
        assert!(self.state() == before, "{} changed the folder", file.display());
    }
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_plan-atlas")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn read_features(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let collection: Value = serde_json::from_str(&text).unwrap();
    collection["features"].as_array().unwrap().clone()
}

/// Runs ogr2ogr; false, with a message, where it is not installed.
fn ogr(arguments: &[&str]) -> bool {
    let Ok(output) = Command::new("ogr2ogr").args(arguments).output() else {
        eprintln!("skipped: ogr2ogr is not installed");
        return false;
    };
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ogr2ogr {arguments:?}: {error}");
    true
}

/// All positions of a geometry, sorted, so that where a ring starts makes no difference.
fn positions(geometry: &Value) -> Vec<(f64, f64)> {
    fn collect(value: &Value, found: &mut Vec<(f64, f64)>) {
        let Some(items) = value.as_array() else { return };
        match items.first() {
            Some(Value::Number(x)) => found.push((x.as_f64().unwrap(), items[1].as_f64().unwrap())),
            _ => items.iter().for_each(|item| collect(item, found)),
        }
    }
    let mut found = Vec::new();
    collect(&geometry["coordinates"], &mut found);
    // To the metre, so that rounding in the last digit does not change the order.
    let metre = |p: &(f64, f64)| ((p.0 * 1e5).round(), (p.1 * 1e5).round());
    found.sort_by(|a, b| metre(a).partial_cmp(&metre(b)).unwrap());
    found.dedup_by(|a, b| metre(a) == metre(b));
    found
}

/// Metres between two positions, closely enough.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.0 - b.0) * 111_320.0 * a.1.to_radians().cos();
    east.hypot((a.1 - b.1) * 110_900.0)
}

/// Asserts that all positions agree to so many metres; returns the largest distance.
#[track_caller]
fn assert_near(found: &Value, expected: &Value, limit: f64) -> f64 {
    let (found, expected) = (positions(found), positions(expected));
    assert_eq!(found.len(), expected.len(), "{found:?} {expected:?}");
    let mut largest = 0.0_f64;
    for (a, b) in found.iter().zip(&expected) {
        largest = largest.max(metres(*a, *b));
    }
    assert!(largest < limit, "{largest} m: {found:?} {expected:?}");
    largest
}

fn point(lon: f64, lat: f64) -> Value {
    json!({"type": "Point", "coordinates": [lon, lat]})
}

const ATLAS: &str = r##"
title = "示例县规划图册"
title_en = "Shili Plan Atlas"
plans = ["shili"]
[[groups]]
id = "base"
title = "底图"
title_en = "Base map"
[[layers]]
id = "townships"
title = "乡镇街道"
title_en = "Townships"
group = "base"
select = { kinds = ["township"] }
style = { mark = "fill", color = "#f6f2e6" }
[vocabulary]
kinds = [{ id = "county", zh = "县", en = "County" }, { id = "township", zh = "乡镇街道", en = "Township" }]
"##;

const PLAN: &str = r#"
id = "shili"
county = "500999"
title = "示例县规划"
title_en = "Plan of Shili"
number = ""
date = ""
period = "2026-2030"
[[sections]]
id = "第一章"
title = "总体布局"
title_en = "Layout"
line = 3
"#;

const COUNTIES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"500999","properties":{"name":"示例县","kind":"county","accuracy":"published"},"geometry":{"type":"Polygon","coordinates":[[[108.6,30.8],[108.8,30.8],[108.8,31.0],[108.6,31.0],[108.6,30.8]]]}}]}"#;

const TOWNSHIPS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"500999101","properties":{"name":"东镇","aliases":["东场"],"kind":"township","county":"500999","within":"500999","accuracy":"published","seat":[108.75,30.9],"seat_accuracy":"surveyed"},"geometry":{"type":"Polygon","coordinates":[[[108.7,30.8],[108.8,30.8],[108.8,31.0],[108.7,31.0],[108.7,30.8]]]}},
{"type":"Feature","id":"500999102","properties":{"name":"西河镇","kind":"township","county":"500999","within":"500999","accuracy":"published"},"geometry":{"type":"Polygon","coordinates":[[[108.6,30.8],[108.7,30.8],[108.7,31.0],[108.6,31.0],[108.6,30.8]]]}}]}"#;

/// Two parcels, one with a hole, and Chinese that GBK can just hold.
const PARCELS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"jia","properties":{"名称":"地块甲·堰坪","用途":"工业用地","面积":12.5,"数":3},"geometry":{"type":"Polygon","coordinates":[[[108.7012345,30.9012345],[108.71,30.9],[108.7111111,30.9122222],[108.7,30.91],[108.7012345,30.9012345]],[[108.703,30.903],[108.703,30.906],[108.706,30.906],[108.703,30.903]]]}},
{"type":"Feature","id":"yi","properties":{"名称":"地块乙·蔈草","用途":"医疗","面积":7.25,"数":4},"geometry":{"type":"Polygon","coordinates":[[[109.4,31.0],[109.41,31.0],[109.41,31.01],[109.4,31.01],[109.4,31.0]]]}}]}"#;

#[test]
fn what_gdal_writes_comes_in_with_its_chinese_and_within_a_centimetre() {
    let desk = Desk::small();
    let source = desk.file("parcels.geojson", PARCELS);
    let source = source.to_str().unwrap();
    let expected: Vec<Value> = read_features(Path::new(source));
    let mut worst = 0.0_f64;
    let formats: [(&str, &str, &[&str]); 8] = [
        ("GeoJSON", "geojson", &[]),
        ("GeoJSONSeq", "geojsons", &[]),
        ("GeoJSONSeq", "rs.geojsons", &["-lco", "RS=YES"]),
        ("KML", "kml", &[]),
        ("LIBKML", "kmz", &[]),
        ("GPKG", "gpkg", &[]),
        ("ESRI Shapefile", "shz", &["-lco", "ENCODING=UTF-8"]),
        ("ESRI Shapefile", "gbk.shz", &["-lco", "ENCODING=GBK"]),
    ];
    for (driver, extension, options) in formats {
        for code in ["4490", "4524", "4545", "4507", "3857"] {
            // These have no other system than degrees.
            let degrees_only = ["KML", "LIBKML", "GeoJSONSeq"].contains(&driver);
            if degrees_only && code != "4490" {
                continue;
            }
            let target = desk.path(&format!("{code}.{extension}"));
            let name = target.to_str().unwrap();
            let plane = format!("EPSG:{code}");
            let system = if degrees_only { "EPSG:4326" } else { plane.as_str() };
            let base = ["-f", driver, "-nln", "parcels", "-s_srs", "EPSG:4326", "-t_srs", system];
            if !ogr(&[&base, options, &[name, source]].concat()) {
                return;
            }
            let layer = format!("l{code}-{}", extension.replace('.', "-"));
            let found = desk.imported(&target, &layer, &[]);
            assert_eq!(found.len(), 2, "{name}");
            for (found, expected) in found.iter().zip(&expected) {
                for (key, value) in expected["properties"].as_object().unwrap() {
                    assert_eq!(&found["properties"][key], value, "{name} {key}");
                }
                assert_eq!(found["id"], expected["id"], "{name}");
                worst = worst.max(assert_near(&found["geometry"], &expected["geometry"], 0.01));
            }
        }
    }
    println!("farthest from PROJ: {worst:.4} m");
    let check = run(&["check", desk.data().to_str().unwrap()]);
    assert_eq!((check.code, check.err.as_str()), (Some(0), ""));
}

#[test]
fn gdal_tables_come_in_as_csv_and_xlsx() {
    let desk = Desk::small();
    let rows =
        "编号,名称,经度,纬度\nA1,东镇卫生院,108.7512345,30.9054321\nA2,西河卫生院,108.65,30.85\n";
    let csv = desk.file("clinics.csv", rows);
    let expected = [(108.751_234_5, 30.905_432_1), (108.65, 30.85)];
    let gbk = desk.file("gbk.csv", encoding_rs::GBK.encode(rows).0);
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain(rows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf16 = desk.file("utf16.csv", utf16);
    let mark = desk.file("mark.csv", format!("\u{feff}{}", rows.replace(',', "\t")));
    let mut files = vec![csv.clone(), gbk, utf16, mark];
    let xlsx = desk.path("clinics.xlsx");
    let options = ["-f", "XLSX", "-oo", "AUTODETECT_TYPE=YES"];
    if ogr(&[&options, [xlsx.to_str().unwrap(), csv.to_str().unwrap()].as_slice()].concat()) {
        files.push(xlsx);
    }
    for (number, file) in files.iter().enumerate() {
        let found = desk.imported(file, &format!("clinics{number}"), &["--crs", "CGCS2000"]);
        for (found, (lon, lat)) in found.iter().zip(expected) {
            assert_near(&found["geometry"], &point(lon, lat), 0.01);
        }
        assert_eq!(found[0]["properties"]["名称"], "东镇卫生院", "{}", file.display());
        assert_eq!((&found[0]["id"], &found[1]["id"]), (&"A1".into(), &"A2".into()));
    }
    desk.refused(&csv, "clinics", &[], &["reference system", "--crs EPSG:4490"]);
}

type Position = (f64, f64);

/// WGS 84 and what gcoord 1.0.7 (npm) makes of it.
const SHIFTED: [(&str, Position, Position); 2] = [
    ("GCJ-02", (108.69, 30.93), (108.694_372_011_408, 30.927_566_620_170)),
    ("BD-09", (108.69, 30.93), (108.700_831_876_256, 30.933_635_187_077)),
];

#[test]
fn shifted_coordinates_named_as_such_come_back_within_a_metre_in_every_format() {
    let desk = Desk::small();
    for (number, (crs, (lon, lat), shifted)) in SHIFTED.into_iter().enumerate() {
        let (x, y) = shifted;
        let feature = json!({"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"名称":"站"},"geometry":point(x, y)}]});
        let mut files = vec![
            desk.file("shifted.geojson", feature.to_string()),
            desk.file("shifted.csv", format!("名称,lng,lat\n站,{x},{y}\n")),
        ];
        let gpkg = desk.path(&format!("shifted{number}.gpkg"));
        let geojson = files[0].to_str().unwrap().to_owned();
        if ogr(&["-f", "GPKG", gpkg.to_str().unwrap(), &geojson]) {
            files.push(gpkg);
        }
        for (f, file) in files.iter().enumerate() {
            let found = desk.imported(file, &format!("s{number}{f}"), &["--crs", crs]);
            let far = assert_near(&found[0]["geometry"], &point(lon, lat), 1.0);
            assert!(far < 0.02, "{crs} {}: {far} m", file.display());
        }
        let header = format!("名称,经度({crs}),纬度({crs})\n站,{x},{y}\n");
        let named = desk.file("named.csv", header);
        let found = desk.imported(&named, &format!("n{number}"), &[]);
        assert_near(&found[0]["geometry"], &point(lon, lat), 0.02);
    }
}

#[test]
fn metres_in_tables_are_read_whichever_column_runs_north() {
    let desk = Desk::small();
    // 108.69, 30.93 in EPSG:4545; surveyors call the northing x.
    let (east, north) = ("565946.786", "3423417.610");
    for (n, text, remark) in [
        (0, format!("名称,x,y\n站,{north},{east}\n"), "column x runs north"),
        (1, format!("名称,X坐标,Y坐标\n站,{east},{north}\n"), "column x runs east"),
        (2, format!("名称,北坐标,东坐标\n站,{north},{east}\n"), ""),
        (3, format!("名称,WKT\n站,\"SRID=4545;POINT Z({east} {north} 250)\"\n"), "heights"),
    ] {
        let file = desk.file("metres.csv", text);
        let run = desk.import(&file, &format!("m{n}"), &["--crs", "4545", "--lang", "en"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.err.contains(remark), "{run:?}");
        assert_near(&desk.features(&format!("m{n}"))[0]["geometry"], &point(108.69, 30.93), 0.01);
    }
}

#[test]
fn a_column_of_townships_puts_rows_on_their_seats_and_names_those_it_does_not_find() {
    let desk = Desk::small();
    let rows = "企业,所在乡镇\n甲药业,东镇\n乙药业,示例县东场\n丙药业,500999101000\n丁药业,西河\n戊药业,南镇\n己药业,\n";
    let file = desk.file("firms.csv", rows);
    let run = desk.import(&file, "firms", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let found = desk.features("firms");
    for feature in &found[..3] {
        assert_eq!(feature["geometry"], point(108.75, 30.9));
        assert_eq!(feature["properties"]["accuracy"], "seat");
    }
    // Nobody knows where this township is governed from: a point in it is no seat.
    assert_eq!(found[3]["properties"]["accuracy"], "approximate");
    assert_eq!((&found[4]["geometry"], &found[5]["geometry"]), (&Value::Null, &Value::Null));
    assert!(run.err.contains("row 6: the atlas has no township “南镇”"), "{}", run.err);
    assert!(run.err.contains("row 7: has no position"), "{}", run.err);
    assert!(run.err.contains("4 records stand on the seat"), "{}", run.err);
}

#[test]
fn cells_beyond_the_header_and_mixed_systems_are_not_lost_in_silence() {
    let desk = Desk::small();
    let rows = "名称,wkt,,\n甲,SRID=4490;POINT(108.7 30.9),多出,\n乙,SRID=4545;POINT(565946 3423417),,\n丙,SRID=1;POINT(1 2),,\n";
    let file = desk.file("wide.csv", rows);
    let run = desk.import(&file, "wide", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in ["became: 列3", "row 3: the shape cannot be used (SRID=4545)", "row 4: the shape"]
    {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    let found = desk.features("wide");
    assert_eq!(found[0]["properties"], json!({"名称": "甲", "列3": "多出"}));
    assert_eq!((&found[0]["geometry"], &found[1]["geometry"]), (&point(108.7, 30.9), &Value::Null));
}

#[tokio::test]
async fn an_imported_layer_is_served_with_its_features() {
    let desk = Desk(tempfile::tempdir().unwrap());
    copy_all(&common::geodata(), &desk.data());
    let file = desk.file("x.csv", "名称,乡镇\n堰坪药材站,堰坪镇\n平安站,奉节县平安\n");
    let run = desk.import(&file, "药材站", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let check = self::run(&["check", desk.data().to_str().unwrap()]);
    assert_eq!((check.code, check.err.as_str()), (Some(0), ""));
    let app = common::serve(&desk.data());
    let atlas = common::get_from(app.clone(), "/api/atlas").await.json();
    let layers = atlas["layers"].as_array().unwrap();
    let layer = layers.iter().find(|l| l["id"] == "药材站").expect("the layer is listed");
    assert_eq!((&layer["count"], &layer["geometry"]), (&2.into(), &"point".into()));
    let place = common::get_from(app, "/api/places/药材站:1").await.json();
    assert_eq!(place["place"]["name"], "堰坪药材站");
    assert_eq!(
        place["place"]["accuracy"]["id"].as_str().or(place["place"]["accuracy"].as_str()),
        Some("seat")
    );
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn broken_shapes_are_repaired_or_left_out_and_reported_one_by_one() {
    let desk = Desk::small();
    let area = |ring: Value| json!({"type": "Polygon", "coordinates": [ring]});
    let shapes = [
        area(json!([
            [108.7, 30.9],
            [108.71, 30.91],
            [108.71, 30.9],
            [108.7, 30.91],
            [108.7, 30.9]
        ])),
        area(json!([[108.7, 30.9], [108.71, 30.9], [108.71, 30.91], [108.7, 30.91]])),
        area(json!([
            [108.7, 30.9],
            [108.7, 30.91],
            [108.71, 30.91],
            [108.71, 30.9],
            [108.7, 30.9]
        ])),
        area(json!([[108.7, 30.9], [108.71, 30.9], [108.7, 30.9]])),
        json!({"type": "Polygon", "coordinates": [["x", 1]]}),
        json!({"type": "Point", "coordinates": [30.9, 108.7]}),
        json!({"type": "Point", "coordinates": [2.3, 48.8]}),
        json!({"type": "Point", "coordinates": [108.7, 30.9, 250.0]}),
        json!({"type": "GeometryCollection", "geometries": [point(108.7, 30.9), {"type": "LineString", "coordinates": [[108.7, 30.9], [108.8, 30.9]]}]}),
        Value::Null,
    ];
    // Latitude first cannot be longitude/latitude at all: that file is refused as a whole.
    let features: Vec<Value> = shapes
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != 5)
        .map(|(n, g)| json!({"type": "Feature", "id": n, "properties": {"n": n}, "geometry": g}))
        .collect();
    let text = json!({"type": "FeatureCollection", "features": features}).to_string();
    let file = desk.file("broken.geojson", text);
    let run = desk.import(&file, "mended", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in [
        "feature 1: the boundary crossed itself",
        "feature 2: a ring did not end where it began",
        "feature 4: 1 parts without length or area",
        "feature 5: the shape cannot be used",
        "feature 6: [2.300000, 48.800000] is outside China",
        "1 features have heights",
        "feature 8: points, lines and areas in one feature: split into 2",
        "feature 9: has no position",
    ] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    let found = desk.features("mended");
    let kinds: Vec<&str> =
        found.iter().map(|f| f["geometry"]["type"].as_str().unwrap_or("-")).collect();
    let expected = [
        "MultiPolygon",
        "Polygon",
        "Polygon",
        "-",
        "-",
        "-",
        "Point",
        "MultiPoint",
        "MultiLineString",
        "-",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(found[8]["id"], "8-2");
    let check = self::run(&["check", desk.data().to_str().unwrap(), "--lang", "en"]);
    assert_eq!((check.code, check.err.as_str()), (Some(0), ""));

    let swapped = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": shapes[5]}]});
    let swapped = desk.file("swapped.geojson", swapped.to_string());
    desk.refused(&swapped, "swapped", &[], &["feature 1", "cannot belong to WGS 84"]);
}

#[test]
fn a_reference_system_that_cannot_be_told_or_does_not_fit_is_refused_with_the_remedy() {
    let desk = Desk::small();
    let metres = point(36_565_946.786, 3_423_417.61);
    let with = |crs: &str, geometry: &Value| {
        let crs = if crs.is_empty() {
            String::new()
        } else {
            format!(r#""crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"#)
        };
        format!(
            r#"{{"type":"FeatureCollection",{crs}"features":[{{"type":"Feature","properties":{{}},"geometry":{geometry}}}]}}"#
        )
    };
    let file = |text: String| desk.file("crs.geojson", text);
    desk.refused(
        &file(with("", &metres)),
        "a",
        &[],
        &["cannot belong to WGS 84", "did you mean --crs EPSG:4524?"],
    );
    desk.refused(&file(with("EPSG:4545", &metres)), "a", &[], &["did you mean --crs EPSG:4524?"]);
    desk.refused(&file(with("EPSG:2381", &metres)), "a", &[], &["Xian 1980", "seven parameters"]);
    desk.refused(&file(with("EPSG:32649", &metres)), "a", &[], &["EPSG:32649", "--crs"]);
    desk.refused(&file(with("", &metres)), "a", &["--crs", "北京54"], &["Beijing 1954"]);
    desk.refused(&file(with("", &metres)), "a", &["--crs", "x"], &["not known here, “x”"]);
    desk.refused(
        &file(with("EPSG:4545", &point(108.7, 30.9))),
        "a",
        &[],
        &["no position in China"],
    );
    let unclear = desk.file("xy.csv", "x,y\n12,13\n");
    desk.refused(&unclear, "a", &["--crs", "4490"], &["which runs north"]);
    let found = desk.imported(&file(with("urn:ogc:def:crs:EPSG::4524", &metres)), "a", &[]);
    assert_near(&found[0]["geometry"], &point(108.69, 30.93), 0.01);
    let run =
        desk.import(&file(with("EPSG:32649", &metres)), "b", &["--crs", "4524", "--lang", "en"]);
    assert!(
        run.err.contains("says its reference system is EPSG:32649; read as CGCS2000"),
        "{run:?}"
    );
}

/// A shapefile of one point at 108.7, 30.9 with a field 名称, written by hand in GBK.
fn hand_made() -> [Vec<u8>; 3] {
    let be = |n: i32| n.to_be_bytes().to_vec();
    let le = |n: i32| n.to_le_bytes().to_vec();
    let number = |n: f64| n.to_le_bytes().to_vec();
    let record = [le(1), number(108.7), number(30.9)].concat();
    let mut shp = [be(9994), vec![0; 20], be(64), le(1000), le(1), vec![0; 64]].concat();
    shp.extend([be(1), be(10), record].concat());
    let (name, _, _) = encoding_rs::GBK.encode("名称");
    let (text, _, _) = encoding_rs::GBK.encode("云阳县");
    let mut dbf = [vec![3, 126, 1, 1], le(1), vec![65, 0, 7, 0], vec![0; 20]].concat();
    let mut field = [name.as_ref(), &[0; 7], b"C", &[0; 4], &[6], &[0; 15]].concat();
    field.truncate(32);
    dbf.extend(field);
    dbf.extend([&[0x0D, b' '], text.as_ref(), &[0x1A]].concat());
    let prj = br#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    [shp, dbf, prj.to_vec()]
}

#[test]
fn a_shapefile_says_what_it_lacks_and_its_encoding_is_found_out() {
    let desk = Desk::small();
    let [shp, dbf, prj] = hand_made();
    let whole = desk
        .zip("whole.zip", &[("图层/点.SHP", &shp), ("图层/点.DBF", &dbf), ("图层/点.prj", &prj)]);
    let found = desk.imported(&whole, "whole", &[]);
    assert_eq!(
        (&found[0]["properties"]["名称"], &found[0]["geometry"]),
        (&"云阳县".into(), &point(108.7, 30.9))
    );

    let lying = desk.zip(
        "lying.zip",
        &[("a.shp", &shp), ("a.dbf", &dbf), ("a.prj", &prj), ("a.cpg", b"UTF-8")],
    );
    let run = desk.import(&lying, "lying", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("says it is UTF-8 but is not; all of it is gb18030"), "{run:?}");
    assert_eq!(desk.features("lying")[0]["properties"]["名称"], "云阳县");
    desk.refused(&lying, "x", &["--encoding", "UTF-8"], &["name the encoding"]);
    desk.refused(&lying, "x", &["--encoding", "klingon"], &["no known encoding"]);

    let no_prj = desk.zip("no-prj.zip", &[("a.shp", &shp), ("a.dbf", &dbf)]);
    desk.refused(&no_prj, "x", &[], &["Shapefile that does not say its reference system", "--crs"]);
    desk.imported(&no_prj, "told", &["--crs", "4490"]);
    let no_dbf = desk.zip("no-dbf.zip", &[("a.shp", &shp), ("a.prj", &prj)]);
    desk.refused(&no_dbf, "x", &[], &["without its .dbf"]);
    let bare = desk.file("bare.shp", &shp);
    desk.refused(&bare, "x", &[], &["without its .dbf"]);
    let short = desk.zip("short.zip", &[("a.shp", &shp[..120]), ("a.dbf", &dbf), ("a.prj", &prj)]);
    desk.refused(&short, "x", &[], &["breaks off"]);
    let mut counts = shp.clone();
    counts[108..112].copy_from_slice(&8_i32.to_le_bytes());
    let lie = desk.zip("lie.zip", &[("a.shp", &counts), ("a.dbf", &dbf), ("a.prj", &prj)]);
    let run = desk.import(&lie, "counts", &["--lang", "en"]);
    assert!(run.err.contains("feature 1: the shape cannot be used"), "{run:?}");
}

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="企业" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

fn workbook(desk: &Desk, rows: &str) -> PathBuf {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    desk.zip(
        "book.xlsx",
        &[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ],
    )
}

#[test]
fn formulas_of_a_workbook_count_by_their_saved_value_and_are_reported() {
    let desk = Desk::small();
    let text = |cell: &str, text: &str| {
        format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let rows = format!(
        r#"<row r="1">{}</row><row r="2">{}{}{}{}</row><row r="3">{}<c r="B3"><f>100+8.7</f><v>108.7</v></c><c r="C3"><v>30.9</v></c><c r="D3"><f>1+1</f></c></row><row r="4">{}<c r="B4" t="e"><v>#REF!</v></c><c r="C4"><v>30.9</v></c></row>"#,
        text("A1", "示例县企业表"),
        text("A2", "名称"),
        text("B2", "经度"),
        text("C2", "纬度"),
        text("D2", "产值"),
        text("A3", "甲药业"),
        text("A4", "乙药业"),
    );
    let file = workbook(&desk, &rows);
    let run = desk.import(&file, "firms", &["--crs", "4490", "--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in [
        "row 2 is the header",
        "1 cells are formulas (such as B3)",
        "the formula in D3 was never calculated",
        "B4 is the error #REF!",
        "row 4: “” in column “经度” is no number",
    ] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    let found = desk.features("firms");
    assert_eq!(found[0]["geometry"], point(108.7, 30.9));
    assert_eq!(
        (&found[1]["properties"]["名称"], &found[1]["geometry"]),
        (&"乙药业".into(), &Value::Null)
    );

    let far = format!(
        r#"<row r="1">{}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
        text("A1", "经度")
    );
    desk.refused(&workbook(&desk, &far), "x", &[], &["no sound XLSX"]);
    desk.refused(&workbook(&desk, &rows), "x", &["--table", "无"], &["has no table “无”", "企业"]);
}

#[test]
fn files_that_lie_are_refused_by_what_they_are() {
    let desk = Desk::small();
    let kml = |body: &str| {
        format!(
            r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>"#
        )
    };
    let secret = desk.file("secret.txt", "geheim");
    let external = format!(
        r#"<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file://{}">]><kml><Placemark><name>&x;</name><Point><coordinates>108.7,30.9</coordinates></Point></Placemark></kml>"#,
        secret.display()
    );
    let entity = kml("<Placemark><name>&x;</name></Placemark>");
    let deep = kml(&"<Folder>".repeat(5000));
    let deeper = kml(&format!("<Placemark>{}", "<MultiGeometry>".repeat(5000)));
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let spaces = " ".repeat(4_000_000);
    let wkt = format!("wkt\n\"{}\"\n", "GEOMETRYCOLLECTION(".repeat(100_000));
    let files: [(&str, &[u8], &[&str]); 19] = [
        ("pdf.geojson", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", &["PDF"]),
        ("drawing.shp", b"AC1027 drawing", &["DWG"]),
        ("old.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", &["old Office file"]),
        ("picture.zip", b"\x89PNG\r\n\x1a\n", &["picture"]),
        ("nothing.geojson", b"", &["empty"]),
        ("spaces.geojson", spaces.as_bytes(), &["empty", "blanks"]),
        ("zeros.geojson", &[0; 1000], &["empty"]),
        ("random.geojson", b"\x01\x00\xFF\xFE\x99", &["binary"]),
        ("prose.geojson", "规划全文".as_bytes(), &["text, but neither GeoJSON nor KML"]),
        (
            "cut.geojson",
            br#"{"type":"FeatureCollection","features":[{"type":"Fea"#,
            &["no sound GeoJSON"],
        ),
        ("style.geojson", br#"{"version":8,"layers":[]}"#, &["no sound GeoJSON"]),
        ("none.geojson", br#"{"type":"FeatureCollection","features":[]}"#, &["has no features"]),
        ("page.kml", b"<html><body>404</body></html>", &["root is <html>"]),
        ("external.kml", external.as_bytes(), &["DOCTYPE or entities"]),
        ("entity.kml", entity.as_bytes(), &["DOCTYPE or entities"]),
        ("deep.kml", deep.as_bytes(), &["too deeply"]),
        ("deeper.kml", deeper.as_bytes(), &["too deeply"]),
        ("nested.geojson", nested.as_bytes(), &["text, but neither"]),
        (
            "names.csv",
            "名称,备注\n甲,乙\n".as_bytes(),
            &["no column that tells a position", "名称"],
        ),
    ];
    for (name, content, words) in files {
        desk.refused(&desk.file(name, content), "x", &[], words);
    }
    let nested = format!(r#"{{"type":"FeatureCollection","features":{nested}}}"#);
    desk.refused(&desk.file("nested.geojson", nested), "x", &[], &["no sound GeoJSON"]);
    let run = desk.import(&desk.file("nested.csv", wkt), "wkt", &["--crs", "4490", "--lang", "en"]);
    assert!(run.err.contains("WKT nests too deeply"), "{}", run.err);
    desk.refused(&desk.path("missing.geojson"), "x", &[], &["cannot be read"]);
    desk.refused(&desk.data(), "x", &[], &["not a file"]);
    desk.refused(
        &desk.zip("text.zip", &[("readme.txt", b"hello")]),
        "x",
        &[],
        &["without a file that can be imported"],
    );
    let sqlite = [b"SQLite format 3\0".as_slice(), &[0; 200]].concat();
    desk.refused(&desk.file("base.gpkg", sqlite), "x", &[], &["no sound GeoPackage"]);
}

#[test]
fn a_gigabyte_of_spaces_and_bombs_are_refused_before_they_fill_anything() {
    let desk = Desk::small();
    let spaces = desk.path("spaces.geojson");
    // A hole in a file has a length and no content.
    fs::File::create(&spaces).unwrap().set_len(1 << 30).unwrap();
    desk.refused(&spaces, "x", &[], &["1024 MB", "256 MB"]);

    let bomb = desk.path("bomb.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&bomb).unwrap());
    for member in ["a.shp", "a.dbf", "a.shx"] {
        archive.start_file(member, SimpleFileOptions::default()).unwrap();
        let block = vec![0; 1 << 20];
        for _ in 0..200 {
            archive.write_all(&block).unwrap();
        }
    }
    archive.finish().unwrap();
    desk.refused(&bomb, "x", &[], &["unpacks to more than 512 MB"]);

    // The same, saying of each member that it is a thousand bytes.
    let mut bytes = fs::read(&bomb).unwrap();
    let honest = (200_u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, w)| *w == honest).map(|(at, _)| at).collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    let liar = desk.file("liar.zip", bytes);
    desk.refused(&liar, "x", &[], &[]);

    let many: Vec<(String, Vec<u8>)> =
        (0..3000).map(|n| (format!("{n}.shp"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    desk.refused(&desk.zip("many.zip", &many), "x", &[], &["too many files"]);
    let traversal =
        desk.zip("traversal.zip", &[("../../escaped.shp", b""), ("../../escaped.dbf", b"")]);
    desk.refused(&traversal, "x", &[], &[]);
    assert!(!desk.path("../escaped.shp").exists() && !desk.path("escaped.shp").exists());
}

#[test]
fn replacing_a_layer_shows_what_differs_row_by_row_and_a_dry_run_changes_nothing() {
    let desk = Desk::small();
    let first = desk.file("first.csv", "id,名称,产值,lon_wgs84,lat_wgs84\na,甲,1,108.7,30.9\nb,乙,2,108.71,30.9\nc,丙,3,108.72,30.9\nd,丁,4,108.73,30.9\n");
    desk.imported(&first, "firms", &[]);
    let before = desk.state();
    desk.refused(&first, "firms", &[], &["--replace"]);
    desk.refused(&first, "Firms", &[], &["capitals", "firms"]);
    desk.refused(&first, "townships", &["--replace"], &["layer of atlas.toml"]);

    // As an export hands ids out: with the layer before them.
    let second = desk.file("second.csv", "id,名称,产值,lon_wgs84,lat_wgs84\nfirms:a,甲,1,108.7,30.9\nfirms:b,乙,20,108.71,30.9\nfirms:c,丙,3,108.725,30.9\nfirms:e,戊,5,108.74,30.9\n");
    for dry in [true, false] {
        let options: &[&str] = if dry { &["--dry-run"] } else { &[] };
        let run =
            desk.import(&second, "firms", &[&["--replace", "--lang", "en"], options].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        for line in [
            "~ b 乙 | 产值: 2 → 20",
            "~ c 丙 | lon_wgs84: 108.72 → 108.725; moved or reshaped",
            "+ e 戊",
            "- d 丁",
            "1 added · 2 changed · 1 removed · 1 unchanged",
        ] {
            assert!(run.out.lines().any(|l| l == line), "{line}: {}", run.out);
        }
        if dry {
            assert!(desk.state() == before, "a dry run writes nothing");
        }
    }
    let ids: Vec<String> =
        desk.features("firms").iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a", "b", "c", "e"]);
    let leftovers = fs::read_dir(desk.data()).unwrap().map(|e| e.unwrap().file_name());
    assert!(!leftovers.into_iter().any(|name| name.to_string_lossy().contains(".part")));
}

#[test]
fn a_layer_goes_out_through_gdal_and_comes_back_unchanged() {
    let desk = Desk::small();
    desk.imported(&desk.file("parcels.geojson", PARCELS), "parcels", &[]);
    let layer = desk.data().join("parcels.geojson");
    for (driver, file, more) in [
        ("GPKG", "back.gpkg", [].as_slice()),
        ("ESRI Shapefile", "back.shz", &["-t_srs", "EPSG:4545", "-lco", "ENCODING=GBK"]),
        ("CSV", "back.csv", &["-lco", "GEOMETRY=AS_WKT"]),
        (
            "XLSX",
            "back.xlsx",
            &["-sql", "SELECT *, AsWKT(geometry, 8) AS WKT FROM parcels", "-dialect", "SQLite"],
        ),
    ] {
        let target = desk.path(file);
        let files = [target.to_str().unwrap(), layer.to_str().unwrap()];
        if !ogr(&[&["-f", driver], more, &files].concat()) {
            return;
        }
        let options = ["--replace", "--dry-run", "--lang", "en"];
        let crs: &[&str] =
            if file.ends_with("csv") || file.ends_with("xlsx") { &["--crs", "4490"] } else { &[] };
        let run = desk.import(&target, "parcels", &[&options, crs].concat());
        let same = "0 added · 0 changed · 0 removed · 2 unchanged";
        assert!(run.out.contains(same), "{driver}: {run:?}");
    }
    let text = fs::read(&layer).unwrap();
    desk.imported(&layer.clone(), "parcels", &["--replace"]);
    assert!(fs::read(&layer).unwrap() == text, "GeoJSON comes back the same to the byte");
}

#[test]
fn several_tables_become_one_layer_or_the_one_that_is_asked_for() {
    let desk = Desk::small();
    let parcels = desk.file("parcels.geojson", PARCELS);
    let gpkg = desk.path("two.gpkg");
    let (gpkg_name, parcels) = (gpkg.to_str().unwrap(), parcels.to_str().unwrap());
    let no_id = ["-select", "名称"];
    if !ogr(&[&["-f", "GPKG", "-nln", "地块"], &no_id[..], &[gpkg_name, parcels]].concat())
        || !ogr(&[
            &["-f", "GPKG", "-update", "-nln", "复本", "-t_srs", "EPSG:4545"],
            &no_id[..],
            &[gpkg_name, parcels],
        ]
        .concat())
    {
        return;
    }
    let all = desk.imported(&gpkg, "all", &[]);
    let ids: Vec<&str> = all.iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["地块.1", "地块.2", "复本.1", "复本.2"]);
    assert_near(&all[0]["geometry"], &all[2]["geometry"], 0.02);
    assert_eq!(desk.imported(&gpkg, "one", &["--table", "复本"]).len(), 2);
    desk.refused(&gpkg, "x", &["--table", "别的"], &["has no table “别的”", "地块"]);
}

#[test]
fn names_that_are_no_files_everywhere_are_refused() {
    let desk = Desk::small();
    let file = desk.file("parcels.geojson", PARCELS);
    for name in ["", "a/b", "../x", "a b", "a.b", ".x", "-x", "con", "COM1", "a\\b", "a:b", "a\0"] {
        if name.contains('\0') {
            continue;
        }
        let before = desk.state();
        let run = desk.import(&file, name, &[]);
        assert_eq!(run.code, Some(2), "{name:?}: {run:?}");
        assert!(desk.state() == before);
    }
    desk.imported(&file, "地块-2025_甲", &[]);
}

#[test]
fn a_layer_that_makes_the_folder_fail_is_taken_back() {
    let desk = Desk::small();
    let place = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"shili:yi","properties":{"name":"医院","kind":"township","county":"500999","accuracy":"published"},"geometry":{"type":"Point","coordinates":[108.7,30.9]}}]}"#;
    fs::write(desk.data().join("shili/places/more.geojson"), place).unwrap();
    let other = desk.file("other.geojson", PARCELS.replace("\"yi\"", "\"bing\""));
    let file = desk.file("parcels.geojson", PARCELS);
    let words = ["the id “shili:yi” stands at", "taken back"];
    desk.refused(&file, "shili", &[], &words);
    desk.imported(&other, "shili", &[]);
    desk.refused(&file, "shili", &["--replace"], &words);
}

#[test]
fn a_folder_with_errors_takes_no_layer() {
    let desk = Desk::small();
    fs::write(desk.data().join("broken.geojson"), "{").unwrap();
    let file = desk.file("parcels.geojson", PARCELS);
    desk.refused(&file, "x", &[], &["broken.geojson", "mend them first"]);
}

#[test]
fn a_kml_keeps_folders_data_and_character_references() {
    let desk = Desk::small();
    let text = r#"<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>文件</name>
      <NetworkLink><Link><href>http://example.com/x.kml</href></Link></NetworkLink>
      <Folder><name>医疗</name><Placemark id="p1"><name>甲 &amp; &#x4E59;</name><description><![CDATA[<b>粗</b>]]></description>
      <ExtendedData><Data name="床位"><value>200</value></Data></ExtendedData>
      <Point><coordinates>
        108.7,30.9,250 </coordinates></Point></Placemark></Folder></Document></kml>"#;
    for (n, file) in [desk.file("a.kml", text), desk.zip("a.kmz", &[("doc.kml", text.as_bytes())])]
        .iter()
        .enumerate()
    {
        let run = desk.import(file, &format!("k{n}"), &["--lang", "en"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.err.contains("NetworkLink"), "{run:?}");
        let found = &desk.features(&format!("k{n}"))[0];
        let expected =
            json!({"name": "甲 & 乙", "description": "<b>粗</b>", "folder": "医疗", "床位": "200"});
        assert_eq!((&found["properties"], &found["id"]), (&expected, &"p1".into()));
        assert_eq!(found["geometry"], point(108.7, 30.9));
    }
}
