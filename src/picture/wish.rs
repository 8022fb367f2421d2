//! What somebody asks for in words, on the command line or over HTTP, and what it means.

use geo::{BoundingRect, Rect, coord};

use crate::crs::{Crs, CrsError, Zone};
use crate::index::IndexedAtlas;
use crate::model::{Place, PlaceIdx};
use crate::picture::grid::Net;
use crate::picture::paper::Paper;
use crate::picture::sheet::{Margins, Sheet};
use crate::picture::{Frame, Language, Look, PIXELS_PER_INCH, PIXELS_PER_MM};
use crate::query::{Unanswered, overview_bounds, stored_place};

/// A picture in words. What is left out has its default: what is on the map when it opens, all of the planned
/// counties, 1200 × 800 pixels.
#[derive(Debug, Clone, Default)]
pub struct PictureWish {
    /// Layer ids, the lowest first or in any order: the atlas has its own.
    pub layers: Option<Vec<String>>,
    /// West, south, east, north in degrees, separated by commas.
    pub bbox: Option<String>,
    /// Place id: around this.
    pub place: Option<String>,
    /// Longitude and latitude in degrees, separated by a comma: the middle.
    pub center: Option<String>,
    /// So many metres on the ground are one on paper.
    pub scale: Option<f64>,
    /// Pixels.
    pub width: Option<f64>,
    /// Pixels.
    pub height: Option<f64>,
    /// `a4` to `a0`.
    pub paper: Option<String>,
    /// `landscape` or `portrait`; what suits the map unless given.
    pub orientation: Option<String>,
    /// Reference system: `EPSG:4545` …
    pub crs: Option<String>,
    /// Language of names and margins.
    pub language: Language,
    /// Heading.
    pub title: Option<String>,
    /// Whether title, legend and scale stand around the map; on paper they do unless told otherwise.
    pub margins: Option<bool>,
    /// `auto`, `degrees` or `none`.
    pub grid: Option<String>,
    /// Layer id: a sheet for each of its places.
    pub each: Option<String>,
    /// Day that sheets are marked with, ISO 8601; none where empty.
    pub date: String,
    /// Place id: a red line around this.
    pub marked: Option<String>,
}

/// Why a wish cannot be understood or met.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WishError {
    /// No such layer.
    #[error("there is no layer {0:?}; /api/atlas lists them")]
    Layer(String),
    /// No such place.
    #[error("there is no place {0:?}; /api/search?q= finds places by name")]
    Place(String),
    /// A place that nobody has located.
    #[error("{0:?} has no position, so there is no map of it; take its township")]
    Unlocated(String),
    /// Not a box.
    #[error(
        "bbox is {0:?}; it is west,south,east,north in degrees, west before east, for instance 108.4,30.5,109.6,31.4"
    )]
    Bbox(String),
    /// Not a position.
    #[error("center is {0:?}; it is longitude,latitude in degrees, for instance 108.7,30.93")]
    Center(String),
    /// A scale out of range.
    #[error("scale is {0}; it runs from 500 to 50000000: 100000 stands for 1:100 000")]
    Scale(f64),
    /// A size out of range.
    #[error("{0} is {1}; it runs from {MIN_SIDE} to {MAX_SIDE} pixels")]
    Size(&'static str, f64),
    /// No such paper.
    #[error("there is no paper {0:?}; known are: a4, a3, a2, a1, a0")]
    Paper(String),
    /// Neither way round.
    #[error("orientation is {0:?}; it is landscape or portrait")]
    Orientation(String),
    /// No such net.
    #[error("there is no grid {0:?}; known are: auto, degrees, none")]
    Grid(String),
    /// No such reference system.
    #[error("{0}; known are EPSG:4490, 4326, 3857 and the Gauss–Krüger zones 4491 to 4554")]
    Crs(#[from] CrsError),
    /// Degrees or shifted positions have no scale.
    #[error("{0} has no scale; leave crs out, or take a Gauss–Krüger zone such as EPSG:4545")]
    NoScale(String),
    /// A system that does not reach so far.
    #[error("{0} does not reach what is to be shown; leave crs out")]
    Beyond(String),
    /// A sheet that is all margin.
    #[error(
        "there is no room for a map beside its legend on so small a picture; ask for more pixels, or for margins=false"
    )]
    Small,
    /// More sheets than one answer has.
    #[error(
        "{0} sheets are too many; at most {MAX_SHEETS} are made at once: choose a layer with fewer places"
    )]
    Sheets(usize),
    /// What a question to a large layer says.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
}

/// Least and greatest side of a picture, pixels: A0 has 4494.
const MIN_SIDE: f64 = 16.0;
const MAX_SIDE: f64 = 8192.0;

/// Sheets of one document.
const MAX_SHEETS: usize = 200;

