//! The sites of an atlas, and all that is known of one.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Atlas, OrganisationIdx, PlaceIdx, Site, TargetIdx, Term};
use crate::query::budget::Budget;
use crate::query::dossier::{Citation, citations};
use crate::query::lookup::Unanswered;
use crate::query::record::{ProjectView, RoleView, TargetView, TaskView, Views};
use crate::query::refs::{PlaceRef, UnitRef};
use crate::query::site::around::{Surroundings, surroundings};

/// The sites of an atlas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Sites<'a> {
    /// How many there are.
    pub total: usize,
    /// All of them, plan by plan.
    pub items: Vec<SiteView<'a>>,
}

/// A place that a plan offers to investors.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Site)]
pub struct SiteView<'a> {
    /// Id of its row.
    pub id: &'a str,
    /// Id of its plan.
    pub plan: &'a str,
    /// The place.
    pub place: PlaceRef<'a>,
    /// What the plan wants it to be.
    pub title: &'a str,
    /// The same in English.
    pub title_en: &'a str,
    /// What is sought there.
    pub sought: Vec<Sought<'a>>,
    /// Activities that it belongs to.
    pub industries: Vec<&'a Term>,
    /// Sections that say so.
    pub section: &'a [String],
    /// Lines of the document.
    pub lines: &'a str,
    /// What they say.
    pub quote: &'a str,
    /// Remark.
    pub note: &'a str,
}

/// An industry, product or facility that is sought.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Sought<'a> {
    /// In Chinese.
    pub zh: &'a str,
    /// In English.
    pub en: &'a str,
}

/// How well it is known where a site is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Position<'a> {
    /// How exactly; `null` where nobody has located it.
    pub accuracy: Option<Accuracy>,
    /// Where the position comes from.
    pub source: Option<&'a Term>,
    /// Remark.
    pub note: Option<&'a str>,
    /// Remark in English.
    pub note_en: Option<&'a str>,
    /// The township whose seat it stands on, where its own position is not known.
    pub stands_on: Option<PlaceRef<'a>>,
}

/// All that is known of a site.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SiteCard<'a> {
    /// What is offered.
    pub site: SiteView<'a>,
    /// How well it is known where.
    pub position: Position<'a>,
    /// Its roles in the layout of the plans.
    pub roles: Vec<RoleView<'a>>,
    /// Projects there.
    pub projects: Vec<ProjectView<'a>>,
    /// Targets that business there serves: those that the table of sites names, and those of its projects.
    pub targets: Vec<TargetView<'a>>,
    /// Measures of the plan that apply.
    pub measures: Vec<TaskView<'a>>,
    /// Units that the plan makes responsible for its projects and measures, each once.
    pub units: Vec<UnitRef<'a>>,
    /// What lies around; `null` where nobody has located it.
    pub surroundings: Option<Surroundings<'a>>,
    /// Sections that say all this.
    pub citations: Vec<Citation<'a>>,
}

/// The sites of an atlas, plan by plan, in the order of their tables.
#[must_use]
pub fn sites(index: &IndexedAtlas) -> Sites<'_> {
    let items: Vec<SiteView> = index.atlas.sites.iter().map(|site| view(index, site)).collect();
    Sites { total: items.len(), items }
}

pub(super) fn view<'a>(index: &'a IndexedAtlas, site: &'a Site) -> SiteView<'a> {
    SiteView {
        id: &site.id,
        plan: &index.atlas.plans[site.provenance.plan].id,
        place: PlaceRef::new(index, site.place),
        title: &site.title,
        title_en: &site.title_en,
        sought: site.sought.iter().map(|(zh, en)| Sought { zh, en }).collect(),
        industries: site.industries.iter().map(AsRef::as_ref).collect(),
        section: &site.provenance.sections,
        lines: &site.provenance.lines,
        quote: &site.provenance.quote,
        note: &site.provenance.note,
    }
}

/// All that is known of the site at a place; `None` where no plan offers it.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn site_card<'a>(
    index: &'a IndexedAtlas,
    place: PlaceIdx,
    radius: f64,
    budget: &Budget,
) -> Result<Option<SiteCard<'a>>, Unanswered> {
    let atlas = &index.atlas;
    let Some(site) = atlas.site_at(place) else { return Ok(None) };
    let views = Views::new(index);
    let records = atlas.records(place);
    let targets = targets(atlas, site);
    let around = index
        .anchor(place)
        .map(|point| surroundings(index, point, radius, Some(&atlas.place(place).id), budget))
        .transpose()?;
    let cited = std::iter::once(&site.provenance)
        .chain(records.roles.iter().map(|&role| &atlas.role(role).provenance))
        .chain(records.projects.iter().map(|&project| &atlas.project(project).provenance))
        .chain(targets.iter().map(|&target| &atlas.target(target).provenance))
        .chain(site.measures.iter().map(|&measure| &atlas.task(measure).provenance))
        .flat_map(|says| says.sections.iter().map(|section| (says.plan, section)));
    Ok(Some(SiteCard {
        site: view(index, site),
        position: position(index, place),
        roles: records.roles.iter().map(|&role| views.role(role, None)).collect(),
        projects: records.projects.iter().map(|&project| views.project(project, None)).collect(),
        targets: targets.iter().map(|&target| views.target(target, None)).collect(),
        measures: site.measures.iter().map(|&measure| views.task(measure, None)).collect(),
        units: units(atlas, site).into_iter().map(|unit| UnitRef::new(index, unit)).collect(),
        surroundings: around,
        citations: citations(atlas, cited),
    }))
}

/// Targets that the table of sites names, then those that name the place, then those of its projects.
fn targets(atlas: &Atlas, site: &Site) -> Vec<TargetIdx> {
    let records = atlas.records(site.place);
    let served = records.projects.iter().flat_map(|&project| &atlas.project(project).targets);
    let mut seen = HashSet::new();
    let all = site.targets.iter().chain(&records.targets).chain(served).copied();
    all.filter(|target| seen.insert(*target)).collect()
}

/// Units that lead, then those that help.
fn units(atlas: &Atlas, site: &Site) -> Vec<OrganisationIdx> {
    let projects = || atlas.records(site.place).projects.iter().map(|&p| atlas.project(p));
    let measures = || site.measures.iter().map(|&measure| atlas.task(measure));
    let mut seen = HashSet::new();
    let leading = projects().flat_map(|p| &p.lead_units);
    let leading = leading.chain(measures().flat_map(|m| &m.lead_units));
    let helping = projects().flat_map(|p| &p.cooperating_units);
    let helping = helping.chain(measures().flat_map(|m| &m.cooperating_units));
    leading.chain(helping).copied().filter(|unit| seen.insert(*unit)).collect()
}

fn position(index: &IndexedAtlas, handle: PlaceIdx) -> Position<'_> {
    let place = index.atlas.place(handle);
    let on_seat = place.accuracy == Some(Accuracy::Seat);
    let township = index.atlas.township_of(handle).filter(|&township| township != handle);
    Position {
        accuracy: place.accuracy,
        source: place.source.as_deref(),
        note: place.note.as_deref(),
        note_en: place.note_en.as_deref(),
        stands_on: township.filter(|_| on_seat).map(|township| PlaceRef::new(index, township)),
    }
}
