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
mod table;
mod turns;

use std::io;
use std::path::Path;

use geojson::GeometryValue;
use serde_json::{Map, Value};

use crate::crs::Projector;
use crate::format::{Declared, Shape};
use crate::load::fault::Fault;
use crate::load::places::stem;
use crate::load::problem::{Location, Problem, Problems, Severity};
use crate::load::progress::Progress;
use crate::model::{Accuracy, TermRef, ValueKind};
use crate::store::{Catalogue, Flat, ReadFile, Store, Written, fingerprint, kept};
use draft::{Draft, unique_ids};
use header::Header;
use part::{Doubt, Found, Part, found_id};
use stretch::{Framing, STEP, Stretch};
use turns::in_turn;

/// Opens a large file of the folder at `root`: a store for each layer in it. One with errors, which were
/// noted, is left out.
pub fn open(
    root: &Path,
    file: &str,
    kind: &TermRef,
    progress: &Progress,
    problems: &mut Problems,
) -> Vec<Store> {
    let opened = if has_ending(file, &["gpkg"]) {
        open_tables(root, file, kind, progress, problems)
    } else {
        open_whole(root, file, kind, progress, problems).map(|store| store.into_iter().collect())
    };
    progress.end();
    opened.unwrap_or_else(|error| {
        problems.error(Location::file(file), Fault::Unreadable { reason: error.to_string() });
        Vec::new()
    })
}

/// A file that is one layer.
fn open_whole(
    root: &Path,
    file: &str,
    kind: &TermRef,
    progress: &Progress,
    problems: &mut Problems,
) -> io::Result<Option<Store>> {
    let path = root.join(file);
    let source = ReadFile::open(&path)?;
    let written = match written(file, &source)? {
        Ok(written) => written,
        Err(fault) => {
            problems.error(Location::file(file), fault);
            return Ok(None);
        }
    };
    let work = Opening { file, layer: stem(file), index: &kept::beside(&path), kind };
    work.open(source, written, problems, |source, written, problems| {
        progress.begin(file, source.identity().size);
        match written {
            Written::FlatGeobuf(flat) => read_flat(file, source, flat, progress, problems),
            _ => read(file, source, progress, problems),
        }
    })
}

/// A file with a layer in each of its tables.
fn open_tables(
    root: &Path,
    file: &str,
    kind: &TermRef,
    progress: &Progress,
    problems: &mut Problems,
) -> io::Result<Vec<Store>> {
    let path = root.join(file);
    let tables = match table::tables(&path) {
        Ok(tables) => tables,
        Err(fault) => {
            problems.error(Location::file(file), fault);
            return Ok(Vec::new());
        }
    };
    if table::is_unfinished(&path) {
        problems.warning(Location::file(file), Fault::Unfinished);
    }
    let (count, mut stores) = (tables.len(), Vec::new());
    if count == 0 {
        let reason = "没有要素表 (no table of features)".to_owned();
        let fault = Fault::Malformed { format: "GeoPackage", reason };
        problems.error(Location::file(file), fault);
    }
    for (number, (name, table)) in tables.into_iter().enumerate() {
        let at = || Location::file(file).of(&name);
        let table = match table {
            Ok(table) => Written::GeoPackage(Box::new(table)),
            Err(fault) => {
                problems.error(at(), fault);
                continue;
            }
        };
        // A colon stands between a layer and a feature.
        let own = name.replace(':', "_");
        let layer =
            if count == 1 { stem(file).to_owned() } else { format!("{}-{own}", stem(file)) };
        let beside = if number == 0 { path.clone() } else { root.join(format!("{file}.{number}")) };
        let work = Opening { file, layer: &layer, index: &kept::beside(&beside), kind };
        let source = ReadFile::open(&path)?;
        let store = work.open(source, table, problems, |source, written, problems| {
            let Written::GeoPackage(table) = written else { return Ok(None) };
            let bytes = source.identity().size;
            progress.begin(file, bytes);
            let part = match table::read(&path, table, bytes, progress) {
                Ok(part) => part,
                Err(fault) => {
                    problems.error(at(), fault);
                    return Ok(None);
                }
            };
            let content = table::content(source)?;
            finished(file, &layer, vec![part], content, problems).map(Some)
        })?;
        stores.extend(store);
    }
    Ok(stores)
}

