//! Files that somebody brings along: what can be read comes out as a layer that loads.

use std::cell::LazyCell;
use std::fs;
use std::path::Path;

use plan_atlas::crs::Crs;
use plan_atlas::import::{self, Wishes, to_geojson};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::{Lang, Severity, load};
use tempfile::TempDir;

use super::folder::{bare, small, small_index};
use super::{cells, drawing};

thread_local! {
    static SMALL: LazyCell<(IndexedAtlas, TempDir)> = LazyCell::new(|| {
        let folder = small();
        (small_index(folder.path()), folder)
    });
}

/// GeoJSON, KML or CSV. The first byte says by which name, what the person says about it, and whether it is drawn.
pub fn text(input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let name = ["file.geojson", "file.kml", "file.csv", "file.txt"][usize::from(how & 3)];
    let crs =
        [None, Some("EPSG:4545"), Some("GCJ-02"), Some("EPSG:3857")][usize::from(how >> 2 & 3)];
    let crs = crs.map(|crs| Crs::identify(crs).unwrap());
    let encoding = if how & 16 == 0 { None } else { import::encoding_named("GBK") };
    let drawn = if how & 32 == 0 { None } else { drawing::collection(bytes) };
    let folder = super::folder::empty();
    let path = folder.path().join(name);
    fs::write(&path, drawn.as_deref().unwrap_or(bytes)).unwrap();
    let _ = check(&path, &Wishes { crs, encoding, ..Wishes::default() });
}

/// A GeoPackage, or what is in its cells.
pub fn geopackage(input: &[u8]) {
    file("file.gpkg", &cells::geopackage(input));
}

/// A FlatGeobuf file.
pub fn flatgeobuf(input: &[u8]) {
    file("file.fgb", input);
}

/// A file of this name.
pub fn file(name: &str, bytes: &[u8]) {
    let folder = super::folder::empty();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let _ = check(&path, &Wishes::default());
}

/// Reads a file as a new layer and as an edited one of the small atlas. Returns how many features were read, or
/// why none were.
pub fn check(path: &Path, wishes: &Wishes) -> Result<usize, String> {
    SMALL.with(|small| {
        let (index, folder) = &**small;
        let layer = index.atlas.layer("townships").unwrap();
        if let Ok(edits) = import::edits(path, wishes, index, layer, true) {
            // Where a row is refused, nothing is written.
            let _ = edits.files(folder.path());
        }
        match import::read(path, wishes, "own", &index.atlas) {
            Ok(imported) => {
                for remark in &imported.remarks {
                    assert!(!remark.text(Lang::Zh).is_empty() && !remark.text(Lang::En).is_empty());
                }
                loads(&to_geojson(&imported.features));
                Ok(imported.features.len())
            }
            Err(refusal) => Err(refusal.text(Lang::En)),
        }
    })
}

/// That is the promise of `plan-atlas import`: what it writes is sound.
fn loads(layer: &str) {
    let folder = bare(32);
    fs::write(folder.path().join("own.geojson"), layer).unwrap();
    let loaded = load(folder.path());
    let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|problem| problem.text(Lang::En)).collect();
    assert!(errors.is_empty(), "imported: {layer}\nerrors: {errors:#?}");
}
