//! What a map is asked for with: layers, reference system, box, size.

use crate::crs::Crs;
use crate::http::data::Data;
use crate::http::kvp::Kvp;
use crate::http::pictures::ATLAS;
use crate::http::wms::language;
use crate::http::wms::refusal::Refusal;
use crate::picture::{Frame, Look, PIXELS_PER_INCH, Under};

/// Pixels along a side of a map at most.
pub const MAX_SIDE: u32 = 4096;

/// Resolutions that a client may ask symbols and letters for, pixels to an inch.
const MAX_DPI: f64 = 600.0;

/// A question, checked.
pub struct Ask {
    /// Layers and language.
    pub look: Look,
    /// What lies under them.
    pub under: Under,
    /// Pixels to an inch.
    pub dpi: f64,
    crs: Crs,
    /// Left, bottom, right, top.
    bounds: [f64; 4],
    /// Pixels of the file.
    pixels: [u32; 2],
}

impl Ask {
    /// Reads the parameters that `GetMap` and `GetFeatureInfo` have in common.
    pub fn read(data: &Data, kvp: &Kvp) -> Result<Self, Refusal> {
        let version = kvp.get("VERSION").unwrap_or("1.3.0");
        let old = version.starts_with("1.1") || version.starts_with("1.0");
        if !old && !version.starts_with("1.3") {
            let text = format!("there is no version {version:?}; there are 1.3.0 and 1.1.1");
            return Err(Refusal::plain(text));
        }
        let (crs, swapped) = crs(kvp, old)?;
        let bounds = bounds(kvp, crs, swapped)?;
        let pixels = [side(kvp, "WIDTH")?, side(kvp, "HEIGHT")?];
        styles(kvp)?;
        let transparent =
            kvp.get("TRANSPARENT").is_some_and(|word| word.eq_ignore_ascii_case("true"));
        let mut look = Look { layers: Vec::new(), language: language(kvp)?, named: true };
        let mut whole = false;
        let ids = kvp.list("LAYERS");
        if ids.is_empty() {
            return Err(Refusal::missing("LAYERS"));
        }
        for id in ids {
            if id == ATLAS && data.index.atlas.layer_number(id).is_none() {
                look.layers.extend(Look::opening(&data.index, look.language).layers);
                whole = true;
            } else {
                look.layers.push(layer(data, id)?);
            }
        }
        let under = match (transparent, whole) {
            (true, _) => Under::Nothing,
            (false, true) => Under::Paper,
            (false, false) => Under::Color(background(kvp)?),
        };
        Ok(Self { look, under, dpi: dpi(kvp)?, crs, bounds, pixels })
    }

    /// The plane of the map, in pixels of ninety-six to an inch.
    pub fn frame(&self) -> Frame {
        let factor = PIXELS_PER_INCH / self.dpi;
        Frame::new(self.crs, self.bounds, self.pixels.map(|side| f64::from(side) * factor))
    }

    /// Width and height of the file, pixels.
    pub fn pixels(&self) -> [u32; 2] {
        self.pixels
    }
}

/// The position of the layer with this id.
pub fn layer(data: &Data, id: &str) -> Result<usize, Refusal> {
    data.index.atlas.layer_number(id).ok_or_else(|| {
        Refusal::new(
            "LayerNotDefined",
            format!("there is no layer {id:?}; GetCapabilities lists them"),
        )
    })
}

