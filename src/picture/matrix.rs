//! The sets of tiles that pictures are cut into.

use std::f64::consts::PI;

use crate::crs::Crs;

/// Pixels along a side of a tile.
pub const TILE: u32 = 256;

/// Half of the square of Web Mercator, metres.
const HALF: f64 = PI * 6_378_137.0;

/// The deepest level of picture tiles: a pixel is sixty centimetres.
pub const DEEPEST: u8 = 18;

/// A set of tiles: each level halves the pixels of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatrixSet {
    /// Web Mercator, as every map of the web has it (`GoogleMapsCompatible`); 天地图 calls it `w`.
    Mercator,
    /// Degrees on CGCS2000, as 天地图's `c` has them: one tile of 360 degrees at level 0, two of 180 at level 1.
    Degrees,
}

impl MatrixSet {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Mercator, Self::Degrees];

    /// Its identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Mercator => "w",
            Self::Degrees => "c",
        }
    }

    /// Its reference system.
    #[must_use]
    pub fn crs(self) -> Crs {
        match self {
            Self::Mercator => Crs::WebMercator,
            Self::Degrees => Crs::Cgcs2000,
        }
    }

    /// Left and top of all of it, in units of the system.
    #[must_use]
    pub fn corner(self) -> [f64; 2] {
        match self {
            Self::Mercator => [-HALF, HALF],
            Self::Degrees => [-180.0, 90.0],
        }
    }

    /// The first level; what there would be before is half empty.
    #[must_use]
    pub fn first(self) -> u8 {
        match self {
            Self::Mercator => 0,
            Self::Degrees => 1,
        }
    }

    /// Units of the system to a pixel.
    #[must_use]
    pub fn unit(self, level: u8) -> f64 {
        let world = match self {
            Self::Mercator => 2.0 * HALF,
            Self::Degrees => 360.0,
        };
        world / f64::from(TILE) / f64::from(1_u32 << level.min(30))
    }

    /// Tiles from west to east and from north to south.
    #[must_use]
    pub fn extent(self, level: u8) -> [u32; 2] {
        let across = 1_u32 << level.min(30);
        match self {
            Self::Mercator => [across, across],
            Self::Degrees => [across, across / 2],
        }
    }

    /// The scale that a pixel of 0.28 millimetres would have (OGC 07-057r7, table 3).
    #[must_use]
    pub fn scale_denominator(self, level: u8) -> f64 {
        const PIXEL: f64 = 0.000_28;
        const METRES_PER_DEGREE: f64 = PI / 180.0 * 6_378_137.0;
        let metres = match self {
            Self::Mercator => 1.0,
            Self::Degrees => METRES_PER_DEGREE,
        };
        self.unit(level) * metres / PIXEL
    }

    /// Left and top of a tile, in units of the system; `None` where the level has no such tile.
    #[must_use]
    pub fn tile(self, level: u8, column: u32, row: u32) -> Option<[f64; 2]> {
        let [across, down] = self.extent(level);
        let known = (self.first()..=DEEPEST).contains(&level) && column < across && row < down;
        let side = self.unit(level) * f64::from(TILE);
        let [left, top] = self.corner();
        known.then(|| [left + f64::from(column) * side, top - f64::from(row) * side])
    }

    /// The zoom level of the screen's map, whose tiles have 512 pixels, that shows as much.
    #[must_use]
    pub fn zoom(level: u8) -> f64 {
        (f64::from(level) - 1.0).max(0.0)
    }
}
