//! Names as people type them: Chinese, English, full pinyin, initials.
//!
//! `盘龙街道` is found by `盘龙`, `panlong`, `pljd` and `pl`. Initials are indexed under every
//! reading of a character (角 is jiǎo, jué and gǔ), so that nobody has to know which one the place
//! uses; full pinyin under the most common reading and the one that the place itself gives. A search scans all keys: some ten thousand short comparisons, well under a millisecond
//! for a county; it is no index for a million parcels, whose names nobody types.

use pinyin::{ToPinyin, ToPinyinMulti};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Atlas, OrganisationIdx, PlaceIdx, ProjectIdx, TargetIdx, TaskIdx};

/// What a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A place.
    Place(PlaceIdx),
    /// A project.
    Project(ProjectIdx),
    /// A target.
    Target(TargetIdx),
    /// A task.
    Task(TaskIdx),
    /// An organisation.
    Organisation(OrganisationIdx),
}

/// Which kind of name matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Matched {
    /// The Chinese name.
    Name,
    /// Another name.
    Alias,
    /// First letters of the pinyin.
    Initials,
    /// The pinyin.
    Pinyin,
    /// The English name.
    English,
    /// A herb grown there.
    Herb,
    /// The id.
    Id,
}

/// One answer: lower scores are better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// What was found.
    pub subject: Subject,
    /// Which of its names matched.
    pub matched: Matched,
    /// Rank, comparable within one search only.
    pub score: u32,
}

struct Key {
    matched: Matched,
    text: String,
}

struct Entry {
    subject: Subject,
    keys: Vec<Key>,
    length: u32,
}

/// All names of an atlas.
pub struct TextIndex {
    entries: Vec<Entry>,
}

/// Readings of one name that are indexed at most; 3 characters with 3 readings each make 27.
const MAX_READINGS: usize = 32;

impl TextIndex {
    /// Collects the names of places and records.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let mut entries = Vec::new();
        for (place, i) in atlas.places.iter().zip(0..) {
            let subject = Subject::Place(PlaceIdx(i));
            let mut entry = Entry::new(subject, &place.name, place.name_en.as_deref());
            entry.add(Matched::Id, place.id.clone());
            for alias in &place.aliases {
                entry.add_chinese(Matched::Alias, alias);
            }
            if let Some(pinyin) = &place.pinyin {
                entry.add(Matched::Pinyin, strip_tones(pinyin));
            }
            for role in &atlas.records(PlaceIdx(i)).roles {
                for herb in &atlas.role(*role).herbs {
                    entry.add(Matched::Herb, herb.zh.to_lowercase());
                    entry.add(Matched::Herb, herb.en.to_lowercase());
                }
            }
            entries.push(entry);
        }
        for (project, i) in atlas.projects.iter().zip(0..) {
            let subject = Subject::Project(ProjectIdx(i));
            let mut entry = Entry::new(subject, &project.name, project.name_en.as_deref());
            entry.add(Matched::Id, project.id.to_lowercase());
            entries.push(entry);
        }
        for (target, i) in atlas.targets.iter().zip(0..) {
            let subject = Subject::Target(TargetIdx(i));
            let mut entry = Entry::new(subject, &target.name, target.name_en.as_deref());
            entry.add(Matched::Id, target.id.to_lowercase());
            entries.push(entry);
        }
        for (task, i) in atlas.tasks.iter().zip(0..) {
            let subject = Subject::Task(TaskIdx(i));
            let mut entry = Entry::new(subject, &task.title, task.title_en.as_deref());
            entry.add(Matched::Alias, task.task.to_lowercase());
            entries.push(entry);
        }
        for (organisation, i) in atlas.organisations.iter().zip(0..) {
            let subject = Subject::Organisation(OrganisationIdx(i));
            let mut entry =
                Entry::new(subject, &organisation.name, organisation.name_en.as_deref());
            for alias in &organisation.aliases {
                entry.add_chinese(Matched::Alias, alias);
            }
            entries.push(entry);
        }
        Self { entries }
    }

    /// Everything whose names contain every word of `question`, best first.
    #[must_use]
    pub fn search(&self, question: &str) -> Vec<Hit> {
        let question: String = question.to_lowercase().chars().map(plain).collect();
        let words: Vec<&str> = question.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        // `pan long` is how an English keyboard writes `panlong`.
        let joined = words.concat();
        let best = |entry: &Entry| {
            let apart = entry.hit(&words);
            let together = entry.hit(&[&joined]).filter(|hit| hit.matched != Matched::English);
            apart.into_iter().chain(together).min_by_key(|hit| hit.score)
        };
        let mut hits: Vec<(Hit, u32)> =
            self.entries.iter().filter_map(|e| best(e).map(|hit| (hit, e.length))).collect();
        hits.sort_by_key(|(hit, length)| (hit.score, *length, hit.subject));
        hits.into_iter().map(|(hit, _)| hit).collect()
    }
}

