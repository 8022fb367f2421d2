//! Takes a changed data folder over while the old data is served: loaded beside it, checked, and
//! exchanged in one step; or refused with every problem in the log.
//!
//! The folder is looked at once a second (names, sizes, times) instead of asking the system for
//! events: those do not come through the network shares on which planners keep their files, and a
//! look costs some dozens of `stat`. It is read only when it has been at rest for a while, because
//! WPS and Excel write a table in steps, and what changed while it was read is read again. Everything
//! happens on one thread of its own, so that changes in a row become one more load, and no thread
//! that answers ever waits.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use crate::cli::indexed;
use crate::cli::settled::load_settled;
use crate::http::{AppState, Said};
use crate::index::IndexedAtlas;
use crate::load::{Fault, Lang, Problem, Progress, Severity};
use crate::store::kept;
use crate::whole;

/// Time between two looks at the folder.
const LOOK: Duration = Duration::from_secs(1);

/// How long the folder must have been at rest. File systems that note times to two seconds (FAT on
/// a stick) would otherwise hide a second change within them.
const REST: Duration = Duration::from_secs(2);

/// When a folder is read again that held a file nobody could read: Windows programs lock what they
/// have open, and let go of it without changing anything that a look could see.
const AGAIN: Duration = Duration::from_secs(10);

/// Problems of a refused change that the page and `/readyz` name; the log has them all.
const NAMED: usize = 5;

/// Folders within folders that are looked at; what is deeper is not data.
const DEPTH: usize = 6;

/// What a folder looks like from outside: every file with its size and time, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Look {
    /// Looks at a folder. What cannot be seen is left out; reading says why.
    pub fn at(folder: &Path) -> Self {
        let mut files = Vec::new();
        list(folder, DEPTH, &mut files);
        files.sort();
        Self(files)
    }
}

fn list(folder: &Path, depth: usize, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        // Follows links, as reading does.
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if metadata.is_file() && !is_lock(&path) && !is_beside(&path) {
            files.push((path, metadata.len(), metadata.modified().ok()));
        } else if metadata.is_dir() && depth > 0 && !is_hidden(&path) {
            list(&path, depth - 1, files);
        }
    }
}

