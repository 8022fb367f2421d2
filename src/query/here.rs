//! What is at a point: the county, the township with its dossier, and everything within a few metres.

use geo::{BoundingRect, Intersects, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, PlaceIdx, kinds};
use crate::query::distance::{padded, to_geometry};
use crate::query::dossier::{Dossier, dossier};
use crate::query::record::{RoleView, Views};
use crate::query::refs::{PlaceRef, RecordRef};

/// What is at a point.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Here<'a> {
    /// Longitude asked about, degrees.
    lon: f64,
    /// Latitude asked about, degrees.
    lat: f64,
    /// County around the point.
    county: Option<PlaceRef<'a>>,
    /// Township around the point. Where its outline is schematic, so is this answer.
    township: Option<Dossier<'a>>,
    /// How exactly the township's outline is known.
    township_accuracy: Option<Accuracy>,
    /// Other places at the point, nearest first.
    places: Vec<PlaceHere<'a>>,
}

/// A place at the point.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceHere<'a> {
    #[serde(flatten)]
    place: PlaceRef<'a>,
    /// Geodesic distance in metres; 0 when the point lies in it.
    distance_m: f64,
    /// Its roles.
    roles: Vec<RoleView<'a>>,
    /// Projects that name it.
    projects: Vec<RecordRef<'a>>,
    /// Targets that name it.
    targets: Vec<RecordRef<'a>>,
    /// Tasks that name it.
    tasks: Vec<RecordRef<'a>>,
}

/// Answers what is at `(lon, lat)` (degrees), with lines and points up to `tolerance` metres away.
#[must_use]
pub fn here(index: &IndexedAtlas, lon: f64, lat: f64, tolerance: f64) -> Here<'_> {
    let atlas = &index.atlas;
    let point = Point::new(lon, lat);
    let around = |place: &PlaceIdx| {
        atlas.place(*place).geometry.as_ref().is_some_and(|g| g.intersects(&point))
    };
    let first_of_kind = |kind: &str| {
        let mut found: Vec<PlaceIdx> = index
            .spatial
            .at(lon, lat)
            .filter(|p| atlas.place(*p).kind.id == kind)
            .filter(around)
            .collect();
        found.sort();
        found.first().copied()
    };
    let county = first_of_kind(kinds::COUNTY);
    let township = first_of_kind(kinds::TOWNSHIP);
    let mut places: Vec<(f64, PlaceIdx)> = index
        .spatial
        .meeting(padded(point.bounding_rect(), tolerance))
        .filter(|&p| Some(p) != county && Some(p) != township)
        .filter_map(|p| {
            let (distance, _) = to_geometry(point, atlas.place(p).geometry.as_ref()?);
            (distance <= tolerance).then_some((distance, p))
        })
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let views = Views::new(index);
    Here {
        lon,
        lat,
        county: county.map(|p| PlaceRef::new(index, p)),
        township_accuracy: township.and_then(|p| atlas.place(p).accuracy),
        township: township.map(|p| dossier(index, p)),
        places: places
            .into_iter()
            .map(|(distance, p)| PlaceHere {
                place: PlaceRef::new(index, p),
                distance_m: distance.round(),
                roles: atlas.records(p).roles.iter().map(|&r| views.role(r, None)).collect(),
                projects: refs(&atlas.records(p).projects, |r| RecordRef::project(index, r)),
                targets: refs(&atlas.records(p).targets, |r| RecordRef::target(index, r)),
                tasks: refs(&atlas.records(p).tasks, |r| RecordRef::task(index, r)),
            })
            .collect(),
    }
}

fn refs<'a, T: Copy>(handles: &[T], refer: impl Fn(T) -> RecordRef<'a>) -> Vec<RecordRef<'a>> {
    handles.iter().map(|&handle| refer(handle)).collect()
}
