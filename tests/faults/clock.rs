//! Clocks that are wrong.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::common::folder::run;
use crate::common::server::Server;
use crate::table::Row;
use crate::tools::{answers, with_large};

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
        eprintln!("libfaketime is not installed: no clock was set");
        return;
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
        (4, SystemTime::now() + Duration::from_hours(24 * 365)),
        (5, SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 9_000)),
    ] {
        file.set_modified(time).unwrap();
        server.until("the file", || {
            server.metric("plan_atlas_data_reloads_total")
                + server.log().matches("the data folder holds what is served").count() as u64
                >= count
        });
    }
    row.holds(["时钟改三次、文件时间改两次", "three times the clock, twice the time of a file"]);
}
