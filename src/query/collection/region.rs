//! A box that somebody asks for, in any reference system.

use geo::{
    BoundingRect, Contains, Coord, CoordsIter, Geometry, Intersects, LineString, MultiPolygon,
    Polygon, Rect,
};

use crate::query::collection::{FeatureSource, Reference};

/// Points that each side of a box in metres is cut into; a straight line there is a curve in degrees.
const STEPS: u32 = 32;

/// Why a box is none.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RegionError {
    /// Not four or six numbers.
    #[error("bbox is {0:?}; it takes four numbers (six with heights), lower corner first")]
    Numbers(String),
    /// Corners in the wrong order.
    #[error("bbox is {0:?}; its lower corner comes first, in the axis order of bbox-crs")]
    Order(String),
    /// A corner beyond the system.
    #[error("bbox is {0:?}; it leaves the area of its reference system (bbox-crs)")]
    Beyond(String),
}

/// The box as an area in degrees.
#[derive(Debug, Clone)]
pub struct Region {
    /// Smallest box around it.
    pub bounds: Rect<f64>,
    /// Its exact outline, where that is not the box itself.
    outline: Option<Geometry<f64>>,
}

impl Region {
    /// The region of a `bbox` parameter. Heights are ignored: nothing here has any.
    ///
    /// # Errors
    /// When it is no box of the reference system.
    pub fn parse(text: &str, reference: &Reference) -> Result<Self, RegionError> {
        let numbers: Result<Vec<f64>, _> = text.split(',').map(|n| n.trim().parse()).collect();
        let Ok(&[a, b, c, d] | &[a, b, _, c, d, _]) = numbers.as_deref() else {
            return Err(RegionError::Numbers(text.to_owned()));
        };
        if [a, b, c, d].iter().any(|n| !n.is_finite()) {
            return Err(RegionError::Numbers(text.to_owned()));
        }
        let order = || RegionError::Order(text.to_owned());
        let beyond = || RegionError::Beyond(text.to_owned());
        let corner = |x, y| reference.degrees(Coord { x, y }).ok_or_else(beyond);
        let (lower, upper) = (corner(a, b)?, corner(c, d)?);
        if reference.is_degrees() {
            if lower.y > upper.y {
                return Err(order());
            }
            // West of the lower corner lies east of the upper one: the box crosses the date line.
            if lower.x > upper.x {
                let east = Rect::new(lower, Coord { x: 180.0, y: upper.y });
                let west = Rect::new(Coord { x: -180.0, y: lower.y }, upper);
                let bounds = Rect::new((-180.0, lower.y), (180.0, upper.y));
                let both = MultiPolygon::new(vec![east.to_polygon(), west.to_polygon()]);
                return Ok(Self { bounds, outline: Some(both.into()) });
            }
            return Ok(Self { bounds: Rect::new(lower, upper), outline: None });
        }
        if a > c || b > d {
            return Err(order());
        }
        let corners = [(a, b), (c, b), (c, d), (a, d), (a, b)];
        let mut ring = Vec::new();
        for pair in corners.windows(2) {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            for step in 0..STEPS {
                let part = f64::from(step) / f64::from(STEPS);
                ring.push(corner(ax + (bx - ax) * part, ay + (by - ay) * part)?);
            }
        }
        let outline = Polygon::new(LineString::new(ring), Vec::new());
        let bounds = outline.bounding_rect().ok_or_else(beyond)?;
        Ok(Self { bounds, outline: Some(outline.into()) })
    }

    /// Whether the geometry of a row meets the region; boxes decide where they can.
    #[must_use]
    pub fn meets(&self, source: &dyn FeatureSource, row: usize) -> bool {
        let Some(bounds) = source.bounds_of(row) else { return false };
        if !self.bounds.intersects(&bounds) {
            return false;
        }
        if self.holds(&bounds) || source.is_at_hand() && self.is_reached(&bounds) {
            return true;
        }
        source.geometry(row).is_some_and(|geometry| match &self.outline {
            Some(outline) => geometry.intersects(outline),
            // Most of what lies across an edge has a corner inside, which is far quicker to see.
            None => self.has_corner(&geometry) || geometry.intersects(&self.bounds),
        })
    }

    /// Whether the box around a geometry lies across one edge of the region and no other, so that the vertex
    /// which makes it as wide, or as high, as it is lies inside. Boxes must be exact, as those in memory are.
    fn is_reached(&self, bounds: &Rect<f64>) -> bool {
        if self.outline.is_some() {
            return false;
        }
        let (low, high) = (self.bounds.min(), self.bounds.max());
        let (min, max) = (bounds.min(), bounds.max());
        let (x, y) = (low.x..=high.x, low.y..=high.y);
        let across = x.contains(&min.x) && x.contains(&max.x);
        let upright = y.contains(&min.y) && y.contains(&max.y);
        upright && (x.contains(&min.x) || x.contains(&max.x))
            || across && (y.contains(&min.y) || y.contains(&max.y))
    }

    fn has_corner(&self, geometry: &Geometry<f64>) -> bool {
        let any = |line: &LineString<f64>| line.0.iter().any(|&corner| self.has(corner));
        match geometry {
            Geometry::LineString(line) => any(line),
            Geometry::MultiLineString(lines) => lines.iter().any(any),
            // A hole reaches no farther than the ring around it.
            Geometry::Polygon(polygon) => any(polygon.exterior()),
            Geometry::MultiPolygon(polygons) => polygons.iter().any(|p| any(p.exterior())),
            other => other.coords_iter().any(|corner| self.has(corner)),
        }
    }

    fn has(&self, at: Coord<f64>) -> bool {
        let (min, max) = (self.bounds.min(), self.bounds.max());
        min.x <= at.x && at.x <= max.x && min.y <= at.y && at.y <= max.y
    }

    fn holds(&self, bounds: &Rect<f64>) -> bool {
        if let Some(outline) = &self.outline {
            return outline.contains(&bounds.to_polygon());
        }
        self.has(bounds.min()) && self.has(bounds.max())
    }
}
