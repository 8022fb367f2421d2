//! Places around a point, by geodesic distance.

use geo::{BoundingRect, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::PlaceIdx;
use crate::query::budget::{Budget, Stopped};
use crate::query::distance::{bearing, padded, to_geometry};
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
/// When the budget is withdrawn.
pub fn near<'a>(
    index: &'a IndexedAtlas,
    (lon, lat): (f64, f64),
    radius: f64,
    filter: &NearFilter,
    budget: &Budget,
) -> Result<Vec<Near<'a>>, Stopped> {
    let atlas = &index.atlas;
    let from = Point::new(lon, lat);
    let wanted = |place: PlaceIdx| {
        let layers = &atlas.layers_of[place.0 as usize];
        (filter.kinds.is_empty() || filter.kinds.contains(&atlas.place(place).kind.id))
            && (filter.layers.is_empty()
                || layers.iter().any(|&l| filter.layers.contains(&atlas.layers[l].id)))
    };
    let mut found: Vec<(f64, Point<f64>, PlaceIdx)> = Vec::new();
    for place in index.spatial.meeting(padded(from.bounding_rect(), radius)) {
        budget.check()?;
        let Some(geometry) = atlas.place(place).geometry.as_ref().filter(|_| wanted(place)) else {
            continue;
        };
        let (distance, nearest) = to_geometry(from, geometry);
        if distance <= radius {
            found.push((distance, nearest, place));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let spelled = found.into_iter().map(|(distance, nearest, place)| Near {
        place: PlaceRef::new(index, place),
        distance_m: (distance * 10.0).round() / 10.0,
        bearing_deg: (distance > 0.0).then(|| bearing(from, nearest)),
    });
    Ok(spelled.collect())
}
