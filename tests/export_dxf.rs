//! Drawings of everything, in every reference system, audited and read back by ezdxf.

#[path = "common/export.rs"]
mod export;

use plan_atlas::export::{Encoding, Format};

#[test]
fn drawings_hold_every_shape_and_name_where_it_belongs() {
    export::round(Format::Dxf, &[Encoding::Utf8], "dxf.py");
}
