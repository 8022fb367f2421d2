//! Tables on sheets.

use rust_xlsxwriter::{Color, Format, FormatBorder, Url, Workbook, Worksheet};

use crate::export::csv::{geometry_headings, needed_headings};
use crate::export::losses::Collector;
use crate::export::names::{Names, headings};
use crate::export::xlsx::places::{Places, target};
use crate::export::xlsx::{CELL, DIGITS, ROWS, Source, front, refused};
use crate::export::{Cell, Export, Features, Flat, Progress, Table, WriteError, wkt};

/// The row of the first cell below the heading, as Excel counts.
pub const ROW_OF_FIRST: usize = 2;

/// Characters that XML has no way to write.
pub const FORBIDDEN: [char; 2] = ['\u{fffe}', '\u{ffff}'];

/// Rows that are looked at for the width of a column.
const SAMPLE: usize = 200;

/// Names of the sheets of each source.
pub struct Book {
    pub sheets: Vec<Vec<String>>,
    pub chunk: usize,
}

impl Book {
    pub fn plan(sources: &[Source<'_, '_>]) -> Self {
        let mut names = Names::without(&[front::NAME, "History"]);
        let sheets = |source: &Source<'_, '_>| {
            let plain = |c: char| {
                if matches!(c, '*' | '?' | ':' | '[' | ']' | '\\' | '/' | '\'') || c.is_control() {
                    '_'
                } else {
                    c
                }
            };
            let wish: String = source.title().chars().map(plain).collect();
            let wish = if wish.trim().is_empty() { "_" } else { &wish };
            let sheets = 1..=source.len().div_ceil(ROWS).max(1);
            sheets.map(|_| names.give(wish, |text, room| head(text, 31 - room))).collect()
        };
        Self { sheets: sources.iter().map(sheets).collect(), chunk: ROWS }
    }
}

/// As much of a text as a cell holds.
pub fn cut(text: &str) -> &str {
    // A character is never shorter in UTF-8 than in UTF-16.
    if text.len() <= CELL { text } else { head(text, CELL) }
}

/// The first `limit` units of UTF-16, in whole characters.
fn head(text: &str, limit: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > limit
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// How cells look.
pub struct Style {
    pub title: Format,
    pub heading: Format,
    link: Format,
    whole: Format,
    position: Format,
}

impl Style {
    pub fn of(export: &Export<'_>) -> Self {
        let position = if export.options.crs.is_degrees() { "0.000000" } else { "0.000" };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00e8_eef4))
                .set_border_bottom(FormatBorder::Thin),
            link: Format::new().set_hyperlink(),
            whole: Format::new().set_num_format("0"),
            position: Format::new().set_num_format(position),
        }
    }
}

/// Writes a source on its sheets.
pub fn write(
    export: &Export<'_>,
    source: &Source<'_, '_>,
    names: &[String],
    places: &Places<'_>,
    style: &Style,
    workbook: &mut Workbook,
    progress: &Progress,
) -> Result<(), WriteError> {
    let added = geometry_headings(export.options.crs);
    let headings = match source {
        Source::Layer(features) => {
            headings(&features.table, needed_headings(features, &added), &mut Collector::default())
        }
        Source::Records(table) => headings(table, &[], &mut Collector::default()),
        Source::Links(_) => {
            ["地点编号", "地点", "类别", "记录编号", "记录"].map(str::to_owned).to_vec()
        }
    };
    for (number, name) in names.iter().enumerate() {
        let first = number * ROWS;
        let rows = first..source.len().min(first + ROWS);
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        sheet.set_name(name).map_err(refused)?;
        begin(sheet, source, &headings, rows.len(), style)?;
        let mut out = Rows {
            export,
            places,
            style,
            sheet,
            row: 0,
            column: 0,
            flat: Flat::default(),
            text: Vec::new(),
        };
        for row in rows {
            (out.row, out.column) = (out.row + 1, 0);
            match source {
                Source::Layer(features) => {
                    out.cells(source, &features.table, row)?;
                    out.geometry(features, row, headings.len() - features.table.columns.len() > 2)?;
                }
                Source::Records(table) => out.cells(source, table, row)?,
                Source::Links(_) => out.link(row)?,
            }
            if !matches!(source, Source::Links(_)) {
                progress.advance(1)?;
            }
        }
    }
    Ok(())
}

fn begin(
    sheet: &mut Worksheet,
    source: &Source<'_, '_>,
    headings: &[String],
    rows: usize,
    style: &Style,
) -> Result<(), WriteError> {
    let mut last = 0;
    for (column, heading) in (0_u16..).zip(headings) {
        let cells = source.table().and_then(|table| table.columns.get(usize::from(column)));
        let cells = (0..source.len().min(SAMPLE))
            .filter_map(|row| Some(columns(&cells?.cell(row).flat()?)));
        let width = cells.chain([columns(heading) + 3]).max().unwrap_or(0).clamp(8, 48);
        sheet.set_column_width(column, u16::try_from(width).unwrap_or(48) + 1).map_err(refused)?;
        let heading = cut(heading).replace(FORBIDDEN, "\u{fffd}");
        sheet.write_string_with_format(0, column, heading, &style.heading).map_err(refused)?;
        last = column;
    }
    sheet.set_freeze_panes(1, 0).map_err(refused)?;
    let end = u32::try_from(rows).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, end, last).map_err(refused)?;
    Ok(())
}

