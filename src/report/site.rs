//! The brochure of a site: what an investor is handed. Two pages, four at most, so that it says how much it leaves
//! out rather than going on.

use crate::model::{Accuracy, PlaceIdx};
use crate::query::{Budget, Category, Near, SiteCard, UnitRef, site_card};
use crate::report::content::{Block, Code, Fact, Opening, Record, Report, Tone};
use crate::report::map::{self, Size};
use crate::report::place::{plan_of, sources};
use crate::report::voice::Voice;
use crate::report::written::distance;
use crate::report::{FARTHEST, ReportError, code};

/// The map of a brochure, pixels.
const MAP: Size = [760.0, 460.0];

/// Metres around a site that its map shows at least and at most.
const SHOWN: (f64, f64) = (4_000.0, 30_000.0);

/// A degree of latitude, in metres; of longitude it is less, the more so the further from the equator.
const DEGREE: f64 = 111_320.0;

/// Records of a kind, measures, and places of a category that are printed.
const ROLES: usize = 3;
const PROJECTS: usize = 4;
const TARGETS: usize = 5;
const MEASURES: usize = 24;
const NEAREST: usize = 3;

/// Metres within which two places stand on the same point, which says nothing of how far they are apart.
const SAME_POINT: f64 = 1.0;

/// The site with an id.
pub fn known(voice: Voice<'_>, id: &str) -> Result<PlaceIdx, ReportError> {
    let atlas = &voice.index.atlas;
    let place = atlas.find_place(id).ok_or_else(|| ReportError::Place(id.to_owned()))?;
    atlas.site_at(place).map(|_| place).ok_or_else(|| ReportError::Site(id.to_owned()))
}

/// Composes the brochure of a site.
pub fn report(
    voice: Voice<'_>,
    id: &str,
    radius: f64,
    link: Option<&str>,
    budget: &Budget,
) -> Result<Report, ReportError> {
    if !(0.0..=FARTHEST).contains(&radius) {
        return Err(ReportError::Radius(radius));
    }
    let square = link.map(|link| Ok::<_, ReportError>((link, code::code(link)?))).transpose()?;
    let handle = known(voice, id)?;
    let card = site_card(voice.index, handle, radius, budget)?;
    let card = card.ok_or_else(|| ReportError::Site(id.to_owned()))?;
    let atlas = &voice.index.atlas;
    let place = atlas.place(handle);
    let name = voice.place_name(place).to_owned();
    let mut images = Vec::new();
    let code = square.map(|(link, svg)| {
        images.push(svg);
        let caption = voice.pick("扫码查看", "Scan to open").to_owned();
        Code { image: images.len() - 1, link: link.to_owned(), caption }
    });
    let mut blocks = vec![Block::Opening(opening(voice, handle, code)), exactness(voice, &card)];
    blocks.push(Block::Records { records: vec![offered(voice, &card)], close: false });
    if let Some(map) = drawn(voice, handle, &card, radius, budget)? {
        blocks.push(Block::Picture {
            image: images.len(),
            alt: if voice.english() { format!("Map of {name}") } else { format!("{name}地图") },
            caption: if voice.english() {
                format!("{name}, circled in red.")
            } else {
                format!("{name}，以红圈标出。")
            },
        });
        images.push(map);
    }
    let targets = card.targets.iter().map(|target| voice.target(target)).collect();
    blocks.extend(limited(
        voice,
        "服务的指标",
        "Targets that business here serves",
        targets,
        TARGETS,
    ));
    let projects = card.projects.iter().map(|project| voice.project(project)).collect();
    blocks.extend(limited(voice, "此地的项目", "Projects here", projects, PROJECTS));
    let roles = card.roles.iter().map(|role| voice.role(role)).collect();
    blocks.extend(limited(voice, "布局定位", "Roles in the layout", roles, ROLES));
    blocks.extend(measures(voice, &card));
    blocks.extend(around(voice, &card));
    blocks.extend(contacts(voice, &card));
    let plans = plan_of(voice.index, place.county.map(|county| atlas.place(county).id.as_str()));
    let kind = voice.pick("招商简介", "Site brochure");
    Ok(Report {
        language: voice.tag(),
        title: format!("{name}{}{kind}", voice.pick("", " – ")),
        author: voice.author(&plans),
        landscape: false,
        name: format!("{name}-{}", voice.pick("招商简介", "brochure")),
        foot: voice.foot(&plans, sources(voice.index, &[handle])),
        blocks,
        images,
    })
}

