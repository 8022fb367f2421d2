//! A scene as SVG 1.1 with live text: what a browser shows, a designer edits, and the painters of PNG and
//! PDF read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::picture::fonts::FAMILY;
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::{HALO, INK, SYMBOL_PAPER};
use crate::picture::path::{number, path};
use crate::picture::plates::{Image, Plated, Plates, runs};
use crate::picture::scene::{Anchor, Group, Ink, Paint, Symbol, Text};

/// Radius of a symbol, pixels.
const RADIUS: f64 = 6.0;

/// From the middle of Chinese letters to the line that they stand on, in sizes.
const BASELINE: f64 = 0.36;

/// Markup under way. What it paints with besides colours is kept for the head of the document.
#[derive(Debug, Default)]
pub struct Markup {
    body: String,
    symbols: BTreeSet<Symbol>,
    hatches: BTreeSet<String>,
    clips: Vec<String>,
    /// Where hatching begins.
    corner: Position,
}

/// Side of the square that hatching repeats, pixels.
const HATCH: f64 = 7.0;

impl Markup {
    /// Markup of a piece of a larger picture that begins so many pixels to its right and below: hatching runs on
    /// from one piece to the next.
    #[must_use]
    pub fn piece((left, top): Position) -> Self {
        let corner = (-left.rem_euclid(HATCH), -top.rem_euclid(HATCH));
        Self { corner, ..Self::default() }
    }

    /// Draws things that belong together; dense ones as images, where there are plates to paint them on.
    pub fn group(&mut self, group: &Group, plates: Option<&Plates<'_>>) {
        let layer =
            if group.layer.is_empty() { String::new() } else { format!("-{}", group.layer) };
        let _ = write!(self.body, "<g id=\"{}{}\">", group.slot.id(), escaped(&layer));
        if !group.title.is_empty() {
            let _ = write!(self.body, "<title>{}</title>", escaped(&group.title));
        }
        for run in runs(&group.inks) {
            match plates.and_then(|plates| plates.paint(run)) {
                Some(Plated::Image(image)) => self.image(&image),
                Some(Plated::Inks(inks)) => inks.iter().for_each(|ink| self.ink(ink)),
                None => run.iter().for_each(|ink| self.ink(ink)),
            }
        }
        self.body.push_str("</g>\n");
    }

    fn image(&mut self, Image { at, opacity, href }: &Image) {
        // More digits than elsewhere: the pixels of the image lie on those of the file.
        let [x, y, width, height] = at;
        let _ = write!(
            self.body,
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" opacity=\"{}\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" xlink:href=\"{href}\"/>",
            number(*opacity)
        );
    }

    /// Opens a group that is clipped to a rectangle and moved: everything until [`Markup::close`] is in it.
    pub fn open(&mut self, id: &str, [x, y, width, height]: [f64; 4]) {
        let clip = self.clip(&format!(
            "<rect width=\"{}\" height=\"{}\"/>",
            number(width),
            number(height)
        ));
        let _ = writeln!(
            self.body,
            "<g id=\"{id}\" transform=\"translate({} {})\"><g clip-path=\"url(#{clip})\">",
            number(x),
            number(y)
        );
    }

    /// Closes what was opened.
    pub fn close(&mut self) {
        self.body.push_str("</g></g>\n");
    }

    /// Draws one thing.
    pub fn ink(&mut self, ink: &Ink) {
        match ink {
            Ink::Shape(outline, paint) => self.shape(outline, paint),
            Ink::Mark(symbol, at, size) => self.mark(symbol, *at, *size),
            Ink::Disc((x, y), radius, paint) => {
                let paint = Self::paint(paint);
                let (x, y, r) = (number(*x), number(*y), number(*radius));
                let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{paint}/>");
            }
            Ink::Text(text) => self.text(text),
        }
    }

    /// Draws an outline.
    pub fn shape(&mut self, outline: &Outline, paint: &Paint) {
        let data = path(outline);
        if paint.inside {
            let clip = self.clip(&format!("<path d=\"{data}\"/>"));
            let paint = Self::paint(paint);
            let _ =
                write!(self.body, "<g clip-path=\"url(#{clip})\"><path d=\"{data}\"{paint}/></g>");
            return;
        }
        if let Some(color) = &paint.hatch {
            self.hatches.insert(color.clone());
            let (id, opacity) = (hatch_id(color), number(paint.opacity));
            if paint.fill.is_some() {
                let fill = Paint { hatch: None, stroke: None, ..paint.clone() };
                self.shape(outline, &fill);
            }
            let _ =
                write!(self.body, "<path d=\"{data}\" fill=\"url(#{id})\" opacity=\"{opacity}\"/>");
            if paint.stroke.is_some() {
                self.shape(outline, &Paint { hatch: None, fill: None, ..paint.clone() });
            }
            return;
        }
        let paint = Self::paint(paint);
        let _ = write!(self.body, "<path d=\"{data}\"{paint}/>");
    }

