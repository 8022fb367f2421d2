//! The places and features of a layer that a frame shows.

use std::borrow::Cow;
use std::sync::Arc;

use geo::Rect;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, LayerClass, Place, PlaceIdx};
use crate::picture::Frame;
use crate::picture::outline::{Outline, Position};
use crate::query::{Budget, Unanswered};
use crate::store::{Dimension, Reader, Store};

/// One of them.
pub struct Member<'a> {
    /// What it is; `None` for many that are too small to be told apart.
    pub place: Option<Shown<'a>>,
    /// Longitude and latitude of the point that stands for it; `None` for what has no name of its own.
    pub anchor: Option<[f64; 2]>,
    /// Its geometry in the frame.
    pub outline: Outline,
    /// Its class in the legend.
    pub class: Option<&'a LayerClass>,
    /// How exactly its position is known.
    pub accuracy: Option<Accuracy>,
    /// The second line of its name, Chinese and English.
    pub note: Option<&'a (String, String)>,
}

/// A place of the atlas, or a feature of a large layer.
pub enum Shown<'a> {
    /// A place.
    Place(&'a Place),
    /// A feature.
    Feature(Arc<Place>),
}

impl Shown<'_> {
    /// The place itself.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::Place(place) => place,
            Self::Feature(place) => place,
        }
    }
}

/// A frame, and the places of the atlas that it may show.
pub struct Near<'f> {
    frame: &'f Frame,
    bounds: Rect<f64>,
    places: Vec<PlaceIdx>,
    /// Deviation, in the unit square, below which a vertex is left out.
    detail: f64,
}

impl<'f> Near<'f> {
    /// Looked up once for all layers.
    #[must_use]
    pub fn of(index: &IndexedAtlas, frame: &'f Frame) -> Self {
        let bounds = frame.degrees();
        let mut places: Vec<PlaceIdx> = index.spatial.meeting(bounds).collect();
        places.sort_unstable();
        Self { frame, bounds, places, detail: DETAIL * frame.unit_pixel() }
    }
}

/// What of the layer at a position of the atlas is in the frame, in the order of the files.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn members<'a>(
    index: &'a IndexedAtlas,
    number: usize,
    near: &Near<'_>,
    budget: &Budget,
) -> Result<Vec<Member<'a>>, Unanswered> {
    match index.store(number) {
        Some(store) => stored(store, near, budget),
        None => Ok(places(index, number, near)),
    }
}

fn places<'a>(index: &'a IndexedAtlas, number: usize, near: &Near<'_>) -> Vec<Member<'a>> {
    let (layer, shapes) = (&index.atlas.layers[number], index.shapes());
    let member = |(position, &handle): (usize, &PlaceIdx)| {
        near.places.binary_search(&handle).ok()?;
        let place = index.atlas.place(handle);
        let shape = shapes[handle.0 as usize].as_ref();
        Some(Member {
            anchor: index.anchor(handle),
            outline: Outline::of_shape(shape?, near.frame, near.detail)?,
            place: Some(Shown::Place(place)),
            class: layer.class_of[position].map(|class| &layer.classes[class]),
            accuracy: place.accuracy,
            note: layer.note_of[position].as_ref(),
        })
    };
    layer.places.iter().enumerate().filter_map(member).collect()
}

/// Pixels by which an outline may miss its true course: on paper a fortieth of a millimetre.
const DETAIL: f64 = 0.1;

/// Side of a feature's box, in pixels, below which only this is drawn of it, that it is there.
const SPECK: f64 = 0.7;

fn stored<'a>(
    store: &Arc<Store>,
    &Near { frame, bounds, .. }: &Near<'_>,
    budget: &Budget,
) -> Result<Vec<Member<'a>>, Unanswered> {
    let reader = Reader::new(store.clone());
    let catalogue = store.catalogue();
    let mut specks = Specks::new(frame);
    let mut shown = Vec::new();
    for row in store.meeting(bounds) {
        budget.check()?;
        let row = row as usize;
        let [west, south, east, north] = catalogue.boxes[row].degrees();
        let traits = catalogue.traits[row];
        if let (Some(low), Some(high)) = (frame.at(west, north), frame.at(east, south))
            && high.0 - low.0 < SPECK
            && high.1 - low.1 < SPECK
        {
            let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
            specks.add(middle, traits.dimension(), traits.accuracy());
            continue;
        }
        let Some(place) = reader.place(row) else { break };
        let outline = place.geometry.as_ref().and_then(|g| Outline::of(g, frame));
        let accuracy = place.accuracy;
        let member = |outline| Member {
            place: Some(Shown::Feature(place)),
            anchor: None,
            outline,
            class: None,
            accuracy,
            note: None,
        };
        shown.extend(outline.map(member));
    }
    reader.check()?;
    shown.extend(specks.members());
    Ok(shown)
}

/// Pixels that something lies in which is smaller than they are.
struct Specks {
    width: usize,
    height: usize,
    /// Pixels with areas or lines in them, and with points.
    taken: [Vec<u64>; 2],
    accuracy: Option<Accuracy>,
}

impl Specks {
    fn new(frame: &Frame) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture has some thousand pixels"
        )]
        let [width, height] = frame.size().map(|pixels| pixels.ceil() as usize);
        Self { width, height, taken: [Vec::new(), Vec::new()], accuracy: None }
    }

    fn add(&mut self, (x, y): Position, kind: Option<Dimension>, accuracy: Option<Accuracy>) {
        let side = match kind {
            None => return,
            Some(Dimension::Point) => 1,
            Some(_) => 0,
        };
        if x < 0.0 || y < 0.0 {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "neither is below nought"
        )]
        let (column, row) = (x as usize, y as usize);
        if column >= self.width || row >= self.height {
            return;
        }
        // One point stands for all in a square of four pixels: symbols are larger than that.
        let pixel = if side == 1 {
            row / 4 * 4 * self.width + column / 4 * 4
        } else {
            row * self.width + column
        };
        let taken = &mut self.taken[side];
        if taken.is_empty() {
            taken.resize((self.width * self.height).div_ceil(64), 0);
        }
        taken[pixel / 64] |= 1 << (pixel % 64);
        self.accuracy = self.accuracy.max(accuracy);
    }

    fn members<'a>(self) -> Vec<Member<'a>> {
        let [areas, points] = [0, 1].map(|side| self.pixels(side));
        let mut members = Vec::new();
        let accuracy = self.accuracy;
        let mut push = |outline| {
            members.push(Member {
                place: None,
                anchor: None,
                outline,
                class: None,
                accuracy,
                note: None,
            });
        };
        if !areas.is_empty() {
            let square =
                |(x, y): Position| vec![(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)];
            push(Outline::Areas(areas.into_iter().map(square).collect()));
        }
        if !points.is_empty() {
            push(Outline::Points(points));
        }
        members
    }

    fn pixels(&self, side: usize) -> Vec<Position> {
        let taken = &self.taken[side];
        let is_taken = |pixel: &usize| taken[pixel / 64] >> (pixel % 64) & 1 == 1;
        #[expect(clippy::cast_precision_loss, reason = "some thousand pixels")]
        let at = |pixel: usize| ((pixel % self.width) as f64, (pixel / self.width) as f64);
        (0..taken.len() * 64).filter(is_taken).map(at).collect()
    }
}

/// A name in the language of the picture.
#[must_use]
pub fn name_of(place: &Place, english: bool) -> Cow<'_, str> {
    match &place.name_en {
        Some(name) if english => Cow::Borrowed(name),
        _ => Cow::Borrowed(&place.name),
    }
}
