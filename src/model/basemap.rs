//! Grounds to draw the layers on.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a ground is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// Not at all: the atlas draws its own.
    #[default]
    None,
    /// Tiles of 天地图, with a key.
    Tianditu,
    /// Picture tiles by zoom, column and row.
    Xyz,
    /// Picture tiles of a WMTS.
    Wmts,
    /// An archive in the data folder.
    Pmtiles,
}

/// Reference system of a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Datum {
    /// WGS 84.
    #[serde(rename = "WGS84")]
    Wgs84,
    /// CGCS2000, which agrees with WGS 84 within centimetres.
    #[serde(rename = "CGCS2000")]
    Cgcs2000,
    /// GCJ-02, shifted on purpose by 300 to 700 m.
    #[serde(rename = "GCJ-02")]
    Gcj02,
}

/// Why a ground is listed but cannot be laid under the layers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, Deserialize)]
pub struct Refusal {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A ground to draw the layers on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basemap {
    /// Identifier; `none` is the ground that the atlas itself draws.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// How it is fetched.
    pub kind: Ground,
    /// Addresses of its tiles, any of which will do: `{z}`, `{x}`, `{y}` and, where the reader's own
    /// key is needed, `{key}` are to be replaced.
    pub tiles: Vec<String>,
    /// The same for names that lie over it.
    pub labels: Vec<String>,
    /// The archive.
    pub archive: Option<PathBuf>,
    /// Reference system; only [`Ground::None`] has none.
    pub datum: Option<Datum>,
    /// Width of a tile in pixels.
    pub tile_size: u16,
    /// Deepest zoom that there are tiles for.
    pub max_zoom: u8,
    /// Whose it is, in Chinese.
    pub attribution: String,
    /// Whose it is, in English.
    pub attribution_en: String,
    /// Its own map approval number (审图号).
    pub review_number: Option<String>,
    /// Why it cannot be used.
    pub refused: Option<Refusal>,
}

impl Basemap {
    /// Whether the reader has to bring a key.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        self.tiles.iter().any(|address| address.contains("{key}"))
    }
}
