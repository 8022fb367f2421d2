//! PMTiles of everything, read back by the format's own Python reader and a decoder of vector tiles.

#[path = "common/export.rs"]
mod export;

use plan_atlas::crs::Crs;
use plan_atlas::export::{Encoding, Format};

#[test]
fn pmtiles_hold_every_located_feature_with_its_attributes_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    export::write(Format::Pmtiles, Crs::Wgs84, Encoding::Utf8, folder.path());
    export::read_back("pmtiles_archive.py", &[folder.path().to_owned()]);
}
