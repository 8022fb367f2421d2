//! Map pictures: one scene, written as SVG, painted as PNG, printed as PDF to scale.
//!
//! ```text
//! layers ─ members in a frame ─ recipes of the screen ─► scene ─┬─ sheet: title, legend, scale, grid … ─► SVG ─┬─► PNG
//!                             └ symbols and names, placed ──────┘                                            └─► PDF
//! ```
//!
//! A pixel is a ninety-sixth of an inch, on paper too, so that symbols and letters have one size on the screen
//! and on paper of the same scale.

mod compose;
mod crowd;
mod fonts;
mod frame;
mod furniture;
mod grid;
mod layers;
mod legend;
mod lines;
mod made;
mod matrix;
mod members;
mod names;
mod outline;
mod paint;
mod palette;
mod paper;
mod path;
mod plates;
mod scene;
mod sheet;
mod svg;
mod symbols;
mod tiles;
mod wish;

pub use compose::{Board, Look, compose};
pub use fonts::{FAMILY, FontFile, font_files};
pub use frame::{Frame, PIXELS_PER_INCH, PIXELS_PER_MM};
pub use made::{Format, MakeError};
pub use matrix::{DEEPEST, MatrixSet, TILE};
pub use paint::{PaintError, pdf, png};
pub use paper::Paper;
pub use plates::Brush;
pub use scene::{Ink, Scene};
pub use sheet::{Sheet, approval, picture};
pub use svg::escaped;
pub use tiles::{Under, board, key, plain, tile};
pub use wish::{PictureWish, WishError};

/// Language of names and margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// One of two texts.
    #[must_use]
    pub fn pick<'t>(self, chinese: &'t str, english: &'t str) -> &'t str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}
