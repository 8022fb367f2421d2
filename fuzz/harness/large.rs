//! FlatGeobuf and GeoPackage files dropped beside `atlas.toml`, whose features stay in them.

use std::fs;

use plan_atlas::load::load;

use super::ask::look_at;
use super::cells;
use super::folder::{bare, indexed, serving};

/// Loads the input as what its first bytes say it is, and asks for all that can be seen of it. What is no FlatGeobuf
/// is a GeoPackage, or what is in its cells.
pub fn run(input: &[u8]) {
    let cells = (!input.starts_with(b"fgb")).then(|| cells::geopackage(input));
    let file = if cells.is_some() { "own.gpkg" } else { "own.fgb" };
    let input = cells.as_deref().unwrap_or(input);
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
            assert!(look_at(&app, layer, input.len()), "{layer} was loaded and cannot be read");
        }
    }
}
