//! Sites: the places that a plan offers to investors, and what is looked for around them.

use serde::{Deserialize, Serialize};

use crate::model::{PlaceIdx, Provenance, TargetIdx, TaskIdx, TermRef};

/// A row of the table of sites. A place is offered once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Site {
    /// Identifier of the row.
    pub id: String,
    /// The place that is offered.
    pub place: PlaceIdx,
    /// What the plan wants it to be, in Chinese.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Industries, products and facilities that are sought: Chinese and English.
    pub sought: Vec<(String, String)>,
    /// The activities that they belong to.
    pub industries: Vec<TermRef>,
    /// Targets that business there serves.
    pub targets: Vec<TargetIdx>,
    /// Measures of the plan that apply there.
    pub measures: Vec<TaskIdx>,
    /// Where the plan says so.
    pub provenance: Provenance,
}

/// A category of what is looked for around a site: raw materials, logistics, hospitals.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Surrounding {
    /// A word: `materials`.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Ids of the layers one of which a place must be in.
    pub layers: Vec<String>,
    /// Ids of the kinds one of which it must be of; none allows all.
    pub kinds: Vec<String>,
}
