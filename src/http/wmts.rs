//! Web Map Tile Service 1.0.0 (OGC 07-057r7), by addresses of resources and by parameters: what old `ArcGIS`,
//! `SuperMap` and 奥维 add as a map.
//!
//! A layer of the service is a layer of the atlas, and `atlas` is what the map shows when it opens. There are two
//! sets of tiles, named as 天地图 names them: `w` in Web Mercator and `c` in degrees on CGCS2000.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::kvp::Kvp;
use crate::http::origin::origin;
use crate::http::pictures::{ATLAS, looked_at, painted};
use crate::http::problem::Problem;
use crate::http::{AppState, reading};
use crate::picture::{DEEPEST, Language, MatrixSet, TILE, escaped};
use crate::query::{layer_bounds, overview_bounds};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/wmts", reading(by_parameters))
        .route("/wmts/1.0.0/WMTSCapabilities.xml", reading(capabilities))
        .route("/wmts/{layer}/{style}/{set}/{level}/{row}/{column}", reading(by_address))
}

const XML: &str = "text/xml; charset=utf-8";

/// An exception as the service writes it: code, the parameter that is wrong, and a sentence.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    locator: &'static str,
    text: String,
}

impl Refusal {
    fn invalid(locator: &'static str, text: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "InvalidParameterValue", locator, text }
    }

    fn missing(locator: &'static str) -> Self {
        let text = format!("the parameter {locator} is missing");
        Self { status: StatusCode::BAD_REQUEST, code: "MissingParameterValue", locator, text }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let status = problem.status();
        let code =
            if status == StatusCode::BAD_REQUEST { "TileOutOfRange" } else { "NoApplicableCode" };
        Self { status, code, locator: "", text: problem.detail().to_owned() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let locator = match self.locator {
            "" => String::new(),
            name => format!(" locator=\"{name}\""),
        };
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows/1.1\" version=\"1.0.0\" xml:lang=\"en\"><ows:Exception exceptionCode=\"{}\"{locator}><ows:ExceptionText>{}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>\n",
            self.code,
            escaped(&self.text),
        );
        (self.status, [(header::CONTENT_TYPE, XML)], text).into_response()
    }
}

