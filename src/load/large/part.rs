//! The features of one stretch of a file.

use geo::{BoundingRect, Geometry};
use serde::de::IgnoredAny;

use crate::crs::GridBox;
use crate::load::fault::Fault;
use crate::load::geometry;
use crate::load::large::sound::{Sound, surely_sound};
use crate::load::large::stretch::{Next, Stretch};
use crate::load::problem::{Location, Problem, Problems};
use crate::model::{Accuracy, ValueKind};
use crate::store::{Dimension, Outline, Property, Record, Traits, hash_of_id};

/// Features with errors that one stretch names; more of them are counted.
const NAMED: usize = 100;

/// An id as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundId {
    /// None.
    Absent,
    /// A whole number.
    Number(u32),
    /// The hash of any other.
    Hash(u32),
}

/// What is wrong with a feature.
pub struct Doubt {
    /// Row, from the first of the stretch.
    pub row: usize,
    /// Where the feature begins in the file.
    pub spot: u64,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// What it is, located by field alone.
    pub problem: Problem,
}

/// What a feature of a file that is not GeoJSON says.
pub struct Found<'f> {
    /// Its geometry, or why there is none although it has one.
    pub geometry: Option<Result<geojson::Geometry, Fault>>,
    /// How exactly that is known.
    pub accuracy: Option<Accuracy>,
    /// Names in order, each with the kind of its value; `None` for a null.
    pub properties: Vec<(&'f str, Option<ValueKind>)>,
}

/// What is in a stretch, row by row.
#[derive(Default)]
pub struct Part {
    pub boxes: Vec<GridBox>,
    pub spots: Vec<u64>,
    pub traits: Vec<Traits>,
    pub ids: Vec<FoundId>,
    pub properties: Vec<Property>,
    pub doubts: Vec<Doubt>,
    /// Features with errors that are not named.
    pub unnamed: usize,
    /// Features with a ring that runs the wrong way, and the first of them.
    pub turned: usize,
    /// Where its first feature begins.
    pub begin: Option<u64>,
    /// Where the feature after its last one begins, or the list of features ends.
    pub end: u64,
    /// Whether the list ends there.
    pub ended: bool,
    /// Why nothing more can be read behind `end`.
    pub broken: Option<Fault>,
}

impl Part {
    /// Reads features from where the stretch stands until one begins at or behind `limit`.
    pub fn read(stretch: &mut Stretch<'_>, limit: u64) -> std::io::Result<Self> {
        let mut part = Self::default();
        loop {
            let spot = match stretch.next()? {
                Next::Feature(spot) => spot,
                Next::End(spot) => {
                    (part.end, part.ended) = (spot, true);
                    return Ok(part);
                }
                Next::Neither(spot, fault) => {
                    (part.end, part.broken) = (spot, Some(fault));
                    return Ok(part);
                }
            };
            part.begin.get_or_insert(spot);
            if spot >= limit {
                part.end = spot;
                return Ok(part);
            }
            if let Some(fault) = part.feature(stretch, spot)? {
                (part.end, part.broken) = (spot, Some(fault));
                return Ok(part);
            }
        }
    }

    /// Reads one feature; the fault is that it is no JSON.
    fn feature(&mut self, stretch: &mut Stretch<'_>, spot: u64) -> std::io::Result<Option<Fault>> {
        loop {
            let rest = stretch.rest();
            let mut stream =
                serde_json::Deserializer::from_slice(rest).into_iter::<Record<'_, Outline<'_>>>();
            let fault = match stream.next() {
                Some(Ok(record)) => {
                    let length = stream.byte_offset();
                    self.add(&record, &rest[..length], spot);
                    stretch.advance(length);
                    return Ok(None);
                }
                Some(Err(error)) if error.is_eof() && stretch.can_grow() => {
                    stretch.grow()?;
                    continue;
                }
                Some(Err(error)) => error.to_string(),
                None => "nothing where a feature should be".to_owned(),
            };
            // JSON that is no feature can be passed over.
            return Ok(match skip(rest) {
                Skip::Over(length) => {
                    self.push(GridBox::NOWHERE, Traits::new(None, None), FoundId::Absent, spot);
                    let mut problems = Problems::default();
                    problems.error(Location::default(), Fault::InvalidGeoJson { reason: fault });
                    self.doubt(problems, None, spot);
                    stretch.advance(length);
                    None
                }
                Skip::More if stretch.can_grow() => {
                    stretch.grow()?;
                    continue;
                }
                Skip::More | Skip::Never => Some(Fault::InvalidJson { reason: fault }),
            });
        }
    }

    /// Takes in a feature that is at `spot`.
    pub fn found(&mut self, spot: u64, id: FoundId, found: Found<'_>) {
        self.take_properties(found.properties.into_iter());
        self.push(GridBox::NOWHERE, Traits::new(None, found.accuracy), id, spot);
        let Some(geometry) = found.geometry else { return };
        let mut problems = Problems::default();
        let geometry = match geometry {
            Ok(geometry) => geometry::convert(geometry, &Location::default(), &mut problems),
            Err(fault) => {
                problems.error(Location::default().field("geometry"), fault);
                None
            }
        };
        let own = match id {
            FoundId::Number(number) => Some(number.to_string()),
            FoundId::Absent | FoundId::Hash(_) => None,
        };
        if let Some((extent, dimension)) =
            self.judged(geometry.as_ref(), problems, own.as_deref(), spot)
            && let (Some(own), Some(traits)) = (self.boxes.last_mut(), self.traits.last_mut())
        {
            (*own, *traits) = (extent, Traits::new(Some(dimension), found.accuracy));
        }
    }