/// A layer that is opened.
struct Opening<'o> {
    file: &'o str,
    layer: &'o str,
    /// Where its index is.
    index: &'o Path,
    kind: &'o TermRef,
}

impl Opening<'_> {
    /// Takes the catalogue from its index, or else from `read`, and leaves an index then. `None` with errors.
    fn open(
        &self,
        source: ReadFile,
        written: Written,
        problems: &mut Problems,
        read: impl FnOnce(&ReadFile, &Written, &mut Problems) -> io::Result<Option<Catalogue>>,
    ) -> io::Result<Option<Store>> {
        let (file, identity) = (self.file, source.identity());
        let kept = kept::read(self.index, identity)
            .filter(|kept| written.can_stand_at(&kept.spots, identity.size));
        let is_new = kept.is_none();
        // What is wrong elsewhere in the folder is no reason to read this file again.
        let mut found = Problems::default();
        let catalogue = match kept {
            Some(catalogue) => Some(catalogue),
            None => read(&source, &written, &mut found)?,
        };
        let store = catalogue.map(|catalogue| {
            if catalogue.turned > 0 {
                let fault = Fault::RingsTurned { count: catalogue.turned };
                found.warning(Location::file(file), fault);
            }
            let kind = self.kind.clone();
            Store::new(file, self.layer, kind, catalogue, (source, written))
        });
        if let Some(store) = store.as_ref().filter(|_| is_new) {
            unique_ids(store, &mut found);
            if !found.any_error()
                && let Err(error) = kept::write(self.index, store.catalogue(), identity)
            {
                let fault = Fault::NotIndexed { reason: error.to_string() };
                found.warning(Location::file(file), fault);
            }
        }
        let sound = !found.any_error();
        problems.append(found);
        Ok(store.filter(|_| sound))
    }
}

/// From the reference system that a file names to degrees.
fn projector(system: &Declared) -> Result<Projector, Fault> {
    match system {
        Declared::Known(crs) => Ok(crs.projector()),
        Declared::Unusable(error) => Err(Fault::ForeignCrs { name: error.to_string() }),
        Declared::Silent => Err(Fault::NoCrs),
    }
}

/// What is to be kept of a feature of a file that is not GeoJSON.
fn found<'f>(
    shape: Option<Result<Shape, Fault>>,
    projector: &Projector,
    properties: &'f Map<String, Value>,
) -> Found<'f> {
    let geometry = shape.map(|shape| {
        let reason = || "no parts, mixed ones, or beyond the reference system".to_owned();
        let beyond = || Fault::InvalidGeometry { reason: reason() };
        let geometry = shape?.geometry(projector).ok_or_else(beyond)?;
        Ok(geojson::Geometry::new(GeometryValue::from(&geometry)))
    });
    let accuracy = properties.get("accuracy").and_then(Value::as_str);
    let kinds = properties.iter().map(|(name, value)| (name.as_str(), ValueKind::of(value)));
    let accuracy = accuracy.and_then(Accuracy::from_id);
    Found { geometry, accuracy, properties: kinds.collect() }
}

/// The catalogue of what was found in a file that is not GeoJSON, in the order of the file.
fn finished(
    file: &str,
    layer: &str,
    parts: Vec<Part>,
    content: u64,
    problems: &mut Problems,
) -> io::Result<Catalogue> {
    let mut draft = Draft::default();
    let mut end = 0;
    for part in parts {
        draft.take(&part);
        end = part.end;
        if let Some(fault) = part.broken {
            problems.error(Location::file(file), fault);
        }
    }
    draft.spots.push(end);
    draft.report((file, layer), None, problems)?;
    Ok(draft.finish(content))
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
    draft.report((file, stem(file)), Some(source), problems)?;
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
    let (parts, checksums) = flat::read(source, flat, progress)?;
    let content = fingerprint(checksums.into_iter());
    finished(file, stem(file), parts, content, problems).map(Some)
}

/// Whether the features of such a file always stay in it, by its name.
pub fn stays(file: &str) -> bool {
    is_sequence(file) || has_ending(file, &["fgb", "gpkg"])
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
    in_turn(count, |number| {
        let (start, limit) = (number as u64 * STEP as u64, limit(source, number));
        let part = guessed(source, framing, (start, limit), first)?;
        progress.advance(limit - start);
        Ok(part)
    })
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
