//! OGC API – Styles (draft, OGC 20-009): the requirements of its classes against the shipped data. The draft
//! has no abstract tests yet; each test is named after the class and the requirements that it carries out.

mod common;

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use axum::body::Body;
use axum::http::Request;
use common::ogc::{link, links};
use common::{ask, get, shipped, values};
use mvt_reader::Reader;
use serde_json::Value;

const STYLE: &str = "application/vnd.mapbox.style+json";
const STYLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/styles";

async fn json(address: &str) -> Value {
    let answer = get(address).await;
    assert_eq!(answer.status, 200, "{address}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

/// Every style, by its id.
async fn all() -> Vec<(String, Value)> {
    let listed = json("/ogc/styles").await;
    let mut styles = Vec::new();
    for id in values(&listed["styles"], "id") {
        styles.push((id.to_owned(), json(&format!("/ogc/styles/{id}")).await));
    }
    styles
}

/// /req/core/base-resource-link, /req/core/styles-op, /req/core/styles-success, /req/core/style-op,
/// /req/core/style-success; /req/global-styles
#[tokio::test]
async fn conf_core_and_global_styles() {
    let landing = json("/ogc").await;
    let listed = json(&link(&landing, STYLES)).await;
    let styles = listed["styles"].as_array().unwrap();
    let ids: HashSet<&str> = values(&listed["styles"], "id").into_iter().collect();
    assert_eq!(ids.len(), styles.len(), "an id is there twice");
    assert!(ids.contains(listed["default"].as_str().unwrap()));
    let atlas = get("/api/atlas").await.json();
    assert_eq!(styles.len(), 1 + atlas["layers"].as_array().unwrap().len());
    for style in styles {
        let sheet = links(style, "stylesheet")[0];
        let (href, kind) = (sheet["href"].as_str().unwrap(), sheet["type"].as_str().unwrap());
        assert!(href.contains(&format!("/ogc/styles/{}", style["id"].as_str().unwrap())), "{href}");
        let request = Request::get(href).header("accept", kind).body(Body::empty()).unwrap();
        let answer = ask(shipped(), request).await;
        assert_eq!(kind, STYLE);
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, kind), "{href}");
        assert_eq!(answer.json()["version"], 8);
    }
    assert_eq!(get("/ogc/styles/nowhere").await.status, 404);
    assert_eq!(get("/ogc/styles?x=1").await.status, 400);
    assert_eq!(get("/ogc/styles/townships?f=sld").await.status, 400);
}

/// /req/collection-styles/styles-op, /req/collection-styles/style-op,
/// /req/collection-styles/styles-applicability, /req/core/style-feature-type
#[tokio::test]
async fn conf_collection_styles() {
    let listed = json("/ogc/collections").await;
    for collection in listed["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        let styles = json(&link(collection, STYLES)).await;
        assert_eq!(values(&styles["styles"], "id"), [id]);
        let address = link(&styles["styles"][0], "stylesheet");
        assert!(address.starts_with(&format!("/ogc/collections/{id}/styles/{id}")), "{address}");
        let style = json(&address).await;
        assert_eq!(style, json(&format!("/ogc/styles/{id}")).await);
        for layer in style["layers"].as_array().unwrap() {
            assert_eq!(
                (&layer["source"], &layer["source-layer"]),
                (&collection["id"], &collection["id"])
            );
        }
    }
    assert_eq!(get("/ogc/collections/rivers/styles/townships").await.status, 404);
    assert_eq!(get("/ogc/collections/nowhere/styles").await.status, 404);
}

/// /req/mapbox-styles: every style is valid for the validator of `MapLibre`, where `web/node_modules` holds it.
#[tokio::test]
async fn conf_mapbox_styles() {
    let validator =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("web/node_modules/.bin/gl-style-validate");
    if !validator.exists() {
        eprintln!("gl-style-validate is missing; no style was validated");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (id, style) in all().await {
        let file = folder.path().join(format!("{id}.json"));
        std::fs::write(&file, style.to_string()).unwrap();
        files.push(file);
    }
    for file in files {
        let Ok(output) = Command::new(&validator).arg(&file).output() else {
            eprintln!("node is missing; no style was validated");
            return;
        };
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&said));
    }
}

