//! Many clients at once, as they come: a crowd that asks what browsers were seen to ask, one that reads slowly, one
//! that stalls while it sends, a change of the data in the middle; and more than the server takes.
//!
//! `cargo test` looks whether it holds for some seconds. `make load` measures a minute of it on the release build.

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use common::folder::Folder;
use common::server::{Connection, Reply, Server};

/// Clients of the crowd.
const CROWD: usize = 64;

/// What they ask, as often as it was seen.
const RECORDED: &str = include_str!("fixtures/recorded.txt");

/// How long the crowd stays.
fn stay() -> Duration {
    let seconds = std::env::var("PLAN_ATLAS_LOAD_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(6))
}

/// The recorded requests, in an order in which the rare ones come evenly between the others.
fn recorded() -> Vec<&'static str> {
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    let mut all: Vec<(f64, &str)> = Vec::new();
    for (number, (count, address)) in lines.filter_map(|line| line.split_once(' ')).enumerate() {
        let count: u32 = count.parse().unwrap();
        // Begun at a place of its own, or everything would be asked for the first time at once.
        let begin = (f64::from(u32::try_from(number).unwrap()) * 0.618).fract();
        all.extend((0..count).map(|turn| ((f64::from(turn) + begin) / f64::from(count), address)));
    }
    all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    all.into_iter().map(|(_, address)| address).collect()
}

#[test]
fn a_crowd_is_answered_while_others_dawdle_and_the_data_changes() {
    let folder = Folder::copy();
    let server = Server::start(folder.path(), &[]);
    let mix = recorded();
    // Everything once, so that what is measured later is not what it costs to begin.
    let mut first = server.connect();
    for address in &mix {
        assert_eq!(first.get(address).status, 200, "{address}");
    }
    let before = server.memory();
    let (stop, stay) = (AtomicBool::new(false), stay());
    let (times, peak) = thread::scope(|scope| {
        let (server, mix, stop) = (&server, &mix, &stop);
        let crowd: Vec<_> = (0..CROWD)
            .map(|number| scope.spawn(move || asks(server, mix, number * mix.len() / CROWD, stop)))
            .collect();
        let memory = scope.spawn(move || {
            let mut peak: f64 = 0.0;
            while !stop.load(Ordering::Relaxed) {
                peak = peak.max(server.memory());
                sleep(Duration::from_millis(100));
            }
            peak
        });
        let slow = scope.spawn(move || reads_slowly(server));
        let stalled = scope.spawn(move || stalls(server));
        sleep(stay / 2);
        folder.edit("yunyang/projects.csv", "张飞庙", "张桓侯庙");
        server.until("the change", || server.metric("plan_atlas_data_reloads_total") == 1);
        sleep(stay / 2);
        slow.join().expect("whoever reads slowly is answered in full");
        stop.store(true, Ordering::Relaxed);
        stalled.join().expect("whoever stalls harms nobody");
        let times: Vec<_> =
            crowd.into_iter().flat_map(|one| one.join().expect("no error")).collect();
        (times, memory.join().unwrap())
    });
    drop(first);
    server.until("the crowd has gone", || server.metric("plan_atlas_connections") <= 2);
    let after = server.memory();
    report(&times);
    println!("resident memory: {before:.0} MB before, {peak:.0} MB at most, {after:.0} MB after");
    assert_eq!(server.metric("plan_atlas_heavy_under_way"), 0);
    assert!(server.scratch().is_empty(), "{:?}", server.scratch());
    // Two versions of the data are there for a moment, and what was asked of each.
    assert!(after < 2.0 * before + 100.0, "{before} MB before, {after} MB after");
}

/// Asks one after the other until told to stop; what was asked, and how long it took.
fn asks(
    server: &Server,
    mix: &[&'static str],
    first: usize,
    stop: &AtomicBool,
) -> Vec<(&'static str, f64)> {
    let mut connection = server.connect();
    let mut times = Vec::new();
    for address in mix.iter().cycle().skip(first) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let begun = Instant::now();
        let reply = connection.get(address);
        times.push((*address, begun.elapsed().as_secs_f64()));
        assert_eq!(reply.status, 200, "{address}: {}", String::from_utf8_lossy(&reply.body));
    }
    times
}

/// What kind of request an address is.
fn kind(address: &str) -> &'static str {
    let kinds = [
        ("/tiles/", "tile"),
        ("/api/here", "here"),
        ("/api/search", "search"),
        ("/api/export?", "export"),
        ("/api/places/", "dossier"),
        ("/api/places?", "list of places"),
    ];
    let known = kinds.iter().find(|(begin, _)| address.starts_with(begin));
    known.map_or("other", |(_, kind)| kind)
}

