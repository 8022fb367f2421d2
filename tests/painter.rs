//! Dense pictures: painted by maplibre-rs in a program of its own, and by `resvg` wherever that is not to be had.
//!
//! The tests that need the program are run by `make painter`, which builds it.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use common::folder::Folder;
use common::get_from;
use common::likeness::Grey;
use common::server::{Reply, Server};
use geo::Rect;
use plan_atlas::crs::Crs;
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use plan_atlas::painter::{Painter, Plate};
use plan_atlas::picture::{Brush, Frame, Language, Look, PIXELS_PER_INCH, Under, plain, png};
use plan_atlas::query::Budget;

/// A picture with enough on it to be painted by the painter.
const DENSE: &str = "/map.png?layers=parcels,paths&bbox=108.4,30.6,109,31.2&width=700&height=800";

/// Plots that share wiggly edges, of three uses, and paths across them.
fn dense_folder() -> Folder {
    const SIDE: u32 = 90;
    let wiggle = |n: u32| f64::from(n.wrapping_mul(2_654_435_761) >> 20) / 4096.0 - 0.5;
    let corner = |i: u32, j: u32| {
        let jitter = wiggle(i * 1009 + j * 13);
        (
            108.4 + (f64::from(i) + jitter * 0.4) / 150.0,
            30.6 + (f64::from(j) - jitter * 0.4) / 150.0,
        )
    };
    let side = |a: (u32, u32), b: (u32, u32)| {
        let ((ax, ay), (bx, by)) = (corner(a.0, a.1), corner(b.0, b.1));
        let seed = a.0 * 7919 + a.1 * 104_729 + b.0 * 31 + b.1;
        (0..4_u32).map(move |k| {
            let t = f64::from(k) / 4.0;
            let off = if k == 0 { 0.0 } else { wiggle(seed + k) * 0.0012 };
            (ax + (bx - ax) * t + off, ay + (by - ay) * t + off)
        })
    };
    let back = |a, b| {
        let mut path: Vec<_> = side(b, a).chain([corner(a.0, a.1)]).collect();
        path.reverse();
        path.pop();
        path
    };
    let mut parcels = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (i, j) in (0..SIDE).flat_map(|i| (0..SIDE).map(move |j| (i, j))) {
        let mut ring: Vec<(f64, f64)> = side((i, j), (i + 1, j)).collect();
        ring.extend(side((i + 1, j), (i + 1, j + 1)));
        ring.extend(back((i + 1, j + 1), (i, j + 1)));
        ring.extend(back((i, j + 1), (i, j)));
        ring.push(ring[0]);
        let ring: Vec<String> = ring.iter().map(|(x, y)| format!("[{x:.6},{y:.6}]")).collect();
        let comma = if (i, j) == (0, 0) { "" } else { ",\n" };
        let _ = write!(
            parcels,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"name\":\"地块{i}-{j}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            ring.join(",")
        );
    }
    parcels.push_str("]}");
    let mut paths = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for n in 0..60_u32 {
        let path: Vec<String> = (0..500_u32)
            .map(|k| {
                let (x, y) = (f64::from(k) / 833.0, f64::from(n) / 100.0);
                let wave = (x * 60.0 + f64::from(n)).sin() * 0.004;
                format!("[{:.6},{:.6}]", 108.4 + x, 30.6 + y + wave)
            })
            .collect();
        let comma = if n == 0 { "" } else { ",\n" };
        let _ = write!(
            paths,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"name\":\"小路{n}\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{}]}}}}",
            path.join(",")
        );
    }
    paths.push_str("]}");
    let folder = Folder::copy();
    folder.add("parcels.geojson", parcels);
    folder.add("paths.geojson", paths);
    folder
}

fn folder() -> &'static Folder {
    static FOLDER: OnceLock<Folder> = OnceLock::new();
    FOLDER.get_or_init(dense_folder)
}

fn index() -> &'static IndexedAtlas {
    static INDEX: OnceLock<IndexedAtlas> = OnceLock::new();
    INDEX.get_or_init(|| {
        let loaded = load(folder().path());
        IndexedAtlas::with_stores(loaded.atlas.unwrap(), &loaded.stores)
    })
}

/// The program that `make painter` built beside the server.
fn painter() -> PathBuf {
    let name = format!("plan-atlas-painter{}", std::env::consts::EXE_SUFFIX);
    let path = Path::new(env!("CARGO_BIN_EXE_plan-atlas")).with_file_name(name);
    assert!(path.is_file(), "{} is not there; make painter builds it", path.display());
    path
}

