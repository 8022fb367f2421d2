//! Records as answers show them: every reference spelled out, and how they belong to the place
//! that was asked about.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{
    Comparator, DiscrepancyIdx, Observation, OrganisationIdx, PlaceIdx, ProjectIdx, Provenance,
    RoleIdx, TargetIdx, TargetKind, TaskIdx, Term,
};
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

/// Spells records out.
#[derive(Clone, Copy)]
pub struct Views<'a> {
    index: &'a IndexedAtlas,
}

impl<'a> Views<'a> {
    /// Views of the records of this atlas.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas) -> Self {
        Self { index }
    }

    fn plan(self, provenance: &Provenance) -> &'a str {
        &self.index.atlas.plans[provenance.plan].id
    }

    fn places(self, handles: &[PlaceIdx]) -> Vec<PlaceRef<'a>> {
        handles.iter().map(|&place| PlaceRef::new(self.index, place)).collect()
    }

    fn units(self, handles: &[OrganisationIdx]) -> Vec<UnitRef<'a>> {
        handles.iter().map(|&unit| UnitRef::new(self.index, unit)).collect()
    }

    fn discrepancy_refs(self, handles: &[DiscrepancyIdx]) -> Vec<RecordRef<'a>> {
        handles.iter().map(|&d| RecordRef::discrepancy(self.index, d)).collect()
    }

    fn project_refs(self, handles: &[ProjectIdx]) -> Vec<RecordRef<'a>> {
        handles.iter().map(|&project| RecordRef::project(self.index, project)).collect()
    }

    /// A role.
    #[must_use]
    pub fn role(self, handle: RoleIdx, link: Option<Link<'a>>) -> RoleView<'a> {
        let role = self.index.atlas.role(handle);
        RoleView {
            id: &role.id,
            plan: self.plan(&role.provenance),
            place: PlaceRef::new(self.index, role.place),
            kind: &role.kind,
            title: &role.title,
            title_en: &role.title_en,
            industries: role.industries.iter().map(AsRef::as_ref).collect(),
            herbs: role.herbs.iter().map(AsRef::as_ref).collect(),
            base_type: role.base_type.as_deref(),
            section: &role.provenance.sections,
            lines: &role.provenance.lines,
            quote: &role.provenance.quote,
            note: &role.provenance.note,
            link,
        }
    }

    /// A project.
    #[must_use]
    pub fn project(self, handle: ProjectIdx, link: Option<Link<'a>>) -> ProjectView<'a> {
        let project = self.index.atlas.project(handle);
        ProjectView {
            id: &project.id,
            plan: self.plan(&project.provenance),
            name: &project.name,
            name_en: project.name_en.as_deref(),
            industry: &project.industry,
            action: project.action.as_deref(),
            stage: project.stage.as_deref(),
            deadline: &project.deadline,
            deadline_year: project.deadline_year,
            places: self.places(&project.places),
            targets: project.targets.iter().map(|&t| TargetRef::new(self.index, t)).collect(),
            lead_units: self.units(&project.lead_units),
            cooperating_units: self.units(&project.cooperating_units),
            quantity: &project.quantity.text,
            number: project.quantity.number,
            comparator: project.comparator,
            unit: &project.unit,
            discrepancies: self
                .discrepancy_refs(&self.index.atlas.discrepancies_of_project[handle.0 as usize]),
            section: &project.provenance.sections,
            lines: &project.provenance.lines,
            quote: &project.provenance.quote,
            note: &project.provenance.note,
            link,
        }
    }

    /// A target.
    #[must_use]
    pub fn target(self, handle: TargetIdx, link: Option<Link<'a>>) -> TargetView<'a> {
        let target = self.index.atlas.target(handle);
        TargetView {
            id: &target.id,
            plan: self.plan(&target.provenance),
            kind: target.kind,
            no: target.no,
            name: &target.name,
            name_en: target.name_en.as_deref(),
            industry: target.industry.as_deref(),
            unit: &target.unit,
            unit_en: &target.unit_en,
            baseline_year: &target.baseline_year,
            baseline: &target.baseline.text,
            baseline_number: target.baseline.number,
            target_year: &target.target_year,
            target: &target.target.text,
            target_number: target.target.number,
            comparator: target.comparator,
            attribute: target.attribute.as_deref(),
            places: self.places(&target.places),
            projects: self.project_refs(&self.index.atlas.projects_of_target[handle.0 as usize]),
            indicator: target.indicator.map(|t| TargetRef::new(self.index, t)),
            observations: target.observations.iter().map(ObservationView::from).collect(),
            discrepancies: self
                .discrepancy_refs(&self.index.atlas.discrepancies_of_target[handle.0 as usize]),
            section: &target.provenance.sections,
            lines: &target.provenance.lines,
            quote: &target.provenance.quote,
            note: &target.provenance.note,
            link,
        }
    }

    /// A task.
    #[must_use]
    pub fn task(self, handle: TaskIdx, link: Option<Link<'a>>) -> TaskView<'a> {
        let task = self.index.atlas.task(handle);
        TaskView {
            id: &task.id,
            plan: self.plan(&task.provenance),
            kind: task.kind.as_deref(),
            group: &task.group,
            no: &task.no,
            title: &task.title,
            title_en: task.title_en.as_deref(),
            task: &task.task,
            lead_units: self.units(&task.lead_units),
            cooperating_units: self.units(&task.cooperating_units),
            places: self.places(&task.places),
            section: &task.provenance.sections,
            lines: &task.provenance.lines,
            quote: &task.provenance.quote,
            note: &task.provenance.note,
            link,
        }
    }

    /// An organisation with the tasks and projects it is responsible for.
    #[must_use]
    pub fn organisation(self, handle: OrganisationIdx) -> OrganisationView<'a> {
        let organisation = self.index.atlas.organisation(handle);
        OrganisationView {
            id: &organisation.id,
            plan: self.plan(&organisation.provenance),
            name: &organisation.name,
            name_en: organisation.name_en.as_deref(),
            aliases: &organisation.aliases,
            kind: organisation.kind.as_deref(),
            role: &organisation.role,
            leads: self.responsibilities(|leads, _| leads.contains(&handle)),
            cooperates: self.responsibilities(|_, cooperates| cooperates.contains(&handle)),
            section: &organisation.provenance.sections,
            lines: &organisation.provenance.lines,
            quote: &organisation.provenance.quote,
            note: &organisation.provenance.note,
        }
    }

    fn responsibilities(
        self,
        involves: impl Fn(&[OrganisationIdx], &[OrganisationIdx]) -> bool,
    ) -> Vec<RecordRef<'a>> {
        let atlas = &self.index.atlas;
        let tasks = (0..)
            .map(TaskIdx)
            .zip(&atlas.tasks)
            .filter(|(_, task)| involves(&task.lead_units, &task.cooperating_units))
            .map(|(handle, _)| RecordRef::task(self.index, handle));
        let projects = (0..)
            .map(ProjectIdx)
            .zip(&atlas.projects)
            .filter(|(_, p)| involves(&p.lead_units, &p.cooperating_units))
            .map(|(handle, _)| RecordRef::project(self.index, handle));
        tasks.chain(projects).collect()
    }

    /// A discrepancy.
    #[must_use]
    pub fn discrepancy(
        self,
        handle: DiscrepancyIdx,
        link: Option<Link<'a>>,
    ) -> DiscrepancyView<'a> {
        let discrepancy = self.index.atlas.discrepancy(handle);
        let targets = discrepancy.targets.iter();
        DiscrepancyView {
            id: &discrepancy.id,
            plan: self.plan(&discrepancy.provenance),
            topic: &discrepancy.topic,
            topic_en: discrepancy.topic_en.as_deref(),
            kind: discrepancy.kind.as_deref(),
            severity: discrepancy.severity.as_deref(),
            section_a: &discrepancy.sections_a,
            statement_a: &discrepancy.statement_a,
            section_b: &discrepancy.sections_b,
            statement_b: &discrepancy.statement_b,
            assessment: &discrepancy.assessment,
            assessment_en: discrepancy.assessment_en.as_deref(),
            places: self.places(&discrepancy.places),
            targets: targets.map(|&t| RecordRef::target(self.index, t)).collect(),
            projects: self.project_refs(&discrepancy.projects),
            lines: &discrepancy.provenance.lines,
            link,
        }
    }
}
