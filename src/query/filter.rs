//! Filtered lists of records.
//!
//! A filter is resolved before it is applied: a value that nothing has is an error. An empty
//! value counts as not given.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::index::IndexedAtlas;
use crate::model::{
    Discrepancy, DiscrepancyIdx, Organisation, OrganisationIdx, PlaceIdx, Project, ProjectIdx,
    Provenance, Target, TargetIdx, TargetKind, Task, TaskIdx, Term, TermRef,
};
use crate::query::resolve::{Covered, Given, Resolver, UnknownValue, given};

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
        /// Place id: records of the place and of every place inside it; of a county also those that name no place.
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
        /// Place id, as for projects.
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
        /// Place id, as for projects.
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
        /// Place id, as for projects.
        place,
        /// Target id.
        target,
        /// Words that the topic or a statement contains.
        q,
    }
}

fn is_plan(wanted: Option<usize>, provenance: &Provenance) -> bool {
    wanted.is_none_or(|plan| provenance.plan == plan)
}

fn is_term(wanted: Option<&TermRef>, term: Option<&Term>) -> bool {
    wanted.is_none_or(|wanted| term.is_some_and(|t| t.id == wanted.id))
}

fn is_section(wanted: Option<&str>, provenance: &Provenance) -> bool {
    wanted.is_none_or(|id| provenance.sections.iter().any(|s| s == id))
}

fn is_covered(wanted: Option<&Covered>, places: &[PlaceIdx], provenance: &Provenance) -> bool {
    wanted.is_none_or(|covered| covered.has(places, provenance))
}

fn involves<T: PartialEq>(wanted: Option<T>, handles: &[&[T]]) -> bool {
    wanted.is_none_or(|wanted| handles.iter().any(|some| some.contains(&wanted)))
}

fn has_words(wanted: &Given, texts: &[&str]) -> bool {
    given(wanted).is_none_or(|question| {
        question.split_whitespace().all(|word| {
            let word = word.to_lowercase();
            texts.iter().any(|text| text.to_lowercase().contains(&word))
        })
    })
}

fn handles<T, H>(records: &[T], wrap: fn(u32) -> H, passes: impl Fn(&T) -> bool) -> Vec<H> {
    (0..).zip(records).filter(|(_, record)| passes(record)).map(|(i, _)| wrap(i)).collect()
}

/// Projects that pass the filter, in the order of the tables.
///
/// # Errors
/// When the filter asks for a plan, word, place, unit or target that does not exist.
pub fn projects(
    index: &IndexedAtlas,
    filter: &ProjectFilter,
) -> Result<Vec<ProjectIdx>, UnknownValue> {
    let resolve = Resolver { atlas: &index.atlas };
    let vocabularies = &index.atlas.vocabularies;
    let plan = resolve.plan(&filter.plan)?;
    let industry = Resolver::term("industry", &filter.industry, &vocabularies.industries)?;
    let stage = Resolver::term("stage", &filter.stage, &vocabularies.stages)?;
    let place = resolve.place(&filter.place)?;
    let unit = resolve.unit(&filter.unit)?;
    let target = resolve.target(&filter.target)?;
    let section = resolve.section(&filter.section)?;
    let year: Option<i32> =
        Resolver::find("year", &filter.year, "it takes a year like 2025", |y| y.parse().ok())?;
    let passes = |p: &Project| {
        is_plan(plan, &p.provenance)
            && is_term(industry, Some(&p.industry))
            && is_term(stage, p.stage.as_deref())
            && year.is_none_or(|year| p.deadline_year.is_some_and(|due| due <= year))
            && is_covered(place.as_ref(), &p.places, &p.provenance)
            && involves(unit, &[&p.lead_units, &p.cooperating_units])
            && involves(target, &[&p.targets])
            && is_section(section, &p.provenance)
            && has_words(&filter.q, &[&p.name, p.name_en.as_deref().unwrap_or("")])
    };
    Ok(handles(&index.atlas.projects, ProjectIdx, passes))
}

