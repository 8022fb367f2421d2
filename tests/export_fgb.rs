//! FlatGeobuf files of everything, in every reference system, read back by GDAL, their index as well.

#[path = "common/export.rs"]
mod export;

use plan_atlas::export::{Encoding, Format};

#[test]
fn flatgeobuf_holds_every_layer_whole_and_its_index_finds_everything() {
    export::round(Format::Fgb, &[Encoding::Utf8], "fgb.py");
}
