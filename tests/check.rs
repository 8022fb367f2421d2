//! `plan-atlas check` as the person who edits the folder meets it: run on copies of the shipped
//! data, each broken in one way.

mod common;

use std::fs;

use common::folder::{Folder, run};

#[test]
fn the_shipped_folder_is_clean() {
    let check = Folder::copy().check("zh");
    assert_eq!((check.code, check.lines.as_slice()), (Some(0), [].as_slice()));
    assert!(check.summary.contains("地点 318"), "{}", check.summary);
    assert!(check.summary.contains("0 个错误"), "{}", check.summary);
}

#[test]
fn a_misspelt_id_and_a_crossing_ring_give_two_errors_at_file_and_line_and_gb18030_is_read() {
    let folder = Folder::copy();
    let misspelt = folder.edit("yunyang/roles.csv", ",yunyang:longgang,", ",yunyang:longgagn,");
    let crossing = cross_first_ring(&folder, "yunyang/places/townships.geojson");
    let tasks = folder.path().join("fengjie/tasks.csv");
    let text = fs::read_to_string(&tasks).unwrap();
    let (gb18030, _, unmappable) = encoding_rs::GB18030.encode(&text);
    assert!(!unmappable);
    fs::write(&tasks, gb18030).unwrap();

    let check = folder.check("zh");
    assert_eq!(check.code, Some(1));
    assert_eq!(check.lines.len(), 2, "{:#?}", check.lines);
    assert!(
        check.lines[0].starts_with(&format!("错误 yunyang/places/townships.geojson:{crossing} "))
    );
    assert!(check.lines[0].contains("自相交"), "{}", check.lines[0]);
    assert!(check.lines[1].starts_with(&format!("错误 yunyang/roles.csv:{misspelt} ")));
    assert!(check.lines[1].contains("是否应为“yunyang:longgang”"), "{}", check.lines[1]);
}

/// Swaps two vertices of the first feature's outer ring; returns its line.
fn cross_first_ring(folder: &Folder, file: &str) -> usize {
    let path = folder.path().join(file);
    let mut collection: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let line = 1 + text.lines().position(|l| l.contains("\"Polygon\"")).unwrap();
    let feature = collection["features"].as_array_mut().unwrap().iter_mut();
    let feature = { feature }.find(|f| f["geometry"]["type"] == "Polygon").unwrap();
    let before = feature.clone();
    let ring = feature["geometry"]["coordinates"][0].as_array_mut().unwrap();
    let third = ring.len() / 3;
    ring.swap(third, 2 * third);
    let after = feature.to_string();
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(i, l)| {
            if i + 1 != line {
                return l.to_owned();
            }
            assert!(l.contains(before["id"].as_str().unwrap()));
            after.clone() + if l.ends_with(',') { "," } else { "" }
        })
        .collect();
    fs::write(&path, lines.join("\n")).unwrap();
    line
}

#[test]
fn every_kind_of_mistake_is_named_with_its_field_and_a_remedy() {
    let townships = "yunyang/places/townships.geojson";
    for (file, from, to, hints) in [
        ("atlas.toml", "title_en = ", "titel_en = ", ["atlas.toml:", "titel_en"]),
        (
            townships,
            "\"FeatureCollection\"",
            "\"FeatureColection\"",
            ["townships.geojson", "FeatureColection"],
        ),
        (townships, "{\"type\":\"Feature\"", "{\"type\":\"Feature\"\"", [":", "JSON"]),
        (
            townships,
            "\"kind\":\"township\"",
            "\"kind\":\"townshp\"",
            ["kind", "did you mean “township”"],
        ),
        (
            townships,
            "\"accuracy\":\"schematic\"",
            "\"accuracy\":\"skematic\"",
            ["accuracy", "schematic"],
        ),
        (townships, "\"500235002\"", "\"500235001\"", ["500235001", "stands at"]),
        (townships, "\"within\":\"500235\"", "\"within\":\"500253\"", ["within", "500253"]),
        (
            "yunyang/places/layout.geojson",
            "\"coordinates\":[108.",
            "\"coordinates\":[30.9,108.",
            ["layout.geojson:", "latitude first"],
        ),
        (
            "yunyang/places/layout.geojson",
            "\"coordinates\":[108.",
            "\"coordinates\":[36500000,108.",
            ["layout.geojson:", "outside China"],
        ),
        (
            "yunyang/projects.csv",
            ",deadline_year,",
            ",deadline_yaer,",
            ["deadline_yaer", "deadline_year"],
        ),
        ("yunyang/projects.csv", "PJ044,", "PJ045,", ["PJ045", "stands at"]),
        ("yunyang/targets.csv", ",31.9,31.9,", ",31.9,NaN,", ["baseline_number", "no number"]),
        (townships, "\"name_en\":\"", "\"name_en\":7,\"x\":\"", ["name_en", "no text"]),
        (townships, "\"accuracy\":\"schematic\"", "\"accuracy\":null", ["accuracy", "no accuracy"]),
        ("yunyang/places/medical-links.geojson", "\"from\":", "\"form\":", ["from", "empty"]),
        ("yunyang/targets.csv", ",31.9,31.9,", ",31.9,31.9亿,", ["baseline_number", "no number"]),
        ("yunyang/projects.csv", ",专栏5,", ",专栏9,", ["section", "专栏9"]),
        ("yunyang/roles.csv", ",三基地,", ",三基底,", ["kind", "三基地"]),
        ("yunyang/roles.csv", "LY004,", "LY004,多一格,", ["cells", "quote"]),
    ] {
        let folder = Folder::copy();
        folder.edit(file, from, to);
        let check = folder.check("en");
        assert_eq!(check.code, Some(1), "{file}: {from} → {to}");
        let named = check.lines.iter().any(|line| hints.iter().all(|hint| line.contains(hint)));
        assert!(named, "{file}: {from} → {to}: {:#?}", check.lines);
    }
}

