//! The dossier of a place: a township, or anything else the plans name.

use crate::index::IndexedAtlas;
use crate::model::{PlaceIdx, Plan, Term};
use crate::query::{Budget, Dossier, Unanswered, dossier, stored_dossier, stored_place};
use crate::report::ReportError;
use crate::report::content::{Block, Fact, Report, Tone};
use crate::report::map::{self, Size};
use crate::report::voice::Voice;

/// The map of a dossier, pixels.
const MAP: Size = [760.0, 540.0];

/// Places inside that a dossier lists; the rest is a number.
const INSIDE: usize = 40;

/// Composes the dossier of a place.
pub fn report(voice: Voice<'_>, id: &str, budget: &Budget) -> Result<Report, ReportError> {
    let index = voice.index;
    if let Some(handle) = index.atlas.find_place(id) {
        return known(voice, handle, &dossier(index, handle), budget);
    }
    let (store, place) = stored_place(index, id)
        .map_err(Unanswered::from)?
        .ok_or_else(|| ReportError::Place(id.to_owned()))?;
    let layers = vec![store.layer().to_owned()];
    let dossier = stored_dossier(index, store, place);
    let map = map::around(voice, id, None, layers, MAP, budget)?;
    Ok(composed(voice, &dossier, (map, None), Vec::new()))
}

fn known(
    voice: Voice<'_>,
    handle: PlaceIdx,
    dossier: &Dossier<'_>,
    budget: &Budget,
) -> Result<Report, ReportError> {
    let atlas = &voice.index.atlas;
    let mut shown = vec![handle];
    shown.extend(atlas.inside(handle).iter().filter(|_| atlas.place(handle).is_township()));
    let layers = map::layers(voice, &shown);
    let drawn = map::around(voice, &atlas.place(handle).id, None, layers.clone(), MAP, budget)?;
    // What nobody has located is shown by the township that it lies in.
    let township = atlas.township_of(handle).filter(|&township| township != handle);
    let (map, stand_in) = match (drawn, township) {
        (None, Some(township)) => {
            let place = atlas.place(township);
            let map = map::around(voice, &place.id, None, layers, MAP, budget)?;
            (map, Some(voice.place_name(place)))
        }
        (drawn, _) => (drawn, None),
    };
    let sources = sources(voice.index, &shown);
    Ok(composed(voice, dossier, (map, stand_in), sources))
}

/// Where positions come from, each once.
pub fn sources<'a>(index: &'a IndexedAtlas, places: &[PlaceIdx]) -> Vec<&'a Term> {
    let places = places.iter().map(|&place| index.atlas.place(place));
    let located = places.filter(|place| place.geometry.is_some());
    let mut sources: Vec<&Term> = Vec::new();
    for source in located.filter_map(|place| place.source.as_deref()) {
        if !sources.iter().any(|known| known.id == source.id) {
            sources.push(source);
        }
    }
    sources
}

/// The plan of the county that a place is in.
pub fn plan_of<'a>(index: &'a IndexedAtlas, county: Option<&str>) -> Vec<&'a Plan> {
    let county = county.and_then(|id| index.atlas.find_place(id));
    county.and_then(|county| index.atlas.plan_of_county(county)).into_iter().collect()
}

fn composed(
    voice: Voice<'_>,
    dossier: &Dossier<'_>,
    (map, stand_in): (Option<String>, Option<&str>),
    sources: Vec<&Term>,
) -> Report {
    let place = &dossier.place;
    let name = voice.place(&place.brief).to_owned();
    let of_county = place.brief.county.and_then(|id| voice.index.atlas.find_place(id));
    let county = of_county.map(|county| voice.place_name(voice.index.atlas.place(county)));
    // A county has none around it, and is what its plan is for.
    let plans = plan_of(voice.index, place.brief.county.or(Some(&*place.brief.id)));
    let kind = voice.pick("地点资料", "Dossier").to_owned();
    let kicker = match county {
        Some(county) => format!("{kind} · {county} · {}", voice.term(place.brief.kind)),
        None => format!("{kind} · {}", voice.term(place.brief.kind)),
    };
    let mut blocks = vec![
        Block::Opening(voice.opening(kicker, place)),
        voice.exactness(place),
        Block::Facts { facts: voice.facts(place) },
        voice.counts(dossier),
    ];
    let mut images = Vec::new();
    if let Some(map) = map {
        blocks.push(Block::Picture {
            image: images.len(),
            alt: if voice.english() { format!("Map of {name}") } else { format!("{name}地图") },
            caption: caption(voice, &name, stand_in),
        });
        images.push(map);
    }
    let groups = voice.groups(dossier);
    if groups.is_empty() {
        let text = voice.pick(
            "规划中没有直接写到此地的内容。",
            "The plan says nothing about this place in particular.",
        );
        blocks.push(Block::Paragraph { tone: Tone::Plain, text: text.to_owned() });
    }
    for group in groups {
        blocks.push(Block::Heading { text: group.title, count: Some(group.records.len()) });
        blocks.push(Block::Records { records: group.records, close: false });
    }
    blocks.extend(voice.leads(dossier));
    blocks.extend(inside(voice, dossier));
    blocks.extend(voice.neighbours(place, &dossier.neighbours));
    blocks.extend(dossier.inherited.iter().flat_map(|inherited| voice.inherited(inherited)));
    blocks.extend(voice.citations(&dossier.citations));
    let called = voice.pick("资料", "dossier");
    Report {
        language: voice.tag(),
        title: format!("{name}{}{kind}", voice.pick("", " – ")),
        author: voice.author(&plans),
        landscape: false,
        name: format!("{name}-{called}"),
        foot: voice.foot(&plans, sources),
        blocks,
        images,
    }
}

fn caption(voice: Voice<'_>, name: &str, stand_in: Option<&str>) -> String {
    match (stand_in, voice.english()) {
        (Some(township), true) => {
            format!("{name} is not located; the map shows {township}, which it lies in.")
        }
        (Some(township), false) => format!("{name}没有位置，图中是它所在的{township}。"),
        (None, true) => format!("{name}, outlined in red."),
        (None, false) => format!("{name}，以红线圈出。"),
    }
}

fn inside(voice: Voice<'_>, dossier: &Dossier<'_>) -> Vec<Block> {
    if dossier.inside.is_empty() {
        return Vec::new();
    }
    let items = dossier.inside.iter().take(INSIDE).map(|place| {
        let kind = voice.term(place.kind);
        let located = place.point.is_some();
        let accuracy = voice.accuracy(place.accuracy.filter(|_| located), located);
        Fact::new(format!("{} · {kind}", voice.place(place)), accuracy)
    });
    let mut blocks = vec![
        Block::Heading {
            text: voice.pick("辖内地点", "Places inside").to_owned(),
            count: Some(dossier.inside.len()),
        },
        Block::List { items: items.collect(), columns: 2 },
    ];
    if let Some(more) = dossier.inside.len().checked_sub(INSIDE).filter(|&more| more > 0) {
        let text = if voice.english() {
            format!("{more} more are not listed here.")
        } else {
            format!("另有 {more} 处未在此列出。")
        };
        blocks.push(Block::Paragraph { tone: Tone::Rest, text });
    }
    blocks
}
