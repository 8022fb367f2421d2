//! Seeded data and timing for the benchmarks.

#![expect(clippy::cast_precision_loss, reason = "random numbers and small counts")]
#![allow(dead_code, reason = "each benchmark uses its own part")]

pub mod client;
#[cfg(unix)]
pub mod mapserver;
pub mod mixed;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use geo::{Coord, Geometry, LineString, Polygon};
use plan_atlas::model::{Accuracy, Atlas, ClassBy, Layer, Mark, Place, PlaceIdx, Style, Term};

pub const WEST: f64 = 108.0;
pub const SOUTH: f64 = 30.0;
/// Side of a cell in degrees.
const CELL: f64 = 0.003;
/// Segments of one side of a cell.
const SEGMENTS: usize = 15;

/// The generator `SplitMix64` (Steele, Lea, Flood 2014): the same numbers on every machine.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below another.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.draw() % limit.max(1) as u64).unwrap_or(0)
    }

    /// A position over the data of 200 × 200 cells.
    pub fn position(&mut self) -> (f64, f64) {
        (WEST + self.unit() * 200.0 * CELL, SOUTH + self.unit() * 200.0 * CELL)
    }
}

/// `side` × `side` cells of 60 vertices whose common edges wiggle and are exactly shared.
pub fn polygons(side: usize) -> Vec<Polygon<f64>> {
    let corner = |i: usize, j: usize| {
        let mut random = Numbers::new((i * 1_000_003 + j) as u64);
        let jitter = |u: f64| (u - 0.5) * CELL * 0.3;
        Coord {
            x: WEST + i as f64 * CELL + jitter(random.unit()),
            y: SOUTH + j as f64 * CELL + jitter(random.unit()),
        }
    };
    let edge = |from: (usize, usize), to: (usize, usize)| -> Vec<Coord<f64>> {
        let (a, b) = (corner(from.0, from.1), corner(to.0, to.1));
        let mut random =
            Numbers::new((from.0 * 7_919 + from.1 * 104_729 + to.0 * 31 + to.1) as u64 ^ 0xE1);
        (0..SEGMENTS)
            .map(|k| {
                let t = k as f64 / SEGMENTS as f64;
                let wiggle = if k == 0 { 0.0 } else { (random.unit() - 0.5) * CELL * 0.08 };
                Coord { x: a.x + (b.x - a.x) * t + wiggle, y: a.y + (b.y - a.y) * t + wiggle }
            })
            .chain([b])
            .collect()
    };
    let cell = |i: usize, j: usize| {
        let backwards = |mut path: Vec<Coord<f64>>| {
            path.reverse();
            path
        };
        let sides = [
            edge((i, j), (i + 1, j)),
            edge((i + 1, j), (i + 1, j + 1)),
            backwards(edge((i, j + 1), (i + 1, j + 1))),
            backwards(edge((i, j), (i, j + 1))),
        ];
        let ring: Vec<Coord<f64>> =
            sides.into_iter().flat_map(|side| side[..SEGMENTS].to_vec()).collect();
        Polygon::new(LineString::new(ring), vec![])
    };
    (0..side).flat_map(|i| (0..side).map(move |j| (i, j))).map(|(i, j)| cell(i, j)).collect()
}

/// An atlas with one layer, `parcels`, of these geometries.
pub fn atlas(geometries: Vec<Geometry<f64>>) -> Atlas {
    let kind =
        Arc::new(Term { id: "township".into(), zh: "乡镇街道".into(), en: "Township".into() });
    let place = |(i, geometry): (usize, Geometry<f64>)| Place {
        accuracy: Some(Accuracy::Surveyed),
        ..Place::new(
            format!("parcels:{i}"),
            format!("地块{i}号"),
            Arc::clone(&kind),
            Some(geometry),
        )
    };
    let places: Vec<Place> = geometries.into_iter().enumerate().map(place).collect();
    let count = places.len();
    let members: Vec<PlaceIdx> = (0..u32::try_from(count).unwrap()).map(PlaceIdx).collect();
    let style = Style {
        mark: Mark::Fill,
        color: "#888888".into(),
        outline: None,
        width: 1.0,
        opacity: 1.0,
        dash: None,
        label: true,
    };
    Atlas {
        layers: vec![Layer {
            id: "parcels".into(),
            title: "地块".into(),
            title_en: "Parcels".into(),
            group: "dropped".into(),
            note: None,
            note_en: None,
            visible: true,
            style,
            class_by: ClassBy::None,
            classes: vec![],
            select: None,
            class_of: vec![None; count],
            note_of: vec![None; count],
            places: members,
        }],
        layers_of: vec![vec![0]; count],
        ..Atlas::of_places(places)
    }
}

/// Median seconds of `runs` runs after one to warm up.
pub fn median_time<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}

/// Prints the heading of a comparison.
pub fn heading(title: &str) {
    println!("\n{title}");
}

/// Prints a row; with `base`, how many times its time this one is. Returns the time.
pub fn row(name: &str, seconds: f64, base: Option<f64>) -> f64 {
    let time = if seconds >= 1e-3 {
        format!("{:9.2} ms", seconds * 1e3)
    } else {
        format!("{:9.2} µs", seconds * 1e6)
    };
    let ratio = base.map_or("1.00 ×".to_owned(), |base| format!("{:.2} ×", seconds / base));
    println!("  {name:30} {time} {ratio:>12}");
    seconds
}
