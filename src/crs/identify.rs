//! Which reference system is meant by a code, a name, a URN or the WKT of a `.prj` file.
//!
//! Nothing is guessed: what is not recognised beyond doubt is an error that names what was found.

use crate::crs::system::{Crs, Zone, ZoneWidth};
use crate::crs::wkt::Node;

/// Why a reference system cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrsError {
    /// None that is known here.
    #[error("“{0}” is no reference system known here")]
    Unknown(String),
    /// Beijing 1954 or Xian 1980: the way to CGCS2000 needs parameters that each county keeps.
    #[error("{0} is an old datum; the way to CGCS2000 needs the parameters of the county")]
    OldDatum(String),
}

impl Crs {
    /// The system that a person or a file names: `EPSG:4490`, `4490`, `CGCS2000`, `GCJ-02`, `百度`,
    /// `urn:ogc:def:crs:EPSG::4524`, `CGCS2000_3_Degree_GK_CM_108E`, or WKT.
    ///
    /// # Errors
    /// When it is an old Chinese datum, or none that is known here.
    pub fn identify(text: &str) -> Result<Self, CrsError> {
        let text = text.trim().trim_start_matches('\u{feff}').trim();
        let upper = text.to_uppercase();
        if let Some(node) = upper.contains('[').then(|| Node::parse(text)).flatten() {
            return of_wkt(&node);
        }
        let authority = upper.contains("EPSG") || upper.contains("ESRI");
        let last = upper.rsplit([':', '/']).next().unwrap_or_default().trim();
        let digits = last.strip_prefix("EPSG").unwrap_or(last).trim();
        if let Ok(code) = digits.parse::<u32>()
            && (authority || digits.len() == upper.len())
        {
            return Self::from_epsg(code);
        }
        let reference = upper.starts_with("URN:") || upper.starts_with("HTTP");
        by_name(if reference { last } else { &upper })
            .unwrap_or_else(|| Err(CrsError::Unknown(short(text))))
    }
}

/// Letters and digits alone, as names are compared: hyphens, blanks and underscores vary.
fn letters(upper: &str) -> String {
    upper.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn by_name(upper: &str) -> Option<Result<Crs, CrsError>> {
    if let Some(datum) = old_datum(upper) {
        return Some(Err(CrsError::OldDatum(datum.to_owned())));
    }
    let name = letters(upper).replace("GAUSSKRUGER", "GK").replace("GAUSSKRÜGER", "GK");
    if let Some(zone) = name.strip_prefix("CGCS2000").and_then(zone_of_name) {
        return Some(Ok(Crs::GaussKruger(zone)));
    }
    let crs = match name.as_str() {
        "CRS84" | "OGCCRS84" | "WGS84" | "WGS1984" | "GCSWGS1984" => Crs::Wgs84,
        "CGCS2000"
        | "GCSCHINAGEODETICCOORDINATESYSTEM2000"
        | "CHINA2000"
        | "国家2000"
        | "2000国家大地坐标系"
        | "CHINAGEODETICCOORDINATESYSTEM2000" => Crs::Cgcs2000,
        "WEBMERCATOR"
        | "WGS84PSEUDOMERCATOR"
        | "WGS1984WEBMERCATOR"
        | "PSEUDOMERCATOR"
        | "WGS1984WEBMERCATORAUXILIARYSPHERE" => Crs::WebMercator,
        "GCJ02" | "GCSGCJ02" | "GCJ" | "火星坐标" | "火星坐标系" | "高德" | "腾讯" | "AMAP" => {
            Crs::Gcj02
        }
        "BD09" | "GCSBD09" | "BD09LL" | "百度" | "百度坐标" | "BAIDU" => Crs::Bd09,
        _ => return None,
    };
    Some(Ok(crs))
}

/// The zone in what follows `CGCS2000`: `3DEGREEGKCM108E`, `3DEGREEGKZONE36`, and the same six
/// degrees wide, where ESRI leaves the width out.
fn zone_of_name(rest: &str) -> Option<Zone> {
    let (width, rest) = match (rest.strip_prefix("3DEGREE"), rest.strip_prefix("6DEGREE")) {
        (Some(rest), _) => (ZoneWidth::Three, rest),
        (_, Some(rest)) => (ZoneWidth::Six, rest),
        _ => (ZoneWidth::Six, rest),
    };
    let rest = rest.strip_prefix("GK")?;
    if let Some(meridian) = rest.strip_prefix("CM") {
        return Zone::around(width, meridian.strip_suffix('E')?.parse().ok()?, false);
    }
    Zone::new(width, rest.strip_prefix("ZONE")?.parse().ok()?, true)
}

fn old_datum(upper: &str) -> Option<&'static str> {
    let name = letters(upper);
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if any(&["BEIJING1954", "BEIJING54", "BJ54", "北京54", "北京1954", "1954北京"]) {
        return Some("Beijing 1954");
    }
    any(&["XIAN1980", "XIAN80", "西安80", "西安1980", "1980西安"]).then_some("Xian 1980")
}

/// Enough of a definition to be recognised by in a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// WKT 1 of OGC and ESRI, and the parts of WKT 2 that mean the same.
fn of_wkt(node: &Node) -> Result<Crs, CrsError> {
    let name = node.text(0).unwrap_or_default();
    let unknown = || CrsError::Unknown(short(name));
    match node.keyword() {
        "COMPD_CS" | "COMPOUNDCRS" | "BOUNDCRS" | "SOURCECRS" => of_wkt(
            node.nodes()
                .find(|n| n.keyword().contains("CS") || n.keyword().contains("CRS"))
                .ok_or_else(unknown)?,
        ),
        "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEOGRAPHICCRS" | "GEODETICCRS" | "BASEGEOGCRS" => {
            of_degrees(node)
        }
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => of_plane(node),
        _ => Err(unknown()),
    }
}

