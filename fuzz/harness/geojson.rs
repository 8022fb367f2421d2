//! A GeoJSON file dropped beside `atlas.toml`, read into memory and as a large layer.

use std::fs;

use plan_atlas::load::load;
use serde_json::Value;

use super::ask::{get, look_at};
use super::drawing;
use super::folder::{bare, indexed, serving};

/// What no text begins with: the rest is drawn.
const DRAWN: u8 = 0xFF;

/// Reads the input as a file in memory, a large file and a large sequence. Where the first two are sound, they
/// hold the same features.
pub fn run(input: &[u8]) {
    let drawn = input.strip_prefix(&[DRAWN]).and_then(drawing::collection);
    let input = drawn.as_deref().unwrap_or(input);
    let ways = [(32, "own.geojson"), (0, "own.geojson"), (0, "own.geojsonl")];
    let [small, large, _] = ways.map(|(megabytes, file)| features(input, megabytes, file));
    if let (Some(small), Some(large)) = (small, large) {
        assert_eq!(small, large, "in memory and in its file");
    }
}

/// The features as the interface shows them; `None` where the file has errors.
fn features(input: &[u8], large_files_mb: u64, file: &str) -> Option<Vec<Value>> {
    let folder = bare(large_files_mb);
    fs::write(folder.path().join(file), input).unwrap();
    let loaded = load(folder.path());
    assert_eq!(
        loaded.atlas.is_none(),
        loaded.problems.iter().any(is_error),
        "{:#?}",
        loaded.problems
    );
    let app = serving(indexed(loaded)?);
    assert!(look_at(&app, "own", input.len()), "{file} was loaded and cannot be read");
    let answer = get(&app, "/ogc/collections/own/items?f=json&limit=1000");
    let Value::Array(features) = answer.json()["features"].take() else {
        panic!("no features: {}", answer.status)
    };
    Some(features)
}

fn is_error(problem: &plan_atlas::load::Problem) -> bool {
    problem.severity == plan_atlas::load::Severity::Error
}
