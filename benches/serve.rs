//! Answers over real sockets beside a bare axum handler that sends as many bytes, in one run.
//!
//! `cargo bench --bench serve` prints medians of one connection that is kept open and of sixteen, and how 64
//! connections fare that ask for tiles while the data is exchanged under them. Client and server share the machine,
//! so that both sides of a ratio carry the same burden.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod common;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::routing::get;
use common::client::Client;
use common::{Numbers, atlas, heading, polygons, row};
use geo::Geometry;
use plan_atlas::crs::to_tile_space;
use plan_atlas::http::{AppState, app};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::model::{Atlas, kinds};

/// Addresses of a row; asked over and over.
const ADDRESSES: usize = 200;
/// How often each row is asked.
const ROUNDS: usize = 25;
/// Connections that ask at once, for answers a second.
const BUSY: usize = 16;
/// Connections of the crowd, and how long it stays.
const CROWD: usize = 64;
const STAY: Duration = Duration::from_mins(1);

fn main() {
    let parcels = || {
        let mut atlas: Atlas = atlas(polygons(200).into_iter().map(Geometry::from).collect());
        let kind = Arc::new(kinds::feature());
        atlas.places.iter_mut().for_each(|place| place.kind = Arc::clone(&kind));
        IndexedAtlas::new(atlas)
    };
    let state = AppState::new(parcels());
    let bare = Router::new()
        .route(
            "/bare/{bytes}",
            get(|Path(bytes): Path<usize>| async move { Bytes::from(vec![b' '; bytes]) }),
        )
        .route("/held/{number}/{bytes}", get(held));
    let server = serve(app(state.clone()).merge(bare));

    let mut random = Numbers::new(7);
    let mut some = |address: &dyn Fn(f64, f64, usize) -> String| -> Vec<String> {
        (0..ADDRESSES)
            .map(|number| {
                let (lon, lat) = random.position();
                address(lon, lat, number)
            })
            .collect()
    };
    let tiles = some(&|lon, lat, number| tile(lon, lat, 9 + number % 4));
    beside_bare(server, "warm tile, z9 to z12", &tiles);
    let here = some(&|lon, lat, _| format!("/api/here?lon={lon}&lat={lat}&tolerance=0"));
    beside_bare(server, "here on 40,000 polygons", &here);
    let pages = some(&|lon, lat, _| {
        let (east, north) = (lon + 0.03, lat + 0.03);
        format!("/ogc/collections/parcels/items?bbox={lon},{lat},{east},{north}&limit=100&f=json")
    });
    beside_bare(server, "OGC page of a box, 100 features", &pages);
    crowd(server, &tiles, || state.exchange(parcels()));
}

/// A body that was there before: like a warm tile, it comes out of memory and not out of a cache of the
/// processor, where the body is that a bare handler has just filled.
async fn held(Path((number, bytes)): Path<(usize, usize)>) -> Bytes {
    static HELD: Mutex<BTreeMap<(usize, usize), Bytes>> = Mutex::new(BTreeMap::new());
    let mut held = HELD.lock().expect("no handler panics");
    held.entry((number, bytes)).or_insert_with(|| Bytes::from(vec![b' '; bytes])).clone()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
fn tile(lon: f64, lat: f64, z: usize) -> String {
    let n = f64::from(1_u32 << z);
    let (x, y) = to_tile_space(lon, lat);
    format!("/tiles/parcels/{z}/{}/{}.mvt", (x * n) as u32, (y * n) as u32)
}

/// Starts a server on a free port; it ends with the program.
fn serve(router: Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    listener.set_nonblocking(true).expect("a socket");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("threads").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router).await.expect("a server");
        });
    });
    address
}

fn beside_bare(server: SocketAddr, title: &str, addresses: &[String]) {
    let mut client = Client::new(server);
    let mut all = |addresses: &[String]| -> usize {
        addresses.iter().map(|address| client.ask(address).expect("an answer")).sum()
    };
    // As many bytes each time, not on average: an answer of megabytes costs more than its share.
    let sizes: Vec<usize> = addresses.iter().map(|one| all(std::slice::from_ref(one))).collect();
    let bytes = sizes.iter().sum::<usize>() / sizes.len();
    let bare: Vec<String> = sizes.iter().map(|bytes| format!("/bare/{bytes}")).collect();
    heading(&format!("{title}, {:.1} kB, per answer", bytes as f64 / 1000.0));
    let held = sizes.iter().enumerate().map(|(number, bytes)| format!("/held/{number}/{bytes}"));
    let held: Vec<String> = held.collect();
    // In turn, so that a machine that is slow for a while is slow for all of them.
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for (addresses, times) in [&bare[..], &held, addresses].into_iter().zip(&mut times) {
            let begun = Instant::now();
            black_box(all(addresses));
            times.push(begun.elapsed().as_secs_f64() / addresses.len() as f64);
        }
    }
    shares("one connection", times);
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS / 3 {
        for (addresses, times) in [&bare[..], &held, addresses].into_iter().zip(&mut times) {
            times.push(busy(server, addresses));
        }
    }
    shares(&format!("{BUSY} connections"), times);
}

/// Seconds an answer when many connections ask at once, each for every address.
fn busy(server: SocketAddr, addresses: &[String]) -> f64 {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for number in 0..BUSY {
            scope.spawn(move || {
                let mut client = Client::new(server);
                let first = number * addresses.len() / BUSY;
                for address in addresses[first..].iter().chain(&addresses[..first]) {
                    black_box(client.ask(address).expect("an answer"));
                }
            });
        }
    });
    begun.elapsed().as_secs_f64() / (BUSY * addresses.len()) as f64
}

/// Prints the medians of a bare handler, of one that holds its bodies, and of ours.
fn shares(title: &str, times: [Vec<f64>; 3]) {
    let [bare, held, ours] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    println!("  {title}");
    row("bare handler", bare, None);
    row("bare, bodies held", held, Some(bare));
    row("ours", ours, Some(bare));
    let share = |other: f64| 100.0 * other / ours;
    println!(
        "  {:.0} % of the bare handler's answers a second, {:.0} % with bodies held",
        share(bare),
        share(held)
    );
}

/// Many connections ask for tiles, and in the middle of it the data is exchanged.
fn crowd(server: SocketAddr, addresses: &[String], exchange: impl FnOnce()) {
    let (stop, errors) = (AtomicBool::new(false), AtomicUsize::new(0));
    let ask = |first: usize| {
        let mut client = Client::new(server);
        let mut times = Vec::new();
        for address in addresses.iter().cycle().skip(first) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let begun = Instant::now();
            if client.ask(address).is_err() {
                errors.fetch_add(1, Ordering::Relaxed);
                client = Client::new(server);
            }
            times.push(begun.elapsed().as_secs_f64());
        }
        times
    };
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CROWD).map(|number| scope.spawn(move || ask(number * ADDRESSES / CROWD))).collect();
        std::thread::sleep(STAY / 2);
        exchange();
        std::thread::sleep(STAY / 2);
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().expect("a client")).collect()
    });
    times.sort_by(f64::total_cmp);
    heading(&format!(
        "{CROWD} connections asking for tiles for {} s, an exchange in the middle",
        STAY.as_secs()
    ));
    println!("  {} answers, {} errors", times.len(), errors.load(Ordering::Relaxed));
    let p50 = row("p50", times[times.len() / 2], None);
    row("p99", times[times.len() * 99 / 100], Some(p50));
}