/// Width of a text in digits: a Chinese character takes two.
fn columns(text: &str) -> usize {
    text.chars().take(48).map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

/// Writes the cells of one sheet, row by row.
struct Rows<'r, 'e, 'a> {
    export: &'r Export<'e>,
    places: &'r Places<'a>,
    style: &'r Style,
    sheet: &'r mut Worksheet,
    row: u32,
    column: u16,
    flat: Flat,
    text: Vec<u8>,
}

impl Rows<'_, '_, '_> {
    fn cells(
        &mut self,
        source: &Source<'_, '_>,
        table: &Table<'_>,
        row: usize,
    ) -> Result<(), WriteError> {
        for column in &table.columns {
            let kind = target(source, &column.field);
            let (at, cell) = (self.column, column.cell(row));
            match &cell {
                Cell::Null => {}
                Cell::Boolean(yes) => {
                    self.sheet.write_boolean(self.row, at, *yes).map_err(refused)?;
                }
                Cell::Real(number) => {
                    self.sheet.write_number(self.row, at, *number).map_err(refused)?;
                }
                Cell::Integer(number) if number.unsigned_abs() < DIGITS => {
                    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
                    let number = *number as f64;
                    let style = &self.style.whole;
                    self.sheet
                        .write_number_with_format(self.row, at, number, style)
                        .map_err(refused)?;
                }
                Cell::List(items) if items.len() == 1 => self.id(kind, &items[0])?,
                Cell::Text(text) => self.id(kind, text)?,
                cell => self.id(None, &cell.flat().unwrap_or_default())?,
            }
            self.column = at + 1;
        }
        Ok(())
    }

    /// A text that leads to the row of the id that it is.
    fn id(&mut self, kind: Option<&'static str>, text: &str) -> Result<(), WriteError> {
        let link = kind.and_then(|kind| self.places.link(kind, text));
        let text = cut(text).replace(FORBIDDEN, "\u{fffd}");
        let (row, column) = (self.row, self.column);
        match link {
            Some(link) => {
                let link = Url::new(link).set_text(text);
                self.sheet.write_url_with_format(row, column, link, &self.style.link)
            }
            None => self.sheet.write_string(row, column, text),
        }
        .map_err(refused)?;
        self.column += 1;
        Ok(())
    }

    fn geometry(
        &mut self,
        features: &Features<'_>,
        row: usize,
        with_text: bool,
    ) -> Result<(), WriteError> {
        let Some(geometry) = features.geometry(row) else { return Ok(()) };
        let project = self.export.project();
        self.flat.set(&geometry, &project);
        if !self.flat.is_finite() {
            return Ok(());
        }
        let decimals = i32::from(self.export.decimals());
        for number in features.anchor(row).map(&project).into_iter().flatten() {
            if number.is_finite() {
                let number = (number * 10_f64.powi(decimals)).round() / 10_f64.powi(decimals);
                let style = &self.style.position;
                self.sheet
                    .write_number_with_format(self.row, self.column, number, style)
                    .map_err(refused)?;
            }
            self.column += 1;
        }
        if with_text && !matches!(*geometry, geo::Geometry::Point(_)) {
            self.text.clear();
            wkt::write(&mut self.text, &self.flat, usize::from(self.export.decimals()))?;
            if self.text.len() <= CELL {
                let text = String::from_utf8_lossy(&self.text);
                self.sheet.write_string(self.row, self.column, text).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Which record names which place.
    fn link(&mut self, row: usize) -> Result<(), WriteError> {
        let link = &self.export.records.links[row];
        let source = |kind, id| self.places.find(kind, id);
        let place = source("places", link.place);
        let record = source(link.table, link.record);
        let layer =
            place.and_then(|(number, row)| Some(self.export.features.get(number)?.place(row)));
        let number = record.and_then(|(number, row)| {
            Some((self.export.records.tables.get(number - self.export.features.len())?, row))
        });
        let name = number.and_then(|(table, row)| {
            let named = |key: &&str| table.columns.iter().find(|c| c.field.key == **key);
            Some(["name", "title", "topic"].iter().find_map(named)?.cell(row).flat()?.into_owned())
        });
        self.id(Some("places"), link.place)?;
        self.id(None, layer.as_ref().map_or("", |place| &place.name))?;
        self.id(None, number.map_or(link.table, |(table, _)| &table.title))?;
        self.id(Some(link.table), link.record)?;
        self.id(None, &name.unwrap_or_default())
    }
}
