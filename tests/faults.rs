//! What can happen to a program, a disk and a folder, and what comes of it.
//!
//! Each test is a row of `docs/reliability.md`, which must hold it word for word. `make faults` tries every fault more
//! often and writes the table anew.

#![cfg(unix)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use common::folder::{Folder, run};
use common::server::Server;
use common::{geodata, get_from, serve};
use serde_json::{Value, json};

/// A row of the table: what happens, and what comes of it.
struct Row {
    number: usize,
    fault: [&'static str; 2],
    outcome: [&'static str; 2],
}

impl Row {
    fn text(&self) -> String {
        let cell = |[zh, en]: [&str; 2]| format!("{zh}<br>{en}");
        format!("| {} | {} | {} |", self.number, cell(self.fault), cell(self.outcome))
    }

    /// Says that it is so: the table must, too.
    fn holds(&self) {
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md");
        let table = fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("PLAN_ATLAS_RENEW").is_some() {
            let begin = format!("| {} | ", self.number);
            let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
            lines.retain(|line| !line.starts_with(&begin));
            let number =
                |line: &String| line.split(" | ").next()?.strip_prefix("| ")?.parse::<usize>().ok();
            let heading = lines.iter().position(|line| line.starts_with("|--")).expect("a table");
            let rows = lines[heading + 1..].iter().map_while(number);
            let before = rows.filter(|other| *other < self.number).count();
            lines.insert(heading + 1 + before, self.text());
            fs::write(&path, lines.join("\n") + "\n").unwrap();
        } else {
            assert!(
                table.contains(&self.text()),
                "docs/reliability.md is out of date: make faults\n{}",
                self.text()
            );
        }
    }
}

/// How often each fault is tried.
fn rounds() -> u32 {
    let rounds = std::env::var("PLAN_ATLAS_FAULT_ROUNDS").ok();
    rounds.and_then(|text| text.parse().ok()).unwrap_or(4)
}

/// The program, begun and not waited for.
fn begin(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_plan-atlas"))
        .args(arguments)
        .env("TMPDIR", std::env::temp_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills work at moments from its beginning to its end, and looks each time what is there.
fn kill_at_many_moments(arguments: &[&str], mut prepare: impl FnMut(), mut look: impl FnMut()) {
    prepare();
    let begun = Instant::now();
    assert!(begin(arguments).wait().unwrap().success(), "{arguments:?}");
    let whole = begun.elapsed();
    look();
    for round in 0..rounds() {
        prepare();
        let mut program = begin(arguments);
        sleep(whole * (2 * round + 1) / (2 * rounds()));
        program.kill().unwrap();
        program.wait().unwrap();
        look();
    }
}

/// Every file of a folder that is data, by name and content.
fn state(folder: &Path) -> u64 {
    fn files(folder: &Path, all: &mut BTreeSet<PathBuf>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !name.starts_with('.') {
                files(&path, all);
            } else if !name.starts_with('.') && !name.ends_with(".plan-atlas-index") {
                all.insert(path);
            }
        }
    }
    let (mut all, mut hasher) = (BTreeSet::new(), DefaultHasher::new());
    files(folder, &mut all);
    for path in all {
        (path.strip_prefix(folder).unwrap(), fs::read(&path).unwrap()).hash(&mut hasher);
    }
    hasher.finish()
}

/// What is in a folder and is not there to stay.
fn remains(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".plan-atlas-")).collect()
}

/// So many points, each of which says which edition of the file it is of.
fn points(count: u32, edition: u32) -> String {
    let feature = |n: u32| {
        let (x, y) = (108.5 + f64::from(n % 500) * 0.002, 30.6 + f64::from(n / 500) * 0.002);
        format!(
            "{{\"type\":\"Feature\",\"id\":\"p{n}\",\"properties\":{{\"name\":\"点{n}\",\"edition\":{edition}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x:.6},{y:.6}]}}}}\n"
        )
    };
    (0..count).map(feature).collect()
}

/// A folder with a large layer, `big`.
fn with_large(count: u32) -> Folder {
    let folder = Folder::copy();
    folder.add("big.geojsonl", points(count, 1));
    folder
}

const INDEX: &str = "big.geojsonl.plan-atlas-index";

/// Some answers that a large layer has a part in.
const ASKED: [&str; 3] = [
    "/api/places/big:p77",
    "/ogc/collections/big/items?bbox=108.6,30.6,108.7,30.61&limit=50&f=json",
    "/api/here?lon=108.71&lat=30.907",
];

/// An answer without the moment at which it was given.
fn timeless(mut answer: Value) -> String {
    answer.as_object_mut().unwrap().remove("timeStamp");
    answer.to_string()
}

fn answers(server: &Server) -> Vec<String> {
    let body = |address: &&str| {
        let reply = server.get(address);
        assert_eq!(reply.status, 200, "{address}: {}", reply.text());
        timeless(reply.json())
    };
    ASKED.iter().map(body).collect()
}

#[test]
fn killed_while_it_reads_and_indexes_it_starts_again_as_if_nothing_had_been() {
    let folder = with_large(40_000);
    let index = folder.path().join(INDEX);
    let sound = answers(&Server::start(folder.path(), &[]));
    let whole = fs::read(&index).unwrap();
    let data = folder.path().to_str().unwrap();
    kill_at_many_moments(
        &["check", data],
        || drop(fs::remove_file(&index)),
        || {
            if let Ok(bytes) = fs::read(&index) {
                assert!(bytes == whole, "an index is whole or not there");
            }
        },
    );
    let server = Server::start(folder.path(), &[]);
    assert!(answers(&server) == sound);
    assert_eq!(remains(folder.path()), [""; 0]);
    Row {
        number: 1,
        fault: ["载入、写索引时 kill -9", "kill -9 while it loads and writes an index"],
        outcome: ["索引要么完整要么没有；再启动，答复逐字节相同，残留已清除", "the index is whole or not there; started again, it answers byte for byte the same, and nothing is left over"],
    }
    .holds();
}

#[test]
fn killed_while_it_serves_it_leaves_nothing_that_the_next_start_does_not_take_away() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = with_large(20_000);
    let start =
        || Server::start_with(folder.path(), &[], &[("TMPDIR", scratch.path().to_str().unwrap())]);
    for _ in 0..rounds().min(8) {
        let server = start();
        let sound = answers(&server);
        let mut connection = server.connect();
        connection.send("/api/export?format=gpkg&layers=big", "");
        server.until("an export under way", || !remains(scratch.path()).is_empty());
        server.signal("-KILL");
        server.until("its end", || std::net::TcpStream::connect(&server.address).is_err());
        assert!(!remains(scratch.path()).is_empty());
        let server = start();
        assert_eq!(remains(scratch.path()), [""; 0]);
        assert!(answers(&server) == sound);
    }
    Row {
        number: 2,
        fault: ["服务中、正在导出时 kill -9", "kill -9 while it serves and makes an export"],
        outcome: [
            "再启动即照常；临时文件由下一次启动清除",
            "started again, it serves as before; the next start takes the temporary files away",
        ],
    }
    .holds();
}

