//! The booklet of a layer: a cover with the whole of it, contents, and a page for each township.

use crate::model::{Layer, PlaceIdx, Plan};
use crate::query::{Budget, dossier, union};
use crate::report::ReportError;
use crate::report::content::{Block, Entry, Fact, Group, Opening, Report, Tone};
use crate::report::map::{self, Size};
use crate::report::place::sources;
use crate::report::voice::Voice;

/// Townships of one booklet.
pub const MOST: usize = 200;

/// The map of the cover and that of a page, pixels.
const COVER: Size = [760.0, 740.0];
const PAGE: Size = [820.0, 430.0];

/// A township and what of the layer lies in it.
struct Part {
    township: PlaceIdx,
    places: Vec<PlaceIdx>,
}

/// Composes the booklet of a layer, cut down to a county where one is given.
pub fn report(
    voice: Voice<'_>,
    id: &str,
    county: Option<&str>,
    budget: &Budget,
) -> Result<Report, ReportError> {
    let atlas = &voice.index.atlas;
    let layer = atlas.layer(id).ok_or_else(|| ReportError::Layer(id.to_owned()))?;
    let county = county.map(|id| {
        let county = atlas.find_place(id).filter(|&place| atlas.plan_of_county(place).is_some());
        county.ok_or_else(|| ReportError::County(id.to_owned()))
    });
    let county = county.transpose()?;
    let (parts, apart) = parts(voice, layer, county);
    if parts.is_empty() {
        return Err(ReportError::Empty(id.to_owned()));
    }
    if parts.len() > MOST {
        return Err(ReportError::Townships(parts.len()));
    }
    let counties: Vec<PlaceIdx> = if let Some(county) = county {
        vec![county]
    } else {
        let of = |plan: &&Plan| {
            parts.iter().any(|part| atlas.place(part.township).county == Some(plan.county))
        };
        atlas.plans.iter().filter(of).map(|plan| plan.county).collect()
    };
    let plans: Vec<&Plan> = counties.iter().filter_map(|&c| atlas.plan_of_county(c)).collect();
    let names = voice.joined(counties.iter().map(|&c| voice.place_name(atlas.place(c))));
    let title = voice.named(&layer.title, Some(&layer.title_en));
    let mut images = Vec::new();
    let mut blocks = vec![Block::Cover(Opening {
        kicker: names.clone(),
        title: title.to_owned(),
        second: voice.pick("乡镇分册", "Township by township").to_owned(),
        lines: plans.iter().map(|plan| voice.plan_signed(plan)).collect(),
        code: None,
    })];
    let note = layer.note.as_deref().map(|note| voice.named(note, layer.note_en.as_deref()));
    if let Some(note) = note {
        blocks.push(Block::Paragraph { tone: Tone::Notice, text: note.to_owned() });
    }
    let layers = drawn_with(voice, layer);
    let bounds = counties.iter().filter_map(|&county| atlas.place(county).bounds()).reduce(union);
    let whole = bounds.map(|b| [b.min().x, b.min().y, b.max().x, b.max().y]);
    if let Some(bounds) = whole
        && let Some(map) = map::over(voice, title, (bounds, None), layers.clone(), COVER, budget)?
    {
        let alt = if voice.english() {
            format!("Map of the layer {title}")
        } else {
            format!("图层“{title}”全图")
        };
        blocks.push(Block::Picture { image: 0, alt, caption: String::new() });
        images.push(map);
    }
    blocks.push(contents(voice, &parts, counties.len() > 1, layer));
    blocks.extend(unassigned(voice, &apart));
    for part in &parts {
        blocks.push(sheet(voice, layer, part, &layers, &mut images, budget)?);
    }
    let shown: Vec<PlaceIdx> =
        parts.iter().flat_map(|part| part.places.iter().copied().chain([part.township])).collect();
    let called = voice.pick("乡镇分册", "booklet");
    Ok(Report {
        language: voice.tag(),
        title: if voice.english() {
            format!("{title} – {names}")
        } else {
            format!("{names}{title}·乡镇分册")
        },
        author: voice.author(&plans),
        landscape: false,
        name: format!("{title}-{called}"),
        foot: voice.foot(&plans, sources(voice.index, &shown)),
        blocks,
        images,
    })
}

/// The townships that places of a layer lie in, in the order of the atlas, and the places that lie in none.
fn parts(voice: Voice<'_>, layer: &Layer, county: Option<PlaceIdx>) -> (Vec<Part>, Vec<PlaceIdx>) {
    let atlas = &voice.index.atlas;
    let mut parts: Vec<Part> = Vec::new();
    let mut apart = Vec::new();
    for &place in &layer.places {
        if county.is_some_and(|county| atlas.place(place).county != Some(county)) {
            continue;
        }
        let Some(township) = atlas.township_of(place) else {
            apart.push(place);
            continue;
        };
        let known = parts.iter().position(|part| part.township == township);
        let number = known.unwrap_or_else(|| {
            parts.push(Part { township, places: Vec::new() });
            parts.len() - 1
        });
        if place != township {
            parts[number].places.push(place);
        }
    }
    parts.sort_by_key(|part| part.township);
    (parts, apart)
}