fn serve(painter: &Path) -> Server {
    Server::start(
        folder().path(),
        &["--painter", painter.to_str().unwrap(), "--painter-from", "1000"],
    )
}

/// A PNG of layers, by a painter or, without one, by `resvg`.
fn painted(layers: &[&str], painter: Option<&Painter>, scale: f64) -> Vec<u8> {
    let number = |id: &&str| index().atlas.layers.iter().position(|layer| layer.id == *id).unwrap();
    let look = Look {
        layers: layers.iter().map(number).collect(),
        language: Language::Chinese,
        named: false,
    };
    let bounds = Rect::new((108.4, 30.6), (109.0, 31.2));
    let frame = Frame::around(Crs::WebMercator, bounds, [700.0, 800.0]).unwrap();
    let nobody = Painter::none();
    let brush = Brush { dense: 1_000, ..Brush::new(painter.unwrap_or(&nobody), scale) };
    let svg =
        plain(index(), &look, &frame, &Under::Paper, Some(brush), &Budget::unlimited()).unwrap();
    let images = svg.matches("<image").count();
    assert_eq!(images > 0, painter.is_some(), "{layers:?}: {images} runs were painted");
    png(&svg, PIXELS_PER_INCH * scale, "").unwrap()
}

fn is_png(reply: &Reply) {
    assert_eq!((reply.status, reply.header("content-type")), (200, "image/png"), "{}", reply.head);
    assert!(reply.body.starts_with(b"\x89PNG"));
}

/// A painter made of a few words of shell.
#[cfg(unix)]
fn shell(folder: &Path, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// What a painter says first.
#[cfg(unix)]
const GREETING: &str =
    "printf '\\002\\000\\000\\000ok\\043\\000\\000\\000{\"name\":\"fake\",\"is_software\":false}'";

#[tokio::test]
async fn without_a_painter_the_picture_is_the_same_and_the_log_says_why() {
    let expected = get_from(common::serve(folder().path()), DENSE).await;
    let server = serve(Path::new("/nowhere/plan-atlas-painter"));
    assert!(server.get(DENSE).body == expected.body, "another picture");
    let log = server.log();
    assert!(log.contains("the painter cannot start") && log.contains("/nowhere/"), "{log}");
    // A program that is not there is not looked for again with every picture.
    assert!(server.get(DENSE).body == expected.body);
    assert_eq!(server.log().matches("cannot start").count(), 1, "{}", server.log());
}

#[cfg(unix)]
#[test]
fn a_painter_without_vulkan_says_so_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let words = "printf '\\012\\000\\000\\000no adapter\\000\\000\\000\\000'";
    let server = serve(&shell(folder.path(), "painter", words));
    is_png(&server.get(DENSE));
    assert!(server.log().contains("no adapter"), "{}", server.log());
}

#[cfg(unix)]
#[test]
fn a_painter_that_dies_or_talks_nonsense_costs_nobody_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let nonsense = format!("{GREETING}; printf 'what do you want from me'; cat > /dev/null");
    for (name, script, why) in [
        ("dies", format!("{GREETING}; exit 1"), "it has ended"),
        ("nonsense", nonsense, "out of step"),
    ] {
        let server = serve(&shell(folder.path(), name, &script));
        is_png(&server.get(DENSE));
        assert!(server.log().contains(why), "{name}: {}", server.log());
        // The next picture finds a new one.
        is_png(&server.get(DENSE));
        assert!(server.log().matches("painter started").count() > 1, "{name}: {}", server.log());
    }
}

#[cfg(unix)]
fn small_plate() -> Plate {
    let mut plate = Plate::new([64, 64]);
    plate.fill([1, 2, 3], [vec![(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)]].into_iter());
    plate
}

#[cfg(unix)]
#[test]
fn a_painter_that_hangs_is_ended_and_the_picture_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let path = shell(folder.path(), "hangs", &format!("{GREETING}; exec sleep 600"));
    let painter = Painter::at(path, Duration::from_millis(300));
    let plate = small_plate();
    assert!(painter.paint(plate, &Budget::unlimited()).is_none());
    assert_eq!(painter.process_id(), None, "it was not ended");
}

#[cfg(unix)]
#[test]
fn nobody_paints_for_a_client_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = shell(folder.path(), "slow", &format!("{GREETING}; exec sleep 600"));
    let painter = Painter::at(path, Duration::from_mins(10));
    let plate = small_plate();
    let budget = Budget::unlimited();
    std::thread::scope(|scope| {
        let work = scope.spawn(|| painter.paint(plate, &budget));
        std::thread::sleep(Duration::from_millis(200));
        budget.withdraw();
        assert!(work.join().unwrap().is_none());
    });
}

