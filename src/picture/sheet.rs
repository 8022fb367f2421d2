//! A sheet: a map with its margins, or a map alone.

use std::collections::BTreeSet;

use geo::Geometry;

use crate::crs::Crs;
use crate::index::IndexedAtlas;
use crate::model::Atlas;
use crate::picture::compose::{Look, compose};
use crate::picture::fonts::FONTS;
use crate::picture::furniture::{self, Room, broken, grouped, line};
use crate::picture::grid::{Net, net};
use crate::picture::legend::{self, shortened};
use crate::picture::outline::Outline;
use crate::picture::palette::{GROUND, HALO, INK, NEIGHBOUR_INK, PAPER, SEAL};
use crate::picture::scene::{Anchor, Ink, Paint, Text};
use crate::picture::svg::Markup;
use crate::picture::{Brush, Frame, Language};
use crate::query::{Budget, Unanswered};

/// What is to be drawn, resolved.
#[derive(Debug)]
pub struct Sheet {
    /// The map itself; its size is that of the room that [`Margins::map`] leaves, or of the whole picture.
    pub frame: Frame,
    /// Layers and language.
    pub look: Look,
    /// Width and height of the whole, pixels.
    pub size: [f64; 2],
    /// The same on paper, millimetres.
    pub paper: Option<[f64; 2]>,
    /// Scale, where it was asked for or the picture is meant for paper.
    pub scale: Option<f64>,
    /// What stands around the map; nothing where `None`.
    pub margins: Option<Margins>,
    /// The net over the map.
    pub net: Net,
    /// What the picture is about, where it is to stand out: a red line around it.
    pub subject: Option<Geometry<f64>>,
}

/// What stands around a map.
#[derive(Debug, Clone)]
pub struct Margins {
    /// Heading.
    pub title: String,
    /// Day that the sheet is marked with, ISO 8601; none where empty.
    pub date: String,
}

/// Where things stand on a sheet of a size.
struct Layout {
    /// Size of letters.
    em: f64,
    map: Room,
    column: Room,
    foot: Room,
    head: Room,
}

impl Layout {
    fn of([width, height]: [f64; 2]) -> Self {
        let em = (width.min(height) / 85.0).clamp(10.5, 40.0);
        let edge = em * 2.2;
        let column = (em * 18.0).min(width * 0.3);
        let head = em * 3.4;
        let foot = em * 6.4;
        let numbers = em * 1.5;
        let map_width = width - 2.0 * edge - column - em * 2.0 - 2.0 * numbers;
        let map_height = height - 2.0 * edge - head - foot - 2.0 * numbers;
        let map = [edge + numbers, edge + head + numbers, map_width, map_height];
        let below = map[1] + map_height + numbers + em * 1.2;
        Self {
            em,
            map,
            column: [width - edge - column, edge + head, column, map_height + 2.0 * numbers],
            foot: [edge, below, width - 2.0 * edge, height - edge - below],
            head: [edge, edge, width - 2.0 * edge, head],
        }
    }
}

impl Margins {
    /// The room that is left for the map on a sheet of so many pixels; `None` where there is too little.
    #[must_use]
    pub fn map(size: [f64; 2]) -> Option<[f64; 2]> {
        let [_, _, width, height] = Layout::of(size).map;
        (width >= 120.0 && height >= 120.0).then_some([width, height])
    }
}

