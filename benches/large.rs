//! A million features in a file of a data folder: the first load, and the start with an index,
//! beside what other readers need for the same file.

mod common;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use common::{heading, median_time, mixed, row};
use plan_atlas::load::{Progress, open_large};
use plan_atlas::model::{TermRef, kinds};
use serde::de::IgnoredAny;

const RUNS: usize = 5;

fn main() {
    let folder = mixed::folder();
    let file = folder.join("survey.geojson");
    let size = fs::metadata(&file).expect("the survey").len();
    println!("{} features, {} MB", mixed::COUNTS.iter().sum::<usize>(), size / 1_000_000);

    heading("first load: parse, check, index");
    let index = folder.join("survey.geojson.plan-atlas-index");
    let bytes = fs::read(&file).expect("the survey");
    // It works in place, so every run gets bytes of its own, which are made before the clock starts.
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let mut bytes = bytes.clone();
            let start = Instant::now();
            black_box(simd_json::to_tape(&mut bytes).expect("JSON").0.len());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let simd = row("simd-json, a tape", times[RUNS / 2], None);
    let serde = median_time(RUNS, || serde_json::from_slice::<IgnoredAny>(&bytes).is_ok());
    row("serde_json, ignoring", serde, Some(simd));
    let first = median_time(RUNS, || {
        fs::remove_file(&index).ok();
        loaded(&folder)
    });
    row("ours", first, Some(simd));
    let again = median_time(RUNS, || loaded(&folder));
    row("ours, with the index file", again, Some(simd));
}

fn loaded(folder: &Path) -> usize {
    let kind = TermRef::new(kinds::feature());
    let (store, problems) = open_large(folder, "survey.geojson", &kind, &Progress::default());
    store.unwrap_or_else(|| panic!("{problems:?}")).len()
}
