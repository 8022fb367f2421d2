//! The program itself, serving a folder on a port of its own, asked over real sockets.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take that is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; gone with this value.
pub struct Server {
    child: Child,
    pub address: String,
    /// Holds the log, and whatever the server puts into its temporary folder.
    kept: TempDir,
}

impl Server {
    /// Starts on a free port; returns when it answers.
    pub fn start(folder: &Path, options: &[&str]) -> Self {
        Self::start_with(folder, options, &[])
    }

    /// The same with variables of the environment.
    pub fn start_with(folder: &Path, options: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_by(&[], folder, options, variables)
    }

    /// The same by another program, which sees to the circumstances.
    pub fn start_by(
        runner: &[String],
        folder: &Path,
        options: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let scratch = kept.path().join("tmp");
        std::fs::create_dir(&scratch).unwrap();
        let log = File::create(kept.path().join("log")).unwrap();
        // `make load` measures the release build.
        let program = std::env::var_os("PLAN_ATLAS_PROGRAM");
        let program = program.unwrap_or_else(|| env!("CARGO_BIN_EXE_plan-atlas").into());
        let mut words = runner.iter().map(OsString::from).chain([program]);
        let mut child = Command::new(words.next().unwrap())
            .args(words)
            .args(["serve", "--listen", "127.0.0.1:0", "--data", folder.to_str().unwrap()])
            .args(options)
            // Not among the settings of whoever runs the tests.
            .env("PLAN_ATLAS_KEYS", kept.path().join("keys"))
            .env("TMPDIR", &scratch)
            .envs(variables.iter().copied())
            .env("RUST_LOG", "plan_atlas=info,tower_http=info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").map(|(_, a)| a.trim_end_matches('/'));
        let address = address.map(str::to_owned);
        let server = Self { child, address: address.unwrap_or_default(), kept };
        assert!(!server.address.is_empty(), "it did not start: {}", server.log());
        server
    }

    /// A connection that is kept open.
    pub fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Connection(BufReader::new(stream))
    }

    /// One GET on a connection of its own.
    pub fn get(&self, address: &str) -> Reply {
        self.connect().get(address)
    }

    /// Everything logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.kept.path().join("log")).unwrap()
    }

    /// Names in the server's temporary folder.
    pub fn scratch(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.kept.path().join("tmp")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Megabytes of memory that the server has now.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
    }

    /// A number of `/metrics`.
    pub fn metric(&self, name: &str) -> u64 {
        let text = self.get("/metrics").text();
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
        line.unwrap_or_else(|| panic!("{name} is not in {text}")).parse().unwrap()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Waits until something is so.
    pub fn until(&self, what: &str, mut is: impl FnMut() -> bool) {
        let begin = Instant::now();
        while !is() {
            assert!(begin.elapsed() < PATIENCE, "waited for: {what}; log:\n{}", self.log());
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection to the server.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Sends a request without reading the answer.
    pub fn send(&mut self, address: &str, headers: &str) {
        self.write(&format!("GET {address} HTTP/1.1\r\nhost: atlas\r\n{headers}\r\n"));
    }

    /// Sends bytes as they are.
    pub fn write(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// Asks, and reads the answer whole.
    pub fn get(&mut self, address: &str) -> Reply {
        self.get_with(address, "")
    }

    /// The same with headers, each ended by a line break.
    pub fn get_with(&mut self, address: &str, headers: &str) -> Reply {
        self.send(address, headers);
        self.reply()
    }

    /// The answer to what was sent.
    pub fn reply(&mut self) -> Reply {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.0.read_line(&mut head).unwrap(), 0, "no answer: {head}");
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut reply = Reply { status, head, body: Vec::new() };
        let length = reply.header("content-length").parse().unwrap_or(0);
        reply.body.resize(length, 0);
        self.0.read_exact(&mut reply.body).unwrap();
        reply
    }
}

/// An answer, read whole.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        values.next().map_or("", |(_, value)| value.trim())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.head))
    }
}
