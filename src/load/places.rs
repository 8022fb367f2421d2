//! GeoJSON files become places.
//!
//! A FeatureCollection is split into the byte ranges of its features first, so that a problem
//! can name the line its feature starts at, and one broken feature does not hide the others.

use std::collections::HashMap;
use std::sync::Arc;

use geo::Coord;
use geojson::{Feature, JsonValue};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::load::fault::{Fault, What, nearest};
use crate::load::problem::{Location, Problems};
use crate::load::{dropped, geometry};
use crate::model::{Accuracy, Place, PlaceIdx, Seat, Term, TermRef, Vocabularies, Vocabulary};

/// What a file of places is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRole {
    /// Part of the atlas: every property is checked.
    Curated,
    /// Dropped into the folder by somebody; see [`dropped`](crate::load::dropped).
    Dropped,
}

/// A place whose references to other places are still ids.
pub struct Draft {
    pub place: Place,
    pub county: Option<String>,
    pub within: Option<String>,
    pub ends: Option<(String, String)>,
    pub location: Location,
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
            Ok(feature) if role == FileRole::Dropped => {
                drafts.push(dropped::read(file, number, feature, vocabularies, location, problems));
            }
            Ok(feature) => {
                let mut reader = FeatureReader { location, vocabularies, problems };
                drafts.extend(reader.read(file, feature));
            }
            Err(error) => {
                problems.error(location, Fault::InvalidGeoJson { reason: error.to_string() });
            }
        }
    }
    drafts
}

/// The name in a pre-2016 `crs` member, unless it means plain longitude/latitude.
pub fn foreign_crs(crs: &serde_json::Value) -> Option<String> {
    let name = crs.pointer("/properties/name")?.as_str()?;
    let plain = ["CRS84", "CRS:84", "EPSG::4326", "EPSG:4326", "EPSG::4490", "EPSG:4490"];
    (!plain.iter().any(|p| name.ends_with(p))).then(|| name.to_owned())
}

/// Properties with a meaning to the program.
const KNOWN: [&str; 15] = [
    "name",
    "name_en",
    "pinyin",
    "aliases",
    "kind",
    "county",
    "within",
    "accuracy",
    "source",
    "note",
    "note_en",
    "seat",
    "seat_accuracy",
    "from",
    "to",
];

type Properties = serde_json::Map<String, JsonValue>;

struct FeatureReader<'a> {
    location: Location,
    vocabularies: &'a Vocabularies,
    problems: &'a mut Problems,
}

