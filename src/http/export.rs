//! Layers taken away: what an export will hold, and the export itself as a zip.

use std::env::temp_dir;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body as ResponseBody;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::export::{
    CRS_CHOICES, CrsChoice, Export, FormatChoice, Preview, Progress, SelectionError, Wish,
    WishError, WriteError, format_choices,
};
use crate::http::audit::{Event, Witness};
use crate::http::data::Data;
use crate::http::download::disposition;
use crate::http::extract::{Body, Params};
use crate::http::heavy::{heavy, long};
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::http::{AppState, geojson};
use crate::query::{Budget, Stopped};
use crate::whole::Making;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(choices))
        .routes(routes!(losses, losses_of_area))
        .routes(routes!(export, export_area))
}

/// Media type of an export; it is compressed within.
pub const ZIP: &str = "application/zip";

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// What is to be exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportParams {
    /// Format id, as `/api/export/formats` lists them.
    #[param(example = "gpkg")]
    format: String,
    /// Layer ids, separated by commas.
    #[param(example = "herbs,medical")]
    layers: String,
    /// Reference system: `EPSG:4490`, `EPSG:4545`, `GCJ-02`, `BD-09`; `CGCS2000-GK` is the three-degree
    /// zone around the data, `CGCS2000-GK-zone` the same with the zone's number in eastings. WGS 84
    /// unless given.
    #[param(example = "EPSG:4490")]
    crs: Option<String>,
    /// `gbk` for old programs, where the format allows it; UTF-8 unless given.
    encoding: Option<String>,
    /// West, south, east, north in degrees; features that meet the box.
    #[param(example = "108.4,30.5,109.6,31.4")]
    bbox: Option<String>,
    /// Place id of a township or county; features that lie in it or meet its outline.
    within: Option<String>,
    /// Place ids, separated by commas; no others.
    places: Option<String>,
    /// `false` leaves linked records out.
    records: Option<bool>,
}

/// The same in a body, with a drawn area.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExportBody {
    /// Format id.
    format: String,
    /// Layer ids.
    layers: Vec<String>,
    /// Reference system.
    crs: Option<String>,
    /// Encoding.
    encoding: Option<String>,
    /// West, south, east, north in degrees.
    bbox: Option<String>,
    /// Place id.
    within: Option<String>,
    /// Place ids.
    places: Option<Vec<String>>,
    /// `false` leaves linked records out.
    records: Option<bool>,
    /// GeoJSON Polygon or MultiPolygon in degrees; features that meet it.
    #[schema(value_type = Option<Object>)]
    area: Option<Box<serde_json::value::RawValue>>,
}

fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

impl From<ExportParams> for Wish {
    fn from(params: ExportParams) -> Self {
        Self {
            format: params.format,
            layers: listed(&params.layers),
            crs: params.crs,
            encoding: params.encoding,
            bbox: params.bbox,
            area: None,
            within: params.within,
            places: params.places.as_deref().map(listed),
            records: params.records,
            ..Self::default()
        }
    }
}

fn wish_of(body: &[u8]) -> Result<Wish, Problem> {
    let body: ExportBody = serde_json::from_slice(body)
        .map_err(|error| Problem::bad_request(format!("the body is no export: {error}")))?;
    let area = body.area.map(|area| geojson::geometry(area.get().as_bytes())).transpose()?;
    Ok(Wish {
        format: body.format,
        layers: body.layers,
        crs: body.crs,
        encoding: body.encoding,
        bbox: body.bbox,
        area,
        within: body.within,
        places: body.places,
        records: body.records,
        ..Wish::default()
    })
}

impl From<WishError> for Problem {
    fn from(error: WishError) -> Self {
        let detail = error.to_string();
        match error {
            WishError::Selection(
                SelectionError::UnknownLayer(_) | SelectionError::UnknownPlace(_),
            ) => Self::not_found(detail),
            WishError::Selection(SelectionError::Stopped(stopped)) => stopped.into(),
            WishError::Selection(SelectionError::Unreadable(unreadable)) => unreadable.into(),
            WishError::Selection(SelectionError::NoLayer) => Self::bad_request(detail),
            WishError::Selection(_) => Self::unprocessable(detail),
            _ => Self::bad_request(detail),
        }
    }
}

/// What can be chosen: formats and reference systems, in plain words.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choices {
    formats: Vec<FormatChoice>,
    crs: Vec<CrsChoice>,
}

/// Formats and reference systems that layers can be taken away in.
#[utoipa::path(get, path = "/api/export/formats", tag = "export", responses((status = 200, body = Choices)))]
async fn choices() -> Result<Response, Problem> {
    to_json(&Choices { formats: format_choices(), crs: CRS_CHOICES.into() })
}

