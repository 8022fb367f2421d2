//! Large files become stores: every feature is read once, checked, and remembered by its box and its
//! position in the file; or nothing is read at all, where an index beside the file says the same.
//!
//! ```text
//! file ─ header ─► framing ─ stretches, as many at once as there are processors ─► parts ─► Catalogue
//! ```

mod header;
mod part;
mod sound;
mod stretch;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use crate::crs::GridBox;
use crate::load::fault::Fault;
use crate::load::places::stem;
use crate::load::problem::{Location, Problem, Problems, Severity};
use crate::load::progress::Progress;
use crate::model::{TermRef, ValueKind};
use crate::store::{
    BoxTree, Catalogue, Ids, Property, ReadFile, Store, Tally, Traits, fingerprint,
};
use crate::store::{hash_of_id, indexed, kept};
use header::Header;
use part::{Doubt, FoundId, Part};
use stretch::{Framing, STEP, Stretch};

/// Ids that look alike and are compared in the file, at most.
const COMPARED: usize = 10_000;

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
    let store = |catalogue: Catalogue, source, problems: &mut Problems| {
        if catalogue.turned > 0 {
            let fault = Fault::RingsTurned { count: catalogue.turned };
            problems.warning(Location::file(file), fault);
        }
        Store::new(file, stem(file), kind.clone(), catalogue, source)
    };
    if let Some(catalogue) = indexed(&path, &source) {
        return Some(store(catalogue, source, problems));
    }
    let read = read(file, &source, progress, problems);
    let catalogue = match read {
        Ok(catalogue) => catalogue?,
        Err(error) => {
            unreadable(problems, &error);
            return None;
        }
    };
    let identity = source.identity();
    let store = store(catalogue, source, problems);
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
    progress.begin(file, source.identity().size);
    let parts = parts(source, &framing, first, progress);
    progress.end();
    let parts = parts?;
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
    draft.report(file, source, problems)?;
    let content = fingerprint(parts.iter().map(|(_, checksum)| *checksum));
    Ok(Some(draft.finish(content)))
}

/// Whether a file has one feature after the other and nothing around them, by its name.
pub fn is_sequence(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| {
        SEQUENCES.iter().any(|sequence| ending.eq_ignore_ascii_case(sequence))
    })
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

/// A catalogue under way.
#[derive(Default)]
struct Draft {
    boxes: Vec<GridBox>,
    spots: Vec<u64>,
    traits: Vec<Traits>,
    ids: Vec<FoundId>,
    properties: Vec<Property>,
    doubts: Vec<Doubt>,
    unnamed: usize,
    turned: usize,
}

impl Draft {
    fn take(&mut self, part: &Part) {
        let before = self.spots.len();
        self.boxes.extend_from_slice(&part.boxes);
        self.spots.extend_from_slice(&part.spots);
        self.traits.extend_from_slice(&part.traits);
        self.ids.extend_from_slice(&part.ids);
        for found in &part.properties {
            match self.properties.iter_mut().find(|known| known.name == found.name) {
                Some(known) => known.kind = ValueKind::widest(known.kind, found.kind),
                None => self.properties.push(found.clone()),
            }
        }
        let moved = |doubt: &Doubt| Doubt {
            row: doubt.row + before,
            spot: doubt.spot,
            id: doubt.id.clone(),
            problem: doubt.problem.clone(),
        };
        self.doubts.extend(part.doubts.iter().map(moved));
        self.unnamed += part.unnamed;
        self.turned += part.turned;
    }

    /// Notes what was wrong, by line and feature.
    fn report(&mut self, file: &str, source: &ReadFile, problems: &mut Problems) -> io::Result<()> {
        let mut lines = Lines { source, position: 0, line: 1 };
        for doubt in self.doubts.drain(..) {
            let own = doubt.id.unwrap_or_else(|| (doubt.row + 1).to_string());
            let mut location = Location::line(file, lines.at(doubt.spot)?);
            location.subject = Some(format!("{}:{own}", stem(file)));
            location.field = doubt.problem.location.field;
            match doubt.problem.severity {
                Severity::Error => problems.error(location, doubt.problem.fault),
                Severity::Warning => problems.warning(location, doubt.problem.fault),
            }
        }
        if self.unnamed > 0 {
            problems.error(Location::file(file), Fault::AndMore { count: self.unnamed });
        }
        Ok(())
    }

    fn finish(self, content: u64) -> Catalogue {
        let Self { boxes, spots, traits, ids, properties, turned, .. } = self;
        let (tree, ids) = std::thread::scope(|scope| {
            let tree = scope.spawn(|| BoxTree::new(&boxes));
            let ids = ids_of(&ids);
            (tree.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), ids)
        });
        let tally = Tally::of(&traits);
        Catalogue { boxes, spots, traits, ids, properties, content, turned, tree, tally }
    }
}

fn ids_of(found: &[FoundId]) -> Ids {
    let rows = || (0_u32..).zip(found);
    let is_own = |(row, id): (u32, &FoundId)| match id {
        FoundId::Absent => true,
        FoundId::Number(number) => *number == row + 1,
        FoundId::Hash(_) => false,
    };
    if rows().all(is_own) {
        return Ids::Numbers;
    }
    let hash = |row: u32, id: &FoundId| match id {
        FoundId::Absent => hash_of_id(&(row + 1).to_string()),
        FoundId::Number(number) => hash_of_id(&number.to_string()),
        FoundId::Hash(hash) => *hash,
    };
    let mut hashed: Vec<(u32, u32)> = rows().map(|(row, id)| (hash(row, id), row)).collect();
    hashed.sort_unstable();
    Ids::Hashed(hashed)
}

/// Notes ids that stand twice. Ids that look alike are compared in the file.
fn unique_ids(store: &Store, problems: &mut Problems) {
    let Ids::Hashed(hashed) = &store.catalogue().ids else { return };
    let mut compared = 0;
    for alike in hashed.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut seen: Vec<(String, u32)> = Vec::new();
        for &(_, row) in alike {
            compared += 1;
            let Ok(place) = store.place(row as usize) else { return };
            if let Some((id, first)) = seen.iter().find(|(id, _)| *id == place.id) {
                let first = format!("{} {}", store.file(), first + 1);
                let at = Location::file(store.file()).of(id).field("id");
                problems.error(at, Fault::DuplicateId { id: id.clone(), first });
            } else {
                seen.push((place.id, row));
            }
            if compared >= COMPARED {
                return;
            }
        }
    }
}

/// Numbers of lines, counted on from the last one that was asked for.
struct Lines<'f> {
    source: &'f ReadFile,
    position: u64,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, spot: u64) -> io::Result<u64> {
        let mut bytes = Vec::new();
        while self.position < spot {
            bytes.clear();
            let count = usize::try_from(spot - self.position).unwrap_or(STEP).min(STEP);
            self.source.read(self.position, count, &mut bytes)?;
            if bytes.is_empty() {
                break;
            }
            self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            self.position += bytes.len() as u64;
        }
        Ok(self.line)
    }
}
