//! What is at a point: the county, the township with its dossier, and everything within a few metres.

use std::collections::HashMap;

use geo::{BoundingRect, Intersects, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, kinds};
use crate::query::budget::Budget;
use crate::query::distance::{padded, to_geometry};
use crate::query::dossier::{Dossier, dossier};
use crate::query::lookup::{Handle, Lookup, Unanswered};
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
    /// Other places at the point, nearest first; of a large layer the nearest hundred features.
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

/// Features of one large layer that an answer names at most: a circle may hold every tree of a survey.
const OF_A_LARGE_LAYER: usize = 100;

/// Answers what is at `(lon, lat)` (degrees), with lines and points up to `tolerance` metres away; of each
/// large layer the nearest hundred features.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn here<'a>(
    index: &'a IndexedAtlas,
    (lon, lat): (f64, f64),
    tolerance: f64,
    budget: &Budget,
) -> Result<Here<'a>, Unanswered> {
    let atlas = &index.atlas;
    let lookup = Lookup::new(index);
    let point = Point::new(lon, lat);
    let mut found: Vec<(f64, Handle)> = Vec::new();
    for handle in lookup.meeting(padded(point.bounding_rect(), tolerance)) {
        budget.check()?;
        let Some(geometry) = lookup.geometry(handle) else { continue };
        if geometry.intersects(&point) {
            found.push((0.0, handle));
        } else if tolerance > 0.0 {
            let (distance, _) = to_geometry(point, &geometry);
            found.extend((distance <= tolerance).then_some((distance, handle)));
        }
    }
    let first_of_kind = |kind: &str| {
        let around = found.iter().filter(|(distance, _)| *distance <= 0.0);
        let places = around.filter_map(|(_, handle)| match handle {
            Handle::Place(place) => Some(*place),
            Handle::Stored(..) => None,
        });
        places.filter(|&place| atlas.place(place).kind.id == kind).min()
    };
    let county = first_of_kind(kinds::COUNTY);
    let township = first_of_kind(kinds::TOWNSHIP);
    let known = [county, township].map(|place| place.map(Handle::Place));
    found.retain(|(_, handle)| !known.contains(&Some(*handle)));
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut named: HashMap<usize, usize> = HashMap::new();
    found.retain(|(_, handle)| match handle {
        Handle::Place(_) => true,
        Handle::Stored(layer, _) => {
            let count = named.entry(*layer).or_default();
            *count += 1;
            *count <= OF_A_LARGE_LAYER
        }
    });
    let views = Views::new(index);
    let spell = |(distance, handle): (f64, Handle)| {
        let place = lookup.refer(handle)?;
        let mut here = PlaceHere {
            place,
            distance_m: distance.round(),
            roles: Vec::new(),
            projects: Vec::new(),
            targets: Vec::new(),
            tasks: Vec::new(),
        };
        if let Handle::Place(place) = handle {
            let records = atlas.records(place);
            here.roles = records.roles.iter().map(|&r| views.role(r, None)).collect();
            here.projects = refs(&records.projects, |r| RecordRef::project(index, r));
            here.targets = refs(&records.targets, |r| RecordRef::target(index, r));
            here.tasks = refs(&records.tasks, |r| RecordRef::task(index, r));
        }
        Some(here)
    };
    let places = found.into_iter().filter_map(spell).collect();
    lookup.check()?;
    Ok(Here {
        lon,
        lat,
        county: county.map(|p| PlaceRef::new(index, p)),
        township_accuracy: township.and_then(|p| atlas.place(p).accuracy),
        township: township.map(|p| dossier(index, p)),
        places,
    })
}

fn refs<'a, T: Copy>(handles: &[T], refer: impl Fn(T) -> RecordRef<'a>) -> Vec<RecordRef<'a>> {
    handles.iter().map(|&handle| refer(handle)).collect()
}
