//! Web Mercator (EPSG:3857) as tiles use it: the world is the unit square, y grows southwards.
//!
//! Formulas: OGC 17-083r4, annex D.1 (WebMercatorQuad); the sphere's radius cancels out.

use std::f64::consts::PI;

/// Northern and southern end of the square, degrees: atan(sinh(π)).
const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Longitude and latitude in degrees to the unit square. Latitudes beyond ±85.05° are clamped.
#[must_use]
pub fn to_tile_space(lon: f64, lat: f64) -> (f64, f64) {
    let sine = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians().sin();
    (lon / 360.0 + 0.5, 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI))
}

/// The unit square to longitude and latitude in degrees.
#[must_use]
pub fn from_tile_space(x: f64, y: f64) -> (f64, f64) {
    ((x - 0.5) * 360.0, (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees())
}

/// Address of a tile: zoom level, column from the west, row from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TileId {
    z: u8,
    x: u32,
    y: u32,
}

/// Why three numbers are no address of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileIdError {
    /// The zoom level is beyond what is served.
    #[error("zoom level {0} is out of range; tiles exist from 0 to {max}", max = TileId::MAX_ZOOM)]
    Zoom(u8),
    /// Column or row do not exist at that zoom level.
    #[error("column {x}, row {y} do not exist at zoom level {z}; both run from 0 to {last}", last = (1_u64 << z) - 1)]
    Position {
        /// Zoom level.
        z: u8,
        /// Column.
        x: u32,
        /// Row.
        y: u32,
    },
}

impl TileId {
    /// Deepest zoom level served; clients draw deeper ones from it.
    pub const MAX_ZOOM: u8 = 22;

    /// Checks an address.
    ///
    /// # Errors
    /// When the zoom level is above [`Self::MAX_ZOOM`] or the tile does not exist at it.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, TileIdError> {
        if z > Self::MAX_ZOOM {
            return Err(TileIdError::Zoom(z));
        }
        if x >> z != 0 || y >> z != 0 {
            return Err(TileIdError::Position { z, x, y });
        }
        Ok(Self { z, x, y })
    }

    /// Zoom level.
    #[must_use]
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column from the west and row from the north.
    #[must_use]
    pub fn position(self) -> (u32, u32) {
        (self.x, self.y)
    }

    /// Western and northern edge in the unit square, and the length of a side.
    #[must_use]
    pub fn square(self) -> (f64, f64, f64) {
        let side = 1.0 / f64::from(1_u32 << self.z);
        (f64::from(self.x) * side, f64::from(self.y) * side, side)
    }
}

#[cfg(test)]
mod tests {
    use super::{TileId, from_tile_space, to_tile_space};

    #[test]
    fn projecting_there_and_back_returns_to_within_a_micrometre() {
        for (lon, lat) in [(108.69, 30.93), (73.5, 53.5), (-180.0, -85.0), (0.0, 0.0)] {
            let (x, y) = to_tile_space(lon, lat);
            let (lon_back, lat_back) = from_tile_space(x, y);
            assert!((lon - lon_back).abs() < 1e-11 && (lat - lat_back).abs() < 1e-11);
        }
    }

    #[test]
    fn tiles_that_do_not_exist_have_no_address() {
        assert!(TileId::new(40, 0, 0).is_err());
        assert!(TileId::new(3, 8, 0).is_err());
        assert!(TileId::new(3, 7, 7).is_ok());
    }
}
