//! A million features in a file of a data folder: the first load, the start with an index, memory at rest,
//! tiles and questions out of the file, beside what other readers need for the same file.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod common;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use common::client::Program;
use common::{Numbers, heading, median_time, mixed, row};
use plan_atlas::crs::to_tile_space;
use plan_atlas::load::{Progress, open_large};
use plan_atlas::model::{TermRef, kinds};
use serde::de::IgnoredAny;

const RUNS: usize = 5;

/// Addresses of a row, each asked once.
const ADDRESSES: usize = 200;

fn main() {
    let folder = mixed::folder();
    let file = folder.join("survey.geojson");
    let size = fs::metadata(&file).expect("the survey").len();
    println!("{} features, {} MB", mixed::COUNTS.iter().sum::<usize>(), size / 1_000_000);
    loads(&folder, &file);
    starts(&folder);
    answers(&folder, &file);
}

fn loads(folder: &Path, file: &Path) {
    heading("first load: parse, check, index");
    let index = folder.join("survey.geojson.plan-atlas-index");
    let bytes = fs::read(file).expect("the survey");
    // It works in place, so every run gets bytes of its own, which are made before the clock starts.
    let mut copies: Vec<Vec<u8>> = (0..=2 * RUNS).map(|_| bytes.clone()).collect();
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let (fresh, again) = copies.split_at_mut(RUNS);
    let timed = |work: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    let tape = |bytes: &mut Vec<u8>| simd_json::to_tape(bytes).expect("JSON").0.len();
    let simd = median(fresh.iter_mut().map(|bytes| timed(&mut || tape(bytes))).collect());
    row("simd-json, a new tape", simd, None);
    let (mut buffers, mut tape) = (simd_json::Buffers::default(), simd_json::Tape(Vec::new()));
    let mut reused = again.iter_mut().map(|bytes| {
        let start = Instant::now();
        simd_json::fill_tape(bytes, &mut buffers, &mut tape).expect("JSON");
        start.elapsed().as_secs_f64()
    });
    // The first makes the room.
    reused.next();
    let reused = median(reused.collect());
    drop(copies);
    row("simd-json, its memory used again", reused, Some(simd));
    let serde = median_time(RUNS, || serde_json::from_slice::<IgnoredAny>(&bytes).is_ok());
    row("serde_json, ignoring", serde, Some(simd));
    let first = median_time(RUNS, || {
        fs::remove_file(&index).ok();
        loaded(folder)
    });
    row("ours", first, Some(simd));
    let again = median_time(RUNS, || loaded(folder));
    row("ours, with the index file", again, Some(simd));
}

fn loaded(folder: &Path) -> usize {
    let kind = TermRef::new(kinds::feature());
    let (store, problems) = open_large(folder, "survey.geojson", &kind, &Progress::default());
    store.unwrap_or_else(|| panic!("{problems:?}")).len()
}

/// The program itself, from its start to its first tile, and the memory that it takes then.
fn starts(folder: &Path) {
    heading("the program, from its start with the index file");
    let mut random = Numbers::new(3);
    let mut memory = 0.0;
    let first = median_time(RUNS, || {
        let program = Program::start(folder);
        let (lon, lat) = random.position();
        program.client().ask(&tile(lon, lat, 14)).expect("a tile");
        memory = program.memory();
    });
    row("to the first tile", first, None);
    let nothing = tempfile::tempdir().expect("a folder");
    fs::copy(folder.join("atlas.toml"), nothing.path().join("atlas.toml")).expect("a manifest");
    let empty = Program::start(nothing.path());
    empty.client().ask("/api/atlas").expect("an atlas");
    let count = mixed::COUNTS.iter().sum::<usize>() as f64;
    let bytes = (memory - empty.memory()) / count;
    println!("  memory at rest beyond an empty atlas: {bytes:.0} bytes a feature");
}

/// Answers over a socket, none asked twice, beside GDAL over the same file.
fn answers(folder: &Path, file: &Path) {
    heading("answers out of the file, means of one connection; none was asked before");
    let program = Program::start(folder);
    let mut client = program.client();
    let mut random = Numbers::new(5);
    let mut ask = |name: &str, address: &dyn Fn(f64, f64) -> String| {
        let mut times = Vec::new();
        for _ in 0..ADDRESSES {
            let (lon, lat) = random.position();
            let start = Instant::now();
            client.ask(&address(lon, lat)).expect("an answer");
            times.push(start.elapsed().as_secs_f64());
        }
        times.sort_by(f64::total_cmp);
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        println!(
            "  {name:30} {:9.2} ms   p99 {:9.2} ms",
            mean * 1e3,
            times[times.len() * 99 / 100] * 1e3
        );
        mean
    };
    for z in [0, 8, 10, 12, 14, 16] {
        ask(&format!("tile at zoom {z}"), &|lon, lat| tile(lon, lat, z));
    }
    ask("here, 20 m", &|lon, lat| format!("/api/here?lon={lon}&lat={lat}&tolerance=20"));
    ask("near, 500 m", &|lon, lat| format!("/api/near?lon={lon}&lat={lat}&radius=500"));
    let page = ask("OGC page of a box", &|lon, lat| {
        let (east, north) = (lon + 0.02, lat + 0.02);
        format!("/ogc/collections/survey/items?bbox={lon},{lat},{east},{north}&limit=100&f=json")
    });
    let (lon, lat) = random.position();
    let [west, south, east, north] = [lon, lat, lon + 0.02, lat + 0.02].map(|n| n.to_string());
    let start = Instant::now();
    let done = Command::new("ogrinfo")
        .args(["-q", "-so", "-spat", &west, &south, &east, &north])
        .arg(file)
        .arg("survey")
        .output();
    match done {
        Ok(_) => _ = row("ogrinfo -spat, the same box", start.elapsed().as_secs_f64(), Some(page)),
        Err(error) => println!("  no ogrinfo here: {error}"),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the square")]
fn tile(lon: f64, lat: f64, z: u8) -> String {
    let n = f64::from(1_u32 << z);
    let (x, y) = to_tile_space(lon, lat);
    format!("/tiles/survey/{z}/{}/{}.mvt", (x * n) as u32, (y * n) as u32)
}
