//! A window on a GeoJSON text, moved from feature to feature; and where features may begin, so that
//! several readers can start at once.
//!
//! Where a feature begins in the middle of a file cannot be told for certain: what looks like one may
//! be a property of another. A reader begins at what looks like one, and [`load::large`](crate::load::large) takes
//! what it found only where the reader before it arrives at that very position.

use std::io;

use memchr::memmem;

use crate::load::fault::Fault;
use crate::store::ReadFile;

/// Bytes that are read at once.
pub const STEP: usize = 4 * 1024 * 1024;

/// How features follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framing {
    /// In the array of a `FeatureCollection`, with commas between them. Each begins with these bytes, as
    /// far as one can know from the first.
    Collection(Vec<u8>),
    /// Each on a line of its own.
    Lines,
    /// Each behind a record separator (RFC 8142).
    Records,
}

/// The record separator of RFC 7464.
pub const SEPARATOR: u8 = 0x1E;

/// What comes next.
pub enum Next {
    /// A feature, or what should be one, here.
    Feature(u64),
    /// The end of all features.
    End(u64),
    /// Neither.
    Neither(u64, Fault),
}

/// A window on the file.
pub struct Stretch<'f> {
    file: &'f ReadFile,
    framing: &'f Framing,
    /// Where `bytes` begin in the file.
    start: u64,
    bytes: Vec<u8>,
    at: usize,
    /// Whether a feature was just read, so that a comma has to follow.
    behind: bool,
}

impl<'f> Stretch<'f> {
    /// Stands at a position where a feature begins, or the end of the array.
    pub fn at(file: &'f ReadFile, framing: &'f Framing, position: u64) -> io::Result<Self> {
        let mut stretch =
            Self { file, framing, start: position, bytes: Vec::new(), at: 0, behind: false };
        stretch.grow()?;
        Ok(stretch)
    }

    /// A window from a position to `until` at least, of which nobody knows yet where a feature begins.
    pub fn over(
        file: &'f ReadFile,
        framing: &'f Framing,
        position: u64,
        until: u64,
    ) -> io::Result<Self> {
        // A line begins behind the end of the one before.
        let start = position.saturating_sub(1);
        let mut stretch = Self { file, framing, start, bytes: Vec::new(), at: 0, behind: false };
        let wanted = usize::try_from(until - start).unwrap_or(usize::MAX);
        file.read(start, wanted.saturating_add(STEP / 16), &mut stretch.bytes)?;
        Ok(stretch)
    }

    /// The bytes between two positions, as far as the window has them.
    pub fn between(&self, from: u64, until: u64) -> &[u8] {
        let place = |position: u64| {
            let place = position.saturating_sub(self.start);
            usize::try_from(place).unwrap_or(usize::MAX).min(self.bytes.len())
        };
        &self.bytes[place(from)..place(until)]
    }

    /// Steps to where a feature seems to begin; whether anything looks like one before `until`.
    pub fn guess(&mut self, until: u64) -> bool {
        let found = match self.framing {
            Framing::Collection(opening) => {
                memmem::find(&self.bytes[1.min(self.bytes.len())..], opening).map(|at| at + 1)
            }
            Framing::Lines => memchr::memchr(b'\n', &self.bytes).map(|at| at + 1),
            Framing::Records => memchr::memchr(SEPARATOR, &self.bytes),
        };
        let found = found.filter(|at| self.start + (*at as u64) < until);
        self.at = found.unwrap_or_default();
        found.is_some()
    }

    /// The position that it stands at.
    fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    /// What is in the window from where it stands.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// Steps behind a feature.
    pub fn advance(&mut self, length: usize) {
        self.at += length;
        self.behind = true;
    }

    /// Whether the file goes on behind the window.
    pub fn can_grow(&self) -> bool {
        self.start + (self.bytes.len() as u64) < self.file.identity().size
    }

    /// Reads on, and forgets what it has passed.
    pub fn grow(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.at);
        self.start += self.at as u64;
        self.at = 0;
        let end = self.start + self.bytes.len() as u64;
        // Twice as much each time: a feature of a hundred megabytes is not read a hundred times.
        let before = self.bytes.len();
        self.file.read(end, before.max(STEP), &mut self.bytes)?;
        if self.bytes.len() == before && self.can_grow() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    /// Steps to the next feature, over whatever may stand between two.
    pub fn next(&mut self) -> io::Result<Next> {
        let in_array = matches!(self.framing, Framing::Collection(_));
        let mut comma = !self.behind || !in_array;
        loop {
            let Some(&byte) = self.bytes.get(self.at) else {
                if self.can_grow() {
                    self.grow()?;
                    continue;
                }
                let here = self.position();
                let reason = "the list of features breaks off".to_owned();
                return Ok(if in_array {
                    Next::Neither(here, Fault::InvalidJson { reason })
                } else {
                    Next::End(here)
                });
            };
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                SEPARATOR if !in_array => self.at += 1,
                b',' if !comma => {
                    comma = true;
                    self.at += 1;
                }
                b']' if in_array && !(self.behind && comma) => {
                    return Ok(Next::End(self.position()));
                }
                _ if comma => {
                    self.behind = false;
                    return Ok(Next::Feature(self.position()));
                }
                other => {
                    let found = char::from(other);
                    let reason = format!("{found:?} between two features; a comma is expected");
                    return Ok(Next::Neither(self.position(), Fault::InvalidJson { reason }));
                }
            }
        }
    }
}