/// The code that the definition itself gives, not one of its parts.
fn code(node: &Node) -> Option<u32> {
    let id = node.nodes().find(|n| matches!(n.keyword(), "AUTHORITY" | "ID"))?;
    let epsg = id.text(0)?.eq_ignore_ascii_case("EPSG");
    id.text(1)?.parse().ok().filter(|_| epsg)
}

fn of_degrees(node: &Node) -> Result<Crs, CrsError> {
    let name = node.text(0).unwrap_or_default();
    let datum = node.nodes().find(|n| matches!(n.keyword(), "DATUM" | "ENSEMBLE"));
    let datum = datum.and_then(|n| n.text(0)).unwrap_or_default();
    let both = format!("{name} {datum}").to_uppercase();
    if let Some(old) = old_datum(&both) {
        return Err(CrsError::OldDatum(old.to_owned()));
    }
    if let Some(code) = code(node) {
        return Crs::from_epsg(code);
    }
    let both = letters(&both);
    let found = [
        ("GCJ02", Crs::Gcj02),
        ("BD09", Crs::Bd09),
        ("CHINA2000", Crs::Cgcs2000),
        ("CGCS2000", Crs::Cgcs2000),
        ("CHINAGEODETICCOORDINATESYSTEM2000", Crs::Cgcs2000),
        ("CHINESEGEODETIC", Crs::Cgcs2000),
        ("WGS1984", Crs::Wgs84),
        ("WORLDGEODETICSYSTEM1984", Crs::Wgs84),
        ("WGS84", Crs::Wgs84),
    ];
    let meridian = node.nodes().find(|n| matches!(n.keyword(), "PRIMEM" | "PRIMEMERIDIAN"));
    let greenwich = meridian.and_then(|n| n.number(1)).unwrap_or(0.0) == 0.0;
    let crs = found.iter().find(|(word, _)| both.contains(word)).map(|(_, crs)| *crs);
    crs.filter(|_| greenwich).ok_or_else(|| CrsError::Unknown(short(name)))
}

fn of_plane(node: &Node) -> Result<Crs, CrsError> {
    let name = node.text(0).unwrap_or_default();
    let unknown = || CrsError::Unknown(short(name));
    if let Some(Err(old @ CrsError::OldDatum(_))) = by_name(&name.to_uppercase()) {
        return Err(old);
    }
    let base =
        node.nodes().find(|n| matches!(n.keyword(), "GEOGCS" | "BASEGEOGCRS" | "BASEGEODCRS"));
    let base = of_degrees(base.ok_or_else(unknown)?)?;
    if let Some(code) = code(node) {
        return Crs::from_epsg(code);
    }
    let conversion = node.nodes().find(|n| n.keyword() == "CONVERSION").unwrap_or(node);
    let method = conversion.nodes().find(|n| matches!(n.keyword(), "PROJECTION" | "METHOD"));
    let method = letters(&method.and_then(|n| n.text(0)).unwrap_or_default().to_uppercase());
    let parameter = |words: [&str; 2]| {
        let mut all = conversion.nodes().filter(|n| n.keyword() == "PARAMETER");
        let named = |n: &&Node| {
            let name = letters(&n.text(0).unwrap_or_default().to_uppercase());
            words.contains(&name.as_str())
        };
        all.find(named).and_then(|n| n.number(1))
    };
    let unit = node.nodes().find(|n| matches!(n.keyword(), "UNIT" | "LENGTHUNIT"));
    // Units of WKT 2 may stand at each axis instead; those are metres in every system known here.
    let metres = unit.and_then(|n| n.number(1)).is_none_or(|factor| (factor - 1.0).abs() < 1e-9);
    match method.as_str() {
        _ if !metres => Err(unknown()),
        "MERCATORAUXILIARYSPHERE" | "POPULARVISUALISATIONPSEUDOMERCATOR" if base == Crs::Wgs84 => {
            Ok(Crs::WebMercator)
        }
        "TRANSVERSEMERCATOR" | "GAUSSKRUGER" if base == Crs::Cgcs2000 => {
            let meridian = parameter(["CENTRALMERIDIAN", "LONGITUDEOFNATURALORIGIN"]);
            let easting = parameter(["FALSEEASTING", "FALSEEASTING"]);
            let is = |words, plain: f64| {
                parameter(words).is_none_or(|found| (found - plain).abs() < 1e-12)
            };
            let plain = is(["SCALEFACTOR", "SCALEFACTORATNATURALORIGIN"], 1.0)
                && is(["FALSENORTHING", "FALSENORTHING"], 0.0)
                && is(["LATITUDEOFORIGIN", "LATITUDEOFNATURALORIGIN"], 0.0);
            let zone = meridian.zip(easting).and_then(|(m, e)| zone_of_parameters(m, e));
            zone.filter(|_| plain).map(Crs::GaussKruger).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

/// The zone with this central meridian and false easting. Without a prefix, three and six degrees
/// wide are the same numbers.
fn zone_of_parameters(meridian: f64, easting: f64) -> Option<Zone> {
    [ZoneWidth::Three, ZoneWidth::Six].into_iter().find_map(|width| {
        let whole = (75..=135).find(|&m| (f64::from(m) - meridian).abs() < 1e-9)?;
        [false, true]
            .into_iter()
            .filter_map(|prefixed| Zone::around(width, whole, prefixed))
            .find(|zone| (zone.false_easting() - easting).abs() < 1e-3)
    })
}