#[test]
#[ignore = "needs the painter: make painter"]
fn painter_and_resvg_paint_the_same() {
    let painter = Painter::at(painter(), Duration::from_mins(1)).from(0);
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, layers, scale) in [
        ("areas", &["parcels"][..], 1.0),
        ("lines", &["paths"][..], 1.0),
        ("both", &["parcels", "paths"][..], 1.0),
        ("fine", &["parcels", "paths"][..], 2.0),
    ] {
        let by_painter = painted(layers, Some(&painter), scale);
        let by_resvg = painted(layers, None, scale);
        fs::write(scratch.join(format!("painter-{name}.png")), &by_painter).unwrap();
        fs::write(scratch.join(format!("resvg-{name}.png")), &by_resvg).unwrap();
        let likeness = Grey::read(&by_painter).likeness(&Grey::read(&by_resvg));
        println!("{name}: {likeness:.4}");
        assert!(likeness >= 0.98, "{name}: {likeness}; look at both in {}", scratch.display());
    }
}

#[test]
#[ignore = "needs the painter: make painter"]
fn colours_holes_and_widths_are_right_to_the_pixel() {
    let painter = Painter::at(painter(), Duration::from_mins(1));
    let square = |low: f64, high: f64| vec![(low, low), (high, low), (high, high), (low, high)];
    let mut hole = square(20.0, 40.0);
    hole.reverse();
    let mut plate = Plate::new([300, 100]);
    plate.fill([200, 100, 50], [square(10.0, 60.0), hole].into_iter());
    plate.stroke([0, 0, 255], 4.0, [vec![(100.0, 50.0), (290.0, 50.0)]].into_iter());
    let pixels = painter.paint(plate, &Budget::unlimited()).unwrap();
    let at = |x: usize, y: usize| -> [u8; 4] {
        let first = (y * 300 + x) * 4;
        pixels[first..first + 4].try_into().unwrap()
    };
    assert_eq!(at(15, 15), [200, 100, 50, 255]);
    assert_eq!((at(30, 30), at(5, 5)), ([0; 4], [0; 4]), "the hole and the ground are bare");
    let across: Vec<u8> = (44..56).map(|y| at(200, y)[3]).collect();
    assert_eq!(across, [0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0], "four pixels wide");
    assert_eq!(at(200, 50), [0, 0, 255, 255]);
}

#[test]
#[ignore = "needs the painter: make painter"]
fn a_painter_that_is_killed_or_stopped_is_replaced() {
    let server = serve(&painter());
    let expected = server.get(DENSE);
    is_png(&expected);
    assert_eq!(server.log().matches("painter started").count(), 1, "{}", server.log());
    for (signal, why, started) in [("-KILL", "it has ended", 2), ("-STOP", "no answer within", 3)] {
        let ours = Command::new("pkill")
            .args([signal, "-P", &server.id().to_string(), "-f", "plan-atlas-painter"])
            .status();
        assert!(ours.unwrap().success(), "no painter runs");
        is_png(&server.get(DENSE));
        assert!(server.log().contains(why), "{signal}: {}", server.log());
        let next = server.get(DENSE);
        assert!(next.body == expected.body, "{signal}: another picture");
        let log = server.log();
        assert_eq!(log.matches("painter started").count(), started, "{signal}: {log}");
    }
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs the painter: make painter"]
fn five_hundred_pictures_leave_memory_as_it_was() {
    let painter = Painter::at(painter(), Duration::from_mins(1));
    let memory = || {
        let status = format!("/proc/{}/status", painter.process_id().unwrap());
        let status = fs::read_to_string(status).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
    };
    let mut early = 0.0;
    for number in 0..500_u32 {
        let mut plate = Plate::new([256, 200 + number % 50]);
        for cell in 0..2_000_u32 {
            let (x, y) = (f64::from(cell % 50) * 5.0, f64::from(cell / 50) * 5.0);
            let ring = vec![(x, y), (x + 4.0, y), (x + 4.0, y + 4.0), (x, y + 4.0)];
            let [_, _, color, _] = cell.to_le_bytes();
            plate.fill([color, 100, 100], [ring].into_iter());
        }
        assert!(painter.paint(plate, &Budget::unlimited()).is_some(), "picture {number}");
        if number == 49 {
            early = memory();
        }
    }
    let late = memory();
    println!("{early:.0} MB after 50 pictures, {late:.0} MB after 500");
    assert!(late < early * 1.1 + 8.0, "{early:.0} MB after 50 pictures, {late:.0} MB after 500");
}
