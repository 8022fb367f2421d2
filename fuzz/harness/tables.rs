//! The files that a planning office keeps by hand: manifests, tables, places.

use std::fs;

use plan_atlas::load::{Lang, load};

use super::ask::get;
use super::folder::{FILES, indexed, serving, small};

/// What pages ask first, and what shows every record.
const ASKED: [&str; 14] = [
    "/api/atlas",
    "/api/places",
    "/api/places/500235101",
    "/api/projects",
    "/api/targets",
    "/api/tasks",
    "/api/organisations",
    "/api/discrepancies",
    "/api/themes",
    "/api/tours",
    "/api/sites/compare?places=500235101",
    "/reports/place.html?place=500235101",
    "/ogc/styles",
    "/map.svg?layers=townships,herbs&width=100&height=100",
];

/// Lets the rest of the input take the place of the file that its first byte names.
pub fn run(input: &[u8]) {
    let Some((&which, bytes)) = input.split_first() else { return };
    let (name, _) = FILES[usize::from(which) % FILES.len()];
    let folder = small();
    fs::write(folder.path().join(name), bytes).unwrap();
    let loaded = load(folder.path());
    for problem in &loaded.problems {
        assert!(!problem.text(Lang::Zh).is_empty() && !problem.text(Lang::En).is_empty());
    }
    let Some(index) = indexed(loaded) else { return };
    let app = serving(index);
    for address in ASKED {
        get(&app, address);
    }
}
