//! Picture tiles that were asked for before, and the names that were placed for them.
//!
//! The cache belongs to one data version and goes with it, as that of vector tiles does.

use std::sync::Arc;

use axum::body::Bytes;
use moka::sync::Cache;

use crate::http::problem::Problem;
use crate::index::IndexedAtlas;
use crate::painter::Painter;
use crate::picture::{Board, Brush, Look, MatrixSet, PIXELS_PER_INCH, Under, board, png, tile};
use crate::query::{Budget, Unanswered};

/// Bytes of tiles kept at most.
const ROOM: u64 = 64 * 1024 * 1024;

/// Levels of looks whose names are kept at most.
const BOARDS: u64 = 64;

/// Which tile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureTile {
    /// Layers and language.
    pub look: Look,
    /// What lies under them.
    pub under: Under,
    /// Set, level, column from the west and row from the north.
    pub set: MatrixSet,
    /// Level.
    pub level: u8,
    /// Column from the west.
    pub column: u32,
    /// Row from the north.
    pub row: u32,
    /// Pixels of the file along a pixel of the tile.
    pub ratio: u8,
}

/// Picture tiles of one data version.
pub struct PictureCache {
    boards: Cache<(Look, MatrixSet, u8), Arc<Board>>,
    tiles: Cache<PictureTile, Bytes>,
}

impl PictureCache {
    /// An empty cache, with one part in `share` of the usual room.
    pub fn new(share: u64) -> Self {
        let weigh =
            |_: &PictureTile, tile: &Bytes| u32::try_from(tile.len() + 256).unwrap_or(u32::MAX);
        Self {
            boards: Cache::new(BOARDS),
            tiles: Cache::builder().weigher(weigh).max_capacity(ROOM / share).build(),
        }
    }

    /// A tile that is there already.
    pub fn known(&self, which: &PictureTile) -> Option<Bytes> {
        self.tiles.get(which)
    }

    /// A tile as PNG, painted where it is not there yet. Not for a thread that answers others.
    ///
    /// # Errors
    /// When there is no such tile, the budget is withdrawn, or a large layer's file cannot be read.
    pub fn paint(
        &self,
        index: &IndexedAtlas,
        which: PictureTile,
        painter: &Painter,
        budget: &Budget,
    ) -> Result<Bytes, Problem> {
        if let Some(known) = self.known(&which) {
            return Ok(known);
        }
        let corner = which.set.tile(which.level, which.column, which.row).ok_or_else(|| {
            let [across, down] = which.set.extent(which.level);
            Problem::bad_request(format!(
                "there is no tile {}/{}/{}; the level has {across} columns and {down} rows",
                which.level, which.column, which.row
            ))
        })?;
        let key = (which.look.clone(), which.set, which.level);
        // Names are placed once for all clients that wait, so that none of them may stop it.
        let place = || {
            let look = which.look.clone();
            board(index, look, which.set, which.level, &Budget::unlimited()).map(Arc::new)
        };
        let board = self.boards.try_get_with(key, place);
        let board = board.map_err(|error: Arc<Unanswered>| Problem::from(&*error))?;
        let scale = f64::from(which.ratio);
        let brush = Some(Brush::new(painter, scale));
        let svg = tile(index, &board, corner, &which.under, brush, budget)?;
        let dpi = PIXELS_PER_INCH * scale;
        let bytes: Bytes = png(&svg, dpi, "").map_err(|error| Problem::internal(&error))?.into();
        self.tiles.insert(which, bytes.clone());
        Ok(bytes)
    }
}
