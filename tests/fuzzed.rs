//! What the fuzzer found and what it needed to get everywhere stays in `fuzz/`: every kept input goes through the
//! harness of its target again. `make fuzz` looks for more.

#[path = "../fuzz/harness/mod.rs"]
mod harness;

use std::fs;
use std::path::{Path, PathBuf};

use harness::{TARGETS, run};

/// Inputs of a target: its corpus, and its findings.
fn kept(name: &str) -> Vec<PathBuf> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let folders = ["corpus", "findings"].map(|kind| fuzz.join(kind).join(name));
    let folders = folders.into_iter().filter(|folder| folder.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

/// Runs every input of a target that was kept; all that fail are named.
fn every_input(name: &str) {
    let inputs = kept(name);
    assert!(!inputs.is_empty(), "{name} has no corpus");
    let fails = |path: &&PathBuf| {
        let input = fs::read(path).unwrap();
        std::panic::catch_unwind(|| run(name, &input)).is_err()
    };
    let failed: Vec<&PathBuf> = inputs.iter().filter(fails).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// One test a target, so that they run side by side and each says its own name.
macro_rules! targets {
    ($($test:ident: $name:literal,)*) => {
        $(#[test]
        fn $test() {
            every_input($name);
        })*

        #[test]
        fn every_target_has_its_test() {
            let tested = [$($name),*];
            assert_eq!(TARGETS.map(|(name, _)| name), tested);
        }
    };
}

targets! {
    a_file_of_geojson_loads_or_says_why_not_and_both_ways_agree: "geojson",
    manifests_and_tables_load_or_say_why_not: "tables",
    what_is_imported_from_text_loads: "import_text",
    what_is_imported_from_a_shapefile_loads_packed_or_not: "import_shapefile",
    what_is_imported_from_a_geopackage_loads: "import_geopackage",
    what_is_imported_from_flatgeobuf_loads: "import_flatgeobuf",
    what_is_imported_from_an_archive_loads: "import_archive",
    large_flatgeobuf_and_geopackage_load_or_say_why_not: "large",
    no_index_that_is_believed_brings_a_server_down: "index",
    filters_are_refused_or_mean_the_same_twice_negated: "cql2",
    no_address_is_our_fault: "address",
    no_address_of_a_tile_is_our_fault: "tile_path",
    no_body_is_our_fault: "body",
    nothing_but_what_was_signed_lets_anybody_in: "token",
}
