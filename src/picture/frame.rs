//! The plane of a picture: a rectangle in a reference system, and the pixels that it is drawn on.

use geo::{Distance, Geodesic, Point, Rect, coord};

use crate::crs::{Crs, Projector, from_tile_space};

/// Pixels of an inch, as CSS and SVG have it.
pub const PIXELS_PER_INCH: f64 = 96.0;

/// Metres of an inch.
const INCH: f64 = 0.0254;

/// Pixels of a millimetre.
pub const PIXELS_PER_MM: f64 = PIXELS_PER_INCH * 0.001 / INCH;

/// Metres around the equator, and pixels of the tile that holds the world at zoom level 0 of the screen's map.
const EQUATOR: f64 = 6_378_137.0 * std::f64::consts::TAU;
const WORLD_PIXELS: f64 = 512.0;

/// Positions of each side that are looked at to find out what a frame shows.
const SAMPLES: u32 = 16;

/// A rectangle of a plane and its pixels.
#[derive(Debug)]
pub struct Frame {
    crs: Crs,
    projector: Projector,
    /// Left, bottom, right and top, in units of the system.
    bounds: [f64; 4],
    /// Width and height in pixels.
    size: [f64; 2],
    /// The zoom level of the screen's map, where it does not follow from the middle.
    zoom: Option<f64>,
}

impl Frame {
    /// A rectangle (left, bottom, right, top in units of the system, longitude before latitude) on so many
    /// pixels in width and height. Both are larger than nothing.
    #[must_use]
    pub fn new(crs: Crs, bounds: [f64; 4], size: [f64; 2]) -> Self {
        Self { crs, projector: crs.projector(), bounds, size, zoom: None }
    }

    /// The same frame with symbols and letters of another zoom level: pieces of one map have them alike.
    #[must_use]
    pub fn with_zoom(self, zoom: f64) -> Self {
        Self { zoom: Some(zoom), ..self }
    }

    /// The rectangle to scale: a metre of the plane is a metre on paper `scale` times over, around a position
    /// in degrees. `None` where the system has no such position, or is in degrees, which have no scale.
    #[must_use]
    pub fn to_scale(crs: Crs, middle: [f64; 2], scale: f64, size: [f64; 2]) -> Option<Self> {
        if crs.is_degrees() {
            return None;
        }
        let (x, y) = crs.projector().from_degrees(middle[0], middle[1])?;
        let [half_width, half_height] =
            size.map(|pixels| pixels / 2.0 / PIXELS_PER_INCH * INCH * scale);
        let bounds = [x - half_width, y - half_height, x + half_width, y + half_height];
        Some(Self::new(crs, bounds, size))
    }

    /// The rectangle around a box in degrees, widened to the proportions of the pixels.
    #[must_use]
    pub fn around(crs: Crs, degrees: Rect<f64>, size: [f64; 2]) -> Option<Self> {
        let [left, bottom, right, top] = Self::projected(crs, degrees)?;
        let per_pixel = ((right - left) / size[0]).max((top - bottom) / size[1]).max(1e-12);
        let (x, y) = (f64::midpoint(left, right), f64::midpoint(bottom, top));
        let [half_width, half_height] = size.map(|pixels| pixels / 2.0 * per_pixel);
        let bounds = [x - half_width, y - half_height, x + half_width, y + half_height];
        Some(Self::new(crs, bounds, size))
    }

    /// The box (left, bottom, right, top) of a system around a box in degrees.
    #[must_use]
    pub fn projected(crs: Crs, degrees: Rect<f64>) -> Option<[f64; 4]> {
        let projector = crs.projector();
        let edge = edge(degrees);
        let positions = edge.filter_map(|[lon, lat]| projector.from_degrees(lon, lat));
        positions.fold(None, |bounds: Option<[f64; 4]>, (x, y)| {
            let [left, bottom, right, top] = bounds.unwrap_or([x, y, x, y]);
            Some([left.min(x), bottom.min(y), right.max(x), top.max(y)])
        })
    }

    /// The reference system.
    #[must_use]
    pub fn crs(&self) -> Crs {
        self.crs
    }