fn opening(voice: Voice<'_>, handle: PlaceIdx, code: Option<Code>) -> Opening {
    let place = voice.index.atlas.place(handle);
    let mut kicker = vec![voice.pick("招商简介", "Site brochure"), voice.county_of(place)];
    kicker.push(voice.term(&place.kind));
    kicker.retain(|word| !word.is_empty());
    let other = if voice.english() { Some(&place.name) } else { place.name_en.as_ref() };
    Opening {
        kicker: kicker.join(" · "),
        title: voice.place_name(place).to_owned(),
        second: other
            .filter(|other| **other != voice.place_name(place))
            .cloned()
            .unwrap_or_default(),
        lines: Vec::new(),
        code,
    }
}

/// How exact the position is, and on whose seat the site stands.
fn exactness(voice: Voice<'_>, card: &SiteCard<'_>) -> Block {
    let located = card.site.place.point.is_some();
    let accuracy = card.position.accuracy.filter(|_| located);
    let label = voice.pick("位置精度", "Accuracy of the position");
    let label = voice.labelled(label, voice.accuracy(accuracy, located));
    let mut said = vec![label, voice.accuracy_plain(accuracy, located).to_owned()];
    if let Some(township) = &card.position.stands_on {
        let township = voice.place(township);
        said.push(if voice.english() {
            format!("It stands on the seat of {township}.")
        } else {
            format!("驻地为{township}。")
        });
    }
    let stop = voice.pick("。", ". ");
    let first = said.remove(0);
    Block::Paragraph {
        tone: Tone::Notice,
        text: format!("{first}{stop}{}", said.join(voice.pick("", " "))),
    }
}

/// What the plan wants the place to be, and what is sought there.
fn offered(voice: Voice<'_>, card: &SiteCard<'_>) -> Record {
    let site = &card.site;
    let mut lines = Vec::new();
    let sought = site.sought.iter().map(|one| voice.named(one.zh, Some(one.en)));
    voice.fact(&mut lines, "招引方向", "Sought", voice.joined(sought));
    let industries = site.industries.iter().map(|term| voice.named(&term.zh, Some(&term.en)));
    voice.fact(&mut lines, "产业", "Industries", voice.joined(industries));
    Record {
        kicker: voice.pick("规划定位", "Role in the plan").to_owned(),
        title: voice.named(site.title, Some(site.title_en)).to_owned(),
        lines,
        note: voice.pick(site.note, "").to_owned(),
        cite: voice.cite(site.plan, site.section),
        quote: site.quote.trim().to_owned(),
        ..Record::default()
    }
}

/// The map of what is looked for around it: the ground, the sites, and the layers of the surroundings.
fn drawn(
    voice: Voice<'_>,
    handle: PlaceIdx,
    card: &SiteCard<'_>,
    radius: f64,
    budget: &Budget,
) -> Result<Option<String>, ReportError> {
    let atlas = &voice.index.atlas;
    let Some([lon, lat]) = card.site.place.point else { return Ok(None) };
    let around = |id: &String| atlas.surroundings.iter().any(|one| one.layers.contains(id));
    let shown = atlas.layers.iter().filter(|layer| {
        layer.visible && layer.group == "base"
            || around(&layer.id)
            || layer.select.as_ref().is_some_and(|select| select.sites)
    });
    let layers: Vec<String> = shown.map(|layer| layer.id.clone()).collect();
    let reach = radius.clamp(SHOWN.0, SHOWN.1) / DEGREE;
    let across = reach / lat.to_radians().cos().max(0.1);
    let own = atlas.place(handle).bounds();
    let bounds = [lon - across, lat - reach * 0.7, lon + across, lat + reach * 0.7];
    // A site that is itself larger than that is shown whole.
    let bounds = own.map_or(bounds, |own| {
        [
            bounds[0].min(own.min().x),
            bounds[1].min(own.min().y),
            bounds[2].max(own.max().x),
            bounds[3].max(own.max().y),
        ]
    });
    let id = atlas.place(handle).id.as_str();
    let name = voice.place_name(atlas.place(handle));
    let heading = if voice.english() {
        format!("{name} and its surroundings")
    } else {
        format!("{name}及周边")
    };
    map::over(voice, &heading, (bounds, Some(id)), layers, MAP, budget)
}

/// The first records under a heading, and how many there are besides.
fn limited(
    voice: Voice<'_>,
    zh: &str,
    en: &str,
    mut records: Vec<Record>,
    most: usize,
) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let total = records.len();
    records.truncate(most);
    let mut blocks = vec![
        Block::Heading { text: voice.pick(zh, en).to_owned(), count: Some(total) },
        Block::Records { records, close: true },
    ];
    blocks.extend(rest(voice, total, most));
    blocks
}

fn rest(voice: Voice<'_>, total: usize, most: usize) -> Option<Block> {
    let more = total.checked_sub(most).filter(|&more| more > 0)?;
    let text = if voice.english() {
        format!("{more} more are in the dossier of the place.")
    } else {
        format!("另有 {more} 项，见此地的地点资料。")
    };
    Some(Block::Paragraph { tone: Tone::Rest, text })
}

