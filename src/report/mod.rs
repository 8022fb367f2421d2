//! Paged reports: the dossier of a place, the booklet of a layer.
//!
//! ```text
//! query views ─► content (blocks, both languages) ─┬─ typeset: typst ─► PDF
//!      pictures ─► SVG ─────────────────────────────┴─ html ───────────► one file
//! ```
//!
//! What a report says is composed once, out of what [`crate::query`] answers; both printers print the same
//! blocks. Nothing here looks at a clock: the same data gives the same bytes.

mod content;
mod html;
mod layer;
mod map;
mod parts;
mod place;
mod statements;
mod typeset;
mod voice;
mod written;

use crate::index::IndexedAtlas;
use crate::picture::{Language, MakeError};
use crate::query::{Budget, Unanswered};

pub use content::Report;

/// What a report is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A place, by its id: what the plans say of it.
    Place(String),
    /// A layer, by its id, and the county that it is cut down to: a page for each township.
    Layer(String, Option<String>),
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pages of A4, tagged, with searchable text.
    Pdf,
    /// One file that needs no other.
    Html,
}

impl Format {
    /// The format with this ending, in capitals or not.
    #[must_use]
    pub fn named(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// How names of such files end, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No such place.
    #[error("there is no place {0:?}; /api/search?q= finds places by name")]
    Place(String),
    /// No such layer.
    #[error("there is no layer {0:?}; /api/atlas lists them")]
    Layer(String),
    /// A county that is none.
    #[error("{0:?} is no county of this atlas; /api/atlas lists the plans with theirs")]
    County(String),
    /// A layer of which nothing lies in a township.
    #[error(
        "no place of the layer {0:?} lies in a township, so there is no page to fill; take another layer, or leave county out"
    )]
    Empty(String),
    /// More townships than one booklet has.
    #[error("{0} townships are too many; at most {most} fit into a booklet: choose a county", most = layer::MOST)]
    Townships(usize),
    /// A map picture that cannot be made.
    #[error(transparent)]
    Picture(#[from] MakeError),
    /// Not answered.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// Not typeset. Nobody can change that but us.
    #[error("the report cannot be typeset: {0}")]
    Typeset(String),
}

impl ReportError {
    /// Whether whoever asked can change something about it.
    #[must_use]
    pub fn is_wish(&self) -> bool {
        match self {
            Self::Picture(error) => error.is_wish(),
            Self::Unanswered(_) | Self::Typeset(_) => false,
            _ => true,
        }
    }
}

impl Subject {
    /// Composes the report in a language.
    ///
    /// # Errors
    /// When what it is about does not exist, the budget is withdrawn, or a large layer's file cannot be read.
    pub fn report(
        &self,
        index: &IndexedAtlas,
        language: Language,
        budget: &Budget,
    ) -> Result<Report, ReportError> {
        let voice = voice::Voice { index, language };
        match self {
            Self::Place(id) => place::report(voice, id, budget),
            Self::Layer(id, county) => layer::report(voice, id, county.as_deref(), budget),
        }
    }
}

impl Report {
    /// Prints the report.
    ///
    /// # Errors
    /// When it cannot be typeset, which is our fault.
    pub fn printed(&self, format: Format) -> Result<Vec<u8>, ReportError> {
        match format {
            Format::Pdf => typeset::pdf(self).map_err(ReportError::Typeset),
            Format::Html => Ok(html::html(self).into_bytes()),
        }
    }
}
