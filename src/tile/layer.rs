//! One layer of the atlas, ready for tiles: its members near each other in memory where they are near
//! on the map, with what a tile asks of each.

use crate::crs::{GridBox, TileId, parts, to_tile_space};
use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use crate::shape::Shape;
use crate::tile::attributes::{Attributes, Keys, Sheet};
use crate::tile::level::{Curve, units};
use crate::tile::mvt::{self, GeometryKind};
use crate::tile::outline::snap;
use crate::tile::thin::Thinned;
use crate::tile::wire::{unsigned, zigzag};
use crate::tile::{BUFFER_UNITS, CROWD, EXTENT, Grid, LABEL, MAX_USEFUL_ZOOM, PIXEL, TileSet};

/// Members that share a box, so that most of a layer is passed over without a look.
const BLOCK: usize = 64;

/// How far beyond a tile, in grid units, a geometry may reach to be copied whole instead of clipped:
/// what `MapLibre` holds in sixteen bits is twice that.
const REACH: i64 = 2048;
/// Bytes of a geometry that is rather clipped.
const LONG: usize = 1024;

/// A feature of the layer that is somewhere.
struct Member {
    /// Number of its geometry, and its place on the curve.
    number: u32,
    along: u32,
    extent: GridBox,
    kind: GeometryKind,
    /// Where an area's label stands, in parts of 2³².
    label: Option<[u32; 2]>,
}

/// A layer ready for tiles.
pub struct LayerTiles {
    names: [String; 2],
    /// In the order of the layer, so that what is drawn later lies above; of a thinned layer, along the curve.
    members: Vec<Member>,
    blocks: Vec<GridBox>,
    attributes: Attributes,
    thinned: bool,
}

impl LayerTiles {
    /// Prepares a layer.
    pub fn new(
        index: &IndexedAtlas,
        layer: &Layer,
        shapes: &[Option<Shape>],
        curve: &Curve,
    ) -> Self {
        let member = |(position, place): (usize, &PlaceIdx)| {
            let number = place.0 as usize;
            let shape = shapes[number].as_ref()?;
            let label = index.anchor(*place).filter(|_| shape.is_area()).map(|[lon, lat]| {
                let (x, y) = to_tile_space(lon, lat);
                [parts(x), parts(y)]
            });
            let (along, extent) = (curve.along[number], curve.extents[number]);
            Some((position, Member { number: place.0, along, extent, kind: shape.kind(), label }))
        };
        let mut members: Vec<_> = layer.places.iter().enumerate().filter_map(member).collect();
        let thinned = members.len() > CROWD;
        if thinned {
            members.sort_unstable_by_key(|(_, member)| member.along);
        }
        let attributes =
            Attributes::of(index, layer, members.iter().map(|(position, _)| *position));
        let members: Vec<Member> = members.into_iter().map(|(_, member)| member).collect();
        let around = |block: &[Member]| {
            block.iter().map(|member| member.extent).fold(GridBox::NOWHERE, GridBox::with)
        };
        Self {
            names: [layer.id.clone(), format!("{}-labels", layer.id)],
            blocks: members.chunks(BLOCK).map(around).collect(),
            attributes,
            members,
            thinned,
        }
    }

    /// Whether tiles merge what nobody could tell apart.
    pub fn is_thinned(&self) -> bool {
        self.thinned
    }

    /// Encodes one tile.
    pub fn encode(&self, set: &TileSet, tile: TileId, keys: Keys) -> Vec<u8> {
        let mut drawing = Drawing {
            set,
            tile,
            grid: Grid::of(tile),
            thin: self.thinned && tile.z() < MAX_USEFUL_ZOOM,
            main: Sheet::new(&self.attributes, keys),
            labels: Sheet::new(&self.attributes, keys),
            thinned: Thinned::default(),
            head: Vec::new(),
        };
        let around = around(tile);
        for (number, block) in self.blocks.iter().enumerate() {
            if !around.meets(block) {
                continue;
            }
            let whole = around.holds(block);
            let first = number * BLOCK;
            for (place, member) in (first..).zip(&self.members[first..]).take(BLOCK) {
                if whole || around.meets(&member.extent) {
                    drawing.draw(place, member, &self.attributes);
                }
            }
        }
        let mut bytes = Vec::new();
        drawing.thinned.write(&mut drawing.main, |shared| shared);
        drawing.main.finish(&mut bytes, &self.names[0], EXTENT);
        drawing.labels.finish(&mut bytes, &self.names[1], EXTENT);
        bytes
    }
}