/// The reference system, and whether a box in it has the second axis first.
fn crs(kvp: &Kvp, old: bool) -> Result<(Crs, bool), Refusal> {
    let name = if old { "SRS" } else { "CRS" };
    let given = kvp.get(name).or_else(|| kvp.get("CRS")).or_else(|| kvp.get("SRS"));
    let given = given.ok_or_else(|| Refusal::missing(name))?;
    let unknown = || {
        let text = format!("there is no reference system {given:?}; GetCapabilities lists them");
        Refusal::new(if old { "InvalidSRS" } else { "InvalidCRS" }, text)
    };
    if given.eq_ignore_ascii_case("CRS:84") {
        return Ok((Crs::Wgs84, false));
    }
    let code = given.to_ascii_uppercase().strip_prefix("EPSG:").and_then(|code| code.parse().ok());
    let crs = code.and_then(|code: u32| Crs::from_epsg(code).ok()).ok_or_else(unknown)?;
    Ok((crs, !old && crs != Crs::WebMercator))
}

fn bounds(kvp: &Kvp, crs: Crs, swapped: bool) -> Result<[f64; 4], Refusal> {
    let text = kvp.get("BBOX").ok_or_else(|| Refusal::missing("BBOX"))?;
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    let numbers: Option<[f64; 4]> = numbers.and_then(|n| n.try_into().ok());
    let numbers = numbers.filter(|n| n.iter().all(|n| n.is_finite()));
    let Some([a, b, c, d]) = numbers else {
        return Err(Refusal::plain(format!("BBOX is {text:?}; it takes four numbers")));
    };
    let [left, bottom, right, top] = if swapped { [b, a, d, c] } else { [a, b, c, d] };
    if left >= right || bottom >= top {
        let order = if swapped { "south,west,north,east" } else { "west,south,east,north" };
        let text = format!("BBOX is {text:?}; the lower corner comes first, here as {order}");
        return Err(Refusal::plain(text));
    }
    // Beyond the numbers that a system has, there is nothing but rounding.
    let farthest = if crs.is_degrees() { 1e4 } else { 1e9 };
    if [left, bottom, right, top].iter().any(|n| n.abs() > farthest) {
        return Err(Refusal::plain(format!("BBOX is {text:?}, beyond {}", crs.name())));
    }
    Ok([left, bottom, right, top])
}

fn side(kvp: &Kvp, name: &'static str) -> Result<u32, Refusal> {
    let wrong = |text: &str| {
        Refusal::plain(format!("{name} is {text:?}; it runs from 1 to {MAX_SIDE} pixels"))
    };
    let given = kvp.parsed::<u32>(name).map_err(|text| wrong(&text))?;
    let pixels = given.ok_or_else(|| Refusal::missing(name))?;
    if (1..=MAX_SIDE).contains(&pixels) { Ok(pixels) } else { Err(wrong(&pixels.to_string())) }
}

fn styles(kvp: &Kvp) -> Result<(), Refusal> {
    let other = kvp.list("STYLES").into_iter().find(|style| !["", "default"].contains(style));
    other.map_or(Ok(()), |style| {
        let text = format!("there is no style {style:?}; there is default");
        Err(Refusal::new("StyleNotDefined", text))
    })
}

fn background(kvp: &Kvp) -> Result<String, Refusal> {
    let text = kvp.get("BGCOLOR").unwrap_or("0xFFFFFF");
    let digits = text.trim_start_matches("0x").trim_start_matches("0X").trim_start_matches('#');
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(format!("#{digits}"));
    }
    Err(Refusal::plain(format!("BGCOLOR is {text:?}; it is 0xRRGGBB")))
}

/// What QGIS calls DPI, and others `MAP_RESOLUTION`.
fn dpi(kvp: &Kvp) -> Result<f64, Refusal> {
    for name in ["DPI", "MAP_RESOLUTION"] {
        let given = kvp.parsed::<f64>(name).map_err(|text| {
            Refusal::plain(format!("{name} is {text:?}; it is a number of pixels to an inch"))
        })?;
        if let Some(dpi) = given {
            let known = dpi.is_finite() && dpi > 0.0;
            return Ok(if known {
                dpi.clamp(PIXELS_PER_INCH / 2.0, MAX_DPI)
            } else {
                PIXELS_PER_INCH
            });
        }
    }
    Ok(PIXELS_PER_INCH)
}
