//! Which features are taken: layers, narrowed down by a box, an area and a list of places.

use std::collections::HashSet;

use geo::{Geometry, Intersects, Rect};

use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use crate::query::{AreaError, Asked, Budget, Stopped, checked};

/// What somebody asks for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Layer ids.
    pub layers: Vec<String>,
    /// West, south, east, north in degrees; features that meet it.
    pub bbox: Option<Rect<f64>>,
    /// A drawn area in degrees; features that meet it.
    pub area: Option<Geometry<f64>>,
    /// A township or county; features that meet its outline or say that they lie in it.
    pub within: Option<String>,
    /// Only these places: what a filter on the screen has found.
    pub places: Option<Vec<String>>,
    /// Whether linked records come along.
    pub records: bool,
    /// How long choosing the features may go on.
    pub budget: Budget,
}

/// Why there is nothing to take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SelectionError {
    /// No layer was named.
    #[error("no layer is chosen; name at least one, /api/atlas lists them")]
    NoLayer,
    /// A layer that does not exist.
    #[error("there is no layer {0:?}; /api/atlas lists them")]
    UnknownLayer(String),
    /// A place that does not exist, or no longer.
    #[error("there is no place {0:?}; /api/search finds places by name")]
    UnknownPlace(String),
    /// A place without an outline cannot hold others.
    #[error("{0:?} has no outline, so nothing lies within it; take its township")]
    NoOutline(String),
    /// The drawn area is no area.
    #[error(transparent)]
    Area(#[from] AreaError),
    /// Nothing is left.
    #[error("nothing is left to export: no feature of {0} meets the area and the filter")]
    Empty(String),
    /// Nobody waits any more, or it took too long.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The features that are taken, layer by layer, in the order of the files.
pub struct Selection<'a> {
    /// Each layer with its places.
    pub layers: Vec<(&'a Layer, Vec<PlaceIdx>)>,
}

impl<'a> Selection<'a> {
    /// Resolves a request.
    ///
    /// # Errors
    /// When something asked for does not exist, or nothing is left.
    pub fn resolve(index: &'a IndexedAtlas, request: Request) -> Result<Self, SelectionError> {
        if request.layers.is_empty() {
            return Err(SelectionError::NoLayer);
        }
        let atlas = &index.atlas;
        let place = |id: &String| {
            atlas.find_place(id).ok_or_else(|| SelectionError::UnknownPlace(id.clone()))
        };
        let area = request.area.map(drawn).transpose()?;
        let within = request.within.as_ref().map(place).transpose()?;
        let outline = match within {
            Some(holder) => Some(match &atlas.place(holder).geometry {
                Some(outline @ (Geometry::Polygon(_) | Geometry::MultiPolygon(_))) => {
                    (holder, outline)
                }
                _ => return Err(SelectionError::NoOutline(atlas.place(holder).id.clone())),
            }),
            None => None,
        };
        let only: Option<HashSet<PlaceIdx>> = match &request.places {
            Some(ids) => Some(ids.iter().map(place).collect::<Result<_, _>>()?),
            None => None,
        };
        let taken = |&candidate: &PlaceIdx| {
            let geometry = atlas.place(candidate).geometry.as_ref();
            let meets = |shape: &dyn Fn(&Geometry<f64>) -> bool| geometry.is_some_and(shape);
            only.as_ref().is_none_or(|only| only.contains(&candidate))
                && request.bbox.as_ref().is_none_or(|bbox| meets(&|g| g.intersects(bbox)))
                && area.as_ref().is_none_or(|area| meets(&|g| g.intersects(area)))
                && outline.is_none_or(|(holder, outline)| {
                    lies_in(index, candidate, holder) || meets(&|g| g.intersects(outline))
                })
        };
        let mut layers = Vec::new();
        for id in &request.layers {
            let layer = atlas.layer(id).ok_or_else(|| SelectionError::UnknownLayer(id.clone()))?;
            let going_on = |_: &PlaceIdx| request.budget.check().is_ok();
            let places: Vec<PlaceIdx> =
                layer.places.iter().copied().take_while(going_on).filter(taken).collect();
            request.budget.check()?;
            if !layers.iter().any(|(known, _): &(&Layer, _)| known.id == layer.id) {
                layers.push((layer, places));
            }
        }
        if layers.iter().all(|(_, places)| places.is_empty()) {
            return Err(SelectionError::Empty(request.layers.join(", ")));
        }
        Ok(Self { layers })
    }
}

/// A drawn area, checked.
fn drawn(geometry: Geometry<f64>) -> Result<Geometry<f64>, AreaError> {
    let area = checked(geometry)?;
    let kind = Asked::new(&area).and_then(|asked| asked.kind_without_area());
    kind.map_or(Ok(area), |kind| Err(AreaError::NoArea(kind)))
}

/// Whether a place is the other, or says that it lies in it, however far up.
fn lies_in(index: &IndexedAtlas, place: PlaceIdx, holder: PlaceIdx) -> bool {
    let mut at = Some(place);
    while let Some(here) = at {
        if here == holder {
            return true;
        }
        at = index.atlas.place(here).within;
    }
    false
}
