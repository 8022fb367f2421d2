//! Work on a file in pieces, on all processors.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// Does so many pieces of work on all processors, one after the other, and gives what came of them in order.
pub fn in_turn<T: Send + Sync>(
    count: usize,
    piece: impl Fn(usize) -> io::Result<T> + Sync,
) -> io::Result<Vec<T>> {
    let done: Vec<OnceLock<T>> = std::iter::repeat_with(OnceLock::new).take(count).collect();
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<io::Error>> = Mutex::new(None);
    let work = || -> io::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = done.get(number) else { return Ok(()) };
            let _ = slot.set(piece(number)?);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(count.max(1));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                if let Err(error) = work() {
                    next.store(usize::MAX / 2, Ordering::Relaxed);
                    *failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(error);
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(error);
    }
    Ok(done.into_iter().filter_map(OnceLock::into_inner).collect())
}
