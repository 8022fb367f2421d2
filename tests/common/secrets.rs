//! A folder in which something is kept from each audience, and the words by which it would be noticed.

use std::fmt::Write as _;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use jiff::{SignedDuration, Timestamp};
use plan_atlas::grant::{Grant, Key, Pass};
use plan_atlas::http::{AppState, app};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use plan_atlas::model::Audience;

use super::folder::Folder;
use super::{Answer, ask};

/// Words that only the staff may read.
pub const INTERNAL: [&str; 8] =
    ["QZLAYER", "QZNOTE", "QZPROP", "QZPLACE", "QZSTORED", "QZNAME", "QZFIGURE", "QZHOME"];

/// Words that investors may read as well.
pub const INVESTOR: [&str; 2] = ["QZRECORD", "QZHERB"];

/// A point of an internal layer, and one whose property is internal.
const LAYER: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","id":"1","properties":{"name":"QZLAYER 储备地块"},"geometry":{"type":"Point","coordinates":[108.71,30.91]}}]}"#;
const PARCELS: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","id":"1","properties":{"name":"QZNAME 一号地块","price":"QZPROP 340"},"geometry":{"type":"Point","coordinates":[108.72,30.92]}},
 {"type":"Feature","id":"2","properties":{"name":"二号地块","price":"QZPROP 350"},"geometry":{"type":"Point","coordinates":[108.73,30.93]}}]}"#;

/// What is kept from whom.
const RULES: &str = r#"
[audiences.internal]
layers = ["reserve"]
properties = ["parcels.price", "parcels.name", "plots.owner"]
places = ["yunyang:qz-place"]
records = ["yunyang/targets/I28", "yunyang/roles/LY901"]
fields = ["projects.note"]

[audiences.investor]
records = ["yunyang/projects/PJ002", "yunyang/roles/LY900"]
"#;

/// The shipped folder with all of that.
pub fn folder() -> Folder {
    let folder = Folder::copy();
    folder.add("reserve.geojson", LAYER);
    folder.add("parcels.geojson", PARCELS);
    // A file of more than a megabyte is a large layer here.
    let mut plots = String::from(r#"{"type":"FeatureCollection","features":["#);
    let filling = "，此处补足长度".repeat(60);
    for number in 0..900 {
        let (lon, lat) =
            (108.6 + f64::from(number % 100) * 0.001, 30.8 + f64::from(number / 100) * 0.001);
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            plots,
            r#"{comma}{{"type":"Feature","id":"{number}","properties":{{"name":"地块{number}","use":"耕地","owner":"QZSTORED {number} 号权利人{filling}"}},"geometry":{{"type":"Point","coordinates":[{lon:.4},{lat:.4}]}}}}"#
        );
    }
    plots.push_str("]}");
    folder.add("plots.geojson", plots);
    let manifest = std::fs::read_to_string(folder.path().join("atlas.toml")).unwrap();
    let manifest = manifest.replacen("plans = [", "large_files_mb = 1\nplans = [", 1);
    folder.add("atlas.toml", manifest + RULES);
    let other = "yunyang/places/other.geojson";
    let text = std::fs::read_to_string(folder.path().join(other)).unwrap();
    let place = r#""features": [ {"type":"Feature","id":"yunyang:qz-place","properties":{"name":"QZPLACE 备选点","name_en":"QZPLACE","kind":"area","accuracy":"approximate","source":"document","within":"500235002"},"geometry":{"type":"Point","coordinates":[108.74,30.94]}}, {"type":"Feature","id":"yunyang:qz-home","properties":{"name":"QZHOME 村","kind":"village","accuracy":"approximate","source":"document","within":"500235002"},"geometry":{"type":"Point","coordinates":[108.75,30.95]}},"#;
    let at = text.find("\"features\"").unwrap();
    let bracket = at + text[at..].find('[').unwrap();
    folder.add(other, format!("{}{place}{}", &text[..at], &text[bracket + 1..]));
    append(
        &folder,
        "yunyang/projects.csv",
        "PJ900,QZPLACE 项目,,健康文化旅游,,,,,yunyang:qz-place,,,,,,,,第一章第一节,6,,",
    );
    append(
        &folder,
        "yunyang/roles.csv",
        "LY900,500235002,康养旅游,QZHERB 定位,QZHERB role,,,,第一章第一节,6,,",
    );
    // A place that is in a layer by this role alone.
    append(
        &folder,
        "yunyang/roles.csv",
        "LY901,yunyang:qz-home,三基地,QZHOME 定位,QZHOME role,,,,第一章第一节,6,,",
    );
    let targets = "yunyang/targets.csv";
    let text = std::fs::read_to_string(folder.path().join(targets)).unwrap();
    let repeats = |row: &str| {
        let secret = if row.starts_with("TG070,") { "QZFIGURE" } else { "" };
        format!("{row}{secret}")
    };
    folder.add(targets, text.lines().map(repeats).collect::<Vec<_>>().join("\n") + "\n");
    let projects = "yunyang/projects.csv";
    let text = std::fs::read_to_string(folder.path().join(projects)).unwrap();
    let rows: Vec<String> = text
        .lines()
        .map(|row| match row.split(',').next() {
            Some("PJ002") => row.replacen("张飞庙4A级景区", "QZRECORD 张飞庙", 1),
            Some("PJ001") => format!("{row}QZNOTE 只供内部"),
            _ => row.to_owned(),
        })
        .collect();
    folder.add(projects, rows.join("\n") + "\n");
    folder
}

fn append(folder: &Folder, file: &str, row: &str) {
    let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
    folder.add(file, format!("{}\n{row}\n", text.trim_end()));
}

/// The key of the tests.
pub fn key() -> Key {
    Key::of_bytes([7; 32])
}

/// A pass for a day.
pub fn pass(audience: Audience) -> String {
    let now = Timestamp::now();
    let until = now + SignedDuration::from_hours(24);
    let holder = "测试".to_owned();
    Grant::Pass(Pass { audience, holder, since: now, until }).sign(&key())
}

/// The application on a folder, with the key of the tests.
pub fn gated(folder: &Path) -> Router {
    let loaded = load(folder);
    let atlas = loaded.atlas.unwrap_or_else(|| panic!("{:#?}", loaded.problems));
    let index = IndexedAtlas::with_stores(atlas, &loaded.stores);
    app(AppState::new(index).gated(Some(key()), Audience::Public))
}

/// GET with a pass or share link; without one where it is empty.
pub async fn get_as(app: Router, address: &str, grant: &str) -> Answer {
    let mut request = Request::get(address);
    if !grant.is_empty() {
        request = request.header("authorization", format!("Bearer {grant}"));
    }
    ask(app, request.body(Body::empty()).unwrap()).await
}
