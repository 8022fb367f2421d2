//! From layers to a scene.

use geo::Rect;

use crate::crs::Crs;
use crate::index::IndexedAtlas;
use crate::model::Plan;
use crate::picture::layers::Recipe;
use crate::picture::members::{Member, Near, members};
use crate::picture::names::{Shown, names};
use crate::picture::scene::{Group, LegendLayer, Scene};
use crate::picture::{Frame, Language};
use crate::query::{Budget, Unanswered, layers_bounds};

/// What of an atlas is drawn, and in which language it is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Look {
    /// Layers by their position in the atlas.
    pub layers: Vec<usize>,
    /// Language of names and legends.
    pub language: Language,
    /// Whether there are names.
    pub named: bool,
}

impl Look {
    /// What is on the map when it opens.
    #[must_use]
    pub fn opening(index: &IndexedAtlas, language: Language) -> Self {
        let layers = index.atlas.layers.iter().enumerate();
        let layers = layers.filter(|(_, layer)| layer.visible).map(|(number, _)| number).collect();
        Self { layers, language, named: true }
    }
}

/// Layers with what of them a frame shows.
struct Drawn<'a> {
    layers: Vec<DrawnLayer<'a>>,
}

struct DrawnLayer<'a> {
    recipe: Recipe<'a>,
    members: Vec<Member<'a>>,
    /// Of a large layer symbols have no names and stand where they are: there would be too many to place.
    large: bool,
}

impl<'a> Drawn<'a> {
    fn new(
        index: &'a IndexedAtlas,
        look: &Look,
        frame: &Frame,
        budget: &Budget,
    ) -> Result<Self, Unanswered> {
        let mut numbers = look.layers.clone();
        numbers.sort_unstable();
        numbers.dedup();
        let near = Near::of(index, frame);
        let drawn = |number: usize| {
            budget.check()?;
            let layer = &index.atlas.layers[number];
            let title = look.language.pick(&layer.title, &layer.title_en);
            let members = members(index, number, &near, budget)?;
            let recipe = Recipe::new(layer, title, frame.zoom());
            Ok::<_, Unanswered>(DrawnLayer {
                recipe,
                members,
                large: index.store(number).is_some(),
            })
        };
        Ok(Self { layers: numbers.into_iter().map(drawn).collect::<Result<_, _>>()? })
    }

    /// Everything but names, and symbols that have some.
    fn shapes(&self, index: &IndexedAtlas) -> Vec<Group> {
        let atlas = &index.atlas;
        let tint = |member: &Member<'_>| {
            let id = member.place.as_ref().map(|shown| &shown.place().id);
            let of_plan = |plan: &Plan| Some(&atlas.place(plan.county).id) == id;
            atlas.plans.iter().position(of_plan).unwrap_or(0)
        };
        let of_layer = |DrawnLayer { recipe, members, large }: &DrawnLayer<'a>| {
            let mut groups = recipe.groups(members, tint);
            groups.extend(large.then(|| recipe.symbols(members)).flatten());
            groups
        };
        self.layers.iter().flat_map(of_layer).collect()
    }

    /// Names, and symbols that have some.
    fn lettering(&self, frame: &Frame, look: &Look, whole: bool) -> Vec<Group> {
        let small = self.layers.iter().filter(|layer| !layer.large);
        let shown: Vec<Shown<'_, '_>> =
            small.map(|layer| Shown { recipe: &layer.recipe, members: &layer.members }).collect();
        names(&shown, frame, look, whole)
    }

    fn legend(&self, language: Language) -> Vec<LegendLayer> {
        let english = language == Language::English;
        self.layers
            .iter()
            .filter_map(|layer| layer.recipe.legend(&layer.members, english))
            .collect()
    }
}

/// Draws layers in a frame; names that the edge would cut are left out.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn compose(
    index: &IndexedAtlas,
    look: &Look,
    frame: &Frame,
    budget: &Budget,
) -> Result<Scene, Unanswered> {
    let drawn = Drawn::new(index, look, frame, budget)?;
    let mut groups = drawn.shapes(index);
    groups.extend(drawn.lettering(frame, look, true));
    groups.sort_by_key(|group| group.slot);
    Ok(Scene { groups, legend: drawn.legend(look.language) })
}

/// A map at one scale, of which pieces are cut out. Its symbols and names are placed once for all of it, so
/// that they run on from piece to piece.
#[derive(Debug)]
pub struct Board {
    look: Look,
    crs: Crs,
    /// Units of the system to a pixel, across and down.
    unit: [f64; 2],
    zoom: f64,
    /// Left and top of what the names are placed on, in units.
    corner: [f64; 2],
    lettering: Vec<Group>,
}

impl Board {
    /// Places the names of an atlas on a plane where a pixel is so many units of the system wide and high, as
    /// they are at a zoom level of the screen's map.
    ///
    /// # Errors
    /// When the budget is withdrawn, or the file of a large layer cannot be read.
    pub fn new(
        index: &IndexedAtlas,
        look: Look,
        (crs, unit, zoom): (Crs, [f64; 2], f64),
        budget: &Budget,
    ) -> Result<Self, Unanswered> {
        // What has no names need not be looked at.
        let mut small = look.clone();
        small.layers.retain(|&number| index.store(number).is_none());
        let around = layers_bounds(index, &small.layers);
        let bounds = around.and_then(|[west, south, east, north]| {
            Frame::projected(crs, Rect::new((west, south), (east, north)))
        });
        let mut board = Self { look, crs, unit, zoom, corner: [0.0; 2], lettering: Vec::new() };
        let Some([left, bottom, right, top]) = bounds else { return Ok(board) };
        let size = [((right - left) / unit[0]).max(1.0), ((top - bottom) / unit[1]).max(1.0)];
        let bounds = [left, top - size[1] * unit[1], left + size[0] * unit[0], top];
        let frame = Frame::new(crs, bounds, size).with_zoom(zoom);
        board.corner = [left, top];
        board.lettering =
            Drawn::new(index, &small, &frame, budget)?.lettering(&frame, &small, false);
        Ok(board)
    }

    /// Pixels from the plane's origin to a position, to the right and down.
    #[must_use]
    pub fn pixels(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        (x / self.unit[0], -y / self.unit[1])
    }

    /// Cuts out a piece: so many pixels from a corner, left and top in units of the system.
    ///
    /// # Errors
    /// As [`Board::new`].
    pub fn piece(
        &self,
        index: &IndexedAtlas,
        [left, top]: [f64; 2],
        size: [f64; 2],
        budget: &Budget,
    ) -> Result<(Frame, Scene), Unanswered> {
        let [across, down] = self.unit;
        let bounds = [left, top - size[1] * down, left + size[0] * across, top];
        let frame = Frame::new(self.crs, bounds, size).with_zoom(self.zoom);
        let drawn = Drawn::new(index, &self.look, &frame, budget)?;
        let mut groups = drawn.shapes(index);
        let shift = ((self.corner[0] - left) / across, (top - self.corner[1]) / down);
        for group in &self.lettering {
            let inks = group.inks.iter().filter_map(|ink| ink.moved(shift, size)).collect();
            groups.push(Group { inks, ..group.clone() });
        }
        groups.retain(|group| !group.inks.is_empty());
        groups.sort_by_key(|group| group.slot);
        Ok((frame, Scene { groups, legend: Vec::new() }))
    }
}