/// The box of a tile with its buffer.
pub fn around(tile: TileId) -> GridBox {
    let (x, y, side) = tile.square();
    let margin = side * f64::from(BUFFER_UNITS) / f64::from(EXTENT);
    GridBox {
        low: [parts(x - margin), parts(y - margin)],
        high: [parts(x + side + margin), parts(y + side + margin)],
    }
}

/// A tile being drawn.
struct Drawing<'a> {
    set: &'a TileSet,
    tile: TileId,
    grid: Grid,
    thin: bool,
    main: Sheet<'a>,
    labels: Sheet<'a>,
    thinned: Thinned,
    head: Vec<u8>,
}

impl Drawing<'_> {
    /// Draws a member, which stands at this place of the layer's members.
    fn draw(&mut self, place: usize, member: &Member, attributes: &Attributes) {
        let small = self.thin && member.extent.is_below(PIXEL, self.tile.z());
        if small {
            let (column, row) = self.tile.position();
            let [x, y] = member.extent.middle();
            let (x, y) = (units(x, self.tile.z(), column), units(y, self.tile.z(), row));
            if member.kind != GeometryKind::Point {
                let area = member.kind == GeometryKind::Area;
                self.thinned.merge((area, attributes.shared(place)), x, y);
                return;
            }
            if !self.thinned.is_first(x, y) {
                return;
            }
        }
        if !self.copy(place, member) && !self.clip(place, member) {
            return;
        }
        let labelled = !self.thin || !member.extent.is_below(LABEL, self.tile.z());
        if let Some(label) = member.label.filter(|_| labelled) {
            self.label(place, member, label);
        }
    }

    /// Copies a geometry that is encoded for this zoom level already; `false` where none is, or where
    /// it reaches far beyond the tile.
    fn copy(&mut self, place: usize, member: &Member) -> bool {
        let z = self.tile.z();
        let level = self.set.levels.get(usize::from(z));
        let Some(stroke) = level.and_then(|level| level.stroke(member.along as usize)) else {
            return false;
        };
        let (column, row) = self.tile.position();
        let reach = -REACH..i64::from(EXTENT) + REACH;
        let reaches = |axis: usize, tile: u32| {
            [member.extent.low, member.extent.high]
                .iter()
                .all(|edge| reach.contains(&units(edge[axis], z, tile)))
        };
        if stroke.rest.len() > LONG || !reaches(0, column) || !reaches(1, row) {
            return false;
        }
        let corner = [column, row].map(|tile| (tile * EXTENT).cast_signed());
        self.head.clear();
        self.head.push(9);
        unsigned(&mut self.head, zigzag(stroke.at.0 - corner[0]).into());
        unsigned(&mut self.head, zigzag(stroke.at.1 - corner[1]).into());
        self.main.add(place, member.number + 1, member.kind as u8, &self.head, stroke.rest);
        true
    }

    /// Clips a geometry; `false` where nothing of it is in the tile.
    fn clip(&mut self, place: usize, member: &Member) -> bool {
        let Some(drawn) = self.set.draw(member.number as usize, self.tile) else { return false };
        self.head.clear();
        mvt::encode(&mut self.head, &drawn.commands);
        self.main.add(place, member.number + 1, drawn.kind, &self.head, &[]);
        true
    }

    /// Writes the point that a label stands on, when it lies in the tile proper: each label in one tile only.
    fn label(&mut self, place: usize, member: &Member, label: [u32; 2]) {
        let [x, y] = label.map(|part| f64::from(part) / 4_294_967_296.0);
        let (x, y) = self.grid.place(x, y);
        let inside = 0.0..f64::from(EXTENT);
        if inside.contains(&x) && inside.contains(&y) {
            self.head.clear();
            mvt::encode(&mut self.head, &mvt::points(&[snap((x, y))]));
            let kind = GeometryKind::Point as u8;
            self.labels.add(place, member.number + 1, kind, &self.head, &[]);
        }
    }
}
