//! What each audience sees: nothing of another comes out, whichever way is asked.

mod common;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::secrets::{INTERNAL, INVESTOR, folder, gated, get_as, pass};
use common::{FORMATS, ask};
use plan_atlas::audience::seen_by;
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use plan_atlas::model::{Atlas, Audience};
use serde_json::Value;

/// Everything in an answer that could say something: archives are opened, tiles unpacked.
fn opened(body: Vec<u8>) -> Vec<u8> {
    if body.starts_with(b"PK\x03\x04") {
        let mut archive = zip::ZipArchive::new(Cursor::new(body)).unwrap();
        let mut all = Vec::new();
        for number in 0..archive.len() {
            let mut entry = archive.by_index(number).unwrap();
            all.extend(entry.name().unwrap().as_bytes());
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            all.extend(opened(content));
        }
        return all;
    }
    if body.starts_with(b"%PDF") {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &body).unwrap();
        let text = std::process::Command::new("pdftotext").arg(file.path()).arg("-").output();
        return [body, text.unwrap().stdout].concat();
    }
    if body.starts_with(b"PMTiles") {
        return unpacked(&body);
    }
    body
}

/// A tile archive with every gzip stream in it unpacked.
fn unpacked(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    for (at, _) in body.windows(3).enumerate().filter(|(_, bytes)| bytes == b"\x1f\x8b\x08") {
        let mut content = Vec::new();
        let _ = flate2::read::GzDecoder::new(&body[at..]).read_to_end(&mut content);
        all.extend(content);
    }
    all
}

fn finds(body: &[u8], word: &str) -> bool {
    // SQLite and FlatGeobuf keep UTF-8; shapefiles too, or GBK, which is the same for these words.
    body.windows(word.len()).any(|bytes| bytes == word.as_bytes())
}

/// Tile addresses over the places of the tests.
fn tiles(layer: &str) -> Vec<String> {
    let (lon, lat) = (108.72_f64, 30.92_f64);
    (0..=14)
        .map(|z| {
            let size = f64::from(1 << z);
            let x = ((lon + 180.0) / 360.0 * size).floor();
            let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * size;
            format!("/tiles/{layer}/{z}/{x}/{}.mvt", y.floor())
        })
        .collect()
}

/// Questions about the spots where something is hidden, services of other programs, and what operators ask.
const ASKED: [&str; 21] = [
    "/api/here?lon=108.71&lat=30.91",
    "/api/here?lon=108.74&lat=30.94&tolerance=5000",
    "/api/here?lon=108.72&lat=30.92&tolerance=5000",
    "/api/near?lon=108.72&lat=30.92&radius=20000&limit=1000",
    "/api/around?lon=108.72&lat=30.92&radius=50000",
    "/ogc",
    "/ogc/collections",
    "/ogc/tiles",
    "/wmts?service=WMTS&request=GetCapabilities",
    "/wms?service=WMS&request=GetCapabilities",
    "/metrics",
    "/readyz",
    "/healthz",
    "/api/status",
    "/api/session",
    "/reports/place.pdf?place=500235002",
    "/reports/place.html?place=500235002&lang=en",
    "/reports/site.html?place=yunyang:longgang",
    "/reports/layer.html?layer=herbs",
    "/reports/comparison.xlsx?places=yunyang:shuikou-cluster,yunyang:huangling-cluster",
    "/map.pdf?layers=townships,parcels,plots,other&bbox=108.5,30.7,108.9,31.1&paper=A4",
];

