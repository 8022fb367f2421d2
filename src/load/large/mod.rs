//! Large files become stores: every feature is read once, checked, and remembered by its box and its
//! position in the file; or nothing is read at all, where an index beside the file says the same.
//!
//! ```text
//! file ─ header ─► framing ─ stretches, as many at once as there are processors ─► parts ─► Catalogue
//! ```

mod draft;
mod flat;
mod header;
mod part;
mod sound;
mod stretch;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use crate::load::fault::Fault;
use crate::load::places::stem;
use crate::load::problem::{Location, Problem, Problems, Severity};
use crate::load::progress::Progress;
use crate::model::TermRef;
use crate::store::{Catalogue, Flat, ReadFile, Store, Written, fingerprint, indexed, kept};
use draft::{Draft, unique_ids};
use header::Header;
use part::{Doubt, Part};
use stretch::{Framing, STEP, Stretch};

/// Opens a large file of the folder at `root` as a store; `None` when it has errors, which were noted.
pub fn open(
    root: &Path,
    file: &str,
    kind: &TermRef,
    progress: &Progress,
    problems: &mut Problems,
) -> Option<Store> {
    let path = root.join(file);
    let unreadable = |problems: &mut Problems, error: &io::Error| {
        problems.error(Location::file(file), Fault::Unreadable { reason: error.to_string() });
    };
    let source = match ReadFile::open(&path) {
        Ok(source) => source,
        Err(error) => {
            unreadable(problems, &error);
            return None;
        }
    };
    let written = match written(file, &source) {
        Ok(Ok(written)) => written,
        Ok(Err(fault)) => {
            problems.error(Location::file(file), fault);
            return None;
        }
        Err(error) => {
            unreadable(problems, &error);
            return None;
        }
    };
    let store = |catalogue: Catalogue, source, problems: &mut Problems| {
        if catalogue.turned > 0 {
            let fault = Fault::RingsTurned { count: catalogue.turned };
            problems.warning(Location::file(file), fault);
        }
        Store::new(file, stem(file), kind.clone(), catalogue, source)
    };
    if let Some(catalogue) = indexed(&path, &source) {
        return Some(store(catalogue, (source, written), problems));
    }
    progress.begin(file, source.identity().size);
    let read = match &written {
        Written::GeoJson => read(file, &source, progress, problems),
        Written::FlatGeobuf(flat) => read_flat(file, &source, flat, progress, problems),
    };
    progress.end();
    let catalogue = match read {
        Ok(catalogue) => catalogue?,
        Err(error) => {
            unreadable(problems, &error);
            return None;
        }
    };
    let identity = source.identity();
    let store = store(catalogue, (source, written), problems);
    unique_ids(&store, problems);
    if problems.any_error() {
        return None;
    }
    if let Err(error) = kept::write(&kept::beside(&path), store.catalogue(), identity) {
        problems.warning(Location::file(file), Fault::NotIndexed { reason: error.to_string() });
    }
    Some(store)
}

/// Reads all features.
fn read(
    file: &str,
    source: &ReadFile,
    progress: &Progress,
    problems: &mut Problems,
) -> io::Result<Option<Catalogue>> {
    let at = || Location::file(file);
    let Header { framing, first, mut said } = match Header::read(source, is_sequence(file))? {
        Ok(header) => header,
        Err(fault) => {
            problems.error(at(), fault);
            return Ok(None);
        }
    };
    let parts = parts(source, &framing, first, progress)?;
    let mut draft = Draft::default();
    let mut stopped = None;
    let mut position = first;
    for (number, (part, _)) in parts.iter().enumerate() {
        let limit = limit(source, number);
        if position >= limit || stopped.is_some() {
            continue;
        }
        let again;
        let part = if part.begin == Some(position) {
            part
        } else {
            // What looked like a feature was none, or nothing looked like one.
            again = Part::read(&mut Stretch::at(source, &framing, position)?, limit)?;
            &again
        };
        position = part.end;
        draft.take(part);
        if part.ended || part.broken.is_some() {
            stopped = Some(part.broken.clone());
        }
    }
    if let Some(Some(fault)) = &stopped {
        let row = draft.spots.len();
        let problem = Problem { severity: Severity::Error, location: at(), fault: fault.clone() };
        draft.doubts.push(Doubt { row, spot: position, id: None, problem });
    } else if matches!(framing, Framing::Collection(_)) {
        let tail = header::behind(source, position, &mut said)?;
        let faults = tail.err().into_iter().chain(said.faults());
        faults.for_each(|fault| problems.error(at(), fault));
    }
    draft.spots.push(position);
    draft.report(file, Some(source), problems)?;
    let content = fingerprint(parts.iter().map(|(_, checksum)| *checksum));
    Ok(Some(draft.finish(content)))
}

