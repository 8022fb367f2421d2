//! How layers are drawn: the recipes of the screen's map (`web/src/map`), at the zoom level that shows as
//! much as the picture does.
//!
//! Five ids of a data folder are cast as the base map and drawn as an atlas draws them; every other layer is
//! a theme and drawn by its own style alone. What is schematic is hatched and dashed; a symbol that only
//! stands for a place is hollow.

use crate::model::{Accuracy, Layer, LayerClass, Mark};
use crate::picture::members::Member;
use crate::picture::outline::Outline;
use crate::picture::palette::{COUNTY_TINTS, INK, PAPER, mix};
use crate::picture::scene::{Group, Ink, LegendKey, LegendLayer, LegendRow, Paint, Slot, Symbol};

/// What part a layer plays on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// The planned counties.
    County,
    /// Counties around them.
    Neighbour,
    /// Rivers.
    Water,
    /// Roads.
    Road,
    /// Townships.
    Township,
    /// Anything else.
    Theme,
}

impl Cast {
    /// The part of the layer with this id.
    #[must_use]
    pub fn of(layer: &Layer) -> Self {
        match layer.id.as_str() {
            "counties" => Self::County,
            "neighbours" => Self::Neighbour,
            "rivers" => Self::Water,
            "roads" => Self::Road,
            "townships" => Self::Township,
            _ => Self::Theme,
        }
    }
}

/// Share of a theme's tint that is laid on areas.
const AREA_TINT: f64 = 0.7;

/// Classes of lines that are drawn as wide bands.
const BANDS: [&str; 2] = ["belt", "corridor"];

/// A value between stops of zoom levels.
#[must_use]
pub fn over(zoom: f64, stops: &[(f64, f64)]) -> f64 {
    let first = stops.first().map_or(0.0, |stop| stop.1);
    stops.windows(2).fold(first, |value, pair| {
        let [(from, low), (to, high)] = [pair[0], pair[1]];
        if zoom <= from {
            value
        } else {
            low + (high - low) * ((zoom - from) / (to - from)).min(1.0)
        }
    })
}

/// A layer and how it is drawn at one zoom level.
pub struct Recipe<'a> {
    layer: &'a Layer,
    title: &'a str,
    cast: Cast,
    zoom: f64,
}

impl<'a> Recipe<'a> {
    /// The recipe of a layer, with the title that the legend has for it.
    #[must_use]
    pub fn new(layer: &'a Layer, title: &'a str, zoom: f64) -> Self {
        Self { layer, title, cast: Cast::of(layer), zoom }
    }

