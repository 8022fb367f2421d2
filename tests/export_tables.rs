//! CSV and XLSX of everything, in every reference system and encoding, read back by Python and openpyxl.

#[path = "common/export.rs"]
mod export;

use plan_atlas::export::{Encoding, Format};

#[test]
fn csv_holds_everything_that_the_report_does_not_list() {
    export::round(Format::Csv, &[Encoding::Utf8, Encoding::Gbk], "csv_files.py");
}

#[test]
fn workbooks_hold_everything_that_the_report_does_not_list() {
    export::round(Format::Xlsx, &[Encoding::Utf8], "xlsx.py");
}