/// The townships of both counties, exported and edited: places in two files change.
fn edited(folder: &Folder, out: &Path) -> PathBuf {
    let data = folder.path().to_str().unwrap();
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
            feature["properties"]["note"] = json!("改过的备注");
        }
    }
    assert_eq!(counties.len(), 2);
    fs::write(&file, layer.to_string()).unwrap();
    file
}

#[test]
fn killed_while_it_imports_the_folder_is_as_before_or_as_after() {
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let file = edited(&folder, &out.path().join("townships"));
    let before = state(folder.path());
    let import = ["import", file.to_str().unwrap(), "--as", "townships", "--data", data];
    let said = run(&import);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let after = state(folder.path());
    assert_ne!(before, after);
    let again = || {
        for file in ["yunyang/places/townships.geojson", "fengjie/places/townships.geojson"] {
            fs::copy(geodata().join(file), folder.path().join(file)).unwrap();
        }
        assert_eq!(state(folder.path()), before);
    };
    let mut seen = BTreeSet::new();
    kill_at_many_moments(&import, again, || {
        // Whoever looks next puts right what was left halfway.
        assert_eq!(folder.check("zh").code, Some(0));
        let now = state(folder.path());
        assert!(now == before || now == after, "neither as before nor as after");
        assert_eq!(remains(folder.path()), [""; 0]);
        seen.insert(now == after);
    });
    assert!(seen.contains(&true) && seen.contains(&false), "kills came before its end");
    Row {
        number: 3,
        fault: ["导入改动多个文件时 kill -9", "kill -9 while an import changes several files"],
        outcome: ["文件夹要么是导入前，要么是导入后；改了一半的由下一次读取撤回", "the folder is as before or as after; what was changed halfway is taken back by whoever reads it next"],
    }
    .holds();
}

