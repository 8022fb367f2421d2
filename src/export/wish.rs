//! What somebody asks for in words, on the command line or over HTTP, and what it means.

use geo::{Geometry, Rect, coord};

use crate::crs::{Crs, CrsError, Zone};
use crate::export::{Encoding, Format, Options, Request, Selection, SelectionError};
use crate::index::IndexedAtlas;
use crate::query::Budget;

/// An export in words. What is left out has its default: WGS 84, UTF-8, everything, with records.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Format id.
    pub format: String,
    /// Layer ids.
    pub layers: Vec<String>,
    /// Reference system: `EPSG:4490`, `GCJ-02` …; [`ZONE_OF_DATA`] and [`PREFIXED_ZONE_OF_DATA`] pick
    /// the three-degree zone around the data.
    pub crs: Option<String>,
    /// `utf-8` or `gbk`.
    pub encoding: Option<String>,
    /// West, south, east, north in degrees, separated by commas.
    pub bbox: Option<String>,
    /// A drawn area.
    pub area: Option<Geometry<f64>>,
    /// Place id.
    pub within: Option<String>,
    /// Place ids.
    pub places: Option<Vec<String>>,
    /// Whether linked records come along.
    pub records: Option<bool>,
    /// How long choosing the features may go on.
    pub budget: Budget,
}

/// CGCS2000 / 3-degree Gauss–Krüger around the data, eastings without the zone's number.
pub const ZONE_OF_DATA: &str = "CGCS2000-GK";
/// The same, eastings with the zone's number.
pub const PREFIXED_ZONE_OF_DATA: &str = "CGCS2000-GK-zone";

/// Why a wish cannot be understood or met.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WishError {
    /// No such format.
    #[error("there is no format {0:?}; known are: {known}", known = Format::ALL.map(Format::id).join(", "))]
    Format(String),
    /// No such reference system.
    #[error("{0}; choose one of those that /api/export/formats lists")]
    Crs(#[from] CrsError),
    /// The format has one reference system only.
    #[error(
        "{format} files hold WGS 84 degrees only; leave crs out, or choose another format for {crs}"
    )]
    OnlyDegrees {
        /// The format.
        format: &'static str,
        /// What was asked for.
        crs: String,
    },
    /// No such encoding.
    #[error("there is no encoding {0:?}; known are: utf-8, gbk")]
    Encoding(String),
    /// The format has one encoding only.
    #[error("{0} files are always UTF-8; leave encoding out, or choose shp or csv for GBK")]
    OnlyUtf8(&'static str),
    /// Not a box.
    #[error(
        "bbox is {0:?}; it is west,south,east,north in degrees, for instance 108.4,30.5,109.6,31.4"
    )]
    Bbox(String),
    /// What is asked for does not exist, or nothing is left.
    #[error(transparent)]
    Selection(#[from] SelectionError),
}

impl Wish {
    /// What the wish means.
    ///
    /// # Errors
    /// When a word is unknown, the format cannot do what is asked, or a picked zone has no data.
    pub fn understand(self, index: &IndexedAtlas) -> Result<(Request, Options), WishError> {
        let format = Format::from_id(&self.format).ok_or(WishError::Format(self.format))?;
        let encoding = match self.encoding.as_deref().map(str::to_lowercase).as_deref() {
            None | Some("utf-8" | "utf8") => Encoding::Utf8,
            Some("gbk") if format.encodings().contains(&Encoding::Gbk) => Encoding::Gbk,
            Some("gbk") => return Err(WishError::OnlyUtf8(format.id())),
            Some(_) => return Err(WishError::Encoding(self.encoding.unwrap_or_default())),
        };
        let request = Request {
            layers: self.layers,
            bbox: self.bbox.as_deref().map(bbox).transpose()?,
            area: self.area,
            within: self.within,
            places: self.places,
            records: self.records.unwrap_or(true),
            budget: self.budget,
        };
        let crs = match self.crs.as_deref() {
            None | Some("") => Crs::Wgs84,
            Some(zone @ (ZONE_OF_DATA | PREFIXED_ZONE_OF_DATA)) => {
                zone_around(index, request.clone(), zone == PREFIXED_ZONE_OF_DATA)?
            }
            Some(name) => Crs::identify(name)?,
        };
        if crs != Crs::Wgs84 && !format.abilities().any_crs {
            return Err(WishError::OnlyDegrees { format: format.id(), crs: crs.name() });
        }
        Ok((request, Options { format, crs, encoding }))
    }
}

fn bbox(text: &str) -> Result<Rect<f64>, WishError> {
    let wrong = || WishError::Bbox(text.to_owned());
    let numbers: Vec<f64> =
        text.split(',').map(|n| n.trim().parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    let [west, south, east, north] = numbers.try_into().map_err(|_| wrong())?;
    let sound = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north)
        && west <= east
        && south <= north;
    if !sound {
        return Err(wrong());
    }
    Ok(Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north }))
}

/// The zone whose meridian is nearest to the middle of what is taken.
fn zone_around(index: &IndexedAtlas, request: Request, prefixed: bool) -> Result<Crs, WishError> {
    let selection = Selection::resolve(index, request)?;
    let boxes = selection.layers.iter().flat_map(|(_, chosen)| chosen.boxes(&index.atlas));
    let (west, east) = boxes.fold((f64::INFINITY, f64::NEG_INFINITY), |(west, east), bounds| {
        (west.min(bounds.min().x), east.max(bounds.max().x))
    });
    // Nothing located has no middle; any zone will do for nothing, the first one at hand is China's.
    let middle = if west <= east { f64::midpoint(west, east) } else { 105.0 };
    Ok(Crs::GaussKruger(Zone::nearest(middle, prefixed)))
}
