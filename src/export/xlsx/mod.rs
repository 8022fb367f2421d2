//! Excel workbooks (Office Open XML), for WPS and Excel.
//!
//! A sheet 说明 with origin and losses, then a sheet to each layer, to each table of linked records, and
//! one that says which record names which place. An id that stands alone in its cell leads to its row. A
//! sheet that would be longer than Excel allows goes on in another one. Text is text, whatever it
//! begins with. Rows go to a temporary file beside the workbook, so that its size costs no memory.

mod front;
mod places;
mod sheet;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use geo::CoordsIter;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::export::csv::{geometry_headings, needed_headings};
use crate::export::losses::{Collector, LossKind};
use crate::export::names::headings;
use crate::export::{Cell, Export, Features, Flat, Folder, Progress, Table, WriteError, wkt};
use places::Places;
use sheet::{Book, Style};

/// Rows of a sheet below its heading.
const ROWS: usize = 1_048_575;
/// Characters of a cell, counted as UTF-16.
const CELL: usize = 32_767;
/// Whole numbers that Excel shows with all their digits.
const DIGITS: u64 = 1_000_000_000_000_000;

/// A table of the export on its sheets.
enum Source<'e, 'a> {
    Layer(&'e Features<'a>),
    Records(&'e Table<'a>),
    Links(usize),
}

impl<'e, 'a> Source<'e, 'a> {
    /// Everything that gets sheets of its own.
    fn all(export: &'e Export<'a>) -> Vec<Self> {
        let layers = export.features.iter().map(Self::Layer);
        let mut all: Vec<Self> =
            layers.chain(export.records.tables.iter().map(Self::Records)).collect();
        if !export.records.links.is_empty() {
            all.push(Self::Links(export.records.links.len()));
        }
        all
    }

    fn table(&self) -> Option<&'e Table<'a>> {
        match self {
            Self::Layer(features) => Some(&features.table),
            Self::Records(table) => Some(table),
            Self::Links(_) => None,
        }
    }

    fn title(&self) -> &'e str {
        self.table().map_or("关联", |table| &table.title)
    }

    fn len(&self) -> usize {
        match self {
            Self::Links(len) => *len,
            _ => self.table().map_or(0, |table| table.len),
        }
    }
}

/// What a workbook cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    for source in Source::all(export) {
        let Some(table) = source.table() else { continue };
        if table.len > ROWS {
            for _ in 0..table.len.div_ceil(ROWS) {
                collector.note(LossKind::Split, &table.id, None, &table.title);
            }
        }
        // Row by row: a row may have to be read first.
        for row in 0..table.len {
            for column in &table.columns {
                let mut note = |kind| collector.row(kind, table, Some(&column.field.key), row);
                match column.cell(row) {
                    Cell::Null | Cell::Real(_) | Cell::Boolean(_) => {}
                    Cell::Integer(number) if number.unsigned_abs() < DIGITS => {}
                    Cell::Integer(_) => note(LossKind::Flattened),
                    cell => {
                        let text = cell.flat().unwrap_or_default();
                        if text.is_empty() {
                            note(LossKind::Nulls);
                        }
                        if sheet::cut(&text).len() < text.len() {
                            note(LossKind::Truncated);
                        }
                        if text.contains(sheet::FORBIDDEN) {
                            note(LossKind::Characters);
                        }
                    }
                }
            }
        }
        if let Source::Layer(features) = source {
            geometry(export, features, collector);
        } else {
            headings(table, &[], collector);
        }
    }
}

fn geometry(export: &Export<'_>, features: &Features<'_>, collector: &mut Collector) {
    let table = &features.table;
    let added = geometry_headings(export.options.crs);
    headings(table, needed_headings(features, &added), collector);
    let project = export.project();
    let (mut flat, mut text) = (Flat::default(), Vec::new());
    for row in 0..table.len {
        // A position is written in less than forty characters.
        let long = |geometry: &Cow<'_, geo::Geometry<f64>>| geometry.coords_count() > CELL / 40;
        let Some(geometry) = features.geometry(row).filter(long) else { continue };
        flat.set(&geometry, &project);
        text.clear();
        let written = wkt::write(&mut text, &flat, usize::from(export.decimals()));
        if written.is_ok() && text.len() > CELL {
            let reason = || format!("{}：超过 {CELL} 字，该格留空", table.example(row));
            collector.note_by(LossKind::Truncated, &table.id, Some("WKT"), reason);
        }
    }
}

/// Writes the workbook.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let path = folder.claim(&export.whole_file());
    let written = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder.root()).map_err(refused)?;
        workbook.set_properties(&properties(export)?);
        let sources = Source::all(export);
        let book = Book::plan(&sources);
        let places = Places::of(export, &sources, &book);
        let style = Style::of(export);
        front::write(export, &mut workbook, &style)?;
        for (number, source) in sources.iter().enumerate() {
            sheet::write(
                export,
                source,
                &book.sheets[number],
                &places,
                &style,
                &mut workbook,
                progress,
            )?;
        }
        workbook.save(&path).map_err(refused)
    }));
    // The library panics where its temporary file cannot be written.
    written.unwrap_or_else(|_| Err(WriteError::Full { file: "the rows of the workbook".into() }))
}

fn properties(export: &Export<'_>) -> Result<DocProperties, WriteError> {
    let properties =
        DocProperties::new().set_title(&export.origin.title).set_comment(export.origin.line());
    let day = ExcelDateTime::parse_from_str(&export.origin.date).map_err(refused)?;
    Ok(properties.set_creation_datetime(&day))
}

fn refused(error: XlsxError) -> WriteError {
    match error {
        XlsxError::IoError(error) => WriteError::io("the workbook", error),
        other => WriteError::Format { format: "XLSX", reason: other.to_string() },
    }
}
