//! What lies in an area that somebody drew.

use std::collections::{BTreeMap, BTreeSet};

use geo::orient::{Direction, Orient};
use geo::{
    BoundingRect, Coord, CoordsIter, GeodesicArea, Geometry, MultiPolygon, PreparedGeometry,
    Relate, Validation,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{PlaceIdx, ProjectIdx, RoleIdx, TargetIdx, TaskIdx, Term, kinds};
use crate::query::refs::{PlaceRef, RecordRef};

/// Positions that a drawn area may have. Checking that an outline does not cross itself takes time
/// with the square of its positions: some 0.4 s at this number. An outline drawn by hand has a
/// hundred, a county's generalised for the screen a thousand.
pub const MAX_AREA_VERTICES: usize = 5_000;

/// Why an area cannot be asked about.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AreaError {
    /// Too detailed.
    #[error("the area has {0} positions; at most {MAX_AREA_VERTICES} are taken: simplify it first")]
    TooDetailed(usize),
    /// Metres, or nonsense.
    #[error(
        "[{0}, {1}] is no position; longitude (-180 to 180) and latitude (-90 to 90) in degrees are needed"
    )]
    NotDegrees(f64, f64),
    /// Not an area.
    #[error("the geometry is a {0}; a Polygon or MultiPolygon is needed")]
    NoArea(&'static str),
    /// Crosses itself, or is invalid otherwise.
    #[error("the area is invalid: {0}")]
    Invalid(String),
}

/// How a place lies to the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overlap {
    /// Wholly in it.
    Inside,
    /// Partly in it.
    Crosses,
}

/// A place in the area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Inside<'a> {
    #[serde(flatten)]
    place: PlaceRef<'a>,
    /// Wholly or partly.
    relation: Overlap,
}

/// A term and how many places or records it applies to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counted<'a> {
    #[serde(flatten)]
    term: &'a Term,
    /// How many.
    count: usize,
}

/// What lies in an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Within<'a> {
    /// Area on the ellipsoid, square metres.
    area_m2: f64,
    /// Number of places.
    total: usize,
    /// The places, wholly contained ones first.
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
}

/// Lists what lies in `area` (degrees). A place that only touches it from outside does not count;
/// a point on its edge does. Counties are left out: every area lies in one.
///
/// # Errors
/// When the geometry is no area, too detailed, or crosses itself.
pub fn within(index: &IndexedAtlas, area: Geometry<f64>) -> Result<Within<'_>, AreaError> {
    let area = area_of(area)?;
    let atlas = &index.atlas;
    let Some(bounds) = area.bounding_rect() else {
        return Err(AreaError::Invalid("it is empty".to_owned()));
    };
    let area_m2 = area.geodesic_area_unsigned();
    let prepared = PreparedGeometry::from(&area);
    let mut found: Vec<(Overlap, PlaceIdx)> = index
        .spatial
        .meeting(bounds)
        .filter(|&p| ![kinds::COUNTY, kinds::NEIGHBOUR_COUNTY].contains(&&*atlas.place(p).kind.id))
        .filter_map(|p| Some((overlap(&prepared, atlas.place(p).geometry.as_ref()?)?, p)))
        .collect();
    found.sort();

    let mut roles: BTreeSet<RoleIdx> = BTreeSet::new();
    let mut projects: BTreeSet<ProjectIdx> = BTreeSet::new();
    let mut targets: BTreeSet<TargetIdx> = BTreeSet::new();
    let mut tasks: BTreeSet<TaskIdx> = BTreeSet::new();
    let mut kinds: BTreeMap<&str, (&Term, usize)> = BTreeMap::new();
    for (_, place) in &found {
        let of_place = atlas.records(*place);
        roles.extend(&of_place.roles);
        projects.extend(&of_place.projects);
        targets.extend(&of_place.targets);
        tasks.extend(&of_place.tasks);
        let kind: &Term = &atlas.place(*place).kind;
        kinds.entry(&kind.id).or_insert((kind, 0)).1 += 1;
    }
    let mut industries: BTreeMap<&str, (&Term, usize)> = BTreeMap::new();
    for &project in &projects {
        let industry: &Term = &atlas.project(project).industry;
        industries.entry(&industry.id).or_insert((industry, 0)).1 += 1;
    }
    Ok(Within {
        area_m2: area_m2.round(),
        total: found.len(),
        places: found
            .iter()
            .map(|&(relation, p)| Inside { place: PlaceRef::new(index, p), relation })
            .collect(),
        kinds: counted(kinds),
        industries: counted(industries),
        roles: roles.iter().map(|&r| RecordRef::role(index, r)).collect(),
        projects: projects.iter().map(|&p| RecordRef::project(index, p)).collect(),
        targets: targets.iter().map(|&t| RecordRef::target(index, t)).collect(),
        tasks: tasks.iter().map(|&t| RecordRef::task(index, t)).collect(),
    })
}

impl Within<'_> {
    /// Ids of the places and how each lies to the area.
    pub fn ids(&self) -> impl Iterator<Item = (&str, Overlap)> {
        self.places.iter().map(|inside| (inside.place.id, inside.relation))
    }
}

fn area_of(geometry: Geometry<f64>) -> Result<MultiPolygon<f64>, AreaError> {
    let vertices = geometry.coords_count();
    if vertices > MAX_AREA_VERTICES {
        return Err(AreaError::TooDetailed(vertices));
    }
    let degrees = |c: &Coord<f64>| (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y);
    if let Some(c) = geometry.coords_iter().find(|c| !degrees(c)) {
        return Err(AreaError::NotDegrees(c.x, c.y));
    }
    let area = match geometry {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(area) => area,
        Geometry::Point(_) | Geometry::MultiPoint(_) => return Err(AreaError::NoArea("point")),
        Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            return Err(AreaError::NoArea("line"));
        }
        _ => return Err(AreaError::NoArea("collection")),
    };
    area.check_validation().map_err(|error| AreaError::Invalid(error.to_string()))?;
    // The geodesic area of a clockwise ring is that of the rest of the Earth.
    Ok(area.orient(Direction::Default))
}

/// How `geometry` lies to the area (DE-9IM); `None` when it is outside or only touches.
fn overlap<'a>(
    area: &PreparedGeometry<'a, &'a MultiPolygon<f64>, f64>,
    geometry: &Geometry<f64>,
) -> Option<Overlap> {
    let matrix = area.relate(geometry);
    if matrix.is_covers() {
        Some(Overlap::Inside)
    } else if matrix.is_intersects() && !matrix.is_touches() {
        Some(Overlap::Crosses)
    } else {
        None
    }
}

fn counted<'a>(terms: BTreeMap<&'a str, (&'a Term, usize)>) -> Vec<Counted<'a>> {
    let mut counted: Vec<Counted<'a>> =
        terms.into_values().map(|(term, count)| Counted { term, count }).collect();
    counted.sort_by_key(|c| std::cmp::Reverse(c.count));
    counted
}
