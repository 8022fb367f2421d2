//! Where the server meets a network: what browsers may load, who is let in, how much is taken, what is written down.

mod common;

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::folder::Folder;
use common::secrets::get_as;
use common::server::{Connection, Server};
use common::{Answer, ask, geodata, get, shipped, state};
use plan_atlas::http::{Edges, Patience, app, listen};
use plan_atlas::model::Audience;
use sha2::{Digest, Sha256};

/// An answer of every kind.
const KINDS: [&str; 14] = [
    "/",
    "/seal.svg",
    "/api/atlas",
    "/api/nothing",
    "/openapi.json",
    "/healthz",
    "/ogc?f=html",
    "/ogc?f=json",
    "/ogc/collections/herbs/items?f=html&limit=3",
    "/map.svg?layers=townships&width=300&height=200",
    "/reports/place.html?place=500235143",
    "/reports/place.pdf?place=500235143",
    "/tiles/herbs.json",
    "/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetFeatureInfo&LAYERS=townships&QUERY_LAYERS=townships&CRS=CRS:84&BBOX=108,30,110,32&WIDTH=100&HEIGHT=100&I=50&J=50&INFO_FORMAT=text/html&STYLES=",
];

#[tokio::test]
async fn every_answer_says_what_a_browser_may_load_and_no_page_needs_more() {
    for address in KINDS {
        let answer = get(address).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{address}");
        let policy = answer.header("content-security-policy");
        if answer.header("content-type") == "application/pdf" {
            assert_eq!(policy, "", "a viewer is a page of its own");
            continue;
        }
        assert!(policy.starts_with("default-src 'none'; "), "{address}: {policy}");
        assert!(policy.ends_with("; frame-ancestors 'self'"), "{address}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{address}: {policy}");
        let kind = answer.header("content-type");
        if kind.starts_with("text/html") || kind.starts_with("image/svg") {
            needs_nothing_inline(address, &answer);
        }
    }
}

/// What stands in a page and would have to be allowed by name: scripts, handlers, styles.
fn needs_nothing_inline(address: &str, answer: &Answer) {
    let page = String::from_utf8(answer.body.clone()).unwrap();
    let policy = answer.header("content-security-policy");
    let tags = page.split('<').filter_map(|rest| rest.split('>').next());
    for tag in tags {
        assert!(!tag.contains(" style=") && !tag.contains(" on"), "{address}: <{tag}>");
        assert!(!tag.starts_with("script") || tag.contains(" src="), "{address}: <{tag}>");
    }
    for style in page.split("<style>").skip(1).map(|rest| rest.split("</style>").next().unwrap()) {
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(policy.contains(&format!("style-src 'sha256-{hash}'")), "{address}: {policy}");
    }
}

#[tokio::test]
async fn not_modified_leaves_the_policy_of_a_kept_page_alone() {
    let page = get("/ogc?f=html").await;
    let tag = page.header("etag").to_owned();
    let again = Request::get("/ogc?f=html").header("if-none-match", tag).body(Body::empty());
    let answer = ask(shipped(), again.unwrap()).await;
    assert_eq!(answer.status, 304);
    assert_eq!(answer.header("content-security-policy"), "");
}

#[tokio::test]
async fn the_page_may_load_the_grounds_of_whoever_asks_and_no_others() {
    let folder = Folder::copy();
    let ground = |id: &str| {
        format!(
            "\n[[basemaps]]\nid = \"{id}\"\ntitle = \"{id}\"\ntitle_en = \"{id}\"\nkind = \"xyz\"\nurl = \"https://{id}.example:8443/{{z}}/{{x}}/{{y}}.png\"\ndatum = \"CGCS2000\"\nattribution = \"{id}\"\n"
        )
    };
    let kept = "\n[audiences.internal]\nbasemaps = [\"inner\"]\n";
    let path = folder.path().join("atlas.toml");
    let manifest = std::fs::read_to_string(&path).unwrap();
    folder.add("atlas.toml", manifest + kept + &ground("open") + &ground("inner"));
    let app = common::secrets::gated(folder.path());
    let policy = async |grant: &str| {
        let answer = get_as(app.clone(), "/", grant).await;
        answer.header("content-security-policy").to_owned()
    };
    let everybody = policy("").await;
    for part in ["img-src", "connect-src"] {
        let sources = everybody.split("; ").find(|one| one.starts_with(part)).unwrap();
        assert!(sources.contains(" https://open.example:8443"), "{everybody}");
    }
    assert!(!everybody.contains("inner"), "{everybody}");
    let staff = policy(&common::secrets::pass(Audience::Internal)).await;
    assert!(staff.contains(" https://inner.example:8443"), "{staff}");
}

