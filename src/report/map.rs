//! The map pictures of reports: those of `/map.svg`, with their legend, scale bar and source, and what the report
//! is about standing out.

use crate::model::PlaceIdx;
use crate::picture::MakeError;
use crate::picture::{PictureWish, picture};
use crate::query::{Budget, Unanswered};
use crate::report::ReportError;
use crate::report::voice::Voice;

/// Width and height of a picture, pixels. On the page it is a little smaller, so that it shows more.
pub type Size = [f64; 2];

/// Around a place, as far as it is located; `None` where it is not. Its name is the heading unless there is another.
pub fn around(
    voice: Voice<'_>,
    id: &str,
    title: Option<&str>,
    layers: Vec<String>,
    size: Size,
    budget: &Budget,
) -> Result<Option<String>, ReportError> {
    let wish = PictureWish {
        place: Some(id.to_owned()),
        title: title.map(str::to_owned),
        marked: Some(id.to_owned()),
        ..wish(voice, layers, size)
    };
    drawn(voice, &wish, budget)
}

/// All of some places.
pub fn over(
    voice: Voice<'_>,
    title: &str,
    (bounds, marked): ([f64; 4], Option<&str>),
    layers: Vec<String>,
    size: Size,
    budget: &Budget,
) -> Result<Option<String>, ReportError> {
    let [west, south, east, north] = bounds;
    // A little room, so that no symbol is cut by the edge.
    let pad = 0.04 * (east - west).max(north - south).max(0.05);
    let bbox = format!("{},{},{},{}", west - pad, south - pad, east + pad, north + pad);
    let title = Some(title.to_owned());
    let wish = PictureWish {
        bbox: Some(bbox),
        title,
        marked: marked.map(str::to_owned),
        ..wish(voice, layers, size)
    };
    drawn(voice, &wish, budget)
}

fn wish(voice: Voice<'_>, layers: Vec<String>, [width, height]: Size) -> PictureWish {
    PictureWish {
        layers: Some(layers),
        width: Some(width),
        height: Some(height),
        language: voice.language,
        margins: Some(true),
        grid: Some("none".to_owned()),
        ..PictureWish::default()
    }
}

fn drawn(
    voice: Voice<'_>,
    wish: &PictureWish,
    budget: &Budget,
) -> Result<Option<String>, ReportError> {
    budget.check().map_err(Unanswered::from)?;
    let sheets = match wish.sheets(voice.index) {
        Ok(sheets) => sheets,
        Err(crate::picture::WishError::Unlocated(_)) => return Ok(None),
        Err(error) => return Err(MakeError::from(error).into()),
    };
    let sheet = sheets.first();
    Ok(sheet.map(|sheet| picture(voice.index, sheet, None, budget)).transpose()?)
}

/// Ids of the layers that are on the map when it opens, and of those that some places are in, the lowest first.
pub fn layers(voice: Voice<'_>, places: &[PlaceIdx]) -> Vec<String> {
    let atlas = &voice.index.atlas;
    let shown = |number: usize| {
        atlas.layers[number].visible
            || places.iter().any(|place| atlas.layers_of[place.0 as usize].contains(&number))
    };
    let numbers = (0..atlas.layers.len()).filter(|&number| shown(number));
    numbers.map(|number| atlas.layers[number].id.clone()).collect()
}
