//! CSV tables as typed rows. Every cell knows its line, so that every complaint does too.

use crate::load::fault::{Fault, nearest};
use crate::load::problem::{Location, Problems};

/// A parsed table.
pub struct Table {
    file: String,
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Parses CSV text whose header must have exactly the columns `expected`, in any order.
    pub fn parse(file: &str, text: &str, expected: &[&str], problems: &mut Problems) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let columns: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(|h| h.trim().to_owned()).collect(),
            Err(error) => {
                problems.error(
                    Location::line(file, 1),
                    Fault::InvalidCsv { reason: error.to_string() },
                );
                Vec::new()
            }
        };
        let header = |column: &str| Location::line(file, 1).field(column);
        for column in columns.iter().filter(|c| !expected.contains(&c.as_str())) {
            let hint = nearest(column, expected.iter().copied());
            problems.error(header(column), Fault::UnknownColumn { nearest: hint });
        }
        for column in expected.iter().filter(|e| !columns.iter().any(|c| c == *e)) {
            problems.error(header(column), Fault::MissingColumn);
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let fault = Fault::InvalidCsv { reason: error.to_string() };
                    problems.error(Location::line(file, line), fault);
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != columns.len() {
                let fault = Fault::RowLength { expected: columns.len(), found: record.len() };
                problems.error(Location::line(file, line), fault);
                continue;
            }
            rows.push((line, record.iter().map(|c| c.trim().to_owned()).collect()));
        }
        Self { file: file.to_owned(), columns, rows }
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    line: u64,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The cell in `column`, empty when the column is missing (which was reported once).
    pub fn text(&self, column: &str) -> &'a str {
        let position = self.table.columns.iter().position(|c| c == column);
        position.map_or("", |i| self.cells[i].as_str())
    }

    /// The cell in `column`, `None` when empty.
    pub fn optional(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|t| !t.is_empty()).map(str::to_owned)
    }

    /// The cell in `column`, complaining when it is empty.
    pub fn required(&self, column: &str, problems: &mut Problems) -> String {
        let text = self.text(column);
        if text.is_empty() {
            problems.error(self.at(column), Fault::Missing);
        }
        text.to_owned()
    }

    /// The values of a cell that lists several, separated by `;` or `；`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(column).split([';', '；']).map(str::trim).filter(|t| !t.is_empty())
    }

    /// The number in `column`; complains when there is text that is no number.
    pub fn number<T: std::str::FromStr>(&self, column: &str, problems: &mut Problems) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        // Rust also reads `NaN` and `inf`, which are no figures of a plan.
        let digits = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && !text.ends_with(|c: char| c.is_ascii_alphabetic());
        let number = text.parse().ok().filter(|_| digits);
        if number.is_none() {
            problems.error(self.at(column), Fault::NotANumber { text: text.to_owned() });
        }
        number
    }

    /// Where the cell of this row in `column` stands.
    pub fn at(&self, column: &str) -> Location {
        let location = Location::line(&self.table.file, self.line).field(column);
        match self.text("id") {
            "" => location,
            id => location.of(id),
        }
    }
}
