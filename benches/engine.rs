//! Index and tiles beside plain scans and `geo-index`, in one run.
//!
//! `cargo bench` prints medians and ratios. Absolute times depend on the machine; a ratio between
//! two rows of one run says something.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod common;

use std::hint::black_box;

use axum::body::Body;
use axum::http::Request;
use common::{Numbers, heading, median_time, polygons, row};
use geo::{BoundingRect, Geometry, Rect};
use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex};
use http_body_util::BodyExt;
use plan_atlas::crs::{TileId, to_tile_space};
use plan_atlas::http::{AppState, app};
use plan_atlas::index::{IndexedAtlas, SpatialIndex};
use plan_atlas::model::PlaceIdx;
use plan_atlas::query::{self, Budget};
use plan_atlas::tile::{Keys, TileSet};
use tower::ServiceExt;

const QUERIES: usize = 2_000;

fn main() {
    let polygons = polygons(200);
    let boxes: Vec<Rect<f64>> = polygons.iter().filter_map(BoundingRect::bounding_rect).collect();
    let vertices: usize = polygons.iter().map(|p| p.exterior().0.len() - 1).sum();
    println!(
        "{} polygons, {} vertices each on average\n",
        polygons.len(),
        vertices / polygons.len()
    );

    heading("bulk load of 40,000 boxes");
    let load = || SpatialIndex::from_bounds((0..).map(PlaceIdx).zip(boxes.iter().copied()));
    let ours = row("R-tree (rstar)", median_time(9, load), None);
    let theirs = || {
        let mut builder = RTreeBuilder::<f64>::new(u32::try_from(boxes.len()).unwrap());
        for rect in &boxes {
            builder.add(rect.min().x, rect.min().y, rect.max().x, rect.max().y);
        }
        builder.finish::<HilbertSort>()
    };
    row("geo-index (Hilbert)", median_time(9, theirs), Some(ours));

    let (ours, theirs) = (load(), theirs());
    let mut random = Numbers::new(7);
    let points: Vec<(f64, f64)> = (0..QUERIES).map(|_| random.position()).collect();
    heading("point query: candidates, per query");
    let time = row(
        "R-tree (rstar)",
        median_time(15, || points.iter().map(|&(x, y)| ours.at(x, y).count()).sum::<usize>())
            / QUERIES as f64,
        None,
    );
    row(
        "geo-index",
        median_time(15, || {
            points.iter().map(|&(x, y)| theirs.search(x, y, x, y).len()).sum::<usize>()
        }) / QUERIES as f64,
        Some(time),
    );
    let scanned = &points[..50];
    let scan = |(x, y): (f64, f64)| {
        boxes
            .iter()
            .filter(|r| r.min().x <= x && x <= r.max().x && r.min().y <= y && y <= r.max().y)
            .count()
    };
    row(
        "plain scan",
        median_time(5, || scanned.iter().map(|&p| scan(p)).sum::<usize>()) / scanned.len() as f64,
        Some(time),
    );

    let windows: Vec<Rect<f64>> =
        points.iter().map(|&(x, y)| Rect::new((x, y), (x + 0.03, y + 0.03))).collect();
    heading("box query: about 100 candidates, per query");
    let time = row(
        "R-tree (rstar)",
        median_time(9, || windows.iter().map(|w| ours.meeting(*w).count()).sum::<usize>())
            / QUERIES as f64,
        None,
    );
    let search = |w: &Rect<f64>| theirs.search(w.min().x, w.min().y, w.max().x, w.max().y).len();
    row(
        "geo-index",
        median_time(9, || windows.iter().map(search).sum::<usize>()) / QUERIES as f64,
        Some(time),
    );
    let meets = |a: &Rect<f64>, b: &Rect<f64>| {
        a.min().x <= b.max().x
            && b.min().x <= a.max().x
            && a.min().y <= b.max().y
            && b.min().y <= a.max().y
    };
    let scanned = &windows[..50];
    row(
        "plain scan",
        median_time(5, || {
            scanned.iter().map(|w| boxes.iter().filter(|b| meets(b, w)).count()).sum::<usize>()
        }) / scanned.len() as f64,
        Some(time),
    );

    end_to_end(polygons.into_iter().map(Geometry::from).collect(), &points);
}

