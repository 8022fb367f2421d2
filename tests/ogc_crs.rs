//! OGC API – Features, Part 2 (OGC 18-058r1): the abstract tests of Annex A against the shipped data. Each
//! test is named after the identifier of the abstract test that it carries out.

mod common;

use common::get;
use common::ogc::{SOME, all_ids, ids};
use plan_atlas::crs::{Crs, Zone, ZoneWidth};
use serde_json::Value;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

fn epsg(code: u16) -> String {
    format!("http://www.opengis.net/def/crs/EPSG/0/{code}")
}

/// The systems that a collection is offered in.
async fn offered(collection: &str) -> Vec<String> {
    let described = get(&format!("/ogc/collections/{collection}")).await.json();
    let all = described["crs"].as_array().unwrap();
    all.iter().map(|uri| uri.as_str().unwrap().to_owned()).collect()
}

/// Every position of a geometry.
fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn walk(value: &Value, into: &mut Vec<[f64; 2]>) {
        let Some(items) = value.as_array() else { return };
        match items.as_slice() {
            [x, y] if x.is_number() => into.push([x.as_f64().unwrap(), y.as_f64().unwrap()]),
            items => items.iter().for_each(|item| walk(item, into)),
        }
    }
    let mut all = Vec::new();
    walk(&geometry["coordinates"], &mut all);
    all
}

/// /conf/crs/crs-uri, /conf/crs/fc-md-crs-list, /conf/crs/fc-md-storageCrs,
/// /conf/crs/fc-md-storageCrs-valid-value
#[tokio::test]
async fn conf_crs_crs_uri() {
    for collection in SOME {
        let described = get(&format!("/ogc/collections/{collection}")).await.json();
        let all = offered(collection).await;
        assert_eq!(all[0], CRS84);
        for known in [epsg(4490), epsg(4326), epsg(3857), epsg(4545), epsg(4524)] {
            assert!(all.contains(&known), "{collection} {known} {all:?}");
        }
        assert!(all.iter().any(|uri| *uri == described["storageCrs"]));
    }
}

/// /conf/crs/default-crs, /conf/crs/ogc-crs-header, /conf/crs/ogc-crs-header-value
#[tokio::test]
async fn conf_crs_ogc_crs_header() {
    for path in ["items?limit=2", "items/500235143?"] {
        let address = format!("/ogc/collections/townships/{path}");
        assert_eq!(get(&address).await.header("content-crs"), format!("<{CRS84}>"));
        for uri in offered("townships").await {
            let answer = get(&format!("{address}&crs={uri}")).await;
            assert_eq!(answer.header("content-crs"), format!("<{uri}>"));
            let html = get(&format!("{address}&crs={uri}&f=html")).await;
            assert_eq!(html.header("content-crs"), format!("<{uri}>"));
        }
    }
}

/// /conf/crs/fc-crs-definition, /conf/crs/fc-crs-valid-value, /conf/crs/crs-parameter: positions come
/// in the system asked for, in its own axis order, and are the same positions.
#[tokio::test]
async fn conf_crs_crs_parameter() {
    let zone = |prefixed| Crs::GaussKruger(Zone::around(ZoneWidth::Three, 108, prefixed).unwrap());
    let systems = [
        (epsg(4490), Crs::Cgcs2000, true, 2e-8),
        (epsg(4326), Crs::Wgs84, true, 2e-8),
        (epsg(3857), Crs::WebMercator, false, 2e-3),
        (epsg(4545), zone(false), true, 2e-3),
        (epsg(4524), zone(true), true, 2e-3),
    ];
    for collection in SOME {
        let stored = get(&format!("/ogc/collections/{collection}/items?limit=10000")).await.json();
        for (uri, crs, swapped, tolerance) in &systems {
            let address = format!("/ogc/collections/{collection}/items?limit=10000&crs={uri}");
            let page = get(&address).await.json();
            let projector = crs.projector();
            let pairs = stored["features"].as_array().unwrap().iter();
            for (before, after) in pairs.zip(page["features"].as_array().unwrap()) {
                assert_eq!(
                    (&before["id"], &before["properties"]),
                    (&after["id"], &after["properties"])
                );
                assert_eq!(before["geometry"]["type"], after["geometry"]["type"]);
                let (degrees, there) =
                    (positions(&before["geometry"]), positions(&after["geometry"]));
                assert_eq!(degrees.len(), there.len());
                for ([lon, lat], [first, second]) in degrees.into_iter().zip(there) {
                    let (x, y) = if *swapped { (second, first) } else { (first, second) };
                    let (px, py) = projector.from_degrees(lon, lat).unwrap();
                    assert!((px - x).abs() < *tolerance && (py - y).abs() < *tolerance, "{uri}");
                }
            }
        }
    }
}

