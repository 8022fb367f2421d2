//! Grounds as a client sees them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Basemap, Datum, Ground, Refusal};
use crate::query::overview::segment;

/// A ground to draw the layers on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Basemap)]
pub struct BasemapView<'a> {
    /// Its id; `none` is the ground that the atlas itself draws.
    id: &'a str,
    title: &'a str,
    title_en: &'a str,
    kind: Ground,
    /// Addresses of its tiles, any of which will do: `{z}`, `{x}`, `{y}` and, where the reader's own
    /// key is needed, `{key}` are to be replaced.
    tiles: &'a [String],
    /// The same for names that lie over it, as a second ground.
    labels: &'a [String],
    /// Address of its PMTiles archive.
    pmtiles: Option<String>,
    /// Reference system; `null` for `none`.
    datum: Option<Datum>,
    /// Width of a tile in pixels.
    tile_size: u16,
    /// Deepest zoom that there are tiles for.
    max_zoom: u8,
    /// Whose it is; to be printed on every map that shows it.
    attribution: &'a str,
    attribution_en: &'a str,
    /// Its own map approval number (审图号).
    review_number: Option<&'a str>,
    /// Whether the reader has to bring a key.
    needs_key: bool,
    /// Why it is listed but cannot be laid under the layers.
    refused: Option<&'a Refusal>,
}

impl<'a> BasemapView<'a> {
    /// Describes a ground.
    #[must_use]
    pub fn new(basemap: &'a Basemap) -> Self {
        Self {
            id: &basemap.id,
            title: &basemap.title,
            title_en: &basemap.title_en,
            kind: basemap.kind,
            tiles: &basemap.tiles,
            labels: &basemap.labels,
            pmtiles: (basemap.archive.as_ref())
                .map(|_| format!("/basemaps/{}.pmtiles", segment(&basemap.id))),
            datum: basemap.datum,
            tile_size: basemap.tile_size,
            max_zoom: basemap.max_zoom,
            attribution: &basemap.attribution,
            attribution_en: &basemap.attribution_en,
            review_number: basemap.review_number.as_deref(),
            needs_key: basemap.needs_key(),
            refused: basemap.refused.as_ref(),
        }
    }
}
