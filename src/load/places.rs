//! GeoJSON files become places.
//!
//! A FeatureCollection is split into the byte ranges of its features first, so that a problem
//! can name the line its feature starts at, and one broken feature does not hide the others.

use std::collections::HashMap;

use geo::Coord;
use geojson::{Feature, JsonValue};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::load::fault::{Fault, What, nearest};
use crate::load::geometry;
use crate::load::problem::{Location, Problems};
use crate::model::{Accuracy, Place, PlaceIdx, Seat, TermRef, Vocabularies, kinds};

/// What a file of places is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRole {
    /// Part of the atlas: every property is checked.
    Curated,
    /// Dropped into the folder by somebody: what is missing is made up plainly
    /// (`id` from the position, `kind` is `feature`), other properties are kept.
    Dropped,
}

/// A place whose references to other places are still ids.
pub struct Draft {
    place: Place,
    county: Option<String>,
    within: Option<String>,
    ends: Option<(String, String)>,
    location: Location,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    features: Vec<&'a RawValue>,
    #[serde(default)]
    crs: Option<serde_json::Value>,
}

/// Reads the features of one file.
pub fn parse(
    file: &str,
    text: &str,
    role: FileRole,
    vocabularies: &Vocabularies,
    problems: &mut Problems,
) -> Vec<Draft> {
    let collection: Collection<'_> = match serde_json::from_str(text) {
        Ok(collection) => collection,
        Err(error) => {
            let location = Location::line(file, error.line() as u64);
            problems.error(location, Fault::InvalidJson { reason: error.to_string() });
            return Vec::new();
        }
    };
    if collection.kind != "FeatureCollection" {
        let reason = format!("type is {:?}, not \"FeatureCollection\"", collection.kind);
        problems.error(Location::file(file), Fault::InvalidGeoJson { reason });
        return Vec::new();
    }
    if let Some(name) = collection.crs.as_ref().and_then(foreign_crs) {
        problems.error(Location::file(file).field("crs"), Fault::ForeignCrs { name });
    }
    let mut drafts = Vec::with_capacity(collection.features.len());
    let (mut line, mut scanned) = (1_u64, 0_usize);
    for (number, raw) in collection.features.iter().enumerate() {
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text[scanned..start].matches('\n').count() as u64;
        scanned = start;
        let location = Location::line(file, line);
        match raw.get().parse::<Feature>() {
            Ok(feature) => {
                let mut reader = FeatureReader { location, vocabularies, problems, role };
                drafts.extend(reader.read(file, number, feature));
            }
            Err(error) => {
                problems.error(location, Fault::InvalidGeoJson { reason: error.to_string() });
            }
        }
    }
    drafts
}

/// The name in a pre-2016 `crs` member, unless it means plain longitude/latitude.
fn foreign_crs(crs: &serde_json::Value) -> Option<String> {
    let name = crs.pointer("/properties/name")?.as_str()?;
    let plain = ["CRS84", "CRS:84", "EPSG::4326", "EPSG:4326", "EPSG::4490", "EPSG:4490"];
    (!plain.iter().any(|p| name.ends_with(p))).then(|| name.to_owned())
}

struct FeatureReader<'a> {
    location: Location,
    vocabularies: &'a Vocabularies,
    problems: &'a mut Problems,
    role: FileRole,
}

