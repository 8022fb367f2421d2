//! The look of layers as a `MapLibre` style (version 8), made from their `Style` and legend alone.
//!
//! Areas are filled or outlined as their mark says, lines drawn, points become circles; classes are told
//! apart by colour. Nothing is shown as more exact than it is: what is not known exactly has a broken
//! outline and a paler tint, and a point that only stands for something is hollow.
//!
//! There is no text: it would need glyphs, and a client without internet has none for Chinese.
//! The points that names belong on are in the tiles, as `…-labels`.

use geo::Geometry;
use serde_json::{Map, Value, json};

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Layer, Mark};
use crate::tile::MAX_USEFUL_ZOOM;

/// Colour of the ground under a whole atlas.
const PAPER: &str = "#fbf7ec";

/// Colour inside a hollow circle, and around a filled one.
const WHITE: &str = "#ffffff";

/// Radius of a circle in CSS pixels, where the layer's width is one.
const RADIUS: f64 = 4.5;

/// Dashes of what is not exact, in line widths.
const BROKEN: [f64; 2] = [3.0, 2.0];

/// How much of its tint an area keeps that is only a diagram.
const PALE: f64 = 0.5;

/// What geometries are called, one and several.
const AREAS: [&str; 2] = ["Polygon", "MultiPolygon"];
const LINES: [&str; 2] = ["LineString", "MultiLineString"];
const POINTS: [&str; 2] = ["Point", "MultiPoint"];

/// A point of these is the thing itself.
const EXACT: [Accuracy; 2] = [Accuracy::Surveyed, Accuracy::Published];

/// A line or an outline of these is no course and no boundary.
const INEXACT: [Accuracy; 3] = [Accuracy::Seat, Accuracy::Approximate, Accuracy::Schematic];

/// A layer to draw, and where its tiles are.
pub struct Sheet<'a> {
    layer: &'a Layer,
    tiles: String,
    bounds: Option<[f64; 4]>,
    areas: bool,
    lines: bool,
    points: bool,
}

