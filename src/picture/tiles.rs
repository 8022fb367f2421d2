//! Picture tiles, and pictures cut out of any plane: what WMTS and WMS hand out.

use crate::index::IndexedAtlas;
use crate::picture::compose::{Board, compose};
use crate::picture::legend;
use crate::picture::matrix::{MatrixSet, TILE};
use crate::picture::outline::Outline;
use crate::picture::palette::GROUND;
use crate::picture::plates::Plates;
use crate::picture::scene::{Paint, Scene};
use crate::picture::svg::Markup;
use crate::picture::{Brush, Frame, Language, Look};
use crate::query::{Budget, Unanswered};

/// What lies under the layers of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Under {
    /// Nothing: the picture is laid over another map.
    Nothing,
    /// The paper of the atlas.
    Paper,
    /// A colour, `#rrggbb`.
    Color(String),
}

impl Under {
    fn color(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Paper => Some(GROUND),
            Self::Color(color) => Some(color),
        }
    }
}

/// Places the names of one level of a set of tiles.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn board(
    index: &IndexedAtlas,
    look: Look,
    set: MatrixSet,
    level: u8,
    budget: &Budget,
) -> Result<Board, Unanswered> {
    let unit = set.unit(level);
    Board::new(index, look, (set.crs(), [unit, unit], MatrixSet::zoom(level)), budget)
}

/// Draws a tile as SVG; `corner` is its left and top in units of the system.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn tile(
    index: &IndexedAtlas,
    board: &Board,
    corner: [f64; 2],
    under: &Under,
    brush: Option<Brush<'_>>,
    budget: &Budget,
) -> Result<String, Unanswered> {
    let side = f64::from(TILE);
    let (frame, scene) = board.piece(index, corner, [side, side], budget)?;
    let plates = brush.map(|brush| brush.over([0.0, 0.0, side, side], budget));
    Ok(document(Markup::piece(board.pixels(corner)), &scene, &frame, under, plates))
}

/// Draws layers in a frame as SVG, without margins.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn plain(
    index: &IndexedAtlas,
    look: &Look,
    frame: &Frame,
    under: &Under,
    brush: Option<Brush<'_>>,
    budget: &Budget,
) -> Result<String, Unanswered> {
    let scene = compose(index, look, frame, budget)?;
    let [width, height] = frame.size();
    let plates = brush.map(|brush| brush.over([0.0, 0.0, width, height], budget));
    Ok(document(Markup::default(), &scene, frame, under, plates))
}

fn document(
    mut markup: Markup,
    scene: &Scene,
    frame: &Frame,
    under: &Under,
    plates: Option<Plates<'_>>,
) -> String {
    scene.groups.iter().for_each(|group| markup.group(group, plates.as_ref()));
    markup.document(frame.size(), None, under.color(), "")
}

/// The legend of a layer by itself, as SVG.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn key(
    index: &IndexedAtlas,
    number: usize,
    language: Language,
    budget: &Budget,
) -> Result<String, Unanswered> {
    const SIZE: f64 = 13.0;
    let look = Look { layers: vec![number], language, named: false };
    let frame = Frame::around(
        crate::crs::Crs::WebMercator,
        crate::query::overview_bounds(index),
        [1024.0, 1024.0],
    );
    let seen = match frame {
        Some(frame) => compose(index, &look, &frame, budget)?.legend,
        None => Vec::new(),
    };
    let mut markup = Markup::default();
    let [width, height] = legend::key_size(&seen, SIZE);
    let paper = Paint { fill: Some("#ffffff".to_owned()), opacity: 1.0, ..Paint::default() };
    let corners = vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    markup.shape(&Outline::Areas(vec![corners]), &paper);
    legend::rows(&mut markup, &seen, SIZE);
    Ok(markup.document([width, height], None, None, ""))
}