#[test]
fn killed_while_it_exports_there_is_the_whole_export_or_none() {
    let out = tempfile::tempdir().unwrap();
    let data = geodata();
    let (zip, unpacked) = (out.path().join("all.zip"), out.path().join("all"));
    let to = |target: &Path| {
        let target = target.to_str().unwrap().to_owned();
        [
            "export",
            "townships,herbs,medical",
            "--format",
            "gpkg",
            "--data",
            data.to_str().unwrap(),
            "--out",
        ]
        .map(str::to_owned)
        .into_iter()
        .chain([target])
        .collect::<Vec<String>>()
    };
    for target in [&zip, &unpacked] {
        let arguments = to(target);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut names = None;
        kill_at_many_moments(
            &arguments,
            || {
                let _ = fs::remove_file(&zip);
                let _ = fs::remove_dir_all(&unpacked);
            },
            || {
                if !target.exists() {
                    return;
                }
                let now = contents(target);
                assert_eq!(*names.get_or_insert_with(|| now.clone()), now);
            },
        );
        assert!(names.is_some());
    }
    assert!(run(&to(&zip).iter().map(String::as_str).collect::<Vec<_>>()).status.success());
    assert_eq!(remains(out.path()), [""; 0], "the next export takes away what was left");
    Row {
        number: 4,
        fault: ["命令行导出时 kill -9", "kill -9 while the command line exports"],
        outcome: [
            "要么是完整的导出，要么没有；残留由下一次导出清除",
            "the export is whole or not there; the next one takes away what was left",
        ],
    }
    .holds();
}

/// Names within an archive or a folder; an archive must be whole for that.
fn contents(path: &Path) -> BTreeSet<String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    }
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|number| archive.by_index(number).unwrap().name().unwrap().into_owned())
        .collect()
}

#[test]
fn killed_while_it_bundles_there_is_the_whole_bundle_or_none() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/offline/engine.wasm");
    if page.exists() {
        let out = tempfile::tempdir().unwrap();
        let (data, target) = (geodata(), out.path().join("bundle"));
        let bundle = [
            "bundle",
            "--no-reports",
            "--data",
            data.to_str().unwrap(),
            "--out",
            target.to_str().unwrap(),
        ];
        let mut names = None;
        kill_at_many_moments(
            &bundle,
            || drop(fs::remove_dir_all(&target)),
            || {
                if target.exists() {
                    let now = contents(&target);
                    assert_eq!(*names.get_or_insert_with(|| now.clone()), now);
                }
            },
        );
        let _ = fs::remove_dir_all(&target);
        assert!(run(&bundle).status.success());
        assert_eq!(remains(out.path()), [""; 0]);
    } else {
        eprintln!("make bundle-page has not run: there is no bundle to interrupt");
    }
    Row {
        number: 5,
        fault: ["打包带走时 kill -9", "kill -9 while a bundle is written"],
        outcome: [
            "要么是完整的文件夹，要么没有；残留由下一次打包清除",
            "the folder is whole or not there; the next bundle takes away what was left",
        ],
    }
    .holds();
}