impl Entry {
    fn new(subject: Subject, name: &str, name_en: Option<&str>) -> Self {
        let length = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
        let mut entry = Self { subject, keys: Vec::new(), length };
        entry.add_chinese(Matched::Name, name);
        if let Some(english) = name_en {
            entry.add(Matched::English, english.to_lowercase());
        }
        entry
    }

    fn add(&mut self, matched: Matched, text: String) {
        if !text.is_empty() && !self.keys.iter().any(|k| k.matched == matched && k.text == text) {
            self.keys.push(Key { matched, text });
        }
    }

    fn add_chinese(&mut self, matched: Matched, name: &str) {
        self.add(matched, name.to_lowercase());
        let primary: String =
            name.chars().filter_map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
        self.add(Matched::Pinyin, primary);
        for initials in initials(name) {
            self.add(Matched::Initials, initials);
        }
    }

    fn hit(&self, words: &[&str]) -> Option<Hit> {
        let mut best: Option<(u32, Matched)> = None;
        let mut score = 0;
        for word in words {
            let (rank, matched) = self.keys.iter().filter_map(|key| key.rank(word)).min()?;
            score += rank;
            if best.is_none_or(|(best_rank, _)| rank < best_rank) {
                best = Some((rank, matched));
            }
        }
        best.map(|(_, matched)| Hit { subject: self.subject, matched, score })
    }
}

impl Key {
    /// How well `word` matches: the whole key before its beginning before its middle, names
    /// before initials before pinyin before English. Initials and pinyin match from the
    /// beginning only, everything else would be noise.
    fn rank(&self, word: &str) -> Option<(u32, Matched)> {
        let english = self.matched == Matched::English;
        let mut places = self.text.match_indices(word).map(|(position, _)| position).peekable();
        places.peek()?;
        let whole = self.text.len() == word.len();
        let begins = |position: usize| {
            let before = self.text[..position].chars().next_back();
            before.is_none_or(|c| english && !c.is_alphanumeric())
        };
        let fit = match (whole, places.any(begins)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false)
                if matches!(self.matched, Matched::Name | Matched::Alias | Matched::Herb) =>
            {
                4
            }
            (false, false) => return None,
        };
        let kind = match self.matched {
            Matched::Name => 0,
            Matched::Alias => 1,
            Matched::Initials => 2,
            Matched::Pinyin | Matched::English | Matched::Herb | Matched::Id => 3,
        };
        Some((fit * 4 + kind, self.matched))
    }
}

/// First letters of every combination of readings; letters and digits stand for themselves.
fn initials(name: &str) -> Vec<String> {
    let mut combinations = vec![String::new()];
    for c in name.chars() {
        let mut letters: Vec<char> = Vec::new();
        if let Some(readings) = c.to_pinyin_multi() {
            for reading in readings {
                letters.extend(reading.plain().chars().next().filter(|l| !letters.contains(l)));
            }
        } else if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        }
        if letters.is_empty() {
            continue;
        }
        if combinations.len() * letters.len() > MAX_READINGS {
            letters.truncate(1);
        }
        combinations = combinations
            .iter()
            .flat_map(|start| letters.iter().map(move |letter| format!("{start}{letter}")))
            .collect();
    }
    combinations.retain(|c| !c.is_empty());
    combinations
}

/// `Pánlóng Jiēdào` → `panlongjiedao`.
fn strip_tones(pinyin: &str) -> String {
    pinyin.to_lowercase().chars().map(without_tone).filter(char::is_ascii_alphanumeric).collect()
}

fn without_tone(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
        other => other,
    }
}

/// What somebody typed, character by character, as the keys are written: full-width letters, as
/// Chinese input methods leave them, become ordinary ones, tone marks go, punctuation separates.
fn plain(c: char) -> char {
    let c = match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let c = without_tone(c);
    if c.is_alphanumeric() { c } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::{initials, strip_tones};

    #[test]
    fn a_character_with_several_readings_is_found_by_each() {
        let readings = initials("龙角");
        assert!(readings.contains(&"lj".to_owned()), "{readings:?}");
        assert!(readings.contains(&"lg".to_owned()), "{readings:?}");
    }

    #[test]
    fn tone_marks_and_spaces_do_not_matter() {
        assert_eq!(strip_tones("Pánlóng Jiēdào"), "panlongjiedao");
    }
}
