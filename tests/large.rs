//! Large layers: a file whose features stay in it says the same as one whose features became places.

use std::fs;
use std::path::Path;

use plan_atlas::load::{Fault, Lang, Problem, Progress, load, open_large};
use plan_atlas::model::{Place, TermRef, kinds};
use plan_atlas::store::Store;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

const MANIFEST: &str = "title = \"试\"\ntitle_en = \"Trial\"\nlanguages = [\"zh\"]\nplans = []\n";

fn folder(file: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("atlas.toml"), MANIFEST).unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    folder
}

fn open(folder: &Path, file: &str) -> (Option<Store>, Vec<Problem>) {
    open_large(folder, file, &TermRef::new(kinds::feature()), &Progress::default())
}

fn sound(folder: &Path, file: &str) -> Store {
    let (store, problems) = open(folder, file);
    store.unwrap_or_else(|| panic!("{problems:?}"))
}

fn places(store: &Store) -> Vec<Place> {
    store.places(0..store.len()).map(|place| place.expect("the file is unchanged")).collect()
}

/// A square around a position, as somebody's software would write it.
fn square(x: f64, y: f64) -> Value {
    let (east, north) = (x + 0.01, y + 0.01);
    json!({ "type": "Polygon", "coordinates": [[[x, y], [east, y], [east, north], [x, north], [x, y]]] })
}

fn geometry() -> impl Strategy<Value = Value> {
    let at = (0_i32..900, 0_i32..900)
        .prop_map(|(x, y)| (108.0 + f64::from(x) / 1000.0, 30.0 + f64::from(y) / 1000.0));
    (at, 0_u8..8).prop_map(|((x, y), kind)| match kind {
        0 => Value::Null,
        1 => json!({ "type": "Point", "coordinates": [x, y] }),
        2 => json!({ "coordinates": [x, y, 512.5], "type": "Point" }),
        3 => json!({ "type": "LineString", "coordinates": [[x, y], [x + 0.01, y + 0.02]] }),
        4 => json!({ "type": "MultiPoint", "coordinates": [[x, y], [x + 0.01, y]] }),
        5 => {
            let [one, two] = [square(x, y), square(x + 0.02, y)];
            json!({ "type": "MultiPolygon", "coordinates": [one["coordinates"], two["coordinates"]] })
        }
        6 => {
            let (w, s, e, n) = (x + 0.002, y + 0.002, x + 0.004, y + 0.004);
            let mut holed = square(x, y);
            let hole = json!([[w, s], [w, n], [e, n], [e, s], [w, s]]);
            holed["coordinates"].as_array_mut().unwrap().push(hole);
            holed
        }
        _ => square(x, y),
    })
}

/// Texts that look like the beginning of a feature, or its end.
fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "石岗乡",
        "{\"type\":\"Feature\",\"properties\":{}}",
        "]}",
        "a \"quoted\" \\ text\nof two lines",
        "",
    ])
    .prop_map(str::to_owned)
}