/// Scales that a sheet may have unless one is given.
const SCALES: [f64; 20] = [
    1000.0,
    2000.0,
    5000.0,
    10_000.0,
    20_000.0,
    25_000.0,
    50_000.0,
    75_000.0,
    100_000.0,
    150_000.0,
    200_000.0,
    250_000.0,
    300_000.0,
    400_000.0,
    500_000.0,
    600_000.0,
    750_000.0,
    1_000_000.0,
    2_000_000.0,
    5_000_000.0,
];

/// What a sheet is about.
struct Subject {
    bounds: Rect<f64>,
    title: Option<String>,
}

impl PictureWish {
    /// What the wish means: one sheet, or one for each place of a layer.
    ///
    /// # Errors
    /// When a word is unknown, something asked for does not exist, or there is no room.
    pub fn sheets(&self, index: &IndexedAtlas) -> Result<Vec<Sheet>, WishError> {
        let look = self.look(index)?;
        let Some(each) = &self.each else {
            let subject = self.subject(index)?;
            return Ok(vec![self.sheet(index, &look, &subject)?]);
        };
        let layer = index.atlas.layer(each).ok_or_else(|| WishError::Layer(each.clone()))?;
        let located = |place: &&PlaceIdx| index.atlas.place(**place).geometry.is_some();
        let places: Vec<PlaceIdx> = layer.places.iter().filter(located).copied().collect();
        if places.len() > MAX_SHEETS {
            return Err(WishError::Sheets(places.len()));
        }
        let sheet = |place: PlaceIdx| {
            let subject = self.around(index, &index.atlas.place(place).id)?;
            self.sheet(index, &look, &subject)
        };
        places.into_iter().map(sheet).collect()
    }

    fn look(&self, index: &IndexedAtlas) -> Result<Look, WishError> {
        let mut look = Look::opening(index, self.language);
        if let Some(ids) = &self.layers {
            let number = |id: &String| {
                index.atlas.layer_number(id).ok_or_else(|| WishError::Layer(id.clone()))
            };
            look.layers = ids.iter().map(number).collect::<Result<_, _>>()?;
        }
        Ok(look)
    }

    fn subject(&self, index: &IndexedAtlas) -> Result<Subject, WishError> {
        if let Some(text) = &self.bbox {
            return Ok(Subject { bounds: degrees(text)?, title: None });
        }
        if let Some(id) = &self.place {
            return self.around(index, id);
        }
        if let Some(text) = &self.center {
            let at = position(text)?;
            return Ok(Subject { bounds: Rect::new(at, at), title: None });
        }
        Ok(Subject { bounds: padded(overview_bounds(index), 0.03), title: None })
    }

    fn around(&self, index: &IndexedAtlas, id: &str) -> Result<Subject, WishError> {
        // Around a point, so that its neighbourhood is seen.
        const AROUND: f64 = 0.04;
        let place = known(index, id)?;
        let unlocated = || WishError::Unlocated(id.to_owned());
        let anchor = place.anchor();
        let bounds = place.geometry.as_ref().and_then(BoundingRect::bounding_rect);
        let bounds = bounds.filter(|b| b.width() > 0.0 || b.height() > 0.0);
        let bounds = match (bounds, anchor) {
            (Some(bounds), _) => padded(bounds, 0.08),
            (None, Some(at)) => Rect::new(
                (at.x() - AROUND, at.y() - AROUND * 0.8),
                (at.x() + AROUND, at.y() + AROUND * 0.8),
            ),
            (None, None) => return Err(unlocated()),
        };
        let name = match &place.name_en {
            Some(name) if self.language == Language::English => name.clone(),
            _ => place.name.clone(),
        };
        Ok(Subject { bounds, title: Some(name) })
    }

