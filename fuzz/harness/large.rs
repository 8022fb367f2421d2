//! FlatGeobuf and GeoPackage files dropped beside `atlas.toml`, whose features stay in them.

use std::fs;

use plan_atlas::load::load;

use super::ask::look_at;
use super::folder::{bare, indexed, serving};

/// Loads the input as what its first bytes say it is, and asks for all that can be seen of it.
pub fn run(input: &[u8]) {
    let file = if input.starts_with(b"SQLite") { "own.gpkg" } else { "own.fgb" };
    let folder = bare(0);
    fs::write(folder.path().join(file), input).unwrap();
    // The second time, it is the index beside the file that is read.
    for _ in 0..2 {
        let Some(index) = indexed(load(folder.path())) else { return };
        let layers: Vec<String> = index.atlas.layers.iter().map(|layer| layer.id.clone()).collect();
        let app = serving(index);
        for layer in
            layers.iter().filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        {
            assert!(look_at(&app, layer), "{layer} was loaded and cannot be read");
        }
    }
}
