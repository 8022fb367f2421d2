//! Filtered lists of records.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::index::IndexedAtlas;
use crate::model::{
    DiscrepancyIdx, OrganisationIdx, PlaceIdx, ProjectIdx, Provenance, TargetIdx, TargetKind,
    TaskIdx, Term,
};

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// How many items there are in all.
    pub total: usize,
    /// The items of this page.
    pub items: Vec<T>,
    /// Address of the next page.
    pub next: Option<String>,
}

macro_rules! filters {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Deserialize, IntoParams)]
        #[serde(default)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Option<String>,)*
        }
    )*};
}

filters! {
    /// Which projects are wanted; every condition given must hold.
    ProjectFilter {
        /// Plan id.
        plan,
        /// Industry, by id or Chinese word.
        industry,
        /// Stage, by id or Chinese word.
        stage,
        /// Latest year of the deadline.
        year,
        /// Place id: projects that name it, or a place inside it.
        place,
        /// Organisation id: projects that it leads or co-operates in.
        unit,
        /// Target id: projects that serve it.
        target,
        /// Section id.
        section,
        /// Words that the Chinese or English name contains.
        q,
    }
    /// Which targets are wanted.
    TargetFilter {
        /// Plan id.
        plan,
        /// Industry, by id or Chinese word.
        industry,
        /// `indicator` or `text`.
        kind,
        /// 约束性 or 预期性, by id or Chinese word.
        attribute,
        /// Place id.
        place,
        /// Section id.
        section,
        /// Words that the name contains.
        q,
    }
    /// Which tasks are wanted.
    TaskFilter {
        /// Plan id.
        plan,
        /// Place id.
        place,
        /// Organisation id: tasks that it leads or co-operates in.
        unit,
        /// Section id.
        section,
        /// Words that the title or the task contains.
        q,
    }
    /// Which organisations are wanted.
    OrganisationFilter {
        /// Plan id.
        plan,
        /// Kind, by id or Chinese word.
        kind,
        /// Words that the name contains.
        q,
    }
    /// Which discrepancies are wanted.
    DiscrepancyFilter {
        /// Plan id.
        plan,
        /// Severity, by id or Chinese word.
        severity,
        /// Place id.
        place,
        /// Target id.
        target,
        /// Words that the topic or a statement contains.
        q,
    }
}

struct Tests<'a> {
    index: &'a IndexedAtlas,
}

impl Tests<'_> {
    fn plan(&self, wanted: Option<&String>, provenance: &Provenance) -> bool {
        wanted.is_none_or(|id| &self.index.atlas.plans[provenance.plan].id == id)
    }

    fn place(&self, wanted: Option<&String>, places: &[PlaceIdx]) -> bool {
        let atlas = &self.index.atlas;
        wanted.is_none_or(|id| {
            let is = |p: PlaceIdx| &atlas.place(p).id == id;
            places.iter().any(|&p| is(p) || atlas.place(p).within.is_some_and(is))
        })
    }

    fn unit(
        &self,
        wanted: Option<&String>,
        leads: &[OrganisationIdx],
        others: &[OrganisationIdx],
    ) -> bool {
        wanted.is_none_or(|id| {
            leads.iter().chain(others).any(|&unit| &self.index.atlas.organisation(unit).id == id)
        })
    }
}

fn term(wanted: Option<&String>, term: Option<&Term>) -> bool {
    wanted.is_none_or(|word| term.is_some_and(|t| &t.id == word || &t.zh == word))
}

fn section(wanted: Option<&String>, sections: &[String]) -> bool {
    wanted.is_none_or(|id| sections.contains(id))
}

fn words(wanted: Option<&String>, texts: &[&str]) -> bool {
    wanted.is_none_or(|question| {
        question.split_whitespace().all(|word| {
            let word = word.to_lowercase();
            texts.iter().any(|text| text.to_lowercase().contains(&word))
        })
    })
}

