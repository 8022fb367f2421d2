//! Names that SQLite and the GeoPackage tables accept: no two tables alike, no two columns of a table,
//! in whatever capitals, and none that the format keeps for itself.
//!
//! Layers of the atlas have such names; a dropped one may be called as a table of records, or bring the
//! `fid` of the software it comes from.

use std::borrow::Cow;

use crate::export::losses::{Collector, LossKind};
use crate::export::names::{self, Names};
use crate::export::{Export, Features, Table};

const KEPT: [&str; 3] = ["layer_styles", "qgis_projects", "gpkgext_relations"];
const KEPT_BEGINNINGS: [&str; 3] = ["gpkg_", "sqlite_", "rtree_"];

/// Gives tables, headings and columns names that stay apart. Records come first: links name them.
pub fn settle<'a>(features: &mut [Features<'a>], records: &mut [Table<'a>]) {
    let mut ids = Names::without(&KEPT);
    let mut titles = Names::without(&KEPT);
    let layers = features.iter_mut().map(|features| &mut features.table);
    for table in records.iter_mut().chain(layers) {
        let lower = table.id.to_lowercase();
        let kept = KEPT_BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning));
        let wish = if kept { format!("layer_{}", table.id) } else { std::mem::take(&mut table.id) };
        table.id = ids.give(&wish, |name, _| name);
        table.title = titles.give(&table.title, |name, _| name);
        let mut keys = Names::without(&["fid", super::GEOMETRY]);
        for column in &mut table.columns {
            // For SQLite, a statement ends where a NUL stands.
            let name = keys.give(&column.field.key.replace('\0', "_"), |name, _| name);
            if name != column.field.key {
                column.field.key = Cow::Owned(name);
            }
        }
    }
}

/// A name for the table that maps places to records, apart from those of all others.
pub fn mappings(export: &Export<'_>) -> Names {
    let tables = export.features.iter().map(|features| &features.table);
    let ids: Vec<&str> =
        tables.chain(&export.records.tables).map(|table| table.id.as_str()).collect();
    Names::without(&ids)
}

/// Layers and fields that have other names in the file than they came with.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    for features in &export.features {
        let table = &features.table;
        if table.id != features.layer.id {
            let both = format!("{} → {}", features.layer.id, table.id);
            collector.note(LossKind::Renamed, &table.id, None, &both);
        }
        // The title of a field found in a dropped layer is its name there.
        for column in table.columns.iter().filter(|column| column.found) {
            names::renamed(table, column, &column.field.key, collector);
        }
    }
}
