//! How much each vertex matters, decided once for every outline that shares it.
//!
//! Outlines are cut at junctions, the vertices where they part:
//!
//! ```text
//!         A │ B            a–j is one arc, shared by A and B; j is a junction
//!       a ──┼── … ── j     each arc is weighed by itself, always from the same end,
//!           │       ╱ ╲    so A and B get identical weights along it
//! ```
//!
//! The weight is that of Douglas and Peucker (1973): the deviation that appears when the vertex
//! is left out, capped by the weight of the vertex it was split from, so that a threshold always
//! keeps a whole prefix of the hierarchy. Junctions weigh infinitely much. Vertices are equal when
//! their coordinates are, bit for bit: data whose neighbours only nearly share an edge is not
//! mended here.

use std::collections::HashMap;

use geo::{Geometry, LineString, Polygon};

use crate::crs::to_tile_space;
use crate::shape::{Shape, Vertex};

type VertexId = u32;

/// Projects geometries to the unit square and weighs their vertices. O(n log n) in their number.
#[must_use]
pub fn weigh(geometries: &[Option<&Geometry<f64>>]) -> Vec<Option<Shape>> {
    let mut network = Network::default();
    let traced: Vec<Option<Traced>> =
        geometries.iter().map(|g| g.and_then(|g| network.trace(g))).collect();
    traced.iter().flatten().for_each(|shape| network.mark_junctions(shape));
    traced.into_iter().map(|shape| shape.map(|s| network.finish(s))).collect()
}

/// A geometry as paths over the vertices of the network.
enum Traced {
    Points(Vec<VertexId>),
    Lines(Vec<Vec<VertexId>>),
    /// Polygons of rings; rings are open, their first vertex is not repeated.
    Areas(Vec<Vec<Vec<VertexId>>>),
}

#[derive(Default)]
struct Network {
    ids: HashMap<(u64, u64), VertexId>,
    positions: Vec<(f64, f64)>,
    /// The neighbours a vertex was first seen between, smaller id first.
    between: Vec<Option<(VertexId, VertexId)>>,
    junction: Vec<bool>,
}

impl Network {
    fn vertex(&mut self, lon: f64, lat: f64) -> VertexId {
        let next = VertexId::try_from(self.positions.len()).unwrap_or(VertexId::MAX);
        let id = *self.ids.entry((lon.to_bits(), lat.to_bits())).or_insert(next);
        if id == next {
            self.positions.push(to_tile_space(lon, lat));
            self.between.push(None);
            self.junction.push(false);
        }
        id
    }

    fn path(&mut self, line: &LineString<f64>) -> Vec<VertexId> {
        let mut path: Vec<VertexId> = line.coords().map(|c| self.vertex(c.x, c.y)).collect();
        path.dedup();
        path
    }

