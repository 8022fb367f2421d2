//! Vector tiles, decoded by an independent reader before anything is asserted.

mod common;

use std::collections::{BTreeMap, HashSet};

use common::get;
use mvt_reader::Reader;
use mvt_reader::feature::Value;

struct Decoded {
    id: String,
    name: String,
    geometry: geo::Geometry<f32>,
}

async fn features(layer: &str, part: &str, (z, x, y): (u8, u32, u32)) -> Vec<Decoded> {
    let answer = get(&format!("/tiles/{layer}/{z}/{x}/{y}.mvt")).await;
    assert_eq!(answer.status, 200);
    if answer.body.is_empty() {
        return Vec::new();
    }
    let reader = Reader::new(answer.body).expect("a valid tile");
    let names = reader.get_layer_names().unwrap();
    let Some(index) = names.iter().position(|name| name == part) else { return Vec::new() };
    let text = |properties: &std::collections::HashMap<String, Value>, key: &str| match properties
        .get(key)
    {
        Some(Value::String(text)) => text.clone(),
        other => panic!("{key} is {other:?}"),
    };
    let features = reader.get_features(index).unwrap();
    features
        .into_iter()
        .map(|f| {
            let properties = f.properties.unwrap();
            Decoded {
                id: text(&properties, "id"),
                name: text(&properties, "name"),
                geometry: f.geometry,
            }
        })
        .collect()
}

/// Tiles of a zoom level that meet the two counties.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
fn tiles_over_the_counties(z: u8) -> Vec<(u8, u32, u32)> {
    let n = f64::from(1_u32 << z);
    let column = |lon: f64| (plan_atlas::crs::to_tile_space(lon, 31.0).0 * n) as u32;
    let row = |lat: f64| (plan_atlas::crs::to_tile_space(109.0, lat).1 * n) as u32;
    let (west, east) = (column(108.3), column(109.9));
    let (north, south) = (row(31.5), row(30.4));
    (west..=east).flat_map(|x| (north..=south).map(move |y| (z, x, y))).collect()
}

#[tokio::test]
async fn no_township_is_missing_at_any_zoom() {
    for z in 0..=11 {
        let (mut areas, mut labels) = (HashSet::new(), Vec::new());
        for tile in tiles_over_the_counties(z) {
            for feature in features("townships", "townships", tile).await {
                let geo::Geometry::MultiPolygon(polygons) = &feature.geometry else {
                    panic!("{} is {:?}", feature.id, feature.geometry)
                };
                assert!(polygons.0.iter().all(|p| p.exterior().0.len() >= 4));
                areas.insert(feature.id);
            }
            labels.extend(features("townships", "townships-labels", tile).await);
        }
        assert_eq!(areas.len(), 75, "areas at zoom {z}");
        assert_eq!(labels.len(), 75, "labels at zoom {z}: each in exactly one tile");
    }
}

#[tokio::test]
async fn chinese_names_survive_the_tile() {
    let found = features("townships", "townships", (9, 410, 209)).await;
    let names: Vec<&str> = found.iter().map(|f| f.name.as_str()).collect();
    assert!(names.contains(&"堰坪镇") || names.contains(&"盘龙街道"), "{names:?}");
}

/// Every edge inside the tile that one township has, its neighbour has too, the other way round:
/// exactly the condition for there being neither gap nor overlap between them.
#[tokio::test]
async fn neighbouring_townships_share_their_edges_in_every_tile() {
    for z in 6..=12 {
        let mut inner_edges = 0;
        let tiles = tiles_over_the_counties(z);
        let step = tiles.len() / 60 + 1;
        for tile in tiles.into_iter().step_by(step) {
            let mut edges: BTreeMap<[i32; 4], i32> = BTreeMap::new();
            let mut outline: HashSet<[i32; 4]> = HashSet::new();
            for feature in features("townships", "townships", tile).await {
                each_edge(&feature.geometry, |edge| {
                    let (key, direction) = undirected(edge);
                    *edges.entry(key).or_default() += direction;
                });
            }
            for county in features("counties", "counties", tile).await {
                each_edge(&county.geometry, |edge| {
                    outline.insert(undirected(edge).0);
                });
            }
            let shown = |v: i32| (0..=4096).contains(&v);
            for (edge, balance) in &edges {
                let inside = edge.iter().all(|&v| shown(v));
                if inside && *balance != 0 {
                    assert!(outline.contains(edge), "{tile:?}: {edge:?} has one side only");
                }
                inner_edges += usize::from(inside && *balance == 0);
            }
        }
        assert!(inner_edges > 20, "zoom {z} was not tested: {inner_edges}");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "tile coordinates are whole numbers")]
fn each_edge(geometry: &geo::Geometry<f32>, mut visit: impl FnMut([i32; 4])) {
    let geo::Geometry::MultiPolygon(polygons) = geometry else { panic!("{geometry:?}") };
    for polygon in polygons {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for line in ring.lines() {
                let edge = [line.start.x, line.start.y, line.end.x, line.end.y].map(|v| v as i32);
                if edge[..2] != edge[2..] {
                    visit(edge);
                }
            }
        }
    }
}

fn undirected([ax, ay, bx, by]: [i32; 4]) -> ([i32; 4], i32) {
    if (ax, ay) < (bx, by) { ([ax, ay, bx, by], 1) } else { ([bx, by, ax, ay], -1) }
}

#[tokio::test]
async fn every_layer_has_tilejson_that_leads_to_its_tiles() {
    let atlas = get("/api/atlas").await.json();
    for layer in atlas["layers"].as_array().unwrap() {
        let id = layer["id"].as_str().unwrap();
        let tilejson = get(&format!("/tiles/{id}.json")).await.json();
        assert_eq!(tilejson["tilejson"], "3.0.0");
        let address = tilejson["tiles"][0].as_str().unwrap();
        assert!(address.ends_with(layer["tiles"].as_str().unwrap()), "{address}");
        let world = features(id, id, (0, 0, 0)).await.len() as u64;
        let located = layer["count"].as_u64().unwrap() - layer["unlocated"].as_u64().unwrap();
        if layer["geometry"] == "line" {
            assert!(world <= located, "{id}: a line shorter than the grid may vanish");
        } else {
            assert_eq!(world, located, "{id}");
        }
    }
}

#[tokio::test]
async fn a_tile_without_features_is_empty_and_no_error() {
    let answer = get("/tiles/townships/9/0/0.mvt").await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
}

/// GDAL as a second reader, where it is installed; CI installs it and must not skip this.
#[tokio::test]
async fn gdal_reads_as_many_features_with_their_chinese_names() {
    use std::process::Command;
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI has no ogrinfo");
        eprintln!("skipped: ogrinfo is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tile.mvt");
    let (z, x, y) = (8, 205, 104);
    let tile = get(&format!("/tiles/townships/{z}/{x}/{y}.mvt")).await;
    std::fs::write(&file, tile.body).unwrap();
    let output = Command::new("ogrinfo")
        .args(["-al", "-oo", &format!("X={x}"), "-oo", &format!("Y={y}"), "-oo", &format!("Z={z}")])
        .arg(&file)
        .arg("townships")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let count = features("townships", "townships", (z, x, y)).await.len();
    assert!(text.contains(&format!("Feature Count: {count}")), "{text}");
    assert!(text.contains("堰坪镇") && text.contains("ID[\"EPSG\",3857]"), "{text}");
}
