//! Files that change while they are read, and indexes that are not whole.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::common::folder::{Folder, run};
use crate::common::server::Server;
use crate::common::{get_from, serve};
use crate::table::Row;
use crate::tools::{INDEX, PLACES, PROGRAM, edited, points, rounds, timeless, with_large};

#[test]
fn a_file_that_is_replaced_while_it_is_read_is_never_mixed() {
    let answers = ["geojsonl", "fgb", "gpkg"].map(replaced).iter().sum::<usize>();
    Row {
        number: 7,
        fault: ["大文件（GeoJSON、FlatGeobuf、GeoPackage）在读取中被替换、原地改写、截断", "a large file (GeoJSON, FlatGeobuf, GeoPackage) is replaced, rewritten or cut off while it is read"],
        outcome: ["每个答复只出自一个版本，或答 503 稍后再来；几秒后是新版本", "every answer is of one edition, or 503 with Retry-After; seconds later it is the new one"],
    }
    .holds([&format!("{answers} 个答复"), &format!("{answers} answers")]);
}

/// An edition of a file of this format.
fn edition(number: u32, format: &str) -> Vec<u8> {
    let points = points(6_000, number);
    if format == "geojsonl" {
        return points.into_bytes();
    }
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    folder.add("big.geojsonl", points);
    let (data, to) = (folder.path().to_str().unwrap(), out.path().join("big"));
    let to = to.to_str().unwrap();
    let export = ["export", "big", "--format", format, "--data", data, "--out", to, "--no-records"];
    let done = run(&export);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::read(out.path().join("big").join(format!("big.{format}"))).unwrap()
}

/// Replaces a file of this format in every way while many read it; how many answers they got.
fn replaced(format: &str) -> usize {
    let editions = [1, 2, 3, 4].map(|number| edition(number, format));
    let folder = Folder::copy();
    let path = folder.path().join(format!("big.{format}"));
    fs::write(&path, &editions[0]).unwrap();
    let server = Server::start(folder.path(), &[]);
    let stop = AtomicBool::new(false);
    let ask = "/ogc/collections/big/items?bbox=108.5,30.6,109.5,30.7&limit=400&f=json";
    // The edition of an answer; none where it says to come again.
    let asked = || {
        let reply = server.get(ask);
        if reply.status == 503 {
            assert_eq!(reply.header("retry-after"), "1");
            return None;
        }
        assert_eq!(reply.status, 200, "{format}: {}", reply.text());
        let page = reply.json();
        let features = page["features"].as_array().unwrap().iter();
        let editions: BTreeSet<u64> =
            features.map(|one| one["properties"]["edition"].as_u64().unwrap()).collect();
        assert_eq!(editions.len(), 1, "one answer, one edition");
        editions.first().copied()
    };
    let answers = scope(|scope| {
        let (asked, stop) = (&asked, &stop);
        let read = || {
            let mut answers = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                answers.push(asked());
            }
            answers
        };
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(read)).collect();
        let becomes = |edition: u64| server.until("the new edition", || asked() == Some(edition));
        // Renamed over it, as careful programs do; rewritten in place, as others do; cut off in the middle, and mended.
        let other = folder.path().join(".other");
        fs::write(&other, &editions[1]).unwrap();
        fs::rename(&other, &path).unwrap();
        becomes(2);
        fs::write(&path, &editions[2]).unwrap();
        becomes(3);
        fs::write(&path, &editions[3][..editions[3].len() / 2]).unwrap();
        sleep(Duration::from_secs(1));
        fs::write(&path, &editions[3]).unwrap();
        becomes(4);
        stop.store(true, Ordering::Relaxed);
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
    });
    let seen: BTreeSet<u64> = answers.iter().flatten().copied().collect();
    assert!(seen.len() > 1 && seen.is_subset(&BTreeSet::from([1, 2, 3, 4])), "{format}: {seen:?}");
    answers.len()
}

#[test]
fn an_import_while_somebody_reads_is_read_whole_or_not_at_all() {
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let import = |note: &str| {
        let file = edited(folder.path(), &out.path().join(note), note);
        let done = run(&["import", file.to_str().unwrap(), "--as", "townships", "--data", data]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    import("甲");
    for (number, place) in PLACES.iter().enumerate() {
        // It waits before it opens one of the two files, and both are changed meanwhile.
        let log = out.path().join(format!("log{number}"));
        let to = out.path().join(format!("read{number}"));
        let reader = Command::new("strace")
            .args([
                "-f",
                "-qq",
                "-e",
                "trace=openat",
                "-e",
                "inject=openat:delay_enter=5000000",
                "-P",
            ])
            .arg(folder.path().join(place))
            .args(["-o", log.to_str().unwrap(), PROGRAM, "export", "townships", "--no-records"])
            .args(["--format", "geojson", "--data", data, "--out", to.to_str().unwrap()])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        let Ok(mut reader) = reader else {
            eprintln!("strace is not installed: nobody reads slowly enough");
            return;
        };
        sleep(Duration::from_secs(1));
        import(["乙", "丙"][number]);
        if !reader.wait().unwrap().success() {
            eprintln!("strace may not trace: nobody reads slowly enough");
            return;
        }
        let text = fs::read_to_string(to.join("townships.geojson")).unwrap();
        let notes: BTreeSet<&str> = ["甲", "乙", "丙"]
            .into_iter()
            .filter(|note| text.contains(&format!("\"{note}\"")))
            .collect();
        assert_eq!(notes.len(), 1, "{place}: {notes:?}");
    }
    Row {
        number: 14,
        fault: [
            "一个程序正在读，导入改动了多个文件",
            "an import changes several files while another program reads them",
        ],
        outcome: ["读到的要么是导入前，要么是导入后", "what it reads is as before or as after"],
    }
    .holds(["2 次", "twice"]);
}

#[tokio::test]
async fn an_index_that_is_cut_off_or_altered_is_made_anew() {
    let folder = with_large(400);
    let index = folder.path().join(INDEX);
    let ask = async || {
        let app = serve(folder.path());
        let mut bodies = Vec::new();
        for address in ["/api/places/big:p77", "/ogc/collections/big/items?limit=400&f=json"] {
            let answer = get_from(app.clone(), address).await;
            assert_eq!(answer.status, 200, "{address}");
            bodies.push(timeless(answer.json()));
        }
        bodies
    };
    let sound = ask().await;
    let whole = fs::read(&index).unwrap();
    let count = rounds() as usize * 3;
    for round in 0..count {
        let at = whole.len() * round / count;
        let mut altered = whole.clone();
        altered[at] ^= 1 << (round % 8);
        for broken in [&whole[..at], &altered] {
            fs::write(&index, broken).unwrap();
            assert!(ask().await == sound, "{at}");
            assert!(fs::read(&index).unwrap() == whole, "{at}");
        }
    }
    Row {
        number: 8,
        fault: ["索引文件被截断或改动一位", "an index is cut off, or a bit of it altered"],
        outcome: [
            "不予采信，重新生成；答复逐字节相同",
            "it is not believed but made anew; answers are byte for byte the same",
        ],
    }
    .holds([&format!("{} 处", 2 * count), &format!("{} places", 2 * count)]);
}