#[test]
fn a_ring_that_runs_the_wrong_way_is_a_warning_and_is_served() {
    let folder = Folder::copy();
    let dropped = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"名称":"地块甲","用途":"工业"},
        "geometry":{"type":"Polygon","coordinates":[[[108.7,30.9],[108.7,30.91],[108.71,30.91],[108.71,30.9],[108.7,30.9]]]}}]}"#;
    fs::write(folder.path().join("parcels.geojson"), dropped).unwrap();
    let check = folder.check("en");
    assert_eq!(check.code, Some(0), "{check:#?}");
    assert_eq!(check.lines.len(), 1);
    assert!(check.lines[0].contains("RFC 7946"), "{check:#?}");
}

#[test]
fn a_property_one_letter_off_is_pointed_out() {
    let folder = Folder::copy();
    folder.edit("yunyang/places/townships.geojson", "\"within\":", "\"witihn\":");
    let check = folder.check("en");
    assert_eq!(check.code, Some(0));
    assert!(
        check.lines[0].contains("witihn") && check.lines[0].contains("did you mean “within”"),
        "{check:#?}"
    );
}

#[test]
fn an_empty_geometry_is_no_position() {
    let folder = Folder::copy();
    let empty = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[]}}]}"#;
    fs::write(folder.path().join("parcels.geojson"), empty).unwrap();
    let check = folder.check("en");
    assert_eq!(check.code, Some(1), "{check:#?}");
    assert!(check.lines[0].contains("no positions"), "{check:#?}");
}

#[test]
fn a_file_in_no_known_encoding_is_named() {
    let folder = Folder::copy();
    fs::write(folder.path().join("fengjie/tasks.csv"), b"id,\xFF\xFF\x00\x80\n").unwrap();
    let check = folder.check("en");
    assert!(check.lines.iter().any(|l| l.contains("fengjie/tasks.csv") && l.contains("GB18030")));
}

#[test]
fn serve_refuses_to_start_on_errors_and_names_them() {
    let folder = Folder::copy();
    folder.edit("yunyang/roles.csv", ",yunyang:longgang,", ",yunyang:longgagn,");
    let output =
        run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("yunyang/roles.csv") && log.contains("longgagn"), "{log}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let output = run(&["check", "no-such-folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("atlas.toml"));
}

#[tokio::test]
async fn a_geojson_file_dropped_into_the_folder_is_a_layer_with_no_other_step() {
    let folder = Folder::copy();
    let dropped = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"名称":"地块甲","用途":"工业","county":"某县","kind":"工业用地"},
        "geometry":{"type":"Polygon","coordinates":[[[108.7,30.9],[108.71,30.9],[108.71,30.91],[108.7,30.91],[108.7,30.9]]]}}]}"#;
    fs::write(folder.path().join("parcels.geojson"), dropped).unwrap();
    let app = common::serve(folder.path());
    let atlas = common::get_from(app.clone(), "/api/atlas").await.json();
    let layers = atlas["layers"].as_array().unwrap();
    let layer = layers.iter().find(|l| l["id"] == "parcels").expect("a layer named like the file");
    assert_eq!((&layer["count"], &layer["geometry"]), (&1.into(), &"polygon".into()));
    let here = common::get_from(app.clone(), "/api/here?lon=108.705&lat=30.905").await.json();
    assert!(common::values(&here["places"], "name").contains(&"地块甲"));
    let place = common::get_from(app, "/api/places/parcels:1").await.json();
    let kept = &place["place"]["properties"];
    assert_eq!(
        (&kept["用途"], &kept["county"], &kept["kind"]),
        (&"工业".into(), &"某县".into(), &"工业用地".into())
    );
}

#[test]
fn the_data_version_depends_on_the_content_alone() {
    let version = |folder: &Folder| {
        let loaded = plan_atlas::load::load(folder.path());
        loaded.atlas.unwrap().data_version
    };
    let (a, b) = (Folder::copy(), Folder::copy());
    assert_eq!(version(&a), version(&b));
    b.edit("yunyang/projects.csv", "菊花基地", "菊花　基地");
    assert_ne!(version(&a), version(&b));
}

#[tokio::test]
async fn later_observations_of_an_indicator_are_shown_between_baseline_and_target() {
    let folder = Folder::copy();
    let table = "indicator,year,value,source,note\nI28,2023,14.2,县统计局年报,\nI28,2021,9.8,县统计局年报,\n";
    fs::write(folder.path().join("yunyang/observations.csv"), table).unwrap();
    let app = common::serve(folder.path());
    let target = common::get_from(app, "/api/targets/I28").await.json();
    let years: Vec<i64> = target["observations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["year"].as_i64().unwrap())
        .collect();
    assert_eq!(years, [2021, 2023]);

    folder.edit("yunyang/observations.csv", "I28,2021", "I99,2021");
    let check = folder.check("en");
    assert!(
        check.lines[0].contains("yunyang/observations.csv:3") && check.lines[0].contains("I99"),
        "{check:#?}"
    );
}

#[test]
fn check_prints_how_much_of_each_section_is_covered() {
    let folder = common::geodata();
    let output = run(&["check", folder.to_str().unwrap(), "--coverage", "--lang", "en"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("yunyang 专栏5: "), "{text}");
    assert!(text.contains("places without position 76"), "{text}");
    assert!(text.contains("yunyang:sishibacao-forest-park 四十八槽森林公园"), "{text}");
}
