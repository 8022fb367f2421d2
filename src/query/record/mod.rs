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
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) place: PlaceRef<'a>,
    pub(crate) kind: &'a Term,
    pub(crate) title: &'a str,
    pub(crate) title_en: &'a str,
    pub(crate) industries: Vec<&'a Term>,
    pub(crate) herbs: Vec<&'a Term>,
    pub(crate) base_type: Option<&'a Term>,
    pub(crate) section: &'a [String],
    pub(crate) lines: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) note: &'a str,
    pub(crate) link: Option<Link<'a>>,
}

/// A project.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectView<'a> {
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) name: &'a str,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) industry: &'a Term,
    pub(crate) action: Option<&'a Term>,
    pub(crate) stage: Option<&'a Term>,
    pub(crate) deadline: &'a str,
    pub(crate) deadline_year: Option<i32>,
    pub(crate) places: Vec<PlaceRef<'a>>,
    pub(crate) targets: Vec<TargetRef<'a>>,
    pub(crate) lead_units: Vec<UnitRef<'a>>,
    pub(crate) cooperating_units: Vec<UnitRef<'a>>,
    pub(crate) quantity: &'a str,
    pub(crate) number: Option<f64>,
    pub(crate) comparator: Option<Comparator>,
    pub(crate) unit: &'a str,
    /// Statements about this project that do not agree.
    pub(crate) discrepancies: Vec<RecordRef<'a>>,
    pub(crate) section: &'a [String],
    pub(crate) lines: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) note: &'a str,
    pub(crate) link: Option<Link<'a>>,
}

/// A later value of an indicator.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Observation)]
pub struct ObservationView<'a> {
    pub(crate) year: i32,
    pub(crate) value: f64,
    pub(crate) source: &'a str,
    pub(crate) note: &'a str,
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
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) kind: TargetKind,
    pub(crate) no: Option<u32>,
    pub(crate) name: &'a str,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) industry: Option<&'a Term>,
    pub(crate) unit: &'a str,
    pub(crate) unit_en: &'a str,
    pub(crate) baseline_year: &'a str,
    pub(crate) baseline: &'a str,
    pub(crate) baseline_number: Option<f64>,
    pub(crate) target_year: &'a str,
    pub(crate) target: &'a str,
    pub(crate) target_number: Option<f64>,
    pub(crate) comparator: Option<Comparator>,
    pub(crate) attribute: Option<&'a Term>,
    pub(crate) places: Vec<PlaceRef<'a>>,
    pub(crate) projects: Vec<RecordRef<'a>>,
    pub(crate) indicator: Option<TargetRef<'a>>,
    pub(crate) observations: Vec<ObservationView<'a>>,
    /// Statements about this figure that do not agree.
    pub(crate) discrepancies: Vec<RecordRef<'a>>,
    pub(crate) section: &'a [String],
    pub(crate) lines: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) note: &'a str,
    pub(crate) link: Option<Link<'a>>,
}

/// A task or measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Task)]
pub struct TaskView<'a> {
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) kind: Option<&'a Term>,
    pub(crate) group: &'a str,
    pub(crate) no: &'a str,
    pub(crate) title: &'a str,
    pub(crate) title_en: Option<&'a str>,
    pub(crate) task: &'a str,
    pub(crate) lead_units: Vec<UnitRef<'a>>,
    pub(crate) cooperating_units: Vec<UnitRef<'a>>,
    pub(crate) places: Vec<PlaceRef<'a>>,
    pub(crate) section: &'a [String],
    pub(crate) lines: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) note: &'a str,
    pub(crate) link: Option<Link<'a>>,
}

/// An organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub struct OrganisationView<'a> {
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) name: &'a str,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) aliases: &'a [String],
    pub(crate) kind: Option<&'a Term>,
    pub(crate) role: &'a str,
    pub(crate) leads: Vec<RecordRef<'a>>,
    pub(crate) cooperates: Vec<RecordRef<'a>>,
    pub(crate) section: &'a [String],
    pub(crate) lines: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) note: &'a str,
}

/// Two statements of a plan that do not agree.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Discrepancy)]
pub struct DiscrepancyView<'a> {
    pub(crate) id: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) topic: &'a str,
    pub(crate) topic_en: Option<&'a str>,
    pub(crate) kind: Option<&'a Term>,
    pub(crate) severity: Option<&'a Term>,
    pub(crate) section_a: &'a [String],
    pub(crate) statement_a: &'a str,
    pub(crate) section_b: &'a [String],
    pub(crate) statement_b: &'a str,
    pub(crate) assessment: &'a str,
    pub(crate) assessment_en: Option<&'a str>,
    pub(crate) places: Vec<PlaceRef<'a>>,
    pub(crate) targets: Vec<RecordRef<'a>>,
    pub(crate) projects: Vec<RecordRef<'a>>,
    pub(crate) lines: &'a str,
    pub(crate) link: Option<Link<'a>>,
}
