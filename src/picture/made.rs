//! From a wish to the bytes of a file.

use crate::index::IndexedAtlas;
use crate::painter::Painter;
use crate::picture::paint::{PaintError, pdf, png};
use crate::picture::sheet::picture;
use crate::picture::{Brush, Language, PIXELS_PER_INCH, PictureWish, WishError};
use crate::query::{Budget, Unanswered};

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scalable Vector Graphics 1.1, with live text.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// Portable Document Format, vectors to scale, with searchable text.
    Pdf,
}

impl Format {
    /// The format with this ending, in capitals or not.
    #[must_use]
    pub fn named(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// What is asked for cannot be understood or met.
    #[error(transparent)]
    Wish(#[from] WishError),
    /// Pixels to an inch out of range.
    #[error("dpi is {0}; it runs from {MIN_DPI} to {MAX_DPI}")]
    Dpi(f64),
    /// More pixels than a picture has.
    #[error(
        "the picture would have {0:.0} million pixels; at most {MAX_MEGAPIXELS} are painted: ask for fewer dpi, a smaller size, or for a PDF"
    )]
    Pixels(f64),
    /// A format that holds one picture.
    #[error("only a PDF holds several sheets; leave each out, or ask for a PDF")]
    Several,
    /// Not answered.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// Not painted.
    #[error(transparent)]
    Paint(#[from] PaintError),
}

impl MakeError {
    /// Whether whoever asked can change something about it.
    #[must_use]
    pub fn is_wish(&self) -> bool {
        !matches!(self, Self::Unanswered(_) | Self::Paint(_))
    }
}

/// Pixels of a file to an inch, least and most.
const MIN_DPI: f64 = 48.0;
const MAX_DPI: f64 = 600.0;

/// Millions of pixels that are painted at once at most: four bytes each, and as many again to encode them.
const MAX_MEGAPIXELS: f64 = 50.0;

impl PictureWish {
    /// Makes the file; `dpi` says how many pixels a PNG has to an inch, and the painter paints what is dense in it.
    ///
    /// # Errors
    /// When the wish cannot be met, the budget is withdrawn, or a large layer's file cannot be read.
    pub fn made(
        &self,
        index: &IndexedAtlas,
        format: Format,
        dpi: f64,
        painter: &Painter,
        budget: &Budget,
    ) -> Result<Vec<u8>, MakeError> {
        if !(MIN_DPI..=MAX_DPI).contains(&dpi) {
            return Err(MakeError::Dpi(dpi));
        }
        let sheets = self.sheets(index)?;
        let first = sheets.first().ok_or(WishError::Sheets(0))?;
        let title = first.margins.as_ref().map_or_else(
            || self.language.pick(&index.atlas.title, &index.atlas.title_en).to_owned(),
            |margins| margins.title.clone(),
        );
        if format != Format::Pdf && sheets.len() > 1 {
            return Err(MakeError::Several);
        }
        let scale = dpi / PIXELS_PER_INCH;
        if format == Format::Png {
            let millions = first.size[0] * first.size[1] * scale * scale / 1e6;
            if millions > MAX_MEGAPIXELS {
                return Err(MakeError::Pixels(millions));
            }
        }
        let brush = (format == Format::Png).then(|| Brush::new(painter, scale));
        let drawn: Result<Vec<String>, Unanswered> =
            sheets.iter().map(|sheet| picture(index, sheet, brush, budget)).collect();
        let mut drawn = drawn?;
        Ok(match format {
            Format::Svg => drawn.swap_remove(0).into_bytes(),
            Format::Png => png(&drawn[0], dpi, &title)?,
            Format::Pdf => {
                let language = if self.language == Language::English { "en" } else { "zh-CN" };
                pdf(drawn, &title, language)?
            }
        })
    }
}