impl FeatureReader<'_> {
    fn at(&self, field: &str) -> Location {
        self.location.clone().field(field)
    }

    fn read(&mut self, file: &str, feature: Feature) -> Option<Draft> {
        let id = match feature.id {
            Some(geojson::feature::Id::String(id)) => id,
            Some(geojson::feature::Id::Number(n)) => n.to_string(),
            None => {
                self.problems.error(self.at("id"), Fault::Missing);
                return None;
            }
        };
        self.location = self.location.clone().of(&id);
        let mut properties = feature.properties.unwrap_or_default();
        let kind = self.kind(&properties)?;
        let accuracy = self.accuracy("accuracy", &properties);
        // A word that is no accuracy was reported already.
        let reported = properties.get("accuracy").is_some_and(JsonValue::is_string);
        if feature.geometry.is_some() && accuracy.is_none() && !reported {
            self.problems.error(self.at("accuracy"), Fault::AccuracyMissing);
        }
        let geometry =
            feature.geometry.and_then(|g| geometry::convert(g, &self.location, self.problems));
        let seat = self.seat(&properties);
        let aliases = list(&properties, "aliases");
        let mut text = |key: &str| self.text(&mut properties, key);
        let name = text("name");
        let (county, within) = (text("county"), text("within"));
        let (from, to) = (text("from"), text("to"));
        let (name_en, pinyin) = (text("name_en"), text("pinyin"));
        let (note, note_en, source) = (text("note"), text("note_en"), text("source"));
        for (field, missing) in [
            ("name", name.is_none()),
            ("from", from.is_none() && to.is_some()),
            ("to", to.is_none() && from.is_some()),
        ] {
            if missing {
                self.problems.error(self.at(field), Fault::Missing);
            }
        }
        properties.retain(|key, _| !KNOWN.contains(&key.as_str()));
        self.suspect_misspelling(&properties);
        let name = name.unwrap_or_else(|| id.clone());
        let place = Place {
            name_en,
            pinyin,
            aliases,
            accuracy,
            source: source.map(|word| source_term(&self.vocabularies.sources, word)),
            note,
            note_en,
            seat,
            file: file.to_owned(),
            properties,
            ..Place::new(id, name, kind, geometry)
        };
        Some(Draft { place, county, within, ends: from.zip(to), location: self.location.clone() })
    }

    /// Takes a property that must be text; `null` and empty text count as absent.
    fn text(&mut self, properties: &mut Properties, key: &str) -> Option<String> {
        match properties.shift_remove(key)? {
            JsonValue::String(text) => Some(text).filter(|text| !text.is_empty()),
            JsonValue::Null => None,
            other => {
                let fault = Fault::NotText { found: other.to_string() };
                self.problems.error(self.at(key), fault);
                None
            }
        }
    }

    /// Properties of one's own are welcome, but one letter off a known name is a slip, and the
    /// link or name meant would be missing without a word.
    fn suspect_misspelling(&mut self, properties: &Properties) {
        for key in properties.keys() {
            if let Some(meant) = nearest(key, KNOWN.into_iter()) {
                self.problems.warning(self.at(key), Fault::LikelyMisspelt { meant });
            }
        }
    }

    fn kind(&mut self, properties: &Properties) -> Option<TermRef> {
        let Some(word) = properties.get("kind").and_then(JsonValue::as_str) else {
            self.problems.error(self.at("kind"), Fault::Missing);
            return None;
        };
        let kinds = &self.vocabularies.kinds;
        let found = kinds.find(word).cloned();
        if found.is_none() {
            let (word, hint) = (word.to_owned(), nearest(word, kinds.words()));
            let fault = Fault::UnknownWord { word, vocabulary: "kinds", nearest: hint };
            self.problems.error(self.at("kind"), fault);
        }
        found
    }

    fn accuracy(&mut self, key: &str, properties: &Properties) -> Option<Accuracy> {
        let word = properties.get(key)?.as_str()?;
        let found = Accuracy::from_id(word);
        if found.is_none() {
            let hint = nearest(word, Accuracy::ALL.into_iter().map(Accuracy::id));
            let word = word.to_owned();
            let fault = Fault::UnknownWord { word, vocabulary: "accuracy", nearest: hint };
            self.problems.error(self.at(key), fault);
        }
        found
    }

    fn seat(&mut self, properties: &Properties) -> Option<Seat> {
        let accuracy = self.accuracy("seat_accuracy", properties);
        let value = properties.get("seat")?;
        let Ok([lon, lat]) = serde_json::from_value::<[f64; 2]>(value.clone()) else {
            let fault = Fault::NotANumber { text: value.to_string() };
            self.problems.error(self.at("seat"), fault);
            return None;
        };
        if let Some(fault) = geometry::outside_china(&[lon, lat].into()) {
            self.problems.error(self.at("seat"), fault);
        }
        Some(Seat { position: Coord { x: lon, y: lat }, accuracy })
    }
}

/// Several texts: an array, or one text with `;` or `；` between them, as tables and Shapefiles
/// can only write it.
fn list(properties: &Properties, key: &str) -> Vec<String> {
    let texts: Vec<&str> = match properties.get(key) {
        Some(JsonValue::Array(items)) => items.iter().filter_map(JsonValue::as_str).collect(),
        Some(JsonValue::String(text)) => text.split([';', '；']).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// A source is a word of the vocabulary, or a sentence that stands for itself.
fn source_term(sources: &Vocabulary, word: String) -> TermRef {
    let known = sources.find(&word).cloned();
    known.unwrap_or_else(|| Arc::new(Term { id: word.clone(), zh: word.clone(), en: word }))
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
