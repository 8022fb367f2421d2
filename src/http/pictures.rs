//! Map pictures: `/map.svg`, `/map.png`, `/map.pdf`.

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::crs::TileId;
use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::Params;
use crate::http::heavy::{heavy, long};
use crate::http::picture_cache::PictureTile;
use crate::http::problem::Problem;
use crate::picture::{
    DEEPEST, Format, Language, Look, MakeError, MatrixSet, PIXELS_PER_INCH, PictureWish, Under,
    WishError,
};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(svg)).routes(routes!(png)).routes(routes!(pdf))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PictureParams {
    /// Layer ids separated by commas; what is on the map when it opens unless given.
    #[param(example = "counties,townships,herbs")]
    layers: Option<String>,
    /// West, south, east, north in degrees, separated by commas; the planned counties unless given.
    #[param(example = "108.5,30.8,108.9,31.1")]
    bbox: Option<String>,
    /// Place id: around this.
    place: Option<String>,
    /// Longitude and latitude in degrees, separated by a comma: the middle.
    center: Option<String>,
    /// The scale: 100000 stands for 1:100 000.
    #[param(minimum = 500, maximum = 50_000_000)]
    scale: Option<f64>,
    /// Pixels; 1200 unless given. On paper its size counts.
    #[param(minimum = 16, maximum = 8192)]
    width: Option<f64>,
    /// Pixels; 800 unless given.
    #[param(minimum = 16, maximum = 8192)]
    height: Option<f64>,
    /// `a4`, `a3`, `a2`, `a1` or `a0`: a sheet to scale.
    paper: Option<String>,
    /// `landscape` or `portrait`; what suits the map unless given.
    orientation: Option<String>,
    /// Reference system: `EPSG:4490`, `EPSG:4545` …; Web Mercator unless given, on paper the nearest
    /// three-degree zone of CGCS2000.
    crs: Option<String>,
    /// Language of names and margins: `zh` or `en`.
    lang: Option<String>,
    /// Heading.
    title: Option<String>,
    /// Whether title, legend, scale and origin stand around the map; on paper they do unless told otherwise.
    margins: Option<bool>,
    /// Net over the map: `auto`, `degrees` or `none`.
    grid: Option<String>,
    /// Layer id: a sheet for each of its places, in one PDF.
    each: Option<String>,
    /// Pixels to an inch of a PNG: 192 makes four of each pixel; 96 unless given.
    #[param(minimum = 48, maximum = 600)]
    dpi: Option<f64>,
}

