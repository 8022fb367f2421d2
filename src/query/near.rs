//! Places around a point, by geodesic distance.

use geo::{BoundingRect, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::query::budget::Budget;
use crate::query::distance::{bearing, padded, to_geometry};
use crate::query::lookup::{Handle, Lookup, Unanswered};
use crate::query::refs::PlaceRef;
use crate::store::Unreadable;

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
    /// The place.
    #[serde(flatten)]
    pub place: PlaceRef<'a>,
    /// Geodesic distance to its nearest point, metres; 0 inside it.
    pub distance_m: f64,
    /// Direction to that point, degrees clockwise from north; `null` inside it.
    pub(crate) bearing_deg: Option<f64>,
}

/// A place that is near enough.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    metres: f64,
    nearest: Point<f64>,
    handle: Handle,
}

/// Spells out what lies around a point: around a village are a hundred thousand parcels, of which a page
/// shows a hundred.
pub struct Around<'a> {
    lookup: Lookup<'a>,
    from: Point<f64>,
}

impl<'a> Around<'a> {
    /// Spells one of them out; `None` where it cannot be read, which [`Around::check`] says.
    #[must_use]
    pub fn spell(&self, hit: Hit) -> Option<Near<'a>> {
        Some(Near {
            place: self.lookup.refer(hit.handle)?,
            distance_m: (hit.metres * 10.0).round() / 10.0,
            bearing_deg: (hit.metres > 0.0).then(|| bearing(self.from, hit.nearest)),
        })
    }

    /// Whether everything that was spelled out could be read.
    ///
    /// # Errors
    /// When something could not.
    pub fn check(&self) -> Result<(), Unreadable> {
        self.lookup.check()
    }
}

/// Places within `radius` metres of `(lon, lat)`, nearest first, and who spells them out.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn near<'a>(
    index: &'a IndexedAtlas,
    (lon, lat): (f64, f64),
    radius: f64,
    filter: &NearFilter,
    budget: &Budget,
) -> Result<(Vec<Hit>, Around<'a>), Unanswered> {
    let lookup = Lookup::new(index);
    let from = Point::new(lon, lat);
    let wanted = |handle: Handle| {
        (filter.kinds.is_empty() || filter.kinds.contains(&lookup.kind(handle).id))
            && (filter.layers.is_empty()
                || lookup.layers(handle).any(|id| filter.layers.iter().any(|layer| layer == id)))
    };
    let mut hits: Vec<Hit> = Vec::new();
    for handle in lookup.meeting(padded(from.bounding_rect(), radius)) {
        budget.check()?;
        let Some(geometry) = wanted(handle).then(|| lookup.geometry(handle)).flatten() else {
            continue;
        };
        let (metres, nearest) = to_geometry(from, &geometry);
        if metres <= radius {
            hits.push(Hit { metres, nearest, handle });
        }
    }
    lookup.check()?;
    hits.sort_by(|a, b| a.metres.total_cmp(&b.metres).then(a.handle.cmp(&b.handle)));
    Ok((hits, Around { lookup, from }))
}
