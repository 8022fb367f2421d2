//! From SVG to pixels (`resvg`) and to pages (`krilla`).

use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::picture::PIXELS_PER_INCH;
use crate::picture::fonts::{FAMILY, FONTS};

/// Why a picture could not be painted.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// The markup is not sound. Nobody can change that but us.
    #[error("the picture cannot be drawn: {0}")]
    Markup(#[from] resvg::usvg::Error),
    /// It has no pixels, or more than memory holds.
    #[error("the picture has no size, or too large a one")]
    Size,
    /// It could not be encoded.
    #[error("the picture cannot be encoded: {0}")]
    Encode(String),
}

fn tree(svg: &str) -> Result<Tree, PaintError> {
    let options = Options {
        fontdb: FONTS.database.clone(),
        font_family: FAMILY.to_owned(),
        ..Options::default()
    };
    Ok(Tree::from_str(svg, &options)?)
}

/// Paints a picture at so many pixels of the file to an inch; 96 makes one of a pixel. The file says how large it is
/// meant to be, so that a document that it is pasted into has it in its right size.
///
/// # Errors
/// When it has no size or a huge one.
pub fn png(svg: &str, dpi: f64, title: &str) -> Result<Vec<u8>, PaintError> {
    let tree = tree(svg)?;
    let size = tree.size();
    #[expect(clippy::cast_possible_truncation, reason = "a factor of a few")]
    let scale = (dpi / PIXELS_PER_INCH) as f32;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes are above nought"
    )]
    let [width, height] = [size.width(), size.height()].map(|side| (side * scale).round() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or(PaintError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    encode(pixels, dpi, title).map_err(|error| PaintError::Encode(error.to_string()))
}

fn encode(pixels: Pixmap, dpi: f64, title: &str) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some thousand pixels to a metre"
    )]
    let per_metre = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    if !title.is_empty() {
        encoder.add_itxt_chunk("Title".to_owned(), title.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.take_demultiplied())?;
    writer.finish()?;
    Ok(bytes)
}

/// Prints pictures as the pages of one document, each as large as it is.
///
/// # Errors
/// When a picture has no size, or a font cannot be embedded.
pub fn pdf(
    pages: impl IntoIterator<Item = String>,
    title: &str,
    language: &str,
) -> Result<Vec<u8>, PaintError> {
    const POINTS_PER_PIXEL: f32 = 0.75;
    let mut document = krilla::Document::new();
    for svg in pages {
        let tree = tree(&svg)?;
        let (width, height) =
            (tree.size().width() * POINTS_PER_PIXEL, tree.size().height() * POINTS_PER_PIXEL);
        let settings = PageSettings::from_wh(width, height).ok_or(PaintError::Size)?;
        let size = Size::from_wh(width, height).ok_or(PaintError::Size)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or(PaintError::Size)?;
        surface.finish();
        page.finish();
    }
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .creator("Plan Atlas".to_owned())
            .language(language.to_owned()),
    );
    document.finish().map_err(|error| PaintError::Encode(format!("{error:?}")))
}
