//! A layer of the atlas's own places that was exported, edited in QGIS or Excel, and comes back.
//!
//! Rows are matched by id; what somebody changed in them is written into the files of places that they
//! came from, and not a byte more. What an export derives from records, vocabularies and the legend is
//! never written: a change in it is reported with the file in which it is to be made.
//!
//! A place that the file does not have stays, because an export may be a part of a layer; only who says
//! that the file replaces the layer takes places away, and none that a record or another place names.
//!
//! ```text
//! file ─ source ─► drafts ─ locate ─► rows ─┬─ row ─► edits, refusals ─► what is printed
//!                               places ─────┘    └──► patches ─ patch ─► files
//! ```

mod cell;
mod fields;
mod patch;
mod read;
mod row;
mod says;
mod shape;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

pub use says::{Edit, Fate, Said};

use crate::export::{Chosen, Features};
use crate::import::{Refusal, Remark, Wishes};
use crate::index::IndexedAtlas;
use crate::model::{Atlas, Layer, PlaceIdx, kinds};
use crate::whole;
use patch::{Change, Patch};
use row::{Before, Row};

/// Names of an enumeration that are listed.
const LISTED: usize = 6;

/// What an edited layer would change.
pub struct Edits {
    /// Name of the format.
    pub format: &'static str,
    /// Reference systems that were read, by name.
    pub systems: Vec<String>,
    /// What was wrong with its positions, and what was done about it.
    pub remarks: Vec<Remark>,
    /// What is to be said of the file.
    pub notes: Vec<Said>,
    /// Rows that change something, or of which something is to be said.
    pub rows: Vec<Edit>,
    /// How many places stay as they are.
    pub unchanged: usize,
    /// How many places of the layer the file does not have.
    pub absent: usize,
    patches: BTreeMap<String, Patch>,
}

/// Whether the features of a layer are the atlas's own places, which cannot be replaced as a whole.
#[must_use]
pub fn is_own(atlas: &Atlas, layer: &Layer) -> bool {
    layer.places.iter().any(|place| atlas.place(*place).kind.id != kinds::FEATURE)
}

/// Reads an edited export of `layer`. With `replace`, places that it does not have are to go.
///
/// # Errors
/// When the file cannot be read, or has no column of ids.
pub fn edits(
    path: &Path,
    wishes: &Wishes,
    index: &IndexedAtlas,
    layer: &Layer,
    replace: bool,
) -> Result<Edits, Refusal> {
    let features = Features::new(index, layer, Chosen::Places(layer.places.clone()));
    let found = read::read(path, wishes, layer, &index.atlas)?;
    let of_layer = |place: &PlaceIdx| layer.places.contains(place);
    let known = |row: &Row| row.id.as_deref().and_then(|id| index.atlas.find_place(id));
    if !found.rows.iter().filter_map(known).any(|place| of_layer(&place)) {
        return Err(Refusal::NotOfLayer { layer: layer.id.clone() });
    }
    let before = Before { atlas: &index.atlas, features: &features, format: found.format };
    let mut work = Work {
        edits: Edits {
            format: found.format,
            systems: found.systems,
            remarks: found.remarks,
            notes: found.notes,
            rows: Vec::new(),
            unchanged: 0,
            absent: 0,
            patches: BTreeMap::new(),
        },
        rows: (0..).zip(features.places()).map(|(number, place)| (*place, number)).collect(),
        seen: HashSet::new(),
        layer,
        before,
    };
    for row in found.rows {
        work.row(row);
    }
    work.absent(replace);
    Ok(work.edits)
}

