//! CSV (RFC 4180) as WPS and Excel open it by a double click: UTF-8 with a byte order mark or GBK, CRLF,
//! Chinese headings, a file to each layer and each table of linked records.
//!
//! Positions stand in two columns; what is no single point has a representative point there and its
//! whole geometry as well-known text in a third. A null is an empty cell, an empty text a pair of
//! quotation marks.
//!
//! A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that
//! begins with an apostrophe: whoever takes one leading apostrophe away has the text back. Numbers are
//! left alone, and so is a sign that stands for itself.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};

use geo::{CoordsIter, Geometry};

use crate::crs::Crs;
use crate::export::losses::{Collector, LossKind};
use crate::export::names::headings;
use crate::export::number::fixed;
use crate::export::{
    Cell, Encoding, Export, Features, Flat, Folder, Progress, Table, WriteError, wkt,
};

/// Characters of a cell that Excel opens without cutting.
const CELL: usize = 32_767;

/// Headings of the position and of the well-known text. Shifted degrees are never called by the plain
/// name.
#[must_use]
pub fn geometry_headings(crs: Crs) -> [&'static str; 3] {
    match crs {
        Crs::Wgs84 | Crs::Cgcs2000 => ["经度", "纬度", "WKT"],
        Crs::WebMercator | Crs::GaussKruger(_) => ["东坐标", "北坐标", "WKT"],
        Crs::Gcj02 => ["经度（GCJ-02）", "纬度（GCJ-02）", "WKT（GCJ-02）"],
        Crs::Bd09 => ["经度（BD-09）", "纬度（BD-09）", "WKT（BD-09）"],
    }
}

/// The headings that a layer needs: well-known text only where something is no point.
pub fn needed_headings<'h>(features: &Features<'_>, headings: &'h [&'h str; 3]) -> &'h [&'h str] {
    let mut geometries = (0..features.table.len).filter_map(|row| features.geometry(row));
    let all = geometries.any(|geometry| !matches!(*geometry, Geometry::Point(_)));
    &headings[..if all { 3 } else { 2 }]
}

/// What CSV cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    let encoding = export.options.encoding;
    let project = export.project();
    let (mut flat, mut text) = (Flat::default(), Vec::new());
    for features in &export.features {
        let added = geometry_headings(export.options.crs);
        let added = needed_headings(features, &added);
        cells(&features.table, added, encoding, collector);
        for row in 0..features.table.len {
            let long = |geometry: &Cow<'_, Geometry<f64>>| geometry.coords_count() > CELL / 40;
            let Some(geometry) = features.geometry(row).filter(long) else { continue };
            flat.set(&geometry, &project);
            text.clear();
            let written = wkt::write(&mut text, &flat, usize::from(export.decimals()));
            if written.is_ok() && text.len() > CELL {
                let table = &features.table;
                collector.note_by(LossKind::Truncated, &table.id, Some("WKT"), || cut(table, row));
            }
        }
    }
    for table in &export.records.tables {
        cells(table, &[], encoding, collector);
    }
}

fn cells(table: &Table<'_>, added: &[&str], encoding: Encoding, collector: &mut Collector) {
    headings(table, added, collector);
    let mut buffer = Vec::new();
    let mut missing = vec![String::new(); table.columns.len()];
    for (column, missing) in table.columns.iter().zip(&mut missing) {
        let title = &column.field.title;
        if is_formula(title) {
            collector.note(LossKind::Escaped, &table.id, Some(&*column.field.key), title);
        }
        encoding.missing(title, &mut buffer, |character| missing.push(character));
    }
    // Row by row: a row may have to be read first.
    for row in 0..table.len {
        for (column, missing) in table.columns.iter().zip(&mut missing) {
            let key = Some(&*column.field.key);
            let cell = column.cell(row);
            let Some(text) = cell.flat() else { continue };
            let written = matches!(cell, Cell::Text(_) | Cell::List(_) | Cell::Integer(_));
            if text.is_empty() {
                collector.row(LossKind::Nulls, table, key, row);
            } else if written && is_guessed(&text) {
                let reason = || format!("{}：{text}", table.example(row));
                collector.note_by(LossKind::Guessed, &table.id, key, reason);
            }
            encoding.missing(&text, &mut buffer, |character| missing.push(character));
            if matches!(cell, Cell::Text(_) | Cell::List(_)) && is_formula(&text) {
                collector.row(LossKind::Escaped, table, key, row);
            }
            if text.len() > CELL && text.encode_utf16().count() > CELL {
                collector.note_by(LossKind::Truncated, &table.id, key, || cut(table, row));
            }
        }
    }
    for (column, missing) in table.columns.iter().zip(missing) {
        for character in missing.chars() {
            let example = || character.to_string();
            let key = Some(&*column.field.key);
            collector.note_by(LossKind::Characters, &table.id, key, example);
        }
    }
}

fn cut(table: &Table<'_>, row: usize) -> String {
    format!("{}：超过 {CELL} 字，Excel 打开时会截断", table.example(row))
}

/// Whether a spreadsheet might compute a text, or the text looks as if it were marked for that already.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    text.starts_with('\'') || (text.starts_with(signs) && text.chars().nth(1).is_some())
}

