//! Records: what a plan says about places, with the section that says it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{PlaceIdx, TermRef};

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);
    )*};
}

handles! {
    /// Position of a role in [`Atlas::roles`](crate::model::Atlas::roles).
    RoleIdx,
    /// Position of a project in [`Atlas::projects`](crate::model::Atlas::projects).
    ProjectIdx,
    /// Position of a target in [`Atlas::targets`](crate::model::Atlas::targets).
    TargetIdx,
    /// Position of a task in [`Atlas::tasks`](crate::model::Atlas::tasks).
    TaskIdx,
    /// Position of an organisation in [`Atlas::organisations`](crate::model::Atlas::organisations).
    OrganisationIdx,
    /// Position of a discrepancy in [`Atlas::discrepancies`](crate::model::Atlas::discrepancies).
    DiscrepancyIdx,
}

/// Where in its document a record comes from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Position of the plan in [`Atlas::plans`](crate::model::Atlas::plans).
    pub plan: usize,
    /// Sections that say it.
    pub sections: Vec<String>,
    /// Line numbers in the text of the document, as noted.
    pub lines: String,
    /// Words of the document.
    pub quote: String,
    /// Remark of the people who encoded the record.
    pub note: String,
}

/// How a stated number bounds the quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Comparator {
    /// Exactly.
    #[serde(rename = "=")]
    Equal,
    /// At least (不少于, 以上, ≥).
    #[serde(rename = ">=")]
    AtLeast,
    /// More than (超过, ＞).
    #[serde(rename = ">")]
    MoreThan,
    /// At most (不超过, ≤).
    #[serde(rename = "<=")]
    AtMost,
    /// Less than.
    #[serde(rename = "<")]
    LessThan,
    /// About (左右).
    #[serde(rename = "~")]
    About,
}

impl Comparator {
    /// The sign as data files write it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::LessThan => "<",
            Self::About => "~",
        }
    }

    /// The comparator written with this sign; full-width and mathematical signs are accepted.
    #[must_use]
    pub fn from_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "=" => Self::Equal,
            ">=" | "≥" => Self::AtLeast,
            ">" | "＞" => Self::MoreThan,
            "<=" | "≤" => Self::AtMost,
            "<" | "＜" => Self::LessThan,
            "~" | "≈" => Self::About,
            _ => return None,
        })
    }
}

/// A role that a place plays in a plan's layout.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// Identifier, `LY169`.
    pub id: String,
    /// The place.
    pub place: PlaceIdx,
    /// Kind of role.
    pub kind: TermRef,
    /// What the plan calls it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Industries and activities named with it.
    pub industries: Vec<TermRef>,
    /// Herbs named with it.
    pub herbs: Vec<TermRef>,
    /// What the herb base is for.
    pub base_type: Option<TermRef>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A stated quantity.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Value {
    /// As written.
    pub text: String,
    /// As a plain number in the record's unit, where it is one.
    pub number: Option<f64>,
}

/// A project.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Project {
    /// Identifier, `PJ226`.
    pub id: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Industry.
    pub industry: TermRef,
    /// What is done: 新建, 扩建 …
    pub action: Option<TermRef>,
    /// Stage.
    pub stage: Option<TermRef>,
    /// Deadline as written.
    pub deadline: String,
    /// Year of the deadline.
    pub deadline_year: Option<i32>,
    /// Places; empty for a county-wide project.
    pub places: Vec<PlaceIdx>,
    /// Indicators whose subject it serves.
    pub targets: Vec<TargetIdx>,
    /// Responsible units.
    pub lead_units: Vec<OrganisationIdx>,
    /// Co-operating units.
    pub cooperating_units: Vec<OrganisationIdx>,
    /// Quantity.
    pub quantity: Value,
    /// How the number bounds the quantity.
    pub comparator: Option<Comparator>,
    /// Unit of the number.
    pub unit: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Whether a target is one of the numbered indicators or stands in the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// A row of the plan's table of indicators.
    Indicator,
    /// A figure in the text.
    Text,
}

/// A value of an indicator observed after its baseline, entered by a later planner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Observation {
    /// Year observed.
    pub year: i32,
    /// Value, in the unit of the indicator.
    pub value: f64,
    /// Who published it and where.
    pub source: String,
    /// Remark.
    pub note: String,
}

/// A figure the plan states: a baseline, a target, or both.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Target {
    /// Identifier, `I28` or `TG001`.
    pub id: String,
    /// Indicator or text.
    pub kind: TargetKind,
    /// Number in the table of indicators.
    pub no: Option<u32>,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Industry.
    pub industry: Option<TermRef>,
    /// Unit.
    pub unit: String,
    /// Unit in English.
    pub unit_en: String,
    /// Year of the baseline, as written.
    pub baseline_year: String,
    /// Baseline.
    pub baseline: Value,
    /// Year of the target, as written.
    pub target_year: String,
    /// Target.
    pub target: Value,
    /// How the number bounds the target.
    pub comparator: Option<Comparator>,
    /// 约束性 or 预期性.
    pub attribute: Option<TermRef>,
    /// Places.
    pub places: Vec<PlaceIdx>,
    /// The indicator that a figure in the text restates.
    pub indicator: Option<TargetIdx>,
    /// Later values, by year.
    pub observations: Vec<Observation>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A task or measure, with the units responsible for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    /// Identifier, `TK001`.
    pub id: String,
    /// 附件分工, 保障措施 …
    pub kind: Option<TermRef>,
    /// Heading number of its group.
    pub group: String,
    /// Number within the group.
    pub no: String,
    /// Main content.
    pub title: String,
    /// Main content in English.
    pub title_en: Option<String>,
    /// The task itself.
    pub task: String,
    /// Responsible units.
    pub lead_units: Vec<OrganisationIdx>,
    /// Co-operating units.
    pub cooperating_units: Vec<OrganisationIdx>,
    /// Places.
    pub places: Vec<PlaceIdx>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// An organisation named in a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Organisation {
    /// Identifier, `OG001`.
    pub id: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Kind: 政府部门, 议事协调机构 …
    pub kind: Option<TermRef>,
    /// What the plan says of it.
    pub role: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Two statements of a plan that do not agree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Discrepancy {
    /// Identifier, `IC01`.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// Topic in English.
    pub topic_en: Option<String>,
    /// 数值冲突, 名称不一 …
    pub kind: Option<TermRef>,
    /// How grave.
    pub severity: Option<TermRef>,
    /// Sections of the first statement.
    pub sections_a: Vec<String>,
    /// First statement.
    pub statement_a: String,
    /// Sections of the second statement.
    pub sections_b: Vec<String>,
    /// Second statement.
    pub statement_b: String,
    /// What to make of it.
    pub assessment: String,
    /// Assessment in English.
    pub assessment_en: Option<String>,
    /// Places concerned.
    pub places: Vec<PlaceIdx>,
    /// Targets concerned.
    pub targets: Vec<TargetIdx>,
    /// Projects concerned.
    pub projects: Vec<ProjectIdx>,
    /// Where it comes from.
    pub provenance: Provenance,
}