/// Draws a sheet as SVG.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn picture(
    index: &IndexedAtlas,
    sheet: &Sheet,
    brush: Option<Brush<'_>>,
    budget: &Budget,
) -> Result<String, Unanswered> {
    let scene = compose(index, &sheet.look, &sheet.frame, budget)?;
    let lines = net(&sheet.frame, sheet.net);
    let mut markup = Markup::default();
    let [width, height] = sheet.frame.size();
    let room = sheet.margins.as_ref().map(|_| Layout::of(sheet.size));
    let [left, top, ..] = room.as_ref().map_or([0.0, 0.0, width, height], |layout| layout.map);
    let map = [left, top, width, height];
    let plates = brush.map(|brush| brush.over(map, budget));
    markup.open("map", map);
    let paint = Paint { fill: Some(GROUND.to_owned()), opacity: 1.0, ..Paint::default() };
    let corners = vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    markup.shape(&Outline::Areas(vec![corners]), &paint);
    let grid = Paint {
        stroke: Some(NEIGHBOUR_INK.to_owned()),
        width: 0.5,
        opacity: 0.55,
        ..Paint::default()
    };
    let under = |slot| slot < crate::picture::scene::Slot::CountyName;
    for group in scene.groups.iter().filter(|group| under(group.slot)) {
        markup.group(group, plates.as_ref());
    }
    for line in &lines {
        markup.shape(&Outline::Lines(vec![line.path.clone()]), &grid);
    }
    if let Some(subject) = &sheet.subject {
        stand_out(&mut markup, subject, &sheet.frame);
    }
    for group in scene.groups.iter().filter(|group| !under(group.slot)) {
        markup.group(group, plates.as_ref());
    }
    markup.close();
    let title = sheet.margins.as_ref().map_or("", |margins| margins.title.as_str());
    if let (Some(margins), Some(layout)) = (&sheet.margins, &room) {
        around(&mut markup, index, sheet, (margins, layout), &scene.legend, &lines);
    }
    let ground = sheet.margins.as_ref().map(|_| PAPER);
    Ok(markup.document(sheet.size, sheet.paper, ground, title))
}

fn around(
    markup: &mut Markup,
    index: &IndexedAtlas,
    sheet: &Sheet,
    (margins, layout): (&Margins, &Layout),
    seen: &[crate::picture::scene::LegendLayer],
    lines: &[crate::picture::grid::NetLine],
) {
    let (atlas, language, em) = (&index.atlas, sheet.look.language, layout.em);
    let [left, top, width, head] = layout.head;
    let middle = left + width / 2.0;
    let spacing = if language == Language::Chinese { 0.12 } else { 0.0 };
    let of_atlas = language.pick(&atlas.title, &atlas.title_en);
    let beside = if of_atlas == margins.title { "" } else { of_atlas };
    // A long heading is smaller, and one that is longer still is cut short: it never runs into what is beside it.
    let room = width - 2.0 * (FONTS.width(beside, false) + 1.0) * em;
    let letters = f64::from(u32::try_from(margins.title.chars().count()).unwrap_or(u32::MAX));
    let long = FONTS.width(&margins.title, true) + letters * spacing;
    let large = (room / long.max(1.0)).clamp(em * 1.1, em * 2.1);
    let heading = shortened(&margins.title, large * (1.0 + spacing), room);
    let title = line(heading, (middle, top + em * 1.05), large, Anchor::Middle);
    markup.text(&Text { bold: true, spacing, ..title });
    if !beside.is_empty() {
        let text = line(beside, (left + width, top + head * 0.55), em, Anchor::End);
        markup.text(&Text { color: NEIGHBOUR_INK.to_owned(), ..text });
    }
    furniture::border(markup, layout.map, lines, em);
    let [map_left, map_top, map_width, _] = layout.map;
    let [column_left, column_top, column_width, column_height] = layout.column;
    let inset_height = column_width * 0.72;
    let legend_room =
        [column_left, column_top, column_width, column_height - inset_height - em * 2.2];
    legend::legend(markup, legend_room, seen, language, em);
    let inset_top = column_top + column_height - inset_height;
    let room = [column_left, inset_top, column_width, inset_height];
    furniture::inset(markup, room, index, &sheet.frame, language, em);
    let north = (map_left + map_width - em * 2.2, map_top + em * 4.6);
    furniture::north(markup, north, &sheet.frame, language, em * 1.1);
    let [foot_left, foot_top, foot_width, foot_height] = layout.foot;
    let widest = (map_width * 0.3).clamp(em * 9.0, em * 20.0);
    let bar_left = foot_left + em * 0.6;
    let at = (bar_left, foot_top + em * 1.3);
    furniture::scale_bar(markup, at, &sheet.frame, widest, sheet.scale, language, em);
    let origin = [
        foot_left + widest + em * 4.0,
        foot_top + em * 0.3,
        foot_width - widest - em * 4.0,
        foot_height,
    ];
    let said = origins(index, sheet, margins);
    let lines = |size: f64| -> Vec<String> {
        said.iter().flat_map(|sentence| broken(sentence, size, origin[2])).collect()
    };
    // Smaller rather than cut off: the last line says what the map may be used for.
    let mut small = em * 0.88;
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    while small > em * 0.5 && lines(small).len() as f64 * small * LEADING > origin[3] {
        small *= 0.96;
    }
    let mut row = origin[1];
    for part in lines(small) {
        let text = line(part, (origin[0], row + small * 0.5), small, Anchor::Start);
        markup.text(&Text { color: INK.to_owned(), ..text });
        row += small * LEADING;
    }
}

