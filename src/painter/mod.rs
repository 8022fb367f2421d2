//! Dense pictures painted by maplibre-rs, in a program of its own.
//!
//! `plan-atlas-painter` (the workspace member `painter/`) is started when the first plate needs it, and kept. Its
//! panics, its memory and its graphics driver stay over there: when it dies, hangs or is not there at all, the
//! caller paints the plate in another way, the log says why, and the next plate finds a fresh painter.

mod plate;
mod process;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use plate::Plate;
use process::{Process, Unstarted};
pub use wire::LARGEST_SIDE;

use crate::query::Budget;

/// How long a plate may take, so that there is time left to paint it in another way.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// How long a painter that could not start is left alone: it lacks a driver, and will lack it in a second's time.
const REST: Duration = Duration::from_mins(1);

/// The painter, started or not. Plates are painted one after another.
#[derive(Debug)]
pub struct Painter {
    program: Option<PathBuf>,
    patience: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    Running(Process),
    /// It could not be started; nobody tries before that moment.
    Resting(Instant),
}

impl Painter {
    /// None at all: whoever asks paints in another way.
    #[must_use]
    pub fn none() -> Self {
        Self { program: None, patience: PATIENCE, state: Mutex::default() }
    }

    /// The program at a path, which gets so much time for a plate.
    #[must_use]
    pub fn at(program: PathBuf, patience: Duration) -> Self {
        Self { program: Some(program), patience, state: Mutex::default() }
    }

    /// The program that lies beside this one, where there is one.
    #[must_use]
    pub fn beside() -> Self {
        let name = format!("plan-atlas-painter{}", std::env::consts::EXE_SUFFIX);
        let here = std::env::current_exe().ok();
        let program = here.as_deref().and_then(Path::parent).map(|folder| folder.join(name));
        match program.filter(|program| program.is_file()) {
            Some(program) => Self::at(program, PATIENCE),
            None => Self::none(),
        }
    }

    /// Whether there is a painter to ask.
    #[must_use]
    pub fn is_there(&self) -> bool {
        let resting = |until: Instant| Instant::now() < until;
        self.program.is_some()
            && !matches!(&*self.state(), State::Resting(until) if resting(*until))
    }

    /// The number of the process that paints, while there is one.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        match &*self.state() {
            State::Running(process) => Some(process.id()),
            _ => None,
        }
    }

    /// Paints a plate: four bytes a pixel, row by row; red, green and blue, premultiplied by the fourth, the share
    /// of the pixel that is covered. `None` where it was not painted; why is in the log.
    #[must_use]
    pub fn paint(&self, plate: Plate, budget: &Budget) -> Option<Vec<u8>> {
        let program = self.program.as_deref()?;
        let mut state = self.state();
        budget.check().ok()?;
        if let State::Resting(until) = &*state
            && Instant::now() < *until
        {
            return None;
        }
        let mut process = match std::mem::take(&mut *state) {
            State::Running(process) => process,
            State::Idle | State::Resting(_) => match Process::start(program, self.patience) {
                Ok(process) => {
                    tracing::info!(device = process.device(), "painter started");
                    process
                }
                Err(reason) => {
                    *state = resting(program, &reason);
                    return None;
                }
            },
        };
        match process.paint(plate, self.patience, budget) {
            Ok(pixels) => {
                *state = State::Running(process);
                Some(pixels)
            }
            Err(reason) => {
                tracing::warn!(%reason, "the painter did not paint; resvg does, and the next picture gets a new painter");
                None
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn resting(program: &Path, reason: &Unstarted) -> State {
    tracing::warn!(program = %program.display(), %reason, "the painter cannot start; resvg paints");
    State::Resting(Instant::now() + REST)
}
