//! Spells records out: every handle becomes a reference that a client can show and follow.

use crate::index::IndexedAtlas;
use crate::model::{
    DiscrepancyIdx, OrganisationIdx, PlaceIdx, ProjectIdx, Provenance, RoleIdx, TargetIdx, TaskIdx,
};
use crate::query::record::{
    DiscrepancyView, Link, ObservationView, OrganisationView, ProjectView, RoleView, TargetView,
    TaskView,
};
use crate::query::refs::{PlaceRef, RecordRef, TargetRef, UnitRef};

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
