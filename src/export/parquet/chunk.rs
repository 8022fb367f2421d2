//! The values of one column between two flushes, and the page that they become: plain, uncompressed
//! (Parquet format 2, "Plain", "Run Length Encoding / Bit-Packing Hybrid", "Data Pages").

use std::io::{self, Write};

use crate::export::parquet::thrift::Struct;
use crate::tile::wire;

/// Encodings of Parquet.
pub const PLAIN: i32 = 0;
/// Of definition and repetition levels.
pub const RLE: i32 = 3;

/// Physical types of Parquet that are written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Physical {
    /// One bit.
    Boolean = 0,
    /// Whole numbers.
    Int64 = 2,
    /// Numbers.
    Double = 5,
    /// Text, JSON, well-known binary.
    Bytes = 6,
}

/// A column without children.
pub struct Chunk {
    /// Names from the root to the column.
    pub path: Vec<String>,
    /// What it holds.
    pub physical: Physical,
    /// Smallest and largest number, where that is kept for readers to skip by.
    pub range: Option<[f64; 2]>,
    /// Entries without a value.
    pub nulls: u64,
    /// Definition level of a value: one for each step of the path that may be missing.
    full: u8,
    lists: bool,
    values: Vec<u8>,
    bits: usize,
    definitions: Vec<u8>,
    repetitions: Vec<u8>,
}

impl Chunk {
    /// An empty column. `full` is the definition level of a value, `lists` whether a row may have several.
    pub fn new(path: Vec<String>, physical: Physical, full: u8, lists: bool) -> Self {
        Self {
            path,
            physical,
            full,
            lists,
            range: None,
            nulls: 0,
            values: Vec::new(),
            bits: 0,
            definitions: Vec::new(),
            repetitions: Vec::new(),
        }
    }

    /// Bytes that it holds.
    pub fn size(&self) -> usize {
        self.values.len() + self.definitions.len() + self.repetitions.len()
    }

    /// Entries: rows, or items of lists.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// A row, or an item that `continues` a row's list, which is missing from `level` on.
    pub fn missing(&mut self, level: u8) {
        self.nulls += 1;
        self.level(level, false);
    }

    /// A text or bytes.
    pub fn bytes(&mut self, bytes: &[u8], continues: bool) {
        self.level(self.full, continues);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.values.extend_from_slice(&length.to_le_bytes());
        self.values.extend_from_slice(bytes);
    }

    /// A whole number.
    pub fn integer(&mut self, number: i64) {
        self.level(self.full, false);
        self.values.extend_from_slice(&number.to_le_bytes());
    }

    /// A number.
    pub fn real(&mut self, number: f64) {
        self.level(self.full, false);
        self.values.extend_from_slice(&number.to_le_bytes());
    }

    /// A number that counts for the range.
    pub fn edge(&mut self, number: f64) {
        self.real(number);
        let [low, high] = self.range.unwrap_or([number, number]);
        self.range = Some([low.min(number), high.max(number)]);
    }

    /// Yes or no.
    pub fn boolean(&mut self, yes: bool) {
        self.level(self.full, false);
        let place = self.bits % 8;
        if place == 0 {
            self.values.push(0);
        }
        if let Some(last) = self.values.last_mut() {
            *last |= u8::from(yes) << place;
        }
        self.bits += 1;
    }

    fn level(&mut self, definition: u8, continues: bool) {
        self.definitions.push(definition);
        if self.lists {
            self.repetitions.push(continues.into());
        }
    }

    /// Writes what it holds as one page, and returns its size with its header.
    pub fn write(&self, out: &mut impl Write) -> io::Result<u64> {
        let mut levels = Vec::new();
        if self.lists {
            encode(&mut levels, &self.repetitions, 1);
        }
        encode(&mut levels, &self.definitions, if self.full > 1 { 2 } else { 1 });
        let size = i32::try_from(levels.len() + self.values.len()).map_err(io::Error::other)?;
        let count = i32::try_from(self.len()).map_err(io::Error::other)?;
        let mut head = Vec::new();
        let mut page = Struct::begin(&mut head);
        page.i32(1, 0).i32(2, size).i32(3, size).inner(5, |data| {
            data.i32(1, count).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
        });
        page.end();
        for part in [&head, &levels, &self.values] {
            out.write_all(part)?;
        }
        Ok((head.len() + levels.len() + self.values.len()) as u64)
    }

    /// Forgets what it holds.
    pub fn clear(&mut self) {
        self.values.clear();
        self.definitions.clear();
        self.repetitions.clear();
        (self.nulls, self.bits, self.range) = (0, 0, None);
    }
}

/// Levels with their length before them: one run where all are alike, else packed `width` bits each.
fn encode(out: &mut Vec<u8>, levels: &[u8], width: usize) {
    let begin = out.len();
    out.extend_from_slice(&[0; 4]);
    match levels.first() {
        Some(&first) if levels.iter().all(|&level| level == first) => {
            wire::unsigned(out, (levels.len() as u64) << 1);
            out.push(first);
        }
        _ => {
            wire::unsigned(out, (levels.len().div_ceil(8) as u64) << 1 | 1);
            for eight in levels.chunks(8) {
                let mut bits = [0_u8; 2];
                for (number, level) in eight.iter().enumerate() {
                    let at = number * width;
                    bits[at / 8] |= level << (at % 8);
                }
                out.extend_from_slice(&bits[..width]);
            }
        }
    }
    let length = u32::try_from(out.len() - begin - 4).unwrap_or(u32::MAX);
    out[begin..begin + 4].copy_from_slice(&length.to_le_bytes());
}
