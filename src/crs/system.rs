//! The reference systems that data of a Chinese county comes in, and the way from each to degrees
//! on CGCS2000/WGS 84 and back.
//!
//! Axes are always easting (or longitude) first, then northing (or latitude), whatever the order
//! that an authority prints: files have to be brought into that order by whoever reads them.

use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::crs::identify::CrsError;
use crate::crs::shifted;

/// Width of the zones of a Gauss–Krüger projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneWidth {
    /// Zones 25 to 45, a central meridian every three degrees.
    Three,
    /// Zones 13 to 23, a central meridian every six degrees.
    Six,
}

/// A zone of the Gauss–Krüger projection on CGCS2000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone {
    /// Width of the zone.
    pub width: ZoneWidth,
    /// Its number.
    pub number: u8,
    /// Whether eastings begin with the number: 36 512 345 instead of 512 345.
    pub prefixed: bool,
}

impl Zone {
    /// A zone that EPSG knows: 25 to 45 three degrees wide, 13 to 23 six degrees.
    #[must_use]
    pub fn new(width: ZoneWidth, number: u8, prefixed: bool) -> Option<Self> {
        let known = match width {
            ZoneWidth::Three => 25..=45,
            ZoneWidth::Six => 13..=23,
        };
        known.contains(&number).then_some(Self { width, number, prefixed })
    }

    /// The zone around a central meridian in degrees.
    #[must_use]
    pub fn around(width: ZoneWidth, meridian: u16, prefixed: bool) -> Option<Self> {
        let number = match width {
            ZoneWidth::Three if meridian.is_multiple_of(3) => meridian / 3,
            ZoneWidth::Six if meridian % 6 == 3 => meridian.div_ceil(6),
            _ => return None,
        };
        Self::new(width, u8::try_from(number).ok()?, prefixed)
    }

    /// The three-degree zone whose meridian is nearest to a longitude, of two the western one.
    #[must_use]
    pub fn nearest(longitude: f64, prefixed: bool) -> Self {
        let off = |number: u8| (f64::from(number) * 3.0 - longitude).abs();
        let number = (25..=45).min_by(|a, b| off(*a).total_cmp(&off(*b)));
        Self { width: ZoneWidth::Three, number: number.unwrap_or(35), prefixed }
    }

    /// Longitude of the central meridian, degrees.
    #[must_use]
    pub fn meridian(self) -> u16 {
        let number = u16::from(self.number);
        match self.width {
            ZoneWidth::Three => number * 3,
            ZoneWidth::Six => number * 6 - 3,
        }
    }

    /// Easting of the central meridian, metres.
    #[must_use]
    pub fn false_easting(self) -> f64 {
        500_000.0 + if self.prefixed { f64::from(self.number) * 1e6 } else { 0.0 }
    }

    fn epsg(self) -> u16 {
        let number = u16::from(self.number);
        match (self.width, self.prefixed) {
            (ZoneWidth::Three, true) => 4488 + number,
            (ZoneWidth::Three, false) => 4509 + number,
            (ZoneWidth::Six, true) => 4478 + number,
            (ZoneWidth::Six, false) => 4489 + number,
        }
    }
}

/// A reference system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// Longitude, latitude on WGS 84 (OGC CRS84, EPSG:4326).
    Wgs84,
    /// Longitude, latitude on CGCS2000 (EPSG:4490).
    Cgcs2000,
    /// Web Mercator (EPSG:3857), metres.
    WebMercator,
    /// CGCS2000 / Gauss–Krüger (EPSG:4491 to 4554), metres.
    GaussKruger(Zone),
    /// Shifted degrees of 高德 and 腾讯.
    Gcj02,
    /// Shifted degrees of 百度.
    Bd09,
}

impl Crs {
    /// The system with this EPSG code.
    ///
    /// # Errors
    /// When the code is of an old Chinese datum or of none that is known here.
    pub fn from_epsg(code: u32) -> Result<Self, CrsError> {
        let zone = |width, base: u32, prefixed| {
            let number = u8::try_from(code - base).ok();
            let zone = number.and_then(|number| Zone::new(width, number, prefixed));
            zone.map(Self::GaussKruger).ok_or_else(|| CrsError::Unknown(format!("EPSG:{code}")))
        };
        match code {
            4326 | 4979 => Ok(Self::Wgs84),
            4490 | 4480 => Ok(Self::Cgcs2000),
            3857 | 3785 | 900_913 | 102_100 => Ok(Self::WebMercator),
            4491..=4501 => zone(ZoneWidth::Six, 4478, true),
            4502..=4512 => zone(ZoneWidth::Six, 4489, false),
            4513..=4533 => zone(ZoneWidth::Three, 4488, true),
            4534..=4554 => zone(ZoneWidth::Three, 4509, false),
            4214 | 2401..=2442 | 4555 | 21413..=21423 | 21453..=21463 | 21473..=21483 => {
                Err(CrsError::OldDatum(format!("Beijing 1954 (EPSG:{code})")))
            }
            4610 | 2327..=2390 => Err(CrsError::OldDatum(format!("Xian 1980 (EPSG:{code})"))),
            _ => Err(CrsError::Unknown(format!("EPSG:{code}"))),
        }
    }

