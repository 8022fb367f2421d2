//! How far work has come, for somebody in front of a terminal: a bar with rate and remaining time. Nothing is
//! shown where standard error is no terminal, nor for what takes only a moment.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::say;
use crate::cli::settled::load_settled;
use crate::load::{Lang, Loaded, Progress};

/// How often the bar is drawn, and what takes less is not shown at all.
const MOMENT: Duration = Duration::from_millis(250);

/// What work says of itself: what is under way, how much of it is done, how much there is.
pub type State = (String, u64, u64);

/// Loads a folder. Large files are the work that shows.
pub fn load_shown(folder: &Path, lang: Lang) -> Loaded {
    let progress = Progress::default();
    let template = say(
        lang,
        "读取 {msg} [{bar:24}] {bytes}/{total_bytes} {bytes_per_sec} 还需 {eta}",
        "reading {msg} [{bar:24}] {bytes}/{total_bytes} {bytes_per_sec} {eta} left",
    );
    shown(template, &|| progress.state(), || load_settled(folder, &progress))
}

/// Does some work and shows meanwhile what `state` says of it, by a template of `indicatif`.
pub fn shown<T>(
    template: &str,
    state: &(dyn Fn() -> Option<State> + Sync),
    work: impl FnOnce() -> T,
) -> T {
    let (done, finished) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut shown: Option<(String, ProgressBar)> = None;
            while finished.recv_timeout(MOMENT) == Err(RecvTimeoutError::Timeout) {
                let Some((name, position, length)) = state() else { continue };
                if shown.as_ref().is_none_or(|(known, _)| *known != name) {
                    shown.take().inspect(|(_, bar)| bar.finish_and_clear());
                    let bar = ProgressBar::new(length);
                    bar.set_style(style(template));
                    bar.set_message(name.clone());
                    shown = Some((name, bar));
                }
                if let Some((_, bar)) = &shown {
                    bar.set_length(length);
                    bar.set_position(position);
                }
            }
            shown.inspect(|(_, bar)| bar.finish_and_clear());
        });
        let result = work();
        drop(done);
        result
    })
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
