//! How weighed geometry becomes grid coordinates of one tile.

use crate::shape::{Shape, Vertex};
use crate::tile::clip::{Bounds, clip_line, clip_ring};
use crate::tile::mvt::{self, GeometryKind};
use crate::tile::{EXTENT, Grid};

type GridPoint = (i32, i32);

impl Shape {
    pub(super) fn kind(&self) -> GeometryKind {
        match self {
            Self::Points(_) => GeometryKind::Point,
            Self::Lines(_) => GeometryKind::Line,
            Self::Areas(_) => GeometryKind::Area,
        }
    }

    /// Whether anything of its lines or outer rings lies in a tile, unsimplified; points are not looked at.
    pub(super) fn meets(&self, grid: &Grid, buffer: f64) -> bool {
        let (low, high) = (-buffer, f64::from(EXTENT) + buffer);
        let around = [low, low, high, high];
        match self {
            Self::Points(_) => true,
            Self::Lines(lines) => {
                lines.iter().any(|line| !clip_line(&reduced(line, grid, 0.0), around).is_empty())
            }
            Self::Areas(polygons) => polygons
                .iter()
                .filter_map(|rings| rings.first())
                .any(|outer| !clip_ring(&reduced(outer, grid, 0.0), around).is_empty()),
        }
    }

    /// The commands that draw the shape in a tile; `None` when nothing of it is there.
    pub(super) fn encode(&self, grid: &Grid, threshold: f64, buffer: f64) -> Option<Vec<u32>> {
        let (low, high) = (-buffer, f64::from(EXTENT) + buffer);
        let around = [low, low, high, high];
        match self {
            Self::Points(points) => {
                let inside =
                    |&(x, y): &(f64, f64)| (low..high).contains(&x) && (low..high).contains(&y);
                let placed: Vec<GridPoint> = points
                    .iter()
                    .map(|&(x, y)| grid.place(x, y))
                    .filter(inside)
                    .map(snap)
                    .collect();
                (!placed.is_empty()).then(|| mvt::points(&placed))
            }
            Self::Lines(lines) => {
                let parts: Vec<Vec<GridPoint>> = lines
                    .iter()
                    .flat_map(|line| clip_line(&reduced(line, grid, threshold), around))
                    .map(|part| snap_path(&part))
                    .filter(|part| part.len() > 1)
                    .collect();
                (!parts.is_empty()).then(|| mvt::lines(&parts))
            }
            Self::Areas(polygons) => {
                let mut parts: Vec<Vec<GridPoint>> = Vec::new();
                for rings in polygons {
                    add_polygon(rings, grid, threshold, around, &mut parts);
                }
                (!parts.is_empty()).then(|| mvt::areas(&parts))
            }
        }
    }
}

/// Adds the rings of one polygon, the outer one clockwise on the screen, holes the other way.
fn add_polygon(
    rings: &[Vec<Vertex>],
    grid: &Grid,
    threshold: f64,
    around: Bounds,
    parts: &mut Vec<Vec<GridPoint>>,
) {
    let ring_at = |ring: &[Vertex], threshold: f64| {
        let mut snapped = snap_path(&clip_ring(&reduced(ring, grid, threshold), around));
        if snapped.len() > 1 && snapped.first() == snapped.last() {
            snapped.pop();
        }
        snapped
    };
    let Some((outer, holes)) = rings.split_first() else { return };
    let mut ring = ring_at(outer, threshold);
    if doubled_area(&ring) == 0 {
        ring = ring_at(outer, 0.0);
    }
    if doubled_area(&ring) == 0 {
        let Some(cell) = ring.first() else { return };
        parts.push(cell_at(*cell));
        return;
    }
    orient(&mut ring, true);
    parts.push(ring);
    for hole in holes {
        let mut ring = ring_at(hole, threshold);
        if doubled_area(&ring) != 0 {
            orient(&mut ring, false);
            parts.push(ring);
        }
    }
}

/// One grid cell, the smallest area there is: what is left of an area that would vanish.
fn cell_at((x, y): GridPoint) -> Vec<GridPoint> {
    vec![(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
}

fn reduced(path: &[Vertex], grid: &Grid, threshold: f64) -> Vec<(f64, f64)> {
    path.iter().filter(|v| v.weight >= threshold).map(|v| grid.place(v.x, v.y)).collect()
}

/// Rounds to the grid, halves always upwards: the same vertex is rounded alike whether positions count
/// from the corner of a tile or of the world.
#[expect(clippy::cast_possible_truncation, reason = "a zoom level has at most 2³² units")]
pub fn snap((x, y): (f64, f64)) -> GridPoint {
    ((x + 0.5).floor() as i32, (y + 0.5).floor() as i32)
}

fn snap_path(path: &[(f64, f64)]) -> Vec<GridPoint> {
    let mut snapped: Vec<GridPoint> = path.iter().map(|&p| snap(p)).collect();
    snapped.dedup();
    snapped
}

/// Twice the signed area; positive is clockwise on the screen, where y grows downwards.
fn doubled_area(ring: &[GridPoint]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1))
        .sum()
}

fn orient(ring: &mut [GridPoint], clockwise: bool) {
    if (doubled_area(ring) > 0) != clockwise {
        ring.reverse();
    }
}
