//! Reading a large layer for one answer: the feature read last is kept, and so is the first failure.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::model::Place;
use crate::store::feature::Window;
use crate::store::{Store, Unreadable};

/// Reads rows of a store for one answer.
///
/// Whoever composes an answer cannot stop at every cell of it. So a row that cannot be read is `None`
/// here, and the answer counts only if [`Reader::check`] has nothing to say when it is done.
pub struct Reader {
    store: Arc<Store>,
    /// Rows that are far from each other are mostly asked for by different threads, so that each has its own.
    last: [Mutex<Last>; HANDS],
    failed: OnceLock<Unreadable>,
    asked: AtomicBool,
}

/// Threads that do not get into each other's way.
const HANDS: usize = 8;
/// Rows that the same hand reads one after the other.
const BLOCK: usize = 256;

#[derive(Default)]
struct Last {
    window: Window,
    place: Option<(usize, Arc<Place>)>,
}

impl Reader {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            last: Default::default(),
            failed: OnceLock::new(),
            asked: AtomicBool::new(false),
        }
    }

    /// What is read.
    #[must_use]
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    fn last(&self, row: usize) -> MutexGuard<'_, Last> {
        let hand = &self.last[row / BLOCK % HANDS];
        hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The feature in a row; `None` where it cannot be read. Asked for twice in a row it is read once.
    pub fn place(&self, row: usize) -> Option<Arc<Place>> {
        let mut last = self.last(row);
        if let Some((_, place)) = last.place.as_ref().filter(|(known, _)| *known == row) {
            return Some(place.clone());
        }
        let place = Arc::new(self.noted(last.window.place(&self.store, row))?);
        last.place = Some((row, place.clone()));
        Some(place)
    }

    /// The id that the file gives the feature in a row; its number where there is none.
    pub fn own_id(&self, row: usize) -> Option<String> {
        self.noted(self.last(row).window.own_id(&self.store, row))
    }

    /// The row of the feature with this id, as the file has it.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.noted(self.store.find(id)).flatten()
    }

    fn noted<T>(&self, read: Result<T, Unreadable>) -> Option<T> {
        self.asked.store(true, Ordering::Relaxed);
        read.inspect_err(|failure| _ = self.failed.set(failure.clone())).ok()
    }

    /// Whether it was asked for anything.
    pub fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether everything that was asked for could be read, from the file that was catalogued.
    ///
    /// # Errors
    /// When something could not, or the file is another one by now.
    pub fn check(&self) -> Result<(), Unreadable> {
        self.failed.get().cloned().map_or_else(|| self.store.check(), Err)
    }
}
