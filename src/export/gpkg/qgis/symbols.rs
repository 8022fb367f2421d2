//! How QGIS draws a layer: the colours, widths and classes of the atlas as a QML renderer.
//!
//! Properties are written as `prop` elements, which every QGIS 3 reads.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::export::{Features, Shape};
use crate::model::{Accuracy, Layer, LayerClass};

/// Millimetres of a CSS pixel (96 to the inch).
const PIXEL: f64 = 25.4 / 96.0;

/// The features of one shape in a layer; QGIS knows no layer of mixed shapes.
pub struct Part<'f, 'a> {
    /// The layer with its table.
    pub features: &'f Features<'a>,
    /// Points, lines or areas.
    pub shape: Shape,
    /// Whether the layer has other shapes as well.
    pub of_several: bool,
}

impl<'f, 'a> Part<'f, 'a> {
    /// The parts of a layer, areas first.
    pub fn of(features: &'f Features<'a>) -> Vec<Self> {
        let shapes: Vec<Shape> = [Shape::Area, Shape::Line, Shape::Point]
            .into_iter()
            .filter(|shape| {
                (0..features.table.len).any(|row| features.shape_of(row) == Some(*shape))
            })
            .collect();
        let of_several = shapes.len() > 1;
        shapes.into_iter().map(|shape| Self { features, shape, of_several }).collect()
    }

