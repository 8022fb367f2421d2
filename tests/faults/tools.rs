//! What all faults need: work that is killed, folders, and what is told of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use serde_json::{Value, json};

use crate::common::folder::{Folder, run};
use crate::common::server::Server;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_plan-atlas");

/// How often each fault is tried.
pub fn rounds() -> u32 {
    let rounds = std::env::var("PLAN_ATLAS_FAULT_ROUNDS").ok();
    rounds.and_then(|text| text.parse().ok()).unwrap_or(4)
}

/// The files that an edited layer of townships changes.
pub const PLACES: [&str; 2] =
    ["yunyang/places/townships.geojson", "fengjie/places/townships.geojson"];

/// Whether `make bundle-page` has run, without which there are no bundles.
pub fn has_page() -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web/offline/engine.wasm").exists()
}

/// The program, run by another that sees to the circumstances.
fn program_by(runner: &[String], arguments: &[&str]) -> Command {
    let mut words = runner.iter().map(String::as_str).chain([PROGRAM]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(arguments).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run_by(runner: &[String], arguments: &[&str]) -> (Option<i32>, String) {
    let output = program_by(runner, arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Begins it, and does not wait.
pub fn begin_by(runner: &[String], arguments: &[&str]) -> Child {
    program_by(runner, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The same without circumstances.
pub fn begin(arguments: &[&str]) -> Child {
    begin_by(&[], arguments)
}

/// Kills an import when it has changed a file, and perhaps not yet the other.
pub fn killed_halfway(mut import: Child, folder: &Path, before: u64) {
    while state(folder) == before {
        assert!(import.try_wait().unwrap().is_none(), "it ended unseen");
    }
    import.kill().unwrap();
    import.wait().unwrap();
    assert_eq!(remains(folder).iter().filter(|name| *name == ".plan-atlas-undo").count(), 1);
}

/// Kills work at moments from its beginning to its end, and before steps of it, and looks each time what is there. How
/// often it was killed.
pub fn kill_at_many_moments(
    arguments: &[&str],
    mut prepare: impl FnMut(),
    mut look: impl FnMut(),
) -> u32 {
    prepare();
    let begun = Instant::now();
    assert!(begin(arguments).wait().unwrap().success(), "{arguments:?}");
    let whole = begun.elapsed();
    look();
    let mut kills = 0;
    for round in 0..rounds() {
        prepare();
        let mut program = begin(arguments);
        sleep(whole * (2 * round + 1) / (2 * rounds()));
        program.kill().unwrap();
        kills += u32::from(!program.wait().unwrap().success());
        look();
    }
    prepare();
    let steps = steps(arguments);
    look();
    let count = steps.len().min(rounds() as usize);
    for number in 0..count {
        prepare();
        kills += u32::from(killed_before(&steps[number * steps.len() / count], arguments));
        look();
    }
    kills
}

/// The same, as the table says it.
pub fn kills(count: u32) -> [String; 2] {
    [format!("kill -9 {count} 次"), format!("{count} kills")]
}

/// Calls of the system that change what is on a disk, or who may.
const STEPS: &str = "?rename,?renameat,?renameat2,?link,?linkat,?mkdir,?mkdirat,?unlink,?unlinkat,?rmdir,?fsync,?fchmod,?ftruncate,?flock";

/// A step: the name of a call, and which of those of that name it is.
type Step = (String, usize);

/// The steps of some work, in their order; none where this system lets nobody trace.
fn steps(arguments: &[&str]) -> Vec<Step> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let traced = Command::new("strace")
        .args(["-f", "-qq", "-e", "signal=none", "-e", &format!("trace={STEPS}"), "-o"])
        .arg(log.path())
        .arg(PROGRAM)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !traced.is_ok_and(|status| status.success()) {
        eprintln!(
            "strace is not installed, or may not trace: killed at moments only, not before steps"
        );
        return Vec::new();
    }
    // Calls are counted for each thread.
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let text = fs::read_to_string(log.path()).unwrap();
    let calls = text.lines().filter_map(|line| line.split_once(' '));
    let calls = calls.filter_map(|(thread, call)| Some((thread, call.trim().split_once('(')?.0)));
    calls
        .map(|(thread, call)| {
            let count = counts.entry((thread.to_owned(), call.to_owned())).or_default();
            *count += 1;
            (call.to_owned(), *count)
        })
        .collect()
}

/// Kills work before a step; whether it came to it.
pub fn killed_before((call, which): &Step, arguments: &[&str]) -> bool {
    let inject = format!("inject={call}:signal=SIGKILL:when={which}");
    let status = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject])
        .arg(PROGRAM)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    !status.unwrap().success()
}

/// Every file in a folder and its folders that is there to stay.
pub fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_name().to_str().unwrap().starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.insert(entry.path());
        }
    }
    all
}

