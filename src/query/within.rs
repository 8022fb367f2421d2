//! What lies in an area, or within a distance of any geometry.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Geometry, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{
    DiscrepancyIdx, PlaceIdx, ProjectIdx, RoleIdx, TargetIdx, TaskIdx, Term, kinds,
};
use crate::query::asked::{AreaError, Asked, Position, checked};
use crate::query::budget::{Budget, MAX_LISTED};
use crate::query::lookup::{Handle, Lookup};
use crate::query::refs::{PlaceRef, RecordRef};

/// How a place lies to the geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overlap {
    /// Wholly in it.
    Inside,
    /// Partly in it.
    Crosses,
    /// Outside it, within the distance.
    Near,
}

/// A place in the area or near it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Inside<'a> {
    #[serde(flatten)]
    place: PlaceRef<'a>,
    /// Wholly in it, partly, or near it.
    relation: Overlap,
    /// Geodesic distance from the geometry, metres; 0 where they meet.
    distance_m: f64,
}

/// A term and how many places or records it applies to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counted<'a> {
    // Spelled out, because the schema of a term allows no further property beside its own.
    /// Id of the term.
    id: &'a str,
    /// The Chinese word.
    zh: &'a str,
    /// The English word.
    en: &'a str,
    /// How many.
    count: usize,
}

/// What lies in an area or within a distance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Within<'a> {
    /// Area on the ellipsoid, square metres, without the distance around it; `null` for lines and
    /// points.
    area_m2: Option<f64>,
    /// Number of places.
    total: usize,
    /// The places: wholly contained ones, partly contained ones, then the others by distance; the
    /// first 10 000 of them. Everything else counts all.
    #[schema(max_items = 10_000)]
    places: Vec<Inside<'a>>,
    /// Places by kind, most frequent first.
    kinds: Vec<Counted<'a>>,
    /// Projects of those places by industry, most frequent first.
    industries: Vec<Counted<'a>>,
    /// Roles of those places.
    roles: Vec<RecordRef<'a>>,
    /// Projects of those places.
    projects: Vec<RecordRef<'a>>,
    /// Targets of those places.
    targets: Vec<RecordRef<'a>>,
    /// Tasks of those places.
    tasks: Vec<RecordRef<'a>>,
    /// Discrepancies that concern those places.
    discrepancies: Vec<RecordRef<'a>>,
}

/// Lists what lies in `geometry` (degrees) and, with a distance, what lies within so many metres of
/// it. Without one the geometry must be an area; a place that only touches it from outside does not
/// count then, a point on its edge does. Counties are left out: every area lies in one.
///
/// # Errors
/// When the geometry is no area and no distance is given, is too detailed, or crosses itself.
pub fn within<'a>(
    index: &'a IndexedAtlas,
    geometry: Geometry<f64>,
    distance: f64,
    budget: &Budget,
) -> Result<Within<'a>, AreaError> {
    within_known(index, &checked(geometry)?, distance, budget)
}

/// The same for the outline or position of a place, which is listed itself.
///
/// # Errors
/// When nobody has located the place, or it is no area and no distance is given.
pub fn within_place<'a>(
    index: &'a IndexedAtlas,
    place: PlaceIdx,
    distance: f64,
    budget: &Budget,
) -> Result<Within<'a>, AreaError> {
    let place_asked = index.atlas.place(place);
    let unlocated = || AreaError::Unlocated(place_asked.id.clone());
    if let Some(geometry) = &place_asked.geometry {
        return within_known(index, geometry, distance, budget);
    }
    let [lon, lat] = index.anchor(place).ok_or_else(unlocated)?;
    within_known(index, &Point::new(lon, lat).into(), distance, budget)
}

