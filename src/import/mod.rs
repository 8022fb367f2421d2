//! A layer that somebody brings along becomes features in degrees, with a report of what was wrong
//! and what was done about it.
//!
//! One file per format reads tables of [`Draft`]s; [`locate`] takes their coordinates to degrees and
//! mends their shapes; nothing is guessed and nothing is lost in silence. Nothing is written here:
//! that is the command's.
//!
//! ```text
//! file ─ source ─┬───────────────────► geojson kml shapefile geopackage flatgeobuf csv xlsx ─► tables of drafts ─ locate ─► features
//!                └─ packed ─ member ─────▲
//! ```

mod archive;
mod columns;
mod csv;
mod dbf;
mod derived;
mod difference;
mod draft;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod grid;
mod ids;
mod kml;
mod locate;
mod member;
mod mend;
mod output;
mod own;
mod packed;
mod refusal;
mod remark;
mod shapefile;
mod source;
mod text;
mod township;
mod wkt;
mod xlsx;
mod xml;

use std::path::Path;

pub use difference::{Change, Difference, difference};
pub use output::to_geojson;
pub use own::{Edit, Edits, Fate, Said, edits, is_own};
pub use refusal::Refusal;
pub use remark::{At, Matter, Remark};
pub use text::encoding_named;

use crate::crs::Crs;
use crate::model::Atlas;

/// What the person says about the file, where the file does not say it or says it wrongly.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Reference system of the coordinates.
    pub crs: Option<Crs>,
    /// Encoding of its texts.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The table, sheet or layer to take.
    pub table: Option<String>,
    /// The file of an archive, or the layer of an exported one, to take.
    pub member: Option<String>,
}

/// A feature in degrees on CGCS2000/WGS 84.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Id within the layer, unique.
    pub id: String,
    /// Properties as found.
    pub properties: serde_json::Map<String, serde_json::Value>,
    /// Where it is; `None` when nobody knows.
    pub geometry: Option<geo::Geometry<f64>>,
}

/// What came of a file.
#[derive(Debug)]
pub struct Imported {
    /// Name of the format.
    pub format: &'static str,
    /// Reference systems that were read, by name.
    pub systems: Vec<String>,
    /// The features.
    pub features: Vec<Feature>,
    /// What was wrong, and what was done about it.
    pub remarks: Vec<Remark>,
}

/// Reads a file as the layer `layer`; names of townships are looked up in `atlas`.
///
/// # Errors
/// When the file is not what it says, cannot be understood without guessing, or holds nothing.
pub fn read(path: &Path, wishes: &Wishes, layer: &str, atlas: &Atlas) -> Result<Imported, Refusal> {
    let source::Opened { format, mut tables } = source::open(path, wishes, layer)?;
    if tables.iter().all(|table| table.drafts.is_empty()) {
        return Err(Refusal::NoFeatures);
    }
    let mut imported =
        Imported { format, systems: Vec::new(), features: Vec::new(), remarks: Vec::new() };
    let mut ids = ids::Ids::default();
    let several = tables.len() > 1;
    for table in &mut tables {
        if format == "CSV" || format == "XLSX" {
            derived::take_back(table);
        }
        ids.assign(table, layer, several);
    }
    for table in tables {
        locate::locate(table, &mut ids, wishes, atlas, &mut imported)?;
    }
    locate::summarise(&mut imported)?;
    Ok(imported)
}

/// How many features or rows one import may have.
const MAX_FEATURES: usize = 1_000_000;

/// Refuses a table that outgrows [`MAX_FEATURES`].
fn check_count(count: usize) -> Result<(), Refusal> {
    if count > MAX_FEATURES {
        return Err(Refusal::TooMany { limit: MAX_FEATURES });
    }
    Ok(())
}

/// The tables to take: all of them, or the one the person names.
fn chosen<'a>(names: &'a [String], wishes: &Wishes) -> Result<Vec<&'a String>, Refusal> {
    let Some(wanted) = &wishes.table else { return Ok(names.iter().collect()) };
    let found: Vec<&String> = names.iter().filter(|name| *name == wanted).collect();
    if found.is_empty() {
        return Err(Refusal::UnknownTable { name: wanted.clone(), tables: names.to_vec() });
    }
    Ok(found)
}