/// The ground of the map and the layer; not the other layers, whose legends would take its room.
fn drawn_with(voice: Voice<'_>, layer: &Layer) -> Vec<String> {
    let layers = &voice.index.atlas.layers;
    let base = |one: &&Layer| one.visible && one.group == "base" || one.id == layer.id;
    layers.iter().filter(base).map(|one| one.id.clone()).collect()
}

/// What the legend of the layer calls a place.
fn class<'a>(voice: Voice<'a>, layer: &'a Layer, place: PlaceIdx) -> Option<&'a str> {
    let position = layer.places.iter().position(|&one| one == place)?;
    let class = layer.classes.get(layer.class_of[position]?)?;
    Some(voice.named(&class.label, Some(&class.label_en)))
}

fn contents(voice: Voice<'_>, parts: &[Part], several: bool, layer: &Layer) -> Block {
    let atlas = &voice.index.atlas;
    let entries = parts.iter().map(|part| {
        let place = atlas.place(part.township);
        let mut aside: Vec<&str> = Vec::new();
        aside.extend(Some(voice.county_of(place)).filter(|county| several && !county.is_empty()));
        aside.extend(class(voice, layer, part.township));
        Entry {
            id: place.id.clone(),
            title: voice.place_name(place).to_owned(),
            aside: aside.join(" · "),
        }
    });
    Block::Contents {
        title: voice.pick("目录", "Contents").to_owned(), entries: entries.collect()
    }
}

/// Places of the layer that are in no township, so that no page shows them.
fn unassigned(voice: Voice<'_>, apart: &[PlaceIdx]) -> Vec<Block> {
    if apart.is_empty() {
        return Vec::new();
    }
    let atlas = &voice.index.atlas;
    let items = apart.iter().map(|&place| {
        let place = atlas.place(place);
        let accuracy = voice.accuracy(place.accuracy, place.geometry.is_some());
        let label = format!("{} · {}", voice.place_name(place), voice.term(&place.kind));
        Fact::new(label, accuracy)
    });
    let heading =
        voice.pick("未归入乡镇的地点", "Places of the layer that are in no township").to_owned();
    vec![
        Block::Heading { text: heading, count: Some(apart.len()) },
        Block::List { items: items.collect(), columns: 2 },
    ]
}

fn sheet(
    voice: Voice<'_>,
    layer: &Layer,
    part: &Part,
    layers: &[String],
    images: &mut Vec<String>,
    budget: &Budget,
) -> Result<Block, ReportError> {
    let atlas = &voice.index.atlas;
    let place = atlas.place(part.township);
    let mut dossier = dossier(voice.index, part.township);
    // What the layer is about comes first.
    let about = |kind: &str| layer.classes.iter().any(|class| class.value == kind);
    dossier.roles.sort_by_key(|role| !about(&role.kind.id));
    let name = voice.place_name(place);
    let mut kicker = vec![voice.county_of(place)];
    kicker.push(voice.named(&layer.title, Some(&layer.title_en)));
    kicker.extend(class(voice, layer, part.township));
    kicker.dedup();
    kicker.retain(|word| !word.is_empty());
    let title = voice.named(&layer.title, Some(&layer.title_en));
    let heading = format!("{name} · {title}");
    let mut head = vec![
        Block::Opening(voice.opening(kicker.join(" · "), &dossier.place)),
        voice.exactness(&dossier.place),
    ];
    if let Some(map) = map::around(voice, &place.id, Some(&heading), layers.to_vec(), PAGE, budget)?
    {
        let alt = if voice.english() { format!("Map of {name}") } else { format!("{name}地图") };
        head.push(Block::Picture { image: images.len(), alt, caption: String::new() });
        images.push(map);
    }
    head.push(voice.counts(&dossier));
    if !part.places.is_empty() {
        let names = part.places.iter().map(|&place| {
            let place = atlas.place(place);
            format!("{}（{}）", voice.place_name(place), voice.term(&place.kind))
        });
        let label = voice.pick("本图层在此的地点", "Places of the layer here");
        let text = voice.labelled(label, &voice.joined(names));
        head.push(Block::Paragraph { tone: Tone::Plain, text });
    }
    let groups: Vec<Group> = voice.groups(&dossier);
    if groups.is_empty() {
        let text = voice.pick(
            "规划中没有直接写到此地的内容。",
            "The plan says nothing about this place in particular.",
        );
        head.push(Block::Paragraph { tone: Tone::Plain, text: text.to_owned() });
    }
    let rest = voice.pick(
        "本页列不下的还有 {n} 条，全文见该乡镇的地点资料。",
        "{n} more do not fit on this page; the dossier of the township has them all.",
    );
    Ok(Block::Sheet { id: place.id.clone(), head, groups, rest: rest.to_owned() })
}
