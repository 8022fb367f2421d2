//! The file (PMTiles 3, chapters 2 and 3):
//!
//! ```text
//! header 127 │ root directory, room for 16,257 │ tiles by id, each content once │ metadata │ leaves
//! ```
//!
//! Tiles go to the disk as they come; the header and the directories are written at the end. What is
//! held is where each tile lies, and a fingerprint of each content.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::export::WriteError;
use crate::export::pmtiles::directory::{self, Entry};

/// Bytes of the header.
pub const HEADER: usize = 127;

/// Where tiles begin.
const TILES: u64 = 16_384;

/// What the header says of the map.
pub struct Extent {
    /// First and last zoom level.
    pub zooms: (u8, u8),
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
}

/// An archive that is being written.
pub struct Archive {
    out: BufWriter<File>,
    known: HashMap<[u8; 32], (u64, u64)>,
    entries: Vec<Entry>,
    size: u64,
    tiles: u64,
}

impl Archive {
    /// Begins one.
    pub fn begin(mut out: BufWriter<File>) -> Result<Self, WriteError> {
        out.seek(SeekFrom::Start(TILES))?;
        Ok(Self { out, known: HashMap::new(), entries: Vec::new(), size: 0, tiles: 0 })
    }

    /// Takes a tile; ids must rise.
    pub fn add(&mut self, id: u64, content: &[u8]) -> Result<(), WriteError> {
        self.tiles += 1;
        let fingerprint: [u8; 32] = Sha256::digest(content).into();
        let (offset, length) = if let Some(&known) = self.known.get(&fingerprint) {
            known
        } else {
            let packed = gzip(content)?;
            self.out.write_all(&packed)?;
            let place = (self.size, packed.len() as u64);
            self.size += place.1;
            self.known.insert(fingerprint, place);
            place
        };
        match self.entries.last_mut() {
            Some(last) if last.offset == offset && last.id + last.run == id => last.run += 1,
            _ => self.entries.push(Entry { id, run: 1, offset, length }),
        }
        Ok(())
    }

    /// Ends it.
    pub fn finish(mut self, metadata: &str, extent: &Extent) -> Result<(), WriteError> {
        let (root, leaves) = directory::build(&self.entries, gzip)?;
        let metadata = gzip(metadata.as_bytes())?;
        self.out.write_all(&metadata)?;
        self.out.write_all(&leaves)?;
        let (after, counts) = (TILES + self.size, [self.tiles, self.entries.len() as u64]);
        let mut head = Vec::with_capacity(HEADER);
        head.extend_from_slice(b"PMTiles\x03");
        let sections = [
            HEADER as u64,
            root.len() as u64,
            after,
            metadata.len() as u64,
            after + metadata.len() as u64,
            leaves.len() as u64,
            TILES,
            self.size,
            counts[0],
            counts[1],
            self.known.len() as u64,
        ];
        for number in sections {
            head.extend_from_slice(&number.to_le_bytes());
        }
        // Clustered; directories and tiles in gzip; vector tiles.
        head.extend_from_slice(&[1, 2, 2, 1, extent.zooms.0, extent.zooms.1]);
        let [west, south, east, north] = extent.bounds;
        for degrees in [west, south, east, north] {
            head.extend_from_slice(&e7(degrees).to_le_bytes());
        }
        head.push(middle(extent));
        for degrees in [f64::midpoint(west, east), f64::midpoint(south, north)] {
            head.extend_from_slice(&e7(degrees).to_le_bytes());
        }
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.out.write_all(&root)?;
        self.out.flush()?;
        Ok(())
    }
}

/// Degrees as the header holds them.
#[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8 billion, which fits")]
fn e7(degrees: f64) -> i32 {
    (degrees * 1e7).round() as i32
}

/// The zoom level at which the whole of it is about as wide as a screen.
fn middle(extent: &Extent) -> u8 {
    let [west, south, east, north] = extent.bounds;
    let mut width = (east - west).max(north - south).max(1e-9);
    let mut zoom = 0;
    while width < 180.0 && zoom < extent.zooms.1 {
        width *= 2.0;
        zoom += 1;
    }
    zoom.max(extent.zooms.0)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 2), Compression::default());
    encoder.write_all(content)?;
    encoder.finish()
}