#[tokio::test]
async fn only_pages_that_were_named_may_show_the_atlas_in_a_frame() {
    let frames = vec!["https://county.example".parse().unwrap()];
    let state = state(&geodata()).edged(Edges { frames, ..Edges::default() }).unwrap();
    let request = Request::get("/").body(Body::empty()).unwrap();
    let policy = ask(app(state), request).await.header("content-security-policy").to_owned();
    assert!(policy.ends_with("; frame-ancestors 'self' https://county.example"), "{policy}");
    for wrong in
        ["county.example", "https://a.example; script-src *", "ftp://a.example", "https://"]
    {
        assert!(wrong.parse::<plan_atlas::http::Origin>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let up = ["../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd"];
    let places = [
        "/",
        "/assets/",
        "/basemaps/",
        "/tiles/",
        "/api/places/",
        "/ogc/collections/",
        "/ogc/styles/",
        "/api/projects/",
        "/ogc/tileMatrixSets/",
    ];
    for place in places {
        for name in
            up.iter().copied().chain(["..\\..\\atlas.toml", "atlas.toml", "%00", "C:%5Cwindows"])
        {
            let answer = get(&format!("{place}{name}")).await;
            assert!(answer.status.is_client_error(), "{place}{name}: {}", answer.status);
        }
    }
    for format in common::FORMATS {
        let answer = get(&format!("/api/export?format={format}&layers=../../etc/passwd")).await;
        assert_eq!(answer.status, 404, "{format}");
    }
}

#[test]
fn a_plan_whose_folder_lies_elsewhere_is_refused_with_its_line() {
    let folder = Folder::copy();
    folder.edit("atlas.toml", "\"yunyang\"", "\"../yunyang\"");
    let check = folder.check("en");
    assert_eq!(check.code, Some(1));
    let told = check.lines.iter().any(|line| {
        line.contains("atlas.toml")
            && line.contains("../yunyang")
            && line.contains("name of its folder")
    });
    assert!(told, "{check:#?}");
    let folder = Folder::copy();
    folder.edit("fengjie/plan.toml", "id = \"fengjie\"", "id = \"../../fengjie\"");
    let check = folder.check("en");
    assert!(check.lines.iter().any(|line| line.contains("fengjie/plan.toml")), "{check:#?}");
}

#[test]
fn what_is_too_large_is_refused_with_the_limit() {
    let server = Server::start(&geodata(), &[]);
    let long = "x".repeat(40_000);
    let many = "x-more: 1\r\n".repeat(150);
    for headers in [format!("x-long: {long}\r\n"), many] {
        assert_eq!(server.connect().get_with("/healthz", &headers).status, 431);
    }
    let reply = server.get(&format!("/api/search?q={}", &long[..9_000]));
    assert_eq!(reply.status, 414);
    assert!(reply.text().contains("8192"), "{}", reply.text());
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = "POST /api/within HTTP/1.1\r\nhost: atlas\r\ncontent-length: 50000000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    assert!(answer_of(&mut stream).starts_with("HTTP/1.1 413"), "before anything was sent");
}

/// All that comes until the connection ends, or nothing more does.
fn answer_of(stream: &mut TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count) = stream.read(&mut piece) {
        if count == 0 {
            break;
        }
        all.extend_from_slice(&piece[..count]);
        if all.windows(4).any(|end| end == b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn one_address_may_ask_so_much_and_a_trusted_proxy_says_which_it_is() {
    let limits = ["--rate", "2", "--burst", "10", "--trusted-proxies", "127.0.0.0/8"];
    let server = Server::start(&geodata(), &limits);
    let ask = |client: &str| {
        server.connect().get_with("/api/status", &format!("x-forwarded-for: {client}\r\n"))
    };
    let statuses: Vec<u16> = (0..30).map(|_| ask("198.51.100.1").status).collect();
    let answered = statuses.iter().filter(|status| **status == 200).count();
    assert!((10..20).contains(&answered), "{statuses:?}");
    let refused = ask("198.51.100.1");
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(ask("203.0.113.9").status, 200, "others do not pay for it");
    // What stands before the proxy's own word is made up.
    assert_eq!(ask("203.0.113.77, 198.51.100.1").status, 429);
    assert_eq!(
        server.connect().get_with("/healthz", "x-forwarded-for: 198.51.100.1\r\n").status,
        200
    );
    assert!(server.log().contains("client=198.51.100.1"), "{}", server.log());

    let server = Server::start(&geodata(), &["--rate", "2", "--burst", "10"]);
    let spoofed = (0..30).map(|n| {
        server
            .connect()
            .get_with("/api/status", &format!("x-forwarded-for: 198.51.100.{n}\r\n"))
            .status
    });
    assert!(spoofed.filter(|status| *status == 429).count() > 10, "nobody else is believed");
}

#[test]
fn only_a_trusted_proxy_says_what_links_begin_with() {
    let host = "x-forwarded-host: map.example\r\nx-forwarded-proto: https\r\n";
    let first = |options: &[&str]| {
        let server = Server::start(&geodata(), options);
        let page = server.connect().get_with("/tiles/herbs.json", host).json();
        page["tiles"][0].as_str().unwrap().to_owned()
    };
    assert!(first(&["--trusted-proxies", "127.0.0.1"]).starts_with("https://map.example/"));
    assert!(first(&[]).starts_with("http://atlas/"));
}

#[test]
fn a_connection_too_many_is_told_so_at_once_and_there_is_place_again_later() {
    let server = Server::start(&geodata(), &["--connections", "3"]);
    let mut held: Vec<Connection> = (0..3).map(|_| server.connect()).collect();
    assert!(held.iter_mut().all(|connection| connection.get("/healthz").status == 200));
    let begun = Instant::now();
    let reply = server.get("/healthz");
    assert_eq!(reply.status, 503);
    assert_eq!(reply.header("retry-after"), "1");
    assert_eq!(reply.json()["status"], 503);
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert!(held[0].get("/healthz").status == 200, "those that were there are served");
    drop(held.pop());
    server.until("a place", || {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
        answer_of(&mut stream).starts_with("HTTP/1.1 200")
    });
    assert_eq!(
        held[0]
            .get("/metrics")
            .text()
            .lines()
            .filter(|line| line.starts_with("plan_atlas_connections_turned_away_total"))
            .count(),
        1
    );
}

/// A server of which clients may try the patience.
async fn impatient() -> (SocketAddr, plan_atlas::http::AppState) {
    let short = Duration::from_millis(400);
    let patience = Patience { header: short, pause: short, body: 3 * short, reader: short };
    let state = state(&geodata()).edged(Edges { patience, ..Edges::default() }).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = state.clone();
    tokio::spawn(async move {
        listen(listener, app(served.clone()), &served, std::future::pending::<()>()).await;
    });
    (address, state)
}

/// How long it takes until the server ends a connection on which `write` is called now and then.
fn until_closed(address: SocketAddr, mut write: impl FnMut(&mut TcpStream)) -> (Duration, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let begun = Instant::now();
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while begun.elapsed() < Duration::from_secs(10) {
        write(&mut stream);
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => all.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(_) => {}
        }
    }
    (begun.elapsed(), String::from_utf8_lossy(&all).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_the_server_waiting_loses_the_connection() {
    let (address, _) = impatient().await;
    let client = tokio::task::spawn_blocking(move || {
        let (silent, _) = until_closed(address, |_| {});
        assert!(silent < Duration::from_secs(5), "without a request: {silent:?}");

        let mut header = "GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ".to_owned();
        let (dripping, _) = until_closed(address, |stream| {
            let _ = stream.write_all(std::mem::replace(&mut header, "x".into()).as_bytes());
        });
        assert!(dripping < Duration::from_secs(5), "with half a header: {dripping:?}");

        let mut head = "POST /api/within HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 100000\r\n\r\n".to_owned();
        let (stalled, _) = until_closed(address, |stream| {
            let _ = stream.write_all(std::mem::take(&mut head).as_bytes());
        });
        assert!(stalled < Duration::from_secs(5), "with no body: {stalled:?}");

        let mut head = "POST /api/within HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 100000\r\n\r\n".to_owned();
        let (trickling, answer) = until_closed(address, |stream| {
            let _ = stream.write_all(std::mem::replace(&mut head, " ".into()).as_bytes());
        });
        assert!(trickling < Duration::from_secs(5), "byte by byte: {trickling:?}");
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    });
    client.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_nothing_of_an_answer_loses_the_connection() {
    let (address, _) = impatient().await;
    let client = tokio::task::spawn_blocking(move || {
        // Megabytes, of which nothing is read; more than what the system keeps by itself.
        let mut stream = TcpStream::connect(address).unwrap();
        let ask = "GET /api/places?limit=1000 HTTP/1.1\r\nhost: a\r\n\r\n".repeat(40);
        stream.write_all(ask.as_bytes()).unwrap();
        let begun = Instant::now();
        let open = || {
            let mut other = TcpStream::connect(address).unwrap();
            other
                .write_all(b"GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                .unwrap();
            let mut text = String::new();
            other.read_to_string(&mut text).unwrap();
            let line = text.lines().find_map(|line| line.strip_prefix("plan_atlas_connections "));
            line.unwrap().parse::<usize>().unwrap()
        };
        assert_eq!(open(), 2);
        while open() > 1 {
            assert!(begun.elapsed() < Duration::from_secs(10));
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = stream.shutdown(Shutdown::Both);
    });
    client.await.unwrap();
}

#[test]
fn the_log_names_the_request_and_never_the_token_of_a_link() {
    let server = Server::start(&geodata(), &["--log", "json"]);
    let reply = server.get("/?share=share.SECRETSECRET.abc&z=9");
    let id = reply.header("x-request-id").to_owned();
    assert_eq!(id.len(), 36, "{}", reply.head);
    let given = server.connect().get_with("/api/status", "x-request-id: ticket-4711\r\n");
    assert_eq!(given.header("x-request-id"), "ticket-4711");
    server.get("/api/search?q=x&share=share.SECRETSECRET");
    let log = server.log();
    assert!(!log.contains("SECRET"), "{log}");
    assert!(log.contains("share=…&z=9"), "{log}");
    for id in [&id, "ticket-4711"] {
        let line = log.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{log}"));
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["span"]["id"], *id, "{line}");
        assert_eq!(line["span"]["client"], "127.0.0.1", "{line}");
    }
}
