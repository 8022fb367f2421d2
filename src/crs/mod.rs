//! Reference systems: coordinates in, coordinates out, nothing else.
//!
//! Coordinates that come in are identified by [`Crs::identify`] and taken to degrees by a
//! [`Projector`]; what cannot be told is refused with what was found, never guessed.
//!
//! Inside the atlas every position is longitude, latitude in degrees on CGCS2000 or WGS 84,
//! which agree within centimetres, far below the accuracy of any place here.

mod definition;
mod grid;
pub mod hilbert;
mod identify;
mod mercator;
mod projjson;
mod quad;
mod shifted;
mod system;
mod wkt;

pub use grid::{GridBox, parts};
pub use identify::CrsError;
pub use mercator::{TileId, TileIdError, from_tile_space, to_tile_space};
pub use quad::{QUAD, QUAD_CRS, QUAD_URI, TileMatrix, TileMatrixSet, web_mercator_quad};
pub use system::{Crs, Projector, Zone, ZoneWidth};

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Extent {
    /// Whether a position lies in the box or on its edge; `NaN` never does.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}

/// The box around China that data must lie in. Wide enough for every county, narrow enough
/// that swapped axes (latitude first) and projected metres fall outside.
pub const CHINA: Extent = Extent { west: 73.0, south: 3.0, east: 136.0, north: 54.5 };
