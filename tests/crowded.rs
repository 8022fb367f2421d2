//! Tiles of a layer with more features than a screen has pixels for, and how tiles go over the wire.

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use common::folder::Folder;
use common::{Answer, ask, get_from, serve};
use geo::{BoundingRect, Geometry};
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use plan_atlas::crs::to_tile_space;
use serde_json::json;

/// Cells of a side; the layer has the square of it.
const SIDE: u32 = 50;
/// Side of a cell in degrees: eight pixels of a tile at zoom 12.
const CELL: f64 = 0.003;
const WEST: f64 = 108.6;
const SOUTH: f64 = 30.9;

/// Cells whose common sides have a kink in the middle, and a point in the corner of each.
fn layers() -> Router {
    static APP: OnceLock<Router> = OnceLock::new();
    APP.get_or_init(|| {
        let at = |i: f64, j: f64| [WEST + i * CELL, SOUTH + j * CELL];
        let (mut cells, mut points) = (Vec::new(), Vec::new());
        for number in 0..SIDE * SIDE {
            let (i, j) = (f64::from(number % SIDE), f64::from(number / SIDE));
            let ring = json!([
                at(i, j), at(i + 0.5, j + 0.1), at(i + 1.0, j), at(i + 1.1, j + 0.5), at(i + 1.0, j + 1.0),
                at(i + 0.5, j + 1.1), at(i, j + 1.0), at(i + 0.1, j + 0.5), at(i, j),
            ]);
            let feature = |kind: &str, coordinates| json!({
                "type": "Feature", "id": number, "properties": {"name": format!("地块{number}")},
                "geometry": {"type": kind, "coordinates": coordinates},
            });
            cells.push(feature("Polygon", json!([ring])));
            points.push(feature("Point", json!(at(i, j))));
        }
        let folder = Folder::copy();
        for (name, features) in [("cells", cells), ("points", points)] {
            let collection = json!({"type": "FeatureCollection", "features": features});
            folder.add(&format!("{name}.geojson"), collection.to_string());
        }
        serve(folder.path())
    })
    .clone()
}

type Tile = (u8, u32, u32);

/// Tiles of a zoom level over the layers.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
fn tiles(z: u8) -> Vec<Tile> {
    let n = f64::from(1_u32 << z);
    let reach = f64::from(SIDE) * CELL;
    let (west, south) = to_tile_space(WEST - 0.001, SOUTH - 0.001);
    let (east, north) = to_tile_space(WEST + reach + 0.001, SOUTH + reach + 0.001);
    let [west, south, east, north] = [west, south, east, north].map(|edge| (edge * n) as u32);
    (west..=east).flat_map(|x| (north..=south).map(move |y| (z, x, y))).collect()
}

struct Shown {
    properties: HashMap<String, Value>,
    geometry: Geometry<f32>,
}

async fn shown(layer: &str, part: &str, (z, x, y): Tile) -> Vec<Shown> {
    let answer = get_from(layers(), &format!("/tiles/{layer}/{z}/{x}/{y}.mvt")).await;
    assert_eq!(answer.status, 200);
    let reader = Reader::new(answer.body).expect("a valid tile");
    let names = reader.get_layer_names().unwrap();
    let Some(index) = names.iter().position(|name| name == part) else { return Vec::new() };
    let features = reader.get_features(index).unwrap().into_iter();
    features.map(|f| Shown { properties: f.properties.unwrap(), geometry: f.geometry }).collect()
}

fn id(shown: &Shown) -> Option<&str> {
    match shown.properties.get("id") {
        Some(Value::String(id)) => Some(id),
        _ => None,
    }
}

fn merged(shown: &Shown) -> u64 {
    match shown.properties.get("merged") {
        Some(Value::UInt(count)) => *count,
        None => 0,
        other => panic!("merged is {other:?}"),
    }
}

#[tokio::test]
async fn areas_smaller_than_a_pixel_are_merged_and_cover_what_they_covered() {
    let world = shown("cells", "cells", (0, 0, 0)).await;
    assert_eq!(world.len(), 1);
    assert_eq!(merged(&world[0]), u64::from(SIDE * SIDE));
    let tile = tiles(7)[0];
    let [only] = &shown("cells", "cells", tile).await[..] else { panic!("not one feature") };
    assert_eq!(merged(only), u64::from(SIDE * SIDE));
    // 0.15 degrees are 218 units of the grid at zoom 7; pixels are 16 units wide.
    let bounds = only.geometry.bounding_rect().unwrap();
    assert!((218.0..218.0 + 48.0).contains(&bounds.width()), "{bounds:?}");
    assert!((218.0..290.0 + 48.0).contains(&bounds.height()), "{bounds:?}");
}

#[tokio::test]
async fn every_area_of_a_pixel_or_more_is_there_with_its_name() {
    for z in [10, 12, 14] {
        let mut ids = BTreeSet::new();
        for tile in tiles(z) {
            for area in shown("cells", "cells", tile).await {
                let id = id(&area).expect("not merged");
                let number = id.strip_prefix("cells:").unwrap();
                let name = Value::String(format!("地块{number}"));
                assert_eq!(area.properties.get("name"), Some(&name), "zoom {z}");
                ids.insert(id.to_owned());
            }
        }
        assert_eq!(ids.len(), (SIDE * SIDE) as usize, "zoom {z}");
    }
}

