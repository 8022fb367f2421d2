//! Names and symbols, placed so that none covers another.
//!
//! Symbols come first and always stay; then the names of rivers, townships, symbols and roads, then the second
//! lines of townships: the upper layer before the lower, in the order of the files. A name that fits nowhere
//! is left out. The order does not depend on the scale, so that a name that is seen from afar is still there
//! from near.

use rstar::{AABB, RTree, primitives::Rectangle};

use crate::model::Layer;
use crate::picture::fonts::FONTS;
use crate::picture::layers::{Cast, Recipe, over};
use crate::picture::lines::{in_pairs, straight_spots};
use crate::picture::members::{Member, name_of};
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::{COUNTY_INK, INK, NEIGHBOUR_INK, mix};
use crate::picture::scene::{Anchor, Group, Ink, Slot, Text};
use crate::picture::{Frame, Language, Look};

/// A layer with what of it is in the frame.
pub struct Shown<'a, 'm> {
    /// How it is drawn.
    pub recipe: &'m Recipe<'a>,
    /// Its members.
    pub members: &'m [Member<'a>],
}

impl<'a> Shown<'a, '_> {
    /// The layer.
    pub fn layer(&self) -> &'a Layer {
        self.recipe.layer()
    }
}

/// From which zoom on the second lines of townships have room: English ones are longer.
const NOTE_ZOOM: [f64; 2] = [8.5, 9.5];

/// From which zoom on names of areas are written: what fades in on the screen is there or not on paper.
const AREA_NAMES: f64 = 6.8;

/// Pixels from one name of a river or road to the next.
const REPEAT: f64 = 420.0;

/// Names with this many letters or more stand on two lines in English.
const LONG: usize = 12;

/// A wish to write something: the first place that is free is taken.
pub struct Wanted {
    /// What is written.
    pub text: Text,
    /// Where it may stand.
    pub places: Vec<(Position, Anchor)>,
}

/// Symbols and names, in the order of the sheet.
#[must_use]
pub fn names(shown: &[Shown<'_, '_>], frame: &Frame, look: &Look, whole: bool) -> Vec<Group> {
    let (zoom, language) = (frame.zoom(), look.language);
    let taken = RTree::new();
    let mut sheet = Lettering { zoom, language, frame, taken, whole, named: look.named };
    let standing = sheet.symbols(shown);
    let counties = sheet.counties(shown);
    let mut written = Vec::new();
    let upper_first = || shown.iter().rev();
    for layer in upper_first().filter(|s| Cast::of(s.layer()) == Cast::Water) {
        written.extend(sheet.along(layer));
    }
    let mut known: Vec<String> = Vec::new();
    for layer in upper_first().filter(|s| is_named_inside(s.layer())) {
        written.extend(sheet.inside(layer, &mut known));
    }
    written.extend(standing.names.into_iter().filter_map(|wanted| sheet.place(wanted)));
    for layer in upper_first().filter(|s| Cast::of(s.layer()) != Cast::Water) {
        written.extend(sheet.along(layer));
    }
    if zoom >= NOTE_ZOOM[usize::from(language == Language::English)] {
        for layer in upper_first().filter(|s| is_named_inside(s.layer())) {
            written.extend(sheet.notes(layer));
        }
    }
    let group = |slot, inks| Group { slot, layer: String::new(), title: String::new(), inks };
    let written = written.into_iter().map(Ink::Text).collect();
    [
        group(Slot::CountyName, counties),
        group(Slot::Fan, standing.discs),
        group(Slot::Mark, standing.marks),
        group(Slot::Name, written),
    ]
    .into_iter()
    .filter(|group| !group.inks.is_empty())
    .collect()
}

fn is_named_inside(layer: &Layer) -> bool {
    layer.style.label && !matches!(Cast::of(layer), Cast::County | Cast::Neighbour)
}

/// A sheet that is written on.
pub struct Lettering<'f> {
    /// The zoom level of the screen's map.
    pub zoom: f64,
    language: Language,
    frame: &'f Frame,
    taken: RTree<Rectangle<[f64; 2]>>,
    /// Whether only what lies wholly in the frame is written.
    whole: bool,
    /// Whether anything is written.
    named: bool,
}