    fn push(&mut self, extent: GridBox, traits: Traits, id: FoundId, spot: u64) {
        self.boxes.push(extent);
        self.traits.push(traits);
        self.ids.push(id);
        self.spots.push(spot);
    }

    fn add(&mut self, record: &Record<'_, Outline<'_>>, bytes: &[u8], spot: u64) {
        let id = match &record.id {
            None => FoundId::Absent,
            Some(id) => found_id(id),
        };
        if let Some(outline) = &record.properties {
            self.take_properties(outline.members.iter().map(|(name, kind)| (&**name, *kind)));
        }
        let accuracy = record.properties.as_ref().and_then(|outline| outline.accuracy);
        let sound = record.shape.as_ref().map(surely_sound);
        let (extent, dimension) = match sound {
            _ if !record.is_feature => (GridBox::NOWHERE, None),
            None => (GridBox::NOWHERE, None),
            Some(Some(Sound { dimension, bounds, turned })) => {
                self.turned += usize::from(turned);
                (GridBox::of_degrees(bounds), Some(dimension))
            }
            Some(None) => {
                self.push(GridBox::NOWHERE, Traits::new(None, accuracy), id, spot);
                let id = record.id.as_deref();
                if let Some((extent, dimension)) = self.look_closely(bytes, id, spot)
                    && let (Some(own), Some(traits)) =
                        (self.boxes.last_mut(), self.traits.last_mut())
                {
                    (*own, *traits) = (extent, Traits::new(Some(dimension), accuracy));
                }
                return;
            }
        };
        self.push(extent, Traits::new(dimension, accuracy), id, spot);
        if !record.is_feature {
            let mut problems = Problems::default();
            let reason = "type is not \"Feature\"".to_owned();
            problems.error(Location::default(), Fault::InvalidGeoJson { reason });
            self.doubt(problems, record.id.as_deref(), spot);
        }
    }

    /// The whole check, for what is not certainly sound.
    fn look_closely(
        &mut self,
        bytes: &[u8],
        id: Option<&str>,
        spot: u64,
    ) -> Option<(GridBox, Dimension)> {
        let mut problems = Problems::default();
        let feature = serde_json::from_slice::<geojson::Feature>(bytes);
        let geometry = match feature {
            Ok(feature) => feature
                .geometry
                .and_then(|one| geometry::convert(one, &Location::default(), &mut problems)),
            Err(error) => {
                let fault = Fault::InvalidGeoJson { reason: error.to_string() };
                problems.error(Location::default(), fault);
                None
            }
        };
        self.judged(geometry.as_ref(), problems, id, spot)
    }

    /// Box and dimension of a geometry without errors; others are noted.
    fn judged(
        &mut self,
        geometry: Option<&Geometry<f64>>,
        problems: Problems,
        id: Option<&str>,
        spot: u64,
    ) -> Option<(GridBox, Dimension)> {
        if problems.any_error() {
            self.doubt(problems, id, spot);
            return None;
        }
        self.turned += problems.into_sorted().len();
        let rect = geometry?.bounding_rect()?;
        let bounds = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
        Some((GridBox::of_degrees(bounds), dimension(geometry?)))
    }

    fn doubt(&mut self, problems: Problems, id: Option<&str>, spot: u64) {
        if self.doubts.len() >= NAMED {
            self.unnamed += 1;
            return;
        }
        let row = self.spots.len() - 1;
        let doubt = |problem| Doubt { row, spot, id: id.map(str::to_owned), problem };
        self.doubts.extend(problems.into_sorted().into_iter().map(doubt));
    }

    fn take_properties<'n>(&mut self, members: impl Iterator<Item = (&'n str, Option<ValueKind>)>) {
        for (place, (name, kind)) in members.enumerate() {
            // Features of one file nearly always name their properties in the same order.
            let here = self.properties.get(place).is_some_and(|known| known.name == name);
            let known = if here {
                Some(place)
            } else {
                self.properties.iter().position(|known| known.name == name)
            };
            match known {
                Some(known) => {
                    let known = &mut self.properties[known].kind;
                    *known = ValueKind::widest(*known, kind);
                }
                None => {
                    self.properties.push(Property { name: name.to_owned(), kind });
                }
            }
        }
    }
}

/// An id as it is kept.
pub fn found_id(id: &str) -> FoundId {
    // One that is written otherwise, as 007, is a text.
    let plain = id.bytes().all(|byte| byte.is_ascii_digit()) && (!id.starts_with('0') || id == "0");
    let number = id.parse::<u32>().ok().filter(|_| plain);
    number.map_or_else(|| FoundId::Hash(hash_of_id(id)), FoundId::Number)
}

fn dimension(geometry: &Geometry<f64>) -> Dimension {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => Dimension::Point,
        Geometry::LineString(_) | Geometry::MultiLineString(_) => Dimension::Line,
        _ => Dimension::Area,
    }
}

enum Skip {
    Over(usize),
    More,
    Never,
}

fn skip(bytes: &[u8]) -> Skip {
    let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    match stream.next() {
        Some(Ok(_)) => Skip::Over(stream.byte_offset()),
        Some(Err(error)) if error.is_eof() => Skip::More,
        _ => Skip::Never,
    }
}
