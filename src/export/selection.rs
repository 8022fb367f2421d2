//! Which features are taken: layers, narrowed down by a box, an area and a list of places.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use geo::{BoundingRect, Geometry, Intersects, Rect};

use crate::feature::Chosen;
use crate::index::IndexedAtlas;
use crate::model::{Layer, PlaceIdx};
use crate::query::{AreaError, Asked, Budget, Stopped, checked, stored_place, stored_row};
use crate::store::{Reader, Store, Unreadable};

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
    /// The file of a large layer is another one by now, or cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// The features that are taken, layer by layer, in the order of the files.
pub struct Selection<'a> {
    /// Each layer with its features.
    pub layers: Vec<(&'a Layer, Chosen)>,
}

impl<'a> Selection<'a> {
    /// Resolves a request.
    ///
    /// # Errors
    /// When something asked for does not exist, or nothing is left.
    pub fn resolve(index: &'a IndexedAtlas, mut request: Request) -> Result<Self, SelectionError> {
        if request.layers.is_empty() {
            return Err(SelectionError::NoLayer);
        }
        let atlas = &index.atlas;
        let narrowing = Narrowing::new(index, &mut request)?;
        let mut layers: Vec<(&Layer, Chosen)> = Vec::new();
        for id in &request.layers {
            let unknown = || SelectionError::UnknownLayer(id.clone());
            let number = atlas.layer_number(id).ok_or_else(unknown)?;
            let layer = &atlas.layers[number];
            if layers.iter().any(|(known, _)| known.id == layer.id) {
                continue;
            }
            let chosen = match index.store(number) {
                Some(store) => narrowing.stored(number, store, &request.budget)?,
                None => narrowing.places(layer, &request.budget)?,
            };
            layers.push((layer, chosen));
        }
        if layers.iter().all(|(_, chosen)| chosen.is_empty()) {
            return Err(SelectionError::Empty(request.layers.join(", ")));
        }
        Ok(Self { layers })
    }
}

/// What a layer is narrowed down by.
struct Narrowing<'a> {
    index: &'a IndexedAtlas,
    bbox: Option<Rect<f64>>,
    area: Option<Geometry<f64>>,
    outline: Option<Outline<'a>>,
    only: Option<Only>,
}

/// What others lie in: a place, or a feature of a large layer.
struct Outline<'a> {
    /// Of a feature no place says that it lies in it.
    place: Option<PlaceIdx>,
    geometry: Cow<'a, Geometry<f64>>,
}

impl<'a> Outline<'a> {
    fn of(index: &'a IndexedAtlas, id: &str) -> Result<Self, SelectionError> {
        let place = index.atlas.find_place(id);
        let geometry = match place {
            Some(place) => index.atlas.place(place).geometry.as_ref().map(Cow::Borrowed),
            None => match stored_place(index, id)? {
                Some((_, feature)) => feature.geometry.map(Cow::Owned),
                None => return Err(SelectionError::UnknownPlace(id.to_owned())),
            },
        };
        let is_area = |geometry: &Cow<'_, Geometry<f64>>| {
            matches!(**geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
        };
        let geometry = geometry.filter(is_area);
        let geometry = geometry.ok_or_else(|| SelectionError::NoOutline(id.to_owned()))?;
        Ok(Self { place, geometry })
    }
}

/// What is named one by one.
#[derive(Default)]
struct Only {
    places: HashSet<PlaceIdx>,
    /// Position of a large layer, and a row of it.
    stored: HashSet<(usize, u32)>,
}

impl Only {
    fn add(&mut self, index: &IndexedAtlas, id: &str) -> Result<(), SelectionError> {
        if let Some(place) = index.atlas.find_place(id) {
            self.places.insert(place);
            return Ok(());
        }
        let unknown = || SelectionError::UnknownPlace(id.to_owned());
        self.stored.insert(stored_row(index, id)?.ok_or_else(unknown)?);
        Ok(())
    }
}

impl<'a> Narrowing<'a> {
    fn new(index: &'a IndexedAtlas, request: &mut Request) -> Result<Self, SelectionError> {
        let only = |ids: &Vec<String>| {
            let mut only = Only::default();
            ids.iter().try_for_each(|id| only.add(index, id)).map(|()| only)
        };
        Ok(Self {
            index,
            bbox: request.bbox,
            area: request.area.take().map(drawn).transpose()?,
            outline: request.within.as_ref().map(|id| Outline::of(index, id)).transpose()?,
            only: request.places.as_ref().map(only).transpose()?,
        })
    }

    fn places(&self, layer: &Layer, budget: &Budget) -> Result<Chosen, SelectionError> {
        let taken = |&candidate: &PlaceIdx| {
            let geometry = self.index.atlas.place(candidate).geometry.as_ref();
            let lies_in = |holder| lies_in(self.index, candidate, holder);
            self.only.as_ref().is_none_or(|only| only.places.contains(&candidate))
                && self.meets(geometry, &lies_in)
        };
        let going_on = |_: &PlaceIdx| budget.check().is_ok();
        let places = layer.places.iter().copied().take_while(going_on).filter(taken).collect();
        budget.check()?;
        Ok(Chosen::Places(places))
    }

    fn stored(
        &self,
        number: usize,
        store: &Arc<Store>,
        budget: &Budget,
    ) -> Result<Chosen, SelectionError> {
        let area = self.area.as_ref().and_then(BoundingRect::bounding_rect);
        let outline = self.outline.as_ref().and_then(|outline| outline.geometry.bounding_rect());
        let around = self.bbox.or(area).or(outline);
        let mut rows: Vec<u32> = match around {
            Some(bounds) => store.meeting(bounds),
            None => (0..).take(store.len()).collect(),
        };
        if let Some(only) = &self.only {
            rows.retain(|&row| only.stored.contains(&(number, row)));
        }
        let reader = Reader::new(store.clone());
        if around.is_some() {
            let taken = |row: u32| {
                let place = reader.place(row as usize);
                place.is_some_and(|place| self.meets(place.geometry.as_ref(), &|_| false))
            };
            rows.retain(|&row| budget.check().is_ok() && taken(row));
            budget.check()?;
            reader.check()?;
        }
        Ok(Chosen::Stored(Arc::new(reader), rows.into()))
    }

    /// Whether a geometry meets all that is asked for; `lies_in` says whether its place says so itself.
    fn meets(&self, geometry: Option<&Geometry<f64>>, lies_in: &dyn Fn(PlaceIdx) -> bool) -> bool {
        let meets = |shape: &dyn Fn(&Geometry<f64>) -> bool| geometry.is_some_and(shape);
        self.bbox.as_ref().is_none_or(|bbox| meets(&|g| g.intersects(bbox)))
            && self.area.as_ref().is_none_or(|area| meets(&|g| g.intersects(area)))
            && self.outline.as_ref().is_none_or(|outline| {
                outline.place.is_some_and(lies_in) || meets(&|g| g.intersects(&*outline.geometry))
            })
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
