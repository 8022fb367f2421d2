//! A client over a socket, and the program as somebody starts it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A connection that is kept open.
pub struct Client(BufReader<TcpStream>, String);

impl Client {
    pub fn new(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Self(BufReader::with_capacity(1 << 18, stream), String::new())
    }

    /// Asks, and reads the answer whole; its bytes, or the status where it is not 200.
    pub fn ask(&mut self, address: &str) -> Result<usize, String> {
        let Self(stream, line) = self;
        let request = format!("GET {address} HTTP/1.1\r\nhost: atlas\r\n\r\n");
        stream.get_mut().write_all(request.as_bytes()).map_err(|error| error.to_string())?;
        let (mut length, mut status) = (0, String::new());
        // Cheap, so that what is measured is the server.
        loop {
            line.clear();
            stream.read_line(line).map_err(|error| error.to_string())?;
            if status.is_empty() {
                line.trim().clone_into(&mut status);
            }
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = stream.take(length);
        std::io::copy(&mut body, &mut std::io::sink()).map_err(|error| error.to_string())?;
        if status.contains(" 200 ") {
            Ok(usize::try_from(length).unwrap_or(0))
        } else {
            Err(status)
        }
    }
}

/// The program serving a folder; it ends with this value.
pub struct Program {
    process: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts it, and waits until it says where it answers.
    pub fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_plan-atlas"))
            .args(["serve", "--listen", "127.0.0.1:0", "--no-watch", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let said = process.stdout.take().expect("its output");
        BufReader::new(said).read_line(&mut line).expect("its address");
        let address = line.trim().rsplit("http://").next().and_then(|at| at.strip_suffix('/'));
        let address = address.and_then(|at| at.parse().ok()).expect("an address");
        Self { process, address }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Bytes of memory of its own: what the system caches of files is not counted.
    pub fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        kilobytes.unwrap_or(f64::NAN) * 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
