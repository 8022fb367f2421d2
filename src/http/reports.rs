//! Paged reports to download: the dossier of a place, the booklet of a layer, the brochure of a site, sites side by
//! side; PDF or HTML, a comparison also as a workbook.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::data::Data;
use crate::http::download::disposition;
use crate::http::extract::Params;
use crate::http::heavy::{heavy, long};
use crate::http::pictures::language;
use crate::http::problem::Problem;
use crate::http::sites::radius;
use crate::http::{AppState, policy};
use crate::report::{Format, ReportError, STYLE, Subject};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(place_pdf))
        .routes(routes!(place_html))
        .routes(routes!(layer_pdf))
        .routes(routes!(layer_html))
        .routes(routes!(site_pdf))
        .routes(routes!(site_html))
        .routes(routes!(comparison_pdf))
        .routes(routes!(comparison_html))
        .routes(routes!(comparison_xlsx))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PlaceParams {
    /// Place id.
    #[param(example = "500235143")]
    place: String,
    /// Language: `zh` or `en`.
    lang: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LayerParams {
    /// Layer id.
    #[param(example = "herbs")]
    layer: String,
    /// Place id of a county: only its townships.
    #[param(example = "500235")]
    county: Option<String>,
    /// Language: `zh` or `en`.
    lang: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BrochureParams {
    /// Place id of a site.
    #[param(example = "yunyang:shuikou-cluster")]
    place: String,
    /// How far to look around, metres; 20 000 unless given.
    #[param(example = 20_000, minimum = 0, maximum = 200_000)]
    radius: Option<f64>,
    /// Address that a square code on the first page leads to, `http` or `https`; no code unless given.
    #[param(max_length = 500)]
    link: Option<String>,
    /// Language: `zh` or `en`.
    lang: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ComparisonParams {
    /// Place ids of two to four sites, separated by commas.
    #[param(example = "yunyang:shuikou-cluster,yunyang:huangling-cluster")]
    places: String,
    /// How far to look around each, metres; 20 000 unless given.
    #[param(example = 20_000, minimum = 0, maximum = 200_000)]
    radius: Option<f64>,
    /// Language: `zh` or `en`.
    lang: Option<String>,
}

/// The dossier of a place as PDF: A4, tagged, with searchable text and embedded fonts.
#[utoipa::path(
    get,
    path = "/reports/place.pdf",
    tag = "reports",
    params(PlaceParams),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn place_pdf(data: Data, Params(params): Params<PlaceParams>) -> Result<Response, Problem> {
    place(data, params, Format::Pdf).await
}

/// The dossier of a place as one HTML file.
#[utoipa::path(
    get,
    path = "/reports/place.html",
    tag = "reports",
    params(PlaceParams),
    responses(
        (status = 200, content_type = "text/html", body = String),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn place_html(data: Data, Params(params): Params<PlaceParams>) -> Result<Response, Problem> {
    place(data, params, Format::Html).await
}

/// The booklet of a layer as PDF: cover, contents, a page for each township that has something of it.
#[utoipa::path(
    get,
    path = "/reports/layer.pdf",
    tag = "reports",
    params(LayerParams),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn layer_pdf(data: Data, Params(params): Params<LayerParams>) -> Result<Response, Problem> {
    layer(data, params, Format::Pdf).await
}

/// The booklet of a layer as one HTML file.
#[utoipa::path(
    get,
    path = "/reports/layer.html",
    tag = "reports",
    params(LayerParams),
    responses(
        (status = 200, content_type = "text/html", body = String),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn layer_html(data: Data, Params(params): Params<LayerParams>) -> Result<Response, Problem> {
    layer(data, params, Format::Html).await
}

/// The brochure of a site as PDF: two to four pages of A4 with a map, targets, measures, surroundings and units.
#[utoipa::path(
    get,
    path = "/reports/site.pdf",
    tag = "reports",
    params(BrochureParams),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn site_pdf(data: Data, Params(params): Params<BrochureParams>) -> Result<Response, Problem> {
    brochure(data, params, Format::Pdf).await
}

/// The brochure of a site as one HTML file.
#[utoipa::path(
    get,
    path = "/reports/site.html",
    tag = "reports",
    params(BrochureParams),
    responses(
        (status = 200, content_type = "text/html", body = String),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn site_html(
    data: Data,
    Params(params): Params<BrochureParams>,
) -> Result<Response, Problem> {
    brochure(data, params, Format::Html).await
}

/// Two to four sites side by side as PDF; rows in which they differ are marked.
#[utoipa::path(
    get,
    path = "/reports/comparison.pdf",
    tag = "reports",
    params(ComparisonParams),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn comparison_pdf(
    data: Data,
    Params(params): Params<ComparisonParams>,
) -> Result<Response, Problem> {
    comparison(data, params, Format::Pdf).await
}

/// Two to four sites side by side as one HTML file.
#[utoipa::path(
    get,
    path = "/reports/comparison.html",
    tag = "reports",
    params(ComparisonParams),
    responses(
        (status = 200, content_type = "text/html", body = String),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn comparison_html(
    data: Data,
    Params(params): Params<ComparisonParams>,
) -> Result<Response, Problem> {
    comparison(data, params, Format::Html).await
}

/// Two to four sites side by side as an Excel workbook.
#[utoipa::path(
    get,
    path = "/reports/comparison.xlsx",
    tag = "reports",
    params(ComparisonParams),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn comparison_xlsx(
    data: Data,
    Params(params): Params<ComparisonParams>,
) -> Result<Response, Problem> {
    comparison(data, params, Format::Xlsx).await
}

async fn place(data: Data, params: PlaceParams, format: Format) -> Result<Response, Problem> {
    printed(data, Subject::Place(params.place), format, params.lang.as_deref()).await
}

async fn layer(data: Data, params: LayerParams, format: Format) -> Result<Response, Problem> {
    let subject = Subject::Layer(params.layer, params.county);
    printed(data, subject, format, params.lang.as_deref()).await
}

async fn brochure(data: Data, params: BrochureParams, format: Format) -> Result<Response, Problem> {
    let radius = radius(params.radius)?;
    let subject = Subject::Site { place: params.place, radius, link: params.link };
    printed(data, subject, format, params.lang.as_deref()).await
}

async fn comparison(
    data: Data,
    params: ComparisonParams,
    format: Format,
) -> Result<Response, Problem> {
    let radius = radius(params.radius)?;
    let places = params.places.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    printed(data, Subject::Comparison { places, radius }, format, params.lang.as_deref()).await
}

/// Composed and printed off the threads that answer others. A booklet is waited for as an export is.
async fn printed(
    data: Data,
    subject: Subject,
    format: Format,
    lang: Option<&str>,
) -> Result<Response, Problem> {
    let language = language(lang)?;
    let several = matches!(subject, Subject::Layer(..));
    let work = move |data: &Data, budget: &_| {
        let report = subject.report(&data.index, language, budget)?;
        let name = format!("{}.{}", report.name, format.ending());
        Ok((report.printed(format)?, name))
    };
    let (bytes, name) = if several { long(data, work).await? } else { heavy(data, work).await? };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name)),
    ];
    let mut response = (headers, bytes).into_response();
    if format == Format::Html {
        policy::set(&mut response, &policy::with_style(STYLE));
    }
    Ok(response)
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Place(_)
            | ReportError::Layer(_)
            | ReportError::County(_)
            | ReportError::Site(_) => Self::not_found(error.to_string()),
            ReportError::Compared(_)
            | ReportError::Twice(_)
            | ReportError::Radius(_)
            | ReportError::Link
            | ReportError::NoTable => Self::bad_request(error.to_string()),
            ReportError::Empty(_) | ReportError::Townships(_) => {
                Self::unprocessable(error.to_string())
            }
            ReportError::Picture(error) => error.into(),
            ReportError::Unanswered(unanswered) => unanswered.into(),
            ReportError::Typeset(_) => Self::internal(&error),
        }
    }
}
