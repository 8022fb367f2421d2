//! Paged reports: the dossier of a place, the booklet of a layer, the brochure of a site, sites side by side.
//!
//! ```text
//! query views ─► content (blocks, both languages) ─┬─ typeset: typst ─► PDF
//!      pictures ─► SVG ─────────────────────────────┴─ html ───────────► one file
//! ```
//!
//! What a report says is composed once, out of what [`crate::query`] answers; both printers print the same
//! blocks. Nothing here looks at a clock: the same data gives the same bytes.

mod code;
mod comparison;
mod content;
mod html;
mod layer;
mod map;
mod parts;
mod place;
mod site;
mod statements;
mod typeset;
mod voice;
mod workbook;
mod written;

use crate::index::IndexedAtlas;
use crate::picture::{Language, MakeError};
use crate::query::{Budget, Unanswered};

pub use content::Report;
pub use html::STYLE;

/// What a report is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A place, by its id: what the plans say of it.
    Place(String),
    /// A layer, by its id, and the county that it is cut down to: a page for each township.
    Layer(String, Option<String>),
    /// A place that a plan offers to investors.
    Site {
        /// Its id.
        place: String,
        /// How far is looked around it, metres.
        radius: f64,
        /// An address that its square code leads to.
        link: Option<String>,
    },
    /// Two to four such places side by side.
    Comparison {
        /// Their ids.
        places: Vec<String>,
        /// How far is looked around each, metres.
        radius: f64,
    },
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pages of A4, tagged, with searchable text.
    Pdf,
    /// One file that needs no other.
    Html,
    /// An Excel workbook, of a comparison.
    Xlsx,
}

impl Format {
    /// The format with this ending, in capitals or not.
    #[must_use]
    pub fn named(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "html" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// How names of such files end, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
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
    /// A place that no plan offers.
    #[error("{0:?} is no site; /api/sites lists them")]
    Site(String),
    /// Too few or too many to compare.
    #[error("places names {0} sites; two to four are compared")]
    Compared(usize),
    /// The same one twice.
    #[error("{0:?} is named twice in places")]
    Twice(String),
    /// How far to look, out of range.
    #[error("radius is {0}; it runs from 0 to {FARTHEST} metres")]
    Radius(f64),
    /// No address of a page.
    #[error(
        "link is no address that a code can lead to; it begins with http:// or https:// and has at most {most} characters", most = code::LONGEST
    )]
    Link,
    /// A report of which there is no table.
    #[error("only a comparison of sites is made as a workbook; ask for pdf or html")]
    NoTable,
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

/// Metres around a site within which is looked at most.
pub const FARTHEST: f64 = 200_000.0;

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
            Self::Site { place, radius, link } => {
                site::report(voice, place, *radius, link.as_deref(), budget)
            }
            Self::Comparison { places, radius } => {
                comparison::report(voice, places, *radius, budget)
            }
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
            Format::Xlsx => workbook::xlsx(self),
        }
    }
}