impl FeatureReader<'_> {
    fn read(&mut self, file: &str, number: usize, feature: Feature) -> Option<Draft> {
        let mut properties = feature.properties.unwrap_or_default();
        let id = match feature.id {
            Some(geojson::feature::Id::String(id)) => id,
            Some(geojson::feature::Id::Number(n)) if self.role == FileRole::Curated => {
                n.to_string()
            }
            _ if self.role == FileRole::Dropped => format!("{}:{}", stem(file), number + 1),
            _ => {
                self.problems.error(self.location.clone().field("id"), Fault::Missing);
                return None;
            }
        };
        self.location = self.location.clone().of(&id);
        let name = self.name(&mut properties, &id);
        let kind = self.kind(&mut properties)?;
        let located = feature.geometry.is_some();
        let geometry =
            feature.geometry.and_then(|g| geometry::convert(g, &self.location, self.problems));
        let accuracy = self.accuracy("accuracy", &mut properties);
        if located && accuracy.is_none() {
            let at = self.location.clone().field("accuracy");
            match self.role {
                FileRole::Curated => self.problems.error(at, Fault::AccuracyMissing),
                FileRole::Dropped => {}
            }
        }
        let seat = self.seat(&mut properties);
        let mut text = |key: &str| match properties.shift_remove(key) {
            Some(JsonValue::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        let (county, within) = (text("county"), text("within"));
        let ends = text("from").zip(text("to"));
        let place = Place {
            id,
            name,
            name_en: text("name_en"),
            pinyin: text("pinyin"),
            aliases: Vec::new(),
            kind,
            county: None,
            within: None,
            accuracy,
            source: text("source"),
            note: text("note"),
            note_en: text("note_en"),
            seat,
            ends: None,
            geometry,
            file: file.to_owned(),
            properties: serde_json::Map::new(),
        };
        let aliases = match properties.shift_remove("aliases") {
            Some(JsonValue::Array(names)) => {
                names.iter().filter_map(|n| n.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        let place = Place { aliases, properties, ..place };
        Some(Draft { place, county, within, ends, location: self.location.clone() })
    }

    fn name(&mut self, properties: &mut serde_json::Map<String, JsonValue>, id: &str) -> String {
        let keys: &[&str] = match self.role {
            FileRole::Curated => &["name"],
            FileRole::Dropped => &["name", "NAME", "Name", "名称"],
        };
        let found = keys.iter().find_map(|&key| properties.shift_remove(key));
        match found {
            Some(JsonValue::String(name)) if !name.is_empty() => name,
            _ => {
                if self.role == FileRole::Curated {
                    self.problems.error(self.location.clone().field("name"), Fault::Missing);
                }
                id.to_owned()
            }
        }
    }

    fn kind(&mut self, properties: &mut serde_json::Map<String, JsonValue>) -> Option<TermRef> {
        let kinds = &self.vocabularies.kinds;
        let word = match (properties.shift_remove("kind"), self.role) {
            (Some(JsonValue::String(word)), FileRole::Curated) => word,
            (_, FileRole::Dropped) => kinds::FEATURE.to_owned(),
            (_, FileRole::Curated) => {
                self.problems.error(self.location.clone().field("kind"), Fault::Missing);
                return None;
            }
        };
        let found = kinds.find(&word).cloned();
        if found.is_none() {
            let hint = nearest(&word, kinds.words());
            let fault = Fault::UnknownWord { word, vocabulary: "kinds", nearest: hint };
            self.problems.error(self.location.clone().field("kind"), fault);
        }
        found
    }

    fn accuracy(
        &mut self,
        key: &str,
        properties: &mut serde_json::Map<String, JsonValue>,
    ) -> Option<Accuracy> {
        let word = properties.get(key)?.as_str()?.to_owned();
        let found = Accuracy::from_id(&word);
        match (found, self.role) {
            (None, FileRole::Curated) if !word.is_empty() => {
                let hint = nearest(&word, Accuracy::ALL.into_iter().map(Accuracy::id));
                let fault = Fault::UnknownWord { word, vocabulary: "accuracy", nearest: hint };
                self.problems.error(self.location.clone().field(key), fault);
            }
            (None, _) => {}
            (Some(_), _) => {
                properties.shift_remove(key);
            }
        }
        found
    }

    fn seat(&mut self, properties: &mut serde_json::Map<String, JsonValue>) -> Option<Seat> {
        let accuracy = self.accuracy("seat_accuracy", properties);
        let value = properties.get("seat")?;
        let Ok([lon, lat]) = serde_json::from_value::<[f64; 2]>(value.clone()) else {
            if self.role == FileRole::Curated {
                let fault = Fault::NotANumber { text: value.to_string() };
                self.problems.error(self.location.clone().field("seat"), fault);
            }
            return None;
        };
        if let Some(fault) = geometry::outside_china(&[lon, lat].into()) {
            self.problems.error(self.location.clone().field("seat"), fault);
        }
        properties.shift_remove("seat");
        Some(Seat { position: Coord { x: lon, y: lat }, accuracy })
    }
}

/// File name without folder and extension.
pub fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Gives every draft its final references. `county_of_file` names the county of files that
/// belong to a plan folder.
pub fn resolve(
    drafts: Vec<Draft>,
    county_of_file: impl Fn(&str) -> Option<String>,
    problems: &mut Problems,
) -> (Vec<Place>, HashMap<String, PlaceIdx>) {
    let mut by_id: HashMap<String, PlaceIdx> = HashMap::with_capacity(drafts.len());
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(&PlaceIdx(first)) = by_id.get(&draft.place.id) {
            let first = kept[first as usize].location.to_string();
            let fault = Fault::DuplicateId { id: draft.place.id.clone(), first };
            problems.error(draft.location.clone().field("id"), fault);
            continue;
        }
        let handle = PlaceIdx(u32::try_from(kept.len()).unwrap_or(u32::MAX));
        by_id.insert(draft.place.id.clone(), handle);
        kept.push(draft);
    }
    let mut find = |id: &str, field: &str, location: &Location| {
        let found = by_id.get(id).copied();
        if found.is_none() {
            let hint = nearest(id, by_id.keys().map(String::as_str));
            let fault = Fault::Dangling { what: What::Place, id: id.to_owned(), nearest: hint };
            problems.error(location.clone().field(field), fault);
        }
        found
    };
    let places = kept
        .into_iter()
        .map(|draft| {
            let Draft { mut place, county, within, ends, location } = draft;
            let county = county.or_else(|| county_of_file(&place.file));
            place.county = county.and_then(|id| find(&id, "county", &location));
            place.within = within.and_then(|id| find(&id, "within", &location));
            place.ends = ends.and_then(|(from, to)| {
                find(&from, "from", &location).zip(find(&to, "to", &location))
            });
            place
        })
        .collect();
    (places, by_id)
}