/// Addresses are absolute under the host that was asked, and lead to tiles that hold the layers drawn.
#[tokio::test]
async fn a_style_leads_to_the_tiles_of_the_host_that_was_asked() {
    for (address, expected) in [
        ("/ogc/styles/townships", "http://atlas.example:8080/tiles/townships/{z}/{x}/{y}.mvt"),
        (
            "/ogc/collections/rivers/styles/rivers",
            "http://atlas.example:8080/tiles/rivers/{z}/{x}/{y}.mvt",
        ),
    ] {
        let request =
            Request::get(address).header("host", "atlas.example:8080").body(Body::empty());
        let style = ask(shipped(), request.unwrap()).await.json();
        let sources = style["sources"].as_object().unwrap();
        let (name, source) = sources.iter().next().unwrap();
        assert_eq!(source["tiles"][0], expected);
        let path = expected.trim_start_matches("http://atlas.example:8080");
        let tile = get(&path.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0")).await;
        let layers = Reader::new(tile.body).unwrap().get_layer_names().unwrap();
        assert!(layers.contains(name), "{layers:?}");
    }
}

/// The atlas has a style of the layers that are shown when it opens, tints below lines below symbols.
#[tokio::test]
async fn the_style_of_the_atlas_draws_what_is_shown_when_it_opens() {
    let atlas = get("/api/atlas").await.json();
    let shown: HashSet<&str> = atlas["layers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|layer| layer["visible"] == true)
        .map(|layer| layer["id"].as_str().unwrap())
        .collect();
    let style = json("/ogc/styles/atlas").await;
    let drawn: HashSet<&str> = values(&style["layers"], "source").into_iter().collect();
    assert_eq!(drawn, shown);
    let kinds = values(&style["layers"], "type");
    let rank =
        |kind: &&str| ["background", "fill", "line", "circle"].iter().position(|k| k == kind);
    assert!(kinds.is_sorted_by_key(rank), "{kinds:?}");
}

/// Nothing is shown as more exact than it is: a feature that is not exact is drawn by layers that say so,
/// and by no other.
#[tokio::test]
async fn what_is_not_exact_is_dashed_or_hollow_and_nothing_else_is() {
    for (id, style) in all().await {
        for layer in
            style["layers"].as_array().unwrap().iter().filter(|layer| layer["type"] != "background")
        {
            let name = layer["id"].as_str().unwrap();
            let accuracy = &layer["filter"][2];
            let words = accuracy[2].as_array().unwrap();
            let is_drawn =
                |word: &str| accuracy[if words.contains(&word.into()) { 3 } else { 4 }] == true;
            let paint = &layer["paint"];
            match layer["type"].as_str().unwrap() {
                "line" if is_drawn("schematic") => {
                    assert!(paint["line-dasharray"].is_array(), "{id} {name}");
                    assert!(!is_drawn("surveyed") && !is_drawn("published"), "{id} {name}");
                }
                "circle" if is_drawn("seat") => {
                    assert_eq!(paint["circle-color"], "#ffffff", "{id} {name}");
                    assert!(!is_drawn("surveyed") && is_drawn("schematic"), "{id} {name}");
                }
                "fill" if is_drawn("schematic") => {
                    assert!(name.ends_with("-inexact"), "{id} {name}");
                }
                _ => assert!(!is_drawn("schematic") && is_drawn("published"), "{id} {name}"),
            }
        }
    }
}

/// Every class of the legend has its colour.
#[tokio::test]
async fn classes_have_the_colours_of_the_legend() {
    let atlas = get("/api/atlas").await.json();
    let mut classed = 0;
    for layer in atlas["layers"].as_array().unwrap() {
        let id = layer["id"].as_str().unwrap();
        let style = json(&format!("/ogc/styles/{id}")).await.to_string();
        for class in layer["classes"].as_array().unwrap() {
            let pair = format!(
                "\"{}\",\"{}\"",
                class["value"].as_str().unwrap(),
                class["color"].as_str().unwrap()
            );
            assert!(style.contains(&pair), "{id}: {pair}");
            classed += 1;
        }
    }
    assert!(classed > 10, "{classed}");
}

/// Nothing needs glyphs or pictures, which are not served.
#[tokio::test]
async fn a_style_needs_nothing_but_tiles() {
    for (id, style) in all().await {
        for key in ["glyphs", "sprite"] {
            assert!(style.get(key).is_none(), "{id} {key}");
        }
        for layer in style["layers"].as_array().unwrap() {
            assert_ne!(layer["type"], "symbol", "{id}");
        }
        assert!(style["metadata"]["text"].as_str().unwrap().contains("不含文字"));
    }
}

/// Lists and styles are pages as well, in both languages.
#[tokio::test]
async fn pages_of_styles_are_in_both_languages_and_lead_on() {
    for address in [
        "/ogc/styles",
        "/ogc/styles/atlas",
        "/ogc/styles/medical",
        "/ogc/collections/medical/styles",
        "/ogc/collections/medical/styles/medical",
    ] {
        let page = get(&format!("{address}?f=html")).await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("lang=\"zh-CN\"") && text.contains("lang=\"en\""), "{address}");
        for part in text.split("href=\"").skip(1) {
            let target = part.split('"').next().unwrap().replace("&amp;", "&");
            if target.starts_with("/ogc") {
                assert_eq!(get(&target).await.status, 200, "{address}: {target}");
            }
        }
    }
}
