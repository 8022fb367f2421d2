//! Dense runs of areas and strokes, painted apart from the rest of a picture and put into it as an image.
//!
//! What the painter paints is plain: areas of a colour, strokes without gaps. Hatching, dashes, symbols and letters
//! are drawn as they always are, and so is everything in SVG and PDF.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use resvg::tiny_skia::PremultipliedColorU8;

use crate::painter::{LARGEST_SIDE, Painter, Plate};
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::channels;
use crate::picture::scene::{Ink, Paint};
use crate::query::Budget;

/// Vertices from which on a run is dense.
const DENSE: usize = 20_000;

/// Width of strokes, pixels, up to which joins look the same whether they are round or not.
const THIN: f64 = 3.0;

/// Who paints dense runs of a picture that becomes pixels.
#[derive(Debug, Clone, Copy)]
pub struct Brush<'p> {
    /// The painter.
    pub painter: &'p Painter,
    /// Pixels of the file to a pixel of the picture.
    pub scale: f64,
    /// Vertices from which on a run is dense.
    pub dense: usize,
}

impl<'p> Brush<'p> {
    /// A painter who paints at so many pixels of the file to one of the picture what is worth it.
    #[must_use]
    pub fn new(painter: &'p Painter, scale: f64) -> Self {
        Self { painter, scale, dense: DENSE }
    }

    /// Plates for a map that lies in the picture so many pixels from the left and from the top and is so many wide
    /// and high.
    #[must_use]
    pub fn over(self, map: [f64; 4], budget: &'p Budget) -> Plates<'p> {
        Plates { brush: self, map, budget }
    }
}

/// Where dense runs of a map are painted.
#[derive(Debug, Clone, Copy)]
pub struct Plates<'p> {
    brush: Brush<'p>,
    /// Left, top, width and height of the map in the picture, pixels.
    map: [f64; 4],
    budget: &'p Budget,
}

/// A dense run, ready to be put into the picture. Things of one look are painted as one, so that a border that two
/// neighbours have in common is not darker than others, and no seam shows between them.
pub enum Plated {
    /// Painted already.
    Image(Image),
    /// To be painted like everything else: one thing for each look.
    Inks(Vec<Ink>),
}

/// A run as an image, in pixels of the map.
pub struct Image {
    /// Left, top, width and height.
    pub at: [f64; 4],
    /// Its opacity.
    pub opacity: f64,
    /// The image, as it stands in an attribute.
    pub href: String,
}

impl Plates<'_> {
    /// Paints a run where it is dense, and says that it is none where it is not.
    pub fn paint(&self, run: &[Ink]) -> Option<Plated> {
        let vertices: usize = run.iter().map(vertices).sum();
        if vertices == 0 || vertices < self.brush.dense {
            return None;
        }
        let is_worth = self.brush.painter.is_worth(vertices);
        let image = is_worth.then(|| self.image(run)).flatten();
        Some(image.map_or_else(|| Plated::Inks(looks(run)), Plated::Image))
    }

    /// What the painter makes of it; `None` where it does not paint.
    fn image(&self, run: &[Ink]) -> Option<Image> {
        let Brush { painter, scale, .. } = self.brush;
        let [left, top, width, height] = self.map.map(|at| at * scale);
        // Whole pixels of the file, so that the image is copied and not stretched.
        let low = [left.floor(), top.floor()];
        let size = [(left + width).ceil() - low[0], (top + height).ceil() - low[1]];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture has some thousand pixels"
        )]
        let pixels = size.map(|side| side as u32);
        if pixels.iter().any(|&side| side == 0 || side > LARGEST_SIDE) {
            return None;
        }
        let shift = (left - low[0], top - low[1]);
        let at = |&(x, y): &Position| (x * scale + shift.0, y * scale + shift.1);
        let mut plate = Plate::new(pixels);
        let mut opacity = 1.0;
        for ink in run {
            let Ink::Shape(outline, paint) = ink else { return None };
            self.budget.check().ok()?;
            opacity = paint.opacity;
            put(&mut plate, outline, paint, scale, at)?;
        }
        let painted = painter.paint(plate, self.budget)?;
        let from_map = |at: f64, edge: f64| at / scale - edge;
        let [x, y] = [from_map(low[0], self.map[0]), from_map(low[1], self.map[1])];
        let at = [x, y, size[0] / scale, size[1] / scale];
        Some(Image { at, opacity, href: encoded(pixels, painted)? })
    }
}

