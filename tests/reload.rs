//! A data folder that changes while it is served.
//!
//! The program itself is watched from outside: what it answers, tells its operators and logs.

mod common;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use common::folder::Folder;
use common::server::{Connection, Reply, Server};

const TOWNSHIPS: &str = "yunyang/places/townships.geojson";
const TOWNSHIP: &str = "/api/places/500235001";

/// Longer than the folder must be at rest before it is read, and than reading takes.
const LONG_ENOUGH: Duration = Duration::from_secs(6);

fn name_of(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["place"]["name"].as_str().unwrap().to_owned()
}

fn version(server: &Server) -> String {
    server.get("/api/atlas").json()["data_version"].as_str().unwrap().to_owned()
}

#[test]
fn a_change_is_taken_over_and_open_connections_go_on() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &[]);
    let mut open = server.connect();
    let before = open.get(TOWNSHIP);
    assert_eq!(name_of(&before), "双江街道");
    let status = open.get("/api/status");
    assert_eq!(status.json()["refused"], serde_json::Value::Null);

    folder.edit(TOWNSHIPS, "双江街道", "双江新街道");
    server.until("the new name", || name_of(&server.get(TOWNSHIP)) == "双江新街道");

    let known = format!("if-none-match: {}\r\n", before.header("etag"));
    let after = open.get_with(TOWNSHIP, &known);
    assert_eq!(name_of(&after), "双江新街道", "on the connection opened before");
    assert_ne!(after.header("etag"), before.header("etag"));
    let known = format!("if-none-match: {}\r\n", after.header("etag"));
    assert_eq!(open.get_with(TOWNSHIP, &known).status, 304);
    let now = open.get("/api/status");
    assert_ne!(now.header("etag"), status.header("etag"));
    assert!(now.json()["loaded_at"].as_str() > status.json()["loaded_at"].as_str());
    assert_eq!(server.metric("plan_atlas_data_reloads_total"), 1);
    assert_eq!(open.get("/tiles/townships/9/410/209.mvt").status, 200);
}

#[test]
fn a_broken_change_is_refused_and_named_until_it_is_mended() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &[]);
    let (before, good) = (version(&server), server.get("/api/status"));
    let known = format!("if-none-match: {}\r\n", good.header("etag"));
    assert_eq!(server.connect().get_with("/api/status", &known).status, 304);

    let line =
        folder.edit("yunyang/roles.csv", "yunyang:shuikou-cluster", "yunyang:shuiku-cluster");
    let place = format!("yunyang/roles.csv:{line}");
    server.until("/readyz tells", || server.get("/readyz").text().contains(&place));
    let ready = server.get("/readyz");
    assert_eq!(ready.status, 200, "the last good data is served");
    for said in [&before, "未载入", "refused", "yunyang:shuikou-cluster"] {
        assert!(ready.text().contains(said), "{said} is not in {}", ready.text());
    }
    assert_eq!(version(&server), before);
    assert_eq!(server.get(TOWNSHIP).status, 200);
    let status = server.connect().get_with("/api/status", &known);
    assert_eq!(status.status, 200, "a refusal is news");
    let status = status.json();
    assert_eq!(status["data_version"], before.as_str());
    assert_eq!(status["refused"]["count"], 1, "{status}");
    let problem = &status["refused"]["problems"][0];
    for (language, words) in [("zh", "没有编号为"), ("en", "there is no place")] {
        let text = problem[language].as_str().unwrap();
        assert!(text.contains(&place) && text.contains(words), "{text}");
    }
    let log = server.log();
    assert!(log.lines().any(|l| l.contains("ERROR") && l.contains(&place)), "{log}");
    assert_eq!(server.metric("plan_atlas_data_refusals_total"), 1);
    assert_eq!(server.metric("plan_atlas_data_refused"), 1);

    folder.edit("yunyang/roles.csv", "yunyang:shuiku-cluster", "yunyang:shuikou-cluster");
    server.until("it is withdrawn", || server.get("/api/status").json()["refused"].is_null());
    assert_eq!(version(&server), before, "what was taken back is what is served");
    assert_eq!(server.metric("plan_atlas_data_refused"), 0);

    folder.edit("yunyang/roles.csv", "yunyang:shuikou-cluster", "yunyang:shuiku-cluster");
    server.until("refused again", || !server.get("/api/status").json()["refused"].is_null());
    folder.edit("yunyang/roles.csv", "yunyang:shuiku-cluster", "yunyang:shuikou-cluster");
    folder.edit(TOWNSHIPS, "双江街道", "双江新街道");
    server.until("mended and changed", || version(&server) != before);
    assert!(server.get("/api/status").json()["refused"].is_null());
    assert!(!server.get("/readyz").text().contains("refused"));
}

#[test]
fn a_folder_that_goes_away_and_comes_back_is_never_missed() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &[]);
    let before = version(&server);
    let hidden = folder.path().with_extension("away");
    fs::rename(folder.path(), &hidden).unwrap();
    server.until("it is told", || server.get("/readyz").text().contains("atlas.toml"));
    assert_eq!(version(&server), before);
    fs::rename(&hidden, folder.path()).unwrap();
    server.until("it is back", || !server.get("/readyz").text().contains("atlas.toml"));
    assert_eq!(version(&server), before);
}

