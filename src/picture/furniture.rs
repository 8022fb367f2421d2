//! What stands around a map: title, legend, scale, north, where it lies, and where it comes from.

use geo::Rect;

use crate::index::IndexedAtlas;
use crate::model::kinds;
use crate::picture::fonts::FONTS;
use crate::picture::grid::NetLine;
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::{COUNTY_TINTS, INK, NEIGHBOUR_INK, PAPER, SEAL};
use crate::picture::scene::{Anchor, Paint, Text};
use crate::picture::svg::{Markup, hairline};
use crate::picture::{Frame, Language};
use crate::query::union;

/// A rectangle on the sheet: left, top, width, height.
pub type Room = [f64; 4];

/// A line of text in the margins.
#[must_use]
pub fn line(text: impl Into<String>, at: Position, size: f64, anchor: Anchor) -> Text {
    Text {
        lines: vec![text.into()],
        at,
        anchor,
        size,
        bold: false,
        italic: false,
        spacing: 0.0,
        leading: 1.4,
        color: INK.to_owned(),
        opacity: 1.0,
        halo: 0.0,
        turn: 0.0,
    }
}

/// Breaks a text into lines that are no wider than so many pixels.
#[must_use]
pub fn broken(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in words(text) {
        let wide = FONTS.width(word, false) * size;
        if used > 0.0 && used + wide > width {
            lines.push(String::new());
            used = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if used == 0.0 { word.trim_start() } else { word });
        }
        used += wide;
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// What must not be torn apart: Latin words with the space before them; a Chinese letter with the stops behind
/// it.
fn words(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let wide = |c: char| c as u32 >= 0x2E80;
        let closing = "，。；：、）》】！？,.;:)".contains(c);
        let opened = "（《【(".contains(before);
        let breaks = c == ' ' || (wide(c) || wide(before)) && before != ' ';
        if at > 0 && breaks && !closing && !opened {
            starts.push(at);
        }
        before = c;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&from, to)| &text[from..to]).collect()
}

/// The frame around a map, and the numbers of its net.
pub fn border(sheet: &mut Markup, [x, y, width, height]: Room, lines: &[NetLine], size: f64) {
    let rectangle = |grow: f64| {
        let (left, top) = (x - grow, y - grow);
        let (right, bottom) = (x + width + grow, y + height + grow);
        Outline::Areas(vec![vec![(left, top), (right, top), (right, bottom), (left, bottom)]])
    };
    sheet.shape(&rectangle(0.0), &hairline(0.8));
    let out = size * 1.5;
    sheet.shape(&rectangle(out), &hairline(1.8));
    let number = |text: &str, at, turn| Text { turn, ..line(text, at, size * 0.8, Anchor::Middle) };
    for line in lines {
        let ends = [line.path.first(), line.path.last()];
        for &(px, py) in ends.into_iter().flatten() {
            let (left, top) = (x + px, y + py);
            let edge = |at: f64, end: f64| (at - end).abs() < 0.5;
            let room = size * 2.2;
            if line.upright && (room..width - room).contains(&px) {
                if edge(py, 0.0) {
                    sheet.text(&number(&line.label, (left, y - out / 2.0), 0.0));
                } else if edge(py, height) {
                    sheet.text(&number(&line.label, (left, y + height + out / 2.0), 0.0));
                }
            } else if !line.upright && (room..height - room).contains(&py) {
                if edge(px, 0.0) {
                    sheet.text(&number(&line.label, (x - out / 2.0, top), -90.0));
                } else if edge(px, width) {
                    sheet.text(&number(&line.label, (x + width + out / 2.0, top), -90.0));
                }
            }
        }
    }
}

/// A bar of round length and, on paper, the scale in figures. Says how wide it is.
pub fn scale_bar(
    sheet: &mut Markup,
    (x, y): Position,
    frame: &Frame,
    widest: f64,
    scale: Option<f64>,
    language: Language,
    size: f64,
) -> f64 {
    let per_pixel = frame.metres_per_pixel();
    let length = round_below(widest * per_pixel);
    let width = length / per_pixel;
    let (unit, shown) = if length >= 1000.0 {
        (language.pick(" 千米", " km"), length / 1000.0)
    } else {
        (language.pick(" 米", " m"), length)
    };
    let quarter = width / 4.0;
    let thick = size * 0.42;
    for part in 0..4_u32 {
        let left = x + f64::from(part) * quarter;
        let corners =
            vec![(left, y), (left + quarter, y), (left + quarter, y + thick), (left, y + thick)];
        let color = if part % 2 == 0 { INK } else { PAPER };
        let paint = Paint { fill: Some(color.to_owned()), ..hairline(0.7) };
        sheet.shape(&Outline::Areas(vec![corners]), &paint);
    }
    let above = y - size * 0.75;
    for (at, text) in
        [(0.0, "0".to_owned()), (0.5, figure(shown / 2.0)), (1.0, figure(shown) + unit)]
    {
        sheet.text(&line(text, (x + width * at, above), size * 0.9, Anchor::Middle));
    }
    if let Some(scale) = scale {
        let text = format!("{} 1:{}", language.pick("比例尺", "Scale"), grouped(scale));
        sheet.text(&Text {
            bold: true,
            ..line(text, (x, y + thick + size * 1.1), size, Anchor::Start)
        });
    }
    width
}

