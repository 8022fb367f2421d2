//! OGC API – Tiles, Part 1 (OGC 20-057): the abstract tests of Annex A against the shipped data. Each test
//! is named after the identifier of the abstract test that it carries out.

mod common;

use axum::body::Body;
use axum::http::Request;
use common::folder::Folder;
use common::ogc::{SOME, link, links};
use common::{Answer, ask, get, get_from, serve, shipped, values};
use mvt_reader::Reader;
use plan_atlas::crs::from_tile_space;
use serde_json::Value;

const MVT: &str = "application/vnd.mapbox-vector-tile";
const QUAD: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

async fn json(address: &str) -> Value {
    let answer = get(address).await;
    assert_eq!(answer.status, 200, "{address}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

async fn with(address: &str, name: &str, value: &str) -> Answer {
    let request = Request::get(address).header(name, value).body(Body::empty()).unwrap();
    ask(shipped(), request).await
}

/// Names of the layers of a tile, in order.
fn layers(tile: Vec<u8>) -> Vec<String> {
    Reader::new(tile).unwrap().get_layer_names().unwrap()
}

/// Every tileset: its metadata and the address before its tiles.
async fn tilesets() -> Vec<String> {
    let listed = json("/ogc/collections").await;
    let of = |id: &str| format!("/ogc/collections/{id}/tiles/WebMercatorQuad");
    let mut all: Vec<String> = values(&listed["collections"], "id").into_iter().map(of).collect();
    all.push("/ogc/tiles/WebMercatorQuad".to_owned());
    all
}

/// /conf/core/tc-op, /conf/core/tc-tilematrix-definition, /conf/core/tc-tilerow-definition,
/// /conf/core/tc-tilecol-definition
#[tokio::test]
async fn conf_core_tc_op() {
    // The row comes first: the counties lie in column 410, row 209.
    let there = get("/ogc/collections/townships/tiles/WebMercatorQuad/9/209/410").await;
    assert_eq!((there.status.as_u16(), there.body.is_empty()), (200, false));
    let swapped = get("/ogc/collections/townships/tiles/WebMercatorQuad/9/410/209").await;
    assert_eq!((swapped.status.as_u16(), swapped.body.len()), (200, 0));
}

/// /conf/core/tc-success
#[tokio::test]
async fn conf_core_tc_success() {
    for id in SOME {
        for (z, row, column) in [(0, 0, 0), (6, 26, 51), (9, 209, 410), (12, 1675, 3284)] {
            let own = format!("/ogc/collections/{id}/tiles/WebMercatorQuad/{z}/{row}/{column}");
            let tile = get(&own).await;
            assert_eq!(tile.status, 200, "{own}");
            assert_eq!(tile.header("content-type"), MVT, "{own}");
            let same = get(&format!("/tiles/{id}/{z}/{column}/{row}.mvt")).await;
            assert!(tile.body == same.body, "{own} differs from /tiles");
        }
    }
    let address = "/ogc/collections/townships/tiles/WebMercatorQuad/9/209/410";
    for accept in [MVT, "application/*", "*/*", "text/html,application/xml;q=0.9,*/*;q=0.8"] {
        let tile = with(address, "accept", accept).await;
        assert_eq!((tile.status.as_u16(), tile.header("content-type")), (200, MVT), "{accept}");
    }
    assert_eq!(with(&format!("{address}?f=mvt"), "accept", "text/html").await.status, 200);
    for accept in ["image/png", "text/html", "application/json", &format!("{MVT};q=0")] {
        assert_eq!(with(address, "accept", accept).await.status, 406, "{accept}");
    }
    for query in ["f=png", "f=json", "collections=rivers", "f=mvt&f=mvt", "style=x"] {
        let refused = get(&format!("{address}?{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
        assert_eq!(refused.header("content-type"), "application/problem+json", "{query}");
    }
}

/// The tile comes out of the cache of `/tiles`, as it is compressed there.
#[tokio::test]
async fn a_tile_is_compressed_as_the_one_of_tiles() {
    let own = [
        "/ogc/collections/townships/tiles/WebMercatorQuad/9/209/410",
        "/ogc/tiles/WebMercatorQuad/9/209/410?collections=townships",
    ];
    for coding in ["br", "gzip"] {
        let same = with("/tiles/townships/9/410/209.mvt", "accept-encoding", coding).await;
        assert_eq!(same.header("content-encoding"), coding);
        for own in own {
            let tile = with(own, "accept-encoding", coding).await;
            assert_eq!(tile.header("content-encoding"), coding, "{own}");
            assert!(tile.body == same.body, "{own} in {coding}");
            assert_eq!(tile.header("vary"), "accept, accept-encoding", "{own}");
        }
    }
    let all = with("/ogc/tiles/WebMercatorQuad/9/209/410", "accept-encoding", "br").await;
    assert_eq!(all.header("content-encoding"), "br");
    let again = with("/ogc/tiles/WebMercatorQuad/9/209/410", "accept-encoding", "br").await;
    assert!(all.body == again.body);
}

/// /conf/core/tc-error
#[tokio::test]
async fn conf_core_tc_error() {
    for set in tilesets().await {
        for (out, status) in [
            ("WebMercatorQuad/23/0/0", 400),
            ("WebMercatorQuad/256/0/0", 400),
            ("WebMercatorQuad/-1/0/0", 400),
            ("WebMercatorQuad/x/0/0", 400),
            ("WebMercatorQuad/3/8/0", 400),
            ("WebMercatorQuad/3/0/8", 400),
            ("WebMercatorQuad/3/0/4294967296", 400),
            ("WorldCRS84Quad/0/0/0", 404),
        ] {
            let address = set.replace("WebMercatorQuad", out);
            let refused = get(&address).await;
            assert_eq!(refused.status, status, "{address}");
            assert_eq!(refused.header("content-type"), "application/problem+json", "{address}");
        }
        // Within the limits, but nothing there.
        let empty = get(&format!("{set}/22/0/0")).await;
        assert_eq!((empty.status.as_u16(), empty.body.len()), (200, 0), "{set}");
    }
    assert_eq!(get("/ogc/collections/nowhere/tiles/WebMercatorQuad/0/0/0").await.status, 404);
}

/// /conf/tileset/description
#[tokio::test]
async fn conf_tileset_description() {
    for address in tilesets().await {
        let set = json(&address).await;
        assert_eq!(set["dataType"], "vector", "{address}");
        assert_eq!(set["crs"], "http://www.opengis.net/def/crs/EPSG/0/3857", "{address}");
        assert_eq!(set["tileMatrixSetURI"], QUAD, "{address}");
        let scheme = json(&link(&set, SCHEME)).await;
        assert_eq!(
            (scheme["id"].as_str(), scheme["uri"].as_str()),
            (Some("WebMercatorQuad"), Some(QUAD))
        );
        let item = links(&set, "item")[0];
        assert_eq!((&item["templated"], &item["type"]), (&Value::Bool(true), &Value::from(MVT)));
        let template = item["href"].as_str().unwrap();
        let filled = template
            .replace("{tileMatrix}", "9")
            .replace("{tileRow}", "209")
            .replace("{tileCol}", "410");
        let tile = get(&filled).await;
        assert_eq!((tile.status.as_u16(), tile.header("content-type")), (200, MVT), "{filled}");
        let limits = set["tileMatrixSetLimits"].as_array().unwrap();
        assert_eq!(limits.len(), 23, "{address}");
        assert_eq!(limits[9]["maxTileRow"], 511);
        for rel in ["self", "alternate"] {
            for link in links(&set, rel) {
                let target = get(link["href"].as_str().unwrap()).await;
                assert_eq!(target.status, 200, "{link}");
                let kind = link["type"].as_str().unwrap();
                assert!(target.header("content-type").starts_with(kind), "{link}");
            }
        }
    }
    assert_eq!(get("/ogc/collections/townships/tiles/WorldCRS84Quad").await.status, 404);
    assert_eq!(get("/ogc/collections/nowhere/tiles/WebMercatorQuad").await.status, 404);
}

/// The layers of a tileset say what dimension they have and where they lie, and their properties are those
/// of the tiles.
#[tokio::test]
async fn the_layers_of_a_tileset_say_what_they_hold() {
    let set = json("/ogc/tiles/WebMercatorQuad").await;
    let atlas = get("/api/atlas").await.json();
    assert_eq!(values(&set["layers"], "id"), values(&atlas["layers"], "id"));
    for (layer, known) in
        set["layers"].as_array().unwrap().iter().zip(atlas["layers"].as_array().unwrap())
    {
        let dimension = match known["geometry"].as_str().unwrap() {
            "point" => Value::from(0),
            "line" => Value::from(1),
            "polygon" => Value::from(2),
            _ => Value::Null,
        };
        assert_eq!(layer["geometryDimension"], dimension, "{layer}");
        let bounds = &layer["boundingBox"];
        let corners: Vec<&Value> = ["lowerLeft", "upperRight"]
            .into_iter()
            .flat_map(|corner| bounds[corner].as_array().into_iter().flatten())
            .collect();
        let known: Vec<&Value> = known["bounds"].as_array().into_iter().flatten().collect();
        assert_eq!(corners, known, "{layer}");
        let collection = json(&link(layer, "geodata")).await;
        assert_eq!(collection["id"], layer["id"]);
        let properties = layer["propertiesSchema"]["properties"].as_object().unwrap();
        assert!(properties.contains_key("name") && properties.contains_key("accuracy"), "{layer}");
    }
}

/// /conf/tilesets-list/tileset-links
#[tokio::test]
async fn conf_tilesets_list_tileset_links() {
    for full in tilesets().await {
        let list = full.strip_suffix("/WebMercatorQuad").unwrap();
        let listed = json(list).await;
        assert!(!links(&listed, "self").is_empty() && !links(&listed, "alternate").is_empty());
        let sets = listed["tilesets"].as_array().unwrap();
        assert_eq!(sets.len(), 1, "{list}");
        let own = link(&sets[0], "self");
        assert!(own.starts_with(&full), "{own}");
        let whole = json(&own).await;
        for key in ["title", "dataType", "crs", "tileMatrixSetURI"] {
            assert!(whole[key].is_string() && whole[key] == sets[0][key], "{list} {key}");
        }
        assert_eq!(json(&link(&sets[0], SCHEME)).await["uri"], QUAD);
    }
}

/// /conf/dataset-tilesets/landingpage, /conf/dataset-tilesets/operation
#[tokio::test]
async fn conf_dataset_tilesets_operation() {
    let landing = json("/ogc").await;
    let list = link(&landing, TILESETS);
    assert!(list.starts_with("/ogc/tiles?"), "{list}");
    assert_eq!(json(&list).await["tilesets"].as_array().unwrap().len(), 1);
    let schemes = link(&landing, "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes");
    assert_eq!(values(&json(&schemes).await["tileMatrixSets"], "id"), ["WebMercatorQuad"]);
}

/// /conf/geodata-tilesets/desc-links, /conf/geodata-tilesets/operation
#[tokio::test]
async fn conf_geodata_tilesets_operation() {
    let listed = json("/ogc/collections").await;
    for collection in listed["collections"].as_array().unwrap() {
        let list = link(collection, TILESETS);
        let own = format!("/ogc/collections/{}/tiles?", collection["id"].as_str().unwrap());
        assert!(list.starts_with(&own), "{list}");
        assert_eq!(json(&list).await["tilesets"].as_array().unwrap().len(), 1, "{list}");
    }
}

/// /conf/collections-selection/query-collections, /conf/collections-selection/collections-response
#[tokio::test]
async fn conf_collections_selection_collections_response() {
    for names in [&["rivers"][..], &["townships", "rivers"], &["rivers", "townships", "medical"]] {
        let chosen = format!("collections={}", names.join(","));
        let set = json(&format!("/ogc/tiles/WebMercatorQuad?{chosen}")).await;
        assert_eq!(values(&set["layers"], "id"), names);
        let template = link(&set, "item");
        assert!(template.contains(&chosen), "{template}");
        let tile = get(&format!("/ogc/tiles/WebMercatorQuad/9/209/410?{chosen}")).await;
        let mut one_by_one = Vec::new();
        for name in names {
            one_by_one.extend(get(&format!("/tiles/{name}/9/410/209.mvt")).await.body);
        }
        assert!(tile.body == one_by_one, "{chosen}");
        let mut shown = layers(tile.body);
        shown.retain(|name| !name.ends_with("-labels"));
        assert_eq!(shown, names, "the first is at the bottom");
    }
    let all = layers(get("/ogc/tiles/WebMercatorQuad/0/0/0").await.body);
    for id in SOME {
        assert!(all.iter().any(|layer| layer == id), "{id} is not in {all:?}");
    }
    for wrong in ["nowhere", "", "rivers,", "rivers,rivers", "rivers,nowhere"] {
        for resource in ["/ogc/tiles/WebMercatorQuad", "/ogc/tiles/WebMercatorQuad/9/209/410"] {
            let refused = get(&format!("{resource}?collections={wrong}")).await;
            assert_eq!(refused.status, 400, "{resource} {wrong}");
        }
    }
}

/// /conf/mvt/content
#[tokio::test]
#[expect(clippy::cast_lossless, reason = "grid units are whole numbers")]
async fn conf_mvt_content() {
    let item = json("/ogc/collections/medical/items?limit=10000").await;
    let (z, row, column) = (9, 209, 410);
    let tile =
        get(&format!("/ogc/collections/medical/tiles/WebMercatorQuad/{z}/{row}/{column}")).await;
    let reader = Reader::new(tile.body).unwrap();
    assert_eq!(reader.get_layer_names().unwrap(), ["medical"]);
    let features = reader.get_features(0).unwrap();
    assert!(!features.is_empty());
    // The corner 0, 0 of the grid is the north-western one of the tile, and the grid is linear.
    let side = f64::from(1 << z);
    for feature in features {
        let properties = feature.properties.unwrap();
        let Some(mvt_reader::feature::Value::String(id)) = properties.get("id") else {
            panic!("no id")
        };
        let point = match &feature.geometry {
            geo::Geometry::Point(point) => point.0,
            geo::Geometry::MultiPoint(points) => points.0[0].0,
            other => panic!("{other:?}"),
        };
        let x = (f64::from(column) + point.x as f64 / 4096.0) / side;
        let y = (f64::from(row) + point.y as f64 / 4096.0) / side;
        let (lon, lat) = from_tile_space(x, y);
        let known = item["features"].as_array().unwrap().iter().find(|f| f["id"] == id.as_str());
        let at = &known.unwrap()["geometry"]["coordinates"];
        let (dx, dy) = (at[0].as_f64().unwrap() - lon, at[1].as_f64().unwrap() - lat);
        let unit = 360.0 / side / 4096.0;
        assert!(dx.abs() <= unit && dy.abs() <= unit, "{id}: {dx}, {dy}");
    }
}

/// /conf/oas30/completeness, /conf/oas30/operation-id
#[tokio::test]
async fn conf_oas30_operation_id() {
    let api = json("/ogc/api?f=json").await;
    for (path, id) in [
        ("/tileMatrixSets", "getTileMatrixSetsList"),
        ("/tileMatrixSets/{tileMatrixSetId}", "getTileMatrixSet"),
        ("/tiles", ".dataset.vector.getTileSetsList"),
        ("/tiles/{tileMatrixSetId}", ".dataset.vector.getTileSet"),
        ("/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", ".dataset.vector.getTile"),
        ("/collections/{collectionId}/tiles", ".collection.vector.getTileSetsList"),
        ("/collections/{collectionId}/tiles/{tileMatrixSetId}", ".collection.vector.getTileSet"),
        (
            "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
            ".collection.vector.getTile",
        ),
    ] {
        let operation = &api["paths"][path]["get"];
        assert!(operation["operationId"].as_str().unwrap().ends_with(id), "{path}");
        for parameter in operation["parameters"].as_array().unwrap() {
            let pointer = parameter["$ref"].as_str().unwrap().trim_start_matches('#');
            assert!(api.pointer(pointer).is_some(), "{path}: {pointer}");
        }
        let filled = path
            .replace("{tileMatrixSetId}", "WebMercatorQuad")
            .replace("{collectionId}", "townships")
            .replace("{tileMatrix}/{tileRow}/{tileCol}", "9/209/410");
        let answer = get(&format!("/ogc{filled}")).await;
        let kind = answer.header("content-type");
        assert!(operation["responses"]["200"]["content"][kind].is_object(), "{path} gives {kind}");
    }
}

/// Every class that is declared has its tests here.
#[tokio::test]
async fn no_class_of_tiles_is_declared_without_a_test() {
    let conformance = json("/ogc/conformance").await;
    let tests = include_str!("ogc_tiles.rs");
    let mut declared = 0;
    for class in conformance["conformsTo"].as_array().unwrap() {
        let class = class.as_str().unwrap();
        let Some((_, class)) = class.split_once("ogcapi-tiles-1/1.0/conf/") else { continue };
        assert!(tests.contains(&format!("async fn conf_{}_", class.replace('-', "_"))), "{class}");
        declared += 1;
    }
    assert_eq!(declared, 8);
}

/// OGC 17-083r4: figures of the registered definition.
#[tokio::test]
async fn the_tile_matrix_set_is_the_registered_one() {
    let set = json("/ogc/tileMatrixSets/WebMercatorQuad").await;
    let matrices = set["tileMatrices"].as_array().unwrap();
    assert_eq!(matrices.len(), 25);
    let close = |value: &Value, known: f64| (value.as_f64().unwrap() / known - 1.0).abs() < 1e-12;
    assert!(close(&matrices[0]["scaleDenominator"], 559_082_264.028_717));
    assert!(close(&matrices[18]["cellSize"], 0.597_164_283_477_939));
    assert!(close(&matrices[7]["pointOfOrigin"][1], 20_037_508.342_789_2));
    assert_eq!(
        (&matrices[10]["id"], &matrices[10]["matrixHeight"]),
        (&Value::from("10"), &Value::from(1024))
    );
    assert_eq!(get("/ogc/tileMatrixSets/WorldCRS84Quad").await.status, 404);
}

/// A TileJSON leads to the same tiles by the addresses of the standard's row and column.
#[tokio::test]
async fn tilejson_of_a_tileset_leads_to_its_tiles() {
    for address in tilesets().await {
        let answer = get(&format!("{address}?f=tilejson")).await;
        assert_eq!(answer.header("content-type"), "application/vnd.mapbox.tile+json");
        let tilejson = answer.json();
        assert_eq!(tilejson["tilejson"], "3.0.0");
        let template = tilejson["tiles"][0].as_str().unwrap();
        let tile =
            get(&template.replace("{z}", "9").replace("{x}", "410").replace("{y}", "209")).await;
        assert_eq!(tile.status, 200, "{template}");
        let known = values(&tilejson["vector_layers"], "id");
        for layer in if tile.body.is_empty() { Vec::new() } else { layers(tile.body) } {
            assert!(known.contains(&layer.as_str()), "{address}: {layer}");
        }
    }
    let named =
        with("/ogc/tiles/WebMercatorQuad", "accept", "application/vnd.mapbox.tile+json").await;
    assert_eq!(named.json()["tilejson"], "3.0.0");
    let mut own = json("/ogc/collections/rivers/tiles/WebMercatorQuad?f=tilejson").await;
    let mut same = json("/tiles/rivers.json").await;
    own["tiles"] = Value::Null;
    same["tiles"] = Value::Null;
    assert_eq!(own, same);
}

/// Lists and metadata are pages as well, in both languages, and every link on them leads somewhere.
#[tokio::test]
async fn pages_of_tiles_are_in_both_languages_and_lead_on() {
    for address in [
        "/ogc",
        "/ogc/collections/townships",
        "/ogc/tileMatrixSets",
        "/ogc/tileMatrixSets/WebMercatorQuad",
        "/ogc/tiles",
        "/ogc/tiles/WebMercatorQuad",
        "/ogc/tiles/WebMercatorQuad?collections=rivers,townships",
        "/ogc/collections/townships/tiles",
        "/ogc/collections/townships/tiles/WebMercatorQuad",
    ] {
        let page = with(address, "accept", "text/html").await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("lang=\"zh-CN\"") && text.contains("lang=\"en\""), "{address}");
        assert!(!text.contains("tileRow"), "{address} has a template for a link");
        for part in text.split("href=\"").skip(1) {
            let target = part.split('"').next().unwrap().replace("&amp;", "&");
            if target.starts_with("/ogc") {
                assert_eq!(get(&target).await.status, 200, "{address}: {target}");
            }
        }
    }
}

/// A layer's id may hold anything that a file name may.
#[tokio::test]
async fn a_dropped_layer_with_a_strange_name_has_tiles_and_a_style() {
    let folder = Folder::copy();
    let point = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"甲"},"geometry":{"type":"Point","coordinates":[108.7,30.9]}}]}"#;
    folder.add("我的 图层.geojson", point);
    folder.add("atlas.geojson", point);
    let app = serve(folder.path());
    let get = async |address: String| get_from(app.clone(), &address).await;
    let listed = get("/ogc/collections".to_owned()).await.json();
    let all = listed["collections"].as_array().unwrap();
    let own = all.iter().find(|collection| collection["id"].as_str().unwrap().contains("图层"));
    let list = get(link(own.expect("the dropped layer"), TILESETS)).await.json();
    let set = get(link(&list["tilesets"][0], "self")).await.json();
    let template = link(&set, "item");
    let tile = get(template
        .replace("{tileMatrix}", "0")
        .replace("{tileRow}", "0")
        .replace("{tileCol}", "0"));
    assert!(!tile.await.body.is_empty(), "{template}");
    // A layer called like the style of the whole atlas keeps its name.
    let styles = get("/ogc/styles".to_owned()).await.json();
    let ids = values(&styles["styles"], "id");
    assert_eq!(ids.iter().filter(|id| **id == "atlas").count(), 1);
    assert_eq!(ids[0], "atlas_");
}