fn report(times: &[(&str, f64)]) {
    let mut of: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (address, seconds) in times {
        of.entry(kind(address)).or_default().push(*seconds);
        of.entry("all").or_default().push(*seconds);
    }
    println!("{CROWD} connections, {} s and a change of the data: no error", stay().as_secs());
    println!("{:16} {:>9} {:>10} {:>10}", "", "answers", "p50", "p99");
    for (kind, mut seconds) in of {
        seconds.sort_by(f64::total_cmp);
        let at = |share: usize| seconds[(seconds.len() - 1) * share / 100] * 1e3;
        println!("{kind:16} {:>9} {:>7.1} ms {:>7.1} ms", seconds.len(), at(50), at(99));
    }
}

/// Takes a large answer in small pieces, with pauses.
fn reads_slowly(server: &Server) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream
        .write_all(
            b"GET /api/places?limit=1000 HTTP/1.1\r\nhost: atlas\r\nconnection: close\r\n\r\n",
        )
        .unwrap();
    let (mut all, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        match stream.read(&mut piece).unwrap() {
            0 => break,
            count => all.extend_from_slice(&piece[..count]),
        }
        sleep(Duration::from_millis(50));
    }
    assert!(all.starts_with(b"HTTP/1.1 200") && all.ends_with(b"}"));
}

/// Says that a body comes, sends half of it, and waits until it is told that this is no way to behave.
fn stalls(server: &Server) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = "POST /api/within HTTP/1.1\r\nhost: atlas\r\ncontent-length: 1000\r\n\r\n{\"type\":";
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(50))).unwrap();
    let mut answer = Vec::new();
    let _ = stream.take(4096).read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
}

/// Questions that take their time, each another.
fn heavy(number: usize) -> String {
    format!("/api/pairs?a=townships&b=herbs&than=nearer&distance={}", 200_000 + number)
}

#[test]
fn more_than_the_server_takes_is_refused_quickly_and_it_recovers() {
    let server = Server::start(&common::geodata(), &[]);
    let (answered, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (refusals, light) = thread::scope(|scope| {
        let (server, answered, stop) = (&server, &answered, &stop);
        let crowd: Vec<_> = (0..4 * CROWD)
            .map(|number| scope.spawn(move || insists(server, number, answered, stop)))
            .collect();
        let light = scope.spawn(move || asks(server, &["/api/status", "/healthz"], 0, stop));
        sleep(stay());
        stop.store(true, Ordering::Relaxed);
        let refusals: Vec<f64> = crowd.into_iter().flat_map(|one| one.join().unwrap()).collect();
        (refusals, light.join().expect("what costs nothing is answered meanwhile"))
    });
    let answered = answered.into_inner();
    let share = |mut seconds: Vec<f64>, of: usize| {
        seconds.sort_by(f64::total_cmp);
        seconds[(seconds.len() - 1) * of / 100] * 1e3
    };
    let (count, light) = (refusals.len(), light.into_iter().map(|(_, seconds)| seconds).collect());
    assert!(answered > 0 && count > 0, "{answered} answered, {count} refused");
    println!(
        "{} clients with large questions: {answered} answered, {count} refused (p50 {:.1} ms, p99 {:.1} ms); small ones meanwhile: p99 {:.1} ms",
        4 * CROWD,
        share(refusals.clone(), 50),
        share(refusals, 99),
        share(light, 99),
    );
    server.until("nothing is under way", || server.metric("plan_atlas_heavy_under_way") == 0);
    let mut connection = server.connect();
    for address in recorded().iter().take(50).map(|address| (*address).to_owned()).chain([heavy(0)])
    {
        assert_eq!(connection.get(&address).status, 200, "{address}");
    }
}

/// Asks large questions until told to stop, at once again when refused; how long refusals took.
fn insists(server: &Server, number: usize, answered: &AtomicUsize, stop: &AtomicBool) -> Vec<f64> {
    let mut connection: Connection = server.connect();
    let mut refusals = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let reply: Reply = connection.get(&heavy(number));
        match reply.status {
            200 => drop(answered.fetch_add(1, Ordering::Relaxed)),
            503 => {
                refusals.push(begun.elapsed().as_secs_f64());
                assert_eq!(reply.header("retry-after"), "1");
            }
            other => panic!("{other}: {}", reply.text()),
        }
    }
    refusals
}
