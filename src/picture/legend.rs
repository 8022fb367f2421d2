//! The legend: what of each layer is to be seen, and what dashes and hollow symbols say.

use crate::picture::Language;
use crate::picture::fonts::FONTS;
use crate::picture::furniture::{Room, broken, line};
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::NEIGHBOUR_INK;
use crate::picture::scene::{Anchor, Ink, LegendKey, LegendLayer, Paint, Text};
use crate::picture::svg::Markup;

/// Height of a row of a legend, in sizes.
const ROW: f64 = 1.65;

/// The legend; what does not fit is made smaller, and what would be too small to read is counted.
pub fn legend(
    sheet: &mut Markup,
    [x, y, width, height]: Room,
    layers: &[LegendLayer],
    language: Language,
    size: f64,
) {
    let heading = language.pick("图例", "Legend");
    let title =
        Text { bold: true, ..line(heading, (x, y + size * 0.7), size * 1.2, Anchor::Start) };
    sheet.text(&title);
    let top = y + size * 2.2;
    let notes = notes(layers, language);
    let rows = |layer: &LegendLayer| layer.rows.iter().filter(|row| !row.label.is_empty()).count();
    #[expect(clippy::cast_precision_loss, reason = "some dozen rows")]
    let needed: f64 = layers.iter().map(|layer| (1.25 + rows(layer) as f64) * ROW).sum::<f64>();
    let room = (height - size * 2.2) / size - notes_height(&notes, size, width) / size;
    let shrink = (room / needed.max(1.0)).clamp(0.62, 1.0);
    let step = size * ROW * shrink;
    let letters = size * shrink.max(0.75);
    let bottom = y + height - notes_height(&notes, size, width);
    let mut at = top;
    let mut left_out = 0;
    for layer in layers {
        let plain = layer.rows.iter().all(|row| row.label.is_empty());
        if at + step > bottom {
            left_out += 1;
            continue;
        }
        if let (true, Some(row)) = (plain, layer.rows.first()) {
            key(sheet, &row.key, (x, at), letters);
            let name = shortened(&layer.title, letters, width - letters * 3.2);
            sheet.text(&line(name, (x + letters * 3.2, at), letters, Anchor::Start));
            at += step * 1.25;
            continue;
        }
        let name = shortened(&layer.title, letters, width);
        sheet.text(&Text { bold: true, ..line(name, (x, at), letters, Anchor::Start) });
        at += step;
        for row in layer.rows.iter().filter(|row| !row.label.is_empty()) {
            if at + step * 0.5 > bottom {
                left_out += 1;
                continue;
            }
            key(sheet, &row.key, (x, at), letters);
            let name = shortened(&row.label, letters, width - letters * 3.2);
            sheet.text(&line(name, (x + letters * 3.2, at), letters, Anchor::Start));
            at += step;
        }
        at += step * 0.25;
    }
    if left_out > 0 {
        let more = match language {
            Language::Chinese => format!("另有 {left_out} 项"),
            Language::English => format!("and {left_out} more"),
        };
        sheet.text(&line(more, (x, at), letters, Anchor::Start));
        at += step;
    }
    at += size * 0.4;
    for note in notes {
        for part in broken(&note, size * 0.85, width) {
            let text = line(part, (x, at), size * 0.85, Anchor::Start);
            sheet.text(&Text { color: NEIGHBOUR_INK.to_owned(), ..text });
            at += size * 1.2;
        }
    }
}

/// The rows of a legend by themselves.
pub fn rows(sheet: &mut Markup, layers: &[LegendLayer], size: f64) {
    let mut at = size * 1.2;
    for layer in layers {
        for row in &layer.rows {
            let label = if row.label.is_empty() { &layer.title } else { &row.label };
            key(sheet, &row.key, (size * 0.6, at), size);
            sheet.text(&line(label.clone(), (size * 3.8, at), size, Anchor::Start));
            at += size * ROW;
        }
    }
}

/// Width and height that [`rows`] take.
#[must_use]
pub fn key_size(layers: &[LegendLayer], size: f64) -> [f64; 2] {
    let labels = layers.iter().flat_map(|layer| {
        layer.rows.iter().map(|row| if row.label.is_empty() { &layer.title } else { &row.label })
    });
    let (mut count, mut widest) = (0.0, 0.0_f64);
    for label in labels {
        count += 1.0;
        widest = widest.max(FONTS.width(label, false));
    }
    [((widest + 4.6) * size).ceil(), (f64::max(count, 1.0) * ROW * size + size * 0.8).ceil()]
}

/// What dashes, hatching and hollow symbols say, where there are any.
fn notes(layers: &[LegendLayer], language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    if layers.iter().any(|layer| layer.schematic) {
        notes.push(language.pick(
            "虚线、斜线：示意，不是行政界线，也不是线路走向。",
            "Dashed or hatched: a diagram, no boundary and no course.",
        ));
    }
    if layers.iter().any(|layer| layer.hollow) {
        notes.push(language.pick(
            "空心符号：以乡镇驻地代替，或只知大致位置。",
            "Hollow symbols stand on the township's seat, or are approximate.",
        ));
    }
    notes.into_iter().map(str::to_owned).collect()
}

fn notes_height(notes: &[String], size: f64, width: f64) -> f64 {
    let lines: usize = notes.iter().map(|note| broken(note, size * 0.85, width).len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let lines = lines as f64;
    lines * size * 1.2 + size * 0.8
}

/// A text that is cut short where it is wider than so many pixels.
#[must_use]
pub fn shortened(text: &str, size: f64, width: f64) -> String {
    if FONTS.width(text, true) * size <= width {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while !short.is_empty() && (FONTS.width(&short, true) + 1.0) * size > width {
        short.pop();
    }
    short + "…"
}

fn key(sheet: &mut Markup, key: &LegendKey, (x, y): Position, size: f64) {
    let (width, half) = (size * 2.4, size * 0.55);
    match key {
        LegendKey::Area(paint) => {
            let corners =
                vec![(x, y - half), (x + width, y - half), (x + width, y + half), (x, y + half)];
            let paint = Paint { width: paint.width.min(1.4), ..paint.clone() };
            sheet.shape(&Outline::Areas(vec![corners]), &paint);
        }
        LegendKey::Line(paint) => {
            let paint = Paint { width: paint.width.clamp(0.8, size * 0.6), ..paint.clone() };
            sheet.shape(&Outline::Lines(vec![vec![(x, y), (x + width, y)]]), &paint);
        }
        LegendKey::Mark(symbol) => {
            sheet.ink(&Ink::Mark(symbol.clone(), (x + width / 2.0, y), (size / 13.0).max(0.7)));
        }
    }
}
