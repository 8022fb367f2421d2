//! Pairs: places of one layer by how far the nearest place of another is.
//!
//! Measured from the point that stands for a place, for a township its seat, to the nearest point
//! of the other: nought inside an area. A place that is in both layers is never its own nearest.

use geo::{CoordsIter, Geometry, Point};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use crate::query::asked::{AreaError, not_degrees};
use crate::query::budget::{Budget, MAX_LISTED, Stopped};
use crate::query::distance::bearing;
use crate::query::nearest::{Nearest, Shapes};
use crate::query::refs::PlaceRef;
use crate::query::resolve::{Given, Resolver, UnknownValue, given};

/// Features that a layer of one's own may have.
pub const MAX_OWN_FEATURES: usize = 5_000;

/// Positions that a layer of one's own may have.
pub const MAX_OWN_POSITIONS: usize = 50_000;

/// Which side of the distance is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Than {
    /// Places whose nearest is farther away than the distance.
    Farther,
    /// Places whose nearest is at the distance or nearer.
    Nearer,
}

/// The places of a layer that take part.
#[derive(Debug, Clone)]
pub struct Chosen<'a> {
    layer: &'a Layer,
    places: Vec<PlaceIdx>,
}

/// A feature of a layer of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnFeature {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Longitude and latitude, degrees; `None` where it has no position.
    pub geometry: Option<Geometry<f64>>,
}

/// Why a layer of one's own cannot be measured to.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OwnError {
    /// Too many features.
    #[error("the layer has {0} features; at most {MAX_OWN_FEATURES} are taken: send a part of it")]
    TooMany(usize),
    /// Too detailed.
    #[error(
        "the layer has {0} positions; at most {MAX_OWN_POSITIONS} are taken: simplify it first"
    )]
    TooDetailed(usize),
    /// A feature that is not in degrees.
    #[error("feature {index} (from 0): {error}")]
    Feature {
        /// Position in the collection.
        index: usize,
        /// What is wrong.
        error: AreaError,
    },
    /// Not answered, because nobody waits any more or it took too long.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// One side of the question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Side<'a> {
    /// Layer id; `null` for a layer of one's own.
    layer: Option<&'a str>,
    /// Places, or features, that take part.
    located: usize,
    /// Places, or features, without a position, of which nothing can be said.
    unlocated: usize,
}

/// A feature of a layer of one's own, in brief.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnRef<'a> {
    /// Position in the collection that was sent, from 0.
    index: usize,
    /// Its name, where it has one.
    name: Option<&'a str>,
}

/// A place and its nearest.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pair<'a, N> {
    /// The place.
    place: PlaceRef<'a>,
    /// The nearest of the other side.
    nearest: N,
    /// Geodesic distance, metres, from the point that stands for the place to the nearest point of
    /// the other; 0 inside it.
    distance_m: f64,
    /// Direction to that point, degrees clockwise from north; `null` inside it.
    bearing_deg: Option<f64>,
}

/// Places of one side by how far the nearest of the other is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pairs<'a, N> {
    /// The places asked about.
    a: Side<'a>,
    /// What they are measured to. Where nothing of it is located, nothing can be measured and the
    /// list is empty.
    b: Side<'a>,
    /// Which side of the distance.
    than: Than,
    /// The distance, metres.
    distance_m: f64,
    /// How many places answer the question.
    total: usize,
    /// The places: farthest first where farther ones are asked for, else nearest first; the first
    /// 10 000 of them.
    #[schema(max_items = 10_000)]
    items: Vec<Pair<'a, N>>,
}

/// Finds the layer, and in it the places of the given classes of its legend (ids separated by
/// commas; all places unless given). `parameter` is the name of the question's side, for errors.
///
/// # Errors
/// When there is no such layer, or no such class in it.
pub fn chosen<'a>(
    index: &'a IndexedAtlas,
    (parameter, class_parameter): (&'static str, &'static str),
    layer: &str,
    classes: &Given,
) -> Result<Chosen<'a>, UnknownValue> {
    let unknown =
        || UnknownValue { parameter, value: layer.to_owned(), hint: "/api/atlas lists the layers" };
    let layer = index.atlas.layer(layer).ok_or_else(unknown)?;
    let mut wanted: Vec<usize> = Vec::new();
    for value in given(classes).into_iter().flat_map(|ids| ids.split(',')) {
        let find = |id: &str| layer.classes.iter().position(|class| class.value == id);
        let hint = "/api/atlas lists the classes of each layer";
        wanted.extend(Resolver::find(class_parameter, &Some(value.to_owned()), hint, find)?);
    }
    let takes_part =
        |class: &Option<usize>| wanted.is_empty() || class.is_some_and(|c| wanted.contains(&c));
    let places = layer.places.iter().zip(&layer.class_of);
    let places = places.filter(|(_, class)| takes_part(class)).map(|(&place, _)| place).collect();
    Ok(Chosen { layer, places })
}

