//! Guided tours: views of the map, one after the other, with something to say to each.

use serde::{Deserialize, Serialize};

use crate::model::{DiscrepancyIdx, OrganisationIdx, PlaceIdx, ProjectIdx, TargetIdx, TaskIdx};

/// A record of a table, whichever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordIdx {
    /// A project.
    Project(ProjectIdx),
    /// A target.
    Target(TargetIdx),
    /// A task.
    Task(TaskIdx),
    /// An organisation.
    Organisation(OrganisationIdx),
    /// A discrepancy.
    Discrepancy(DiscrepancyIdx),
}

/// A guided tour.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tour {
    /// Identifier, unique in the atlas.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Position of its plan in [`Atlas::plans`](crate::model::Atlas::plans); none for a tour of all of them.
    pub plan: Option<usize>,
    /// Where it stops, in order.
    pub stops: Vec<Stop>,
}

/// A view of the map and what is said to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stop {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What is said, in Chinese.
    pub caption: String,
    /// What is said, in English.
    pub caption_en: String,
    /// Position of the plan that says so.
    pub plan: Option<usize>,
    /// Its section.
    pub section: Option<String>,
    /// Longitude and latitude of the middle, degrees.
    pub center: [f64; 2],
    /// Zoom level, as the map of the page counts them.
    pub zoom: f64,
    /// Degrees clockwise from north that point upwards.
    pub bearing: f64,
    /// Degrees that the view is tilted.
    pub pitch: f64,
    /// Layers that are on, by position in [`Atlas::layers`](crate::model::Atlas::layers).
    pub layers: Vec<usize>,
    /// Places that are highlighted.
    pub places: Vec<PlaceIdx>,
    /// Records that belong to it.
    pub records: Vec<RecordIdx>,
}
