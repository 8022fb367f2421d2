//! `PMTiles` 3: one archive of vector tiles with every layer in it, for maps on the web.
//!
//! The tiles are drawn as those of the server are (`tile`), but hold the chosen features alone and all
//! their attributes. An area has a companion point in the layer `…-labels`. Lists and nested values are
//! text; places without a position and linked records are left out.
//!
//! Zoom levels go down from the world to 14, where a unit of the grid is half a metre. They begin below
//! those at which a tile would be crowded, and end above one that would have too many tiles: a national
//! layer ends earlier than a county, and clients draw deeper levels from the last.

mod archive;
mod directory;
mod hilbert;
mod layer;

use serde_json::{Map, Value, json};

use crate::crs::{TileId, to_tile_space};
use crate::export::losses::Collector;
use crate::export::table::{Kind, Shape};
use crate::export::{Export, Features, Folder, LossKind, Progress, WriteError};
use crate::tile::{BUFFER, EXTENT, MAX_USEFUL_ZOOM, TileSet};
use archive::{Archive, Extent};
use layer::LayerWriter;

/// Features in a tile above which a level is left out, if a deeper one follows.
const CROWD: usize = 20_000;

/// Tiles of a level that are not gone beyond.
const TILES: usize = 1 << 16;

/// A feature that is somewhere: its layer, its row, and its box in the unit square.
struct Item {
    layer: usize,
    row: usize,
    low: (f64, f64),
    high: (f64, f64),
}

/// A tile at a place of its level's curve, with the numbers of the items that may be in it.
struct Node {
    place: u64,
    members: Vec<u32>,
}

/// Says that shapes are simplified.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    for features in &export.features {
        for row in (0..features.table.len).filter(|&row| features.is_located(row)) {
            collector.row(LossKind::Simplified, &features.table, None, row);
        }
    }
}

/// Writes one archive.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let mut archive = Archive::begin(folder.create(&export.whole_file())?)?;
    let (items, bounds) = items(export);
    let geometries: Vec<_> =
        items.iter().map(|item| export.features[item.layer].geometry(item.row)).collect();
    let geometries: Vec<_> = geometries.iter().map(Option::as_deref).collect();
    let shapes = TileSet::of(&geometries);
    let all = (0..u32::try_from(items.len()).unwrap_or(u32::MAX)).collect();
    let mut level = vec![Node { place: 0, members: all }];
    let mut zooms: Option<(u8, u8)> = None;
    let (total, mut done) = (export.features.iter().map(|f| f.table.len as u64).sum::<u64>(), 0);
    for z in 0..=MAX_USEFUL_ZOOM {
        let next =
            if z < MAX_USEFUL_ZOOM { children(z, &level, &items, &shapes)? } else { Vec::new() };
        let last = next.is_empty() || next.len() > TILES;
        if last || level.iter().all(|node| node.members.len() <= CROWD) {
            for node in &level {
                let tile = tile(z, node.place)?;
                let content = encode(export, &items, &shapes, &node.members, tile);
                if !content.is_empty() {
                    archive.add(hilbert::tile_id(z, node.place), &content)?;
                }
                progress.advance(0)?;
            }
            zooms = Some((zooms.map_or(z, |(first, _)| first), z));
        }
        let reached = total * u64::from(z + 1) / u64::from(MAX_USEFUL_ZOOM + 1);
        progress.advance(reached - done)?;
        done = reached;
        if last {
            break;
        }
        level = next;
    }
    progress.advance(total - done)?;
    let zooms = zooms.unwrap_or((0, 0));
    archive.finish(&metadata(export, zooms), &Extent { zooms, bounds })
}

/// The features that are somewhere, and the box around them in degrees.
fn items(export: &Export<'_>) -> (Vec<Item>, [f64; 4]) {
    let mut items = Vec::new();
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (layer, features) in export.features.iter().enumerate() {
        for row in 0..features.table.len {
            let Some(bbox) = features.bounds(row).map(|b| (b.min(), b.max())) else { continue };
            let low = to_tile_space(bbox.0.x, bbox.1.y);
            let high = to_tile_space(bbox.1.x, bbox.0.y);
            items.push(Item { layer, row, low, high });
            bounds = [
                bounds[0].min(bbox.0.x),
                bounds[1].min(bbox.0.y),
                bounds[2].max(bbox.1.x),
                bounds[3].max(bbox.1.y),
            ];
        }
    }
    if items.is_empty() { (items, [0.0; 4]) } else { (items, bounds) }
}

fn tile(z: u8, place: u64) -> Result<TileId, WriteError> {
    let (x, y) = hilbert::position(z, place);
    TileId::new(z, x, y)
        .map_err(|error| WriteError::Format { format: "PMTiles", reason: error.to_string() })
}

