//! Everything the plans say about one place.
//!
//! A township shows what the plan says of itself (`own`) and of the places inside it (`inside`).
//! What the plan says of the whole county is listed apart, as inherited: a county-wide target is
//! no target of the township. Nothing is taken over from a neighbouring township.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use geo::{GeodesicArea, Geometry, Intersects, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{
    Accuracy, Atlas, DiscrepancyIdx, Place, PlaceIdx, ProjectIdx, Records, TargetIdx, Term, kinds,
};
use crate::query::distance::metres;
use crate::query::record::{
    DiscrepancyView, Link, ProjectView, Relation, RoleView, TargetView, TaskView, Views,
};
use crate::query::refs::{PlaceRef, RecordRef};
use crate::store::Store;

/// A place with all that is known of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceDetail<'a> {
    #[serde(flatten)]
    pub(crate) brief: PlaceRef<'a>,
    /// Pinyin with tone marks.
    pub(crate) pinyin: Option<&'a str>,
    /// Other names.
    pub(crate) aliases: &'a [String],
    /// Township or county around it.
    pub(crate) within: Option<PlaceRef<'a>>,
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    pub(crate) bounds: Option<[f64; 4]>,
    /// Area in square metres on the ellipsoid, for areas.
    pub(crate) area_m2: Option<f64>,
    /// Seat of a township, degrees.
    #[schema(min_items = 2, max_items = 2)]
    pub(crate) seat: Option<[f64; 2]>,
    /// How exactly the seat is known.
    pub(crate) seat_accuracy: Option<Accuracy>,
    /// Where the geometry comes from.
    pub(crate) source: Option<&'a Term>,
    /// Remark.
    pub(crate) note: Option<&'a str>,
    /// Remark in English.
    pub(crate) note_en: Option<&'a str>,
    /// Layers it is in.
    pub(crate) layers: Vec<&'a str>,
    /// Further properties of a feature of a dropped layer.
    #[schema(value_type = Object)]
    pub(crate) properties: Cow<'a, serde_json::Map<String, serde_json::Value>>,
}

/// A place next to the one asked about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Neighbour<'a> {
    #[serde(flatten)]
    pub(crate) place: PlaceRef<'a>,
    /// Distance between the two anchors along the ellipsoid, metres.
    pub(crate) distance_m: f64,
}

/// What the plan says of the whole county.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Inherited<'a> {
    pub(crate) county: PlaceRef<'a>,
    pub(crate) roles: Vec<RecordRef<'a>>,
    pub(crate) projects: Vec<RecordRef<'a>>,
    pub(crate) targets: Vec<RecordRef<'a>>,
    pub(crate) tasks: Vec<RecordRef<'a>>,
    pub(crate) discrepancies: Vec<RecordRef<'a>>,
}

/// A section of a plan that says something in this dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Citation<'a> {
    /// Plan.
    pub(crate) plan: &'a str,
    /// Section id, `专栏5`.
    pub(crate) section: &'a str,
    /// Heading.
    pub(crate) title: &'a str,
    /// English heading.
    pub(crate) title_en: &'a str,
    /// Statements of the dossier that cite it.
    pub(crate) records: usize,
}

/// Everything the plans say about one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dossier<'a> {
    pub(crate) place: PlaceDetail<'a>,
    pub(crate) roles: Vec<RoleView<'a>>,
    pub(crate) projects: Vec<ProjectView<'a>>,
    pub(crate) targets: Vec<TargetView<'a>>,
    pub(crate) tasks: Vec<TaskView<'a>>,
    pub(crate) discrepancies: Vec<DiscrepancyView<'a>>,
    pub(crate) inside: Vec<PlaceRef<'a>>,
    pub(crate) neighbours: Vec<Neighbour<'a>>,
    pub(crate) inherited: Option<Inherited<'a>>,
    pub(crate) citations: Vec<Citation<'a>>,
}

/// Nearest places shown with a place that is no township.
const NEIGHBOURS_OF_A_POINT: usize = 6;

