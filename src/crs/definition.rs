//! Definitions of the reference systems as files carry them: well-known text 1 with EPSG's codes
//! (OGC 01-009), and ESRI's dialect of it for `.prj` files.

use crate::crs::system::{Crs, Zone, ZoneWidth};

const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;
const CGCS2000: &str = r#"GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]"#;

const ESRI_WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const ESRI_CGCS2000: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

impl Crs {
    /// Well-known text 1 with EPSG's codes; `None` for the shifted systems, which no program knows.
    #[must_use]
    pub fn wkt(self) -> Option<String> {
        Some(match self {
            Self::Wgs84 => WGS84.to_owned(),
            Self::Cgcs2000 => CGCS2000.to_owned(),
            Self::WebMercator => format!(
                r#"PROJCS["WGS 84 / Pseudo-Mercator",{WGS84},PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]"#
            ),
            Self::GaussKruger(zone) => {
                let (meridian, easting) = (zone.meridian(), zone.false_easting());
                let (name, code) = (zone.name(), self.epsg()?);
                format!(
                    r#"PROJCS["{name}",{CGCS2000},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{meridian}],PARAMETER["scale_factor",1],PARAMETER["false_easting",{easting}],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","{code}"]]"#
                )
            }
            Self::Gcj02 | Self::Bd09 => return None,
        })
    }

    /// ESRI's well-known text, as `.prj` files hold it; `None` for the shifted systems.
    #[must_use]
    pub fn esri_wkt(self) -> Option<String> {
        Some(match self {
            Self::Wgs84 => ESRI_WGS84.to_owned(),
            Self::Cgcs2000 => ESRI_CGCS2000.to_owned(),
            Self::WebMercator => format!(
                r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{ESRI_WGS84},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#
            ),
            Self::GaussKruger(zone) => {
                let (meridian, easting) = (zone.meridian(), zone.false_easting());
                format!(
                    r#"PROJCS["{}",{ESRI_CGCS2000},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{easting:.1}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
                    zone.esri_name()
                )
            }
            Self::Gcj02 | Self::Bd09 => return None,
        })
    }
}

impl Zone {
    /// EPSG's name.
    pub(super) fn name(self) -> String {
        match (self.width, self.prefixed) {
            (ZoneWidth::Three, true) => {
                format!("CGCS2000 / 3-degree Gauss-Kruger zone {}", self.number)
            }
            (ZoneWidth::Three, false) => {
                format!("CGCS2000 / 3-degree Gauss-Kruger CM {}E", self.meridian())
            }
            (ZoneWidth::Six, true) => format!("CGCS2000 / Gauss-Kruger zone {}", self.number),
            (ZoneWidth::Six, false) => format!("CGCS2000 / Gauss-Kruger CM {}E", self.meridian()),
        }
    }

    /// ESRI's name.
    fn esri_name(self) -> String {
        match (self.width, self.prefixed) {
            (ZoneWidth::Three, true) => format!("CGCS2000_3_Degree_GK_Zone_{}", self.number),
            (ZoneWidth::Three, false) => format!("CGCS2000_3_Degree_GK_CM_{}E", self.meridian()),
            (ZoneWidth::Six, true) => format!("CGCS2000_GK_Zone_{}", self.number),
            (ZoneWidth::Six, false) => format!("CGCS2000_GK_CM_{}E", self.meridian()),
        }
    }
}
