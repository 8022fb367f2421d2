//! What a picture is made of, before it is written in any format: strokes, symbols and names, in the order
//! in which they lie on the paper.

use crate::picture::outline::{Outline, Position};

/// The order of the sheet, bottom to top (`web/src/map/zorder.ts`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Counties that are only context.
    Ground,
    /// Meridians and parallels, or kilometres.
    Grid,
    /// The paper of the planned counties.
    Paper,
    /// Tints of areas.
    Fill,
    /// Hatching of what is schematic.
    Hatch,
    /// Borders of areas.
    Outline,
    /// Belts and corridors.
    Band,
    /// Rivers.
    Water,
    /// Roads.
    Road,
    /// Borders of counties.
    Border,
    /// Other lines.
    Line,
    /// Names of counties, under everything that is written.
    CountyName,
    /// Discs under symbols that stand in one spot.
    Fan,
    /// Symbols.
    Mark,
    /// Names.
    Name,
}

impl Slot {
    /// A word for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Grid => "grid",
            Self::Paper => "paper",
            Self::Fill => "fill",
            Self::Hatch => "hatch",
            Self::Outline => "outline",
            Self::Band => "band",
            Self::Water => "water",
            Self::Road => "road",
            Self::Border => "border",
            Self::Line => "line",
            Self::CountyName => "county-name",
            Self::Fan => "fan",
            Self::Mark => "mark",
            Self::Name => "name",
        }
    }
}

/// A way to paint.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paint {
    /// Colour inside, `#rrggbb`.
    pub fill: Option<String>,
    /// Colour of diagonal hairlines inside.
    pub hatch: Option<String>,
    /// Colour along.
    pub stroke: Option<String>,
    /// Width of the stroke, pixels.
    pub width: f64,
    /// Lengths of dashes and gaps, in widths of the stroke.
    pub dash: Vec<f64>,
    /// Whether ends are round.
    pub round: bool,
    /// 0 (invisible) to 1.
    pub opacity: f64,
    /// Whether only that half of the stroke is seen that lies inside.
    pub inside: bool,
}

/// How a symbol looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol {
    /// `circle`, `square`, `star` …
    pub shape: String,
    /// `#rrggbb`.
    pub color: String,
    /// Whether it stands for the thing itself.
    pub solid: bool,
}

/// Where a text stands relative to its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// In the middle.
    Middle,
    /// To the left of it.
    End,
}

/// A text of one or more lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Its lines.
    pub lines: Vec<String>,
    /// The middle of the first line's letters, or its end as the anchor says.
    pub at: Position,
    /// How lines lie around the position.
    pub anchor: Anchor,
    /// Size of letters, pixels.
    pub size: f64,
    /// Whether letters are bold.
    pub bold: bool,
    /// Whether letters are slanted.
    pub italic: bool,
    /// Space between letters, in sizes.
    pub spacing: f64,
    /// From the middle of one line to the next, in sizes.
    pub leading: f64,
    /// `#rrggbb`.
    pub color: String,
    /// 0 (invisible) to 1.
    pub opacity: f64,
    /// Width of the halo, pixels; none where 0.
    pub halo: f64,
    /// Degrees clockwise.
    pub turn: f64,
}

/// One thing on the paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// An outline and how it is painted.
    Shape(Outline, Paint),
    /// A symbol, its middle, and its size as a factor.
    Mark(Symbol, Position, f64),
    /// A disc: middle, radius, and how it is painted.
    Disc(Position, f64, Paint),
    /// A text.
    Text(Text),
}

impl Ink {
    /// The same thing shifted by so many pixels, `None` where nothing of it lies in a picture of a size. Outlines
    /// are not moved but drawn anew: they are cut at the edge.
    #[must_use]
    pub fn moved(&self, (right, down): Position, [width, height]: [f64; 2]) -> Option<Self> {
        let shifted = |(x, y): Position| (x + right, y + down);
        let meets = |low: [f64; 2], high: [f64; 2]| {
            high[0] > 0.0 && high[1] > 0.0 && low[0] < width && low[1] < height
        };
        let around = |(x, y): Position, r: f64| meets([x - r, y - r], [x + r, y + r]);
        match self {
            Self::Shape(..) => None,
            Self::Mark(symbol, at, size) => {
                let at = shifted(*at);
                around(at, 11.0 * size).then(|| Self::Mark(symbol.clone(), at, *size))
            }
            Self::Disc(at, radius, paint) => {
                let at = shifted(*at);
                around(at, radius + paint.width).then(|| Self::Disc(at, *radius, paint.clone()))
            }
            Self::Text(text) => {
                let text = Text { at: shifted(text.at), ..text.clone() };
                let halo = text.halo + 1.0;
                let seen = text
                    .boxes()
                    .into_iter()
                    .any(|(low, high)| meets(low.map(|at| at - halo), high.map(|at| at + halo)));
                seen.then_some(Self::Text(text))
            }
        }
    }
}

/// Things that lie in one slot and belong to one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where in the order of the sheet.
    pub slot: Slot,
    /// Layer id; empty for what belongs to none.
    pub layer: String,
    /// Its title.
    pub title: String,
    /// What there is, the first at the bottom.
    pub inks: Vec<Ink>,
}

/// A map without its margins.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// Everything, in the order of the sheet.
    pub groups: Vec<Group>,
    /// What a legend has to explain, in the order of layers.
    pub legend: Vec<LegendLayer>,
}

/// What of a layer is to be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendLayer {
    /// Layer id.
    pub layer: String,
    /// Its heading.
    pub title: String,
    /// Its rows: of the classes that are seen, or one for all.
    pub rows: Vec<LegendRow>,
    /// Whether something of it is schematic.
    pub schematic: bool,
    /// Whether a symbol of it is hollow.
    pub hollow: bool,
}

/// A row of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendRow {
    /// What is drawn.
    pub key: LegendKey,
    /// What it means.
    pub label: String,
}

/// What a row of a legend shows.
#[derive(Debug, Clone, PartialEq)]
pub enum LegendKey {
    /// A patch.
    Area(Paint),
    /// A stroke.
    Line(Paint),
    /// A symbol.
    Mark(Symbol),
}