/// What the data of a folder are, by name and content.
pub fn state(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let is_data = |path: &PathBuf| !path.to_str().unwrap().ends_with(".plan-atlas-index");
    for path in files(folder).into_iter().filter(is_data) {
        (path.strip_prefix(folder).unwrap(), fs::read(&path).unwrap()).hash(&mut hasher);
    }
    hasher.finish()
}

/// What is in a folder, or a folder of it, and is not there to stay.
pub fn remains(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with(".plan-atlas-") {
            found.push(name);
        } else if entry.path().is_dir() {
            found.extend(remains(&entry.path()));
        }
    }
    found
}

/// So many points, each of which says which edition of the file it is of.
pub fn points(count: u32, edition: u32) -> String {
    let feature = |n: u32| {
        let (x, y) = (108.5 + f64::from(n % 500) * 0.002, 30.6 + f64::from(n / 500) * 0.002);
        format!(
            "{{\"type\":\"Feature\",\"id\":\"p{n}\",\"properties\":{{\"name\":\"点{n}\",\"edition\":{edition}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x:.6},{y:.6}]}}}}\n"
        )
    };
    (0..count).map(feature).collect()
}

/// A folder with a large layer, `big`.
pub fn with_large(count: u32) -> Folder {
    let folder = Folder::copy();
    folder.add("big.geojsonl", points(count, 1));
    folder
}

pub const INDEX: &str = "big.geojsonl.plan-atlas-index";

/// Some answers that a large layer has a part in.
const ASKED: [&str; 3] = [
    "/api/places/big:p77",
    "/ogc/collections/big/items?bbox=108.6,30.6,108.7,30.61&limit=50&f=json",
    "/api/here?lon=108.71&lat=30.907",
];

/// An answer without the moment at which it was given.
pub fn timeless(mut answer: Value) -> String {
    answer.as_object_mut().unwrap().remove("timeStamp");
    answer.to_string()
}

pub fn answers(server: &Server) -> Vec<String> {
    let body = |address: &&str| {
        let reply = server.get(address);
        assert_eq!(reply.status, 200, "{address}: {}", reply.text());
        timeless(reply.json())
    };
    ASKED.iter().map(body).collect()
}
/// The townships of both counties, exported and edited: a note in each of two files changes.
pub fn edited(folder: &Path, out: &Path, note: &str) -> PathBuf {
    let data = folder.to_str().unwrap();
    let exported = run(&[
        "export",
        "townships",
        "--format",
        "geojson",
        "--out",
        out.to_str().unwrap(),
        "--data",
        data,
        "--no-records",
    ]);
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let file = out.join("townships.geojson");
    let mut layer: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let mut counties = BTreeSet::new();
    for feature in layer["features"].as_array_mut().unwrap() {
        let county = feature["id"].as_str().unwrap()[..6].to_owned();
        if counties.insert(county) {
            feature["properties"]["note"] = json!(note);
        }
    }
    assert_eq!(counties.len(), 2);
    fs::write(&file, layer.to_string()).unwrap();
    file
}