/// Whether a spreadsheet that opens the file takes a text for what it is not: digits with a zero in front,
/// more digits than it keeps, or a date (`3-1`, `2025-12`).
fn is_guessed(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) {
        return text.len() > 15 || (text.len() > 1 && text.starts_with('0'));
    }
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let short = |part: &&str| digits(part) && part.len() <= 2;
    match parts.as_slice() {
        [first, rest @ ..] if (1..=2).contains(&rest.len()) && digits(first) => {
            matches!(first.len(), 1 | 2 | 4) && rest.iter().all(short)
        }
        _ => false,
    }
}

/// Writes a file to each layer and table, and one that says which record names which place.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let begin = |folder: &mut Folder, id: &str| -> Result<Lines, WriteError> {
        let name = format!("{}.csv", folder.stem(id));
        Lines::begin(folder.create(&name)?, export.options.encoding)
    };
    for features in &export.features {
        layer(export, features, begin(folder, &features.table.id)?, progress)?;
    }
    for table in &export.records.tables {
        let mut lines = begin(folder, &table.id)?;
        lines.headings(&headings(table, &[], &mut Collector::default()))?;
        for row in 0..table.len {
            lines.cells(table, row);
            lines.end()?;
            progress.advance(1)?;
        }
        lines.finish()?;
    }
    if !export.records.links.is_empty() {
        let mut lines = begin(folder, "links")?;
        lines.headings(&["表", "地点编号", "记录编号"])?;
        for link in &export.records.links {
            for text in [link.table, link.place, link.record] {
                lines.text(text);
            }
            lines.end()?;
        }
        lines.finish()?;
    }
    Ok(())
}

fn layer(
    export: &Export<'_>,
    features: &Features<'_>,
    mut lines: Lines,
    progress: &Progress,
) -> Result<(), WriteError> {
    let decimals = usize::from(export.decimals());
    let project = export.project();
    let mut flat = Flat::default();
    let added = geometry_headings(export.options.crs);
    let added = needed_headings(features, &added);
    lines.headings(&headings(&features.table, added, &mut Collector::default()))?;
    for row in 0..features.table.len {
        lines.cells(&features.table, row);
        let geometry = features.geometry(row).filter(|geometry| {
            flat.set(geometry, &project);
            flat.is_finite()
        });
        let anchor = geometry.as_ref().and_then(|_| features.anchor(row)).map(&project);
        for axis in 0..2 {
            lines.next();
            if let Some(anchor) = anchor.filter(|anchor| anchor[axis].is_finite()) {
                fixed(&mut lines.line, anchor[axis], decimals)?;
            }
        }
        if added.len() > 2 {
            lines.next();
            if geometry.is_some_and(|geometry| !matches!(*geometry, Geometry::Point(_))) {
                lines.line.push(b'"');
                wkt::write(&mut lines.line, &flat, decimals)?;
                lines.line.push(b'"');
            }
        }
        lines.end()?;
        progress.advance(1)?;
    }
    lines.finish()
}

/// Writes lines.
struct Lines {
    out: BufWriter<File>,
    encoding: Encoding,
    /// The line so far, in UTF-8.
    line: Vec<u8>,
    first: bool,
    buffer: Vec<u8>,
}

impl Lines {
    fn begin(mut out: BufWriter<File>, encoding: Encoding) -> Result<Self, WriteError> {
        if encoding == Encoding::Utf8 {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self { out, encoding, line: Vec::new(), first: true, buffer: Vec::new() })
    }

    fn headings<T: AsRef<str>>(&mut self, headings: &[T]) -> Result<(), WriteError> {
        for heading in headings {
            self.text(heading.as_ref());
        }
        self.end()
    }

    fn cells(&mut self, table: &Table<'_>, row: usize) {
        for column in &table.columns {
            match &column.cell(row) {
                Cell::Null => self.next(),
                Cell::Text(text) => self.text(text),
                cell @ Cell::List(_) => self.text(&cell.flat().unwrap_or_default()),
                cell => {
                    self.next();
                    self.quoted("", &cell.flat().unwrap_or_default());
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.next();
        self.quoted(if is_formula(text) { "'" } else { "" }, text);
    }

    fn next(&mut self) {
        if !self.first {
            self.line.push(b',');
        }
        self.first = false;
    }

    fn quoted(&mut self, mark: &str, text: &str) {
        let special = |byte: u8| matches!(byte, b'"' | b',' | b'\r' | b'\n' | b' ' | b'\t');
        let plain = !text.is_empty() && !text.bytes().any(special);
        let quote: &[u8] = if plain { b"" } else { b"\"" };
        self.line.extend(quote);
        self.line.extend(mark.as_bytes());
        for (number, part) in text.split('"').enumerate() {
            if number > 0 {
                self.line.extend(b"\"\"");
            }
            self.line.extend(part.as_bytes());
        }
        self.line.extend(quote);
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.line.extend(b"\r\n");
        match self.encoding {
            Encoding::Utf8 => self.out.write_all(&self.line)?,
            Encoding::Gbk => {
                let line = String::from_utf8_lossy(&self.line);
                self.out.write_all(self.encoding.encode(&line, &mut self.buffer))?;
            }
        }
        self.line.clear();
        self.first = true;
        Ok(())
    }

    fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.out.flush()?)
    }
}
