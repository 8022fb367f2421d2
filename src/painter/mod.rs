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
use process::Process;
pub use wire::LARGEST_SIDE;

use crate::query::Budget;

/// How long a plate may take, so that there is time left to paint it in another way.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// How long a painter that could not start is left alone: it lacks a driver, and will lack it in a second's time.
const REST: Duration = Duration::from_mins(1);

/// Vertices from which on the painter is done sooner than `resvg` where it has a graphics card, and where its card is
/// a program too (`benches/pictures.rs`).
const WORTH: usize = 20_000;
const WORTH_SOFTWARE: usize = 1_000_000;

/// The painter, started or not. Plates are painted one after another.
#[derive(Debug)]
pub struct Painter {
    program: Option<PathBuf>,
    patience: Duration,
    /// Vertices from which on it paints, where somebody has said so.
    worth: Option<usize>,
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
        Self { program: None, patience: PATIENCE, worth: None, state: Mutex::default() }
    }

    /// The program at a path, which gets so much time for a plate.
    #[must_use]
    pub fn at(program: PathBuf, patience: Duration) -> Self {
        Self { program: Some(program), patience, ..Self::none() }
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

    /// The same, painting whatever has so many vertices.
    #[must_use]
    pub fn from(self, vertices: usize) -> Self {
        Self { worth: Some(vertices), ..self }
    }

    /// Whether a picture of so many vertices is worth a talk with the painter, which is started where there are
    /// enough for any.
    #[must_use]
    pub fn is_worth(&self, vertices: usize) -> bool {
        if vertices < self.worth.unwrap_or(WORTH) || self.program.is_none() {
            return false;
        }
        let mut state = self.state();
        let process = self.running(&mut state);
        let least = self.worth.unwrap_or(WORTH_SOFTWARE);
        process.is_some_and(|process| !process.device().is_software || vertices >= least)
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
        let mut state = self.state();
        budget.check().ok()?;
        match self.running(&mut state)?.paint(plate, self.patience, budget) {
            Ok(pixels) => Some(pixels),
            Err(reason) => {
                tracing::warn!(%reason, "the painter did not paint; resvg does, and the next picture gets a new painter");
                *state = State::Idle;
                None
            }
        }
    }

    /// The painter, started where it is not yet; `None` where there is none.
    fn running<'s>(&self, state: &'s mut State) -> Option<&'s mut Process> {
        let program = self.program.as_deref()?;
        let now = Instant::now();
        match state {
            State::Running(_) => {}
            State::Resting(until) if now < *until => {}
            State::Idle | State::Resting(_) => match Process::start(program, self.patience) {
                Ok(process) => {
                    let device = process.device();
                    tracing::info!(
                        device = device.name,
                        software = device.is_software,
                        "painter started"
                    );
                    *state = State::Running(process);
                }
                Err(reason) => {
                    tracing::warn!(program = %program.display(), %reason, "the painter cannot start; resvg paints");
                    *state = State::Resting(now + REST);
                }
            },
        }
        match state {
            State::Running(process) => Some(process),
            State::Idle | State::Resting(_) => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