/// Addresses of everything that an audience can ask for: each path of the `OpenAPI` document with what it lists,
/// each format of each layer, tiles, pictures, map services.
async fn addresses(app: &Router, grant: &str) -> Vec<String> {
    let json = async |address: &str| get_as(app.clone(), address, grant).await.json();
    let ids = |list: &Value, key: &str| -> Vec<String> {
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i[key].as_str().unwrap().to_owned())
            .collect()
    };
    let atlas = json("/api/atlas").await;
    let layers: Vec<String> = atlas["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|layer| layer["id"].as_str().unwrap().to_owned())
        .chain(["reserve".to_owned()])
        .collect();
    let words = INTERNAL.iter().chain(&INVESTOR).copied();
    let mut all: Vec<String> = words
        .clone()
        .flat_map(|word| [format!("/api/search?q={word}"), format!("/api/places?q={word}")])
        .collect();
    all.extend(words.map(|word| format!("/api/projects?q={word}")));
    for place in ids(&json("/api/places?limit=1000").await, "id") {
        let id = place.replace(':', "%3A");
        all.push(format!("/api/places/{id}"));
    }
    for hidden in ["reserve:1", "yunyang:qz-place", "parcels:1", "plots:7"] {
        all.push(format!("/api/places/{hidden}"));
        all.push(format!("/api/places/{hidden}/within?distance=2000"));
    }
    for table in ["projects", "targets", "tasks", "organisations", "discrepancies"] {
        for id in ids(&json(&format!("/api/{table}?limit=1000")).await, "id") {
            all.push(format!("/api/{table}/{id}"));
        }
        all.push(format!("/api/{table}?limit=1000"));
    }
    all.extend(["PJ002", "PJ900", "PJ001"].map(|id| format!("/api/projects/{id}")));
    for layer in &layers {
        all.extend(tiles(layer));
        all.extend([
            format!("/tiles/{layer}.json"),
            format!("/api/places?layer={layer}&limit=1000"),
            format!("/map.svg?layers={layer}&bbox=108.5,30.7,108.9,31.1&width=600"),
            format!("/ogc/collections/{layer}"),
            format!("/ogc/collections/{layer}/items?limit=1000"),
            format!("/ogc/collections/{layer}/queryables"),
            format!("/ogc/collections/{layer}/schema"),
            format!("/wms?service=WMS&version=1.3.0&request=GetFeatureInfo&layers={layer}&query_layers={layer}&crs=CRS:84&bbox=108.709,30.909,108.711,30.911&width=101&height=101&i=50&j=50&info_format=application/json&feature_count=50"),
            format!("/api/pairs?a={layer}&b=medical&than=nearer&distance=100000"),
        ]);
        // The writers are the same for all layers: those with something to hide, and one of places.
        let hiding = ["reserve", "parcels", "plots", "other", "sites"].contains(&layer.as_str());
        for format in FORMATS.iter().filter(|_| hiding) {
            all.push(format!("/api/export?format={format}&layers={layer}"));
            all.push(format!("/api/export/losses?format={format}&layers={layer}"));
        }
    }
    let document: Value =
        serde_json::from_slice(&get_as(app.clone(), "/openapi.json", grant).await.body).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(asked) = item.get("get").filter(|_| !path.contains('{')) else { continue };
        let required: Vec<String> = asked["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|p| p["in"] == "query" && (p["required"] == true || !p["example"].is_null()))
            .map(|p| {
                let example = &p["example"];
                let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
                format!("{}={text}", p["name"].as_str().unwrap())
            })
            .collect();
        all.push(format!("{path}?{}", required.join("&")));
    }
    all.extend(ASKED.map(str::to_owned));
    all.iter().map(|address| encoded(address)).collect()
}

fn encoded(address: &str) -> String {
    let escape = |byte: u8| match byte {
        b' ' | b'"' | b'<' | b'>' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' | 0x80.. => {
            format!("%{byte:02X}")
        }
        _ => char::from(byte).to_string(),
    };
    address.bytes().map(escape).collect()
}

/// Words of the secrets that come out to whoever has this grant, each with an address that said it.
async fn heard(app: &Router, grant: &str) -> BTreeSet<&'static str> {
    let mut heard = BTreeSet::new();
    for address in addresses(app, grant).await {
        let answer = get_as(app.clone(), &address, grant).await;
        assert!(answer.status.as_u16() < 500, "{address}: {}", answer.status);
        let mut said: Vec<u8> = Vec::new();
        for value in answer.headers.values() {
            said.extend(value.as_bytes());
        }
        // A refusal repeats what was asked for; that is no secret to whoever asked.
        let echo = answer.status.is_client_error();
        said.extend(opened(answer.body));
        for word in INTERNAL.iter().chain(&INVESTOR).filter(|word| finds(&said, word)) {
            let asked = address.contains(word) && (echo || address.contains("q="));
            if !asked || !echo && counts(&said) {
                heard.insert(*word);
            }
        }
    }
    heard
}