/// Tells those who ask to stop, also when the test fails meanwhile.
struct Enough<'a>(&'a AtomicBool);

impl Drop for Enough<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asks until told to stop; every `ETag` with what was answered under it.
fn hammer(mut connection: Connection, address: &str, stop: &AtomicBool) -> Vec<(String, String)> {
    let mut heard = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let reply = connection.get(address);
        assert_eq!(reply.status, 200, "{address}: {}", reply.text());
        let mark = reply.text().split('第').nth(1).map(|rest| rest.chars().next().unwrap());
        heard.push((reply.header("etag").to_owned(), mark.unwrap_or('0').to_string()));
    }
    heard
}

#[test]
fn no_answer_mixes_two_versions_and_none_fails_while_data_is_exchanged() {
    let folder = Folder::copy();
    folder.edit(TOWNSHIPS, "双江街道", "第0版街道");
    let server = Server::start(folder.path(), &[]);
    let stop = AtomicBool::new(false);
    let heard = thread::scope(|scope| {
        let addresses = [
            TOWNSHIP,
            "/api/places?q=街道&limit=1000".replace("街道", "%E8%A1%97%E9%81%93").leak(),
            "/api/pairs?a=townships&b=medical&than=nearer&distance=200000",
            "/api/places/500235001/within?distance=1000",
        ];
        let workers: Vec<_> = addresses
            .iter()
            .map(|address| scope.spawn(|| hammer(server.connect(), address, &stop)))
            .collect();
        let enough = Enough(&stop);
        for n in 1..=3 {
            let (old, new) = (format!("第{}版", n - 1), format!("第{n}版"));
            folder.edit(TOWNSHIPS, &old, &new);
            server.until(&new, || name_of(&server.get(TOWNSHIP)).contains(&new));
        }
        drop(enough);
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    let mut marks: HashMap<String, String> = HashMap::new();
    for (tag, mark) in heard.into_iter().flatten() {
        let first = marks.entry(tag.clone()).or_insert_with(|| mark.clone());
        assert_eq!(*first, mark, "two contents under {tag}");
    }
    assert_eq!(marks.len(), 4, "{marks:?}");
}

#[test]
fn a_table_that_is_being_written_is_not_served_before_it_is_whole() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &[]);
    let total = || server.get("/api/projects").json()["total"].as_u64().unwrap();
    let before = total();
    let path = folder.path().join("yunyang/projects.csv");
    let mut text = fs::read_to_string(&path).unwrap();
    let last = text.trim_end().lines().last().unwrap().to_owned();
    let id = last.split(',').next().unwrap();
    text = format!("{}\n{}\n", text.trim_end(), last.replacen(id, "PJ999", 1));
    // Rows in several steps, with pauses longer than the time between two looks: every beginning of
    // the table is a table that could be served.
    let rows: Vec<&str> = text.split_inclusive('\n').collect();
    let parts = rows.chunks(rows.len().div_ceil(5));
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let mut file = File::create(&path).unwrap();
            for part in parts {
                file.write_all(part.concat().as_bytes()).unwrap();
                sleep(Duration::from_millis(1500));
            }
        });
        while !writer.is_finished() {
            assert_eq!(total(), before, "a part of the table is served");
            assert!(!server.get("/readyz").text().contains("refused"), "a part was read");
            sleep(Duration::from_millis(50));
        }
    });
    server.until("the whole table", || total() != before);
    assert_eq!(total(), before + 1);
    assert_eq!(server.metric("plan_atlas_data_reloads_total"), 1, "in one step");
}

#[cfg(unix)]
#[test]
fn without_watching_only_a_signal_takes_a_change_over() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &["--no-watch"]);
    folder.edit(TOWNSHIPS, "双江街道", "双江新街道");
    sleep(LONG_ENOUGH);
    assert_eq!(name_of(&server.get(TOWNSHIP)), "双江街道");
    server.signal("-HUP");
    server.until("the new name", || name_of(&server.get(TOWNSHIP)) == "双江新街道");
    server.signal("-HUP");
    server.until("nothing new", || server.log().contains("holds what is served"));
    assert_eq!(server.metric("plan_atlas_data_reloads_total"), 1);
}

#[test]
fn a_large_file_that_is_saved_again_without_a_change_is_answered_again() {
    let folder = Folder::copy();
    let point = r#"{"type":"Feature","properties":{"name":"试验田"},"geometry":{"type":"Point","coordinates":[108.9,31.0]}}"#;
    folder.add("plots.geojsonl", point);
    let server = Server::start(folder.path(), &[]);
    assert_eq!(name_of(&server.get("/api/places/plots:1")), "试验田");
    let before = version(&server);
    // A file system notes times to some milliseconds.
    sleep(Duration::from_millis(50));
    folder.add("plots.geojsonl", point);
    let stale = server.get("/api/places/plots:1");
    assert_eq!(stale.status, 503, "{}", stale.text());
    assert_eq!(server.get(TOWNSHIP).status, 200);
    assert_eq!(
        server.get("/api/near?lon=108.7&lat=30.9&radius=2000").status,
        200,
        "nothing of the file is near"
    );
    server.until("the same answer", || server.get("/api/places/plots:1").status == 200);
    assert_eq!(version(&server), before);
}
