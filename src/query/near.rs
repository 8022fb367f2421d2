//! Places around a point, by geodesic distance.

use geo::{BoundingRect, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::query::budget::Budget;
use crate::query::distance::{bearing, padded, to_geometry};
use crate::query::lookup::{Handle, Lookup, Unanswered};
use crate::query::refs::PlaceRef;

/// Which places are wanted; an empty list allows all.
#[derive(Debug, Clone, Default)]
pub struct NearFilter {
    /// Layer ids.
    pub layers: Vec<String>,
    /// Kind ids.
    pub kinds: Vec<String>,
}

/// A place and how far it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Near<'a> {
    #[serde(flatten)]
    place: PlaceRef<'a>,
    /// Geodesic distance to its nearest point, metres; 0 inside it.
    pub distance_m: f64,
    /// Direction to that point, degrees clockwise from north; `null` inside it.
    bearing_deg: Option<f64>,
}

/// Places within `radius` metres of `(lon, lat)`, nearest first.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn near<'a>(
    index: &'a IndexedAtlas,
    (lon, lat): (f64, f64),
    radius: f64,
    filter: &NearFilter,
    budget: &Budget,
) -> Result<Vec<Near<'a>>, Unanswered> {
    let lookup = Lookup::new(index);
    let from = Point::new(lon, lat);
    let wanted = |handle: Handle| {
        (filter.kinds.is_empty() || filter.kinds.contains(&lookup.kind(handle).id))
            && (filter.layers.is_empty()
                || lookup.layers(handle).any(|id| filter.layers.iter().any(|layer| layer == id)))
    };
    let mut found: Vec<(f64, Point<f64>, Handle)> = Vec::new();
    for handle in lookup.meeting(padded(from.bounding_rect(), radius)) {
        budget.check()?;
        let Some(geometry) = wanted(handle).then(|| lookup.geometry(handle)).flatten() else {
            continue;
        };
        let (distance, nearest) = to_geometry(from, &geometry);
        if distance <= radius {
            found.push((distance, nearest, handle));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let spell = |(distance, nearest, handle): (f64, Point<f64>, Handle)| {
        Some(Near {
            place: lookup.refer(handle)?,
            distance_m: (distance * 10.0).round() / 10.0,
            bearing_deg: (distance > 0.0).then(|| bearing(from, nearest)),
        })
    };
    let spelled = found.into_iter().filter_map(spell).collect();
    lookup.check()?;
    Ok(spelled)
}