/// Whether a search found something.
fn counts(said: &[u8]) -> bool {
    !String::from_utf8_lossy(said).contains("\"total\":0")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_another_audience_comes_out_whichever_way_is_asked() {
    let folder = folder();
    let app = gated(folder.path());
    let all: BTreeSet<&str> = INTERNAL.iter().chain(&INVESTOR).copied().collect();
    let investor: BTreeSet<&str> = INVESTOR.into();
    assert_eq!(heard(&app, "").await, BTreeSet::new(), "everybody");
    assert_eq!(heard(&app, &pass(Audience::Investor)).await, investor, "investors");
    // The search is not blind: all of it is there for the staff.
    assert_eq!(heard(&app, &pass(Audience::Internal)).await, all, "the staff");
}

#[tokio::test]
async fn every_format_shows_the_staff_what_it_hides_from_others() {
    let folder = folder();
    let app = gated(folder.path());
    let staff = pass(Audience::Internal);
    for format in FORMATS {
        for (layer, word) in [("reserve", "QZLAYER"), ("parcels", "QZPROP"), ("plots", "QZSTORED")]
        {
            let address = format!("/api/export?format={format}&layers={layer}");
            let answer = get_as(app.clone(), &address, &staff).await;
            // Drawings and tiles have names, and no attributes of one's own.
            if ["dxf", "pmtiles"].contains(&format) && layer != "reserve" {
                continue;
            }
            assert!(finds(&opened(answer.body), word), "the sweep would not see it: {address}");
        }
    }
}

/// What a bundle holds of an atlas, and the same atlas read again.
fn written_out(folder: &std::path::Path, audience: Audience) -> (Vec<u8>, IndexedAtlas) {
    let loaded = load(folder);
    let index = IndexedAtlas::with_stores(loaded.atlas.unwrap(), &loaded.stores);
    let seen = seen_by(&index, &audience.into()).unwrap_or(index);
    let text = serde_json::to_vec(&seen.atlas).unwrap();
    let mut again: Atlas = serde_json::from_slice(&text).unwrap();
    again.relink();
    (text, IndexedAtlas::new(again))
}

#[test]
fn what_is_taken_along_holds_nothing_of_another_audience() {
    let folder = folder();
    let holds = |audience: Audience| -> BTreeSet<&str> {
        let (text, _) = written_out(folder.path(), audience);
        // A large layer stays in its file.
        let words = INTERNAL.iter().chain(&INVESTOR).copied().filter(|word| *word != "QZSTORED");
        words.filter(|word| finds(&text, word)).collect()
    };
    assert_eq!(holds(Audience::Public), BTreeSet::new());
    assert_eq!(holds(Audience::Investor), INVESTOR.into());
    let all = INTERNAL.iter().chain(&INVESTOR).copied().filter(|word| *word != "QZSTORED");
    assert_eq!(holds(Audience::Internal), all.collect());
    let (text, _) = written_out(folder.path(), Audience::Internal);
    assert!(!finds(&text, folder.path().to_str().unwrap()), "a path of this machine");
}

#[tokio::test]
async fn an_atlas_that_was_written_out_and_read_again_answers_the_same() {
    let (_, again) = written_out(&common::geodata(), Audience::Public);
    let again = plan_atlas::http::app(plan_atlas::http::AppState::new(again));
    for address in [
        "/api/atlas",
        "/api/tours",
        "/api/sites/yunyang:fengming-cluster?radius=30000",
        "/api/here?lon=108.71&lat=30.907",
        "/api/search?q=pl",
        "/api/projects?limit=1000",
        "/api/targets?limit=1000",
        "/api/tasks?limit=1000",
        "/api/organisations?limit=1000",
        "/api/discrepancies?limit=1000",
        "/api/places?limit=1000",
        "/api/places/500235002",
        "/api/themes/projects",
        "/tiles/herbs/9/410/209.mvt",
    ] {
        let [kept, read] =
            [common::shipped(), again.clone()].map(|app| common::get_from(app, address));
        assert!(kept.await.body == read.await.body, "{address}");
    }
}

#[tokio::test]
async fn counts_and_bounds_are_those_of_what_is_seen() {
    let folder = folder();
    let app = gated(folder.path());
    let atlas = async |grant: &str| get_as(app.clone(), "/api/atlas", grant).await.json();
    let (public, staff) = (atlas("").await, atlas(&pass(Audience::Internal)).await);
    let count = |atlas: &Value, id: &str| -> Option<u64> {
        let layers = atlas["layers"].as_array().unwrap();
        layers.iter().find(|layer| layer["id"] == id)?["count"].as_u64()
    };
    assert_eq!(count(&public, "reserve"), None);
    assert_eq!(count(&staff, "reserve"), Some(1));
    assert_eq!(count(&public, "other").map(|count| count + 1), count(&staff, "other"));
    assert_eq!(count(&public, "townships"), count(&staff, "townships"));
    assert_ne!(public["data_version"], staff["data_version"]);
}

#[tokio::test]
async fn an_answer_kept_by_a_browser_is_not_taken_for_that_of_another_audience() {
    let folder = folder();
    let app = gated(folder.path());
    let staff = pass(Audience::Internal);
    let tag = get_as(app.clone(), "/api/projects/PJ001", &staff).await.header("etag").to_owned();
    let request = Request::get("/api/projects/PJ001").header("if-none-match", &tag);
    let answer = ask(app.clone(), request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!finds(&answer.body, "QZNOTE"));
    let private = get_as(app, "/api/projects/PJ001", &staff).await;
    assert_eq!(private.header("cache-control"), "no-cache, private");
    assert!(finds(&private.body, "QZNOTE"));
}

#[tokio::test]
async fn what_cannot_be_kept_from_anybody_is_an_error_that_names_the_nearest() {
    let bad = |rules: &str| {
        let folder = common::folder::Folder::copy();
        let manifest = std::fs::read_to_string(folder.path().join("atlas.toml")).unwrap();
        folder.add("atlas.toml", format!("{manifest}\n[audiences.internal]\n{rules}\n"));
        let check = folder.check("en");
        assert_eq!(check.code, Some(1), "{rules}");
        check.lines.join("\n")
    };
    for (rules, said) in [
        ("layers = [\"herb\"]", "herbs"),
        ("fields = [\"projects.notes\"]", "projects.note"),
        ("fields = [\"projects.id\"]", "projects.id"),
        ("places = [\"yunyang:longang\"]", "yunyang:longgang"),
        ("places = [\"500235\"]", "county of a plan cannot be withheld"),
        ("records = [\"yunyang/projects/PJ99999\"]", "PJ99999"),
        ("properties = [\"townships.price\"]", "townships.price"),
        ("tours = [\"yunyan\"]", "yunyan"),
        ("basemaps = [\"tianditu\"]", "tianditu"),
    ] {
        let text = bad(rules);
        assert!(text.contains(said) && text.contains("audiences.internal"), "{rules}: {text}");
    }
}

#[test]
fn an_export_from_the_command_line_is_for_the_public_unless_told_otherwise() {
    let folder = folder();
    let out = tempfile::tempdir().unwrap();
    let export = |name: &str, more: &[&str]| {
        let path = out.path().join(name);
        let arguments =
            ["export", "parcels", "--format", "csv", "--data", folder.path().to_str().unwrap()];
        let arguments = [&arguments[..], &["--out", path.to_str().unwrap()], more].concat();
        let output = common::folder::run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        opened(std::fs::read(path).unwrap())
    };
    assert!(!finds(&export("public.zip", &[]), "QZPROP"));
    assert!(finds(&export("staff.zip", &["--audience", "internal"]), "QZPROP"));
}
