//! How long the work on a question may go on.
//!
//! Loops that can be long ask their budget at every step. Who pays it, and when it is withdrawn (the
//! asker has gone, it takes too long), is none of their business: the same question to the same atlas
//! gets the same answer, or none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Places that one answer spells out at most; a page draws no more, and a hundred thousand would be
/// thirty megabytes. How many there are is said whatever their number.
pub const MAX_LISTED: usize = 10_000;

/// Shared by the work and by whoever may stop it; clones stop together.
#[derive(Debug, Clone, Default)]
pub struct Budget(Arc<AtomicBool>);

/// The budget was withdrawn before the answer was ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the question was stopped before it was answered")]
pub struct Stopped;

impl Budget {
    /// One that nobody withdraws.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::default()
    }

    /// Stops the work at its next step.
    pub fn withdraw(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work may go on. Costs a load; ask as often as you like.
    ///
    /// # Errors
    /// When it was withdrawn.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}
