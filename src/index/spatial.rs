//! R-trees of boxes in degrees: one over every located place, whatever its layer, and others that
//! a single question builds over the edges it measures to.
//!
//! Bulk loading (the overlap-minimising packing of `rstar`) takes O(n log n) and gives a far
//! better tree than inserting one by one; a tree is never changed afterwards.

use geo::Rect;
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::model::{Atlas, PlaceIdx};

/// Boxes of things.
pub struct BoxIndex<T> {
    tree: RTree<Entry<T>>,
}

/// Boxes of places.
pub type SpatialIndex = BoxIndex<PlaceIdx>;

/// A leaf: the box of one thing, in degrees.
#[derive(Clone, Copy)]
struct Entry<T> {
    lower: [f64; 2],
    upper: [f64; 2],
    of: T,
}

impl<T> RTreeObject for Entry<T> {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.lower, self.upper)
    }
}

impl<T> PointDistance for Entry<T> {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.envelope().distance_2(point)
    }

    fn contains_point(&self, point: &[f64; 2]) -> bool {
        self.lower[0] <= point[0]
            && point[0] <= self.upper[0]
            && self.lower[1] <= point[1]
            && point[1] <= self.upper[1]
    }
}

impl SpatialIndex {
    /// Indexes every place that has a geometry.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let located = atlas
            .place_handles()
            .filter_map(|place| atlas.place(place).bounds().map(|bounds| (place, bounds)));
        Self::from_bounds(located)
    }
}

impl<T: Copy> BoxIndex<T> {
    /// Indexes boxes in degrees.
    pub fn from_bounds(bounds: impl Iterator<Item = (T, Rect<f64>)>) -> Self {
        let entries = bounds
            .map(|(of, rect)| Entry {
                lower: [rect.min().x, rect.min().y],
                upper: [rect.max().x, rect.max().y],
                of,
            })
            .collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Things whose box contains the position (degrees), in no particular order.
    pub fn at(&self, lon: f64, lat: f64) -> impl Iterator<Item = T> + '_ {
        self.tree.locate_all_at_point(&[lon, lat]).map(|entry| entry.of)
    }

    /// Things whose box meets the given one (degrees), in no particular order.
    pub fn meeting(&self, bounds: Rect<f64>) -> impl Iterator<Item = T> + '_ {
        let (min, max) = (bounds.min(), bounds.max());
        self.tree
            .locate_in_envelope_intersecting(&AABB::from_corners([min.x, min.y], [max.x, max.y]))
            .map(|entry| entry.of)
    }

    /// Things by the distance of their box from the position, nearest first. The distance is in
    /// degrees as on graph paper: no metres, but what is farther than a circle of so many metres
    /// reaches in degrees is certainly outside that circle.
    pub fn nearest(&self, lon: f64, lat: f64) -> impl Iterator<Item = (f64, T)> + '_ {
        self.tree
            .nearest_neighbor_iter_with_distance_2(&[lon, lat])
            .map(|(entry, squared)| (squared.sqrt(), entry.of))
    }
}