    fn sheet(
        &self,
        index: &IndexedAtlas,
        look: &Look,
        subject: &Subject,
    ) -> Result<Sheet, WishError> {
        if let Some(scale) = self.scale
            && !(500.0..=50_000_000.0).contains(&scale)
        {
            return Err(WishError::Scale(scale));
        }
        let paper = self.paper(subject)?;
        let size = match paper {
            Some(sides) => sides.map(|mm| mm * PIXELS_PER_MM),
            None => [side("width", self.width, 1200.0)?, side("height", self.height, 800.0)?],
        };
        let with_margins = self.margins.unwrap_or(paper.is_some());
        let room = if with_margins { Margins::map(size).ok_or(WishError::Small)? } else { size };
        let middle = subject.bounds.center();
        let to_scale = self.scale.is_some() || paper.is_some();
        let crs = match self.crs.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => Crs::identify(name)?,
            None if to_scale => Crs::GaussKruger(Zone::nearest(middle.x, false)),
            None => Crs::WebMercator,
        };
        let beyond = || WishError::Beyond(crs.name());
        let fitted = Frame::around(crs, subject.bounds, room).ok_or_else(beyond)?;
        let scale = if to_scale {
            if crs.is_degrees() || crs == Crs::WebMercator && paper.is_some() {
                return Err(WishError::NoScale(crs.name()));
            }
            Some(self.scale.unwrap_or_else(|| round_scale(&fitted)))
        } else {
            None
        };
        let frame = match scale {
            Some(scale) => {
                Frame::to_scale(crs, [middle.x, middle.y], scale, room).ok_or_else(beyond)?
            }
            // A position alone has no extent.
            None if subject.bounds.width() <= 0.0 => {
                let bounds = padded(
                    Rect::new(
                        (middle.x - 0.05, middle.y - 0.05),
                        (middle.x + 0.05, middle.y + 0.05),
                    ),
                    0.0,
                );
                Frame::around(crs, bounds, room).ok_or_else(beyond)?
            }
            None => fitted,
        };
        let net = match self.grid.as_deref() {
            None if with_margins => Net::Fitting,
            None | Some("none") => Net::None,
            Some("auto") => Net::Fitting,
            Some("degrees") => Net::Degrees,
            Some(other) => return Err(WishError::Grid(other.to_owned())),
        };
        let atlas = &index.atlas;
        let of_atlas = self.language.pick(&atlas.title, &atlas.title_en);
        let title = self.title.clone().or_else(|| subject.title.clone());
        let margins = with_margins.then(|| Margins {
            title: title.unwrap_or_else(|| of_atlas.to_owned()),
            date: self.date.clone(),
        });
        let look = look.clone();
        let subject = self.marked.as_deref().map(|id| known(index, id)).transpose()?;
        let subject = subject.and_then(|place| place.geometry);
        Ok(Sheet { frame, look, size, paper, scale, margins, net, subject })
    }

    /// Width and height of the paper, millimetres.
    fn paper(&self, subject: &Subject) -> Result<Option<[f64; 2]>, WishError> {
        let Some(name) = &self.paper else { return Ok(None) };
        let [short, long] =
            Paper::named(name).ok_or_else(|| WishError::Paper(name.clone()))?.sides();
        let middle = subject.bounds.center().y.to_radians().cos();
        // The legend stands beside the map, so that a square subject leaves more room on a wide sheet.
        let wide = subject.bounds.width() * middle >= subject.bounds.height() * 0.7;
        let landscape = match self.orientation.as_deref() {
            None | Some("") => wide,
            Some("landscape") => true,
            Some("portrait") => false,
            Some(other) => return Err(WishError::Orientation(other.to_owned())),
        };
        Ok(Some(if landscape { [long, short] } else { [short, long] }))
    }
}

/// The place with an id, of the atlas or of a large layer.
fn known(index: &IndexedAtlas, id: &str) -> Result<Place, WishError> {
    if let Some(place) = index.atlas.find_place(id) {
        return Ok(index.atlas.place(place).clone());
    }
    let stored = stored_place(index, id).map_err(Unanswered::from)?;
    stored.map(|(_, place)| place).ok_or_else(|| WishError::Place(id.to_owned()))
}

fn side(name: &'static str, given: Option<f64>, otherwise: f64) -> Result<f64, WishError> {
    let pixels = given.unwrap_or(otherwise);
    if (MIN_SIDE..=MAX_SIDE).contains(&pixels) {
        return Ok(pixels.round());
    }
    Err(WishError::Size(name, pixels))
}

/// The smallest round scale at which a frame shows no less.
fn round_scale(fitted: &Frame) -> f64 {
    let [left, _, right, _] = fitted.bounds();
    let exact = (right - left) / fitted.size()[0] * PIXELS_PER_INCH / 0.0254;
    let last = SCALES[SCALES.len() - 1];
    SCALES.into_iter().find(|scale| *scale >= exact * 0.999).unwrap_or(last)
}

fn padded(bounds: Rect<f64>, share: f64) -> Rect<f64> {
    let (x, y) = (bounds.width() * share, bounds.height() * share);
    Rect::new(
        coord! { x: bounds.min().x - x, y: bounds.min().y - y },
        coord! { x: bounds.max().x + x, y: bounds.max().y + y },
    )
}

/// A box in degrees, separated by commas.
fn degrees(text: &str) -> Result<Rect<f64>, WishError> {
    let wrong = || WishError::Bbox(text.to_owned());
    let numbers = numbers(text).ok_or_else(wrong)?;
    let [west, south, east, north] = numbers.try_into().map_err(|_| wrong())?;
    if !(in_degrees(west, south) && in_degrees(east, north) && west < east && south < north) {
        return Err(wrong());
    }
    Ok(Rect::new((west, south), (east, north)))
}

fn position(text: &str) -> Result<geo::Coord<f64>, WishError> {
    let wrong = || WishError::Center(text.to_owned());
    let [lon, lat] = numbers(text).and_then(|n| n.try_into().ok()).ok_or_else(wrong)?;
    if in_degrees(lon, lat) { Ok(coord! { x: lon, y: lat }) } else { Err(wrong()) }
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split(',').map(|number| number.trim().parse().ok()).collect()
}

fn in_degrees(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}
