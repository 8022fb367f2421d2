//! `MapServer`, kept running as a `FastCGI` process: Debian's `cgi-mapserver`.

use std::fs;
use std::io::{BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What a map needs to be served: a shapefile of areas called `parcels` in a folder.
const MAP: &str = r#"MAP
  NAME "bench"
  SIZE 256 256
  EXTENT 107 29 110 32
  PROJECTION "init=epsg:4326" END
  OUTPUTFORMAT NAME "png" DRIVER "AGG/PNG" MIMETYPE "image/png" IMAGEMODE RGBA TRANSPARENT ON END
  WEB METADATA "ows_title" "bench" "ows_enable_request" "*" "ows_srs" "EPSG:3857 EPSG:4326" END END
  LAYER
    NAME "parcels"
    TYPE POLYGON
    STATUS ON
    DATA "parcels.shp"
    PROJECTION "init=epsg:4326" END
    METADATA "ows_title" "parcels" END
    CLASS STYLE COLOR 136 136 136 OUTLINECOLOR 90 90 90 WIDTH 1 END END
  END
END
"#;

/// The server, and a connection to it.
pub struct MapServer {
    process: Child,
    stream: BufReader<UnixStream>,
    map: String,
}

impl MapServer {
    /// Serves a folder with `parcels.shp`; `None` where there is no `MapServer`.
    pub fn start(folder: &Path) -> Option<Self> {
        let map = folder.join("bench.map");
        fs::write(&map, MAP).ok()?;
        let config = folder.join("mapserver.conf");
        fs::write(&config, "CONFIG\n ENV\n MS_MAP_PATTERN \".\"\n END\nEND\n").ok()?;
        let socket = folder.join("socket");
        let listener = UnixListener::bind(&socket).ok()?;
        let process = Command::new("mapserv")
            .env("MAPSERVER_CONFIG_FILE", &config)
            .stdin(Stdio::from(OwnedFd::from(listener)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let stream = BufReader::new(UnixStream::connect(&socket).ok()?);
        Some(Self { process, stream, map: map.to_str()?.to_owned() })
    }

    /// The bytes of a picture in Web Mercator.
    pub fn map(&mut self, [west, south, east, north]: [f64; 4], side: u32) -> Vec<u8> {
        let query = format!(
            "map={}&SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=parcels&STYLES=&CRS=EPSG:3857&BBOX={west},{south},{east},{north}&WIDTH={side}&HEIGHT={side}&FORMAT=image/png&TRANSPARENT=TRUE",
            self.map
        );
        let answer = self.ask(&query).expect("an answer of MapServer");
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
        let body = answer[head..].to_vec();
        assert!(body.starts_with(b"\x89PNG"), "{}", String::from_utf8_lossy(&answer));
        body
    }

    /// One request as `FastCGI` 1.0 has it: begin (1), parameters (4), input (5); output (6), end (3).
    fn ask(&mut self, query: &str) -> std::io::Result<Vec<u8>> {
        let mut parameters = Vec::new();
        for (name, value) in [("REQUEST_METHOD", "GET"), ("QUERY_STRING", query)] {
            parameters.push(u8::try_from(name.len()).unwrap_or(0));
            let length = u32::try_from(value.len()).unwrap_or(0) | 1 << 31;
            parameters.extend(length.to_be_bytes());
            parameters.extend(name.as_bytes());
            parameters.extend(value.as_bytes());
        }
        let record = |kind: u8, content: &[u8]| {
            let [high, low] = u16::try_from(content.len()).unwrap_or(0).to_be_bytes();
            [&[1, kind, 0, 1, high, low, 0, 0], content].concat()
        };
        let request = [
            record(1, &[0, 1, 1, 0, 0, 0, 0, 0]),
            record(4, &parameters),
            record(4, &[]),
            record(5, &[]),
        ];
        self.stream.get_mut().write_all(&request.concat())?;
        let mut answer = Vec::new();
        loop {
            let mut head = [0; 8];
            self.stream.read_exact(&mut head)?;
            let length = usize::from(u16::from_be_bytes([head[4], head[5]]));
            let mut content = vec![0; length + usize::from(head[6])];
            self.stream.read_exact(&mut content)?;
            match head[1] {
                6 => answer.extend_from_slice(&content[..length]),
                3 => return Ok(answer),
                _ => {}
            }
        }
    }
}

impl Drop for MapServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