/// Projects that pass the filter, in the order of the tables.
#[must_use]
pub fn projects(index: &IndexedAtlas, filter: &ProjectFilter) -> Vec<ProjectIdx> {
    let tests = Tests { index };
    let year: Option<i32> = filter.year.as_ref().and_then(|y| y.parse().ok());
    let serves = |targets: &[TargetIdx]| {
        filter
            .target
            .as_ref()
            .is_none_or(|id| targets.iter().any(|&t| &index.atlas.target(t).id == id))
    };
    let passes = |p: &crate::model::Project| {
        tests.plan(filter.plan.as_ref(), &p.provenance)
            && term(filter.industry.as_ref(), Some(&p.industry))
            && term(filter.stage.as_ref(), p.stage.as_deref())
            && year.is_none_or(|y| p.deadline_year.is_some_and(|due| due <= y))
            && tests.place(filter.place.as_ref(), &p.places)
            && tests.unit(filter.unit.as_ref(), &p.lead_units, &p.cooperating_units)
            && serves(&p.targets)
            && section(filter.section.as_ref(), &p.provenance.sections)
            && words(filter.q.as_ref(), &[&p.name, p.name_en.as_deref().unwrap_or("")])
    };
    (0..)
        .map(ProjectIdx)
        .zip(&index.atlas.projects)
        .filter(|(_, p)| passes(p))
        .map(|(i, _)| i)
        .collect()
}

/// Targets that pass the filter, in the order of the tables.
#[must_use]
pub fn targets(index: &IndexedAtlas, filter: &TargetFilter) -> Vec<TargetIdx> {
    let tests = Tests { index };
    let kind = |kind: TargetKind| match filter.kind.as_deref() {
        None => true,
        Some("indicator") => kind == TargetKind::Indicator,
        Some("text") => kind == TargetKind::Text,
        Some(_) => false,
    };
    let passes = |t: &crate::model::Target| {
        tests.plan(filter.plan.as_ref(), &t.provenance)
            && term(filter.industry.as_ref(), t.industry.as_deref())
            && kind(t.kind)
            && term(filter.attribute.as_ref(), t.attribute.as_deref())
            && tests.place(filter.place.as_ref(), &t.places)
            && section(filter.section.as_ref(), &t.provenance.sections)
            && words(filter.q.as_ref(), &[&t.name, t.name_en.as_deref().unwrap_or("")])
    };
    (0..)
        .map(TargetIdx)
        .zip(&index.atlas.targets)
        .filter(|(_, t)| passes(t))
        .map(|(i, _)| i)
        .collect()
}

/// Tasks that pass the filter, in the order of the tables.
#[must_use]
pub fn tasks(index: &IndexedAtlas, filter: &TaskFilter) -> Vec<TaskIdx> {
    let tests = Tests { index };
    let passes = |t: &crate::model::Task| {
        tests.plan(filter.plan.as_ref(), &t.provenance)
            && tests.place(filter.place.as_ref(), &t.places)
            && tests.unit(filter.unit.as_ref(), &t.lead_units, &t.cooperating_units)
            && section(filter.section.as_ref(), &t.provenance.sections)
            && words(filter.q.as_ref(), &[&t.title, &t.task, t.title_en.as_deref().unwrap_or("")])
    };
    (0..).map(TaskIdx).zip(&index.atlas.tasks).filter(|(_, t)| passes(t)).map(|(i, _)| i).collect()
}

/// Organisations that pass the filter, in the order of the tables.
#[must_use]
pub fn organisations(index: &IndexedAtlas, filter: &OrganisationFilter) -> Vec<OrganisationIdx> {
    let tests = Tests { index };
    let passes = |o: &crate::model::Organisation| {
        tests.plan(filter.plan.as_ref(), &o.provenance)
            && term(filter.kind.as_ref(), o.kind.as_deref())
            && words(filter.q.as_ref(), &[&o.name, o.name_en.as_deref().unwrap_or("")])
    };
    (0..)
        .map(OrganisationIdx)
        .zip(&index.atlas.organisations)
        .filter(|(_, o)| passes(o))
        .map(|(i, _)| i)
        .collect()
}

/// Discrepancies that pass the filter, in the order of the tables.
#[must_use]
pub fn discrepancies(index: &IndexedAtlas, filter: &DiscrepancyFilter) -> Vec<DiscrepancyIdx> {
    let tests = Tests { index };
    let concerns = |targets: &[TargetIdx]| {
        filter
            .target
            .as_ref()
            .is_none_or(|id| targets.iter().any(|&t| &index.atlas.target(t).id == id))
    };
    let passes = |d: &crate::model::Discrepancy| {
        tests.plan(filter.plan.as_ref(), &d.provenance)
            && term(filter.severity.as_ref(), d.severity.as_deref())
            && tests.place(filter.place.as_ref(), &d.places)
            && concerns(&d.targets)
            && words(
                filter.q.as_ref(),
                &[&d.topic, &d.statement_a, &d.statement_b, d.topic_en.as_deref().unwrap_or("")],
            )
    };
    (0..)
        .map(DiscrepancyIdx)
        .zip(&index.atlas.discrepancies)
        .filter(|(_, d)| passes(d))
        .map(|(i, _)| i)
        .collect()
}