    /// Left, bottom, right and top, in units of the system.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        self.bounds
    }

    /// Width and height, pixels.
    #[must_use]
    pub fn size(&self) -> [f64; 2] {
        self.size
    }

    /// Where a longitude and latitude lie: pixels from the left and from the top; `None` where the system has
    /// no such position.
    #[must_use]
    pub fn at(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        self.projector.from_degrees(lon, lat).map(|(x, y)| self.place(x, y))
    }

    /// The same of a position in the unit square of Web Mercator.
    #[must_use]
    pub fn at_unit(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        if self.crs == Crs::WebMercator {
            return Some(self.place((x - 0.5) * EQUATOR, (0.5 - y) * EQUATOR));
        }
        let (lon, lat) = from_tile_space(x, y);
        self.at(lon, lat)
    }

    /// How wide a pixel is in the unit square of Web Mercator, near the middle.
    #[must_use]
    pub fn unit_pixel(&self) -> f64 {
        1.0 / (WORLD_PIXELS * self.zoom().exp2())
    }

    /// The same of a position of the system.
    #[must_use]
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let [left, bottom, right, top] = self.bounds;
        ((x - left) / (right - left) * self.size[0], (top - y) / (top - bottom) * self.size[1])
    }

    /// Longitude and latitude of a pixel; `None` where there is none.
    #[must_use]
    pub fn degrees_at(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let [left, bottom, right, top] = self.bounds;
        let (across, down) = (x / self.size[0], y / self.size[1]);
        self.projector.to_degrees(left + (right - left) * across, top - (top - bottom) * down)
    }

    /// A box in degrees that holds all that is shown, and a little more.
    #[must_use]
    pub fn degrees(&self) -> Rect<f64> {
        let [width, height] = self.size;
        let pixels = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: width, y: height });
        let world = Rect::new(coord! { x: -180.0, y: -90.0 }, coord! { x: 180.0, y: 90.0 });
        let mut bounds: Option<Rect<f64>> = None;
        for [x, y] in edge(pixels) {
            // Where a corner lies outside the system, the box would say too little.
            let Some((lon, lat)) = self.degrees_at(x, y) else { return world };
            let here = Rect::new((lon, lat), (lon, lat));
            bounds = Some(bounds.map_or(here, |b| {
                Rect::new(
                    (b.min().x.min(lon), b.min().y.min(lat)),
                    (b.max().x.max(lon), b.max().y.max(lat)),
                )
            }));
        }
        bounds.map_or(world, |b| {
            let (x, y) = (b.width() * 0.01, b.height() * 0.01);
            Rect::new((b.min().x - x, b.min().y - y), (b.max().x + x, b.max().y + y))
        })
    }

    /// Metres on the ground that a pixel in the middle is wide.
    #[must_use]
    pub fn metres_per_pixel(&self) -> f64 {
        let [width, height] = self.size;
        let (x, y) = (width / 2.0, height / 2.0);
        let ends = [-1.0, 1.0].map(|side| self.degrees_at(x + side * width * 0.05, y));
        let [Some(west), Some(east)] = ends else { return EQUATOR / WORLD_PIXELS };
        Geodesic.distance(Point::from(west), Point::from(east)) / (width * 0.1)
    }

    /// The zoom level at which the screen's map shows as much: sizes of symbols and letters follow it.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        if let Some(zoom) = self.zoom {
            return zoom;
        }
        let [width, height] = self.size;
        let latitude = self.degrees_at(width / 2.0, height / 2.0).map_or(0.0, |(_, lat)| lat);
        let world = EQUATOR * latitude.to_radians().cos() / WORLD_PIXELS;
        (world / self.metres_per_pixel()).log2().clamp(0.0, 22.0)
    }
}

/// Positions along the edge of a box, its corners among them.
fn edge(bounds: Rect<f64>) -> impl Iterator<Item = [f64; 2]> {
    let (min, max) = (bounds.min(), bounds.max());
    (0..=SAMPLES).flat_map(move |step| {
        let part = f64::from(step) / f64::from(SAMPLES);
        let (x, y) = (min.x + (max.x - min.x) * part, min.y + (max.y - min.y) * part);
        [[x, min.y], [x, max.y], [min.x, y], [max.x, y]]
    })
}
