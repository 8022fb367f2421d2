//! Pictures: the painter beside `resvg`, and picture tiles beside `MapServer`'s WMS, in one run.
//!
//! `cargo bench --bench pictures`. The painter is that which `make painter` builds; `MapServer` is Debian's
//! `cgi-mapserver`. What is missing is left out, and said to be.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod common;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::mapserver::MapServer;
use common::{Numbers, atlas, heading, median_time, polygons, row};
use geo::{Geometry, Polygon};
use plan_atlas::crs::{Crs, to_tile_space};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::painter::Painter;
use plan_atlas::picture::{
    Brush, Frame, Language, Look, MatrixSet, PIXELS_PER_INCH, Under, board, plain, png, tile,
};
use plan_atlas::query::{Budget, layers_bounds};

const SIDE: f64 = 1024.0;

fn main() {
    let program = Path::new(env!("CARGO_BIN_EXE_plan-atlas"));
    let painter = program.with_file_name("plan-atlas-painter");
    let painter = painter.is_file().then(|| Painter::at(painter, Duration::from_mins(5)).from(0));
    for (side, runs) in [(10, 9), (100, 5), (500, 1)] {
        let polygons = polygons(side);
        let vertices: usize = polygons.iter().map(|polygon| polygon.exterior().0.len() - 1).sum();
        let count = polygons.len();
        heading(&format!("picture of {count} polygons, {vertices} vertices, 1024 × 1024 pixels"));
        let index = drawn(polygons);
        let resvg = row("resvg", median_time(runs, || picture(&index, None)), None);
        match &painter {
            Some(painter) => {
                let time = median_time(runs, || picture(&index, Some(painter)));
                row("painter (maplibre-rs)", time, Some(resvg));
            }
            None => println!("  the painter is not built (make painter)"),
        }
    }
    tiles();
}

/// An index of one layer without names.
fn drawn(polygons: Vec<Polygon<f64>>) -> IndexedAtlas {
    let mut atlas = atlas(polygons.into_iter().map(Geometry::from).collect());
    atlas.layers[0].style.label = false;
    IndexedAtlas::new(atlas)
}

fn look() -> Look {
    Look { layers: vec![0], language: Language::Chinese, named: false }
}

fn picture(index: &IndexedAtlas, painter: Option<&Painter>) -> usize {
    let bounds = layers_bounds(index, &[0]).expect("there are polygons");
    let [west, south, east, north] = bounds;
    let bounds = geo::Rect::new((west, south), (east, north));
    let frame = Frame::around(Crs::WebMercator, bounds, [SIDE, SIDE]).expect("a frame");
    let brush = painter.map(|painter| Brush { dense: 0, ..Brush::new(painter, 1.0) });
    let budget = Budget::unlimited();
    let svg = plain(index, &look(), &frame, &Under::Paper, brush, &budget).expect("a picture");
    assert_eq!(svg.contains("<image"), painter.is_some(), "who painted it?");
    png(&svg, PIXELS_PER_INCH, "").expect("a picture").len()
}

/// Tiles of 40,000 polygons, each asked for once.
fn tiles() {
    const TILES: usize = 200;
    let polygons = polygons(200);
    heading("PNG tile of 40,000 polygons, 256 pixels, z10 to z14, not asked for before");
    let folder = std::env::temp_dir().join(format!("plan-atlas-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let shapefile = shapefile(&folder, &polygons);
    let index = drawn(polygons);
    let mut random = Numbers::new(23);
    let addresses: Vec<(u8, u32, u32)> = (0..TILES)
        .map(|number| {
            let level = 10 + u8::try_from(number % 5).expect("a level");
            let (lon, lat) = random.position();
            let (x, y) = to_tile_space(lon, lat);
            let across = f64::from(1_u32 << level);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
            let (column, row) = ((x * across) as u32, (y * across) as u32);
            (level, column, row)
        })
        .collect();
    let (set, budget) = (MatrixSet::Mercator, Budget::unlimited());
    // Where names stand is worked out once for a level, here of none.
    let boards: Vec<_> = (0..=14)
        .map(|level| board(&index, look(), set, level, &budget).expect("a board"))
        .collect();
    let once = |work: &mut dyn FnMut((u8, u32, u32)) -> usize| {
        let start = Instant::now();
        let bytes: usize = addresses.iter().map(|&address| work(address)).sum();
        assert!(bytes > 0, "no pictures");
        start.elapsed().as_secs_f64() / addresses.len() as f64
    };
    let ours = once(&mut |(level, column, row)| {
        let corner = set.tile(level, column, row).expect("a tile");
        let board = &boards[usize::from(level)];
        let svg = tile(&index, board, corner, &Under::Nothing, None, &budget).expect("a tile");
        png(&svg, PIXELS_PER_INCH, "").expect("a tile").len()
    });
    let ours = row("ours (resvg), in process", ours, None);
    match shapefile.then(|| MapServer::start(&folder)).flatten() {
        Some(mut server) => {
            let theirs = once(&mut |(level, column, row)| {
                let [left, top] = set.tile(level, column, row).expect("a tile");
                let side = set.unit(level) * 256.0;
                server.map([left, top - side, left + side, top], 256).len()
            });
            row("MapServer (FastCGI, shapefile)", theirs, Some(ours));
        }
        None => println!("  MapServer or ogr2ogr is missing (cgi-mapserver, gdal-bin)"),
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Writes the polygons as a shapefile with a spatial index; whether that could be done.
fn shapefile(folder: &Path, polygons: &[Polygon<f64>]) -> bool {
    let source = folder.join("parcels.geojsonl");
    let mut out = BufWriter::new(File::create(&source).expect("a file"));
    for polygon in polygons {
        let ring: Vec<[f64; 2]> = polygon.exterior().0.iter().map(|c| [c.x, c.y]).collect();
        let geometry = serde_json::json!({ "type": "Polygon", "coordinates": [ring] });
        let feature =
            serde_json::json!({ "type": "Feature", "properties": {}, "geometry": geometry });
        writeln!(out, "{feature}").expect("a line");
    }
    out.flush().expect("a file");
    let written = Command::new("ogr2ogr")
        .args(["-f", "ESRI Shapefile", "-lco", "SPATIAL_INDEX=YES"])
        .args([&folder.join("parcels.shp"), &source])
        .status();
    written.is_ok_and(|status| status.success())
}
