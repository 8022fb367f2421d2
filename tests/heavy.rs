//! Questions whose work grows with what is asked: bounded in time and number, and only done while
//! somebody waits for the answer.
//!
//! The program itself is watched from outside, over sockets that are closed in the middle of the work.

mod common;

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use common::FORMATS;
use common::folder::Folder;
use common::server::{Connection, Server};

const UNDER_WAY: &str = "plan_atlas_heavy_under_way";
const GONE: &str = "plan_atlas_heavy_stopped_total{why=\"Gone\"}";
const TIME: &str = "plan_atlas_heavy_stopped_total{why=\"Time\"}";

/// How every plot lies to a county: tens of thousands of comparisons with a long outline.
const WITHIN: &str = "/api/places/500235/within?distance=100000";

/// Every plot with its nearest.
const PAIRS: &str = "/api/pairs?a=big&b=big&than=nearer&distance=1000000";

/// A server whose folder holds a layer `big` of so many plots of land.
fn with_plots(count: u32, options: &[&str]) -> (Folder, Server) {
    let folder = Folder::copy();
    folder.add("big.geojson", plots(count, 0.004));
    let server = Server::start(folder.path(), options);
    (folder, server)
}

/// So many plots of land, `side` degrees from one to the next.
fn plots(count: u32, side: f64) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for n in 0..count {
        let (x, y) = (108.4 + f64::from(n % 200) * side, 30.6 + f64::from(n / 200) * side);
        let (e, s) = (x + 0.75 * side, y + 0.75 * side);
        let comma = if n == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"name\":\"地块{n}\",\"owner\":\"第{n}户\",\"use\":\"中药材种植，轮作\",\"area\":{n}.5}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{x:.6},{y:.6}],[{e:.6},{y:.6}],[{e:.6},{s:.6}],[{x:.6},{s:.6}],[{x:.6},{y:.6}]]]}}}}"
        );
    }
    text.push_str("]}\n");
    text
}

/// Asks, and is gone as soon as the work has begun; says how long the work went on.
fn leave(server: &Server, address: &str) -> Duration {
    let mut connection = server.connect();
    connection.send(address, "");
    server.until("the work begins", || server.metric(UNDER_WAY) > 0);
    drop(connection);
    let left = Instant::now();
    server.until("the work stops", || server.metric(UNDER_WAY) == 0);
    left.elapsed()
}

#[test]
fn an_export_stops_when_its_client_goes_in_every_format() {
    let (_folder, server) = with_plots(30_000, &[]);
    for (n, format) in (1..).zip(FORMATS) {
        let address = format!("/api/export?format={format}&layers=big");
        let begin = Instant::now();
        let whole = server.get(&address);
        assert_eq!(whole.status, 200, "{format}: {}", whole.head);
        let whole = begin.elapsed();
        let stopped = leave(&server, &address);
        assert!(stopped < whole / 2, "{format} went on for {stopped:?} of {whole:?}");
        assert_eq!(server.metric(GONE), n, "{format}");
        server.until("nothing is left behind", || server.scratch().is_empty());
    }
    assert_eq!(server.get("/api/places/500235143").status, 200);
    assert!(!server.log().contains("ERROR"), "{}", server.log());
}

#[test]
fn a_question_stops_when_its_client_goes() {
    let (_folder, server) = with_plots(30_000, &["--question-time", "600"]);
    let begin = Instant::now();
    assert_eq!(server.get(WITHIN).status, 200);
    let whole = begin.elapsed();
    let stopped = leave(&server, WITHIN);
    assert!(stopped < whole / 2, "went on for {stopped:?} of {whole:?}");
    leave(&server, PAIRS);
    assert_eq!(server.metric(GONE), 2);
    assert_eq!(server.get("/api/places/500235143").status, 200);
}

#[test]
fn a_tile_out_of_a_file_stops_when_its_client_goes_but_not_for_others_who_wait_for_it() {
    let folder = Folder::copy();
    folder.add("big.geojson", plots(25_000, 0.00006));
    let manifest = folder.path().join("atlas.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(manifest, format!("large_files_mb = 0\n{text}")).unwrap();
    let server = Server::start(folder.path(), &["--question-time", "600"]);
    // Every plot lies in this one.
    let tile = "/tiles/big/14/13125/6727.mvt";
    let begin = Instant::now();
    let plain = server.get(tile);
    assert_eq!(plain.status, 200, "{}", plain.head);
    let whole = begin.elapsed();
    assert!(plain.body.len() > 1_000_000, "{} bytes", plain.body.len());
    let stopped = leave(&server, &format!("{tile}?properties=id"));
    assert!(stopped < whole / 2, "went on for {stopped:?} of {whole:?}");

    let named = format!("{tile}?properties=name");
    let (mut first, mut second) = (server.connect(), server.connect());
    first.send(&named, "");
    server.until("the tile is begun", || server.metric(UNDER_WAY) == 1);
    second.send(&named, "");
    server.until("another waits for it", || server.metric(UNDER_WAY) == 2);
    drop(first);
    let answer = second.reply();
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.body, server.get(&named).body);
    assert_eq!(server.metric(GONE), 2);
}

#[test]
fn an_answer_lists_no_more_than_a_page_can_draw_and_says_how_many_there_are() {
    let (_folder, server) = with_plots(11_000, &["--question-time", "600"]);
    for (address, list) in [(WITHIN, "places"), (PAIRS, "items")] {
        let answer = server.get(address).json();
        assert!(answer["total"].as_u64().unwrap() >= 11_000, "{}", answer["total"]);
        assert_eq!(answer[list].as_array().unwrap().len(), 10_000);
    }
}

#[test]
fn what_takes_too_long_is_stopped_and_says_what_to_do() {
    let (_folder, server) = with_plots(30_000, &["--question-time", "1", "--export-time", "1"]);
    for (n, address) in (1..).zip([WITHIN, "/api/export?format=pmtiles&layers=big"]) {
        let answer = server.get(address);
        assert_eq!(answer.status, 503, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("retry-after"), "", "asking again would take as long");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("within 1 seconds") && detail.contains("smaller area"), "{detail}");
        server.until("the work stops", || server.metric(UNDER_WAY) == 0);
        assert_eq!(server.metric(TIME), n);
        server.until("nothing is left behind", || server.scratch().is_empty());
    }
    assert!(!server.log().contains("ERROR"), "{}", server.log());
}

#[test]
fn while_every_turn_is_taken_others_are_answered_and_large_questions_told_to_wait() {
    let (_folder, server) = with_plots(30_000, &[]);
    let turns = 2 * thread::available_parallelism().unwrap().get();
    let taken: Vec<Connection> = (0..turns)
        .map(|_| {
            let mut connection = server.connect();
            connection.send(WITHIN, "");
            connection
        })
        .collect();
    server.until("every turn is taken", || server.metric(UNDER_WAY) == turns as u64);
    assert_eq!(server.get("/api/places/500235143").status, 200);
    assert_eq!(server.metric(UNDER_WAY), turns as u64, "answered while they all went on");
    let refused = server.get("/api/places/500235143/within");
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert_eq!(refused.header("retry-after"), "1");
    drop(taken);
    server.until("they stop", || server.metric(UNDER_WAY) == 0);
    assert_eq!(server.get("/api/places/500235143/within").status, 200);
}
