//! Names that a format accepts: short enough, of characters it allows, no two alike.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::export::losses::{Collector, LossKind};
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

/// Headings of a table for people: titles, and what `more` columns add, no two alike. Headings that
/// differ from the title are noted.
pub fn headings(table: &Table<'_>, more: &[&str], collector: &mut Collector) -> Vec<String> {
    let mut names = Names::default();
    let whole = |wish| names.give(wish, |text, _| text);
    let titles = table.columns.iter().map(|column| &*column.field.title);
    let given: Vec<String> = titles.chain(more.iter().copied()).map(whole).collect();
    for (column, written) in table.columns.iter().zip(&given) {
        renamed(table, column, written, collector);
    }
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
    use super::Names;

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
}
