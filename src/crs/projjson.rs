//! Definitions of the reference systems as PROJJSON (schema 0.7), which GeoParquet carries.
//!
//! Axes stand in the order that EPSG prints: latitude or northing first where it does so. Files that
//! carry the definition say for themselves in which order they hold coordinates.

use serde_json::{Value, json};

use crate::crs::system::Crs;

const SCHEMA: &str = "https://proj.org/schemas/v0.7/projjson.schema.json";

impl Crs {
    /// PROJJSON with EPSG's codes; `None` for the shifted systems, which no program knows.
    #[must_use]
    pub fn projjson(self) -> Option<Value> {
        let code = self.epsg()?;
        let mut definition = match self {
            Self::Wgs84 => wgs84(),
            Self::Cgcs2000 => cgcs2000(),
            Self::WebMercator => json!({
                "name": "WGS 84 / Pseudo-Mercator",
                "base_crs": wgs84(),
                "conversion": {
                    "name": "Popular Visualisation Pseudo-Mercator",
                    "method": {
                        "name": "Popular Visualisation Pseudo Mercator",
                        "id": id(1024),
                    },
                    "parameters": [
                        parameter("Latitude of natural origin", 0.0, "degree", 8801),
                        parameter("Longitude of natural origin", 0.0, "degree", 8802),
                        parameter("False easting", 0.0, "metre", 8806),
                        parameter("False northing", 0.0, "metre", 8807),
                    ],
                },
                "coordinate_system": axes("Cartesian", "metre", [
                    ("Easting", "X", "east"),
                    ("Northing", "Y", "north"),
                ]),
            }),
            Self::GaussKruger(zone) => json!({
                "name": zone.name(),
                "base_crs": cgcs2000(),
                "conversion": {
                    "name": zone.name().trim_start_matches("CGCS2000 / "),
                    "method": { "name": "Transverse Mercator", "id": id(9807) },
                    "parameters": [
                        parameter("Latitude of natural origin", 0.0, "degree", 8801),
                        parameter("Longitude of natural origin", zone.meridian().into(), "degree", 8802),
                        parameter("Scale factor at natural origin", 1.0, "unity", 8805),
                        parameter("False easting", zone.false_easting(), "metre", 8806),
                        parameter("False northing", 0.0, "metre", 8807),
                    ],
                },
                "coordinate_system": axes("Cartesian", "metre", [
                    ("Northing", "X", "north"),
                    ("Easting", "Y", "east"),
                ]),
            }),
            Self::Gcj02 | Self::Bd09 => return None,
        };
        let projected = definition.get("base_crs").is_some();
        definition["$schema"] = SCHEMA.into();
        definition["type"] = if projected { "ProjectedCRS" } else { "GeographicCRS" }.into();
        definition["id"] = id(code);
        Some(definition)
    }
}

fn wgs84() -> Value {
    geographic("WGS 84", "World Geodetic System 1984", "WGS 84", 298.257_223_563, 4326)
}

fn cgcs2000() -> Value {
    let name = "China Geodetic Coordinate System 2000";
    geographic(name, "China 2000", "CGCS2000", 298.257_222_101, 4490)
}

fn geographic(
    name: &str,
    datum: &str,
    ellipsoid: &str,
    inverse_flattening: f64,
    code: u16,
) -> Value {
    json!({
        "name": name,
        "datum": {
            "type": "GeodeticReferenceFrame",
            "name": datum,
            "ellipsoid": {
                "name": ellipsoid,
                "semi_major_axis": 6_378_137,
                "inverse_flattening": inverse_flattening,
            },
        },
        "coordinate_system": axes("ellipsoidal", "degree", [
            ("Geodetic latitude", "Lat", "north"),
            ("Geodetic longitude", "Lon", "east"),
        ]),
        "id": id(code),
    })
}

fn axes(subtype: &str, unit: &str, axes: [(&str, &str, &str); 2]) -> Value {
    let listed = axes.map(|(name, abbreviation, direction)| {
        json!({ "name": name, "abbreviation": abbreviation, "direction": direction, "unit": unit })
    });
    json!({ "subtype": subtype, "axis": listed })
}

fn parameter(name: &str, value: f64, unit: &str, code: u16) -> Value {
    json!({ "name": name, "value": value, "unit": unit, "id": id(code) })
}

fn id(code: u16) -> Value {
    json!({ "authority": "EPSG", "code": code })
}
