//! Layers: selections of places with a way to draw them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::PlaceIdx;

/// A heading in the layer list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
}

/// Group of layers that were dropped into the folder.
pub const DROPPED_GROUP: &str = "dropped";

/// Which places belong to a layer. Every condition that is given must hold;
/// the values within one condition are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selection {
    /// Kinds of place.
    pub kinds: Vec<String>,
    /// Kinds of role the place must play.
    pub roles: Vec<String>,
    /// Files, relative to the data folder.
    pub files: Vec<String>,
    /// Single places.
    pub ids: Vec<String>,
    /// Only places that the plans offer to investors.
    pub sites: bool,
}

/// Basic way of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Filled areas.
    Fill,
    /// Lines (of areas: their outlines).
    Line,
    /// Symbols.
    Point,
}

/// How a layer is drawn unless a class says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Basic way of drawing.
    pub mark: Mark,
    /// Main colour, `#rrggbb`.
    pub color: String,
    /// Outline colour.
    #[serde(default)]
    pub outline: Option<String>,
    /// Line width or symbol radius in CSS pixels.
    #[serde(default = "one")]
    pub width: f64,
    /// 0 (invisible) to 1.
    #[serde(default = "one")]
    pub opacity: f64,
    /// Dash pattern in line widths.
    #[serde(default)]
    pub dash: Option<Vec<f64>>,
    /// Whether names are written on the map.
    #[serde(default = "yes")]
    pub label: bool,
}

fn one() -> f64 {
    1.0
}

fn yes() -> bool {
    true
}

/// What the legend of a layer distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum ClassBy {
    /// Nothing: one colour.
    #[default]
    #[serde(alias = "")]
    None,
    /// The first role kind, in the order of the layer's classes, that the place plays.
    Role,
    /// The kind of place.
    Kind,
    /// How exactly the position is known.
    Accuracy,
    /// The first herb grown there.
    Herb,
}

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerClass {
    /// Term id that tiles carry in `class`.
    pub value: String,
    /// Chinese label.
    pub label: String,
    /// English label.
    pub label_en: String,
    /// Colour, `#rrggbb`.
    pub color: String,
    /// Symbol name for point layers.
    pub symbol: Option<String>,
}

/// A layer of the map, an OGC collection, a tile set and an export at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Layer {
    /// A word: `townships`.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Group it is listed under.
    pub group: String,
    /// Remark in Chinese.
    pub note: Option<String>,
    /// Remark in English.
    pub note_en: Option<String>,
    /// Shown when the map opens.
    pub visible: bool,
    /// How it is drawn.
    pub style: Style,
    /// What its legend distinguishes.
    pub class_by: ClassBy,
    /// Its legend.
    pub classes: Vec<LayerClass>,
    /// Which places belong to it; none of the atlas for a large layer, whose features stay in their file.
    pub select: Option<Selection>,
    /// Its places in the order of the files, located or not.
    pub places: Vec<PlaceIdx>,
    /// Class of each place, parallel to `places`: a position in `classes`.
    pub class_of: Vec<Option<usize>>,
    /// Short second line under the name on the map, parallel to `places`: herbs grown there.
    pub note_of: Vec<Option<(String, String)>>,
}
