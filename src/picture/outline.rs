//! Geometries on the pixels of a picture: projected, clipped, and put on a fine grid.
//!
//! A vertex goes to the nearest line of a grid of a twentieth of a pixel, whatever outline it belongs to, so
//! that neighbours keep one edge; vertices that fall together become one.

use geo::{Coord, Geometry, LineString, Polygon};

use crate::picture::Frame;
use crate::shape::{Shape, Vertex};
use crate::tile::clip::{Bounds, clip_line, clip_ring};

/// Lines of the grid to a pixel.
const FINENESS: f64 = 20.0;

/// Pixels beyond the frame that outlines are kept for, so that the side along which they are cut, and the
/// strokes along it, are not seen.
const BEYOND: f64 = 24.0;

/// A position: pixels from the left and from the top.
pub type Position = (f64, f64);

/// A geometry of a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// Positions.
    Points(Vec<Position>),
    /// Lines, not closed.
    Lines(Vec<Vec<Position>>),
    /// Rings, outer ones clockwise as they are seen, holes the other way; the first position is not repeated.
    Areas(Vec<Vec<Position>>),
}

impl Outline {
    /// What of a geometry in degrees is in a frame; `None` where nothing is.
    #[must_use]
    pub fn of(geometry: &Geometry<f64>, frame: &Frame) -> Option<Self> {
        let pen = Pen::over(frame);
        let at = |c: &Coord<f64>| frame.at(c.x, c.y);
        let line = |line: &LineString<f64>| pen.line(line.0.iter().filter_map(at));
        let ring = |(number, ring): (usize, &LineString<f64>)| {
            let open = &ring.0[..ring.0.len().saturating_sub(1)];
            pen.ring(number == 0, open.iter().filter_map(at))
        };
        let rings = |polygon: &Polygon<f64>| -> Vec<Vec<Position>> {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.enumerate().filter_map(ring).collect()
        };
        let outline = match geometry {
            Geometry::Point(point) => Self::Points(pen.points(at(&point.0).into_iter())),
            Geometry::MultiPoint(points) => {
                Self::Points(pen.points(points.iter().filter_map(|point| at(&point.0))))
            }
            Geometry::LineString(path) => Self::Lines(line(path)),
            Geometry::MultiLineString(lines) => Self::Lines(lines.iter().flat_map(line).collect()),
            Geometry::Polygon(polygon) => Self::Areas(rings(polygon)),
            Geometry::MultiPolygon(polygons) => {
                Self::Areas(polygons.iter().flat_map(rings).collect())
            }
            _ => return None,
        };
        (!outline.is_empty()).then_some(outline)
    }

    /// What of a shape is in a frame, without the vertices that nobody would miss at its scale.
    #[must_use]
    pub fn of_shape(shape: &Shape, frame: &Frame, detail: f64) -> Option<Self> {
        let pen = Pen::over(frame);
        let path = |path: &[Vertex], detail: f64| -> Vec<Position> {
            let kept = path.iter().filter(|vertex| vertex.weight >= detail);
            kept.filter_map(|vertex| frame.at_unit(vertex.x, vertex.y)).collect()
        };
        let line = |line: &Vec<Vertex>| pen.line(path(line, detail).into_iter());
        let ring = |(number, ring): (usize, &Vec<Vertex>)| {
            let drawn = pen.ring(number == 0, path(ring, detail).into_iter());
            // An area of few vertices that matter is still one.
            drawn.or_else(|| pen.ring(number == 0, path(ring, 0.0).into_iter()))
        };
        let rings = |rings: &Vec<Vec<Vertex>>| -> Vec<Vec<Position>> {
            rings.iter().enumerate().filter_map(ring).collect()
        };
        let outline = match shape {
            Shape::Points(points) => {
                Self::Points(pen.points(points.iter().filter_map(|&(x, y)| frame.at_unit(x, y))))
            }
            Shape::Lines(lines) => Self::Lines(lines.iter().flat_map(line).collect()),
            Shape::Areas(polygons) => Self::Areas(polygons.iter().flat_map(rings).collect()),
        };
        (!outline.is_empty()).then_some(outline)
    }

    /// Whether another is of the same kind.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Takes the parts of another in that is of the same kind.
    pub fn append(&mut self, other: &Self) {
        match (self, other) {
            (Self::Points(points), Self::Points(more)) => points.extend(more),
            (Self::Lines(parts), Self::Lines(more)) | (Self::Areas(parts), Self::Areas(more)) => {
                parts.extend_from_slice(more);
            }
            _ => {}
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Points(points) => points.is_empty(),
            Self::Lines(paths) | Self::Areas(paths) => paths.is_empty(),
        }
    }
}

/// The rectangle around a frame that is kept.
struct Pen {
    bounds: Bounds,
}

impl Pen {
    fn over(frame: &Frame) -> Self {
        let [width, height] = frame.size();
        Self { bounds: [-BEYOND, -BEYOND, width + BEYOND, height + BEYOND] }
    }

    fn points(&self, positions: impl Iterator<Item = Position>) -> Vec<Position> {
        let [left, top, right, bottom] = self.bounds;
        let near = |(x, y): &Position| (left..=right).contains(x) && (top..=bottom).contains(y);
        positions.filter(near).map(snap).collect()
    }

    fn line(&self, path: impl Iterator<Item = Position>) -> Vec<Vec<Position>> {
        let parts = clip_line(&path.collect::<Vec<_>>(), self.bounds);
        parts.into_iter().map(thin).filter(|part| part.len() > 1).collect()
    }

    /// A ring, its first position not repeated; `None` where no area is left.
    fn ring(&self, outer: bool, path: impl Iterator<Item = Position>) -> Option<Vec<Position>> {
        let mut ring = thin(clip_ring(&path.collect::<Vec<_>>(), self.bounds));
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if clockwise(&ring) != outer {
            ring.reverse();
        }
        (ring.len() > 2).then_some(ring)
    }
}

/// Whether a ring runs clockwise where y points down: the sum of its trapezoids says.
fn clockwise(ring: &[Position]) -> bool {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(a, b)| (b.0 - a.0) * (b.1 + a.1)).sum::<f64>() <= 0.0
}

fn thin(path: Vec<Position>) -> Vec<Position> {
    let mut path: Vec<Position> = path.into_iter().map(snap).collect();
    path.dedup();
    path
}

fn snap((x, y): Position) -> Position {
    ((x * FINENESS).round() / FINENESS, (y * FINENESS).round() / FINENESS)
}
