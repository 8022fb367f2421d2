//! Rows encoded on all processors and written in their order.
//!
//! ```text
//! worker 1:  rows 0…   ─►┐
//! worker 2:  rows 256… ─►├─ taken in turn: 0…, 256…, 512…
//! worker 1:  rows 512… ─►┘
//! ```
//!
//! A worker waits when two of its chunks have not been taken yet, so that a million rows take no more
//! memory than a few thousand; and it gets back what was taken, to encode the next chunk over it: asking
//! the system for memory costs more than most encoding.

use std::ops::Range;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use crate::export::{Progress, WriteError};

/// Rows of a chunk.
const ROWS: usize = 256;
/// Chunks that may wait for being taken, for each worker.
const WAITING: usize = 2;

/// Encodes the rows from 0 to `rows`, chunk by chunk, over whatever `T` held before, and takes what
/// becomes of each, in order. `progress` advances with the rows that were taken.
///
/// # Errors
/// Those of `take`, and when the export was cancelled.
pub fn in_order<T: Default + Send>(
    rows: usize,
    progress: &Progress,
    encode: impl Fn(Range<usize>, &mut T) + Sync,
    mut take: impl FnMut(&T) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let chunk = |number: usize| number * ROWS..((number + 1) * ROWS).min(rows);
    let chunks = rows.div_ceil(ROWS);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(chunks);
    thread::scope(|scope| {
        let encode = &encode;
        let work = |worker: usize| {
            let (line, taken) = sync_channel::<T>(WAITING);
            let (back, spare) = channel::<T>();
            // Nobody takes from the line any more when the export has failed: that ends the worker.
            scope.spawn(move || {
                (worker..chunks).step_by(workers).try_for_each(|number| {
                    let mut encoded = spare.try_recv().unwrap_or_default();
                    encode(chunk(number), &mut encoded);
                    line.send(encoded)
                })
            });
            (taken, back)
        };
        let lines: Vec<_> = (0..workers).map(work).collect();
        for number in 0..chunks {
            let (taken, back) = &lines[number % workers];
            // A worker that ends early has panicked, and the scope will say so.
            let Ok(encoded) = taken.recv() else { break };
            take(&encoded)?;
            // The worker may have done its last chunk.
            let _ = back.send(encoded);
            progress.advance(chunk(number).len() as u64)?;
        }
        Ok(())
    })
}