/// Runs the program where no file may have more than so many kilobytes.
fn with_little_room(kilobytes: u32, arguments: &[&str]) -> (Option<i32>, String) {
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_plan-atlas")])
        .args(arguments)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn on_a_full_disk_what_was_there_stays_and_the_error_says_so() {
    let (folder, out) = (with_large(20_000), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let before = state(folder.path());
    // An index does not fit: the layer is served without.
    let (code, said) = with_little_room(64, &["check", data, "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("big.geojsonl") && said.contains("index"), "{said}");
    assert!(!folder.path().join(INDEX).exists());

    let plots = out.path().join("plots.geojson");
    fs::write(
        &plots,
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
            points(5_000, 1).trim_end().replace('\n', ",")
        ),
    )
    .unwrap();
    let edited = edited(&folder, &out.path().join("townships"));
    let picture = out.path().join("map.png");
    let zip = out.path().join("big.zip");
    for arguments in [
        &["import", plots.to_str().unwrap(), "--as", "plots", "--data", data][..],
        &["import", edited.to_str().unwrap(), "--as", "townships", "--data", data],
        &["export", "big", "--format", "csv", "--out", zip.to_str().unwrap(), "--data", data],
        &[
            "render",
            "--layers",
            "townships",
            "--width",
            "1200",
            "--height",
            "900",
            "--out",
            picture.to_str().unwrap(),
            "--data",
            data,
        ],
    ] {
        let (code, said) = with_little_room(32, arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains("large") || said.contains("磁盘已满"), "{arguments:?}: {said}");
        assert_eq!(state(folder.path()), before, "{arguments:?}");
        assert_eq!(remains(folder.path()), [""; 0], "{arguments:?}");
        assert_eq!(remains(out.path()), [""; 0], "{arguments:?}");
        assert!(!zip.exists() && !picture.exists());
    }
    Row {
        number: 6,
        fault: ["磁盘满：写索引、导入、导出、出图", "the disk is full: index, import, export, picture"],
        outcome: ["没有索引也照常服务；其余报错并说明，原有文件不变，不留半个文件", "served without an index; everything else fails and says so, what was there stays, and no half file is left"],
    }
    .holds();
}

#[test]
fn a_file_that_is_replaced_while_it_is_read_is_never_mixed() {
    let folder = with_large(20_000);
    let server = Server::start(folder.path(), &[]);
    let (stop, path) = (AtomicBool::new(false), folder.path().join("big.geojsonl"));
    let ask = "/ogc/collections/big/items?bbox=108.5,30.6,109.5,30.7&limit=400&f=json";
    let outcomes = scope(|scope| {
        let (server, stop) = (&server, &stop);
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(move || {
                    let mut outcomes = BTreeSet::new();
                    while !stop.load(Ordering::Relaxed) {
                        let reply = server.get(ask);
                        if reply.status == 503 {
                            assert_eq!(reply.header("retry-after"), "1");
                            outcomes.insert(0);
                            continue;
                        }
                        assert_eq!(reply.status, 200, "{}", reply.text());
                        let page = reply.json();
                        let editions: BTreeSet<u64> = page["features"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|one| one["properties"]["edition"].as_u64().unwrap())
                            .collect();
                        assert_eq!(editions.len(), 1, "one answer, one edition");
                        outcomes.extend(editions);
                    }
                    outcomes
                })
            })
            .collect();
        let becomes = |edition: u64| {
            server.until("the new edition", || {
                let reply = server.get(ask);
                reply.status == 200
                    && reply.json()["features"][0]["properties"]["edition"] == edition
            });
        };
        // Renamed over it, as careful programs do; rewritten in place, as others do; cut off in the middle, and mended.
        let other = folder.path().join(".other");
        fs::write(&other, points(20_000, 2)).unwrap();
        fs::rename(&other, &path).unwrap();
        becomes(2);
        fs::write(&path, points(20_000, 3)).unwrap();
        becomes(3);
        let whole = points(20_000, 4);
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        sleep(Duration::from_secs(1));
        fs::write(&path, whole).unwrap();
        becomes(4);
        stop.store(true, Ordering::Relaxed);
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect::<BTreeSet<u64>>()
    });
    assert!(outcomes.is_superset(&BTreeSet::from([1, 2, 3, 4])), "{outcomes:?}");
    Row {
        number: 7,
        fault: ["大文件在读取中被替换、原地改写、截断", "a large file is replaced, rewritten or cut off while it is read"],
        outcome: ["每个答复只出自一个版本，或答 503 稍后再来；几秒后是新版本", "every answer is of one edition, or 503 with Retry-After; seconds later it is the new one"],
    }
    .holds();
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
    let count = usize::try_from(rounds()).unwrap() * 3;
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
    .holds();
}

#[test]
fn two_servers_share_a_folder_and_none_takes_the_port_of_another() {
    let folder = with_large(20_000);
    let servers = scope(|scope| {
        let starting: Vec<_> =
            (0..2).map(|_| scope.spawn(|| Server::start(folder.path(), &[]))).collect();
        starting.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(answers(&servers[0]) == answers(&servers[1]));
    assert_eq!(remains(folder.path()), [""; 0]);
    let taken =
        run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", &servers[0].address]);
    assert_eq!(taken.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&taken.stderr).contains(&servers[0].address));
    folder.edit("yunyang/projects.csv", "张飞庙", "张桓侯庙");
    for server in &servers {
        server.until("the change", || server.metric("plan_atlas_data_reloads_total") == 1);
    }
    Row {
        number: 9,
        fault: ["两个服务同用一个文件夹；同一端口", "two servers on one folder; on one port"],
        outcome: ["都照常服务、都载入改动；端口被占的说明原因，退出码 3", "both serve and both take changes over; who finds the port taken says so and exits with 3"],
    }
    .holds();
}

#[test]
fn two_imports_at_once_take_turns() {
    let (folder, out) = (Folder::copy(), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let collection = |edition| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
            points(300, edition).trim_end().replace('\n', ",")
        )
    };
    let mut imports = Vec::new();
    for name in ["one", "two", "three"] {
        let file = out.path().join(format!("{name}.geojson"));
        fs::write(&file, collection(1)).unwrap();
        imports.push(begin(&["import", file.to_str().unwrap(), "--as", name, "--data", data]));
    }
    for mut import in imports {
        assert!(import.wait().unwrap().success());
    }
    let check = folder.check("en");
    assert_eq!(check.code, Some(0), "{check:#?}");
    for name in ["one", "two", "three"] {
        assert!(folder.path().join(format!("{name}.geojson")).exists());
    }
    assert_eq!(remains(folder.path()), [""; 0]);
    Row {
        number: 10,
        fault: ["几个导入同时写一个文件夹", "several imports into one folder at once"],
        outcome: [
            "依次进行，都写入，文件夹无错误",
            "they take turns; all are written and the folder is sound",
        ],
    }
    .holds();
}

/// The library that gives a program another clock.
fn other_clock() -> Option<PathBuf> {
    let places = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    ];
    places.iter().map(PathBuf::from).find(|path| path.exists())
}

