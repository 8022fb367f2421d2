//! Work that grows with what is asked: only so much of it runs at once, for so long, off the threads
//! that answer others, and only while somebody waits for it.
//!
//! ```text
//! a turn (or 503) ─► work on its own thread, with a budget ─► the answer
//!                    the client goes, or time is up (503) ─► the budget is withdrawn ─► the work stops
//! ```
//!
//! Work keeps its turn until it has really stopped: a loop that does not ask its budget costs a turn,
//! not the server.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::http::data::Data;
use crate::http::metrics::{Metrics, Why};
use crate::http::problem::Problem;
use crate::query::Budget;

/// How long a question waits for its turn. Most turns are over within milliseconds, so that a page
/// that asks ten things at once is answered on a small machine too.
const TURN: Duration = Duration::from_secs(2);

/// Questions that wait for a turn at once, for each turn there is; whoever comes when so many wait already would
/// wait in vain, and is told so at once.
const WAITING: usize = 16;

/// How long work may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a question, to which somebody looks for the answer.
    pub question: Duration,
    /// For an export, which somebody waits for.
    pub export: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { question: Duration::from_secs(20), export: Duration::from_mins(5) }
    }
}

/// What heavy work shares.
pub struct Heavy {
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl Heavy {
    /// Lets twice as much run at once as there are processors.
    pub fn new(limits: Limits, metrics: Arc<Metrics>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = 2 * processors;
        let waiting = Semaphore::new(WAITING * turns);
        Self { turns: Arc::new(Semaphore::new(turns)), waiting, limits, metrics }
    }

    /// A turn, as soon as there is one; `None` when it does not come.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(turn) = self.turns.clone().try_acquire_owned() {
            return Some(turn);
        }
        let _while_it_waits = self.waiting.try_acquire().ok()?;
        timeout(TURN, self.turns.clone().acquire_owned()).await.ok()?.ok()
    }
}

/// Runs a question as one of the few that may run at once; refuses it when its turn does not come,
/// and stops it when it takes too long.
pub async fn heavy<T: Send + 'static>(
    data: Data,
    question: impl FnOnce(&Data, &Budget) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let limit = data.heavy.limits.question;
    bounded(data, limit, question).await
}

/// The same for an export.
pub async fn long<T: Send + 'static>(
    data: Data,
    export: impl FnOnce(&Data, &Budget) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let limit = data.heavy.limits.export;
    bounded(data, limit, export).await
}

async fn bounded<T: Send + 'static>(
    data: Data,
    limit: Duration,
    work: impl FnOnce(&Data, &Budget) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let heavy = data.heavy.clone();
    let Some(turn) = heavy.turn().await else {
        heavy.metrics.stopped(Why::Busy);
        return Err(Problem::busy());
    };
    let mut asker = Asker { budget: Budget::unlimited(), left: Some(heavy.metrics.clone()) };
    let (budget, under_way) = (asker.budget.clone(), heavy.metrics.work_begins());
    let done = spawn_blocking(move || {
        let _until_the_end = (turn, under_way);
        work(&data, &budget)
    });
    let answer = timeout(limit, done).await;
    asker.left = None;
    let Ok(done) = answer else {
        heavy.metrics.stopped(Why::Time);
        return Err(Problem::too_long(limit));
    };
    done.map_err(|error| Problem::internal(&error))?
}

/// Whoever waits for an answer. Gone with the request: when its client is, or when it was answered.
struct Asker {
    budget: Budget,
    /// Where it is counted that a client left without an answer.
    left: Option<Arc<Metrics>>,
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.budget.withdraw();
        if let Some(metrics) = &self.left {
            metrics.stopped(Why::Gone);
        }
    }
}