/// What an export will hold, and what its format cannot carry.
#[utoipa::path(
    get,
    path = "/api/export/losses",
    tag = "export",
    params(ExportParams),
    responses(
        (status = 200, body = Preview),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn losses(data: Data, Params(params): Params<ExportParams>) -> Result<Response, Problem> {
    preview(data, params.into()).await
}

/// What an export will hold, with a drawn area.
#[utoipa::path(
    post,
    path = "/api/export/losses",
    tag = "export",
    request_body = ExportBody,
    responses(
        (status = 200, body = Preview),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
    ),
)]
async fn losses_of_area(data: Data, Body(body): Body) -> Result<Response, Problem> {
    preview(data, wish_of(&body)?).await
}

async fn preview(data: Data, wish: Wish) -> Result<Response, Problem> {
    heavy(data, |data, budget| {
        let export = prepared(data, wish, budget)?;
        let preview = export.preview();
        export.check()?;
        to_json(&preview)
    })
    .await
}

/// Layers as a zip: the files of the format, `说明.txt` with their origin, and `损失报告.txt` and
/// `字段对照.csv` where something is lost or renamed.
#[utoipa::path(
    get,
    path = "/api/export",
    tag = "export",
    params(ExportParams),
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
        (status = 507, body = Problem),
    ),
)]
async fn export(
    data: Data,
    witness: Witness,
    Params(params): Params<ExportParams>,
) -> Result<Response, Problem> {
    download(data, witness, params.into()).await
}

/// The same with a drawn area.
#[utoipa::path(
    post,
    path = "/api/export",
    tag = "export",
    request_body = ExportBody,
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem),
        (status = 507, body = Problem),
    ),
)]
async fn export_area(data: Data, witness: Witness, Body(body): Body) -> Result<Response, Problem> {
    download(data, witness, wish_of(&body)?).await
}

fn prepared<'a>(data: &'a Data, wish: Wish, budget: &Budget) -> Result<Export<'a>, Problem> {
    let wish = Wish { budget: budget.clone(), ..wish };
    let (request, options) = wish.understand(&data.index)?;
    let day = jiff::Zoned::now().date().to_string();
    Ok(Export::prepare(&data.index, request, options, &day).map_err(WishError::from)?)
}

async fn download(data: Data, witness: Witness, wish: Wish) -> Result<Response, Problem> {
    let taken = Event::Export {
        format: wish.format.clone(),
        layers: wish.layers.clone(),
        crs: wish.crs.clone(),
        data_version: data.index.atlas.data_version.clone(),
    };
    let (name, folder) = long(data, move |data, budget| {
        let export = prepared(data, wish, budget)?;
        let folder = Making::within(&temp_dir()).map_err(|error| refused(&error.into()))?;
        export
            .pack(folder.path(), &Progress::within(budget.clone()))
            .map_err(|error| refused(&error))?;
        Ok((export.file_name(), folder))
    })
    .await?;
    witness.note(taken).await?;
    let failed = |error: io::Error| Problem::internal(&error);
    let file = File::open(folder.path().join(crate::export::ZIP_FILE)).await.map_err(failed)?;
    let length = file.metadata().await.map_err(failed)?.len();
    let body = ResponseBody::from_stream(ReaderStream::with_capacity(
        Scratch { file, _folder: folder },
        PIECE,
    ));
    let mut response = body.into_response();
    let mut put = |name: HeaderName, value: String| {
        HeaderValue::try_from(value).map(|value| response.headers_mut().insert(name, value)).ok()
    };
    put(header::CONTENT_TYPE, ZIP.into());
    put(header::CONTENT_LENGTH, length.to_string());
    put(header::CACHE_CONTROL, "no-store".into());
    put(header::CONTENT_DISPOSITION, disposition(&format!("{name}.zip")));
    Ok(response)
}

fn refused(error: &WriteError) -> Problem {
    match error {
        WriteError::Cancelled => Stopped.into(),
        WriteError::Unreadable(unreadable) => unreadable.into(),
        WriteError::Full { .. } => {
            tracing::error!(%error, "no room for an export");
            let detail = "the server's disk is full, so nothing was made; tell whoever runs it, or choose fewer layers";
            Problem::rejected(StatusCode::INSUFFICIENT_STORAGE, detail)
        }
        _ => Problem::internal(error),
    }
}

/// A file whose folder is removed when it has been read, or nobody reads on.
struct Scratch {
    file: File,
    _folder: Making,
}

impl AsyncRead for Scratch {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(cx, buffer)
    }
}
