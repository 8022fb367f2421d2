//! Ids of features: those of the source where it has them, so that a layer that was edited elsewhere
//! comes back with the same.

use std::collections::HashSet;

use serde_json::Value;

use crate::import::draft::{Draft, Table};
use crate::import::remark::{Matter, Remark};

/// Columns that hold ids, where all of them are filled and differ.
const COLUMNS: [&str; 3] = ["id", "编号", "要素编号"];

/// The ids given so far.
#[derive(Default)]
pub struct Ids {
    used: HashSet<String>,
}

impl Ids {
    /// Gives every draft of a table an id of its own. `layer:` before an id is what the atlas put
    /// there when it handed the layer out.
    pub fn assign(&mut self, table: &mut Table, layer: &str, several: bool) {
        let column = column(table);
        let before = table.name.clone().filter(|_| several).map(|name| format!("{name}."));
        let prefix = format!("{layer}:");
        let mut remarks = Vec::new();
        for (number, draft) in (1_u64..).zip(&mut table.drafts) {
            let own = draft.id.take().filter(|id| !id.trim().is_empty());
            let (own, given) = if table.own_ids { (own, None) } else { (None, own) };
            let named = own.or_else(|| taken(draft, column.as_deref()));
            let id = named.unwrap_or_else(|| {
                let id = given.unwrap_or_else(|| number.to_string());
                before.as_ref().map_or(id.clone(), |before| format!("{before}{id}"))
            });
            let id = id.trim();
            let id = id.strip_prefix(&prefix).filter(|rest| !rest.is_empty()).unwrap_or(id);
            let unique = self.fresh(id);
            if unique != id {
                let matter = Matter::DuplicateId { id: id.to_owned(), used: unique.clone() };
                remarks.push(Remark::at(draft.at, matter));
            }
            draft.id = Some(unique);
        }
        table.remarks.extend(remarks);
    }

    /// `id`, or with a number behind it where another has it.
    pub fn fresh(&mut self, id: &str) -> String {
        let mut unique = id.to_owned();
        let mut copy = 2;
        while !self.used.insert(unique.clone()) {
            unique = format!("{id}-{copy}");
            copy += 1;
        }
        unique
    }
}

fn column(table: &Table) -> Option<String> {
    let keys = table.drafts.first()?.properties.keys();
    let candidates = keys.filter(|key| COLUMNS.contains(&key.to_lowercase().as_str()));
    let sound = |key: &&String| {
        let mut seen = HashSet::new();
        table.drafts.iter().all(|draft| {
            text(draft.properties.get(*key)).is_some_and(|id| !id.is_empty() && seen.insert(id))
        })
    };
    let mut sound: Vec<&String> = candidates.filter(sound).collect();
    sound.sort_by_key(|key| COLUMNS.iter().position(|name| *name == key.to_lowercase()));
    sound.first().map(|key| (*key).clone())
}

/// The id in a column. One called `id` is no property any more, as in GeoJSON.
fn taken(draft: &mut Draft, column: Option<&str>) -> Option<String> {
    let column = column?;
    if column.eq_ignore_ascii_case("id") {
        let value = draft.properties.shift_remove(column);
        return text(value.as_ref());
    }
    text(draft.properties.get(column))
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
