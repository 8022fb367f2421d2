//! The tiles of a large layer, drawn from its file when they are asked for.
//!
//! ```text
//! boxes of all features ─ below a pixel? ─► merged, or one point for all ─┐
//!                         └ larger ─► read from the file ─ snapped ───────┴─► a tile
//! ```
//!
//! What is below a pixel is never read: of features side by side the number of pixels bounds the rest. Vertices are not chosen
//! by weight, which needs every outline at once: they are put on a grid of a quarter of a pixel, and those
//! that fall together become one. What becomes of a vertex depends on its position and the zoom level
//! alone, so that neighbours keep one edge, across tiles too.

use std::sync::Arc;

use geo::{Coord, Geometry, LineString, Polygon};

use crate::crs::{GridBox, TileId, to_tile_space};
use crate::model::{Accuracy, Layer, Place};
use crate::query::{Budget, Unanswered};
use crate::shape::{Shape, Vertex};
use crate::store::{Dimension, Store, Traits};
use crate::tile::attributes::{Builder, Keys, Sheet, shared_texts, texts_of};
use crate::tile::layer::around;
use crate::tile::level::units;
use crate::tile::mvt::{self, GeometryKind};
use crate::tile::outline::snap;
use crate::tile::thin::Thinned;
use crate::tile::{BUFFER, CROWD, EXTENT, Grid, LABEL, MAX_USEFUL_ZOOM, PIXEL};

/// Units of a tile's grid between the lines that vertices are put on, below [`MAX_USEFUL_ZOOM`].
const STEP: f64 = PIXEL as f64 / 4.0;

/// A large layer ready for tiles.
pub struct StoredTiles {
    names: [String; 2],
    store: Arc<Store>,
}

impl StoredTiles {
    /// Prepares a layer, whose features are in a store. Reads nothing.
    pub fn new(layer: &Layer, store: Arc<Store>) -> Self {
        Self { names: [layer.id.clone(), format!("{}-labels", layer.id)], store }
    }

    /// Whether tiles merge what nobody could tell apart.
    pub fn is_thinned(&self) -> bool {
        self.store.catalogue().tally.located() > CROWD
    }

    /// Encodes one tile, unless the budget is withdrawn.
    pub fn encode(&self, tile: TileId, keys: Keys, budget: &Budget) -> Result<Vec<u8>, Unanswered> {
        let mut sketch = Sketch::new(tile, self.is_thinned() && tile.z() < MAX_USEFUL_ZOOM);
        let catalogue = self.store.catalogue();
        let rows = catalogue.tree.meeting(&catalogue.boxes, &around(tile));
        let larger = rows.into_iter().map(|row| row as usize).filter(|&row| {
            !sketch.thin || sketch.stays(&catalogue.boxes[row], catalogue.traits[row])
        });
        let larger: Vec<usize> = larger.collect();
        for (place, &row) in self.store.places(larger.iter().copied()).zip(&larger) {
            budget.check()?;
            sketch.draw(row, &place?, &catalogue.boxes[row]);
        }
        self.store.check()?;
        Ok(sketch.finish(&self.names, keys))
    }
}

/// A feature that was drawn: its id, what it is drawn as, and where its commands end.
struct Stroke {
    id: u32,
    kind: u8,
    end: usize,
}

/// A tile under way. Features are gone once they are drawn, so that a tile takes as much memory as it
/// will have bytes.
struct Sketch {
    tile: TileId,
    grid: Grid,
    thin: bool,
    thinned: Thinned,
    attributes: Builder,
    strokes: Vec<Stroke>,
    commands: Vec<u8>,
    /// Label points, each with the number of its stroke.
    labels: Vec<(usize, (i32, i32))>,
}

/// Members that only say what merged features have in common: one for each accuracy, and one for none.
const SHARED: usize = Accuracy::ALL.len() + 1;