#[test]
fn a_clock_that_is_set_back_or_forward_stops_nothing() {
    let row = Row {
        number: 11,
        fault: [
            "运行中时钟拨回三天、拨快四十天",
            "the clock is set three days back, and forty days on, while it runs",
        ],
        outcome: [
            "照常服务，改动照样载入；令牌按新时间判断，到期的说明原因",
            "it serves, and takes changes over; passes are judged by the new time, and one that has ended says so",
        ],
    };
    let Some(library) = other_clock() else {
        eprintln!("faketime is not installed: no clock was set");
        return row.holds();
    };
    let (folder, kept) = (with_large(2_000), tempfile::tempdir().unwrap());
    let path = |name: &str| kept.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("clock"), "+0").unwrap();
    let data = folder.path().to_str().unwrap();
    let token =
        run(&["token", "--for", "张工", "--days", "30", "--keys", &path("keys"), "--data", data]);
    let pass = String::from_utf8(token.stdout).unwrap().trim().to_owned();
    let server = Server::start_with(
        folder.path(),
        &["--keys", &path("keys")],
        &[
            ("LD_PRELOAD", library.to_str().unwrap()),
            ("FAKETIME_TIMESTAMP_FILE", &path("clock")),
            ("FAKETIME_NO_CACHE", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
            ("NO_FAKE_STAT", "1"),
        ],
    );
    let signed_in = || {
        let bearer = format!("authorization: Bearer {pass}\r\n");
        server.connect().get_with("/api/session", &bearer).json()
    };
    let sound = answers(&server);
    assert_eq!(signed_in()["audience"], "internal");
    for (number, (clock, audience)) in
        [("-3d", "internal"), ("+40d", "public"), ("-3d", "internal")].into_iter().enumerate()
    {
        fs::write(path("clock"), clock).unwrap();
        assert!(answers(&server) == sound, "{clock}");
        let session = signed_in();
        assert_eq!(session["audience"], audience, "{clock}: {session}");
        assert_eq!(
            session["refused"].as_str().is_some_and(|why| why.contains("ended")),
            audience == "public"
        );
        let from = ["张飞庙", "张桓侯庙", "张飞庙"][number];
        let to = ["张桓侯庙", "张飞庙", "张桓侯庙"][number];
        folder.edit("yunyang/projects.csv", from, to);
        server.until("the change", || {
            server.metric("plan_atlas_data_reloads_total") == number as u64 + 1
        });
    }
    // Times of files that lie in the future, or go back, are changes as any other.
    let file =
        fs::File::options().append(true).open(folder.path().join("yunyang/projects.csv")).unwrap();
    for (count, time) in [
        (4, std::time::SystemTime::now() + Duration::from_hours(24 * 365)),
        (5, std::time::SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 9_000)),
    ] {
        file.set_modified(time).unwrap();
        server.until("the file", || {
            server.metric("plan_atlas_data_reloads_total")
                + server.log().matches("the data folder holds what is served").count() as u64
                >= count
        });
    }
    row.holds();
}

