//! The rows of an edited export, whatever format it is in.

use std::path::Path;

use geo::Coord;
use serde_json::Value;

use crate::crs::Crs;
use crate::import::draft::{Declared, Draft, Form, Table};
use crate::import::own::cell;
use crate::import::own::fields::{self, FIELDS, Role};
use crate::import::own::row::Row;
use crate::import::own::says::Said;
use crate::import::remark::{Matter, Remark};
use crate::import::source::{self, Opened};
use crate::import::{Imported, Refusal, Wishes, ids, locate};
use crate::model::{Atlas, Layer};

/// What a file holds.
pub struct Read {
    pub format: &'static str,
    pub systems: Vec<String>,
    pub remarks: Vec<Remark>,
    pub notes: Vec<Said>,
    pub rows: Vec<Row>,
}

/// Reads a file as an export of `layer`.
pub fn read(path: &Path, wishes: &Wishes, layer: &Layer, atlas: &Atlas) -> Result<Read, Refusal> {
    let Opened { format, mut tables } = open(path, wishes, layer)?;
    if tables.len() > 1 {
        let prefix = format!("{}_", layer.id);
        let of_layer = |table: &Table| {
            table.name.as_ref().is_none_or(|name| *name == layer.id || name.starts_with(&prefix))
        };
        if tables.iter().any(of_layer) {
            tables.retain(of_layer);
        }
    }
    let mut imported =
        Imported { format, systems: Vec::new(), features: Vec::new(), remarks: Vec::new() };
    let mut rows: Vec<Row> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    let mut first: Option<Vec<String>> = None;
    let mut ids = ids::Ids::default();
    for mut table in tables {
        let start = rows.len();
        if format == "CSV" || format == "XLSX" {
            degrees_are_plain(&mut table);
        }
        for draft in &mut table.drafts {
            note_unknown(draft, &mut unknown);
            first.get_or_insert_with(|| draft.properties.keys().cloned().collect());
            rows.push(row(draft, table.own_ids));
            draft.id = Some(ids.fresh(&(rows.len() - 1).to_string()));
        }
        locate::locate(table, &mut ids, wishes, atlas, &mut imported)?;
        for feature in imported.features.drain(..) {
            match feature.id.parse::<usize>() {
                Ok(number) if feature.geometry.is_some() => {
                    rows[number].geometry = feature.geometry;
                    rows[number].unusable = false;
                }
                Ok(_) => {}
                // Points, lines and areas in one feature: no place has them.
                Err(_) => {
                    let number = feature.id.split('-').next().and_then(|n| n.parse::<usize>().ok());
                    let number = number.filter(|number| *number >= start);
                    if let Some(number) = number {
                        rows[number].unusable = true;
                    }
                }
            }
        }
    }
    if rows.is_empty() {
        return Err(Refusal::NoFeatures);
    }
    if rows.iter().all(|row| row.id.is_none()) {
        return Err(Refusal::NoIds { columns: first.unwrap_or_default().join("、") });
    }
    imported.remarks.retain(|remark| {
        !matches!(remark.matter, Matter::Unlocated | Matter::Mixed { .. } | Matter::NotRead { .. })
    });
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        let names = unknown.join("、");
        notes.push(Said::new(
            format!("这些列不是地点的属性，没有读入：{names}"),
            format!("columns that are no properties of places were not read: {names}"),
        ));
    }
    Ok(Read { format, systems: imported.systems, remarks: imported.remarks, notes, rows })
}

/// Opens the table that is called as the layer, or as its title, or the only one there is.
fn open(path: &Path, wishes: &Wishes, layer: &Layer) -> Result<Opened, Refusal> {
    if wishes.table.is_none() {
        let sheet: String = layer.title.chars().take(31).collect();
        for name in [layer.id.clone(), sheet] {
            let named = Wishes { table: Some(name), ..wishes.clone() };
            match source::open(path, &named, &layer.id) {
                Err(Refusal::UnknownTable { .. }) => {}
                found => return found,
            }
        }
    }
    source::open(path, wishes, &layer.id)
}

/// Columns called 经度 and 纬度, without a word more, are what an export in plain degrees has; shifted
/// ones are never called so.
fn degrees_are_plain(table: &mut Table) {
    let plain =
        |draft: &Draft| ["经度", "纬度"].iter().all(|name| draft.properties.contains_key(*name));
    if table.crs == Declared::Silent && table.drafts.first().is_some_and(plain) {
        table.crs = Declared::Known(Crs::Wgs84);
    }
}

fn note_unknown(draft: &Draft, unknown: &mut Vec<String>) {
    for name in draft.properties.keys() {
        if fields::find(name).is_none() && !fields::is_aside(name) && !unknown.contains(name) {
            unknown.push(name.clone());
        }
    }
}

/// A row without its position, which is found later.
fn row(draft: &mut Draft, own_ids: bool) -> Row {
    // A place stands where somebody says it stands, and not on the seat of a township.
    if matches!(draft.form, Form::Township(_)) {
        draft.form = Form::Nothing;
    }
    let mut cells: Vec<_> = Vec::new();
    for (name, value) in &draft.properties {
        let Some(field) = fields::find(name) else { continue };
        if !cells.iter().any(|(known, _)| *known == field) {
            cells.push((field, cell::text(value)));
        }
    }
    cells.sort_by_key(|(field, _)| FIELDS.iter().position(|known| known == *field));
    let column = cells.iter().find(|(field, _)| field.role == Role::Id);
    let column = column.and_then(|(_, text)| text.clone());
    let own = draft.id.take().filter(|_| own_ids).map(|id| id.trim().to_owned());
    let number = |name: &str| match draft.properties.get(name) {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let anchor = number("经度").zip(number("纬度")).map(|(x, y)| Coord { x, y });
    Row {
        at: draft.at,
        id: own.filter(|id| !id.is_empty()).or(column),
        cells,
        geometry: None,
        unusable: draft.form != Form::Nothing,
        anchor,
    }
}
