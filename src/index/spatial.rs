//! One R-tree over every located place, whatever its layer.
//!
//! Bulk loading (the overlap-minimising packing of `rstar`) takes O(n log n) and gives a far
//! better tree than inserting one by one; the tree is never changed afterwards.

use geo::Rect;
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::model::{Atlas, PlaceIdx};

/// The R-tree.
pub struct SpatialIndex {
    tree: RTree<Entry>,
}

/// A leaf: the box of one place, in degrees.
#[derive(Clone, Copy)]
struct Entry {
    lower: [f64; 2],
    upper: [f64; 2],
    place: PlaceIdx,
}

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.lower, self.upper)
    }
}

impl PointDistance for Entry {
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

    /// Indexes boxes in degrees.
    pub fn from_bounds(bounds: impl Iterator<Item = (PlaceIdx, Rect<f64>)>) -> Self {
        let entries = bounds
            .map(|(place, rect)| Entry {
                lower: [rect.min().x, rect.min().y],
                upper: [rect.max().x, rect.max().y],
                place,
            })
            .collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Places whose box contains the position (degrees), in no particular order.
    pub fn at(&self, lon: f64, lat: f64) -> impl Iterator<Item = PlaceIdx> + '_ {
        self.tree.locate_all_at_point(&[lon, lat]).map(|entry| entry.place)
    }

    /// Places whose box meets the given one (degrees), in no particular order.
    pub fn meeting(&self, bounds: Rect<f64>) -> impl Iterator<Item = PlaceIdx> + '_ {
        let (min, max) = (bounds.min(), bounds.max());
        self.tree
            .locate_in_envelope_intersecting(&AABB::from_corners([min.x, min.y], [max.x, max.y]))
            .map(|entry| entry.place)
    }
}
