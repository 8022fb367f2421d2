//! `GeoParquet` of everything, in every reference system, read back by Arrow, `DuckDB`, GEOS and PROJ.

#[path = "common/export.rs"]
mod export;

use plan_atlas::crs::Crs;
use plan_atlas::export::{Encoding, Format};
use serde_json::{Value, json};

#[test]
fn geoparquet_holds_everything_as_it_is() {
    export::round(Format::Parquet, &[Encoding::Utf8], "parquet.py");
}

/// More rows than two row groups have, from west to east, so that the box of each group is its own. Nulls,
/// bits of booleans and missing positions fall on both sides of the ends of groups.
fn many(count: u32) -> Value {
    let feature = |i: u32| {
        let (x, y) = (107.0 + f64::from(i) * 2e-5, 30.0 + f64::from(i % 97) * 1e-3);
        let point = json!({ "type": "Point", "coordinates": [x, y] });
        let properties = json!({
            "名称": if i.is_multiple_of(5) { Value::Null } else { json!(format!("点{i}")) },
            "序": i,
            "量": f64::from(i) / 8.0,
            "在用": if i.is_multiple_of(11) { Value::Null } else { json!(i.is_multiple_of(3)) },
            "多": if i.is_multiple_of(7) { Value::Null } else { json!([i, "甲"]) },
        });
        let geometry = if i.is_multiple_of(13) { Value::Null } else { point };
        json!({ "type": "Feature", "id": i.to_string(), "properties": properties, "geometry": geometry })
    };
    json!({ "type": "FeatureCollection", "features": (0..count).map(feature).collect::<Vec<_>>() })
}

#[test]
fn row_groups_come_back_each_with_its_own_rows_statistics_and_box() {
    let index = export::with_layers(&[("many", many(2 * 65_536 + 1_001))]);
    let root = tempfile::tempdir().unwrap();
    export::write_some(&index, &["many"], Format::Parquet, Crs::Wgs84, Encoding::Utf8, root.path());
    export::read_back("parquet.py", &[root.path().to_owned()]);
}