/// A map picture as SVG, with live text.
#[utoipa::path(
    get,
    path = "/map.svg",
    tag = "pictures",
    params(PictureParams),
    responses(
        (status = 200, content_type = "image/svg+xml", body = String),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn svg(data: Data, Params(params): Params<PictureParams>) -> Result<Response, Problem> {
    drawn(data, params, Format::Svg).await
}

/// A map picture as PNG.
#[utoipa::path(
    get,
    path = "/map.png",
    tag = "pictures",
    params(PictureParams),
    responses(
        (status = 200, content_type = "image/png", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn png(data: Data, Params(params): Params<PictureParams>) -> Result<Response, Problem> {
    drawn(data, params, Format::Png).await
}

/// A map picture as PDF: vectors, searchable text, to scale where a paper or a scale is given.
#[utoipa::path(
    get,
    path = "/map.pdf",
    tag = "pictures",
    params(PictureParams),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn pdf(data: Data, Params(params): Params<PictureParams>) -> Result<Response, Problem> {
    drawn(data, params, Format::Pdf).await
}

/// The language with this word.
pub fn language(word: Option<&str>) -> Result<Language, Problem> {
    match word {
        None | Some("zh") => Ok(Language::Chinese),
        Some("en") => Ok(Language::English),
        Some(other) => Err(Problem::bad_request(format!("lang is {other:?}; it is zh or en"))),
    }
}

async fn drawn(data: Data, params: PictureParams, format: Format) -> Result<Response, Problem> {
    let language = language(params.lang.as_deref())?;
    let dpi = params.dpi.unwrap_or(PIXELS_PER_INCH);
    let several = params.each.is_some();
    let list = |ids: String| -> Vec<String> {
        ids.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
    };
    let wish = PictureWish {
        layers: params.layers.map(list),
        bbox: params.bbox,
        place: params.place,
        center: params.center,
        scale: params.scale,
        width: params.width,
        height: params.height,
        paper: params.paper,
        orientation: params.orientation,
        crs: params.crs,
        language,
        title: params.title,
        margins: params.margins,
        grid: params.grid,
        each: params.each,
        date: jiff::Zoned::now().date().to_string(),
        marked: None,
    };
    let work = move |data: &Data, budget: &_| {
        Ok(wish.made(&data.index, format, dpi, &data.painter, budget)?)
    };
    let bytes = if several { long(data, work).await? } else { heavy(data, work).await? };
    Ok(([(header::CONTENT_TYPE, format.media_type())], bytes).into_response())
}

impl From<MakeError> for Problem {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::Unanswered(unanswered)
            | MakeError::Wish(WishError::Unanswered(unanswered)) => unanswered.into(),
            MakeError::Wish(WishError::Layer(_) | WishError::Place(_)) => {
                Self::not_found(error.to_string())
            }
            MakeError::Wish(
                WishError::Unlocated(_)
                | WishError::Small
                | WishError::Sheets(_)
                | WishError::Beyond(_),
            )
            | MakeError::Pixels(_)
            | MakeError::Several => Self::unprocessable(error.to_string()),
            MakeError::Wish(_) | MakeError::Dpi(_) => Self::bad_request(error.to_string()),
            MakeError::Paint(error) => Self::internal(&error),
        }
    }
}

/// The layer of picture services that is what the map shows when it opens.
pub const ATLAS: &str = "atlas";

/// What a layer of a picture service shows, and what lies under it.
pub fn looked_at(data: &Data, id: &str, language: Language) -> Result<(Look, Under), Problem> {
    let index = &data.index;
    if let Some(number) = index.atlas.layer_number(id) {
        return Ok((Look { layers: vec![number], language, named: true }, Under::Nothing));
    }
    if id == ATLAS {
        return Ok((Look::opening(index, language), Under::Paper));
    }
    Err(Problem::not_found(format!(
        "there is no layer {id:?}; /api/atlas lists them, and there is {ATLAS}"
    )))
}

/// A picture tile out of the cache, painted where it is not there yet: its set, level, and column and row.
pub async fn painted(
    data: Data,
    look: Look,
    under: Under,
    (set, level, [column, row]): (MatrixSet, u8, [u32; 2]),
    ratio: u8,
) -> Result<Bytes, Problem> {
    let which = PictureTile { look, under, set, level, column, row, ratio };
    if let Some(known) = data.pictures.known(&which) {
        return Ok(known);
    }
    heavy(data, move |data, budget| data.pictures.paint(&data.index, which, &data.painter, budget))
        .await
}

/// A tile of a layer as PNG, 256 pixels a side, or 512 of `@2x`.
pub async fn tile(
    data: Data,
    id: &str,
    tile: TileId,
    ratio: u8,
    language: Language,
) -> Result<Response, Problem> {
    if tile.z() > DEEPEST {
        let detail =
            format!("picture tiles reach to zoom {DEEPEST}; deeper ones a client draws larger");
        return Err(Problem::bad_request(detail));
    }
    let (look, under) = looked_at(&data, id, language)?;
    let (column, row) = tile.position();
    let place = (MatrixSet::Mercator, tile.z(), [column, row]);
    let bytes = painted(data, look, under, place, ratio).await?;
    Ok(([(header::CONTENT_TYPE, Format::Png.media_type())], bytes).into_response())
}