/// Runs the program as somebody who may read a folder and not write it.
fn as_reader(arguments: &[&str]) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_plan-atlas");
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    let output = command.args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_folder_that_cannot_be_written_is_served_and_not_changed() {
    use std::os::unix::fs::PermissionsExt;
    let allow = |folder: &Path, mode: u32| {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (folder, out) = (with_large(2_000), tempfile::tempdir().unwrap());
    let data = folder.path().to_str().unwrap();
    let edited = edited(&folder, &out.path().join("townships"));
    allow(out.path(), 0o755);
    for place in ["", "yunyang", "fengjie", "yunyang/places", "fengjie/places"] {
        allow(&folder.path().join(place), 0o555);
    }
    fs::remove_file(folder.path().join(INDEX))
        .or_else(|error| {
            allow(folder.path(), 0o755);
            let removed = fs::remove_file(folder.path().join(INDEX));
            allow(folder.path(), 0o555);
            removed.map_err(|_| error)
        })
        .unwrap();
    let before = state(folder.path());
    let (code, said) = as_reader(&["check", data, "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("big.geojsonl") && said.contains("index"), "{said}");
    let (code, said) =
        as_reader(&["import", edited.to_str().unwrap(), "--as", "townships", "--data", data]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("不能写入"), "{said}");
    let (code, said) = as_reader(&[
        "import",
        edited.to_str().unwrap(),
        "--as",
        "townships",
        "--data",
        data,
        "--dry-run",
    ]);
    assert_eq!(code, Some(0), "a dry run writes nothing: {said}");
    assert_eq!(state(folder.path()), before);
    // What was left halfway cannot be put right here, and is not served as if nothing were.
    allow(folder.path(), 0o755);
    fs::create_dir(folder.path().join(".plan-atlas-undo")).unwrap();
    fs::write(folder.path().join(".plan-atlas-undo/list.json"), "[]").unwrap();
    allow(folder.path(), 0o555);
    let (code, said) = as_reader(&["check", data, "--lang", "en"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    allow(folder.path(), 0o755);
    assert_eq!(folder.check("en").code, Some(0));
    for place in ["yunyang", "fengjie", "yunyang/places", "fengjie/places"] {
        allow(&folder.path().join(place), 0o755);
    }
    Row {
        number: 12,
        fault: ["文件夹在只读介质上", "the folder is on read-only media"],
        outcome: ["照常服务（大图层每次启动重读）；导入说明不能写入，什么也不变；中断过的导入须先放开写入", "it is served (large layers are read at every start); an import says that it cannot write and changes nothing; an interrupted import asks for write access first"],
    }
    .holds();
}
