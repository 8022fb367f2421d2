//! Names that a format accepts: short enough, of characters it allows, no two alike.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::export::losses::{Collector, LossKind};
use crate::export::package::COMPANIONS;
use crate::export::{Column, Table};

/// A field under the name that it has in a file: a row of `字段对照.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldName {
    /// Layer or table.
    pub layer: String,
    /// Name in the file.
    pub written: String,
    /// Stable name, as in GeoJSON.
    pub key: String,
    /// Heading for people.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Type and width in the file.
    pub kind: String,
}

/// Names already given; two that differ in capitals alone are alike.
#[derive(Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Names of which some must not be given.
    pub fn without(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// Names of the files of one export, of which none may be taken for one of those that explain it.
    pub fn of_files() -> Self {
        Self::without(&COMPANIONS.map(|name| name.split_once('.').map_or(name, |(stem, _)| stem)))
    }

    /// A name for files, without ending: the one wished for as every system can have it, if it is free.
    pub fn file(&mut self, wish: &str) -> String {
        self.give(&file_name(wish), |name, _| name)
    }

    /// The name wished for, if it is free; else the same with a number, from 1. `cut` shortens a text
    /// until it leaves room for so many ASCII characters.
    pub fn give(&mut self, wish: &str, cut: impl Fn(&str, usize) -> &str) -> String {
        let mut name = cut(wish, 0).to_owned();
        let mut number = 1_usize;
        while !self.taken.insert(name.to_lowercase()) {
            let suffix = format!("_{number}");
            name = format!("{}{suffix}", cut(wish, suffix.len()));
            number += 1;
        }
        name
    }
}

/// What the files of layers are called in a format with a file to each, without ending.
pub fn layer_stems<'i>(ids: impl Iterator<Item = &'i str>) -> Vec<String> {
    let mut names = Names::of_files();
    ids.map(|id| names.file(id)).collect()
}

/// A name that is a file on every system: a layer dropped on Linux may be called `con` or `a:b`, which
/// Windows cannot unpack, and what follows a dot would be an ending.
pub fn file_name(wish: &str) -> Cow<'_, str> {
    let unsound = |c: char| {
        c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '.')
    };
    let lower = wish.trim().to_lowercase();
    let port = |name: &str| {
        lower.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    let device =
        matches!(&*lower, "con" | "prn" | "aux" | "nul" | "") || port("com") || port("lpt");
    if device {
        Cow::Owned(format!("{}_", wish.trim()))
    } else if wish.contains(unsound) || wish.trim().len() < wish.len() {
        Cow::Owned(wish.trim().replace(unsound, "_"))
    } else {
        Cow::Borrowed(wish)
    }
}

/// Headings of a table for people: titles, and what `more` columns add, no two alike. Those of the
/// position are kept as they are, for whoever looks for them; titles that give way are noted.
pub fn headings(table: &Table<'_>, more: &[&str], collector: &mut Collector) -> Vec<String> {
    let mut names = Names::default();
    let mut whole = |wish| names.give(wish, |text, _| text);
    let position: Vec<String> = more.iter().copied().map(&mut whole).collect();
    let titles = table.columns.iter().map(|column| &*column.field.title);
    let mut given: Vec<String> = titles.map(whole).collect();
    for (column, written) in table.columns.iter().zip(&given) {
        renamed(table, column, written, collector);
    }
    given.extend(position);
    given
}

/// Notes a field whose name in the file is not its title.
pub fn renamed(table: &Table<'_>, column: &Column<'_>, written: &str, collector: &mut Collector) {
    let field = &column.field;
    if field.title != written {
        let both = format!("{} → {written}", field.title);
        collector.note(LossKind::Renamed, &table.id, Some(&field.key), &both);
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, file_name};

    #[test]
    fn names_stay_apart_and_within_their_limit() {
        let mut names = Names::without(&["FID"]);
        let cut = |text: &str, room: usize| -> usize { text.len().min(10 - room) };
        let mut give = |wish| names.give(wish, |text, room| &text[..cut(text, room)]);
        assert_eq!(give("population_2020"), "population");
        assert_eq!(give("population_2021"), "populati_1");
        assert_eq!(give("POPULATION"), "POPULATI_2");
        assert_eq!(give("fid"), "fid_1");
    }

    #[test]
    fn files_have_names_that_every_system_can_have_and_no_companion_has() {
        for (wish, name) in [
            ("herbs", "herbs"),
            ("地块 1", "地块 1"),
            ("a.b:c", "a_b_c"),
            ("CON", "CON_"),
            ("com7", "com7_"),
            ("comet", "comet"),
            (" ", "_"),
        ] {
            assert_eq!(file_name(wish), name, "{wish:?}");
        }
        let mut names = Names::of_files();
        assert_eq!(
            ["Herbs", "herbs", "说明"].map(|wish| names.file(wish)),
            ["Herbs", "herbs_1", "说明_1"]
        );
    }
}
