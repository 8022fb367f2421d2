//! Vector tiles (Mapbox Vector Tile 2.1), straight from the R-tree.
//!
//! ```text
//! R-tree ─► places of the layer ─► vertices heavy enough for the zoom ─► clip ─► grid ─► bytes
//! ```
//!
//! Simplification happens once, when the atlas is loaded: every vertex gets a weight, computed on
//! the arc that neighbouring outlines share ([`weights`]). A tile keeps the vertices above its
//! zoom's threshold, so neighbours keep the same ones and no gap opens between them at any zoom.
//! An area too small for the grid becomes one grid cell instead of vanishing.

mod clip;
mod mvt;
mod outline;
mod weights;

use geo::{Geometry, Rect};

use crate::crs::{TileId, from_tile_space};
use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use mvt::{Feature, LayerWriter};
use outline::Shape;

/// Side of a tile in grid units, as the specification recommends.
pub const EXTENT: u32 = 4096;

/// Zoom levels that clients should ask for; deeper ones they draw from the last.
pub const MAX_USEFUL_ZOOM: u8 = 14;

/// How far geometry is kept beyond the edge, in grid units, so that outlines of clipped areas
/// run outside what is shown.
pub const BUFFER: f64 = 128.0;

/// Deviation allowed by simplification, in grid units: under half a CSS pixel at the zoom level
/// itself, a pixel just before the next.
const TOLERANCE: f64 = 3.0;

/// Geometry of an atlas, prepared for tiles.
pub struct TileSet {
    shapes: Vec<Option<Shape>>,
}

impl TileSet {
    /// Projects and weighs all geometry. O(n log n) in the number of vertices.
    #[must_use]
    pub fn new(index: &IndexedAtlas) -> Self {
        let geometries: Vec<_> =
            index.atlas.places.iter().map(|place| place.geometry.as_ref()).collect();
        Self { shapes: weights::weigh(&geometries) }
    }

    /// Geometries of an export, known by their number.
    #[must_use]
    pub fn of(geometries: &[Option<&Geometry<f64>>]) -> Self {
        Self { shapes: weights::weigh(geometries) }
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

    /// Encodes one tile of a layer, with a companion layer `…-labels` of points for areas.
    /// A tile without features is empty, which is a valid tile.
    #[must_use]
    pub fn encode(&self, index: &IndexedAtlas, layer: &Layer, tile: TileId) -> Vec<u8> {
        let (x, y, side) = tile.square();
        let margin = side * BUFFER / f64::from(EXTENT);
        let (west, north) = from_tile_space(x - margin, y - margin);
        let (east, south) = from_tile_space(x + side + margin, y + side + margin);
        let mut members: Vec<(PlaceIdx, usize)> = index
            .spatial
            .meeting(Rect::new((west, south), (east, north)))
            .filter_map(|p| layer.places.binary_search(&p).ok().map(|position| (p, position)))
            .collect();
        members.sort_unstable();

        let grid = Grid { x, y, scale: f64::from(EXTENT) / side };
        let threshold = TOLERANCE / grid.scale;
        let mut main = LayerWriter::new(&layer.id, EXTENT);
        let mut labels = LayerWriter::new(&format!("{}-labels", layer.id), EXTENT);
        for (place, position) in members {
            let Some(shape) = &self.shapes[place.0 as usize] else { continue };
            let attributes = attributes(index, layer, place, position);
            let id = u64::from(place.0) + 1;
            if let Some(geometry) = shape.encode(&grid, threshold, BUFFER) {
                main.add(&Feature { id, kind: shape.kind(), geometry, attributes: &attributes });
            }
            if let Some(geometry) = shape.is_area().then(|| label(index, place, &grid)).flatten() {
                let kind = mvt::GeometryKind::Point;
                labels.add(&Feature { id, kind, geometry, attributes: &attributes });
            }
        }
        let mut bytes = main.finish();
        bytes.extend(labels.finish());
        bytes
    }
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

/// The point a label stands on, when it lies in the tile proper: each label in one tile only.
fn label(index: &IndexedAtlas, place: PlaceIdx, grid: &Grid) -> Option<Vec<u32>> {
    let [lon, lat] = index.anchor(place)?;
    let (x, y) = crate::crs::to_tile_space(lon, lat);
    let (x, y) = grid.place(x, y);
    let inside = 0.0..f64::from(EXTENT);
    (inside.contains(&x) && inside.contains(&y)).then(|| mvt::points(&[outline::snap((x, y))]))
}

fn attributes<'a>(
    index: &'a IndexedAtlas,
    layer: &'a Layer,
    handle: PlaceIdx,
    position: usize,
) -> Vec<(&'static str, &'a str)> {
    let place = index.atlas.place(handle);
    let mut attributes = vec![("id", place.id.as_str()), ("name", place.name.as_str())];
    let mut add = |key, value: Option<&'a str>| {
        attributes.extend(value.map(|value| (key, value)));
    };
    add("name_en", place.name_en.as_deref());
    add("kind", Some(&place.kind.id));
    add("class", layer.class_of[position].map(|class| layer.classes[class].value.as_str()));
    add("accuracy", place.accuracy.map(crate::model::Accuracy::id));
    add("county", place.county.map(|county| index.atlas.place(county).id.as_str()));
    let note = layer.note_of[position].as_ref();
    add("note", note.map(|(zh, _)| zh.as_str()));
    add("note_en", note.map(|(_, en)| en.as_str()));
    attributes
}
