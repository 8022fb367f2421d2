//! Styles: one to each layer and one to each class of its legend, in the legend's colours.
//!
//! Symbols have no picture: programs draw their own pin in the colour, and nothing is fetched from
//! anywhere. The balloon shows name and description and nothing of the program's own.

use std::collections::HashMap;
use std::io::{self, Write};

use quick_xml::Writer;

use crate::export::Features;
use crate::export::kml::xml;
use crate::model::{Mark, PlaceIdx, Style};

/// What a balloon shows.
const BALLOON: &str = "<h3>$[name]</h3>$[description]";

/// The styles of a layer, and which of its places has which.
pub struct Styles {
    layer: usize,
    class_of: HashMap<PlaceIdx, usize>,
}

impl Styles {
    /// Those of the layer with this number.
    pub fn of(number: usize, features: &Features<'_>) -> Self {
        let layer = features.layer;
        let classes = layer.places.iter().zip(&layer.class_of);
        let class_of = classes.filter_map(|(&place, class)| Some((place, (*class)?))).collect();
        Self { layer: number, class_of }
    }

    /// Reference to the style of a place; that of the layer for what is none.
    pub fn reference(&self, place: Option<&PlaceIdx>) -> String {
        let class = place.and_then(|place| self.class_of.get(place));
        format!("#{}", self.id(class.copied()))
    }

    fn id(&self, class: Option<usize>) -> String {
        match class {
            Some(class) => format!("style-{}-{class}", self.layer),
            None => format!("style-{}", self.layer),
        }
    }

    /// Writes them.
    pub fn write<W: Write>(&self, out: &mut Writer<W>, features: &Features<'_>) -> io::Result<()> {
        let style = &features.layer.style;
        let classes = features.layer.classes.iter().enumerate();
        let classes = classes.map(|(number, class)| (Some(number), class.color.as_str()));
        for (class, color) in std::iter::once((None, style.color.as_str())).chain(classes) {
            one(out, &self.id(class), style, color)?;
        }
        Ok(())
    }
}

fn one<W: Write>(out: &mut Writer<W>, id: &str, style: &Style, main: &str) -> io::Result<()> {
    let edge = match style.mark {
        Mark::Fill => style.outline.as_deref().unwrap_or(main),
        Mark::Line | Mark::Point => main,
    };
    let width = if style.mark == Mark::Point { 1.0 } else { style.width };
    let element = out.create_element("Style").with_attribute(("id", id));
    element.write_inner_content(|out| {
        out.create_element("IconStyle").write_inner_content(|out| {
            xml::text(out, "color", &color(main, style.opacity))?;
            xml::text(out, "scale", "0.7")
        })?;
        out.create_element("LabelStyle").write_inner_content(|out| {
            xml::text(out, "scale", if style.label { "0.8" } else { "0" })
        })?;
        out.create_element("LineStyle").write_inner_content(|out| {
            xml::text(out, "color", &color(edge, 1.0))?;
            xml::text(out, "width", &width.max(0.1).to_string())
        })?;
        out.create_element("PolyStyle").write_inner_content(|out| {
            xml::text(out, "color", &color(main, style.opacity))?;
            xml::text(out, "fill", if style.mark == Mark::Line { "0" } else { "1" })
        })?;
        out.create_element("BalloonStyle")
            .write_inner_content(|out| xml::hypertext(out, "text", BALLOON))?;
        Ok(())
    })?;
    Ok(())
}

/// `#rrggbb` as KML has it: opacity first, then blue, green, red. Grey where it is no colour.
fn color(text: &str, opacity: f64) -> String {
    let digits = text.trim_start_matches('#');
    let number = (digits.len() == 6).then(|| u32::from_str_radix(digits, 16).ok()).flatten();
    let [_, red, green, blue] = number.unwrap_or(0x80_80_80).to_be_bytes();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 255 after clamping"
    )]
    let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    format!("{alpha:02x}{blue:02x}{green:02x}{red:02x}")
}