async fn by_parameters(data: Data, RawQuery(query): RawQuery, request: Request) -> Response {
    let kvp = Kvp::read(query.as_deref().unwrap_or_default());
    let answer = match kvp.get("REQUEST").map(str::to_ascii_lowercase).as_deref() {
        Some("getcapabilities") => Ok(described(&data, request.headers())),
        Some("gettile") => {
            let part = |name: &'static str| kvp.get(name).ok_or_else(|| Refusal::missing(name));
            let parts = (|| {
                Ok([
                    part("LAYER")?,
                    kvp.get("STYLE").unwrap_or("default"),
                    part("TILEMATRIXSET")?,
                    part("TILEMATRIX")?,
                    part("TILEROW")?,
                    part("TILECOL")?,
                ])
            })();
            match (parts, kvp.get("FORMAT")) {
                (Err(refusal), _) => Err(refusal),
                (_, Some(format)) if format != "image/png" => {
                    let text = format!("there is no format {format:?}; tiles are image/png");
                    Err(Refusal::invalid("Format", text))
                }
                (Ok(parts), _) => tile(data, parts).await,
            }
        }
        Some(other) => Err(Refusal {
            status: StatusCode::NOT_IMPLEMENTED,
            code: "OperationNotSupported",
            locator: "Request",
            text: format!("there is no operation {other:?}; known are GetCapabilities and GetTile"),
        }),
        None => Err(Refusal::missing("REQUEST")),
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

async fn by_address(
    data: Data,
    Segments((layer, style, set, level, row, column)): Segments<(
        String,
        String,
        String,
        String,
        String,
        String,
    )>,
) -> Response {
    let Some(column) = column.strip_suffix(".png") else {
        let text = format!("{column:?} names no format; tiles end in .png");
        return Refusal::invalid("Format", text).into_response();
    };
    let parts = [layer.as_str(), &style, &set, &level, &row, column];
    tile(data, parts).await.unwrap_or_else(IntoResponse::into_response)
}

async fn tile(
    data: Data,
    [layer, style, set, level, row, column]: [&str; 6],
) -> Result<Response, Refusal> {
    if style != "default" {
        let text = format!("there is no style {style:?}; there is default");
        return Err(Refusal::invalid("Style", text));
    }
    let find = |id: &str| MatrixSet::ALL.into_iter().find(|known| known.id() == id);
    let set = find(set).ok_or_else(|| {
        Refusal::invalid("TileMatrixSet", format!("there is no set {set:?}; known are w and c"))
    })?;
    let whole = |locator, text: &str| {
        text.parse::<u32>()
            .map_err(|_| Refusal::invalid(locator, format!("{text:?} is no whole number")))
    };
    let level = whole("TileMatrix", level)?;
    let level = u8::try_from(level).ok().filter(|z| (set.first()..=DEEPEST).contains(z));
    let level = level.ok_or_else(|| {
        let text = format!("levels run from {} to {DEEPEST}", set.first());
        Refusal::invalid("TileMatrix", text)
    })?;
    let place = (set, level, [whole("TileCol", column)?, whole("TileRow", row)?]);
    let (look, under) = looked_at(&data, layer, Language::Chinese)
        .map_err(|problem| Refusal::invalid("Layer", problem.detail().to_owned()))?;
    let bytes: Bytes = painted(data, look, under, place, 1).await?;
    Ok(([(header::CONTENT_TYPE, "image/png")], bytes).into_response())
}

async fn capabilities(data: Data, headers: HeaderMap) -> Response {
    described(&data, &headers)
}

/// What there is, and where.
fn described(data: &Data, headers: &HeaderMap) -> Response {
    let atlas = &data.index.atlas;
    let site = origin(headers);
    let mut layers = String::new();
    let all = overview_bounds(&data.index);
    let all = [all.min().x, all.min().y, all.max().x, all.max().y];
    let mut layer = |id: &str, title: &str, note: &str, bounds: [f64; 4]| {
        let [west, south, east, north] = bounds;
        let links: Vec<String> = MatrixSet::ALL
            .iter()
            .map(|set| {
                format!(
                    "<TileMatrixSetLink><TileMatrixSet>{}</TileMatrixSet></TileMatrixSetLink>",
                    set.id()
                )
            })
            .collect();
        let sets = links.concat();
        let _ = writeln!(
            layers,
            "<Layer><ows:Title>{}</ows:Title><ows:Abstract>{}</ows:Abstract><ows:WGS84BoundingBox><ows:LowerCorner>{west} {south}</ows:LowerCorner><ows:UpperCorner>{east} {north}</ows:UpperCorner></ows:WGS84BoundingBox><ows:Identifier>{id}</ows:Identifier><Style isDefault=\"true\"><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format>{sets}<ResourceURL format=\"image/png\" resourceType=\"tile\" template=\"{site}/wmts/{id}/{{style}}/{{TileMatrixSet}}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.png\"/></Layer>",
            escaped(title),
            escaped(note),
            id = escaped(id),
        );
    };
    layer(ATLAS, &atlas.title, &atlas.title_en, all);
    for (number, known) in atlas.layers.iter().enumerate() {
        let bounds = layer_bounds(&data.index, number).unwrap_or(all);
        layer(&known.id, &known.title, &known.title_en, bounds);
    }
    let sets: String = MatrixSet::ALL.into_iter().map(matrix_set).collect();
    let operation = |name: &str, address: &str| {
        format!(
            "<ows:Operation name=\"{name}\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"{site}{address}\"><ows:Constraint name=\"GetEncoding\"><ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation>"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\" xmlns:ows=\"http://www.opengis.net/ows/1.1\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.0.0\">\n<ows:ServiceIdentification><ows:Title>{}</ows:Title><ows:Abstract>{}</ows:Abstract><ows:ServiceType>OGC WMTS</ows:ServiceType><ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>\n<ows:OperationsMetadata>{}{}</ows:OperationsMetadata>\n<Contents>\n{layers}{sets}</Contents>\n<ServiceMetadataURL xlink:href=\"{site}/wmts/1.0.0/WMTSCapabilities.xml\"/>\n</Capabilities>\n",
        escaped(&atlas.title),
        escaped(&atlas.title_en),
        operation("GetCapabilities", "/wmts?"),
        operation("GetTile", "/wmts?"),
    );
    ([(header::CONTENT_TYPE, XML)], text).into_response()
}

fn matrix_set(set: MatrixSet) -> String {
    let code = set.crs().epsg().unwrap_or(3857);
    // Degrees have latitude first.
    let [left, top] = set.corner();
    let (corner, scales) = match set {
        MatrixSet::Mercator => (
            format!("{left} {top}"),
            "<WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>",
        ),
        MatrixSet::Degrees => (format!("{top} {left}"), ""),
    };
    let mut text = format!(
        "<TileMatrixSet><ows:Identifier>{}</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::{code}</ows:SupportedCRS>{scales}\n",
        set.id()
    );
    for level in set.first()..=DEEPEST {
        let [across, down] = set.extent(level);
        let scale = set.scale_denominator(level);
        let _ = writeln!(
            text,
            "<TileMatrix><ows:Identifier>{level}</ows:Identifier><ScaleDenominator>{scale}</ScaleDenominator><TopLeftCorner>{corner}</TopLeftCorner><TileWidth>{TILE}</TileWidth><TileHeight>{TILE}</TileHeight><MatrixWidth>{across}</MatrixWidth><MatrixHeight>{down}</MatrixHeight></TileMatrix>"
        );
    }
    text + "</TileMatrixSet>\n"
}
