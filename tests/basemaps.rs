//! Grounds: what `atlas.toml` may declare, what clients get of it, and archives read in parts.

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use common::folder::Folder;
use common::{Answer, ask, get, get_from, serve};
use serde_json::{Value, json};

/// A folder with a ground more.
fn with_ground(keys: &str) -> Folder {
    let folder = Folder::copy();
    let entry = format!(
        "[[basemaps]]\nid = \"mine\"\ntitle = \"我的底图\"\ntitle_en = \"Mine\"\n{keys}\n\n# kinds\n"
    );
    folder.edit("atlas.toml", "# kinds\n", &entry);
    folder
}

async fn grounds(folder: &Folder) -> Vec<Value> {
    let atlas = get_from(serve(folder.path()), "/api/atlas").await.json();
    atlas["basemaps"].as_array().unwrap().clone()
}

async fn mine(keys: &str) -> Value {
    let folder = with_ground(keys);
    assert_eq!(folder.check("en").lines, [""; 0], "{keys}");
    grounds(&folder).await.into_iter().find(|ground| ground["id"] == "mine").unwrap()
}

/// An archive by its first bytes: all that is looked at here.
fn archive(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|i| u8::try_from(i % 251).unwrap()).collect();
    bytes[..8].copy_from_slice(b"PMTiles\x03");
    bytes[101] = 11;
    bytes
}

const OFFLINE: &str = "kind = \"pmtiles\"\nfile = \"offline.pmtiles\"\ndatum = \"WGS84\"\nattribution = \"自然资源局\"";

fn with_archive(length: usize) -> (Folder, Vec<u8>) {
    let folder = with_ground(OFFLINE);
    let bytes = archive(length);
    folder.add("offline.pmtiles", &bytes);
    (folder, bytes)
}