/// Collects the dossier of a place.
#[must_use]
pub fn dossier(index: &IndexedAtlas, handle: PlaceIdx) -> Dossier<'_> {
    let atlas = &index.atlas;
    let views = Views::new(index);
    let sources = sources(atlas, handle);
    let link = |place: PlaceIdx| Link {
        relation: if place == handle { Relation::Own } else { Relation::Inside },
        place: (place != handle).then(|| PlaceRef::new(index, place)),
    };
    let project_handles = gather(&sources, |records| &records.projects);
    // The weightier roles first: the core before a belt, as the vocabulary ranks them.
    let mut roles = gather(&sources, |records| &records.roles);
    roles.sort_by_key(|(role, _)| atlas.vocabularies.roles.rank(&atlas.role(*role).kind));
    let tasks = gather(&sources, |records| &records.tasks);
    let discrepancies = gather(&sources, |records| &records.discrepancies);
    let named_targets = gather(&sources, |records| &records.targets);
    let served_targets = served_targets(atlas, handle, &project_handles, &named_targets);
    let discrepancy = |d: DiscrepancyIdx| {
        let d = atlas.discrepancy(d);
        d.sections_a.iter().chain(&d.sections_b).map(move |s| (d.provenance.plan, s))
    };
    let cited = (roles.iter().map(|(r, _)| &atlas.role(*r).provenance))
        .chain(project_handles.iter().map(|(p, _)| &atlas.project(*p).provenance))
        .chain(named_targets.iter().map(|(t, _)| &atlas.target(*t).provenance))
        .chain(served_targets.iter().map(|t| &atlas.target(*t).provenance))
        .chain(tasks.iter().map(|(t, _)| &atlas.task(*t).provenance))
        .flat_map(|p| p.sections.iter().map(|s| (p.plan, s)))
        .chain(discrepancies.iter().flat_map(|(d, _)| discrepancy(*d)));
    let sections = citations(atlas, cited);
    Dossier {
        place: detail(index, handle),
        roles: roles.iter().map(|&(r, place)| views.role(r, Some(link(place)))).collect(),
        projects: project_handles
            .iter()
            .map(|&(p, place)| views.project(p, Some(link(place))))
            .collect(),
        targets: named_targets
            .iter()
            .map(|&(t, place)| views.target(t, Some(link(place))))
            .chain(
                served_targets.iter().map(|&t| {
                    views.target(t, Some(Link { relation: Relation::Project, place: None }))
                }),
            )
            .collect(),
        tasks: tasks.iter().map(|&(t, place)| views.task(t, Some(link(place)))).collect(),
        discrepancies: discrepancies
            .iter()
            .map(|&(d, place)| views.discrepancy(d, Some(link(place))))
            .collect(),
        inside: atlas.inside(handle).iter().map(|&p| PlaceRef::new(index, p)).collect(),
        neighbours: neighbours(index, atlas.place(handle), Some(handle), index.anchor(handle)),
        inherited: inherited(index, handle),
        citations: sections,
    }
}

/// The places whose records a dossier shows: the place itself, and for a township all inside it.
/// A county does not repeat the records of its townships: that would be the whole plan.
fn sources(atlas: &Atlas, handle: PlaceIdx) -> Vec<(PlaceIdx, &Records)> {
    let mut sources = vec![(handle, atlas.records(handle))];
    if atlas.place(handle).is_township() {
        sources.extend(atlas.inside(handle).iter().map(|&p| (p, atlas.records(p))));
    }
    sources
}

/// Records of several places, each once, under the first place that has it.
fn gather<T: Copy + Eq + Hash>(
    sources: &[(PlaceIdx, &Records)],
    of: impl Fn(&Records) -> &Vec<T>,
) -> Vec<(T, PlaceIdx)> {
    let mut seen = HashSet::new();
    let all = sources.iter().flat_map(|(place, records)| of(records).iter().map(|r| (*r, *place)));
    all.filter(|(record, _)| seen.insert(*record)).collect()
}

/// Targets that projects of the place serve and that do not name the place themselves.
fn served_targets(
    atlas: &Atlas,
    handle: PlaceIdx,
    projects: &[(ProjectIdx, PlaceIdx)],
    named: &[(TargetIdx, PlaceIdx)],
) -> Vec<TargetIdx> {
    if atlas.plan_of_county(handle).is_some() {
        return Vec::new();
    }
    let mut seen: HashSet<TargetIdx> = named.iter().map(|(target, _)| *target).collect();
    let served = projects.iter().flat_map(|(project, _)| &atlas.project(*project).targets);
    let mut targets: Vec<TargetIdx> = served.copied().filter(|t| seen.insert(*t)).collect();
    targets.sort();
    targets
}

fn detail(index: &IndexedAtlas, handle: PlaceIdx) -> PlaceDetail<'_> {
    let atlas = &index.atlas;
    let place = atlas.place(handle);
    PlaceDetail {
        brief: PlaceRef::new(index, handle),
        pinyin: place.pinyin.as_deref(),
        aliases: &place.aliases,
        within: place.within.map(|p| PlaceRef::new(index, p)),
        bounds: corners(place),
        area_m2: area(place),
        seat: place.seat.map(|seat| [seat.position.x, seat.position.y]),
        seat_accuracy: place.seat.and_then(|seat| seat.accuracy),
        source: place.source.as_deref(),
        note: place.note.as_deref(),
        note_en: place.note_en.as_deref(),
        layers: atlas.layers_of[handle.0 as usize]
            .iter()
            .map(|&layer| atlas.layers[layer].id.as_str())
            .collect(),
        properties: Cow::Borrowed(&place.properties),
    }
}

fn corners(place: &Place) -> Option<[f64; 4]> {
    place.bounds().map(|b| [b.min().x, b.min().y, b.max().x, b.max().y])
}

fn area(place: &Place) -> Option<f64> {
    match &place.geometry {
        Some(g @ (Geometry::Polygon(_) | Geometry::MultiPolygon(_))) => {
            Some(g.geodesic_area_unsigned().round())
        }
        _ => None,
    }
}

