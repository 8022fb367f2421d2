//! Vector tiles (Mapbox Vector Tile 2.1), encoded once and copied together.
//!
//! ```text
//! places ─ weights ─► shapes ─ level ─► bytes of each zoom ─┐
//!        ─ attributes ─► bytes of each value ───────────────┴─ layer ─► a tile
//! ```
//!
//! Simplification happens once, when the atlas is loaded: every vertex gets a weight, computed on
//! the arc that neighbouring outlines share ([`crate::shape`]). A zoom level keeps the vertices above its
//! threshold, so neighbours keep the same ones and no gap opens between them at any zoom.
//! An area too small for the grid becomes one grid cell instead of vanishing; a layer of more than
//! [`CROWD`] features merges what nobody could tell apart ([`thin`]).

mod attributes;
pub(crate) mod clip;
mod layer;
mod level;
pub(crate) mod mvt;
mod outline;
mod stored;
mod style;
mod thin;
pub(crate) mod wire;

use std::sync::Arc;

use geo::Geometry;

use crate::crs::TileId;
use crate::index::IndexedAtlas;
use crate::model::Layer;
use crate::query::{Budget, Unanswered};
use crate::shape::{Shape, weigh};
pub use attributes::{KEYS, Keys, MERGED};
use layer::LayerTiles;
use level::{Curve, Level};
use stored::StoredTiles;
pub use style::{Sheet, style};

/// Side of a tile in grid units, as the specification recommends.
pub const EXTENT: u32 = 4096;

/// Zoom levels that clients should ask for; deeper ones they draw from the last.
pub const MAX_USEFUL_ZOOM: u8 = 14;

/// How far geometry is kept beyond the edge, in grid units, so that outlines of clipped areas
/// run outside what is shown.
const BUFFER_UNITS: u32 = 128;

/// The same as a number of the grid.
pub const BUFFER: f64 = BUFFER_UNITS as f64;

/// Side of a pixel in grid units, on a map whose tiles are 256 pixels wide, as most clients draw them.
const PIXEL: u32 = 16;

/// Features of a layer above which it is thinned.
pub const CROWD: usize = 2000;

/// Width in grid units below which an area of a thinned layer has no label: there is no room for one.
const LABEL: u32 = 16 * PIXEL;

/// Deviation allowed by simplification, in grid units: under half a CSS pixel at the zoom level
/// itself, a pixel just before the next.
const TOLERANCE: f64 = 3.0;

/// Zoom levels that are encoded beforehand. Tiles of deeper ones hold so few features that they are
/// drawn from the vertices.
const ENCODED: u8 = 14;

/// Geometry of an atlas, prepared for tiles.
pub struct TileSet {
    shapes: Arc<[Option<Shape>]>,
    levels: Vec<Level>,
    layers: Vec<Prepared>,
}

/// A layer as it is drawn.
enum Prepared {
    /// From what is in memory.
    Places(LayerTiles),
    /// From its file.
    Stored(StoredTiles),
}

impl TileSet {
    /// Projects and weighs all geometry, and encodes it for each zoom level, as many of them at once as
    /// there are processors. O(n log n) in the number of vertices.
    #[must_use]
    pub fn new(index: &IndexedAtlas) -> Self {
        let shapes = index.shapes().clone();
        let curve = Curve::new(&shapes);
        let layers = index.atlas.layers.iter().enumerate();
        let prepare = |(number, layer): (usize, &Layer)| match index.store(number) {
            Some(store) => Prepared::Stored(StoredTiles::new(layer, store.clone())),
            None => Prepared::Places(LayerTiles::new(index, layer, &shapes, &curve)),
        };
        let layers = layers.map(prepare).collect();
        Self { levels: levels(&shapes, &curve), shapes, layers }
    }

    /// Geometries of an export, known by their number.
    #[must_use]
    pub fn of(geometries: &[Option<&Geometry<f64>>]) -> Self {
        Self { shapes: weigh(geometries).into(), levels: Vec::new(), layers: Vec::new() }
    }

    /// A geometry in one tile; `None` where nothing of it is there.
    #[must_use]
    pub fn draw(&self, number: usize, tile: TileId) -> Option<Drawn> {
        let shape = self.shapes.get(number)?.as_ref()?;
        let grid = Grid::of(tile);
        let commands = shape.encode(&grid, TOLERANCE / grid.scale, BUFFER)?;
        Some(Drawn { kind: shape.kind() as u8, commands })
    }

    /// Whether anything of a geometry, however small, lies in a tile or its buffer. Of a group of points
    /// this only says that they may.
    #[must_use]
    pub fn meets(&self, number: usize, tile: TileId) -> bool {
        let shape = self.shapes.get(number).and_then(Option::as_ref);
        shape.is_some_and(|shape| shape.meets(&Grid::of(tile), BUFFER))
    }

    /// Encodes one tile of the layer at this position of the atlas, with a companion layer `…-labels` of
    /// points for areas. A tile without features is empty, which is a valid tile.
    ///
    /// # Errors
    /// When the layer is a large one, and its file is another one by now or cannot be read, or the budget
    /// is withdrawn.
    pub fn encode(
        &self,
        layer: usize,
        tile: TileId,
        keys: Keys,
        budget: &Budget,
    ) -> Result<Vec<u8>, Unanswered> {
        match &self.layers[layer] {
            Prepared::Places(layer) => Ok(layer.encode(self, tile, keys)),
            Prepared::Stored(layer) => layer.encode(tile, keys, budget),
        }
    }

    /// Whether tiles of a layer are drawn from its file, which may take long.
    #[must_use]
    pub fn is_stored(&self, layer: usize) -> bool {
        matches!(self.layers[layer], Prepared::Stored(_))
    }

    /// Whether a layer is thinned: its tiles hold less than all of it below [`MAX_USEFUL_ZOOM`].
    #[must_use]
    pub fn is_thinned(&self, layer: usize) -> bool {
        match &self.layers[layer] {
            Prepared::Places(layer) => layer.is_thinned(),
            Prepared::Stored(layer) => layer.is_thinned(),
        }
    }
}

/// In a page there is one thread.
#[cfg(target_family = "wasm")]
fn levels(shapes: &[Option<Shape>], curve: &Curve) -> Vec<Level> {
    (0..ENCODED).map(|z| Level::new(shapes, curve, z)).collect()
}

#[cfg(not(target_family = "wasm"))]
fn levels(shapes: &[Option<Shape>], curve: &Curve) -> Vec<Level> {
    use std::sync::atomic::{AtomicU8, Ordering};

    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    // The deepest levels take longest, so they come first.
    let next = AtomicU8::new(ENCODED);
    let work = || {
        let mut done = Vec::new();
        while let Ok(left) =
            next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1))
        {
            done.push((left - 1, Level::new(shapes, curve, left - 1)));
        }
        done
    };
    let mut levels: Vec<(u8, Level)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    });
    levels.sort_by_key(|(z, _)| *z);
    levels.into_iter().map(|(_, level)| level).collect()
}

/// A geometry as it is drawn in one tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// `Tile.GeomType` of Mapbox Vector Tile 2.1: 1 for points, 2 for lines, 3 for areas.
    pub kind: u8,
    /// Command integers on the grid of the tile.
    pub commands: Vec<u32>,
}

/// From the unit square to the grid of one tile.
pub(crate) struct Grid {
    x: f64,
    y: f64,
    scale: f64,
}

impl Grid {
    fn of(tile: TileId) -> Self {
        let (x, y, side) = tile.square();
        Self { x, y, scale: f64::from(EXTENT) / side }
    }

    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) * self.scale, (y - self.y) * self.scale)
    }
}