/// The largest of 1, 2 and 5 times a power of ten that is not above a number.
#[must_use]
pub fn round_below(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1e-9).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|&n| n <= value).unwrap_or(power)
}

fn figure(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value}") }
}

/// 100000 → 100 000
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// An arrow to true north, which is not straight up everywhere.
pub fn north(sheet: &mut Markup, (x, y): Position, frame: &Frame, language: Language, size: f64) {
    let [width, height] = frame.size();
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    let towards = frame.degrees_at(middle_x, middle_y).and_then(|(lon, lat)| {
        let (px, py) = frame.at(lon, (lat + 0.01).min(90.0))?;
        let length = (px - middle_x).hypot(py - middle_y);
        (length > 0.0).then_some(((px - middle_x) / length, (py - middle_y) / length))
    });
    let (up_x, up_y) = towards.unwrap_or((0.0, -1.0));
    let at =
        |along: f64, aside: f64| (x + up_x * along - up_y * aside, y + up_y * along + up_x * aside);
    let long = size * 1.7;
    let half = |side: f64| {
        Outline::Areas(vec![vec![at(long, 0.0), at(-long, side), at(-long * 0.6, 0.0)]])
    };
    let dark = Paint { fill: Some(INK.to_owned()), ..hairline(0.7) };
    let light = Paint { fill: Some(PAPER.to_owned()), ..hairline(0.7) };
    sheet.shape(&half(size * 0.8), &dark);
    sheet.shape(&half(-size * 0.8), &light);
    let letter = language.pick("北", "N");
    let text = line(letter, at(long + size * 0.8, 0.0), size, Anchor::Middle);
    sheet.text(&Text { bold: true, halo: 1.5, ..text });
}

/// Where the map lies in the planned counties; nothing where it shows them all.
pub fn inset(
    sheet: &mut Markup,
    [x, y, width, height]: Room,
    index: &IndexedAtlas,
    frame: &Frame,
    language: Language,
    size: f64,
) {
    let atlas = &index.atlas;
    let counties: Vec<_> = atlas
        .places
        .iter()
        .filter(|place| place.kind.id == kinds::COUNTY && place.geometry.is_some())
        .collect();
    let bounds = counties.iter().filter_map(|place| place.bounds()).reduce(union);
    let Some(all) = bounds else { return };
    let whole = Frame::projected(frame.crs(), all);
    let pad = 0.04 * all.width().max(all.height());
    let all =
        Rect::new((all.min().x - pad, all.min().y - pad), (all.max().x + pad, all.max().y + pad));
    let Some(small) = Frame::around(frame.crs(), all, [width, height]) else { return };
    let [left, bottom, right, top] = frame.bounds();
    if whole.is_none_or(|[w, s, e, n]| left <= w && bottom <= s && right >= e && top >= n) {
        return;
    }
    let text = line(
        language.pick("本图位置", "Where this lies"),
        (x, y - size * 0.9),
        size * 0.9,
        Anchor::Start,
    );
    sheet.text(&Text { color: NEIGHBOUR_INK.to_owned(), ..text });
    sheet.open("inset", [x, y, width, height]);
    let edge = vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let paper = Paint { fill: Some("#f1ebdc".to_owned()), opacity: 1.0, ..Paint::default() };
    sheet.shape(&Outline::Areas(vec![edge.clone()]), &paper);
    for place in counties {
        let outline = place.geometry.as_ref().and_then(|g| Outline::of(g, &small));
        let plan = atlas.plans.iter().position(|plan| atlas.place(plan.county).id == place.id);
        let tint = COUNTY_TINTS[plan.unwrap_or(0) % COUNTY_TINTS.len()];
        if let Some(outline) = outline {
            let paint = Paint { fill: Some(tint.to_owned()), opacity: 0.55, ..Paint::default() };
            sheet.shape(&outline, &paint);
            sheet.shape(&outline, &hairline(0.6));
        }
        let anchor = place.anchor().and_then(|at| small.at(at.x(), at.y()));
        if let Some(at) = anchor {
            let name = match &place.name_en {
                Some(name) if language == Language::English => name,
                _ => &place.name,
            };
            let text = line(name.clone(), at, size * 0.9, Anchor::Middle);
            sheet.text(&Text { halo: 1.2, ..text });
        }
    }
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    // What reaches beyond the little map ends at its edge, so that it stays a rectangle.
    let kept = |(x, y): Position| (x.clamp(0.8, width - 0.8), y.clamp(0.8, height - 0.8));
    let shown: Vec<Position> = corners.into_iter().map(|(x, y)| kept(small.place(x, y))).collect();
    let red = Paint { stroke: Some(SEAL.to_owned()), width: 1.6, opacity: 1.0, ..Paint::default() };
    sheet.shape(&Outline::Areas(vec![shown]), &red);
    sheet.shape(&Outline::Areas(vec![edge]), &hairline(1.2));
    sheet.close();
}