/// How a file is written, by its name; the fault is that it is not.
fn written(file: &str, source: &ReadFile) -> io::Result<Result<Written, Fault>> {
    if !has_ending(file, &["fgb"]) {
        return Ok(Ok(Written::GeoJson));
    }
    Ok(flat::header(source)?.map(|flat| Written::FlatGeobuf(Box::new(flat))))
}

/// Reads all features of a FlatGeobuf file.
fn read_flat(
    file: &str,
    source: &ReadFile,
    flat: &Flat,
    progress: &Progress,
    problems: &mut Problems,
) -> io::Result<Option<Catalogue>> {
    let (part, checksums) = flat::read(source, flat, progress)?;
    let mut draft = Draft::default();
    draft.take(&part);
    draft.spots.push(part.end);
    if let Some(fault) = part.broken {
        problems.error(Location::file(file), fault);
    }
    draft.report(file, None, problems)?;
    Ok(Some(draft.finish(fingerprint(checksums.into_iter()))))
}

/// Whether the features of such a file always stay in it, by its name.
pub fn stays(file: &str) -> bool {
    is_sequence(file) || has_ending(file, &["fgb"])
}

fn has_ending(file: &str, endings: &[&str]) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

/// Whether a file has one feature after the other and nothing around them, by its name.
fn is_sequence(file: &str) -> bool {
    has_ending(file, &SEQUENCES)
}

/// Endings of files with a feature on each line, or behind each record separator.
const SEQUENCES: [&str; 4] = ["geojsonl", "geojsons", "geojsonseq", "ndjson"];

/// Where a stretch ends.
fn limit(source: &ReadFile, number: usize) -> u64 {
    ((number as u64 + 1) * STEP as u64).min(source.identity().size)
}

/// Reads all stretches, each from what looks like its first feature; with the checksum of its bytes.
fn parts(
    source: &ReadFile,
    framing: &Framing,
    first: u64,
    progress: &Progress,
) -> io::Result<Vec<(Part, u32)>> {
    let count = usize::try_from(source.identity().size.div_ceil(STEP as u64)).unwrap_or(0);
    let done: Vec<OnceLock<(Part, u32)>> =
        std::iter::repeat_with(OnceLock::new).take(count).collect();
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<io::Error>> = Mutex::new(None);
    let work = || -> io::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = done.get(number) else { return Ok(()) };
            let (start, limit) = (number as u64 * STEP as u64, limit(source, number));
            let _ = slot.set(guessed(source, framing, (start, limit), first)?);
            progress.advance(limit - start);
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

/// The part of a stretch, an empty one where nothing in it looks like a feature; and the checksum of its
/// bytes.
fn guessed(
    source: &ReadFile,
    framing: &Framing,
    (start, limit): (u64, u64),
    first: u64,
) -> io::Result<(Part, u32)> {
    let mut stretch = Stretch::over(source, framing, start, limit)?;
    let checksum = crc32fast::hash(stretch.between(start, limit));
    let part = if first >= limit {
        Part::default()
    } else if start <= first {
        Part::read(&mut Stretch::at(source, framing, first)?, limit)?
    } else if stretch.guess(limit) {
        Part::read(&mut stretch, limit)?
    } else {
        Part::default()
    };
    Ok((part, checksum))
}