fn feature() -> impl Strategy<Value = Value> {
    (geometry(), text(), any::<i32>(), 0_u8..4).prop_map(|(geometry, text, number, kind)| {
        let properties = match kind {
            0 => Value::Null,
            1 => json!({ "name": text, "n": number }),
            2 => json!({ "n": f64::from(number) / 8.0, "accuracy": "surveyed", "deep": [{ "a": text }] }),
            _ => json!({ "备注": text, "none": null }),
        };
        json!({ "type": "Feature", "properties": properties, "geometry": geometry })
    })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_large_layer_holds_the_places_of_a_small_one(
        mut features in prop::collection::vec(feature(), 0..40),
        ids in 0_u8..3,
    ) {
        for (number, feature) in features.iter_mut().enumerate() {
            match ids {
                0 => {}
                1 => feature["id"] = json!(number + 1),
                _ => feature["id"] = json!(format!("地块-{number}")),
            }
        }
        let collection_text = collection(&features);
        let lines: Vec<String> = features.iter().map(Value::to_string).collect();
        let folder = folder("parcels.geojson", &collection_text);
        let small = load(folder.path()).atlas.expect("a sound folder");
        fs::write(folder.path().join("lines.geojsonl"), lines.join("\n")).unwrap();
        let records: String = lines.iter().flat_map(|line| ["\u{1e}", line.as_str(), "\n"]).collect();
        fs::write(folder.path().join("records.geojsons"), records).unwrap();
        for file in ["parcels.geojson", "lines.geojsonl", "records.geojsons"] {
            // The first time it is read, the second time its index is.
            for _ in 0..2 {
                let store = sound(folder.path(), file);
                let large = places(&store);
                prop_assert_eq!(large.len(), small.places.len(), "{}", file);
                for (row, (large, small)) in large.iter().zip(&small.places).enumerate() {
                    let own = small.id.strip_prefix("parcels:").unwrap();
                    prop_assert_eq!(large.id.split_once(':').unwrap().1, own);
                    prop_assert_eq!(&large.geometry, &small.geometry);
                    prop_assert_eq!(&large.properties, &small.properties);
                    prop_assert_eq!(large.accuracy, small.accuracy);
                    prop_assert_eq!(store.find(own).unwrap(), Some(row));
                    let catalogued = store.catalogue().traits[row];
                    prop_assert_eq!(catalogued.accuracy(), small.accuracy);
                    prop_assert_eq!(catalogued.dimension().is_some(), small.geometry.is_some());
                    if let Some(bounds) = small.bounds() {
                        let number = u32::try_from(row).unwrap();
                        prop_assert!(store.meeting(bounds).contains(&number));
                    }
                }
            }
        }
    }
}

#[test]
fn rings_that_run_the_wrong_way_are_turned_and_said_to_be_at_every_start() {
    let mut turned = square(108.0, 31.0);
    turned["coordinates"][0].as_array_mut().unwrap().reverse();
    let feature = json!({ "type": "Feature", "properties": {}, "geometry": turned });
    let folder = folder("parcels.geojson", &collection(&[feature]));
    for _ in 0..2 {
        let (store, problems) = open(folder.path(), "parcels.geojson");
        let faults: Vec<Fault> = problems.into_iter().map(|problem| problem.fault).collect();
        assert_eq!(faults, [Fault::RingsTurned { count: 1 }]);
        let geometry = places(&store.unwrap())[0].geometry.clone().unwrap();
        let expected = square(108.0, 31.0).to_string().parse::<geojson::Geometry>().unwrap();
        assert_eq!(geometry, geo::Geometry::try_from(expected).unwrap());
    }
}

#[test]
fn a_file_of_many_stretches_is_read_whole_though_properties_look_like_features() {
    let inner = json!({ "type": "Feature", "properties": { "name": "no" }, "geometry": null });
    let trap = vec![inner; 2000];
    let features: Vec<Value> = (0..120)
        .map(|number| {
            let properties = json!({ "name": format!("第{number}号"), "trap": trap });
            json!({ "type": "Feature", "properties": properties, "geometry": square(108.0 + f64::from(number) / 200.0, 31.0) })
        })
        .collect();
    let text = collection(&features);
    assert!(text.len() > 12 << 20, "three stretches at least: {}", text.len());
    let folder = folder("survey.geojson", &text);
    let store = sound(folder.path(), "survey.geojson");
    let names: Vec<String> = places(&store).into_iter().map(|place| place.name).collect();
    let expected: Vec<String> = (0..120).map(|number| format!("第{number}号")).collect();
    assert_eq!(names, expected);
}