    /// The EPSG code; the shifted systems have none.
    #[must_use]
    pub fn epsg(self) -> Option<u16> {
        match self {
            Self::Wgs84 => Some(4326),
            Self::Cgcs2000 => Some(4490),
            Self::WebMercator => Some(3857),
            Self::GaussKruger(zone) => Some(zone.epsg()),
            Self::Gcj02 | Self::Bd09 => None,
        }
    }

    /// Whether coordinates are degrees.
    #[must_use]
    pub fn is_degrees(self) -> bool {
        !matches!(self, Self::WebMercator | Self::GaussKruger(_))
    }

    /// Whether positions are moved on purpose, so that they fit no other system.
    #[must_use]
    pub fn is_shifted(self) -> bool {
        matches!(self, Self::Gcj02 | Self::Bd09)
    }

    /// Name, as a person reads it.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Wgs84 => "WGS 84 (EPSG:4326)".into(),
            Self::Cgcs2000 => "CGCS2000 (EPSG:4490)".into(),
            Self::WebMercator => "Web Mercator (EPSG:3857)".into(),
            Self::GaussKruger(zone) => {
                let width = if zone.width == ZoneWidth::Three { 3 } else { 6 };
                let which = if zone.prefixed {
                    format!("zone {}", zone.number)
                } else {
                    format!("CM {}E", zone.meridian())
                };
                let code = zone.epsg();
                format!("CGCS2000 / {width}-degree Gauss-Kruger {which} (EPSG:{code})")
            }
            Self::Gcj02 => "GCJ-02".into(),
            Self::Bd09 => "BD-09".into(),
        }
    }

    /// The way from and to this system; made once, used for many positions.
    #[must_use]
    pub fn projector(self) -> Projector {
        let definition = match self {
            Self::WebMercator => Some(
                "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m"
                    .to_owned(),
            ),
            // proj4rs computes +proj=tmerc by the series of Poder and Engsager, as PROJ does.
            Self::GaussKruger(zone) => Some(format!(
                "+proj=tmerc +lat_0=0 +lon_0={} +k=1 +x_0={} +y_0=0 +ellps=GRS80 +units=m",
                zone.meridian(),
                zone.false_easting()
            )),
            Self::Wgs84 | Self::Cgcs2000 | Self::Gcj02 | Self::Bd09 => None,
        };
        // No datum is named on either side, so that none is shifted in between.
        let plane = definition.map(|definition| Plane {
            degrees: system("+proj=longlat +ellps=GRS80"),
            metres: system(&definition),
        });
        Projector { crs: self, plane }
    }
}

fn system(definition: &str) -> Proj {
    Proj::from_proj_string(definition).expect("definitions are made here and tested")
}

#[derive(Debug)]
struct Plane {
    degrees: Proj,
    metres: Proj,
}

/// Takes positions of one reference system to degrees on CGCS2000/WGS 84 and back.
#[derive(Debug)]
pub struct Projector {
    crs: Crs,
    plane: Option<Plane>,
}

impl Projector {
    /// Longitude and latitude of a position; `None` where the system has no such position.
    #[must_use]
    pub fn to_degrees(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        if !self.fits(x, y) {
            return None;
        }
        match self.crs {
            Crs::Gcj02 => Some(shifted::from_gcj02(x, y)),
            Crs::Bd09 => Some(shifted::from_bd09(x, y)),
            Crs::Wgs84 | Crs::Cgcs2000 => Some((x, y)),
            Crs::WebMercator | Crs::GaussKruger(_) => {
                let plane = self.plane.as_ref()?;
                let mut position = (x, y, 0.0);
                transform(&plane.metres, &plane.degrees, &mut position).ok()?;
                finite(position.0.to_degrees(), position.1.to_degrees())
            }
        }
    }

    /// The position of a longitude and latitude; `None` where the system has none for it.
    #[must_use]
    pub fn from_degrees(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        match self.crs {
            Crs::Gcj02 => Some(shifted::to_gcj02(lon, lat)),
            Crs::Bd09 => Some(shifted::to_bd09(lon, lat)),
            Crs::Wgs84 | Crs::Cgcs2000 => Some((lon, lat)),
            Crs::WebMercator | Crs::GaussKruger(_) => {
                let plane = self.plane.as_ref()?;
                let mut position = (lon.to_radians(), lat.to_radians(), 0.0);
                transform(&plane.degrees, &plane.metres, &mut position).ok()?;
                finite(position.0, position.1).filter(|&(x, y)| self.fits(x, y))
            }
        }
    }

    /// Whether a position can belong to the system: degrees within ±180 and ±90, metres of the
    /// right zone. A zone is used well beyond its edge, but not a thousand kilometres beyond.
    #[must_use]
    pub fn fits(&self, x: f64, y: f64) -> bool {
        match self.crs {
            Crs::WebMercator => x.abs() <= 20_037_508.5 && y.abs() <= 20_048_967.0,
            Crs::GaussKruger(zone) => {
                (x - zone.false_easting()).abs() < 1e6 && (0.0..1e7).contains(&y)
            }
            Crs::Wgs84 | Crs::Cgcs2000 | Crs::Gcj02 | Crs::Bd09 => {
                x.abs() <= 180.0 && y.abs() <= 90.0
            }
        }
    }
}

fn finite(x: f64, y: f64) -> Option<(f64, f64)> {
    (x.is_finite() && y.is_finite()).then_some((x, y))
}