/// Things that look alike as one thing, in the order in which the looks came first.
fn looks(run: &[Ink]) -> Vec<Ink> {
    let mut looks: Vec<(Outline, &Paint)> = Vec::new();
    for ink in run {
        let Ink::Shape(outline, paint) = ink else { continue };
        let like = |(known, of): &&mut (Outline, &Paint)| *of == paint && known.is_like(outline);
        match looks.iter_mut().find(like) {
            Some((known, _)) => known.append(outline),
            None => looks.push((outline.clone(), paint)),
        }
    }
    looks.into_iter().map(|(outline, paint)| Ink::Shape(outline, paint.clone())).collect()
}

/// Whether the painter can paint a thing as it should be: areas or strokes, plain.
fn is_plain(ink: &Ink) -> bool {
    let Ink::Shape(outline, paint) = ink else { return false };
    let one = paint.fill.is_some() != paint.stroke.is_some();
    let drawn = !matches!(outline, Outline::Points(_));
    // The painter knows neither round ends nor round joins: on thin strokes nobody does.
    let thin = !paint.round && paint.width <= THIN;
    drawn && one && thin && paint.hatch.is_none() && paint.dash.is_empty() && !paint.inside
}

/// Cuts things into runs that are painted in one way: plain ones of one opacity, and others.
pub fn runs(inks: &[Ink]) -> impl Iterator<Item = &[Ink]> {
    let opacity = |ink: &Ink| match ink {
        Ink::Shape(_, paint) if is_plain(ink) => Some(paint.opacity.to_bits()),
        _ => None,
    };
    inks.chunk_by(move |a, b| opacity(a) == opacity(b))
}

fn vertices(ink: &Ink) -> usize {
    match ink {
        Ink::Shape(Outline::Lines(paths) | Outline::Areas(paths), _) if is_plain(ink) => {
            paths.iter().map(Vec::len).sum()
        }
        _ => 0,
    }
}

fn put(
    plate: &mut Plate,
    outline: &Outline,
    paint: &Paint,
    scale: f64,
    at: impl Fn(&Position) -> Position,
) -> Option<()> {
    let moved = |path: &Vec<Position>| path.iter().map(&at).collect::<Vec<_>>();
    let (Outline::Lines(paths) | Outline::Areas(paths)) = outline else { return None };
    if let Some(fill) = &paint.fill {
        plate.fill(channels(fill), paths.iter().map(moved));
    } else {
        // A ring is closed, and joined where it is closed.
        let ring = matches!(outline, Outline::Areas(_));
        let closed = |path: &Vec<Position>| {
            let mut path = moved(path);
            if ring {
                path.extend_from_within(..path.len().min(2));
            }
            path
        };
        #[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
        let width = (paint.width * scale) as f32;
        plate.stroke(channels(paint.stroke.as_ref()?), width, paths.iter().map(closed));
    }
    Some(())
}

/// Pixels as a PNG in a `data:` address, so that the picture stays one document.
fn encoded([width, height]: [u32; 2], mut pixels: Vec<u8>) -> Option<String> {
    for pixel in pixels.chunks_exact_mut(4) {
        let [red, green, blue, alpha] = [pixel[0], pixel[1], pixel[2], pixel[3]];
        if alpha != 0 && alpha != u8::MAX {
            let [red, green, blue] = [red, green, blue].map(|part| part.min(alpha));
            let plain = PremultipliedColorU8::from_rgba(red, green, blue, alpha)?.demultiply();
            pixel[..3].copy_from_slice(&[plain.red(), plain.green(), plain.blue()]);
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(format!("data:image/png;base64,{}", BASE64_STANDARD.encode(file)))
}
