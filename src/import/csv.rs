//! CSV as WPS and Excel write it: commas, or semicolons or tabs where the first line has more of them.

use serde_json::{Number, Value};

use crate::export::is_formula;
use crate::import::draft::Table;
use crate::import::grid::Grid;
use crate::import::{Refusal, check_count};

const FORMAT: &str = "CSV";

/// Columns whose digits are names and not amounts.
const NAMES: [&str; 9] = ["代码", "编号", "编码", "号码", "电话", "手机", "邮编", "code", "phone"];

/// Reads a table whose encoding is dealt with.
pub fn read(text: &str) -> Result<Table, Refusal> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let separators = [('\t', b'\t'), (';', b';'), (',', b',')];
    // The last of equals wins, so that commas do.
    let separator = separators.into_iter().max_by_key(|(separator, _)| count(*separator));
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.map_or(b',', |(_, byte)| byte))
        .from_reader(text.as_bytes());
    let mut rows: Vec<(u64, Vec<Value>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Refusal::malformed(FORMAT, error))?;
        check_count(rows.len() + 1)?;
        let line = record.position().map_or(0, ::csv::Position::line);
        rows.push((line, record.iter().map(cell).collect()));
    }
    Grid { rows }.into_table().map(typed)
}

/// A cell as text. An apostrophe that only keeps a spreadsheet from computing it is taken away.
fn cell(text: &str) -> Value {
    let text = text.trim();
    let marked = text.strip_prefix('\'').filter(|rest| is_formula(rest));
    match marked.unwrap_or(text) {
        "" => Value::Null,
        text => text.into(),
    }
}

type Read = dyn Fn(&str) -> Option<Value>;

/// Makes numbers of columns that hold nothing else, where no digit would be lost, and the same of `true`
/// and `false`.
fn typed(mut table: Table) -> Table {
    let names: Vec<String> =
        table.drafts.first().map(|d| d.properties.keys().cloned().collect()).unwrap_or_default();
    for name in names {
        let lower = name.to_lowercase();
        if lower == "id" || NAMES.iter().any(|word| lower.contains(word)) {
            continue;
        }
        let cells =
            || table.drafts.iter().filter_map(|draft| draft.properties.get(&name)?.as_str());
        let filled = cells().next().is_some();
        let number = |cell: &str| number(cell).map(Value::Number);
        let boolean = |cell: &str| cell.parse().ok().map(Value::Bool);
        let kinds: [&Read; 2] = [&number, &boolean];
        let all = |read: &&&Read| cells().all(|cell| read(cell).is_some());
        let Some(read) = kinds.iter().find(all).filter(|_| filled) else { continue };
        for draft in &mut table.drafts {
            if let Some(value) = draft.properties.get_mut(&name) {
                *value = value.as_str().and_then(read).unwrap_or(Value::Null);
            }
        }
    }
    table
}

/// A number that is written as the same digits again: no leading zero, no plus, not too long.
fn number(cell: &str) -> Option<Number> {
    if cell.len() > 15 {
        return None;
    }
    if let Ok(whole) = cell.parse::<i64>() {
        return (whole.to_string() == cell).then(|| whole.into());
    }
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.')?;
    let decimal = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let zero = whole.len() > 1 && whole.starts_with('0');
    if zero || !decimal(whole) || !decimal(fraction) {
        return None;
    }
    cell.parse().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cell, number};

    #[test]
    fn an_apostrophe_before_a_formula_goes_and_any_other_stays() {
        for (text, meant) in [
            ("'-3 号", json!("-3 号")),
            ("''t", json!("'t")),
            ("'80", json!("'80")),
            ("-", json!("-")),
            (" ", json!(null)),
        ] {
            assert_eq!(cell(text), meant, "{text}");
        }
    }

    #[test]
    fn only_what_is_written_the_same_again_becomes_a_number() {
        for text in ["12", "-3", "0.50", "108.69", "0"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in ["012", "+3", "1e5", "5-10", "5002350040000000", "NaN", "1.", ".5", "00.5"] {
            assert!(number(text).is_none(), "{text}");
        }
    }
}
