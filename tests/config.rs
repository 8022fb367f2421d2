//! Settings of a server: by flag, by variable, by file, in this order; and its record of who did what.

mod common;

use std::fs;
use std::process::{Command, Output};

use common::folder::run;
use common::geodata;
use common::server::Server;
use serde_json::Value;
use tempfile::TempDir;

/// A file of settings.
fn file(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan-atlas.toml");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// What `serve` says when it cannot begin; with variables of the environment.
fn refused(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plan-atlas"));
    let Output { status, stderr, .. } =
        program.arg("serve").args(arguments).envs(variables.iter().copied()).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_flag_counts_before_a_variable_and_that_before_the_file() {
    let nowhere = |place: &str| format!("/nowhere/{place}");
    let (_kept, path) = file("data = \"/nowhere/file\"\n");
    let names = |arguments: &[&str], variables: &[(&str, &str)]| {
        let (code, text) = refused(arguments, variables);
        assert_eq!(code, Some(1), "{text}");
        ["flag", "variable", "file"].into_iter().find(|place| text.contains(&nowhere(place)))
    };
    let flag = ["--data", "/nowhere/flag", "--config", path.as_str()];
    let variable = [("PLAN_ATLAS_DATA", "/nowhere/variable")];
    assert_eq!(names(&flag, &variable), Some("flag"));
    assert_eq!(names(&flag[2..], &variable), Some("variable"));
    assert_eq!(names(&flag[2..], &[]), Some("file"));
    assert_eq!(names(&[], &[("PLAN_ATLAS_CONFIG", path.as_str())]), Some("file"));
}

#[test]
fn every_option_can_stand_in_the_file() {
    let text = format!(
        "# 注释\nlisten = \"127.0.0.1:0\"\ndata = {:?}\nrate = 2\nburst = 3\nno-watch = true\nlog = \"json\"\nconnections = 10\ncors = [\"https://a.example\", \"https://b.example\"]\ntrusted-proxies = \"127.0.0.1\"\n",
        geodata()
    );
    let (_kept, path) = file(&text);
    let server = Server::start(&geodata(), &["--config", &path]);
    let from = |origin: &str| {
        let reply = server.connect().get_with(
            "/tiles/herbs.json",
            &format!("origin: {origin}\r\nx-forwarded-for: 192.0.2.{}\r\n", origin.len()),
        );
        reply.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(from("https://b.example"), "https://b.example");
    assert_eq!(from("https://other.example"), "");
    let statuses: Vec<u16> = (0..9).map(|_| server.get("/api/status").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    assert!(server.log().lines().all(|line| line.starts_with('{')), "{}", server.log());
}

#[test]
fn what_nobody_knows_is_refused_with_file_and_line() {
    for (text, line, hint) in [
        ("listen = \"127.0.0.1:0\"\nratte = 5\n", 2, "burst"),
        ("\n\nrate = \"many\"\n", 3, "many"),
        ("log = \"xml\"\n", 1, "json"),
        ("data = 1.5\n", 1, "expected is a text"),
        ("config = \"other.toml\"\n", 1, "known are"),
        ("question-time = 0\n", 1, "1..=3600"),
        ("cors = [\"https://a.example\", \"b.example\"]\n", 1, "https://map.example"),
        ("trusted-proxies = [\"10.0.0.0/40\"]\n", 1, "10.0.0.0/8"),
        ("data = \n", 1, ""),
    ] {
        let (_kept, path) = file(text);
        let (code, told) = refused(&["--config", &path], &[]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(&format!("{path}:{line}: ")), "{text:?}: {told}");
        assert!(told.contains(hint), "{text:?}: {told}");
    }
    let (code, told) = refused(&["--config", "/nowhere/plan-atlas.toml"], &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("/nowhere/plan-atlas.toml") && told.contains("无法读取"), "{told}");
    let (code, told) = refused(&["--rate", "x"], &[("PLAN_ATLAS_DATA", "/nowhere")]);
    assert_eq!(code, Some(2), "{told}");
}

/// A running server with a record, and somebody of the staff.
struct Recorded {
    server: Server,
    folder: TempDir,
    pass: String,
}

impl Recorded {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let token = run(&[
            "token",
            "--for",
            "张工",
            "--audience",
            "internal",
            "--keys",
            &path("keys"),
            "--data",
            geodata().to_str().unwrap(),
        ]);
        let pass = String::from_utf8(token.stdout).unwrap();
        let pass =
            pass.split_whitespace().find(|word| word.starts_with("pass.")).unwrap().to_owned();
        let server =
            Server::start(&geodata(), &["--keys", &path("keys"), "--audit", &path("audit.jsonl")]);
        Self { server, folder, pass }
    }

    fn post(&self, address: &str, body: &str) -> common::server::Reply {
        let mut connection = self.server.connect();
        let length = body.len();
        let pass = &self.pass;
        connection.write(&format!(
            "POST {address} HTTP/1.1\r\nhost: atlas\r\ncontent-type: application/json\r\nauthorization: Bearer {pass}\r\ncontent-length: {length}\r\n\r\n{body}"
        ));
        connection.reply()
    }

    fn lines(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.folder.path().join("audit.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[test]
fn who_signed_in_and_what_was_shared_and_taken_away_is_recorded() {
    let recorded = Recorded::start();
    assert!(recorded.lines().is_empty());
    let sign_in = format!("{{\"token\":\"{}\"}}", recorded.pass);
    assert_eq!(recorded.post("/api/session", &sign_in).status, 200);
    assert_eq!(recorded.post("/api/session", "{\"token\":\"pass.made.up\"}").status, 401);
    let share =
        recorded.post("/api/shares", "{\"layers\":[\"herbs\"],\"language\":\"zh\",\"days\":3}");
    assert_eq!(share.status, 200, "{}", share.text());
    let token = share.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(recorded.post("/api/session", &format!("{{\"token\":\"{token}\"}}")).status, 200);
    let export = recorded.server.get("/api/export?format=csv&layers=herbs,medical&crs=EPSG:4490");
    assert_eq!(export.status, 200);
    let lines = recorded.lines();
    let all = Value::from(lines.clone());
    let events = common::values(&all, "event");
    assert_eq!(events, ["signed-in", "refused", "share-made", "share-opened", "export"]);
    for line in &lines {
        assert_eq!(line["address"], "127.0.0.1", "{line}");
        assert!(line["time"].as_str().unwrap().ends_with('Z'), "{line}");
        assert!(!line.to_string().contains(&token), "no line lets anybody in: {line}");
        assert!(!line.to_string().contains(&recorded.pass), "{line}");
    }
    assert_eq!(lines[0]["holder"], "张工");
    assert_eq!(lines[2]["holder"], "张工");
    assert_eq!(lines[2]["layers"], serde_json::json!(["herbs"]));
    assert_eq!(lines[4]["layers"], serde_json::json!(["herbs", "medical"]));
    assert_eq!((&lines[4]["format"], &lines[4]["crs"]), (&"csv".into(), &"EPSG:4490".into()));
    assert_eq!(lines[4]["request"], export.header("x-request-id"));
}

#[test]
fn guessing_is_refused_before_it_fills_the_record() {
    let recorded = Recorded::start();
    let tries = (0..30)
        .map(|n| recorded.post("/api/session", &format!("{{\"token\":\"pass.{n}.x\"}}")).status);
    let statuses: Vec<u16> = tries.collect();
    assert!(statuses[..10].iter().all(|status| *status == 401), "{statuses:?}");
    assert!(statuses.iter().filter(|status| **status == 429).count() > 10, "{statuses:?}");
    assert!(recorded.lines().len() < 20);
    let sign_in = format!("{{\"token\":\"{}\"}}", recorded.pass);
    assert_eq!(recorded.post("/api/session", &sign_in).status, 200, "the right pass opens");
}

#[test]
fn what_cannot_be_recorded_is_not_done() {
    let recorded = Recorded::start();
    let path = recorded.folder.path().join("audit.jsonl");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let export = recorded.server.get("/api/export?format=csv&layers=herbs");
    assert_eq!(export.status, 507);
    assert!(export.text().contains("record"), "{}", export.text());
    let sign_in = format!("{{\"token\":\"{}\"}}", recorded.pass);
    let signed_in = recorded.post("/api/session", &sign_in);
    assert_eq!((signed_in.status, signed_in.header("set-cookie")), (507, ""));
    assert_eq!(recorded.server.get("/api/status").status, 200);
    fs::remove_dir(&path).unwrap();
    assert_eq!(recorded.server.get("/api/export?format=csv&layers=herbs").status, 200);
    assert_eq!(recorded.lines().len(), 1, "a record that was moved away is begun anew");

    let nowhere = ["--listen", "127.0.0.1:0", "--audit", "/nowhere/audit.jsonl", "--data"];
    let data = geodata();
    let (code, told) = refused(&[&nowhere[..], &[data.to_str().unwrap()]].concat(), &[]);
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("/nowhere/audit.jsonl"), "{told}");
}