#[test]
fn what_is_wrong_in_a_large_file_is_said_with_line_feature_and_remedy() {
    let bow = json!({ "type": "Polygon", "coordinates": [[[108.0, 31.0], [108.1, 31.1], [108.1, 31.0], [108.0, 31.1], [108.0, 31.0]]] });
    let lines = [
        json!({ "type": "Feature", "id": "a", "properties": {}, "geometry": square(108.0, 31.0) }).to_string(),
        json!({ "type": "Feature", "id": "b", "properties": {}, "geometry": bow }).to_string(),
        json!({ "type": "Feature", "id": "c", "properties": {}, "geometry": { "type": "Point", "coordinates": [31.0, 108.0] } }).to_string(),
        json!({ "type": "Feature", "id": "a", "properties": {}, "geometry": null }).to_string(),
        json!({ "type": "Place" }).to_string(),
    ];
    let folder = folder("parcels.geojsonl", &lines.join("\n"));
    let (store, problems) = open(folder.path(), "parcels.geojsonl");
    assert!(store.is_none());
    let texts: Vec<String> = problems.iter().map(|problem| problem.text(Lang::En)).collect();
    for expected in [
        "parcels.geojsonl:2 [parcels:b] geometry: the boundary crosses itself",
        "parcels.geojsonl:3 [parcels:c] geometry: [31, 108] looks like latitude first",
        "parcels.geojsonl:5 [parcels:5]: is not valid GeoJSON",
        "[parcels:a] id: the id “parcels:a” stands at",
    ] {
        assert!(texts.iter().any(|text| text.contains(expected)), "{expected}\n{texts:#?}");
    }
    assert!(!folder.path().join("parcels.geojsonl.plan-atlas-index").exists());
}

#[test]
fn a_file_that_breaks_off_or_goes_on_behind_its_end_is_refused() {
    let whole = collection(&[
        json!({ "type": "Feature", "properties": {}, "geometry": square(108.0, 31.0) }),
    ]);
    for (text, reason) in [
        (whole[..whole.len() - 20].to_owned(), "breaks off in a feature"),
        (whole[..whole.len() - 2].to_owned(), "breaks off behind the features"),
        (format!("{whole}{whole}"), "a second collection"),
        (whole.replace("]}}]", "]}},]"), "a comma too many"),
    ] {
        let folder = folder("parcels.geojson", &text);
        let (store, problems) = open(folder.path(), "parcels.geojson");
        let invalid = |p: &Problem| matches!(p.fault, Fault::InvalidJson { .. });
        assert!(store.is_none() && problems.iter().any(invalid), "{reason}: {problems:?}");
    }
    let projected = whole.replacen(
        '{',
        "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4547\"}},",
        1,
    );
    let folder = folder("parcels.geojson", &projected);
    let (_, problems) = open(folder.path(), "parcels.geojson");
    assert!(problems.iter().any(|p| matches!(p.fault, Fault::ForeignCrs { .. })), "{problems:?}");
}

#[test]
fn an_index_is_not_believed_when_it_or_its_file_has_changed() {
    let one = json!({ "type": "Feature", "properties": { "name": "甲" }, "geometry": square(108.0, 31.0) });
    let two = json!({ "type": "Feature", "properties": { "name": "乙" }, "geometry": square(108.2, 31.0) });
    let folder = folder("parcels.geojson", &collection(std::slice::from_ref(&one)));
    let before = sound(folder.path(), "parcels.geojson");
    let index = folder.path().join("parcels.geojson.plan-atlas-index");
    let written = fs::read(&index).unwrap();
    for place in [0, 9, 13, written.len() / 2, written.len() - 1] {
        let mut damaged = written.clone();
        damaged[place] ^= 0x40;
        fs::write(&index, damaged).unwrap();
        assert_eq!(places(&sound(folder.path(), "parcels.geojson")).len(), 1);
        assert_eq!(fs::read(&index).unwrap(), written, "made anew after byte {place} was changed");
    }
    fs::write(folder.path().join("parcels.geojson"), collection(&[one, two])).unwrap();
    assert!(before.check().is_err(), "the old store says that its file has changed");
    let after = places(&sound(folder.path(), "parcels.geojson"));
    assert_eq!(after.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["甲", "乙"]);
}
