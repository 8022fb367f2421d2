//! The tile matrix set WebMercatorQuad, computed: OGC 17-083r4, annex D.1.
//!
//! Every zoom level halves the cells of the one before; one tile of 256 cells covers the square at zoom 0.
//! The standard lists 25 levels; tiles are served down to [`TileId::MAX_ZOOM`](crate::crs::TileId::MAX_ZOOM).

use std::f64::consts::PI;

use serde::Serialize;

/// Its identifier.
pub const QUAD: &str = "WebMercatorQuad";

/// Its name in the register of the OGC.
pub const QUAD_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";

/// The reference system of its tiles.
pub const QUAD_CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";

/// The scales that it takes over.
const SCALES: &str = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";

/// Radius of the sphere, metres.
const RADIUS: f64 = 6_378_137.0;

/// Cells along a side of a tile.
const SIDE: u32 = 256;

/// Metres of a cell of the standard's screen.
const SCREEN_CELL: f64 = 0.000_28;

/// Levels that the standard lists.
const LEVELS: u8 = 25;

/// The set, as the standard writes it in JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TileMatrixSet {
    /// Identifier.
    pub id: &'static str,
    /// Name in English.
    pub title: &'static str,
    /// Name in the register.
    pub uri: &'static str,
    /// Reference system.
    pub crs: &'static str,
    /// Its axes, in order.
    pub ordered_axes: [&'static str; 2],
    /// The scales that it takes over.
    pub well_known_scale_set: &'static str,
    /// The square.
    pub bounding_box: Square,
    /// One for each zoom level.
    pub tile_matrices: Vec<TileMatrix>,
}

/// The square that the tiles cover, metres.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Square {
    lower_left: [f64; 2],
    upper_right: [f64; 2],
}

/// The tiles of one zoom level.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TileMatrix {
    /// The zoom level.
    pub id: String,
    /// Scale on the standard's screen.
    pub scale_denominator: f64,
    /// Metres of a cell.
    pub cell_size: f64,
    corner_of_origin: &'static str,
    point_of_origin: [f64; 2],
    tile_width: u32,
    tile_height: u32,
    /// Tiles in a row.
    pub matrix_width: u32,
    /// Tiles in a column.
    pub matrix_height: u32,
}

/// Computes the set.
#[must_use]
pub fn web_mercator_quad() -> TileMatrixSet {
    let edge = PI * RADIUS;
    TileMatrixSet {
        id: QUAD,
        title: "Web Mercator, as web maps use it",
        uri: QUAD_URI,
        crs: QUAD_CRS,
        ordered_axes: ["X", "Y"],
        well_known_scale_set: SCALES,
        bounding_box: Square { lower_left: [-edge, -edge], upper_right: [edge, edge] },
        tile_matrices: (0..LEVELS).map(|z| matrix(z, edge)).collect(),
    }
}

fn matrix(z: u8, edge: f64) -> TileMatrix {
    let count = 1_u32 << z;
    let cell_size = 2.0 * edge / f64::from(SIDE) / f64::from(count);
    TileMatrix {
        id: z.to_string(),
        scale_denominator: cell_size / SCREEN_CELL,
        cell_size,
        corner_of_origin: "topLeft",
        point_of_origin: [-edge, edge],
        tile_width: SIDE,
        tile_height: SIDE,
        matrix_width: count,
        matrix_height: count,
    }
}

#[cfg(test)]
mod tests {
    use super::web_mercator_quad;

    /// Figures of table D.1 of the standard.
    #[test]
    fn the_formula_gives_the_figures_of_the_standard() {
        let matrices = web_mercator_quad().tile_matrices;
        for (z, scale, cell, count) in [
            (0, 559_082_264.028_717, 156_543.033_928_041, 1),
            (12, 136_494.693_366_386, 38.218_514_142_588_1, 4096),
            (24, 33.323_899_747_652_8, 0.009_330_691_929_342_8, 16_777_216),
        ] {
            let matrix = &matrices[z];
            assert!((matrix.scale_denominator / scale - 1.0).abs() < 1e-13, "{matrix:?}");
            assert!((matrix.cell_size / cell - 1.0).abs() < 1e-13, "{matrix:?}");
            assert_eq!((matrix.matrix_width, matrix.matrix_height), (count, count));
        }
        assert_eq!(matrices.len(), 25);
    }
}