/// The tiles of the next level that something is in. Of what is larger than a tile the box says too
/// little: a river's covers a county.
fn children(
    z: u8,
    level: &[Node],
    items: &[Item],
    shapes: &TileSet,
) -> Result<Vec<Node>, WriteError> {
    let side = 0.5_f64.powi(i32::from(z) + 1);
    let margin = side * BUFFER / f64::from(EXTENT);
    let mut next = Vec::new();
    for (node, place) in
        level.iter().flat_map(|node| (0..4).map(move |i| (node, node.place * 4 + i)))
    {
        let tile = tile(z + 1, place)?;
        let (x, y, _) = tile.square();
        let (west, north) = (x - margin, y - margin);
        let (east, south) = (x + side + margin, y + side + margin);
        let meets = |&&number: &&u32| {
            let Item { low, high, .. } = &items[number as usize];
            let large = high.0 - low.0 > side || high.1 - low.1 > side;
            let beside = low.0 > east || high.0 < west || low.1 > south || high.1 < north;
            !beside && (!large || shapes.meets(number as usize, tile))
        };
        let members: Vec<u32> = node.members.iter().filter(meets).copied().collect();
        if !members.is_empty() {
            next.push(Node { place, members });
        }
    }
    Ok(next)
}

/// The content of a tile. Members are in the order of layers and rows.
fn encode(
    export: &Export<'_>,
    items: &[Item],
    shapes: &TileSet,
    members: &[u32],
    tile: TileId,
) -> Vec<u8> {
    let mut content = Vec::new();
    for of_layer in members.chunk_by(|&a, &b| items[a as usize].layer == items[b as usize].layer) {
        let features = &export.features[items[of_layer[0] as usize].layer];
        let (table, name) = (&features.table, &features.table.id);
        let (mut shown, mut labels) = (LayerWriter::default(), LayerWriter::default());
        for &number in of_layer {
            let row = items[number as usize].row;
            let Some(drawn) = shapes.draw(number as usize, tile) else { continue };
            let tags = shown.tags(table, row);
            shown.add(row, &tags, drawn.kind, &drawn.commands);
            if let Some(point) = label(features, row, tile) {
                let tags = labels.tags(table, row);
                labels.add(row, &tags, 1, &point);
            }
        }
        shown.finish(&mut content, name, table);
        labels.finish(&mut content, &format!("{name}-labels"), table);
    }
    content
}

/// Commands for the point that an area's label stands on, in the one tile that it lies in.
fn label(features: &Features<'_>, row: usize, tile: TileId) -> Option<[u32; 3]> {
    features.geometry(row).filter(|geometry| Shape::of(geometry) == Shape::Area)?;
    let [lon, lat] = features.anchor(row)?;
    let ((x, y), (west, north, side)) = (to_tile_space(lon, lat), tile.square());
    let units = |distance: f64| {
        let units = (distance / side * f64::from(EXTENT)).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number within the grid"
        )]
        (0.0..f64::from(EXTENT)).contains(&units).then_some(units as u32)
    };
    // Move to one position; positive numbers are doubled (zigzag).
    Some([1 << 3 | 1, units(x - west)? << 1, units(y - north)? << 1])
}

/// What the archive says of itself (PMTiles 3, chapter 5).
fn metadata(export: &Export<'_>, (first, last): (u8, u8)) -> String {
    let mut layers = Vec::new();
    for features in &export.features {
        let table = &features.table;
        let (mut fields, mut titles) = (Map::new(), Map::new());
        for column in &table.columns {
            let kind = match column.field.kind {
                Kind::Integer | Kind::Real => "Number",
                Kind::Boolean => "Boolean",
                Kind::Text | Kind::List | Kind::Nested => "String",
            };
            fields.insert(column.field.key.to_string(), kind.into());
            titles.insert(column.field.key.to_string(), column.field.title.as_ref().into());
        }
        let mut say = |id: &str, description: &str| {
            layers.push(json!({
                "id": id, "description": description, "minzoom": first, "maxzoom": last,
                "fields": fields, "field_titles": titles,
            }));
        };
        say(&table.id, &table.title);
        if matches!(features.shape, Shape::Area | Shape::Mixed) {
            say(&format!("{}-labels", table.id), &format!("{} 标注点", table.title));
        }
    }
    let origin = &export.origin;
    let metadata: Value = json!({
        "name": origin.title,
        "description": origin.line(),
        "attribution": origin.plans.join("、"),
        "type": "overlay",
        "version": origin.data_version,
        "vector_layers": layers,
    });
    metadata.to_string()
}