impl<'a> Sheet<'a> {
    /// The layer at a position of the atlas; `tiles` is the address template, `bounds` west, south, east and north of what it holds.
    #[must_use]
    pub fn new(
        index: &'a IndexedAtlas,
        number: usize,
        tiles: String,
        bounds: Option<[f64; 4]>,
    ) -> Self {
        let layer = &index.atlas.layers[number];
        let mut sheet = Self { layer, tiles, bounds, areas: false, lines: false, points: false };
        if let Some(store) = index.store(number) {
            [sheet.points, sheet.lines, sheet.areas] =
                store.catalogue().tally.dimensions.map(|count| count > 0);
        }
        for geometry in layer.places.iter().filter_map(|&p| index.atlas.place(p).geometry.as_ref())
        {
            match geometry {
                Geometry::Point(_) | Geometry::MultiPoint(_) => sheet.points = true,
                Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
                    sheet.lines = true;
                }
                _ => sheet.areas = true,
            }
        }
        sheet
    }

    fn source(&self) -> Value {
        let mut source = json!({
            "type": "vector",
            "tiles": [self.tiles],
            "minzoom": 0,
            "maxzoom": MAX_USEFUL_ZOOM,
        });
        if let Some(bounds) = self.bounds {
            source["bounds"] = json!(bounds);
        }
        source
    }

    fn base(&self, part: &str, kind: &str, filter: &Value) -> Value {
        let id = &self.layer.id;
        json!({
            "id": format!("{id}/{part}"), "type": kind, "source": id, "source-layer": id, "filter": filter,
        })
    }

    /// Tints, paler where an area is only a diagram.
    fn fills(&self) -> Vec<Value> {
        if !self.areas || self.layer.style.mark != Mark::Fill {
            return Vec::new();
        }
        let fill = |part: &str, exact: bool, strength: f64| {
            let mut fill = self.base(part, "fill", &of(AREAS, &INEXACT, !exact));
            fill["paint"] = json!({
                "fill-color": self.color(None),
                "fill-opacity": self.layer.style.opacity * strength,
            });
            fill
        };
        vec![fill("fill", true, 1.0), fill("fill-inexact", false, PALE)]
    }

    /// Lines, and the outlines of areas: whole where they are exact, broken where they are not.
    fn strokes(&self) -> Vec<Value> {
        let style = &self.layer.style;
        let stroke = |part: &str, filter: &Value, color: Value, dash: Option<&[f64]>| {
            let mut line = self.base(part, "line", filter);
            line["layout"] = json!({ "line-join": "round" });
            line["paint"] = json!({
                "line-color": color,
                "line-width": style.width,
                "line-opacity": style.opacity,
            });
            if let Some(dash) = dash {
                line["paint"]["line-dasharray"] = json!(dash);
            }
            line
        };
        let dash = style.dash.as_deref();
        let broken = Some(dash.unwrap_or(&BROKEN));
        let mut strokes = Vec::new();
        for (drawn, part, shape, color) in [
            (self.areas, "outline", AREAS, style.outline.as_deref()),
            (self.lines, "line", LINES, None),
        ] {
            if drawn {
                let color = self.color(color);
                let (exact, rough) = (of(shape, &INEXACT, false), of(shape, &INEXACT, true));
                strokes.push(stroke(part, &exact, color.clone(), dash));
                strokes.push(stroke(&format!("{part}-inexact"), &rough, color, broken));
            }
        }
        strokes
    }

    /// Symbols, hollow unless the point is known to be the thing itself.
    fn circles(&self) -> Vec<Value> {
        if !self.points {
            return Vec::new();
        }
        let style = &self.layer.style;
        let circle = |part: &str, exact: bool, inside: Value, rim: Value, width: f64| {
            let mut circle = self.base(part, "circle", &of(POINTS, &EXACT, exact));
            circle["paint"] = json!({
                "circle-radius": RADIUS * style.width,
                "circle-color": inside,
                "circle-opacity": style.opacity,
                "circle-stroke-color": rim,
                "circle-stroke-width": width,
                "circle-stroke-opacity": style.opacity,
            });
            circle
        };
        let rim = json!(style.outline.as_deref().unwrap_or(WHITE));
        let color = || self.color(None);
        vec![
            circle("circle-hollow", false, json!(WHITE), color(), 2.0),
            circle("circle", true, color(), rim, 1.0),
        ]
    }

    /// One colour where one is given or nothing is distinguished; else the colours of the legend.
    fn color(&self, given: Option<&str>) -> Value {
        let plain = given.unwrap_or(&self.layer.style.color);
        let mut known: Vec<&str> = Vec::new();
        let mut cases = vec![json!("match"), json!(["get", "class"])];
        for class in &self.layer.classes {
            // A value that stands in the legend twice is drawn as where it stands first.
            if !known.contains(&class.value.as_str()) {
                known.push(&class.value);
                cases.extend([json!(class.value), json!(class.color)]);
            }
        }
        if given.is_some() || known.is_empty() {
            return json!(plain);
        }
        cases.push(json!(plain));
        cases.into()
    }
}

/// The style of these layers, the last on top. With `ground` it is a map of its own, without it is laid
/// over one.
#[must_use]
pub fn style(name: &str, sheets: &[Sheet<'_>], ground: bool) -> Value {
    let mut layers = Vec::new();
    if ground {
        let paint = json!({ "background-color": PAPER });
        layers.push(json!({ "id": "ground", "type": "background", "paint": paint }));
    }
    // No tint covers a line, and no line a symbol, whatever the order of the layers.
    layers.extend(sheets.iter().flat_map(Sheet::fills));
    layers.extend(sheets.iter().flat_map(Sheet::strokes));
    layers.extend(sheets.iter().flat_map(Sheet::circles));
    let sources: Map<String, Value> =
        sheets.iter().map(|sheet| (sheet.layer.id.clone(), sheet.source())).collect();
    json!({
        "version": 8,
        "name": name,
        "metadata": {
            "accuracy": "示意、大致的位置画成虚线、淡色，乡镇驻地代替的点画成空心 (what is schematic or approximate is dashed and pale, what only stands for a place is hollow)",
            "text": "样式不含文字：离线没有字形；注记点在瓦片的 …-labels 图层里 (no text: there are no glyphs offline; label points are in the layers …-labels of the tiles)",
        },
        "sources": sources,
        "layers": layers,
    })
}

/// The features of a shape whose accuracy is one of these, or is none of them. Written as QGIS reads it
/// too: it knows the type of a geometry in comparisons, but not in a `match`.
fn of(shape: [&str; 2], accuracies: &[Accuracy], one: bool) -> Value {
    let words: Vec<&str> = accuracies.iter().map(|accuracy| accuracy.id()).collect();
    let [single, several] = shape.map(|name| json!(["==", ["geometry-type"], name]));
    json!(["all", ["any", single, several], ["match", ["get", "accuracy"], words, one, !one],])
}
