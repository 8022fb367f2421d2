//! Takes layers away, whole, in the format that the next desk uses.
//!
//! ```text
//! Request ─ resolve ─► Selection ─► Export { features, records, origin } ─┬─► losses (before anything is written)
//!                                                                         └─► write ─► files in a folder ─► one zip
//! ```
//!
//! Every export goes into a folder of its own first: a format that needs to come back to its beginning
//! (GeoPackage, FlatGeobuf, Shapefile) can, a full disk is noticed before the download starts, and
//! nothing half-written is ever handed out.

mod charset;
mod chunks;
mod csv;
mod dbf;
mod describe;
mod dxf;
mod fgb;
mod folder;
mod geojson;
mod gpkg;
mod job;
mod kml;
mod losses;
mod names;
mod origin;
mod package;
mod parquet;
mod pmtiles;
mod preview;
mod records;
mod selection;
mod shp;
mod wish;
mod wkb;
mod wkt;
mod xlsx;

pub use csv::{geometry_headings, is_formula};
pub use describe::{CRS_CHOICES, CrsChoice, FormatChoice, format_choices};
pub use folder::{Folder, Progress, WriteError};
pub use job::{Encoding, Export, Options};
pub use losses::{Loss, LossKind, Losses};
pub use names::{FieldName, layer_stems};
pub use origin::Origin;
pub use package::{COMPANIONS, ORIGIN_FILE, ZIP_FILE, losses_text};
pub use preview::Preview;
pub use records::{Link, Records};
pub use selection::{Request, Selection, SelectionError};
pub use wish::{PREFIXED_ZONE_OF_DATA, Wish, WishError, ZONE_OF_DATA};

pub use crate::feature::{
    Cell, Chosen, Column, Features, Field, Flat, Kind, SEPARATOR, Shape, Simple, Table,
};

use crate::feature::{json, number, table};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Formats that layers can be taken away in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// GeoJSON text sequence, one feature a line (RFC 8142, without its record separators as GDAL reads it).
    GeoJsonSeq,
    /// OGC GeoPackage 1.3.
    Gpkg,
    /// ESRI Shapefile.
    Shp,
    /// OGC KML 2.3.
    Kml,
    /// KML in a zip.
    Kmz,
    /// FlatGeobuf 3.
    Fgb,
    /// GeoParquet 1.1.
    Parquet,
    /// Comma-separated values.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
    /// AutoCAD drawing interchange.
    Dxf,
    /// PMTiles 3 with vector tiles.
    Pmtiles,
}

/// What a format can carry; what it cannot becomes a [`Loss`].
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// Several layers in one file.
    pub layers: bool,
    /// Tables without geometry beside the layers.
    pub tables: bool,
    /// Features of different shapes in one layer.
    pub mixed: bool,
    /// Features without geometry.
    pub unlocated: bool,
    /// Lists and nested values as such, not as text.
    pub nested: bool,
    /// Nulls that differ from empty text.
    pub nulls: bool,
    /// Any reference system; else WGS 84 only.
    pub any_crs: bool,
    /// Attributes at all.
    pub attributes: bool,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 12] = [
        Self::GeoJson,
        Self::GeoJsonSeq,
        Self::Gpkg,
        Self::Shp,
        Self::Kml,
        Self::Kmz,
        Self::Fgb,
        Self::Parquet,
        Self::Csv,
        Self::Xlsx,
        Self::Dxf,
        Self::Pmtiles,
    ];

    /// The word used in addresses and on the command line, which is also the extension of its files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonSeq => "geojsonseq",
            Self::Gpkg => "gpkg",
            Self::Shp => "shp",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
            Self::Fgb => "fgb",
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Dxf => "dxf",
            Self::Pmtiles => "pmtiles",
        }
    }

    /// The format with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }

    /// Encodings that its text may have.
    #[must_use]
    pub fn encodings(self) -> &'static [Encoding] {
        match self {
            Self::Shp | Self::Csv => &[Encoding::Utf8, Encoding::Gbk],
            _ => &[Encoding::Utf8],
        }
    }

    /// What it can carry.
    #[must_use]
    pub fn abilities(self) -> Abilities {
        let all = Abilities {
            layers: true,
            tables: true,
            mixed: true,
            unlocated: true,
            nested: true,
            nulls: true,
            any_crs: true,
            attributes: true,
        };
        match self {
            // RFC 7946 knows WGS 84 alone; another system is written as a `crs` member, as GDAL and old readers know it.
            Self::GeoJson | Self::GeoJsonSeq | Self::Fgb => {
                Abilities { layers: false, tables: false, ..all }
            }
            Self::Gpkg | Self::Xlsx => Abilities { nested: false, ..all },
            Self::Shp => Abilities {
                layers: false,
                tables: false,
                mixed: false,
                nested: false,
                nulls: false,
                ..all
            },
            Self::Kml | Self::Kmz => {
                Abilities { tables: false, nested: false, nulls: true, any_crs: false, ..all }
            }
            Self::Parquet => Abilities { layers: false, ..all },
            Self::Csv => Abilities { layers: false, nested: false, nulls: false, ..all },
            Self::Dxf => Abilities {
                tables: false,
                unlocated: false,
                nested: false,
                attributes: false,
                ..all
            },
            Self::Pmtiles => {
                Abilities { tables: false, unlocated: false, nested: false, any_crs: false, ..all }
            }
        }
    }
}