/// Targets that pass the filter, in the order of the tables.
///
/// # Errors
/// When the filter asks for something that does not exist.
pub fn targets(
    index: &IndexedAtlas,
    filter: &TargetFilter,
) -> Result<Vec<TargetIdx>, UnknownValue> {
    let resolve = Resolver { atlas: &index.atlas };
    let vocabularies = &index.atlas.vocabularies;
    let plan = resolve.plan(&filter.plan)?;
    let industry = Resolver::term("industry", &filter.industry, &vocabularies.industries)?;
    let attribute = Resolver::term("attribute", &filter.attribute, &vocabularies.attributes)?;
    let place = resolve.place(&filter.place)?;
    let section = resolve.section(&filter.section)?;
    let kind = Resolver::find("kind", &filter.kind, "it is indicator or text", |k| match k {
        "indicator" => Some(TargetKind::Indicator),
        "text" => Some(TargetKind::Text),
        _ => None,
    })?;
    let passes = |t: &Target| {
        is_plan(plan, &t.provenance)
            && is_term(industry, t.industry.as_deref())
            && kind.is_none_or(|kind| t.kind == kind)
            && is_term(attribute, t.attribute.as_deref())
            && is_covered(place.as_ref(), &t.places, &t.provenance)
            && is_section(section, &t.provenance)
            && has_words(&filter.q, &[&t.name, t.name_en.as_deref().unwrap_or("")])
    };
    Ok(handles(&index.atlas.targets, TargetIdx, passes))
}

/// Tasks that pass the filter, in the order of the tables.
///
/// # Errors
/// When the filter asks for something that does not exist.
pub fn tasks(index: &IndexedAtlas, filter: &TaskFilter) -> Result<Vec<TaskIdx>, UnknownValue> {
    let resolve = Resolver { atlas: &index.atlas };
    let plan = resolve.plan(&filter.plan)?;
    let place = resolve.place(&filter.place)?;
    let unit = resolve.unit(&filter.unit)?;
    let section = resolve.section(&filter.section)?;
    let passes = |t: &Task| {
        let names = [t.title.as_str(), t.task.as_str(), t.title_en.as_deref().unwrap_or("")];
        is_plan(plan, &t.provenance)
            && is_covered(place.as_ref(), &t.places, &t.provenance)
            && involves(unit, &[&t.lead_units, &t.cooperating_units])
            && is_section(section, &t.provenance)
            && has_words(&filter.q, &names)
    };
    Ok(handles(&index.atlas.tasks, TaskIdx, passes))
}

/// Organisations that pass the filter, in the order of the tables.
///
/// # Errors
/// When the filter asks for something that does not exist.
pub fn organisations(
    index: &IndexedAtlas,
    filter: &OrganisationFilter,
) -> Result<Vec<OrganisationIdx>, UnknownValue> {
    let plan = Resolver { atlas: &index.atlas }.plan(&filter.plan)?;
    let kinds = &index.atlas.vocabularies.organisation_kinds;
    let kind = Resolver::term("kind", &filter.kind, kinds)?;
    let passes = |o: &Organisation| {
        is_plan(plan, &o.provenance)
            && is_term(kind, o.kind.as_deref())
            && has_words(&filter.q, &[&o.name, o.name_en.as_deref().unwrap_or("")])
    };
    Ok(handles(&index.atlas.organisations, OrganisationIdx, passes))
}

/// Discrepancies that pass the filter, in the order of the tables.
///
/// # Errors
/// When the filter asks for something that does not exist.
pub fn discrepancies(
    index: &IndexedAtlas,
    filter: &DiscrepancyFilter,
) -> Result<Vec<DiscrepancyIdx>, UnknownValue> {
    let resolve = Resolver { atlas: &index.atlas };
    let plan = resolve.plan(&filter.plan)?;
    let severities = &index.atlas.vocabularies.severities;
    let severity = Resolver::term("severity", &filter.severity, severities)?;
    let place = resolve.place(&filter.place)?;
    let target = resolve.target(&filter.target)?;
    let passes = |d: &Discrepancy| {
        let topic_en = d.topic_en.as_deref().unwrap_or("");
        is_plan(plan, &d.provenance)
            && is_term(severity, d.severity.as_deref())
            && is_covered(place.as_ref(), &d.places, &d.provenance)
            && involves(target, &[&d.targets])
            && has_words(&filter.q, &[&d.topic, &d.statement_a, &d.statement_b, topic_en])
    };
    Ok(handles(&index.atlas.discrepancies, DiscrepancyIdx, passes))
}