    fn rings(&mut self, polygon: &Polygon<f64>) -> Vec<Vec<VertexId>> {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| {
                let mut path = self.path(ring);
                path.pop();
                path
            })
            .collect()
    }

    fn trace(&mut self, geometry: &Geometry<f64>) -> Option<Traced> {
        Some(match geometry {
            Geometry::Point(p) => Traced::Points(vec![self.vertex(p.x(), p.y())]),
            Geometry::MultiPoint(points) => {
                Traced::Points(points.iter().map(|p| self.vertex(p.x(), p.y())).collect())
            }
            Geometry::LineString(line) => Traced::Lines(vec![self.path(line)]),
            Geometry::MultiLineString(lines) => {
                Traced::Lines(lines.iter().map(|line| self.path(line)).collect())
            }
            Geometry::Polygon(polygon) => Traced::Areas(vec![self.rings(polygon)]),
            Geometry::MultiPolygon(polygons) => {
                Traced::Areas(polygons.iter().map(|p| self.rings(p)).collect())
            }
            _ => return None,
        })
    }

    fn mark_junctions(&mut self, shape: &Traced) {
        match shape {
            Traced::Points(_) => {}
            Traced::Lines(lines) => {
                for line in lines {
                    for end in line.first().into_iter().chain(line.last()) {
                        self.junction[*end as usize] = true;
                    }
                    for window in line.windows(3) {
                        self.visit(window[0], window[1], window[2]);
                    }
                }
            }
            Traced::Areas(polygons) => {
                for ring in polygons.iter().flatten() {
                    let n = ring.len();
                    for i in 0..n {
                        self.visit(ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]);
                    }
                }
            }
        }
    }

    fn visit(&mut self, before: VertexId, vertex: VertexId, after: VertexId) {
        let pair = (before.min(after), before.max(after));
        let slot = &mut self.between[vertex as usize];
        match slot {
            None => *slot = Some(pair),
            Some(seen) if *seen == pair => {}
            Some(_) => self.junction[vertex as usize] = true,
        }
    }

    fn finish(&self, shape: Traced) -> Shape {
        match shape {
            Traced::Points(points) => {
                Shape::Points(points.iter().map(|&p| self.positions[p as usize]).collect())
            }
            Traced::Lines(lines) => {
                Shape::Lines(lines.iter().map(|line| self.weigh_path(line)).collect())
            }
            Traced::Areas(polygons) => Shape::Areas(
                polygons
                    .iter()
                    .map(|rings| rings.iter().map(|ring| self.weigh_ring(ring)).collect())
                    .collect(),
            ),
        }
    }

    /// Weighs a ring, turned so that it starts at a junction, or at its westernmost vertex when
    /// it has none: the same start whichever outline the ring belongs to.
    fn weigh_ring(&self, ring: &[VertexId]) -> Vec<Vertex> {
        let start = ring.iter().position(|&v| self.junction[v as usize]).or_else(|| {
            (0..ring.len()).min_by(|&a, &b| {
                let (a, b) = (self.positions[ring[a] as usize], self.positions[ring[b] as usize]);
                a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
            })
        });
        let Some(start) = start else { return Vec::new() };
        let mut path: Vec<VertexId> =
            ring[start..].iter().chain(&ring[..=start]).copied().collect();
        path.dedup();
        let mut weighed = self.weigh_path(&path);
        weighed.pop();
        weighed
    }

    /// Weighs a path arc by arc; its ends and junctions weigh infinitely much.
    fn weigh_path(&self, path: &[VertexId]) -> Vec<Vertex> {
        let mut weights = vec![f64::INFINITY; path.len()];
        let mut start = 0;
        for end in 1..path.len() {
            if end == path.len() - 1 || self.junction[path[end] as usize] {
                self.weigh_arc(&path[start..=end], &mut weights[start..=end]);
                start = end;
            }
        }
        path.iter()
            .zip(weights)
            .map(|(&vertex, weight)| {
                let (x, y) = self.positions[vertex as usize];
                Vertex { x, y, weight }
            })
            .collect()
    }

    /// Weighs the inner vertices of one arc, always in the same direction.
    fn weigh_arc(&self, arc: &[VertexId], weights: &mut [f64]) {
        let n = arc.len();
        if n < 3 {
            return;
        }
        let reversed = (arc[0], arc[1]) > (arc[n - 1], arc[n - 2]);
        let at = |i: usize| self.positions[arc[if reversed { n - 1 - i } else { i }] as usize];
        let mut stack = vec![(0, n - 1, f64::INFINITY)];
        while let Some((first, last, cap)) = stack.pop() {
            if last - first < 2 {
                continue;
            }
            let (mut worst, mut split) = (-1.0, first + 1);
            for i in first + 1..last {
                let deviation = distance_to_segment(at(i), at(first), at(last));
                if deviation > worst {
                    (worst, split) = (deviation, i);
                }
            }
            let weight = worst.min(cap);
            weights[if reversed { n - 1 - split } else { split }] = weight;
            stack.push((first, split, weight));
            stack.push((split, last, weight));
        }
    }
}

fn distance_to_segment(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = (p.0 - a.0) * dx + (p.1 - a.1) * dy;
    let t = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
    (p.0 - a.0 - t * dx).hypot(p.1 - a.1 - t * dy)
}

#[cfg(test)]
mod tests {
    use super::weigh;
    use crate::shape::{Shape, Vertex};
    use geo::{Geometry, LineString, Polygon};

    /// Two areas with a common edge from west to east, one below and one above it.
    fn neighbours(edge: &[(f64, f64)]) -> [Geometry<f64>; 2] {
        let below = edge.iter().rev().copied().chain([(-1.0, -2.0), (1.0, -2.0)]);
        let above = edge.iter().copied().chain([(1.0, 2.0), (-1.0, 2.0)]);
        [below.collect::<Vec<_>>(), above.collect()]
            .map(|ring| Polygon::new(LineString::from(ring), vec![]).into())
    }

    /// The second edge has two vertices of equal weight: which of them counts as the heavier must
    /// not depend on the direction in which an outline runs along it.
    #[test]
    fn neighbours_keep_the_same_vertices_of_their_common_edge_at_every_threshold() {
        let wiggly = [(-1.0, 0.0), (-0.7, 0.2), (-0.1, -0.1), (0.3, 0.15), (1.0, 0.0)];
        let even = [(-1.0, 0.0), (-0.5, 0.1), (0.5, 0.1), (1.0, 0.0)];
        for edge in [&wiggly[..], &even[..]] {
            let geometries = neighbours(edge);
            let shapes = weigh(&[Some(&geometries[0]), Some(&geometries[1])]);
            for exponent in 0..60 {
                let threshold = 2e-3 * 0.9_f64.powi(exponent);
                let (a, b) =
                    (kept(shapes[0].as_ref(), threshold), kept(shapes[1].as_ref(), threshold));
                assert!(a.len() >= 2);
                assert_eq!(a, b, "at {threshold}");
            }
        }
    }

    /// Vertices near the common edge that a threshold keeps, in a fixed order.
    fn kept(shape: Option<&Shape>, threshold: f64) -> Vec<(u64, u64)> {
        let Some(Shape::Areas(areas)) = shape else { panic!("not an area") };
        let on_edge = |v: &&Vertex| v.weight >= threshold && (v.y - 0.5).abs() < 0.001;
        let mut kept: Vec<(u64, u64)> =
            areas[0][0].iter().filter(on_edge).map(|v| (v.x.to_bits(), v.y.to_bits())).collect();
        kept.sort_unstable();
        kept
    }
}
