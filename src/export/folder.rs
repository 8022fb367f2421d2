//! Where an export is written, how far it has come, and what can go wrong on the way.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::query::{Budget, Stopped};
use crate::store::Unreadable;

use crate::export::names::Names;

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Disk full, or more than one file may have.
    #[error(
        "there is no room for {file}: the disk is full, or a file may not be so large; free some space, choose another place, or take fewer layers. Nothing half-written is left"
    )]
    Full {
        /// The file.
        file: String,
    },
    /// A folder of somebody's own.
    #[error("{file}: the folder is not empty; name a new one, or a .zip")]
    Taken {
        /// The folder.
        file: String,
    },
    /// No permission, no such folder …
    #[error("cannot write {file}: {error}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        error: io::Error,
    },
    /// Whoever asked has gone.
    #[error("the export was cancelled")]
    Cancelled,
    /// The file of a large layer is another one by now, or cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The library behind a format refuses.
    #[error("cannot write {format}: {reason}")]
    Format {
        /// The format.
        format: &'static str,
        /// What it says.
        reason: String,
    },
}

impl WriteError {
    /// What the system says of a file.
    #[must_use]
    pub fn io(file: &str, error: io::Error) -> Self {
        let file = file.to_owned();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full { file }
            }
            _ => Self::Io { file, error },
        }
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::io("the export", error)
    }
}

/// A folder of its own for one export.
pub struct Folder {
    root: PathBuf,
    files: Vec<String>,
    mark: Option<&'static str>,
    stems: Names,
}

/// Bytes that are collected before they go to the disk.
const BUFFER: usize = 1 << 18;

impl Folder {
    /// Writes into an existing folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), files: Vec::new(), mark: None, stems: Names::of_files() }
    }

    /// Puts a mark into the name of every file from now on: `herbs.shp` becomes `herbs_GCJ-02.shp`.
    pub fn mark(&mut self, mark: Option<&'static str>) {
        self.mark = mark;
    }

    /// A name for files, without ending, that nothing else in the export has, in whatever capitals: the
    /// one wished for, or the same with a number. Give layers theirs before what is derived from them.
    pub fn stem(&mut self, wish: &str) -> String {
        self.stems.file(wish)
    }

    /// Names for the files of several tables, each as [`Folder::stem`] gives it.
    pub fn stems<'t>(&mut self, ids: impl Iterator<Item = &'t str>) -> Vec<String> {
        ids.map(|id| self.stem(id)).collect()
    }

    /// Creates a file.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(&mut self, name: &str) -> Result<BufWriter<File>, WriteError> {
        let path = self.claim(name);
        let file = File::create(&path).map_err(|error| WriteError::io(name, error))?;
        Ok(BufWriter::with_capacity(BUFFER, file))
    }

    /// The path of a file that a library creates by itself.
    pub fn claim(&mut self, name: &str) -> PathBuf {
        let marked = match (self.mark, name.split_once('.')) {
            (Some(mark), Some((stem, ending))) => format!("{stem}_{mark}.{ending}"),
            _ => name.to_owned(),
        };
        let path = self.root.join(&marked);
        self.files.push(marked);
        path
    }

    /// Names of the files, in the order in which they were begun.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// How far an export has come; shared with whoever waits for it.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
    budget: Budget,
}

impl Progress {
    /// Goes on as long as a budget lasts.
    #[must_use]
    pub fn within(budget: Budget) -> Self {
        Self { budget, ..Self::default() }
    }

    /// For work on the way that writes no rows: it ends with the same budget and is not counted.
    #[must_use]
    pub fn uncounted(&self) -> Self {
        Self::within(self.budget.clone())
    }

    /// Says how much there is to do.
    pub fn expect(&self, rows: u64) {
        self.total.fetch_add(rows, Ordering::Relaxed);
    }

    /// Says that rows were written.
    ///
    /// # Errors
    /// When the export was cancelled meanwhile.
    pub fn advance(&self, rows: u64) -> Result<(), WriteError> {
        self.done.fetch_add(rows, Ordering::Relaxed);
        self.check()
    }

    /// Says that nothing was written, but time has gone by.
    ///
    /// # Errors
    /// When the export was cancelled meanwhile.
    pub fn check(&self) -> Result<(), WriteError> {
        self.budget.check().map_err(|Stopped| WriteError::Cancelled)
    }

    /// Rows written, and rows in all.
    #[must_use]
    pub fn state(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}
