//! On which sheet and row an id stands, for links between sheets.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::export::xlsx::Source;
use crate::export::xlsx::sheet::{Book, ROW_OF_FIRST};
use crate::export::{Cell, Export, Field};

/// Links of a workbook: what Excel allows on one sheet. More would only cost memory.
const LINKS: u32 = 65_530;

/// Places and records by id.
pub struct Places<'a> {
    /// By table (`places` for every layer) and id: which source, which row of it.
    rows: HashMap<(&'static str, Cow<'a, str>), (usize, usize)>,
    sheets: Vec<Vec<String>>,
    /// Rows of each sheet.
    chunk: usize,
    left: std::cell::Cell<u32>,
}

impl<'a> Places<'a> {
    pub fn of(export: &Export<'a>, sources: &[Source<'_, 'a>], book: &Book) -> Self {
        let mut rows = HashMap::new();
        let linked: HashSet<&str> = export.records.links.iter().map(|link| link.place).collect();
        for (number, source) in sources.iter().enumerate() {
            match source {
                Source::Layer(features) => {
                    // Dropped features have no columns that lead to one another.
                    let own = !is_dropped(source);
                    for (row, &place) in features.places().iter().enumerate() {
                        let id = features.atlas().place(place).id.as_str();
                        if own || linked.contains(id) {
                            rows.entry(("places", Cow::Borrowed(id))).or_insert((number, row));
                        }
                    }
                }
                Source::Records(table) => {
                    let Some(kind) = KINDS.iter().find(|kind| **kind == table.id) else { continue };
                    for row in 0..table.len {
                        if let Cell::Text(id) = table.columns[0].cell(row) {
                            rows.insert((*kind, id), (number, row));
                        }
                    }
                }
                Source::Links(_) => {}
            }
        }
        Self { rows, sheets: book.sheets.clone(), chunk: book.chunk, left: LINKS.into() }
    }

    /// Which source, and which row of it.
    pub fn find(&self, kind: &'static str, id: &'a str) -> Option<(usize, usize)> {
        self.rows.get(&(kind, Cow::Borrowed(id))).copied()
    }

    /// The address of an id as a link has it; `None` where it is not in the workbook, or where there
    /// are links enough.
    pub fn link(&self, kind: &'static str, id: &str) -> Option<String> {
        let key: (&'static str, Cow<'_, str>) = (kind, Cow::Borrowed(id));
        let (source, row) = self.rows.get(&key).copied()?;
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        let sheet = self.sheets[source][row / self.chunk].replace('\'', "''");
        Some(format!("internal:'{sheet}'!A{}", row % self.chunk + ROW_OF_FIRST))
    }
}

/// Tables of records.
const KINDS: [&str; 6] =
    ["roles", "projects", "targets", "tasks", "organisations", "discrepancies"];

/// The table whose ids a column holds.
pub fn target(source: &Source<'_, '_>, field: &Field) -> Option<&'static str> {
    if is_dropped(source) {
        return None;
    }
    match &*field.key {
        "within" | "place" | "places" => Some("places"),
        "lead_units" | "cooperating_units" => Some("organisations"),
        "projects" => Some("projects"),
        "targets" => Some("targets"),
        "tasks" => Some("tasks"),
        _ => None,
    }
}

/// Whether the columns are those of a dropped file: only there, a key serves as title too.
fn is_dropped(source: &Source<'_, '_>) -> bool {
    let Source::Layer(features) = source else { return false };
    features.table.columns.iter().any(|column| column.field.key == column.field.title)
}