    /// The layer.
    #[must_use]
    pub fn layer(&self) -> &'a Layer {
        self.layer
    }

    /// Everything but names and symbols; `county_tint` gives the tint of a county's border.
    #[must_use]
    pub fn groups(
        &self,
        members: &[Member<'a>],
        county_tint: impl Fn(&Member<'a>) -> usize,
    ) -> Vec<Group> {
        let mut drawing = Drawing { recipe: self, groups: Vec::new() };
        for member in members {
            match &member.outline {
                Outline::Areas(_) if self.cast == Cast::County => {
                    drawing.county(member, COUNTY_TINTS[county_tint(member) % COUNTY_TINTS.len()]);
                }
                Outline::Areas(_) => drawing.area(member),
                Outline::Lines(_) if self.cast == Cast::Water => drawing.river(member),
                Outline::Lines(_) => drawing.line(member),
                Outline::Points(_) => {}
            }
        }
        drawing.groups
    }

    /// The symbol of a member that is a point.
    #[must_use]
    pub fn symbol(&self, member: &Member<'a>) -> Symbol {
        let shape = member.class.map_or_else(
            || self.layer.classes.first().and_then(|class| class.symbol.clone()),
            |class| class.symbol.clone(),
        );
        Symbol {
            shape: shape.unwrap_or_else(|| "circle".to_owned()),
            color: self.color(member).to_owned(),
            solid: is_exact(member.accuracy),
        }
    }

    /// Symbols without names, as many as there are: those of a large layer.
    #[must_use]
    pub fn symbols(&self, members: &[Member<'a>]) -> Option<Group> {
        let size = Self::symbol_size(self.zoom);
        let points = members.iter().filter_map(|member| match &member.outline {
            Outline::Points(points) => Some((self.symbol(member), points)),
            _ => None,
        });
        let marks = points.flat_map(|(symbol, points)| {
            points.iter().map(move |&at| Ink::Mark(symbol.clone(), at, size))
        });
        let inks: Vec<Ink> = marks.collect();
        let (layer, title) = (self.layer.id.clone(), self.title.to_owned());
        (!inks.is_empty()).then_some(Group { slot: Slot::Mark, layer, title, inks })
    }

    /// The factor of the size of symbols.
    #[must_use]
    pub fn symbol_size(zoom: f64) -> f64 {
        over(zoom, &[(6.0, 0.6), (9.0, 0.78), (12.0, 1.0)])
    }

    /// The colour of a member's class; the layer's own where it has none.
    #[must_use]
    pub fn color(&self, member: &Member<'a>) -> &'a str {
        member.class.map_or(&self.layer.style.color, |class| &class.color)
    }

    fn opacity(&self) -> f64 {
        let tint = if self.cast == Cast::Theme { AREA_TINT } else { 1.0 };
        self.layer.style.opacity * tint
    }

    fn tint(&self, color: &str) -> Paint {
        Paint { fill: Some(color.to_owned()), opacity: self.opacity(), ..Paint::default() }
    }

    fn border(&self, class: Option<&LayerClass>, schematic: bool) -> Paint {
        let style = &self.layer.style;
        let of_class = class.map_or(&style.color, |class| &class.color);
        let color = style.outline.clone().unwrap_or_else(|| mix(of_class, INK, 0.35));
        Paint {
            stroke: Some(color),
            width: over(self.zoom, &[(8.0, style.width * 0.8), (12.0, style.width * 1.5)]),
            dash: if schematic { vec![4.0, 2.5] } else { Vec::new() },
            opacity: 0.9,
            ..Paint::default()
        }
    }

    fn stroke(&self, color: &str, schematic: bool) -> Paint {
        let style = &self.layer.style;
        let broken = || if schematic { vec![3.0, 2.0] } else { Vec::new() };
        let (thin, wide) = (style.width * 0.6, style.width * 1.5);
        Paint {
            stroke: Some(color.to_owned()),
            width: over(self.zoom, &[(7.0, thin), (10.0, style.width), (14.0, wide)]),
            dash: style.dash.clone().unwrap_or_else(broken),
            opacity: style.opacity,
            ..Paint::default()
        }
    }

    fn band(&self, color: &str) -> Paint {
        Paint {
            stroke: Some(color.to_owned()),
            width: over(self.zoom, &[(7.0, 7.0), (10.0, 20.0), (13.0, 60.0)]),
            round: true,
            opacity: 0.34,
            ..Paint::default()
        }
    }

    fn ribbon(&self, extra: f64, color: String) -> Paint {
        let width = self.layer.style.width;
        Paint {
            stroke: Some(color),
            width: over(self.zoom, &[(7.0, width), (10.0, width * 2.4), (13.0, width * 6.0)])
                + extra,
            round: true,
            opacity: self.layer.style.opacity,
            ..Paint::default()
        }
    }

    /// What the legend says of the members that are seen; `None` where none is.
    #[must_use]
    pub fn legend(&self, members: &[Member<'a>], english: bool) -> Option<LegendLayer> {
        let first = members.first()?;
        let mut rows: Vec<LegendRow> = Vec::new();
        for class in &self.layer.classes {
            let mut of_class = members.iter();
            let same = |m: &&Member<'a>| m.class.is_some_and(|c| std::ptr::eq(c, class));
            if let Some(member) = of_class.find(same) {
                let label = if english { &class.label_en } else { &class.label };
                rows.push(LegendRow { key: self.key(member), label: label.clone() });
            }
        }
        let bare = members.iter().find(|member| member.class.is_none());
        if rows.is_empty() {
            rows.push(LegendRow { key: self.key(bare.unwrap_or(first)), label: String::new() });
        }
        let hollow = |m: &Member<'a>| {
            matches!(m.outline, Outline::Points(_)) && !is_exact(m.accuracy) && m.accuracy.is_some()
        };
        let is_schematic =
            |m: &Member<'a>| schematic(m) && !matches!(m.outline, Outline::Points(_));
        Some(LegendLayer {
            layer: self.layer.id.clone(),
            title: self.title.to_owned(),
            rows,
            schematic: members.iter().any(is_schematic),
            hollow: members.iter().any(hollow),
        })
    }

    fn key(&self, member: &Member<'a>) -> LegendKey {
        let color = self.color(member);
        match &member.outline {
            Outline::Points(_) => LegendKey::Mark(self.symbol(member)),
            Outline::Lines(_) if Self::is_band(member) => {
                LegendKey::Line(Paint { width: 8.0, ..self.band(color) })
            }
            Outline::Lines(_) if self.cast == Cast::Water => {
                LegendKey::Line(self.ribbon(0.0, mix(color, PAPER, 0.32)))
            }
            Outline::Lines(_) => LegendKey::Line(self.stroke(color, schematic(member))),
            Outline::Areas(_) => {
                let border = self.border(member.class, schematic(member));
                let hatch = schematic(member).then(|| self.hatching());
                let fill = Some(if self.cast == Cast::County { PAPER } else { color }.to_owned());
                LegendKey::Area(Paint { fill, hatch, opacity: self.opacity(), ..border })
            }
        }
    }

    fn hatching(&self) -> String {
        let style = &self.layer.style;
        mix(style.outline.as_ref().unwrap_or(&style.color), INK, 0.15)
    }

    fn is_band(member: &Member<'_>) -> bool {
        member.class.is_some_and(|class| BANDS.contains(&class.value.as_str()))
    }
}

/// Whether a position is that of the thing itself.
fn is_exact(accuracy: Option<Accuracy>) -> bool {
    matches!(accuracy, Some(Accuracy::Surveyed | Accuracy::Published))
}

fn schematic(member: &Member<'_>) -> bool {
    member.accuracy == Some(Accuracy::Schematic)
}

/// The groups of a layer under way.
struct Drawing<'r, 'a> {
    recipe: &'r Recipe<'a>,
    groups: Vec<Group>,
}

impl<'a> Drawing<'_, 'a> {
    fn put(&mut self, slot: Slot, outline: &Outline, paint: Paint) {
        let ink = Ink::Shape(outline.clone(), paint);
        match self.groups.iter_mut().find(|group| group.slot == slot) {
            Some(group) => group.inks.push(ink),
            None => self.groups.push(Group {
                slot,
                layer: self.recipe.layer.id.clone(),
                title: self.recipe.title.to_owned(),
                inks: vec![ink],
            }),
        }
    }

    fn area(&mut self, member: &Member<'a>) {
        let recipe = self.recipe;
        let context = recipe.cast == Cast::Neighbour;
        let slot = |own: Slot| if context { Slot::Ground } else { own };
        if recipe.layer.style.mark == Mark::Fill {
            let tint = recipe.tint(recipe.color(member));
            self.put(slot(Slot::Fill), &member.outline, tint);
        }
        if schematic(member) {
            let strength = if recipe.cast == Cast::Township { 0.3 } else { 0.34 };
            let hatch = Some(recipe.hatching());
            let paint = Paint { hatch, opacity: strength, ..Paint::default() };
            self.put(slot(Slot::Hatch), &member.outline, paint);
        }
        let border = recipe.border(member.class, schematic(member));
        self.put(slot(Slot::Outline), &member.outline, border);
    }

    /// A crisp line and a soft band inside it.
    fn county(&mut self, member: &Member<'a>, tint: &str) {
        let zoom = self.recipe.zoom;
        let style = &self.recipe.layer.style;
        let paper = Paint { fill: Some(PAPER.to_owned()), opacity: 1.0, ..Paint::default() };
        self.put(Slot::Paper, &member.outline, paper);
        for (width, opacity) in [(8.0, 0.34), (4.0, 0.5)] {
            // Only the inner half of a stroke is seen, so that it is drawn twice as wide.
            let width = 2.0 * over(zoom, &[(7.0, width * 0.6), (10.0, width)]);
            let stroke = Some(tint.to_owned());
            let band = Paint { stroke, width, opacity, inside: true, ..Paint::default() };
            self.put(Slot::Outline, &member.outline, band);
        }
        let border = Paint {
            stroke: Some(style.outline.clone().unwrap_or_else(|| style.color.clone())),
            width: over(zoom, &[(7.0, 1.0), (10.0, 1.7), (13.0, 2.2)]),
            opacity: 1.0,
            ..Paint::default()
        };
        self.put(Slot::Border, &member.outline, border);
    }

    fn river(&mut self, member: &Member<'a>) {
        let recipe = self.recipe;
        let color = recipe.color(member);
        if schematic(member) {
            let paint = Paint {
                stroke: Some(mix(color, INK, 0.12)),
                width: over(recipe.zoom, &[(7.0, 0.8), (10.0, 1.5), (13.0, 2.6)]),
                dash: vec![6.0, 1.6],
                opacity: recipe.layer.style.opacity,
                ..Paint::default()
            };
            self.put(Slot::Water, &member.outline, paint);
            return;
        }
        self.put(Slot::Water, &member.outline, recipe.ribbon(1.4, mix(color, INK, 0.22)));
        self.put(Slot::Water, &member.outline, recipe.ribbon(0.0, mix(color, PAPER, 0.32)));
    }

    fn line(&mut self, member: &Member<'a>) {
        let recipe = self.recipe;
        let color = recipe.color(member);
        if Recipe::is_band(member) {
            self.put(Slot::Band, &member.outline, recipe.band(color));
            return;
        }
        let slot = if recipe.cast == Cast::Road { Slot::Road } else { Slot::Line };
        self.put(slot, &member.outline, recipe.stroke(color, schematic(member)));
    }
}