/// From one line at the foot of a sheet to the next, in sizes.
const LEADING: f64 = 1.4;

/// Where it comes from, how exact it is, and which data it shows.
fn origins(index: &IndexedAtlas, sheet: &Sheet, margins: &Margins) -> Vec<String> {
    let atlas = &index.atlas;
    let language = sheet.look.language;
    let english = language == Language::English;
    let mut said = Vec::new();
    let plans: Vec<String> = atlas
        .plans
        .iter()
        .map(|plan| if english { plan.title_en.clone() } else { format!("《{}》", plan.title) })
        .collect();
    if !plans.is_empty() {
        let joined = plans.join(language.pick("、", "; "));
        said.push(format!("{}{joined}", language.pick("内容来源：", "Content: ")));
    }
    let mut sources: BTreeSet<&str> = BTreeSet::new();
    for &number in &sheet.look.layers {
        for &place in &atlas.layers[number].places {
            let place = atlas.place(place);
            if let Some(source) = place.geometry.as_ref().and(place.source.as_ref()) {
                sources.insert(if english { &source.en } else { &source.zh });
            }
        }
    }
    if !sources.is_empty() {
        let joined: Vec<&str> = sources.into_iter().collect();
        let joined = joined.join(language.pick("、", "; "));
        said.push(format!("{}{joined}", language.pick("位置来源：", "Positions: ")));
    }
    said.push(approval(atlas, language));
    let scale = sheet.scale.map_or_else(String::new, |scale| format!(" · 1:{}", grouped(scale)));
    let kilometres = sheet.net == Net::Fitting && matches!(sheet.frame.crs(), Crs::GaussKruger(_));
    let net = if kilometres {
        language.pick(" · 方里网（千米）", " · grid in kilometres")
    } else {
        ""
    };
    let date = if margins.date.is_empty() { "" } else { " · " };
    said.push(format!(
        "{}{}{scale}{net} · {} {}{date}{}",
        language.pick("坐标系 ", ""),
        sheet.frame.crs().name(),
        language.pick("数据版本", "data version"),
        atlas.data_version,
        margins.date,
    ));
    said
}

/// The map approval number, or that there is none and what a map without one may be used for.
#[must_use]
pub fn approval(atlas: &Atlas, language: Language) -> String {
    match &atlas.review_number {
        Some(number) => format!("{}{number}", language.pick("审图号：", "Map approval number: ")),
        None => language
            .pick(
                "示意图，未经审图，仅供内部研究；界线不作为划界依据。",
                "A diagram without map approval, for internal study; boundaries settle nothing.",
            )
            .to_owned(),
    }
}

/// A red line around what the picture is about, on a light one that keeps it clear of what is under it; a ring
/// around a spot.
fn stand_out(markup: &mut Markup, geometry: &Geometry<f64>, frame: &Frame) {
    const AROUND: f64 = 15.0;
    let Some(outline) = Outline::of(geometry, frame) else { return };
    let strokes = [(HALO, 5.0), (SEAL, 2.2)].map(|(color, width)| Paint {
        stroke: Some(color.to_owned()),
        width,
        opacity: 1.0,
        round: true,
        ..Paint::default()
    });
    for paint in strokes {
        match &outline {
            Outline::Points(points) => {
                for &at in points {
                    markup.ink(&Ink::Disc(at, AROUND, paint.clone()));
                }
            }
            _ => markup.shape(&outline, &paint),
        }
    }
}
