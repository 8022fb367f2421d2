//! Reference systems as OGC interfaces name them: by URI, with the axis order of the authority.
//!
//! `EPSG:4490` and `EPSG:4326` put latitude first, CGCS2000 / Gauss–Krüger the northing; `CRS84` and
//! Web Mercator do not. Shifted systems (GCJ-02, BD-09) have no URI and are not offered.

use geo::{Coord, Rect};

use crate::crs::{Crs, Projector, Zone, ZoneWidth};

/// Longitude, latitude on WGS 84: what GeoJSON is in, unless it is asked for otherwise.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";

/// A reference system with its axis order.
#[derive(Debug)]
pub struct Reference {
    crs: Crs,
    swapped: bool,
    projector: Projector,
}

impl Reference {
    /// Longitude, latitude: the system that coordinates are kept in.
    #[must_use]
    pub fn stored() -> Self {
        Self::new(Crs::Wgs84, false)
    }

    fn new(crs: Crs, swapped: bool) -> Self {
        Self { crs, swapped, projector: crs.projector() }
    }

    fn authority(crs: Crs) -> Self {
        Self::new(crs, crs != Crs::WebMercator)
    }

    /// The system with this URI, or URN, or in a safe CURIE (`[EPSG:4490]`).
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let https = uri.strip_prefix("https://").map(|rest| format!("http://{rest}"));
        let uri = https.as_deref().unwrap_or(uri);
        let name = uri.strip_prefix('[').and_then(|u| u.strip_suffix(']')).unwrap_or(uri);
        if name == CRS84 || ["urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"].contains(&name) {
            return Some(Self::stored());
        }
        let code = name
            .strip_prefix("http://www.opengis.net/def/crs/EPSG/")
            .and_then(|rest| rest.split_once('/'))
            .or_else(|| name.strip_prefix("urn:ogc:def:crs:EPSG:").and_then(|r| r.split_once(':')))
            .map(|(_version, code)| code)
            .or_else(|| name.strip_prefix("EPSG:"))?;
        let code = code.parse().ok()?;
        let crs = Crs::from_epsg(code).ok()?;
        // An alias (900913) would be answered under another code than it was asked for.
        (crs.epsg().map(u32::from) == Some(code)).then(|| Self::authority(crs))
    }

    /// The systems in which features in this box can be had, the stored one first: degrees, Web
    /// Mercator, and the three-degree zones that the box reaches into.
    #[must_use]
    pub fn offered(bounds: Option<Rect<f64>>) -> Vec<Self> {
        let mut offered = vec![Self::stored()];
        offered.extend([Crs::Cgcs2000, Crs::Wgs84, Crs::WebMercator].map(Self::authority));
        let (west, east) = bounds.map_or((0.0, -1.0), |b| (b.min().x, b.max().x));
        for number in 25..=45_u8 {
            let meridian = f64::from(number) * 3.0;
            if west <= meridian + 1.5 && east >= meridian - 1.5 {
                let zones = [false, true].map(|p| Zone::new(ZoneWidth::Three, number, p));
                let zones = zones.into_iter().flatten().map(Crs::GaussKruger);
                offered.extend(zones.map(Self::authority));
            }
        }
        offered
    }

    /// Its URI.
    #[must_use]
    pub fn uri(&self) -> String {
        match self.crs.epsg() {
            Some(code) if self.swapped || self.crs == Crs::WebMercator => format!("{EPSG}{code}"),
            _ => CRS84.to_owned(),
        }
    }

    /// Its name for people, with what its axes are.
    #[must_use]
    pub fn name(&self) -> String {
        if self.is_stored() { "CRS84 (WGS 84 lon, lat)".to_owned() } else { self.crs.name() }
    }

    /// Whether it is the one that coordinates are kept in.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.crs.is_degrees() && !self.swapped
    }

    /// Whether coordinates are degrees.
    #[must_use]
    pub fn is_degrees(&self) -> bool {
        self.crs.is_degrees()
    }

    /// Whether latitude or northing comes first.
    #[must_use]
    pub fn is_swapped(&self) -> bool {
        self.swapped
    }

    /// Decimals that its coordinates are written with: a millimetre.
    #[must_use]
    pub fn decimals(&self) -> usize {
        if self.crs.is_degrees() { 8 } else { 3 }
    }

    /// Easting (or longitude) and northing of a longitude and latitude, in this order whatever the
    /// axes; not a number where the system has no such position.
    #[must_use]
    pub fn project(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.projector.from_degrees(lon, lat).unwrap_or((f64::NAN, f64::NAN));
        [x, y]
    }

    /// Longitude and latitude of a position written in the order of the axes.
    #[must_use]
    pub fn degrees(&self, position: Coord<f64>) -> Option<Coord<f64>> {
        let Coord { x, y } = position;
        let (x, y) = if self.swapped { (y, x) } else { (x, y) };
        let (x, y) = self.projector.to_degrees(x, y)?;
        Some(Coord { x, y })
    }
}