/// Measures of the plan that apply: what, and where it says so.
fn measures(voice: Voice<'_>, card: &SiteCard<'_>) -> Vec<Block> {
    let Some(first) = card.measures.first() else { return Vec::new() };
    let plan = voice.plan(first.plan);
    let items = card.measures.iter().take(MEASURES).map(|measure| {
        let title = voice.named(measure.title, measure.title_en);
        let sections = measure.section.iter().map(|id| voice.section_number(plan, id));
        Fact::new(if title.is_empty() { measure.task } else { title }, voice.joined(sections))
    });
    let title = plan.map_or_else(String::new, |plan| voice.plan_title(plan));
    let mut blocks = vec![
        Block::Heading {
            text: voice.pick("适用的规划措施", "Measures of the plan that apply").to_owned(),
            count: Some(card.measures.len()),
        },
        Block::Paragraph {
            tone: Tone::Quiet,
            text: voice.labelled(voice.pick("出处", "From"), &title),
        },
        Block::List { items: items.collect(), columns: 2 },
    ];
    blocks.extend(rest(voice, card.measures.len(), MEASURES));
    blocks
}

/// What lies around, by category, nearest first.
fn around(voice: Voice<'_>, card: &SiteCard<'_>) -> Vec<Block> {
    let Some(surroundings) = &card.surroundings else { return Vec::new() };
    let vague = |accuracy: Option<Accuracy>| {
        matches!(accuracy, Some(Accuracy::Seat | Accuracy::Approximate | Accuracy::Schematic))
    };
    let own = vague(card.position.accuracy);
    let one = |near: &Near<'_>| {
        let name = voice.place(&near.place);
        if near.distance_m < SAME_POINT {
            let same = voice.pick("同在一点，距离不详", "on the same point, distance unknown");
            return bracketed(voice, name, same);
        }
        let rough = own || vague(near.place.accuracy);
        bracketed(voice, name, &distance(voice, near.distance_m, rough))
    };
    let category = |category: &Category<'_>| {
        let label = voice.named(category.title, Some(category.title_en));
        let nearest = category.items.iter().take(NEAREST).map(one);
        let mut text = voice.joined(nearest);
        if category.total == 0 {
            voice.pick("范围内没有", "none within the radius").clone_into(&mut text);
        } else if category.total > NEAREST {
            text.push_str(voice.pick("……", " …"));
        }
        Fact::new(format!("{label} {}", category.total), text)
    };
    let reach = distance(voice, surroundings.radius_m, false);
    let note = if voice.english() {
        format!(
            "Within {reach} in a straight line, not by road; how many there are, and the nearest {NEAREST} of each kind."
        )
    } else {
        format!("直线距离 {reach} 以内（不是行车里程）的处数，每类列出最近的 {NEAREST} 处。")
    };
    vec![
        Block::Heading { text: voice.pick("周边", "Surroundings").to_owned(), count: None },
        Block::Paragraph { tone: Tone::Quiet, text: note },
        Block::Facts { facts: surroundings.categories.iter().map(category).collect() },
    ]
}

fn bracketed(voice: Voice<'_>, name: &str, beside: &str) -> String {
    if voice.english() { format!("{name} ({beside})") } else { format!("{name}（{beside}）") }
}

/// The units that the plan makes responsible. It names no persons, and none are made up.
fn contacts(voice: Voice<'_>, card: &SiteCard<'_>) -> Vec<Block> {
    let heading = voice.pick("联系单位", "Units to turn to").to_owned();
    if card.units.is_empty() {
        let text = voice.pick(
            "规划没有为此地的项目和措施写明责任单位，也没有写联系人和电话。",
            "The plan names no unit responsible for projects and measures here, no persons and no telephone numbers.",
        );
        return vec![
            Block::Heading { text: heading, count: None },
            Block::Paragraph { tone: Tone::Quiet, text: text.to_owned() },
        ];
    }
    let leads = |unit: &UnitRef<'_>| {
        let projects = card.projects.iter().map(|project| &project.lead_units);
        let mut all =
            projects.chain(card.measures.iter().map(|measure| &measure.lead_units)).flatten();
        all.any(|one| one.id == unit.id)
    };
    let items = card.units.iter().map(|unit| {
        let part = if leads(unit) {
            voice.pick("牵头单位", "leads")
        } else {
            voice.pick("配合单位", "cooperates")
        };
        Fact::new(voice.named(unit.name, unit.name_en), part)
    });
    let note = voice.pick(
        "规划为此地的项目和措施确定的责任单位；规划没有写联系人和电话。",
        "Units that the plan makes responsible for projects and measures here; it names no persons and no telephone numbers.",
    );
    vec![
        Block::Heading { text: heading, count: Some(card.units.len()) },
        Block::Paragraph { tone: Tone::Quiet, text: note.to_owned() },
        Block::List { items: items.collect(), columns: 2 },
    ]
}