impl Edits {
    /// How many places are added, changed and removed.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |fate| self.rows.iter().filter(|row| row.fate == fate).count();
        (count(Fate::Added), count(Fate::Changed), count(Fate::Removed))
    }

    /// How many rows are refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.rows.iter().filter(|row| !row.refusals.is_empty()).count()
    }

    /// The ids of places that are added.
    pub fn added(&self) -> impl Iterator<Item = &str> {
        let added = self.rows.iter().filter(|row| row.fate == Fate::Added);
        added.map(|row| row.id.as_str())
    }

    /// The files that change, with what they held and what they will hold.
    ///
    /// # Errors
    /// When a file cannot be read or is not written as the loader reads it; says which and why.
    pub fn files(&self, folder: &Path) -> Result<Vec<whole::Change>, Said> {
        let mut files = Vec::new();
        for (name, patch) in &self.patches {
            let path = folder.join(name);
            let old = fs::read(&path).map_err(|error| {
                Said::new(
                    format!("{name} 无法读取（{error}）"),
                    format!("{name} cannot be read ({error})"),
                )
            })?;
            let text = std::str::from_utf8(&old).map_err(|_| {
                Said::new(
                    format!("{name} 不是 UTF-8 编码，不能只改其中几处；请先另存为 UTF-8"),
                    format!(
                        "{name} is not UTF-8 and cannot be changed in place; save it as UTF-8 first"
                    ),
                )
            })?;
            let new = patch::apply(text, patch).map_err(|reason| {
                Said::new(
                    format!("{name} 不能改写：{reason}"),
                    format!("{name} cannot be changed: {reason}"),
                )
            })?;
            let file = name.into();
            files.push(whole::Change { file, new: new.into_bytes(), old: Some(old) });
        }
        Ok(files)
    }
}

struct Work<'f, 'a> {
    edits: Edits,
    /// Rows of the layer's table by place.
    rows: HashMap<PlaceIdx, usize>,
    seen: HashSet<String>,
    layer: &'f Layer,
    before: Before<'f, 'a>,
}

impl Work<'_, '_> {
    fn row(&mut self, row: Row) {
        let atlas = self.before.atlas;
        let Some(id) = row.id.clone() else {
            let (mut edit, _) = row::new(&self.before, &row, "");
            edit.refusals = vec![Said::new(
                "没有编号；新地点要自己编一个（乡镇用 9 位代码，其他用 规划文件夹:拼音），原有地点请恢复编号",
                "has no id; give a new place one (townships: nine digits; others: plan-folder:name), and an old place its own",
            )];
            self.keep(edit);
            return;
        };
        let again = !self.seen.insert(id.clone());
        let place = atlas.find_place(&id);
        let number = place.and_then(|place| self.rows.get(&place).copied());
        let (mut edit, change) = match number {
            Some(number) => row::edit(&self.before, number, row),
            None => row::new(&self.before, &row, &id),
        };
        let file = match (number, place) {
            _ if again => {
                edit.refusals = vec![Said::new(
                    "编号在文件里出现不止一次",
                    "its id stands in the file more than once",
                )];
                None
            }
            (Some(number), _) => Some(self.before.features.place(number).file.clone()),
            (None, Some(_)) => {
                edit.refusals = vec![Said::new(
                    format!("是图册的地点，但不在图层 {} 里；请导入它自己的图层", self.layer.id),
                    format!(
                        "is a place of the atlas, but not in the layer {}; import it into its own",
                        self.layer.id
                    ),
                )];
                None
            }
            (None, None) => self.home(&id, &change, &mut edit),
        };
        if let Some(file) = file.filter(|_| edit.refusals.is_empty()) {
            let patch = self.edits.patches.entry(file);
            match edit.fate {
                Fate::Added => patch.or_default().added.push(row::feature(&id, &change)),
                Fate::Changed => drop(patch.or_default().changed.insert(id, change)),
                Fate::Removed | Fate::Kept => {}
            }
        }
        self.keep(edit);
    }

    fn keep(&mut self, edit: Edit) {
        if edit.fate == Fate::Kept && edit.refusals.is_empty() {
            self.edits.unchanged += 1;
        }
        if edit.fate != Fate::Kept || !edit.refusals.is_empty() || !edit.notes.is_empty() {
            self.edits.rows.push(edit);
        }
    }

