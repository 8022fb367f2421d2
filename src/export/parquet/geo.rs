//! The metadata that makes a Parquet file a `GeoParquet` file (OGC `GeoParquet` 1.1, "Metadata").

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::crs::Crs;
use crate::export::Simple;

/// What is known of a layer's geometries once all are written.
#[derive(Default)]
pub struct Seen {
    kinds: BTreeSet<Simple>,
    bounds: Option<[f64; 4]>,
}

impl Seen {
    /// Notes a geometry.
    pub fn note(&mut self, kind: Simple, b: [f64; 4]) {
        self.kinds.insert(kind);
        self.bounds = Some(self.bounds.map_or(b, |all| {
            [all[0].min(b[0]), all[1].min(b[1]), all[2].max(b[2]), all[3].max(b[3])]
        }));
    }

    /// The value of the key `geo`.
    pub fn metadata(&self, geometry: &str, covering: &str, crs: Crs) -> String {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        let edge = |name: &str| json!([covering, name]);
        let mut column = json!({
            "encoding": "WKB",
            "geometry_types": kinds,
            "orientation": "counterclockwise",
            "edges": "planar",
            "covering": { "bbox": {
                "xmin": edge("xmin"), "ymin": edge("ymin"),
                "xmax": edge("xmax"), "ymax": edge("ymax"),
            } },
        });
        if let Some(bounds) = self.bounds {
            column["bbox"] = json!(bounds);
        }
        // Without a word it is longitude and latitude on WGS 84; null says that nothing knows it.
        if crs != Crs::Wgs84 {
            column["crs"] = crs.projjson().unwrap_or(Value::Null);
        }
        let mut columns = serde_json::Map::new();
        columns.insert(geometry.to_owned(), column);
        json!({ "version": "1.1.0", "primary_column": geometry, "columns": columns }).to_string()
    }
}
