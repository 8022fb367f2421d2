//! A file that is read by position, and may change under our hands.
//!
//! It is not mapped into memory: a program that rewrites a mapped file in place (most GIS programs do)
//! would end the server with a bus error, and on Windows a mapped file cannot be saved at all.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// What tells one state of a file from another, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 of its last change; 0 where the system does not say.
    pub modified: u64,
}

impl Identity {
    /// Of the file that is at a path now.
    #[cfg(feature = "server")]
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        Ok(Self::told(&std::fs::metadata(path)?))
    }

    fn of(file: &File) -> io::Result<Self> {
        Ok(Self::told(&file.metadata()?))
    }

    fn told(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0);
        Self { size: metadata.len(), modified }
    }
}

/// An open file, in the state in which it was opened.
pub struct ReadFile {
    file: File,
    identity: Identity,
}

impl ReadFile {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let identity = Identity::of(&file)?;
        Ok(Self { file, identity })
    }

    /// The state in which it was opened.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.identity
    }

    /// Whether it is still as it was.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        Identity::of(&self.file).is_ok_and(|now| now == self.identity)
    }

    /// Appends so many bytes from a position; fewer where the file ends before.
    ///
    /// # Errors
    /// When reading fails.
    pub fn read(&self, from: u64, count: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let start = out.len();
        out.resize(start + count, 0);
        let mut filled = start;
        let result = loop {
            let rest = &mut out[filled..];
            if rest.is_empty() {
                break Ok(());
            }
            match read_at(&self.file, rest, from + (filled - start) as u64) {
                Ok(0) => break Ok(()),
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        out.truncate(filled);
        result
    }
}

/// A page has no files.
#[cfg(not(any(unix, windows)))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
