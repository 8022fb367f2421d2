//! A plan: the document that every record cites.

use serde::{Deserialize, Serialize};

use crate::model::PlaceIdx;

/// One planning document and the county it is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// Folder name and prefix of place ids: `yunyang`.
    pub id: String,
    /// The county, a place of kind `county`.
    pub county: PlaceIdx,
    /// Title as printed.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Who issued it.
    pub issuer: String,
    /// Issuer in English.
    pub issuer_en: String,
    /// Document number, for example 奉节府发〔2020〕13号; empty when the text has none.
    pub number: String,
    /// Date of issue as printed; empty when the text has none.
    pub date: String,
    /// Years covered, `2021-2025`.
    pub period: String,
    /// Its sections in the order of the document.
    pub sections: Vec<Section>,
}

/// A section of a plan, the unit of citation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Section {
    /// What records cite: `专栏5`, `第三章第四节`.
    pub id: String,
    /// Heading as printed.
    pub title: String,
    /// English heading.
    pub title_en: String,
    /// The section it stands in.
    pub parent: Option<String>,
    /// First line of the section in the text of the document, from 1.
    pub line: Option<u32>,
}

impl Plan {
    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }
}
