//! A million features of all shapes as one line of GeoJSON, as a land survey would be handed over.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Numbers, SOUTH, WEST};

/// Features of the file: points, small areas, lines.
pub const COUNTS: [usize; 3] = [600_000, 300_000, 100_000];

/// Degrees that the data reaches to the east and to the north: a county.
const SIDE: f64 = 0.6;

/// A data folder under `target/tmp` with nothing but the million features in it; made when it is not
/// there yet.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/million");
    if !folder.join("atlas.toml").exists() {
        fs::create_dir_all(&folder).expect("a folder");
        write(&folder.join("survey.geojson")).expect("room for the survey");
        let manifest = "title = \"大图层\"\ntitle_en = \"Large layer\"\nlanguages = [\"zh\", \"en\"]\nplans = []\n";
        fs::write(folder.join("atlas.toml"), manifest).expect("a manifest");
    }
    folder
}

fn write(path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut random = Numbers::new(2024);
    let mut left = COUNTS;
    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":\"survey\",\"features\":[")?;
    let mut number = 0;
    while left.iter().sum::<usize>() > 0 {
        // Kinds come mixed, in the proportion in which they are left.
        let mut pick = random.below(left.iter().sum());
        let kind = left
            .iter()
            .position(|count| {
                let here = pick < *count;
                pick = pick.saturating_sub(*count);
                here
            })
            .unwrap_or(0);
        left[kind] -= 1;
        if number > 0 {
            out.write_all(b",")?;
        }
        number += 1;
        feature(&mut out, &mut random, number, kind)?;
    }
    out.write_all(b"]}\n")?;
    out.flush()
}

const USES: [&str; 6] = ["水田", "旱地", "园地", "林地", "农村宅基地", "中药材种植地"];
const TOWNS: [&str; 5] = ["双江街道", "盘龙街道", "南溪镇", "清水土家族乡", "龙角镇"];

fn feature(
    out: &mut impl Write,
    random: &mut Numbers,
    number: usize,
    kind: usize,
) -> io::Result<()> {
    let (x, y) = (WEST + random.unit() * SIDE, SOUTH + random.unit() * SIDE);
    let [usage, town] = [random.below(USES.len()), random.below(TOWNS.len())];
    write!(
        out,
        "{{\"type\":\"Feature\",\"properties\":{{\"编号\":\"500235{number:07}\",\"名称\":\"{town}第{number}号\",\"地类名称\":\"{usage}\",\"权属单位\":\"{town}集体\",\"面积\":{:.2},\"坡度\":{}}},\"geometry\":{{\"type\":",
        random.unit() * 5000.0,
        random.below(45),
        town = TOWNS[town],
        usage = USES[usage],
    )?;
    match kind {
        0 => write!(out, "\"Point\",\"coordinates\":[{x:.8},{y:.8}]}}}}"),
        1 => {
            out.write_all(b"\"Polygon\",\"coordinates\":[[")?;
            let corners = 6 + random.below(7);
            let radius = 0.0001 + random.unit() * 0.0004;
            let mut first = None;
            for corner in 0..corners {
                let angle = std::f64::consts::TAU * corner as f64 / corners as f64;
                let reach = radius * (0.7 + 0.3 * random.unit());
                let (x, y) = (x + reach * angle.cos(), y + reach * angle.sin());
                write!(out, "[{x:.8},{y:.8}],")?;
                first.get_or_insert((x, y));
            }
            let (x, y) = first.unwrap_or((x, y));
            write!(out, "[{x:.8},{y:.8}]]]}}}}")
        }
        _ => {
            out.write_all(b"\"LineString\",\"coordinates\":[")?;
            let (mut x, mut y) = (x, y);
            for step in 0..12 + random.below(9) {
                let comma = if step == 0 { "" } else { "," };
                write!(out, "{comma}[{x:.8},{y:.8}]")?;
                x += (random.unit() - 0.4) * 0.0006;
                y += (random.unit() - 0.4) * 0.0006;
            }
            out.write_all(b"]}}")
        }
    }
}
