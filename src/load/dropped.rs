//! Features of a file that somebody dropped beside `atlas.toml`, with properties of their own.
//!
//! Nothing is asked of them but sound geometry: a missing id is made from the position in the file,
//! a name is taken where one is found, and every property is kept as it is. A property that happens
//! to be called `within` or `county` is theirs, not a reference of ours.

use geojson::{Feature, feature::Id};

use crate::load::geometry;
use crate::load::places::{Draft, stem};
use crate::load::problem::{Location, Problems};
use crate::model::{Place, TermRef, Vocabularies, kinds};

/// Reads the feature at `number` (from 0) of a dropped file.
pub fn read(
    file: &str,
    number: usize,
    feature: Feature,
    vocabularies: &Vocabularies,
    location: Location,
    problems: &mut Problems,
) -> Draft {
    let properties = feature.properties.unwrap_or_default();
    let own = match feature.id {
        Some(Id::String(id)) => id,
        Some(Id::Number(id)) => id.to_string(),
        None => (number + 1).to_string(),
    };
    let id = format!("{}:{own}", stem(file));
    let location = location.of(&id);
    let geometry = feature.geometry.and_then(|g| geometry::convert(g, &location, problems));
    let known = vocabularies.kinds.find(kinds::FEATURE).cloned();
    let kind = known.unwrap_or_else(|| TermRef::new(kinds::feature()));
    let place = Place::found(id, kind, geometry, file, properties);
    Draft { place, county: None, within: None, ends: None, location }
}