/// Places of `a` whose nearest place of `b` is farther or nearer than `distance` metres.
///
/// # Errors
/// When the budget is withdrawn.
pub fn pairs<'a>(
    index: &'a IndexedAtlas,
    a: &Chosen<'a>,
    b: &Chosen<'a>,
    (than, distance): (Than, f64),
    budget: &Budget,
) -> Result<Pairs<'a, PlaceRef<'a>>, Stopped> {
    // A township without an outline still has a seat.
    let seats: Vec<(PlaceIdx, Geometry<f64>)> = (b.places.iter())
        .filter(|&&p| index.atlas.place(p).geometry.is_none())
        .filter_map(|&p| index.anchor(p).map(|[lon, lat]| (p, Point::new(lon, lat).into())))
        .collect();
    let outlines = (b.places.iter())
        .filter_map(|&p| index.atlas.place(p).geometry.as_ref().map(|geometry| (p, geometry)));
    let located: Vec<(PlaceIdx, &Geometry<f64>)> =
        outlines.chain(seats.iter().map(|(p, seat)| (*p, seat))).collect();
    let other = Side {
        layer: Some(&b.layer.id),
        located: located.len(),
        unlocated: b.places.len() - located.len(),
    };
    let shapes = shapes(located, budget)?;
    let nearest = |from: Point<f64>, place: PlaceIdx| {
        budget.check().map(|()| shapes.nearest(from, Some(place)))
    };
    measured(index, a, other, (than, distance), nearest, |place| PlaceRef::new(index, place))
}

/// The same for a layer of one's own as `b`.
///
/// # Errors
/// When it is too large, or not in degrees.
pub fn pairs_with<'a>(
    index: &'a IndexedAtlas,
    a: &Chosen<'a>,
    own: &'a [OwnFeature],
    (than, distance): (Than, f64),
    budget: &Budget,
) -> Result<Pairs<'a, OwnRef<'a>>, OwnError> {
    if own.len() > MAX_OWN_FEATURES {
        return Err(OwnError::TooMany(own.len()));
    }
    let located: Vec<(usize, &Geometry<f64>)> = (own.iter().enumerate())
        .filter_map(|(i, feature)| feature.geometry.as_ref().map(|geometry| (i, geometry)))
        .filter(|(_, geometry)| geometry.coords_count() > 0)
        .collect();
    let positions: usize = located.iter().map(|(_, geometry)| geometry.coords_count()).sum();
    if positions > MAX_OWN_POSITIONS {
        return Err(OwnError::TooDetailed(positions));
    }
    for (index, geometry) in &located {
        if let Some(error) = not_degrees(geometry) {
            return Err(OwnError::Feature { index: *index, error });
        }
    }
    let other = Side { layer: None, located: located.len(), unlocated: own.len() - located.len() };
    let shapes = shapes(located, budget)?;
    let nearest = |from: Point<f64>, _| budget.check().map(|()| shapes.nearest(from, None));
    let spell = |index: usize| OwnRef { index, name: own[index].name.as_deref() };
    Ok(measured(index, a, other, (than, distance), nearest, spell)?)
}

fn shapes<'a, K: Copy + Ord>(
    located: Vec<(K, &'a Geometry<f64>)>,
    budget: &Budget,
) -> Result<Shapes<'a, K>, Stopped> {
    let shapes = Shapes::new(located.into_iter().take_while(|_| budget.check().is_ok()));
    budget.check().map(|()| shapes)
}

fn measured<'a, K: Copy, N>(
    index: &'a IndexedAtlas,
    a: &Chosen<'a>,
    b: Side<'a>,
    (than, distance): (Than, f64),
    nearest: impl Fn(Point<f64>, PlaceIdx) -> Result<Option<Nearest<K>>, Stopped>,
    spell: impl Fn(K) -> N,
) -> Result<Pairs<'a, N>, Stopped> {
    let located: Vec<(PlaceIdx, Point<f64>)> = (a.places.iter())
        .filter_map(|&p| index.anchor(p).map(|[lon, lat]| (p, Point::new(lon, lat))))
        .collect();
    let asked_for = |metres: f64| match than {
        Than::Farther => metres > distance,
        Than::Nearer => metres <= distance,
    };
    let mut found: Vec<(PlaceIdx, Point<f64>, Nearest<K>)> = Vec::new();
    for &(place, from) in &located {
        let nearest = nearest(from, place)?.filter(|nearest| asked_for(nearest.metres));
        found.extend(nearest.map(|nearest| (place, from, nearest)));
    }
    found.sort_by(|(p, _, m), (q, _, n)| {
        let by_distance = m.metres.total_cmp(&n.metres);
        let asked_first = if than == Than::Farther { by_distance.reverse() } else { by_distance };
        asked_first.then(p.cmp(q))
    });
    Ok(Pairs {
        a: Side {
            layer: Some(&a.layer.id),
            located: located.len(),
            unlocated: a.places.len() - located.len(),
        },
        b,
        than,
        distance_m: distance,
        total: found.len(),
        items: found
            .into_iter()
            .take(MAX_LISTED)
            .map(|(place, from, nearest)| Pair {
                place: PlaceRef::new(index, place),
                nearest: spell(nearest.shape),
                distance_m: (nearest.metres * 10.0).round() / 10.0,
                bearing_deg: (nearest.metres > 0.0).then(|| bearing(from, nearest.point)),
            })
            .collect(),
    })
}