async fn part(app: &Router, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get("/basemaps/mine.pmtiles");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(app.clone(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_shipped_atlas_offers_its_own_ground_and_tianditu_for_readers_with_a_key() {
    let atlas = get("/api/atlas").await.json();
    let grounds = atlas["basemaps"].as_array().unwrap();
    assert_eq!(common::values(&atlas["basemaps"], "id"), ["none", "tianditu-vec", "tianditu-img"]);
    assert_eq!((&grounds[0]["kind"], &grounds[0]["tiles"]), (&json!("none"), &json!([])));
    for (ground, layer, names) in [(&grounds[1], "vec", "cva"), (&grounds[2], "img", "cia")] {
        assert_eq!((&ground["datum"], &ground["needs_key"]), (&json!("CGCS2000"), &json!(true)));
        assert_eq!(ground["review_number"], Value::Null, "no approval number is invented");
        for (addresses, layer) in [(&ground["tiles"], layer), (&ground["labels"], names)] {
            let addresses = addresses.as_array().unwrap();
            assert_eq!(addresses.len(), 8);
            let last = addresses[7].as_str().unwrap();
            assert!(
                last.starts_with(&format!("https://t7.tianditu.gov.cn/{layer}_w/wmts?")),
                "{last}"
            );
            for part in [
                &format!("LAYER={layer}&"),
                "TILEMATRIXSET=w",
                "TILEMATRIX={z}",
                "TILEROW={y}",
                "TILECOL={x}",
                "tk={key}",
            ] {
                assert!(last.contains(part), "{last} lacks {part}");
            }
        }
    }
}

#[tokio::test]
async fn layers_name_the_sources_of_their_positions() {
    let atlas = get("/api/atlas").await.json();
    let layers = atlas["layers"].as_array().unwrap();
    let townships = layers.iter().find(|layer| layer["id"] == "townships").unwrap();
    assert_eq!(townships["sources"].as_array().unwrap().len(), 2, "each once");
    assert!(townships["sources"].as_array().unwrap().iter().all(|s| s["zh"].is_string()));
}

#[tokio::test]
async fn tile_addresses_are_spelt_out_for_the_map() {
    let usual = "datum = \"WGS84\"\nattribution = \"自然资源局\"\n";
    for (keys, tiles) in [
        (
            "kind = \"xyz\"\nurl = \"https://t{a-c}.example.org/{z}/{x}/{y}.png\"",
            json!([
                "https://ta.example.org/{z}/{x}/{y}.png",
                "https://tb.example.org/{z}/{x}/{y}.png",
                "https://tc.example.org/{z}/{x}/{y}.png"
            ]),
        ),
        (
            "kind = \"wmts\"\nurl = \"http://10.1.2.3/wmts/img/{Style}/w/{TileMatrix}/{TileRow}/{tilecol}.jpg\"",
            json!(["http://10.1.2.3/wmts/img/default/w/{z}/{y}/{x}.jpg"]),
        ),
        (
            "kind = \"wmts\"\nurl = \"/proxy/wmts?layer=img&tilematrixset=EPSG:3857&format=image/png\"",
            json!([
                "/proxy/wmts?layer=img&tilematrixset=EPSG:3857&format=image/png&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
            ]),
        ),
        (
            "kind = \"xyz\"\nkey = \"k1\"\nurl = \"https://example.org/{z}/{x}/{y}?key={key}\"",
            json!(["https://example.org/{z}/{x}/{y}?key=k1"]),
        ),
    ] {
        let ground = mine(&format!("{usual}{keys}")).await;
        assert_eq!(ground["tiles"], tiles);
        assert_eq!((&ground["needs_key"], &ground["refused"]), (&json!(false), &Value::Null));
        assert_eq!((&ground["tile_size"], &ground["max_zoom"]), (&json!(256), &json!(18)));
        assert_eq!(ground["attribution_en"], "自然资源局", "better Chinese than no source");
    }
}

#[tokio::test]
async fn a_gcj_02_ground_is_listed_refused_and_warned_of() {
    let folder = with_ground(
        "kind = \"xyz\"\ndatum = \"GCJ-02\"\nattribution = \"高德\"\n\
         url = \"https://webrd0{1-4}.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}\"",
    );
    let check = folder.check("en");
    assert_eq!((check.code, check.lines.len()), (Some(0), 1), "{check:#?}");
    assert!(check.lines[0].starts_with("warning atlas.toml [basemaps.mine] datum"), "{check:#?}");
    assert!(check.lines[0].contains("300 to 700 m") && check.lines[0].contains("天地图"));
    let grounds = grounds(&folder).await;
    let refused = grounds.iter().find(|ground| ground["id"] == "mine").unwrap();
    assert_eq!(refused["tiles"], json!([]), "nobody can draw it by mistake");
    let why = &refused["refused"];
    assert!(why["zh"].as_str().unwrap().contains("300～700 米"), "{why}");
    assert!(why["en"].as_str().unwrap().contains("CGCS2000"), "{why}");
}

#[test]
fn grounds_that_cannot_be_used_are_named_with_a_remedy() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.pmtiles"), archive(500)).unwrap();
    let secret = outside.path().join("secret.pmtiles").to_str().unwrap().replace('\\', "/");
    let source = "attribution = \"甲\"\ndatum = \"WGS84\"\n";
    for (keys, hints) in [
        (
            "kind = \"xyz\"\nurl = \"https://e.org/{z}/{x}/{y}\"\nattribution = \"甲\"",
            ["datum", "empty"],
        ),
        (
            "kind = \"xyz\"\nurl = \"https://e.org/{z}/{x}/{y}\"\ndatum = \"WGS84\"",
            ["attribution", "empty"],
        ),
        (
            "kind = \"xyz\"\nurl = \"https://e.org/{z}/{x}/{y}\"\ndatum = \"BD-09\"",
            ["TOML", "BD-09"],
        ),
        (&format!("{source}kind = \"xyz\""), ["url", "empty"]),
        (&format!("{source}kind = \"tianditu\""), ["layer", "empty"]),
        (&format!("{source}kind = \"tianditu\"\nlayer = \"map\""), ["TOML", "map"]),
        (
            &format!("{source}kind = \"xyz\"\nurl = \"https://e.org/{{z}}/{{x}}\""),
            ["url", "lacks {y}"],
        ),
        (
            &format!("{source}kind = \"xyz\"\nurl = \"https://{{s}}.e.org/{{z}}/{{x}}/{{y}}\""),
            ["{s}", "{a-c}"],
        ),
        (
            &format!(
                "{source}kind = \"wmts\"\nurl = \"https://e.org/{{TileMatrixSet}}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}\""
            ),
            ["url", "{TileMatrixSet}"],
        ),
        (
            &format!("{source}kind = \"xyz\"\nurl = \"file:///{{z}}/{{x}}/{{y}}\""),
            ["url", "no address"],
        ),
        (
            &format!(
                "{source}kind = \"xyz\"\nurl = \"https://webst01.is.autonavi.com/{{z}}/{{x}}/{{y}}\""
            ),
            ["datum", "autonavi"],
        ),
        (
            &format!(
                "{source}kind = \"xyz\"\nurl = \"https://e.org/{{z}}/{{x}}/{{y}}\"\ntile_size = 0"
            ),
            ["tile_size", "between 64"],
        ),
        (&format!("{source}kind = \"pmtiles\""), ["file", "empty"]),
        (&format!("{source}kind = \"pmtiles\"\nfile = \"none.pmtiles\""), ["file", "none.pmtiles"]),
        (&format!("{source}kind = \"pmtiles\"\nfile = \"{secret}\""), ["file", "nothing outside"]),
        (&format!("{source}kind = \"pmtiles\"\nfile = \"atlas.toml\""), ["file", "no PMTiles"]),
        ("colour = \"red\"", ["TOML", "colour"]),
    ] {
        let check = with_ground(keys).check("en");
        assert_eq!(check.code, Some(1), "{keys}");
        let named = check.lines.iter().any(|line| hints.iter().all(|hint| line.contains(hint)));
        assert!(named, "{keys}: {:#?}", check.lines);
    }
    let twice = with_ground("").check("en");
    assert_eq!(twice.code, Some(0), "{twice:#?}");
    let folder = with_ground("");
    folder.edit("atlas.toml", "id = \"tianditu-img\"", "id = \"mine\"");
    assert!(folder.check("en").lines[0].contains("stands at"));
}

#[cfg(unix)]
#[test]
fn an_archive_outside_the_folder_is_not_reached_through_dots_or_links() {
    let (folder, bytes) = with_archive(400);
    let name = format!("outside-{}.pmtiles", std::process::id());
    let beside = folder.path().join("..").join(&name);
    std::fs::write(&beside, &bytes).unwrap();
    std::fs::remove_file(folder.path().join("offline.pmtiles")).unwrap();
    std::os::unix::fs::symlink(&beside, folder.path().join("offline.pmtiles")).unwrap();
    let linked = folder.check("en");
    folder.edit("atlas.toml", "\"offline.pmtiles\"", &format!("\"base/../../{name}\""));
    let dotted = folder.check("en");
    std::fs::remove_file(beside).unwrap();
    for check in [linked, dotted] {
        assert_eq!(check.code, Some(1));
        assert!(check.lines[0].contains("nothing outside"), "{check:#?}");
    }
}

#[tokio::test]
async fn an_archive_is_read_in_parts() {
    let (folder, bytes) = with_archive(300_000);
    let ground = grounds(&folder).await.into_iter().find(|g| g["id"] == "mine").unwrap();
    assert_eq!(ground["pmtiles"], "/basemaps/mine.pmtiles");
    assert_eq!(ground["max_zoom"], 11, "as the archive says");
    let app = serve(folder.path());
    let last = bytes.len() - 1;
    for (range, from, to) in [
        ("bytes=0-126", 0, 126),
        ("bytes=1000-1000", 1000, 1000),
        ("bytes=100000-200000", 100_000, 200_000),
        ("bytes=299990-", 299_990, last),
        ("bytes=299990-999999999", 299_990, last),
        ("bytes=-10", last - 9, last),
        ("bytes=-999999999", 0, last),
    ] {
        let answer = part(&app, &[("range", range), ("accept-encoding", "gzip")]).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {from}-{to}/300000"), "{range}");
        assert_eq!(answer.header("content-length"), (to - from + 1).to_string(), "{range}");
        assert_eq!(answer.header("content-type"), "application/vnd.pmtiles");
        assert_eq!(answer.header("content-encoding"), "", "an archive is not compressed again");
        assert!(answer.body == bytes[from..=to], "{range}");
    }
}

#[tokio::test]
async fn a_range_that_the_archive_does_not_have_is_refused_and_one_that_makes_no_sense_ignored() {
    let (folder, bytes) = with_archive(1000);
    let app = serve(folder.path());
    for range in ["bytes=1000-", "bytes=5000-6000", "bytes=-0"] {
        let answer = part(&app, &[("range", range)]).await;
        assert_eq!(answer.status, 416, "{range}");
        assert_eq!(answer.header("content-range"), "bytes */1000");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    for range in ["bytes=9-3", "bytes=a-b", "bytes=", "bytes=0-1,5-6", "lines=1-2", "bytes=-"] {
        let answer = part(&app, &[("range", range), ("accept-encoding", "gzip")]).await;
        assert_eq!(answer.status, 200, "{range}");
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert_eq!(answer.header("content-length"), "1000");
        assert!(answer.body == bytes);
    }
}

#[tokio::test]
async fn an_archive_that_was_exchanged_is_not_continued() {
    let (folder, bytes) = with_archive(1000);
    let app = serve(folder.path());
    let first = part(&app, &[("range", "bytes=0-9")]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "a strong tag: {tag}");
    assert_eq!(part(&app, &[("if-none-match", &tag)]).await.status, 304);
    assert_eq!(part(&app, &[("range", "bytes=0-9"), ("if-range", &tag)]).await.status, 206);

    folder.add("offline.pmtiles", archive(1200));
    let whole = part(&app, &[("range", "bytes=10-19"), ("if-range", &tag)]).await;
    assert_eq!((whole.status.as_u16(), whole.body.len()), (200, 1200));
    assert_ne!(whole.header("etag"), tag);
    assert_eq!(part(&app, &[("if-none-match", &tag)]).await.status, 200);
    assert_ne!(bytes.len(), whole.body.len());
}

#[tokio::test]
async fn there_is_no_archive_but_those_declared() {
    let (folder, _) = with_archive(1000);
    let app = serve(folder.path());
    for address in [
        "/basemaps/offline.pmtiles",
        "/basemaps/none.pmtiles",
        "/basemaps/mine",
        "/basemaps/mine.json",
        "/basemaps/..%2Fatlas.toml",
    ] {
        let answer = get_from(app.clone(), address).await;
        assert_eq!(answer.status, 404, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
    }
}
