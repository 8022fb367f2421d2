//! What is fuzzed, and what must hold whatever comes in: one function a target, which panics when something
//! is wrong. The fuzzer calls them with what it makes up, `tests/fuzzed.rs` with every input that was kept.
//!
//! ```text
//! bytes ─ folder ─► a small atlas with the bytes in it ─ load ─► problems, or an atlas
//!                                                                             │
//! bytes ─ address, body, filter, token ──────────────────────────────────────┴─ ask ─► any answer but 500
//! ```

mod address;
mod ask;
mod body;
mod cells;
mod drawing;
mod filter;
mod folder;
mod geojson;
mod import;
mod index;
mod large;
mod packed;
mod shapefile;
mod tables;
mod tiles;
mod token;

/// A target: its name, which is that of its corpus, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 14] = [
    ("geojson", geojson::run),
    ("tables", tables::run),
    ("import_text", import::text),
    ("import_shapefile", shapefile::run),
    ("import_geopackage", import::geopackage),
    ("import_flatgeobuf", import::flatgeobuf),
    ("import_archive", packed::run),
    ("large", large::run),
    ("index", index::run),
    ("cql2", filter::run),
    ("address", address::run),
    ("tile_path", tiles::run),
    ("body", body::run),
    ("token", token::run),
];

/// Runs a target by its name.
///
/// # Panics
/// When the input shows a fault, or there is no such target.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, run) = target.unwrap_or_else(|| panic!("there is no target {name}"));
    run(input);
}