    fn paint(paint: &Paint) -> String {
        let mut said = String::new();
        match &paint.fill {
            Some(color) => {
                let _ = write!(said, " fill=\"{color}\"");
            }
            None => said.push_str(" fill=\"none\""),
        }
        if let Some(color) = &paint.stroke {
            let width = number(paint.width);
            let _ = write!(
                said,
                " stroke=\"{color}\" stroke-width=\"{width}\" stroke-linejoin=\"round\""
            );
            if paint.round {
                said.push_str(" stroke-linecap=\"round\"");
            }
            if !paint.dash.is_empty() {
                let dash: Vec<String> =
                    paint.dash.iter().map(|n| number(n * paint.width)).collect();
                let _ = write!(said, " stroke-dasharray=\"{}\"", dash.join(" "));
            }
        }
        if paint.opacity < 1.0 {
            let _ = write!(said, " opacity=\"{}\"", number(paint.opacity));
        }
        said
    }

    fn mark(&mut self, symbol: &Symbol, (x, y): Position, size: f64) {
        self.symbols.insert(symbol.clone());
        let (x, y, size, id) = (number(x), number(y), number(size), symbol_id(symbol));
        let scale = if size == "1" { String::new() } else { format!(" scale({size})") };
        let _ = write!(
            self.body,
            "<use xlink:href=\"#{id}\" transform=\"translate({x} {y}){scale}\"/>"
        );
    }

    /// Writes a text.
    pub fn text(&mut self, text: &Text) {
        let (x, y) = text.at;
        let size = text.size;
        let mut said = format!("<text font-size=\"{}\" fill=\"{}\"", number(size), text.color);
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => said.push_str(" text-anchor=\"middle\""),
            Anchor::End => said.push_str(" text-anchor=\"end\""),
        }
        if text.bold {
            said.push_str(" font-weight=\"700\"");
        }
        if text.italic {
            said.push_str(" font-style=\"italic\"");
        }
        if text.spacing != 0.0 {
            let _ = write!(said, " letter-spacing=\"{}\"", number(text.spacing * size));
        }
        if text.opacity < 1.0 {
            let _ = write!(said, " opacity=\"{}\"", number(text.opacity));
        }
        if text.halo > 0.0 {
            let width = number(text.halo * 2.0);
            let _ = write!(
                said,
                " stroke=\"{HALO}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            );
        }
        if text.turn != 0.0 {
            let (turn, x, y) = (number(text.turn), number(x), number(y));
            let _ = write!(said, " transform=\"rotate({turn} {x} {y})\"");
        }
        said.push('>');
        let mut middle = y;
        for line in &text.lines {
            let baseline = number(middle + BASELINE * size);
            let _ = write!(
                said,
                "<tspan x=\"{}\" y=\"{baseline}\">{}</tspan>",
                number(x),
                escaped(line)
            );
            middle += text.leading * size;
        }
        said.push_str("</text>");
        self.body.push_str(&said);
    }

    fn clip(&mut self, content: &str) -> String {
        let id = format!("clip{}", self.clips.len());
        self.clips.push(format!("<clipPath id=\"{id}\">{content}</clipPath>\n"));
        id
    }

