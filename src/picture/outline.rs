//! Geometries on the pixels of a picture: projected, clipped, and put on a fine grid.
//!
//! A vertex goes to the nearest line of a grid of a twentieth of a pixel, whatever outline it belongs to, so
//! that neighbours keep one edge; vertices that fall together become one.

use geo::{Coord, Geometry, LineString, Polygon};

use crate::picture::Frame;
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
        let outline = match geometry {
            Geometry::Point(point) => Self::Points(pen.points([point.0].into_iter())),
            Geometry::MultiPoint(points) => Self::Points(pen.points(points.iter().map(|p| p.0))),
            Geometry::LineString(line) => Self::Lines(pen.lines(line)),
            Geometry::MultiLineString(lines) => {
                Self::Lines(lines.iter().flat_map(|line| pen.lines(line)).collect())
            }
            Geometry::Polygon(polygon) => Self::Areas(pen.rings(polygon)),
            Geometry::MultiPolygon(polygons) => {
                Self::Areas(polygons.iter().flat_map(|polygon| pen.rings(polygon)).collect())
            }
            _ => return None,
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

/// How positions come into a frame, and the rectangle around it that is kept.
struct Pen<'f> {
    frame: &'f Frame,
    bounds: Bounds,
}

impl<'f> Pen<'f> {
    fn over(frame: &'f Frame) -> Self {
        let [width, height] = frame.size();
        Self { frame, bounds: [-BEYOND, -BEYOND, width + BEYOND, height + BEYOND] }
    }

    fn at(&self, position: Coord<f64>) -> Option<Position> {
        self.frame.at(position.x, position.y)
    }

    fn points(&self, positions: impl Iterator<Item = Coord<f64>>) -> Vec<Position> {
        let [left, top, right, bottom] = self.bounds;
        let near = |(x, y): &Position| (left..=right).contains(x) && (top..=bottom).contains(y);
        positions.filter_map(|position| self.at(position)).filter(near).map(snap).collect()
    }

    fn lines(&self, line: &LineString<f64>) -> Vec<Vec<Position>> {
        let path: Vec<Position> = line.0.iter().filter_map(|&c| self.at(c)).collect();
        let parts = clip_line(&path, self.bounds);
        parts.into_iter().map(thin).filter(|part| part.len() > 1).collect()
    }

    fn rings(&self, polygon: &Polygon<f64>) -> Vec<Vec<Position>> {
        let ring = |(number, line): (usize, &LineString<f64>)| {
            let open = line.0.len().saturating_sub(1);
            let path: Vec<Position> = line.0[..open].iter().filter_map(|&c| self.at(c)).collect();
            let mut ring = thin(clip_ring(&path, self.bounds));
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            if clockwise(&ring) != (number == 0) {
                ring.reverse();
            }
            ring
        };
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.enumerate().map(ring).filter(|ring| ring.len() > 2).collect()
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
