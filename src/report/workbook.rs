//! Prints the table of a report as an Excel workbook: for whoever calculates on.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::report::ReportError;
use crate::report::content::{Block, Report, TableGroup};

/// Characters of a cell that Excel takes, counted as UTF-16.
const CELL: usize = 32_767;

/// Writes the table of a report, and a sheet that says where it comes from.
///
/// # Errors
/// When the report has no table.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, ReportError> {
    let table = report.blocks.iter().find_map(|block| match block {
        Block::Table { head, groups } => Some((head, groups)),
        _ => None,
    });
    let (head, groups) = table.ok_or(ReportError::NoTable)?;
    written(report, head, groups).map_err(|error| ReportError::Typeset(error.to_string()))
}

fn written(report: &Report, head: &[String], groups: &[TableGroup]) -> Result<Vec<u8>, XlsxError> {
    let chinese = report.language == "zh";
    let mut workbook = Workbook::new();
    // A workbook has a day in any case; this one is not that of the making, so that the same data gives the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&report.title).set_author(&report.author);
    workbook.set_properties(&properties.set_creation_datetime(&day));
    let sheet = workbook.add_worksheet();
    sheet.set_name(if chinese { "对比" } else { "Comparison" })?;
    rows(sheet, report, head, groups)?;
    let front = workbook.add_worksheet();
    front.set_name(if chinese { "说明" } else { "About" })?;
    front.set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let said = report.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text.clone()),
        _ => None,
    });
    let cited = report.blocks.iter().filter_map(|block| match block {
        Block::Facts { facts } => Some(facts),
        _ => None,
    });
    let cited = cited.flatten().map(|fact| format!("{} {}", fact.label, fact.value));
    let lines = [report.title.clone(), report.foot.atlas.clone()].into_iter();
    let lines = lines.chain(said).chain(cited).chain(report.foot.lines.iter().cloned());
    for (row, line) in (0_u32..).zip(lines) {
        front.write_string_with_format(row, 0, cut(&line), &wrapped)?;
    }
    workbook.save_to_buffer()
}

fn rows(
    sheet: &mut Worksheet,
    report: &Report,
    head: &[String],
    groups: &[TableGroup],
) -> Result<(), XlsxError> {
    let plain =
        Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Hair);
    let marked = plain.clone().set_background_color(Color::RGB(0x00fb_e9dc));
    let heading = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin);
    let heading = heading.set_background_color(Color::RGB(0x00f4_eddc));
    let group = Format::new().set_bold().set_font_color(Color::RGB(0x00a6_301f));
    sheet.write_string_with_format(
        0,
        0,
        cut(&report.title),
        &Format::new().set_bold().set_font_size(14),
    )?;
    let columns = 0_u16..;
    for (column, text) in columns.clone().zip(head) {
        sheet.write_string_with_format(1, column, cut(text), &heading)?;
        let narrow = column == 0 || usize::from(column) + 1 == head.len();
        sheet.set_column_width(column, if narrow { 20 } else { 44 })?;
    }
    sheet.set_freeze_panes(2, 1)?;
    let mut row = 2;
    for TableGroup { title, rows } in groups {
        sheet.write_string_with_format(row, 0, cut(title), &group)?;
        row += 1;
        for one in rows {
            let format = if one.mark.is_empty() { &plain } else { &marked };
            let cells = std::iter::once(&one.label).chain(&one.cells).chain([&one.mark]);
            for (column, text) in columns.clone().zip(cells) {
                // A count is a number, to be calculated with.
                match text.parse::<u32>() {
                    Ok(number) if column > 0 => {
                        sheet.write_number_with_format(row, column, number, format)?
                    }
                    _ => sheet.write_string_with_format(row, column, cut(text), format)?,
                };
            }
            row += 1;
        }
    }
    Ok(())
}

/// As much of a text as a cell holds: a character is never shorter in UTF-8 than in UTF-16.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(CELL);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
