//! Records as answers show them: every reference spelled out, and how they belong to the place
//! that was asked about.

mod views;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Comparator, Observation, TargetKind, Term};
pub use views::Views;

use crate::query::refs::{PlaceRef, RecordRef, TargetRef, UnitRef};

/// How a record belongs to the place of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The plan names the place itself.
    Own,
    /// The plan names a place that lies inside it.
    Inside,
    /// A project of the place serves this target.
    Project,
}

/// Why a record is in a dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Link<'a> {
    /// How it belongs to the place.
    pub relation: Relation,
    /// The place inside that the plan names.
    pub place: Option<PlaceRef<'a>>,
}

/// A role of a place in a plan's layout.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Role)]
pub struct RoleView<'a> {
    id: &'a str,
    plan: &'a str,
    place: PlaceRef<'a>,
    kind: &'a Term,
    title: &'a str,
    title_en: &'a str,
    industries: Vec<&'a Term>,
    herbs: Vec<&'a Term>,
    base_type: Option<&'a Term>,
    section: &'a [String],
    lines: &'a str,
    quote: &'a str,
    note: &'a str,
    link: Option<Link<'a>>,
}

/// A project.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectView<'a> {
    id: &'a str,
    plan: &'a str,
    name: &'a str,
    name_en: Option<&'a str>,
    industry: &'a Term,
    action: Option<&'a Term>,
    stage: Option<&'a Term>,
    deadline: &'a str,
    deadline_year: Option<i32>,
    places: Vec<PlaceRef<'a>>,
    targets: Vec<TargetRef<'a>>,
    lead_units: Vec<UnitRef<'a>>,
    cooperating_units: Vec<UnitRef<'a>>,
    quantity: &'a str,
    number: Option<f64>,
    comparator: Option<Comparator>,
    unit: &'a str,
    /// Statements about this project that do not agree.
    discrepancies: Vec<RecordRef<'a>>,
    section: &'a [String],
    lines: &'a str,
    quote: &'a str,
    note: &'a str,
    link: Option<Link<'a>>,
}

/// A later value of an indicator.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Observation)]
pub struct ObservationView<'a> {
    year: i32,
    value: f64,
    source: &'a str,
    note: &'a str,
}

impl<'a> From<&'a Observation> for ObservationView<'a> {
    fn from(observation: &'a Observation) -> Self {
        Self {
            year: observation.year,
            value: observation.value,
            source: &observation.source,
            note: &observation.note,
        }
    }
}

/// An indicator, or a figure in the text.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Target)]
pub struct TargetView<'a> {
    id: &'a str,
    plan: &'a str,
    kind: TargetKind,
    no: Option<u32>,
    name: &'a str,
    name_en: Option<&'a str>,
    industry: Option<&'a Term>,
    unit: &'a str,
    unit_en: &'a str,
    baseline_year: &'a str,
    baseline: &'a str,
    baseline_number: Option<f64>,
    target_year: &'a str,
    target: &'a str,
    target_number: Option<f64>,
    comparator: Option<Comparator>,
    attribute: Option<&'a Term>,
    places: Vec<PlaceRef<'a>>,
    projects: Vec<RecordRef<'a>>,
    indicator: Option<TargetRef<'a>>,
    observations: Vec<ObservationView<'a>>,
    /// Statements about this figure that do not agree.
    discrepancies: Vec<RecordRef<'a>>,
    section: &'a [String],
    lines: &'a str,
    quote: &'a str,
    note: &'a str,
    link: Option<Link<'a>>,
}

/// A task or measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Task)]
pub struct TaskView<'a> {
    id: &'a str,
    plan: &'a str,
    kind: Option<&'a Term>,
    group: &'a str,
    no: &'a str,
    title: &'a str,
    title_en: Option<&'a str>,
    task: &'a str,
    lead_units: Vec<UnitRef<'a>>,
    cooperating_units: Vec<UnitRef<'a>>,
    places: Vec<PlaceRef<'a>>,
    section: &'a [String],
    lines: &'a str,
    quote: &'a str,
    note: &'a str,
    link: Option<Link<'a>>,
}

/// An organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub struct OrganisationView<'a> {
    id: &'a str,
    plan: &'a str,
    name: &'a str,
    name_en: Option<&'a str>,
    aliases: &'a [String],
    kind: Option<&'a Term>,
    role: &'a str,
    leads: Vec<RecordRef<'a>>,
    cooperates: Vec<RecordRef<'a>>,
    section: &'a [String],
    lines: &'a str,
    quote: &'a str,
    note: &'a str,
}

/// Two statements of a plan that do not agree.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Discrepancy)]
pub struct DiscrepancyView<'a> {
    id: &'a str,
    plan: &'a str,
    topic: &'a str,
    topic_en: Option<&'a str>,
    kind: Option<&'a Term>,
    severity: Option<&'a Term>,
    section_a: &'a [String],
    statement_a: &'a str,
    section_b: &'a [String],
    statement_b: &'a str,
    assessment: &'a str,
    assessment_en: Option<&'a str>,
    places: Vec<PlaceRef<'a>>,
    targets: Vec<RecordRef<'a>>,
    projects: Vec<RecordRef<'a>>,
    lines: &'a str,
    link: Option<Link<'a>>,
}