/// /conf/crs/fc-bbox-crs-definition, /conf/crs/fc-bbox-crs-valid-value, /conf/crs/bbox-crs-parameter: a
/// box means the same in every system.
#[tokio::test]
async fn conf_crs_bbox_crs_parameter() {
    let by_degrees = all_ids("townships", "&bbox=109.10,31.02,109.12,31.04").await;
    for code in [4490, 4326] {
        let query = format!("&bbox=31.02,109.10,31.04,109.12&bbox-crs={}", epsg(code));
        assert_eq!(all_ids("townships", &query).await, by_degrees, "{code}");
    }
    let projector = Crs::WebMercator.projector();
    let (west, south) = projector.from_degrees(109.10, 31.02).unwrap();
    let (east, north) = projector.from_degrees(109.12, 31.04).unwrap();
    let query = format!("&bbox={west},{south},{east},{north}&bbox-crs={}", epsg(3857));
    assert_eq!(all_ids("townships", &query).await, by_degrees);
    // Half a kilometre around the seat of 堰坪镇, northing first.
    let zone = Crs::GaussKruger(Zone::around(ZoneWidth::Three, 108, false).unwrap());
    let (x, y) = zone.projector().from_degrees(109.115, 31.035).unwrap();
    let corners = format!("{},{},{},{}", y - 500.0, x - 500.0, y + 500.0, x + 500.0);
    let query = format!("&bbox={corners}&bbox-crs={}", epsg(4545));
    assert_eq!(all_ids("townships", &query).await, ["500235143"]);
    // Swapped, the box lies elsewhere, or beyond the system.
    let swapped = format!("{},{},{},{}", x - 500.0, y - 500.0, x + 500.0, y + 500.0);
    let address =
        format!("/ogc/collections/townships/items?bbox={swapped}&bbox-crs={}", epsg(4545));
    let answer = get(&address).await;
    assert!(answer.status == 400 || ids(&answer.json()).is_empty());
}

/// /conf/crs/fc-bbox-crs-action: with and without bbox-crs.
#[tokio::test]
async fn conf_crs_fc_bbox_crs_action() {
    let with = format!("&bbox=109.10,31.02,109.12,31.04&bbox-crs={CRS84}");
    assert_eq!(all_ids("townships", &with).await, ["500235143"]);
}

/// /conf/crs/fc-crs-valid-value, /conf/crs/fc-bbox-crs-valid-value: any other system is an error.
#[tokio::test]
async fn conf_crs_invalid_value() {
    for uri in [epsg(4214), epsg(32649), epsg(99), "EPSG".into(), "gcj02".into(), epsg(4534)] {
        for parameter in ["crs", "bbox-crs", "filter-crs"] {
            let address = format!("/ogc/collections/townships/items?{parameter}={uri}");
            let answer = get(&address).await;
            assert_eq!(answer.status, 400, "{address}");
            assert!(answer.json()["detail"].as_str().unwrap().contains(parameter));
        }
        let answer = get(&format!("/ogc/collections/townships/items/500235143?crs={uri}")).await;
        assert_eq!(answer.status, 400, "{uri}");
    }
}