impl Sketch {
    fn new(tile: TileId, thin: bool) -> Self {
        let mut attributes = Builder::default();
        attributes.add(shared_texts(None));
        for one in Accuracy::ALL {
            attributes.add(shared_texts(Some(one)));
        }
        Self {
            tile,
            grid: Grid::of(tile),
            thin,
            thinned: Thinned::default(),
            attributes,
            strokes: Vec::new(),
            commands: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Whether a feature is drawn by itself; of others only this is taken, that they are there.
    fn stays(&mut self, extent: &GridBox, traits: Traits) -> bool {
        if !extent.is_below(PIXEL, self.tile.z()) {
            return true;
        }
        let (column, row) = self.tile.position();
        let [x, y] = extent.middle();
        let (x, y) = (units(x, self.tile.z(), column), units(y, self.tile.z(), row));
        let area = match traits.dimension() {
            None => return false,
            Some(Dimension::Point) => return self.thinned.is_first(x, y),
            Some(Dimension::Line) => false,
            Some(Dimension::Area) => true,
        };
        let place = traits.accuracy().and_then(|a| Accuracy::ALL.iter().position(|o| *o == a));
        let member = place.map_or(0, |place| place + 1);
        self.thinned.merge((area, [None, u32::try_from(member).ok()]), x, y);
        false
    }

    fn draw(&mut self, row: usize, place: &Place, extent: &GridBox) {
        let z = self.tile.z();
        let step = if z < MAX_USEFUL_ZOOM { STEP } else { 1.0 };
        let world = Snap { side: f64::from(EXTENT) * f64::from(1_u32 << z) / step };
        let Some(shape) = place.geometry.as_ref().and_then(|g| world.shape(g)) else { return };
        let Some(commands) = shape.encode(&self.grid, 0.0, BUFFER) else { return };
        mvt::encode(&mut self.commands, &commands);
        let id = u32::try_from(row + 1).unwrap_or(u32::MAX);
        let kind = shape.kind() as u8;
        self.strokes.push(Stroke { id, kind, end: self.commands.len() });
        self.attributes.add(texts_of(place));
        let roomy = !self.thin || !extent.is_below(LABEL, z);
        if roomy
            && shape.is_area()
            && let Some(label) = place.anchor()
        {
            let (x, y) = to_tile_space(label.x(), label.y());
            let (x, y) = self.grid.place(x, y);
            // In one tile only: that which it lies in.
            if (0.0..f64::from(EXTENT)).contains(&x) && (0.0..f64::from(EXTENT)).contains(&y) {
                self.labels.push((self.strokes.len() - 1, snap((x, y))));
            }
        }
    }

    fn finish(self, names: &[String; 2], keys: Keys) -> Vec<u8> {
        let attributes = self.attributes.finish();
        let mut main = Sheet::new(&attributes, keys);
        let mut start = 0;
        for (number, stroke) in self.strokes.iter().enumerate() {
            let commands = &self.commands[start..stroke.end];
            main.add(SHARED + number, stroke.id, stroke.kind, commands, &[]);
            start = stroke.end;
        }
        self.thinned.write(&mut main, |[_, member]| {
            attributes.shared(member.map_or(0, |member| member as usize))
        });
        let mut labels = Sheet::new(&attributes, keys);
        let mut point = Vec::new();
        for &(number, at) in &self.labels {
            point.clear();
            mvt::encode(&mut point, &mvt::points(&[at]));
            let kind = GeometryKind::Point as u8;
            labels.add(SHARED + number, self.strokes[number].id, kind, &point, &[]);
        }
        let mut bytes = Vec::new();
        main.finish(&mut bytes, &names[0], EXTENT);
        labels.finish(&mut bytes, &names[1], EXTENT);
        bytes
    }
}

/// Puts positions on a grid of the world's square with so many lines a side.
struct Snap {
    side: f64,
}

impl Snap {
    fn at(&self, position: Coord<f64>) -> (f64, f64) {
        let (x, y) = to_tile_space(position.x, position.y);
        [x, y].map(|along| (along * self.side).round() / self.side).into()
    }

    fn path(&self, line: &LineString<f64>) -> Vec<Vertex> {
        let mut path: Vec<Vertex> = Vec::with_capacity(line.0.len());
        for &position in &line.0 {
            let (x, y) = self.at(position);
            let vertex = Vertex { x, y, weight: f64::INFINITY };
            if path.last() != Some(&vertex) {
                path.push(vertex);
            }
        }
        path
    }

    /// The rings of a polygon, the first vertex not repeated.
    fn rings(&self, polygon: &Polygon<f64>) -> Vec<Vec<Vertex>> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let open = |ring: &LineString<f64>| {
            let mut path = self.path(ring);
            if path.len() > 1 && path.first() == path.last() {
                path.pop();
            }
            path
        };
        rings.map(open).collect()
    }

    /// `None` for what is no point, line or area.
    fn shape(&self, geometry: &Geometry<f64>) -> Option<Shape> {
        // Where a point stands nobody looks twice, and it has no neighbour to keep an edge with.
        let point = |p: &geo::Point<f64>| to_tile_space(p.x(), p.y());
        Some(match geometry {
            Geometry::Point(p) => Shape::Points(vec![point(p)]),
            Geometry::MultiPoint(points) => Shape::Points(points.iter().map(point).collect()),
            Geometry::LineString(line) => Shape::Lines(vec![self.path(line)]),
            Geometry::MultiLineString(lines) => {
                Shape::Lines(lines.iter().map(|line| self.path(line)).collect())
            }
            Geometry::Polygon(polygon) => Shape::Areas(vec![self.rings(polygon)]),
            Geometry::MultiPolygon(polygons) => {
                Shape::Areas(polygons.iter().map(|polygon| self.rings(polygon)).collect())
            }
            _ => return None,
        })
    }
}