/// The dossier of a feature of a large layer: what its file says of it, and
/// what lies near. No plan names such features.
#[must_use]
pub fn stored_dossier<'a>(
    index: &'a IndexedAtlas,
    store: &'a Store,
    mut feature: Place,
) -> Dossier<'a> {
    let brief = PlaceRef::stored(&feature, store.kind());
    Dossier {
        neighbours: neighbours(index, &feature, None, brief.point),
        place: PlaceDetail {
            brief,
            pinyin: None,
            aliases: &[],
            within: None,
            bounds: corners(&feature),
            area_m2: area(&feature),
            seat: None,
            seat_accuracy: None,
            source: None,
            note: None,
            note_en: None,
            layers: vec![store.layer()],
            properties: Cow::Owned(std::mem::take(&mut feature.properties)),
        },
        roles: Vec::new(),
        projects: Vec::new(),
        targets: Vec::new(),
        tasks: Vec::new(),
        discrepancies: Vec::new(),
        inside: Vec::new(),
        inherited: None,
        citations: Vec::new(),
    }
}

/// Townships that share a border; for anything else the nearest places of a kind one would visit.
fn neighbours<'a>(
    index: &'a IndexedAtlas,
    place: &Place,
    handle: Option<PlaceIdx>,
    anchor: Option<[f64; 2]>,
) -> Vec<Neighbour<'a>> {
    let atlas = &index.atlas;
    let (Some(anchor), Some(bounds)) = (anchor, place.bounds()) else {
        return Vec::new();
    };
    let from = Point::new(anchor[0], anchor[1]);
    let mut found: Vec<(f64, PlaceIdx)> = Vec::new();
    let mut add = |candidate: PlaceIdx| {
        if let Some([lon, lat]) = index.anchor(candidate) {
            found.push((metres(from, Point::new(lon, lat)), candidate));
        }
    };
    if place.is_township() {
        for candidate in index.spatial.meeting(bounds) {
            let other = atlas.place(candidate);
            let adjoins = Some(candidate) != handle
                && other.is_township()
                && place
                    .geometry
                    .as_ref()
                    .zip(other.geometry.as_ref())
                    .is_some_and(|(a, b)| a.intersects(b));
            if adjoins {
                add(candidate);
            }
        }
    } else if matches!(place.geometry, Some(Geometry::Point(_))) {
        for candidate in atlas.place_handles() {
            let point = matches!(atlas.place(candidate).geometry, Some(Geometry::Point(_)));
            if Some(candidate) != handle && point {
                add(candidate);
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    if !place.is_township() {
        found.truncate(NEIGHBOURS_OF_A_POINT);
    }
    found
        .into_iter()
        .map(|(distance, p)| Neighbour {
            place: PlaceRef::new(index, p),
            distance_m: distance.round(),
        })
        .collect()
}

/// County-wide records: those of the county, and of places that stand for all its townships.
fn inherited(index: &IndexedAtlas, handle: PlaceIdx) -> Option<Inherited<'_>> {
    let atlas = &index.atlas;
    let county = atlas.place(handle).county.filter(|&county| county != handle)?;
    atlas.plan_of_county(county)?;
    let everywhere =
        atlas.inside(county).iter().filter(|p| atlas.place(**p).kind.id == kinds::ALL_TOWNSHIPS);
    let sources: Vec<(PlaceIdx, &Records)> = std::iter::once(&county)
        .chain(everywhere)
        .filter(|&&p| p != handle)
        .map(|&p| (p, atlas.records(p)))
        .collect();
    let projects = gather(&sources, |records| &records.projects);
    let targets = gather(&sources, |records| &records.targets);
    let tasks = gather(&sources, |records| &records.tasks);
    let roles = gather(&sources, |records| &records.roles);
    let discrepancies = gather(&sources, |records| &records.discrepancies);
    Some(Inherited {
        county: PlaceRef::new(index, county),
        roles: roles.iter().map(|&(r, _)| RecordRef::role(index, r)).collect(),
        projects: projects.iter().map(|&(p, _)| RecordRef::project(index, p)).collect(),
        targets: targets.iter().map(|&(t, _)| RecordRef::target(index, t)).collect(),
        tasks: tasks.iter().map(|&(t, _)| RecordRef::task(index, t)).collect(),
        discrepancies: discrepancies
            .iter()
            .map(|&(d, _)| RecordRef::discrepancy(index, d))
            .collect(),
    })
}

/// Sections cited, in the order of the documents.
pub(super) fn citations<'a>(
    atlas: &'a Atlas,
    cited: impl Iterator<Item = (usize, &'a String)>,
) -> Vec<Citation<'a>> {
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (plan, section) in cited {
        let position = atlas.plans[plan].sections.iter().position(|s| &s.id == section);
        *counts.entry((plan, position.unwrap_or(usize::MAX))).or_default() += 1;
    }
    counts
        .into_iter()
        .filter_map(|((plan, position), records)| {
            let plan = &atlas.plans[plan];
            plan.sections.get(position).map(|section| Citation {
                plan: &plan.id,
                section: &section.id,
                title: &section.title,
                title_en: &section.title_en,
                records,
            })
        })
        .collect()
}
