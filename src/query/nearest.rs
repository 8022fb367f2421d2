//! The nearest of many shapes, through an R-tree over their edges.
//!
//! The tree measures in degrees and hands out candidates, nearest box first; each is measured on
//! the ellipsoid. The search ends when the next box lies beyond the circle, as wide in degrees as
//! it gets, that the best answer so far draws around the position: nothing after it can be nearer.

use geo::{BoundingRect, Geometry, Line, Point};

use crate::index::BoxIndex;
use crate::query::distance::{
    doubtful, each_edge, encloses, flat_distance, metres, nearest_on_edge, padded,
};

/// Shapes to measure to, each with a key by which answers name it.
pub struct Shapes<'a, K> {
    areas: BoxIndex<(K, &'a Geometry<f64>)>,
    edges: BoxIndex<(K, Line<f64>)>,
}

/// The nearest shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest<K> {
    /// Its key.
    pub shape: K,
    /// Geodesic distance, metres; 0 inside it.
    pub metres: f64,
    /// Its nearest point.
    pub point: Point<f64>,
}

impl<'a, K: Copy + Ord> Shapes<'a, K> {
    /// Builds the trees.
    pub fn new(shapes: impl Iterator<Item = (K, &'a Geometry<f64>)>) -> Self {
        let mut areas: Vec<(K, &Geometry<f64>)> = Vec::new();
        let mut edges: Vec<(K, Line<f64>)> = Vec::new();
        for (key, geometry) in shapes {
            areas.push((key, geometry));
            each_edge(geometry, &mut |edge| edges.push((key, edge)));
        }
        let areas = areas.into_iter().filter(|(_, geometry)| has_inside(geometry));
        let areas = areas.filter_map(|area| area.1.bounding_rect().map(|bounds| (area, bounds)));
        let edges = edges.into_iter().map(|edge| (edge, edge.1.bounding_rect()));
        Self { areas: BoxIndex::from_bounds(areas), edges: BoxIndex::from_bounds(edges) }
    }

    /// The shape nearest to `from`, of equally near ones the first by key; `except` counts as not
    /// there.
    pub fn nearest(&self, from: Point<f64>, except: Option<K>) -> Option<Nearest<K>> {
        self.nearest_within(from, f64::INFINITY, except)
    }

    /// The same up to `limit` metres: much sooner answered where nothing is as near as that.
    pub fn nearest_within(
        &self,
        from: Point<f64>,
        limit: f64,
        except: Option<K>,
    ) -> Option<Nearest<K>> {
        let around = self.areas.at(from.x(), from.y());
        let around = around.filter(|(shape, _)| Some(*shape) != except);
        let around = around.filter(|(_, geometry)| encloses(geometry, from));
        if let Some(shape) = around.map(|(shape, _)| shape).min() {
            return Some(Nearest { shape, metres: 0.0, point: from });
        }
        let mut best: Option<Nearest<K>> = None;
        let mut shortest = limit;
        let mut reach = reach_in_degrees(from, limit);
        for (degrees, (shape, edge)) in self.edges.nearest(from.x(), from.y()) {
            if degrees > reach {
                break;
            }
            if Some(shape) == except || flat_distance(from, edge).0 > doubtful(shortest) {
                continue;
            }
            let point = nearest_on_edge(from, edge);
            let metres = metres(from, point);
            let better = best.map_or(metres <= limit, |b| {
                metres < b.metres || (metres <= b.metres && shape < b.shape)
            });
            if better {
                best = Some(Nearest { shape, metres, point });
                shortest = metres;
                reach = reach_in_degrees(from, metres);
            }
        }
        best
    }
}

fn has_inside(geometry: &Geometry<f64>) -> bool {
    matches!(
        geometry,
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::GeometryCollection(_)
    )
}

/// Degrees beyond which nothing lies within so many metres, whatever the direction.
fn reach_in_degrees(from: Point<f64>, metres: f64) -> f64 {
    // Where the plane says nothing (see `doubtful`), or the date line may lie between, all count.
    if doubtful(metres).is_infinite() {
        return f64::INFINITY;
    }
    let circle = padded(from.bounding_rect(), metres);
    circle.width().max(circle.height()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon};

    #[test]
    fn a_farther_box_in_degrees_may_be_nearer_in_metres() {
        // At 60° north a degree of longitude is half as long as one of latitude.
        let east: Geometry<f64> = Point::new(101.5, 60.0).into();
        let north: Geometry<f64> = Point::new(100.0, 61.0).into();
        let shapes = Shapes::new([(0, &north), (1, &east)].into_iter());
        let nearest = shapes.nearest(Point::new(100.0, 60.0), None).unwrap();
        assert_eq!(nearest.shape, 1);
        assert!((83_000.0..84_500.0).contains(&nearest.metres), "{nearest:?}");
    }

    #[test]
    fn an_excepted_area_does_not_hide_what_lies_around_it() {
        let ring = |s: f64| LineString::from(vec![(-s, -s), (s, -s), (s, s), (-s, s), (-s, -s)]);
        let inner: Geometry<f64> = Polygon::new(ring(1.0), vec![]).into();
        let outer: Geometry<f64> = Polygon::new(ring(2.0), vec![]).into();
        let shapes = Shapes::new([(0, &inner), (1, &outer)].into_iter());
        let at = Point::new(0.0, 0.0);
        assert_eq!(shapes.nearest(at, None).unwrap().shape, 0);
        assert_eq!(
            shapes.nearest(at, Some(0)).unwrap(),
            Nearest { shape: 1, metres: 0.0, point: at }
        );
    }
}
