//! Short references that answers use to point at places and records.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{
    Accuracy, DiscrepancyIdx, OrganisationIdx, Place, PlaceIdx, ProjectIdx, RoleIdx, TargetIdx,
    TaskIdx, Term, TermRef, Vocabulary,
};

/// Each term once, in the order of its vocabulary; words of one's own come last.
pub(super) fn distinct<'a>(
    vocabulary: &Vocabulary,
    terms: impl Iterator<Item = &'a TermRef>,
) -> Vec<&'a Term> {
    let mut terms: Vec<&Term> = terms.map(AsRef::as_ref).collect();
    terms.sort_by_key(|term| (vocabulary.rank(term), &term.id));
    terms.dedup_by_key(|term| &term.id);
    terms
}

/// A place, in brief.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceRef<'a> {
    /// Stable id.
    #[schema(example = "500235143")]
    pub id: Cow<'a, str>,
    /// Chinese name.
    pub name: Cow<'a, str>,
    /// English name.
    pub name_en: Option<Cow<'a, str>>,
    /// Kind of place.
    pub kind: &'a Term,
    /// How exactly its position is known; `null` for a place that nobody has located.
    pub accuracy: Option<Accuracy>,
    /// Id of its county.
    pub county: Option<&'a str>,
    /// Longitude and latitude that stand for it, degrees.
    #[schema(min_items = 2, max_items = 2)]
    pub point: Option<[f64; 2]>,
}

impl<'a> PlaceRef<'a> {
    /// Refers to a place.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas, handle: PlaceIdx) -> Self {
        let place = index.atlas.place(handle);
        Self {
            id: Cow::Borrowed(&place.id),
            name: Cow::Borrowed(&place.name),
            name_en: place.name_en.as_deref().map(Cow::Borrowed),
            kind: &place.kind,
            accuracy: place.accuracy,
            county: place.county.map(|county| index.atlas.place(county).id.as_str()),
            point: index.anchor(handle),
        }
    }

    /// Refers to a feature of a large layer, which is of this kind.
    #[must_use]
    pub fn stored(place: &Place, kind: &'a Term) -> Self {
        Self {
            id: Cow::Owned(place.id.clone()),
            name: Cow::Owned(place.name.clone()),
            name_en: place.name_en.clone().map(Cow::Owned),
            kind,
            accuracy: place.accuracy,
            county: None,
            point: place.anchor().map(|point| [point.x(), point.y()]),
        }
    }
}

/// The name of a place and nothing else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceName<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Chinese name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
}

impl<'a> PlaceName<'a> {
    /// Names a place.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas, handle: PlaceIdx) -> Self {
        let place = index.atlas.place(handle);
        Self { id: &place.id, name: &place.name, name_en: place.name_en.as_deref() }
    }
}

/// A role, project, target or task, in brief.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordRef<'a> {
    /// Id.
    pub id: &'a str,
    /// Chinese name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
    /// Sections that state it.
    pub section: &'a [String],
    /// Industry.
    pub industry: Option<&'a Term>,
}

impl<'a> RecordRef<'a> {
    /// Refers to a role.
    #[must_use]
    pub fn role(index: &'a IndexedAtlas, handle: RoleIdx) -> Self {
        let role = index.atlas.role(handle);
        Self {
            id: &role.id,
            name: &role.title,
            name_en: Some(&role.title_en),
            section: &role.provenance.sections,
            industry: None,
        }
    }

    /// Refers to a task.
    #[must_use]
    pub fn task(index: &'a IndexedAtlas, handle: TaskIdx) -> Self {
        let task = index.atlas.task(handle);
        Self {
            id: &task.id,
            name: &task.task,
            name_en: task.title_en.as_deref(),
            section: &task.provenance.sections,
            industry: None,
        }
    }

    /// Refers to a discrepancy.
    #[must_use]
    pub fn discrepancy(index: &'a IndexedAtlas, handle: DiscrepancyIdx) -> Self {
        let discrepancy = index.atlas.discrepancy(handle);
        Self {
            id: &discrepancy.id,
            name: &discrepancy.topic,
            name_en: discrepancy.topic_en.as_deref(),
            section: &discrepancy.sections_a,
            industry: None,
        }
    }

    /// Refers to a project.
    #[must_use]
    pub fn project(index: &'a IndexedAtlas, handle: ProjectIdx) -> Self {
        let project = index.atlas.project(handle);
        Self {
            id: &project.id,
            name: &project.name,
            name_en: project.name_en.as_deref(),
            section: &project.provenance.sections,
            industry: Some(&project.industry),
        }
    }

    /// Refers to a target.
    #[must_use]
    pub fn target(index: &'a IndexedAtlas, handle: TargetIdx) -> Self {
        let target = index.atlas.target(handle);
        Self {
            id: &target.id,
            name: &target.name,
            name_en: target.name_en.as_deref(),
            section: &target.provenance.sections,
            industry: target.industry.as_deref(),
        }
    }
}

/// A target, in brief.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetRef<'a> {
    /// Id.
    pub id: &'a str,
    /// Number in the table of indicators.
    pub no: Option<u32>,
    /// Chinese name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
}

impl<'a> TargetRef<'a> {
    /// Refers to a target.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas, handle: TargetIdx) -> Self {
        let target = index.atlas.target(handle);
        Self {
            id: &target.id,
            no: target.no,
            name: &target.name,
            name_en: target.name_en.as_deref(),
        }
    }
}

/// An organisation, in brief.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitRef<'a> {
    /// Id.
    pub id: &'a str,
    /// Chinese name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
}

impl<'a> UnitRef<'a> {
    /// Refers to an organisation.
    #[must_use]
    pub fn new(index: &'a IndexedAtlas, handle: OrganisationIdx) -> Self {
        let organisation = index.atlas.organisation(handle);
        Self {
            id: &organisation.id,
            name: &organisation.name,
            name_en: organisation.name_en.as_deref(),
        }
    }
}