/// The same for a geometry that somebody has checked, such as that of a feature of a large layer.
///
/// # Errors
/// When it is no area and no distance is given.
pub fn within_known<'a>(
    index: &'a IndexedAtlas,
    geometry: &Geometry<f64>,
    distance: f64,
    budget: &Budget,
) -> Result<Within<'a>, AreaError> {
    let lookup = Lookup::new(index);
    let asked = Asked::new(geometry).ok_or_else(|| AreaError::Invalid("it is empty".to_owned()))?;
    let around = distance > 0.0;
    if let Some(kind) = asked.kind_without_area().filter(|_| !around) {
        return Err(AreaError::NoArea(kind));
    }
    let relation = |handle: Handle| {
        let geometry = lookup.geometry(handle)?;
        let metres = match asked.position_of(&geometry) {
            Position::Inside => return Some((Overlap::Inside, 0.0)),
            Position::Crosses => return Some((Overlap::Crosses, 0.0)),
            Position::Touches if around => 0.0,
            Position::Apart if around => asked.distance_to(&geometry, distance)?,
            Position::Touches | Position::Apart => return None,
        };
        Some((Overlap::Near, metres))
    };
    let mut found: Vec<(Overlap, f64, Handle)> = Vec::new();
    for handle in lookup.meeting(asked.box_within(distance)) {
        budget.check()?;
        if ![kinds::COUNTY, kinds::NEIGHBOUR_COUNTY].contains(&&*lookup.kind(handle).id) {
            found.extend(relation(handle).map(|(overlap, metres)| (overlap, metres, handle)));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let spelled = spell(index, &lookup, asked.area(), &found);
    lookup.check()?;
    Ok(spelled)
}

/// The places and every record of theirs, each once.
fn spell<'a>(
    index: &'a IndexedAtlas,
    lookup: &Lookup<'a>,
    area_m2: Option<f64>,
    found: &[(Overlap, f64, Handle)],
) -> Within<'a> {
    let atlas = &index.atlas;
    let mut roles: BTreeSet<RoleIdx> = BTreeSet::new();
    let mut projects: BTreeSet<ProjectIdx> = BTreeSet::new();
    let mut targets: BTreeSet<TargetIdx> = BTreeSet::new();
    let mut tasks: BTreeSet<TaskIdx> = BTreeSet::new();
    let mut discrepancies: BTreeSet<DiscrepancyIdx> = BTreeSet::new();
    let mut kinds: BTreeMap<&str, (&Term, usize)> = BTreeMap::new();
    for &(_, _, handle) in found {
        let kind: &Term = lookup.kind(handle);
        kinds.entry(&kind.id).or_insert((kind, 0)).1 += 1;
        let Handle::Place(place) = handle else { continue };
        let of_place = atlas.records(place);
        roles.extend(&of_place.roles);
        projects.extend(&of_place.projects);
        targets.extend(&of_place.targets);
        tasks.extend(&of_place.tasks);
        discrepancies.extend(&of_place.discrepancies);
    }
    let mut industries: BTreeMap<&str, (&Term, usize)> = BTreeMap::new();
    for &project in &projects {
        let industry: &Term = &atlas.project(project).industry;
        industries.entry(&industry.id).or_insert((industry, 0)).1 += 1;
    }
    Within {
        area_m2,
        total: found.len(),
        places: found
            .iter()
            .take(MAX_LISTED)
            .filter_map(|&(relation, metres, handle)| {
                let distance_m = (metres * 10.0).round() / 10.0;
                Some(Inside { place: lookup.refer(handle)?, relation, distance_m })
            })
            .collect(),
        kinds: counted(kinds),
        industries: counted(industries),
        roles: roles.iter().map(|&r| RecordRef::role(index, r)).collect(),
        projects: projects.iter().map(|&p| RecordRef::project(index, p)).collect(),
        targets: targets.iter().map(|&t| RecordRef::target(index, t)).collect(),
        tasks: tasks.iter().map(|&t| RecordRef::task(index, t)).collect(),
        discrepancies: discrepancies.iter().map(|&d| RecordRef::discrepancy(index, d)).collect(),
    }
}

impl Within<'_> {
    /// Ids of the places and how each lies to the area.
    pub fn ids(&self) -> impl Iterator<Item = (&str, Overlap)> {
        self.places.iter().map(|inside| (&*inside.place.id, inside.relation))
    }
}

fn counted<'a>(terms: BTreeMap<&'a str, (&'a Term, usize)>) -> Vec<Counted<'a>> {
    let mut counted: Vec<Counted<'a>> = terms
        .into_values()
        .map(|(t, count)| Counted { id: &t.id, zh: &t.zh, en: &t.en, count })
        .collect();
    counted.sort_by_key(|c| std::cmp::Reverse(c.count));
    counted
}
