//! XLSX: the first sheet with content, or the one that is asked for. Formulas count by the value
//! that was saved with them.
//!
//! Cells are read one after another and not as a block: a single cell in the last corner of a sheet
//! would make that block seventeen thousand million cells.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use serde_json::{Number, Value};

use crate::import::draft::Table;
use crate::import::grid::Grid;
use crate::import::remark::{Matter, Remark};
use crate::import::{Refusal, Wishes, check_count, chosen};

const FORMAT: &str = "XLSX";
/// Columns that are read; a table of a thousand columns is none.
const MAX_COLUMNS: usize = 1_000;
/// Cells that are held, the empty ones before a filled one included.
const MAX_CELLS: usize = 10_000_000;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads a workbook whose sizes were checked.
pub fn read(bytes: &[u8], wishes: &Wishes) -> Result<Vec<Table>, Refusal> {
    let mut workbook: Workbook<'_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| Refusal::malformed(FORMAT, error))?;
    let names = workbook.sheet_names();
    let sheets: Vec<String> = chosen(&names, wishes)?.into_iter().cloned().collect();
    let mut filled = Vec::new();
    for name in sheets {
        let (grid, remarks) = sheet(&mut workbook, &name)?;
        if !grid.rows.is_empty() {
            filled.push((name, grid, remarks));
        }
    }
    // Without a wish, the first sheet that can be located is meant; the others are named.
    let mut refusal = Refusal::NoFeatures;
    let all: Vec<String> = filled.iter().map(|(name, _, _)| name.clone()).collect();
    for (number, (name, grid, remarks)) in filled.into_iter().enumerate() {
        match grid.into_table() {
            Ok(mut table) => {
                table.remarks.splice(0..0, remarks);
                let others: Vec<String> = all.into_iter().filter(|other| *other != name).collect();
                if !others.is_empty() {
                    let matter = Matter::NotRead { names: others.join("、") };
                    table.remarks.push(Remark::file(matter));
                }
                table.name = Some(name);
                return Ok(vec![table]);
            }
            Err(error) if number == 0 => refusal = error,
            Err(_) => {}
        }
    }
    Err(refusal)
}

/// The cells of a sheet, and what is to be said of its formulas and errors.
fn sheet(workbook: &mut Workbook<'_>, name: &str) -> Result<(Grid, Vec<Remark>), Refusal> {
    let broken = |error: calamine::XlsxError| Refusal::malformed(FORMAT, error);
    let mut remarks = Vec::new();
    let mut rows = Filled::default();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let value = value(cell.get_value(), row, column, &mut remarks);
        if value.is_null() {
            continue;
        }
        rows.place(row, column, value)?;
    }
    drop(cells);
    let rows = rows.rows;
    let mut formulas: Vec<(u32, u32)> = Vec::new();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_formula().map_err(broken)? {
        if !cell.get_value().is_empty() {
            formulas.push(cell.get_position());
        }
    }
    let filled = |row: u32, column: u32| {
        let found = rows.binary_search_by_key(&(u64::from(row) + 1), |(number, _)| *number);
        found.is_ok_and(|at| rows[at].1.get(column as usize).is_some_and(|cell| !cell.is_null()))
    };
    let (known, unknown): (Vec<_>, Vec<_>) =
        formulas.into_iter().partition(|&(row, column)| filled(row, column));
    if let Some(&(row, column)) = known.first() {
        let matter = Matter::Formulas { count: known.len(), first: address(row, column) };
        remarks.push(Remark::file(matter));
    }
    for (row, column) in unknown {
        let error = |remark: &Remark| matches!(&remark.matter, Matter::ErrorCell { cell, .. } if *cell == address(row, column));
        if !remarks.iter().any(error) {
            let matter = Matter::FormulaUncalculated { cell: address(row, column) };
            remarks.push(Remark::file(matter));
        }
    }
    Ok((Grid { rows }, remarks))
}

/// Rows as they fill up.
#[derive(Default)]
struct Filled {
    rows: Vec<(u64, Vec<Value>)>,
    cells: usize,
}

impl Filled {
    /// Puts a cell into its row. Cells come in the order of rows; those that do not are refused.
    fn place(&mut self, row: u32, column: u32, value: Value) -> Result<(), Refusal> {
        let number = u64::from(row) + 1;
        let column = column as usize;
        let last = self.rows.last().map_or(0, |(last, _)| *last);
        if column >= MAX_COLUMNS || last > number {
            let reason =
                format!("超过 {MAX_COLUMNS} 列或次序有误 (too many columns, or out of order)");
            return Err(Refusal::malformed(FORMAT, reason));
        }
        if last != number {
            check_count(self.rows.len() + 1)?;
            self.rows.push((number, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            if cells.len() <= column {
                self.cells += column + 1 - cells.len();
                cells.resize(column + 1, Value::Null);
            }
            cells[column] = value;
        }
        if self.cells > MAX_CELLS {
            return Err(Refusal::TooMany { limit: MAX_CELLS });
        }
        Ok(())
    }
}

fn value(cell: &DataRef<'_>, row: u32, column: u32, remarks: &mut Vec<Remark>) -> Value {
    match cell {
        DataRef::Empty => Value::Null,
        DataRef::Int(number) => (*number).into(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(value) => (*value).into(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone().into(),
        DataRef::DateTime(time) if time.is_duration() => decimal(time.as_f64()),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date.into()
            } else {
                format!("{date}T{hour:02}:{minute:02}:{second:02}").into()
            }
        }
        DataRef::Error(error) => {
            let (cell, text) = (address(row, column), error.to_string());
            remarks.push(Remark::file(Matter::ErrorCell { cell, text }));
            Value::Null
        }
    }
}

fn text_value(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { text.trim().into() }
}

/// Excel knows no whole numbers; those that are whole are written so.
fn decimal(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far below 2^63")]
        return (number as i64).into();
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// `B7`, as the editor names a cell.
fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn cells_are_named_as_the_editor_names_them() {
        assert_eq!([address(0, 0), address(6, 25), address(0, 26)], ["A1", "Z7", "AA1"]);
        assert_eq!(address(9, 701), "ZZ10");
    }
}
