//! GeoParquet of everything, in every reference system, read back by Arrow, `DuckDB`, GEOS and PROJ.

#[path = "common/export.rs"]
mod export;

use plan_atlas::export::{Encoding, Format};

#[test]
fn geoparquet_holds_every_layer_table_and_link_whole() {
    export::round(Format::Parquet, &[Encoding::Utf8], "parquet.py");
}