/// `here` and cold tiles, through the application as a client meets it but without a socket.
fn end_to_end(geometries: Vec<Geometry<f64>>, points: &[(f64, f64)]) {
    let index = IndexedAtlas::new(common::atlas(geometries));
    let (tile_set, budget) = (TileSet::new(&index), Budget::unlimited());

    let mut random = Numbers::new(11);
    let addresses: Vec<TileId> = (0..=u8::MAX)
        .map(|i| {
            let z = 6 + i % 7;
            let (lon, lat) = random.position();
            let (x, y) = to_tile_space(lon, lat);
            let n = f64::from(1_u32 << z);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
            let id = TileId::new(z, (x * n) as u32, (y * n) as u32);
            id.expect("a tile over the data")
        })
        .collect();
    heading("cold tile of 40,000 polygons, z6 to z12, no cache");
    let cold = |&tile: &TileId| {
        median_time(3, || black_box(tile_set.encode(0, tile, Keys::ALL, &Budget::unlimited())))
    };
    let mut times: Vec<f64> = addresses.iter().map(cold).collect();
    for z in 6..=12 {
        let of_zoom = || addresses.iter().zip(&times).filter(|(tile, _)| tile.z() == z);
        let mean = of_zoom().map(|(_, time)| time).sum::<f64>() / of_zoom().count() as f64;
        row(&format!("mean at zoom {z}"), mean, None);
    }
    times.sort_by(f64::total_cmp);
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    row("mean", mean, None);
    row("p50", times[times.len() / 2], Some(mean));
    row("p99", times[times.len() * 99 / 100], Some(mean));

    heading("here on 40,000 polygons, per query");
    let here = |&(lon, lat): &(f64, f64)| {
        serde_json::to_vec(&query::here(&index, (lon, lat), 100.0, &budget).ok())
            .map_or(0, |json| json.len())
    };
    let time = row(
        "query and JSON",
        median_time(5, || points.iter().map(here).sum::<usize>()) / points.len() as f64,
        None,
    );
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let router = app(AppState::new(index));
    let ask = |&(lon, lat): &(f64, f64)| {
        let address = format!("/api/here?lon={lon}&lat={lat}");
        let request = Request::get(address).body(Body::empty()).expect("a request");
        runtime.block_on(async {
            let response = router.clone().oneshot(request).await.expect("an answer");
            response.into_body().collect().await.expect("a body").to_bytes().len()
        })
    };
    row(
        "through the HTTP application",
        median_time(5, || points.iter().map(ask).sum::<usize>()) / points.len() as f64,
        Some(time),
    );
    page_of_features(&router, &runtime, points);
}

/// A box of about 100 features over HTTP, beside a handler that does nothing but send as many bytes.
fn page_of_features(
    router: &axum::Router,
    runtime: &tokio::runtime::Runtime,
    points: &[(f64, f64)],
) {
    let send = |router: &axum::Router, address: &str| {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        runtime.block_on(async {
            let response = router.clone().oneshot(request).await.expect("an answer");
            response.into_body().collect().await.expect("a body").to_bytes().len()
        })
    };
    let addresses: Vec<String> = points[..100]
        .iter()
        .map(|(x, y)| {
            let (east, north) = (x + 0.03, y + 0.03);
            format!("/ogc/collections/parcels/items?bbox={x},{y},{east},{north}&limit=100")
        })
        .collect();
    // Every page once: what is measured is a map that is panned to and fro, not its first drawing.
    let bytes =
        addresses.iter().map(|address| send(router, address)).sum::<usize>() / addresses.len();
    let body = axum::body::Bytes::from(vec![b' '; bytes]);
    let bare = axum::Router::new()
        .route("/bare", axum::routing::get(move || async move { body.to_vec() }));
    heading(&format!("OGC page of a box, 100 features, {} kB, per page", bytes / 1000));
    let pages = addresses.len() as f64;
    let bare = || addresses.iter().map(|_| send(&bare, "/bare")).sum::<usize>();
    let time = row("bare handler", median_time(9, bare) / pages, None);
    let ours = || addresses.iter().map(|address| send(router, address)).sum::<usize>();
    row("page of features", median_time(9, ours) / pages, Some(time));
}

// The tree types are named here so that a change of either library's interface fails to compile
// instead of changing what is compared.
const _: fn(&RTree<f64>) -> u32 = |tree| tree.num_items();