#[tokio::test]
#[expect(clippy::cast_possible_truncation, reason = "tile coordinates are whole numbers")]
async fn neighbours_of_a_crowded_layer_share_their_sides() {
    for z in 9..=13 {
        let mut inner = 0;
        for tile in tiles(z).into_iter().take(4) {
            let mut sides: BTreeMap<[i32; 4], i32> = BTreeMap::new();
            for area in shown("cells", "cells", tile).await {
                let Geometry::MultiPolygon(polygons) = &area.geometry else {
                    panic!("{:?}", area.geometry)
                };
                for line in polygons.iter().flat_map(|polygon| polygon.exterior().lines()) {
                    let [ax, ay, bx, by] = [line.start.x, line.start.y, line.end.x, line.end.y]
                        .map(|edge| edge as i32);
                    if (ax, ay) != (bx, by) {
                        let forward = (ax, ay) < (bx, by);
                        let key = if forward { [ax, ay, bx, by] } else { [bx, by, ax, ay] };
                        *sides.entry(key).or_default() += if forward { 1 } else { -1 };
                    }
                }
            }
            let balanced = sides.values().filter(|balance| **balance == 0).count();
            inner += balanced;
            // What has one side only is the outline of the whole, or was cut off by the tile.
            let single = sides.iter().filter(|(_, balance)| **balance != 0);
            for (side, balance) in single {
                assert_eq!(balance.abs(), 1, "{tile:?}: {side:?}");
            }
            assert!(balanced * 2 > sides.len(), "{tile:?}: {balanced} of {}", sides.len());
        }
        assert!(inner > 20, "zoom {z} was not tested: {inner}");
    }
}

#[tokio::test]
async fn of_points_within_two_pixels_one_is_left_and_all_are_there_at_the_last_zoom() {
    let few = shown("points", "points", tiles(7)[0]).await;
    assert!((30..300).contains(&few.len()), "{}", few.len());
    assert!(few.iter().all(|point| id(point).is_some()), "each is a point of the layer");
    let mut ids = BTreeSet::new();
    for tile in tiles(14) {
        ids.extend(shown("points", "points", tile).await.iter().filter_map(id).map(str::to_owned));
    }
    assert_eq!(ids.len(), (SIDE * SIDE) as usize);
}

#[tokio::test]
async fn labels_stand_only_where_there_is_room_and_each_in_one_tile() {
    assert!(shown("cells", "cells-labels", tiles(10)[0]).await.is_empty());
    let mut labels = Vec::new();
    for tile in tiles(13) {
        labels.extend(
            shown("cells", "cells-labels", tile).await.iter().filter_map(id).map(str::to_owned),
        );
    }
    labels.sort();
    let all = labels.len();
    labels.dedup();
    assert_eq!((all, labels.len()), ((SIDE * SIDE) as usize, (SIDE * SIDE) as usize));
}

#[tokio::test]
async fn the_tilejson_says_what_is_merged_and_only_of_a_crowded_layer() {
    let crowded = get_from(layers(), "/tiles/cells.json").await.json();
    for word in ["合并", "16"] {
        assert!(crowded["generalisation"]["zh"].as_str().unwrap().contains(word), "{crowded}");
    }
    assert!(crowded["generalisation"]["en"].as_str().unwrap().contains("merged"));
    assert!(crowded["vector_layers"][0]["fields"]["merged"].is_string());
    let plain = get_from(layers(), "/tiles/townships.json").await.json();
    assert!(
        plain["generalisation"].is_null()
            && plain["vector_layers"][0]["fields"]["merged"].is_null()
    );
}

async fn accepting(coding: &str) -> Answer {
    let request = Request::get("/tiles/townships/8/205/104.mvt").header("accept-encoding", coding);
    ask(layers(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_tile_is_sent_compressed_as_the_client_likes_it_and_is_the_same_tile() {
    let plain = accepting("identity").await;
    assert_eq!(plain.header("content-encoding"), "");
    // The second answer comes out of the cache.
    for _ in 0..2 {
        let gzip = accepting("gzip").await;
        assert_eq!(gzip.header("content-encoding"), "gzip");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(gzip.body.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        let brotli = accepting("gzip, br").await;
        assert_eq!(brotli.header("content-encoding"), "br");
        assert!(brotli.header("vary").contains("accept-encoding"));
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(brotli.body.as_slice(), 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        assert!(brotli.body.len() < gzip.body.len() && gzip.body.len() < plain.body.len());
    }
}

#[tokio::test]
async fn a_tile_holds_the_attributes_that_were_asked_for() {
    let answer = get_from(layers(), "/tiles/townships/8/205/104.mvt?properties=name,class").await;
    let reader = Reader::new(answer.body).unwrap();
    for feature in reader.get_features(0).unwrap() {
        let properties = feature.properties.unwrap();
        assert!(properties.keys().all(|key| key == "name" || key == "class"), "{properties:?}");
        assert!(properties.contains_key("name"));
    }
    let wrong = get_from(layers(), "/tiles/townships/8/205/104.mvt?properties=nmae").await;
    assert_eq!(wrong.status, 400);
    let detail = wrong.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("nmae") && detail.contains("name_en"), "{detail}");
}
