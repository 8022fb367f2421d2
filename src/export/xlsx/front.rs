//! The first sheet: where the workbook comes from, and what it could not take along.

use rust_xlsxwriter::Workbook;

use crate::export::xlsx::refused;
use crate::export::xlsx::sheet::{Style, cut};
use crate::export::{Export, WriteError};

/// Name of the sheet.
pub const NAME: &str = "说明";

pub fn write(
    export: &Export<'_>,
    workbook: &mut Workbook,
    style: &Style,
) -> Result<(), WriteError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(NAME).map_err(refused)?;
    for (column, width) in [(0, 28), (1, 16), (2, 20), (3, 8), (4, 60)] {
        sheet.set_column_width(column, width).map_err(refused)?;
    }
    let mut row = 0;
    for line in export.origin.text().lines() {
        if row == 0 {
            sheet.write_string_with_format(row, 0, line, &style.title).map_err(refused)?;
        } else {
            sheet.write_string(row, 0, cut(line)).map_err(refused)?;
        }
        row += 1;
    }
    row += 1;
    let losses = export.losses();
    if losses.items.is_empty() {
        sheet.write_string(row, 0, "没有丢失任何内容。").map_err(refused)?;
        return Ok(());
    }
    for (column, heading) in (0..).zip(["本格式带不走的", "图层", "字段", "数量", "例"])
    {
        sheet.write_string_with_format(row, column, heading, &style.heading).map_err(refused)?;
    }
    for loss in &losses.items {
        row += 1;
        let field = loss.field.as_deref().unwrap_or_default();
        for (column, text) in [(0, loss.kind.label()), (1, &loss.layer), (2, field)] {
            sheet.write_string(row, column, cut(text)).map_err(refused)?;
        }
        let count = u32::try_from(loss.count).unwrap_or(u32::MAX);
        sheet.write_number(row, 3, count).map_err(refused)?;
        sheet.write_string(row, 4, cut(&loss.examples.join("；"))).map_err(refused)?;
    }
    Ok(())
}
