//! What was found in the stretches of a file, put together.

use std::io;

use crate::crs::GridBox;
use crate::load::fault::Fault;
use crate::load::large::part::{Doubt, FoundId, Part};
use crate::load::large::stretch::STEP;
use crate::load::problem::{Location, Problems, Severity};
use crate::model::ValueKind;
use crate::store::{BoxTree, Catalogue, Ids, Property, ReadFile, Store, Tally, Traits, hash_of_id};

/// Ids that look alike and are compared in the file, at most.
const COMPARED: usize = 10_000;

/// A catalogue under way.
#[derive(Default)]
pub struct Draft {
    boxes: Vec<GridBox>,
    /// Where each begins, and where the last one ends once that is known.
    pub spots: Vec<u64>,
    traits: Vec<Traits>,
    ids: Vec<FoundId>,
    properties: Vec<Property>,
    /// What was wrong.
    pub doubts: Vec<Doubt>,
    unnamed: usize,
    turned: usize,
}

impl Draft {
    /// Appends what was found in a stretch.
    pub fn take(&mut self, part: &Part) {
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

    /// Notes what was wrong, by feature and, in a text, by line.
    pub fn report(
        &mut self,
        (file, layer): (&str, &str),
        text: Option<&ReadFile>,
        problems: &mut Problems,
    ) -> io::Result<()> {
        let mut lines = text.map(|source| Lines { source, position: 0, line: 1 });
        for doubt in self.doubts.drain(..) {
            let own = doubt.id.unwrap_or_else(|| (doubt.row + 1).to_string());
            let mut location = match &mut lines {
                Some(lines) => Location::line(file, lines.at(doubt.spot)?),
                None => Location::file(file),
            };
            location.subject = Some(format!("{layer}:{own}"));
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

    /// The catalogue of a content with this fingerprint.
    pub fn finish(self, content: u64) -> Catalogue {
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
pub fn unique_ids(store: &Store, problems: &mut Problems) {
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