fn starts_with(path: &Path, prefixes: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Office programs put such a file beside a table that is open, and this one where it writes.
fn is_lock(path: &Path) -> bool {
    starts_with(path, &["~$", ".~", whole::PREFIX])
}

/// What loading leaves beside a large file, and what SQLite puts beside a GeoPackage that is open somewhere.
fn is_beside(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [kept::SUFFIX, "-wal", "-shm", "-journal"].iter().any(|ending| name.ends_with(ending))
}

/// `.git` and the like, which change without the data changing.
fn is_hidden(path: &Path) -> bool {
    starts_with(path, &["."])
}

/// Starts the thread. A word sent to it makes it read the folder although nothing seems changed; it
/// ends when nobody can send any more. `seen` is how the folder looked before what is served was read.
pub fn start(state: AppState, folder: PathBuf, seen: Look, watch: bool) -> Sender<()> {
    let (ask, asked) = channel();
    let watcher = Watcher {
        state,
        folder,
        glimpsed: seen.clone(),
        taken: seen,
        since: Instant::now(),
        wanted: false,
        again: None,
        refused: Vec::new(),
    };
    let name = "reload".to_owned();
    let thread = std::thread::Builder::new().name(name).spawn(move || watcher.run(&asked, watch));
    if let Err(error) = thread {
        tracing::error!(%error, "changes of the data folder will not be noticed");
    }
    ask
}

struct Watcher {
    state: AppState,
    folder: PathBuf,
    /// The folder at the last look, and since when it has looked so.
    glimpsed: Look,
    since: Instant,
    /// The folder as it was when it was last read.
    taken: Look,
    /// Whether somebody wants it read whatever it looks like.
    wanted: bool,
    /// When it is to be read again because a file was locked.
    again: Option<Instant>,
    /// What was wrong when it was last read; not to be logged twice.
    refused: Vec<Problem>,
}

impl Watcher {
    fn run(mut self, asked: &Receiver<()>, watch: bool) {
        loop {
            let word = if watch || self.wanted {
                asked.recv_timeout(LOOK)
            } else {
                asked.recv().map_err(RecvTimeoutError::from)
            };
            match word {
                Ok(()) => self.wanted = true,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.due() {
                self.read();
            }
        }
    }

    /// Looks at the folder: whether it is to be read, and at rest.
    fn due(&mut self) -> bool {
        let look = Look::at(&self.folder);
        if look != self.glimpsed {
            self.glimpsed = look;
            self.since = Instant::now();
            return false;
        }
        let again = self.again.is_some_and(|moment| moment <= Instant::now());
        let wanted = self.wanted || again || self.glimpsed != self.taken;
        wanted && self.since.elapsed() >= REST
    }

    /// Reads the folder and takes over what it holds, or says why not.
    fn read(&mut self) {
        let start = Instant::now();
        tracing::info!("the data folder has changed; reading it");
        // A panic over data that nobody thought of must not end the watch unheard.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut loaded = load_settled(&self.folder, &Progress::default());
            (std::mem::take(&mut loaded.problems), indexed(loaded))
        }));
        if Look::at(&self.folder) != self.glimpsed {
            tracing::info!("the data folder changed while it was read; reading it again");
            return;
        }
        (self.taken, self.wanted, self.again) = (self.glimpsed.clone(), false, None);
        match read {
            Ok((problems, Some(index))) => self.take(index, &problems, start),
            Ok((problems, None)) => self.refuse(problems),
            Err(_) => {
                tracing::error!("reading the data folder failed; the last good data is served");
                self.state.refuse(1, vec![failure()], false);
            }
        }
    }

    fn take(&mut self, index: IndexedAtlas, problems: &[Problem], start: Instant) {
        self.refused.clear();
        let version = index.atlas.data_version.clone();
        // A large file that was saved without a change is another file all the same.
        if version == self.state.data_version() && self.state.is_readable() {
            self.state.unchanged();
            tracing::info!(version, "the data folder holds what is served");
            return;
        }
        for problem in problems {
            tracing::warn!("{}", problem.text(Lang::Zh));
        }
        let places = index.atlas.places.len();
        self.state.exchange(index);
        let milliseconds = start.elapsed().as_millis();
        tracing::info!(places, version, milliseconds, "data reloaded");
    }

    /// Whether the folder keeps something from somebody, as far as can be seen while it has errors.
    fn keeps_something_back(&self) -> bool {
        // Without it nothing else is read that a problem could name.
        let manifest = fs::read(self.folder.join("atlas.toml")).unwrap_or_default();
        memchr::memmem::find(&manifest, b"[audiences").is_some()
    }

    fn refuse(&mut self, problems: Vec<Problem>) {
        if problems.iter().any(|p| matches!(p.fault, Fault::Unreadable { .. })) {
            self.again = Some(Instant::now() + AGAIN);
        }
        if problems == self.refused {
            return;
        }
        let errors: Vec<&Problem> =
            problems.iter().filter(|p| p.severity == Severity::Error).collect();
        for problem in &errors {
            tracing::error!("{}", problem.text(Lang::Zh));
        }
        tracing::error!(
            errors = errors.len(),
            "the data folder has errors (above) and was not taken over; the last good data is served"
        );
        let named = errors
            .iter()
            .take(NAMED)
            .map(|problem| Said { zh: problem.text(Lang::Zh), en: problem.text(Lang::En) });
        self.state.refuse(errors.len(), named.collect(), self.keeps_something_back());
        self.refused = problems;
    }
}

fn failure() -> Said {
    Said {
        zh: "错误：读取数据文件夹时程序出错，这是程序的缺陷，日志里有原因；请撤回刚才的改动并报告".into(),
        en: "error: the program failed on reading the data folder, which is its own fault; its log says why. Take the change back, and report it".into(),
    }
}
