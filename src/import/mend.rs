//! Shapes in degrees become geometry that the atlas accepts: rings closed, crossing ones repaired,
//! parts without extent left out, outer rings counter-clockwise.

use geo::algorithm::orient::{Direction, Orient};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{
    Area, BooleanOps, Coord, Geometry, Line, LineString, LinesIter, MultiLineString, MultiPoint,
    MultiPolygon, OpType, Point, Polygon, Validation,
};
use rstar::RTree;

use crate::import::draft::{Position, Shape};
use crate::import::locate::rounded;
use crate::import::remark::{At, Matter, Remark};
use crate::model::check_areas;

/// At most three geometries, one for points, lines and areas each. None when nothing is left.
pub fn mend(shape: &Shape, at: At, remarks: &mut Vec<Remark>) -> Vec<Geometry<f64>> {
    let mut parts = Parts::default();
    parts.collect(shape);
    if parts.dropped > 0 {
        remarks.push(Remark::at(at, Matter::PartsDropped { count: parts.dropped }));
    }
    if parts.closed {
        remarks.push(Remark::at(at, Matter::RingClosed));
    }
    let single = !matches!(shape, Shape::Many(_));
    let mut found = Vec::new();
    match parts.points.as_slice() {
        [] => {}
        [point] if single => found.push(Geometry::Point(*point)),
        _ => found.push(Geometry::MultiPoint(MultiPoint(parts.points))),
    }
    match parts.lines.as_slice() {
        [] => {}
        [line] if single => found.push(Geometry::LineString(line.clone())),
        _ => found.push(Geometry::MultiLineString(MultiLineString(parts.lines))),
    }
    if !parts.areas.is_empty() {
        match sound(MultiPolygon(parts.areas)) {
            Ok((area, repaired)) => {
                if let Some(reason) = repaired {
                    let parts = area.0.len();
                    remarks.push(Remark::at(at, Matter::Repaired { reason, parts }));
                }
                let mut area = area.orient(Direction::Default);
                found.push(if single && area.0.len() == 1 {
                    Geometry::Polygon(area.0.remove(0))
                } else {
                    Geometry::MultiPolygon(area)
                });
            }
            Err(reason) => remarks.push(Remark::at(at, Matter::LeftOut { reason })),
        }
    }
    let nothing = found.is_empty() && parts.dropped == 0;
    if nothing && remarks.last().is_none_or(|remark| remark.at != at) {
        remarks.push(Remark::at(at, Matter::Unlocated));
    }
    found
}

#[derive(Default)]
struct Parts {
    points: Vec<Point<f64>>,
    lines: Vec<LineString<f64>>,
    areas: Vec<Polygon<f64>>,
    /// Parts that have no length or area.
    dropped: usize,
    closed: bool,
}

impl Parts {
    fn collect(&mut self, shape: &Shape) {
        match shape {
            Shape::Point((x, y)) => self.points.push(Point::new(*x, *y)),
            Shape::Line(positions) => {
                let coords = distinct(positions);
                if coords.len() < 2 {
                    self.dropped += 1;
                } else {
                    self.lines.push(LineString(coords));
                }
            }
            Shape::Polygon(rings) => self.polygon(rings),
            Shape::Many(parts) => parts.iter().for_each(|part| self.collect(part)),
        }
    }

    fn polygon(&mut self, rings: &[Vec<Position>]) {
        let mut sound = Vec::with_capacity(rings.len());
        for (number, ring) in rings.iter().enumerate() {
            let mut coords = distinct(ring);
            if let (Some(&first), Some(&last)) = (coords.first(), coords.last())
                && first != last
            {
                coords.push(first);
                self.closed = true;
            }
            let ring = LineString(coords);
            if !flat(&ring) {
                sound.push(ring);
                continue;
            }
            self.dropped += 1;
            if number == 0 {
                return;
            }
        }
        if !sound.is_empty() {
            let outer = sound.remove(0);
            self.areas.push(Polygon::new(outer, sound));
        }
    }
}

/// Whether all positions lie on one line. The area does not tell: the halves of a ring that crosses
/// itself can cancel each other out.
fn flat(ring: &LineString<f64>) -> bool {
    let Some(&a) = ring.0.first() else { return true };
    let Some(&b) = ring.0.iter().find(|c| **c != a) else { return true };
    ring.0.iter().all(|c| ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() < 1e-15)
}

/// Positions without those that repeat the one before.
fn distinct(positions: &[Position]) -> Vec<Coord<f64>> {
    let mut coords: Vec<Coord<f64>> = positions.iter().map(|&p| p.into()).collect();
    coords.dedup();
    coords
}

/// Crossings that are repaired. What that takes grows with more than their square: a tenth of a second at so many, and
/// minutes at ten times as many. A ring that somebody drew crosses itself a few times.
const MAX_CROSSINGS: usize = 1_000;

/// Whether edges cross each other too often to be repaired.
fn is_tangled(areas: &MultiPolygon<f64>) -> bool {
    let edges = RTree::bulk_load(areas.lines_iter().collect());
    let crossing = |(a, b): &(&Line<f64>, &Line<f64>)| {
        let at = line_intersection(**a, **b);
        matches!(at, Some(LineIntersection::SinglePoint { is_proper: true, .. }))
    };
    // Each is met from both sides.
    let pairs = edges.intersection_candidates_with_other_tree(&edges);
    pairs.filter(crossing).nth(2 * MAX_CROSSINGS).is_some()
}

/// Valid areas, and what was wrong with them where they had to be repaired.
fn sound(areas: MultiPolygon<f64>) -> Result<(MultiPolygon<f64>, Option<String>), String> {
    let Err(error) = check_areas(&areas) else { return Ok((areas, None)) };
    if is_tangled(&areas) {
        return Err(format!("{error}; edges cross each other more than {MAX_CROSSINGS} times"));
    }
    let nothing = MultiPolygon(Vec::new());
    let repaired = MultiPolygon(
        areas
            .iter()
            .flat_map(|polygon| {
                // Twice inside is outside, as every GIS repairs a ring that crosses itself.
                if polygon.is_valid() {
                    vec![polygon.clone()]
                } else {
                    MultiPolygon(vec![polygon.clone()]).boolean_op(&nothing, OpType::Union).0
                }
            })
            .collect(),
    );
    let repaired = tidy(&repaired);
    // Parts that are sound by themselves may still lie on each other.
    let repaired = if check_areas(&repaired).is_ok() {
        repaired
    } else {
        let parts = repaired.0.iter().map(|polygon| MultiPolygon(vec![polygon.clone()]));
        tidy(&parts.fold(nothing, |all, part| all.union(&part)))
    };
    if repaired.0.is_empty() || check_areas(&repaired).is_err() {
        return Err(error.to_string());
    }
    Ok((repaired, Some(error.to_string())))
}

/// Rounded as it will be written, without rings that vanish by it.
fn tidy(areas: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| {
        let mut coords: Vec<Coord<f64>> =
            ring.0.iter().map(|c| Coord { x: rounded(c.x), y: rounded(c.y) }).collect();
        coords.dedup();
        LineString(coords)
    };
    let solid = |ring: &LineString<f64>| {
        ring.0.len() >= 4 && Polygon::new(ring.clone(), Vec::new()).unsigned_area() > 1e-14
    };
    let polygons = areas.iter().filter_map(|polygon| {
        let outer = Some(ring(polygon.exterior())).filter(solid)?;
        let holes = polygon.interiors().iter().map(ring).filter(solid).collect();
        Some(Polygon::new(outer, holes))
    });
    MultiPolygon(polygons.collect())
}
