//! Shapefiles of everything, in every reference system and both encodings, read back by pyshp and GDAL.

#[path = "common/export.rs"]
mod export;

use plan_atlas::export::{Encoding, Format};

#[test]
fn shapefiles_hold_everything_that_the_report_does_not_list() {
    export::round(Format::Shp, &[Encoding::Utf8, Encoding::Gbk], "shp.py");
}