    /// What QGIS calls the shape.
    pub fn geometry(&self) -> &'static str {
        match self.shape {
            Shape::Point => "Point",
            Shape::Line => "Line",
            _ => "Polygon",
        }
    }

    /// The whole style as a document of its own.
    pub fn qml(&self) -> String {
        format!(
            "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"{}\">\n{}</qgis>\n",
            u8::from(self.labelled()),
            self.body()
        )
    }

    /// Renderer and labels, as they stand in a style and in a project alike.
    pub fn body(&self) -> String {
        let mut xml = self.renderer();
        if self.labelled() {
            xml.push_str(&self.labels());
        }
        xml
    }

    /// Whether names are written on the map.
    pub fn labelled(&self) -> bool {
        self.layer().style.label
            && self.features.table.columns.iter().any(|column| column.field.key == "name")
    }

    fn layer(&self) -> &'a Layer {
        self.features.layer
    }

    fn renderer(&self) -> String {
        let layer = self.layer();
        let classed = self.features.table.columns.iter().any(|column| column.field.key == "class");
        if !classed {
            return format!(
                "<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><symbols>{}</symbols></renderer-v2>\n",
                self.symbol(0, &layer.style.color, None)
            );
        }
        let mut categories = String::new();
        let mut symbols = String::new();
        for (number, class) in layer.classes.iter().enumerate() {
            let (value, label) = (escape(class.value.as_str()), escape(class.label.as_str()));
            let _ = write!(
                categories,
                "<category symbol=\"{number}\" value=\"{value}\" label=\"{label}\" render=\"true\"/>"
            );
            symbols.push_str(&self.symbol(number, &class.color, Some(class)));
        }
        // What has no class is drawn too.
        let rest = layer.classes.len();
        let _ = write!(
            categories,
            "<category symbol=\"{rest}\" value=\"\" label=\"其他\" render=\"true\"/>"
        );
        symbols.push_str(&self.symbol(rest, &layer.style.color, None));
        format!(
            "<renderer-v2 type=\"categorizedSymbol\" attr=\"class\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>\n"
        )
    }

    fn symbol(&self, name: usize, color: &str, class: Option<&LayerClass>) -> String {
        let style = &self.layer().style;
        let outline = style.outline.as_deref().unwrap_or(color);
        let width = (style.width * PIXEL).max(0.1);
        let dash = style.dash.as_deref().unwrap_or_default();
        let dashes: Vec<String> = dash.iter().map(|part| format!("{:.2}", part * width)).collect();
        let (kind, class_name, props) = match self.shape {
            Shape::Point => (
                "marker",
                "SimpleMarker",
                vec![
                    ("color", rgba(color, 1.0)),
                    ("name", marker(class.and_then(|c| c.symbol.as_deref())).to_owned()),
                    ("outline_color", rgba("#fffaf0", 1.0)),
                    ("outline_width", "0.3".to_owned()),
                    ("outline_width_unit", "MM".to_owned()),
                    ("size", "3".to_owned()),
                    ("size_unit", "MM".to_owned()),
                ],
            ),
            Shape::Line => (
                "line",
                "SimpleLine",
                vec![
                    ("line_color", rgba(color, style.opacity)),
                    ("line_width", format!("{width:.2}")),
                    ("line_width_unit", "MM".to_owned()),
                    ("joinstyle", "round".to_owned()),
                    ("use_custom_dash", u8::from(!dash.is_empty()).to_string()),
                    ("customdash", dashes.join(";")),
                    ("customdash_unit", "MM".to_owned()),
                ],
            ),
            _ => (
                "fill",
                "SimpleFill",
                vec![
                    ("color", rgba(color, style.opacity * 0.6)),
                    ("outline_color", rgba(outline, 1.0)),
                    ("outline_width", format!("{width:.2}")),
                    ("outline_width_unit", "MM".to_owned()),
                    // Schematic outlines are broken on every map.
                    ("outline_style", if self.schematic() { "dash" } else { "solid" }.to_owned()),
                    ("style", "solid".to_owned()),
                ],
            ),
        };
        let props = props.iter().fold(String::new(), |mut xml, (key, value)| {
            let _ = write!(xml, "<prop k=\"{key}\" v=\"{value}\"/>");
            xml
        });
        format!(
            "<symbol type=\"{kind}\" name=\"{name}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"{class_name}\" enabled=\"1\" locked=\"0\" pass=\"0\">{props}</layer></symbol>"
        )
    }

    fn schematic(&self) -> bool {
        let mut rows = 0..self.features.table.len;
        rows.any(|row| self.features.accuracy(row) == Some(Accuracy::Schematic))
    }

    fn labels(&self) -> String {
        // Over the middle of an area, along a line, around a point.
        let placement = match self.shape {
            Shape::Point => "placement=\"0\" dist=\"1.4\"",
            Shape::Line => "placement=\"3\" dist=\"0.8\" placementFlags=\"10\"",
            _ => {
                "placement=\"1\" quadOffset=\"4\" centroidInside=\"1\" polygonPlacementFlags=\"2\""
            }
        };
        format!(
            "<labeling type=\"simple\"><settings><text-style fieldName=\"name\" isExpression=\"0\" fontFamily=\"Noto Sans CJK SC\" fontSize=\"9\" fontSizeUnit=\"Point\" textColor=\"51,44,36,255\" textOpacity=\"1\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" bufferColor=\"255,250,240,255\" bufferOpacity=\"1\"/></text-style><placement {placement} distUnits=\"MM\" priority=\"5\"/><rendering drawLabels=\"1\" obstacle=\"1\" obstacleFactor=\"1\" fontMaxPixelSize=\"10000\" maxNumLabels=\"2000\"/></settings></labeling>\n"
        )
    }
}

/// `#rrggbb` as QGIS writes colours; what is no colour becomes a grey.
fn rgba(color: &str, opacity: f64) -> String {
    let digits = color.trim_start_matches('#');
    let part = |at: usize| {
        digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(128)
    };
    format!("{},{},{},{:.0}", part(0), part(2), part(4), opacity.clamp(0.0, 1.0) * 255.0)
}

/// QGIS's nearest marker.
fn marker(symbol: Option<&str>) -> &'static str {
    match symbol {
        Some("square") => "square",
        Some("triangle") => "triangle",
        Some("diamond") => "diamond",
        Some("star") => "star",
        Some("cross") => "cross_fill",
        Some("pentagon") => "pentagon",
        Some("hexagon") => "hexagon",
        _ => "circle",
    }
}
