//! Rows and columns, whatever editor wrote them, become drafts.

use serde_json::{Map, Value};

use crate::crs::Crs;
use crate::import::columns::{Columns, Locator};
use crate::import::draft::{Declared, Draft, Form, Shape, Table};
use crate::import::remark::{At, Matter, Remark};
use crate::import::{Refusal, wkt};

/// How far down the header is looked for: titles and units stand above it.
const HEADER_WITHIN: usize = 10;

/// A sheet: each row with its number as the editor shows it.
pub struct Grid {
    pub rows: Vec<(u64, Vec<Value>)>,
}

impl Grid {
    /// Makes a feature of every row below the header.
    pub fn into_table(self) -> Result<Table, Refusal> {
        let mut rows = self.rows.into_iter().filter(|(_, cells)| cells.iter().any(|c| !blank(c)));
        let mut above: Vec<(u64, Vec<Value>)> = Vec::new();
        let mut first: Option<Vec<String>> = None;
        let (number, names, columns) = loop {
            let next = rows.next().filter(|_| above.len() < HEADER_WITHIN);
            let Some((number, cells)) = next else {
                let columns = first.map(|names| names.join("、")).unwrap_or_default();
                return if columns.is_empty() {
                    Err(Refusal::NoFeatures)
                } else {
                    Err(Refusal::NoPositionColumn { columns })
                };
            };
            let names: Vec<String> =
                cells.iter().map(|cell| text(cell).trim().to_owned()).collect();
            let columns = Columns::find(&names);
            if columns.locate() {
                break (number, names, columns);
            }
            first.get_or_insert(names);
            above.push((number, cells));
        };
        let mut remarks = Vec::new();
        if !above.is_empty() {
            remarks.push(Remark::file(Matter::HeaderRow { row: number }));
        }
        let rows: Vec<_> = rows.collect();
        let names = unique(as_wide_as(names, &rows), &mut remarks);
        let mut table = Table::new(Declared::Silent, Vec::with_capacity(rows.len()));
        let mut system = columns.crs;
        for (number, mut cells) in rows {
            cells.resize(names.len(), Value::Null);
            let at = At::Row(number);
            let (form, height) = form(&columns, &names, &cells, at, &mut system, &mut remarks);
            let properties: Map<_, _> = names
                .iter()
                .cloned()
                .zip(cells)
                .enumerate()
                .filter(|(position, _)| {
                    columns.shape != Some(*position) && columns.locator != Locator::Wkt(*position)
                })
                .map(|(_, pair)| pair)
                .collect();
            table.drafts.push(Draft { at, id: None, properties, form, height });
        }
        if let Locator::Pair { unsure: true, .. } = columns.locator {
            table.axes_unsure = true;
        }
        if let Some(crs) = system {
            table.crs = Declared::Known(crs);
        }
        table.remarks = remarks;
        Ok(table)
    }
}

fn form(
    columns: &Columns,
    names: &[String],
    cells: &[Value],
    at: At,
    system: &mut Option<Crs>,
    remarks: &mut Vec<Remark>,
) -> (Form, bool) {
    let township = || {
        let name = columns.township.map(|column| text(&cells[column]).trim().to_owned());
        name.filter(|name| !name.is_empty()).map_or(Form::Nothing, Form::Township)
    };
    let shape = columns.shape.filter(|column| !blank(&cells[*column])).map(Locator::Wkt);
    match shape.as_ref().unwrap_or(&columns.locator) {
        Locator::Nothing => (township(), false),
        &Locator::Wkt(column) if blank(&cells[column]) => (township(), false),
        &Locator::Wkt(column) => match wkt::read(&text(&cells[column])) {
            Ok(found) => {
                if let Some(code) = found.srid {
                    // One table, one system: a row in another is no position in this one.
                    match Crs::from_epsg(code) {
                        Ok(crs) if *system.get_or_insert(crs) == crs => {}
                        _ => return (Form::Broken(format!("SRID={code}")), false),
                    }
                }
                (Form::Shape(found.shape), found.height)
            }
            Err(reason) => (Form::Broken(reason), false),
        },
        &Locator::Pair { x, y, .. } if blank(&cells[x]) && blank(&cells[y]) => (township(), false),
        &Locator::Pair { x, y, .. } => {
            let mut number = |column: usize| {
                let found = number(&cells[column]);
                if found.is_none() {
                    let (column, text) = (names[column].clone(), text(&cells[column]));
                    remarks.push(Remark::at(at, Matter::NotANumber { column, text }));
                }
                found
            };
            match (number(x), number(y)) {
                (Some(x), Some(y)) => (Form::Shape(Shape::Point((x, y))), false),
                _ => (Form::Reported, false),
            }
        }
    }
}

/// A name for every column that holds something, and none for empty ones at the end.
fn as_wide_as(mut names: Vec<String>, rows: &[(u64, Vec<Value>)]) -> Vec<String> {
    let filled = |cells: &Vec<Value>| cells.iter().rposition(|cell| !blank(cell)).map(|at| at + 1);
    let cells = rows.iter().filter_map(|(_, cells)| filled(cells)).max().unwrap_or(0);
    let header = names.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1);
    names.resize(cells.max(header), String::new());
    names
}

/// Names for columns without one, and for those that share one.
fn unique(names: Vec<String>, remarks: &mut Vec<Remark>) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    let mut renamed = Vec::new();
    for (name, position) in names.into_iter().zip(1..) {
        let mut unique = if name.is_empty() { format!("列{position}") } else { name.clone() };
        let mut copy = 2;
        while used.contains(&unique) {
            unique = format!("{name}_{copy}");
            copy += 1;
        }
        if unique != name {
            renamed.push(unique.clone());
        }
        used.push(unique);
    }
    if !renamed.is_empty() {
        remarks.push(Remark::file(Matter::ColumnsRenamed { names: renamed.join("、") }));
    }
    used
}

fn blank(cell: &Value) -> bool {
    match cell {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn text(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn number(cell: &Value) -> Option<f64> {
    let number = match cell {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_end_matches('°').parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}