    /// The whole document, so many pixels wide and high; `paper` is the size in millimetres where the picture
    /// has one, `ground` the colour under everything.
    #[must_use]
    pub fn document(
        &self,
        [width, height]: [f64; 2],
        paper: Option<[f64; 2]>,
        ground: Option<&str>,
        title: &str,
    ) -> String {
        let (w, h) = (number(width), number(height));
        let [across, down] = match paper {
            Some(size) => size.map(|mm| format!("{}mm", number(mm))),
            None => [w.clone(), h.clone()],
        };
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"{across}\" height=\"{down}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FAMILY}, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif\">\n"
        );
        if !title.is_empty() {
            let _ = writeln!(out, "<title>{}</title>", escaped(title));
        }
        out.push_str("<defs>\n");
        self.clips.iter().for_each(|clip| out.push_str(clip));
        self.hatches.iter().for_each(|color| out.push_str(&hatch(color, self.corner)));
        self.symbols.iter().for_each(|symbol| out.push_str(&drawn(symbol)));
        out.push_str("</defs>\n");
        if let Some(color) = ground {
            let _ = writeln!(
                out,
                "<rect id=\"ground\" width=\"{w}\" height=\"{h}\" fill=\"{color}\"/>"
            );
        }
        out.push_str(&self.body);
        out.push_str("</svg>\n");
        out
    }
}

/// Text between tags, or in an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    // What XML cannot hold at all is left out.
    let sound: String =
        text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect();
    quick_xml::escape::escape(sound).into_owned()
}

fn hatch_id(color: &str) -> String {
    format!("hatch-{}", color.trim_start_matches('#'))
}

/// One diagonal hairline to a square; it continues in the next one.
fn hatch(color: &str, (x, y): Position) -> String {
    let (x, y) = (number(x), number(y));
    format!(
        "<pattern id=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{HATCH}\" height=\"{HATCH}\" patternUnits=\"userSpaceOnUse\"><path d=\"M-1 1l2 -2M0 7l7 -7M6 8l2 -2\" stroke=\"{color}\" stroke-width=\"0.7\"/></pattern>\n",
        hatch_id(color)
    )
}

fn symbol_id(symbol: &Symbol) -> String {
    let word: String = symbol.shape.chars().filter(char::is_ascii_alphanumeric).collect();
    let solid = if symbol.solid { "solid" } else { "hollow" };
    format!("mark-{word}-{}-{solid}", symbol.color.trim_start_matches('#'))
}

/// Corners of the shapes in a square of ±1; a circle has none.
fn corners(shape: &str) -> Option<Vec<Position>> {
    Some(match shape {
        "square" => vec![(-0.78, -0.78), (0.78, -0.78), (0.78, 0.78), (-0.78, 0.78)],
        "diamond" => vec![(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)],
        "triangle" => vec![(0.0, -1.05), (1.02, 0.8), (-1.02, 0.8)],
        "star" => (0..10_u32)
            .map(|i| {
                let radius = if i % 2 == 0 { 1.35 } else { 0.56 };
                let angle =
                    f64::from(i) / 10.0 * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
                (angle.cos() * radius, angle.sin() * radius)
            })
            .collect(),
        "cross" => vec![
            (-0.36, -1.0),
            (0.36, -1.0),
            (0.36, -0.36),
            (1.0, -0.36),
            (1.0, 0.36),
            (0.36, 0.36),
            (0.36, 1.0),
            (-0.36, 1.0),
            (-0.36, 0.36),
            (-1.0, 0.36),
            (-1.0, -0.36),
            (-0.36, -0.36),
        ],
        _ => return None,
    })
}

/// A symbol: a rim of paper keeps it apart from the ground and from others.
fn drawn(symbol: &Symbol) -> String {
    let shape = match corners(&symbol.shape) {
        Some(corners) => {
            let ring = corners.into_iter().map(|(x, y)| (x * RADIUS, y * RADIUS)).collect();
            format!("<path d=\"{}\"", path(&Outline::Areas(vec![ring])))
        }
        None => format!("<circle r=\"{}\"", number(RADIUS * 0.86)),
    };
    let color = &symbol.color;
    let ring = symbol.shape == "ring";
    let inside = if symbol.solid && !ring { color.as_str() } else { SYMBOL_PAPER };
    let width = if symbol.solid { "1" } else { "1.7" };
    let dot = if ring { format!("<circle r=\"2\" fill=\"{color}\"/>") } else { String::new() };
    format!(
        "<g id=\"{}\" stroke-linejoin=\"round\">{shape} fill=\"none\" stroke=\"{HALO}\" stroke-width=\"4\"/>{shape} fill=\"{inside}\" stroke=\"{color}\" stroke-width=\"{width}\"/>{dot}</g>\n",
        symbol_id(symbol)
    )
}

/// A stroke in the ink of frames.
#[must_use]
pub fn hairline(width: f64) -> Paint {
    Paint { stroke: Some(INK.to_owned()), width, opacity: 1.0, ..Paint::default() }
}