    /// The file that a new place goes to: the one with most of the layer's places of its kind in the
    /// plan, or the county, that its id names.
    fn home(&self, id: &str, change: &Change, edit: &mut Edit) -> Option<String> {
        let text = |key: &str| change.properties.get(key).and_then(serde_json::Value::as_str);
        let mut counts: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        for place in self.layer.places.iter().map(|place| self.before.atlas.place(*place)) {
            let near = match id.split_once(':') {
                Some((plan, _)) => place.file.starts_with(&format!("{plan}/")),
                None => id.get(..6).is_some_and(|county| place.id.starts_with(county)),
            };
            if near {
                let alike = text("kind") == Some(place.kind.id.as_str());
                *counts.entry((alike, place.file.as_str())).or_default() += 1;
            }
        }
        let best = counts.into_iter().max_by_key(|((alike, _), count)| (*alike, *count));
        let Some(((_, file), _)) = best else {
            edit.refusals.push(Said::new(
                "从编号看不出新地点属于哪个规划：用“规划文件夹:拼音”或与同县乡镇同一开头的 9 位代码，且该规划在这个图层里已有地点；否则请直接写进地点文件",
                "its id does not tell which plan it belongs to: use plan-folder:name, or nine digits that begin as those of its county, of a plan that has places in this layer; else write it into a file of places",
            ));
            return None;
        };
        edit.parts.insert(0, Said::new(format!("写入 {file}"), format!("into {file}")));
        Some(file.to_owned())
    }

    /// Places of the layer that the file does not have.
    fn absent(&mut self, replace: bool) {
        let atlas = self.before.atlas;
        for &index in &self.layer.places {
            let place = atlas.place(index);
            if self.seen.contains(&place.id) {
                continue;
            }
            if !replace {
                self.edits.absent += 1;
                continue;
            }
            let naming = naming(atlas, index);
            let mut edit = Edit {
                at: None,
                id: place.id.clone(),
                name: place.name.clone(),
                fate: Fate::Removed,
                parts: Vec::new(),
                notes: Vec::new(),
                refusals: Vec::new(),
            };
            if naming.is_empty() {
                let patch = self.edits.patches.entry(place.file.clone()).or_default();
                patch.removed.push(place.id.clone());
            } else {
                edit.fate = Fate::Kept;
                let first = &naming[..naming.len().min(LISTED)];
                let (zh, en) = (first.join("、"), first.join(", "));
                let count = naming.len();
                edit.refusals.push(Said::new(
                    format!("文件里没有它，但不能删除，还有 {count} 处指向它：{zh}；请先改那里，或不加 --replace 保留它"),
                    format!("is not in the file but cannot be removed, being named in {count} places: {en}; change those first, or keep it by leaving out --replace"),
                ));
            }
            self.keep(edit);
        }
    }
}

/// The records and places that name a place.
fn naming(atlas: &Atlas, index: PlaceIdx) -> Vec<String> {
    let records = atlas.records(index);
    let mut ids: Vec<String> = Vec::new();
    ids.extend(records.roles.iter().map(|&r| format!("roles.csv {}", atlas.role(r).id)));
    ids.extend(records.projects.iter().map(|&r| format!("projects.csv {}", atlas.project(r).id)));
    ids.extend(records.targets.iter().map(|&r| format!("targets.csv {}", atlas.target(r).id)));
    ids.extend(records.tasks.iter().map(|&r| format!("tasks.csv {}", atlas.task(r).id)));
    let discrepancies = records.discrepancies.iter();
    ids.extend(discrepancies.map(|&r| format!("discrepancies.csv {}", atlas.discrepancy(r).id)));
    ids.extend(
        atlas.plans.iter().filter(|p| p.county == index).map(|p| format!("{}/plan.toml", p.id)),
    );
    let names = |place: &&crate::model::Place| {
        place.within == Some(index)
            || place.county == Some(index)
            || place.ends.is_some_and(|(from, to)| from == index || to == index)
    };
    ids.extend(atlas.places.iter().filter(names).map(|place| place.id.clone()));
    ids
}
