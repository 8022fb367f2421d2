//! How far reading has come, for whoever waits.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is being read, and how much of it has been. Shared between the thread that reads and one that shows it.
#[derive(Debug, Default)]
pub struct Progress {
    file: Mutex<Option<String>>,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    pub(super) fn begin(&self, file: &str, bytes: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(bytes, Ordering::Relaxed);
        self.set(Some(file.to_owned()));
    }

    pub(super) fn advance(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.set(None);
    }

    fn set(&self, file: Option<String>) {
        *self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = file;
    }

    /// The large file that is being read, with its bytes: read so far, and in all.
    pub fn state(&self) -> Option<(String, u64, u64)> {
        let file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()?;
        Some((file, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed)))
    }
}
