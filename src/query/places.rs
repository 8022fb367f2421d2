//! Lists of places.

use geo::{Intersects, Rect};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::{IndexedAtlas, Subject};
use crate::model::{Place, PlaceIdx, Term};
use crate::query::budget::Budget;
use crate::query::lookup::Unanswered;
use crate::query::refs::{PlaceName, PlaceRef, distinct};
use crate::store::{Reader, Store};

/// Which places are wanted; what is `None` allows all.
#[derive(Debug, Clone, Default)]
pub struct PlaceFilter {
    /// Box in degrees that their geometry must meet.
    pub bounds: Option<Rect<f64>>,
    /// Layer id.
    pub layer: Option<String>,
    /// Kind id.
    pub kind: Option<String>,
    /// County id.
    pub county: Option<String>,
    /// Words in their names.
    pub words: Option<String>,
}

/// A place in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceListed<'a> {
    #[serde(flatten)]
    place: PlaceRef<'a>,
    /// Layers it is in.
    layers: Vec<&'a str>,
    /// Records that name it.
    records: usize,
    /// Kinds of the roles it plays, the weightiest first.
    roles: Vec<&'a Term>,
    /// Herbs that its roles name.
    herbs: Vec<&'a Term>,
    /// Township around it, or itself where it is one.
    township: Option<PlaceName<'a>>,
}

/// Places of the atlas that pass the filter, in the order of the files.
#[must_use]
pub fn places<'a>(index: &'a IndexedAtlas, filter: &PlaceFilter) -> Vec<PlaceListed<'a>> {
    let atlas = &index.atlas;
    let mut candidates: Vec<PlaceIdx> = match filter.bounds {
        Some(bounds) => index
            .spatial
            .meeting(bounds)
            .filter(|&p| atlas.place(p).geometry.as_ref().is_some_and(|g| g.intersects(&bounds)))
            .collect(),
        None => atlas.place_handles().collect(),
    };
    if let Some(words) = &filter.words {
        let named: Vec<PlaceIdx> = index
            .text
            .search(words)
            .into_iter()
            .filter_map(|hit| match hit.subject {
                Subject::Place(place) => Some(place),
                _ => None,
            })
            .collect();
        candidates.retain(|p| named.contains(p));
    }
    candidates.sort();
    let layer_ids = |place: PlaceIdx| {
        atlas.layers_of[place.0 as usize].iter().map(|&l| atlas.layers[l].id.as_str())
    };
    let roles = |place: PlaceIdx| atlas.records(place).roles.iter().map(|&r| atlas.role(r));
    let county_id = |place: PlaceIdx| atlas.place(place).county.map(|c| &atlas.place(c).id);
    candidates
        .into_iter()
        .filter(|&p| filter.layer.as_ref().is_none_or(|layer| layer_ids(p).any(|l| l == layer)))
        .filter(|&p| filter.kind.as_ref().is_none_or(|kind| &atlas.place(p).kind.id == kind))
        .filter(|&p| filter.county.as_ref().is_none_or(|county| county_id(p) == Some(county)))
        .map(|p| PlaceListed {
            place: PlaceRef::new(index, p),
            layers: layer_ids(p).collect(),
            records: atlas.records(p).len(),
            roles: distinct(&atlas.vocabularies.roles, roles(p).map(|role| &role.kind)),
            herbs: distinct(&atlas.vocabularies.herbs, roles(p).flat_map(|role| &role.herbs)),
            township: atlas.township_of(p).map(|township| PlaceName::new(index, township)),
        })
        .collect()
}

/// The features of a large layer that pass the filter, by row: those that are shown are spelled out by
/// [`stored_listed`].
///
/// # Errors
/// When the budget is withdrawn, or the file cannot be read.
pub fn stored_places(
    reader: &Reader,
    filter: &PlaceFilter,
    budget: &Budget,
) -> Result<Vec<u32>, Unanswered> {
    let store = reader.store();
    let other = filter.kind.as_ref().is_some_and(|kind| *kind != store.kind().id);
    if other || filter.county.is_some() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<u32> = match filter.bounds {
        Some(bounds) => store.meeting(bounds),
        None => (0..).take(store.len()).collect(),
    };
    let words = filter.words.as_ref().map(|words| words.trim().to_lowercase());
    let named = |place: &Place, words: &String| {
        place.name.to_lowercase().contains(words)
            || place.name_en.as_ref().is_some_and(|name| name.to_lowercase().contains(words))
    };
    if filter.bounds.is_some() || words.is_some() {
        rows.retain(|&row| {
            budget.check().is_ok()
                && reader.place(row as usize).is_some_and(|place| {
                    let meets = |bounds: &Rect<f64>| {
                        place.geometry.as_ref().is_some_and(|g| g.intersects(bounds))
                    };
                    filter.bounds.as_ref().is_none_or(meets)
                        && words.as_ref().is_none_or(|words| named(&place, words))
                })
        });
        budget.check()?;
    }
    reader.check()?;
    Ok(rows)
}

/// A feature of a large layer in a list; `None` where it cannot be read.
#[must_use]
pub fn stored_listed<'a>(store: &'a Store, reader: &Reader, row: u32) -> Option<PlaceListed<'a>> {
    let place = reader.place(row as usize)?;
    Some(PlaceListed {
        place: PlaceRef::stored(&place, store.kind()),
        layers: vec![store.layer()],
        records: 0,
        roles: Vec::new(),
        herbs: Vec::new(),
        township: None,
    })
}