impl Lettering<'_> {
    /// Whether names are English.
    pub fn english(&self) -> bool {
        self.language == Language::English
    }

    /// Names of counties: large, pale, under everything.
    fn counties(&mut self, shown: &[Shown<'_, '_>]) -> Vec<Ink> {
        let mut inks = Vec::new();
        if !self.named {
            return inks;
        }
        for layer in shown.iter().filter(|s| s.layer().style.label) {
            let large = match Cast::of(layer.layer()) {
                Cast::County => true,
                Cast::Neighbour => false,
                _ => continue,
            };
            let latin = if self.english() { 0.8 } else { 1.0 };
            let (size, opacity) = if large {
                let size = over(self.zoom, &[(7.0, 15.0), (9.0, 27.0), (11.0, 34.0)]) * latin;
                (size, over(self.zoom, &[(8.0, 0.34), (9.2, 0.16), (11.0, 0.1), (12.5, 0.0)]))
            } else {
                let size = over(self.zoom, &[(7.0, 11.0), (10.0, 16.0)]);
                (size, over(self.zoom, &[(9.0, 1.0), (13.0, 0.5)]))
            };
            if opacity <= 0.0 {
                continue;
            }
            let spacing = match (self.english(), large) {
                (true, _) => 0.14,
                (false, true) => 0.55,
                (false, false) => 0.4,
            };
            for (member, at) in self.anchored(layer) {
                let Some(place) = &member.place else { continue };
                let text = Text {
                    lines: vec![name_of(place.place(), self.english()).into_owned()],
                    bold: large,
                    spacing,
                    color: if large { COUNTY_INK } else { NEIGHBOUR_INK }.to_owned(),
                    opacity,
                    halo: 0.0,
                    ..plain(size)
                };
                if large {
                    inks.push(Ink::Text(Text { at, ..text }));
                } else {
                    let wanted = Wanted { text, places: vec![(at, Anchor::Middle)] };
                    inks.extend(self.place(wanted).map(Ink::Text));
                }
            }
        }
        inks
    }

    /// Areas with the position that their names stand on.
    fn anchored<'s, 'a>(&self, layer: &Shown<'a, 's>) -> Vec<(&'s Member<'a>, Position)> {
        let position = |member: &'s Member<'a>| {
            let Outline::Areas(_) = member.outline else { return None };
            let [lon, lat] = member.anchor?;
            Some((member, self.frame.at(lon, lat)?))
        };
        layer.members.iter().filter_map(position).collect()
    }

    /// Names of areas. Of two layers that show the same one only the upper names it.
    fn inside(&mut self, layer: &Shown<'_, '_>, named: &mut Vec<String>) -> Vec<Text> {
        let size =
            over(self.zoom, &[(7.5, 10.0), (8.0, 11.0), (9.0, 12.5), (11.0, 15.5), (13.0, 18.0)]);
        let mut texts = Vec::new();
        if self.zoom < AREA_NAMES {
            return texts;
        }
        let before = named.len();
        for (member, at) in self.anchored(layer) {
            let Some(place) = &member.place else { continue };
            let place = place.place();
            if named[..before].contains(&place.id) {
                continue;
            }
            named.push(place.id.clone());
            let name = name_of(place, self.english());
            let text = Text {
                lines: self.wrapped(&name, 8),
                bold: true,
                spacing: if self.english() { 0.0 } else { 0.06 },
                color: INK.to_owned(),
                halo: 1.6,
                ..plain(size)
            };
            let lines = text.height() - size;
            let places = [(0.0, 0.0), (0.0, 0.85), (0.0, -0.85), (0.85, 0.0), (-0.85, 0.0)];
            let places = places.map(|(x, y)| {
                let middle = (at.0 + x * size, at.1 + y * size - lines / 2.0);
                let anchor = if x > 0.0 {
                    Anchor::Start
                } else if x < 0.0 {
                    Anchor::End
                } else {
                    Anchor::Middle
                };
                (middle, anchor)
            });
            let several = if self.zoom >= 8.0 { 5 } else { 1 };
            texts.extend(self.place(Wanted { text, places: places[..several].to_vec() }));
        }
        texts
    }

    /// Second lines: the herbs of a township.
    fn notes(&mut self, layer: &Shown<'_, '_>) -> Vec<Text> {
        let size = over(self.zoom, &[(8.5, 9.5), (9.0, 10.5), (11.0, 13.0), (13.0, 15.5)]);
        let mut texts = Vec::new();
        for (member, at) in self.anchored(layer) {
            let (Some(place), Some((zh, en))) = (&member.place, member.note) else { continue };
            let long = self.english() && name_of(place.place(), true).len() >= LONG;
            let beside = if long { 2.15 } else { 1.25 } * size;
            let text = Text {
                lines: in_pairs(if self.english() { en } else { zh }, self.english()),
                leading: 1.15,
                color: mix(&layer.layer().style.color, INK, 0.72),
                halo: 1.4,
                ..plain(size)
            };
            let lines = text.height() - size;
            let places = vec![
                ((at.0, at.1 + beside), Anchor::Middle),
                ((at.0, at.1 - beside - lines), Anchor::Middle),
            ];
            texts.extend(self.place(Wanted { text, places }));
        }
        texts
    }

    /// Names along lines, where they run straight enough.
    fn along(&mut self, layer: &Shown<'_, '_>) -> Vec<Text> {
        let water = Cast::of(layer.layer()) == Cast::Water;
        let lines_only = layer.members.iter().all(|m| matches!(m.outline, Outline::Lines(_)));
        let mut texts = Vec::new();
        if !layer.layer().style.label || !lines_only || self.zoom < if water { 7.0 } else { 9.0 } {
            return texts;
        }
        for member in layer.members {
            let (Some(place), Outline::Lines(lines)) = (&member.place, &member.outline) else {
                continue;
            };
            let minor = member.accuracy == Some(crate::model::Accuracy::Schematic);
            let size = match (water, minor) {
                (true, true) => over(self.zoom, &[(8.0, 9.0), (10.0, 12.0), (13.0, 15.0)]),
                (true, false) => over(self.zoom, &[(8.0, 15.0), (10.0, 20.0), (13.0, 27.0)]),
                (false, _) => over(self.zoom, &[(9.0, 10.0), (13.0, 12.5)]),
            };
            let spacing = match (self.english(), water) {
                (true, _) => 0.12,
                (false, true) => 0.5,
                (false, false) => 0.1,
            };
            let text = Text {
                lines: vec![name_of(place.place(), self.english()).into_owned()],
                italic: water,
                spacing,
                color: mix(&layer.layer().style.color, INK, if water { 0.3 } else { 0.4 }),
                ..plain(size)
            };
            for line in lines {
                for (at, turn) in straight_spots(line, text.width(), REPEAT) {
                    let beside = 0.9 * size;
                    let (sin, cosine) = turn.to_radians().sin_cos();
                    let at = (at.0 + sin * beside, at.1 - cosine * beside);
                    let text = Text { turn, ..text.clone() };
                    texts.extend(self.place(Wanted { text, places: vec![(at, Anchor::Middle)] }));
                }
            }
        }
        texts
    }

    /// Breaks a name into lines of about so many Chinese letters; English ones between words.
    pub fn wrapped(&self, name: &str, widest: usize) -> Vec<String> {
        if !self.english() {
            let letters: Vec<char> = name.chars().collect();
            // Lines of one length: no letter stands alone.
            let lines = letters.len().div_ceil(widest).max(1);
            let length = letters.len().div_ceil(lines).max(1);
            return letters.chunks(length).map(|line| line.iter().collect()).collect();
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of letters")]
        let widest = widest as f64 * 0.9;
        let mut lines: Vec<String> = Vec::new();
        for word in name.split(' ') {
            match lines.last_mut() {
                Some(line) if FONTS.width(&format!("{line} {word}"), false) <= widest => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// Takes the first free place; `None` where there is none.
    pub fn place(&mut self, Wanted { text, places }: Wanted) -> Option<Text> {
        if !self.named {
            return None;
        }
        let [width, height] = self.frame.size();
        for (at, anchor) in places {
            let text = Text { at, anchor, ..text.clone() };
            let boxes = text.boxes();
            let inside = |(low, high): &([f64; 2], [f64; 2])| {
                low[0] >= 2.0 && low[1] >= 2.0 && high[0] <= width - 2.0 && high[1] <= height - 2.0
            };
            let free = |(low, high): &([f64; 2], [f64; 2])| {
                let around = AABB::from_corners(*low, *high);
                self.taken.locate_in_envelope_intersecting(&around).next().is_none()
            };
            if boxes.iter().all(|area| (!self.whole || inside(area)) && free(area)) {
                for (low, high) in boxes {
                    self.take(low, high);
                }
                return Some(text);
            }
        }
        None
    }

    /// Keeps names off a box.
    pub fn take(&mut self, low: [f64; 2], high: [f64; 2]) {
        self.taken.insert(Rectangle::from_corners(low, high));
    }
}

/// A text of which nothing but its size is known.
pub fn plain(size: f64) -> Text {
    Text {
        lines: Vec::new(),
        at: (0.0, 0.0),
        anchor: Anchor::Middle,
        size,
        bold: false,
        italic: false,
        spacing: 0.0,
        leading: 1.22,
        color: String::new(),
        opacity: 1.0,
        halo: 1.5,
        turn: 0.0,
    }
}
