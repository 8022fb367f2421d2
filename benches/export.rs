//! Exports beside `ogr2ogr`, which makes the same out of GeoJSON, and beside the write alone of a current GDAL
//! (pyogrio through Arrow), in one run.
//!
//! `cargo bench --bench export` prints medians and ratios, and what writing takes of memory beyond the
//! loaded atlas. `PLAN_ATLAS_PYTHON` names a Python with pyogrio and pyarrow; without it, and without
//! `ogr2ogr`, the columns stay empty.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use common::{atlas, mixed, polygons};
use geo::Geometry;
use plan_atlas::crs::Crs;
use plan_atlas::export::{Encoding, Export, Format, Options, Progress, Request};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load;

const FORMATS: [(Format, &str); 4] = [
    (Format::GeoJson, "GeoJSON"),
    (Format::Gpkg, "GPKG"),
    (Format::Shp, "ESRI Shapefile"),
    (Format::Fgb, "FlatGeobuf"),
];

fn main() {
    let cells = polygons(200).into_iter().map(Geometry::from).collect();
    let index = IndexedAtlas::new(atlas(cells));
    compare("40,000 polygons of 60 vertices", (&index, "parcels"), &FORMATS, 5);
    // A Shapefile holds one kind of shape, so it has no part in this.
    let mixed: Vec<(Format, &str)> =
        FORMATS.into_iter().filter(|(format, _)| *format != Format::Shp).collect();
    let loaded = load::load(&mixed::folder());
    let index = IndexedAtlas::with_stores(loaded.atlas.expect("it is sound"), &loaded.stores);
    compare("1,000,000 mixed features out of their file", (&index, "survey"), &mixed, 1);
}

fn compare(title: &str, layer: (&IndexedAtlas, &str), formats: &[(Format, &str)], rounds: usize) {
    let root = tempfile::tempdir().expect("a temporary folder");
    println!(
        "\n{title}; seconds: ours, ogr2ogr (CPU), write alone of pyogrio; memory beyond the atlas"
    );
    println!(
        "{:<14} {:>8} {:>16} {:>18} {:>10} {:>10}",
        "", "ours", "ogr2ogr", "pyogrio", "MB more", "MB file"
    );
    let source =
        |format: Format| ours(layer, format, &root.path().join("source").join(format.id()), 1).0;
    let (text, packed) = (source(Format::GeoJson), source(Format::Fgb));
    for &(format, driver) in formats {
        let (_, seconds, memory, size) =
            ours(layer, format, &root.path().join(format.id()), rounds);
        let theirs = ogr2ogr(&text, driver, &root.path().join(format!("theirs.{}", format.id())));
        let alone =
            write_alone(&packed, driver, &root.path().join(format!("alone.{}", format.id())));
        let beside = |other: Option<f64>| {
            other.map_or_else(|| "-".into(), |s| format!("{s:.2} ({:.1} ×)", s / seconds))
        };
        println!(
            "{:<14} {seconds:>8.3} {:>16} {:>18} {memory:>10.0} {size:>10.1}",
            driver,
            beside(theirs),
            beside(alone)
        );
    }
}

/// The file, the median of the seconds, the megabytes that memory grew by at most, and the file's.
fn ours(
    (index, layer): (&IndexedAtlas, &str),
    format: Format,
    folder: &Path,
    rounds: usize,
) -> (std::path::PathBuf, f64, f64, f64) {
    let mut seconds = Vec::new();
    let mut file = folder.to_owned();
    let before = memory(true);
    for _ in 0..rounds {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("a folder");
        let request = Request { layers: vec![layer.to_owned()], ..Request::default() };
        let options = Options { format, crs: Crs::Wgs84, encoding: Encoding::Utf8 };
        let begun = Instant::now();
        let export =
            Export::prepare(index, request, options, "2026-01-31").expect("the layer is there");
        let written = export.write(folder, &Progress::default()).expect("the disk has room");
        seconds.push(begun.elapsed().as_secs_f64());
        file = folder.join(&written.files()[0]);
    }
    let grown = memory(false) - before;
    seconds.sort_by(f64::total_cmp);
    let size = fs::metadata(&file).map_or(0, |m| m.len()) as f64 / 1e6;
    (file, seconds[seconds.len() / 2], grown, size)
}

/// Highest resident memory in megabytes, from Linux's own count; 0 elsewhere. `anew` begins a new count.
fn memory(anew: bool) -> f64 {
    if anew {
        let _ = fs::write("/proc/self/clear_refs", "5");
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1000.0
}

/// Seconds of the processor that `ogr2ogr` takes for the same.
fn ogr2ogr(source: &Path, driver: &str, target: &Path) -> Option<f64> {
    let script = format!(
        "TIMEFORMAT='%U %S'; time ogr2ogr -f '{driver}' '{}' '{}' 2>/dev/null",
        target.display(),
        source.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    (output.status.success() && numbers.len() == 2).then(|| numbers.iter().sum())
}

/// Seconds that pyogrio takes to write what it holds in memory already.
fn write_alone(source: &Path, driver: &str, target: &Path) -> Option<f64> {
    let python = std::env::var("PLAN_ATLAS_PYTHON").ok()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/write_alone.py");
    let output =
        Command::new(python).arg(script).args([source, target]).arg(driver).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
