//! Web Map Service 1.3.0 (OGC 06-042), which answers 1.1.1 as well: `GetCapabilities`, `GetMap`, `GetFeatureInfo`,
//! `GetLegendGraphic`.
//!
//! A layer of the service is a layer of the atlas. Since 1.3.0 a box has the axes in the order of its reference
//! system: latitude first for EPSG:4326 and 4490, northing first for the zones of CGCS2000.

mod ask;
mod capabilities;
mod info;
mod refusal;

use axum::Router;
use axum::extract::{RawQuery, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::http::data::Data;
use crate::http::heavy::heavy;
use crate::http::kvp::Kvp;
use crate::http::problem::Problem;
use crate::http::wms::ask::{Ask, layer};
use crate::http::wms::refusal::Refusal;
use crate::http::{AppState, pictures, reading};
use crate::picture::{self, Brush, Format, Language};

pub fn routes() -> Router<AppState> {
    Router::new().route("/wms", reading(answer))
}

async fn answer(data: Data, RawQuery(query): RawQuery, request: Request) -> Response {
    let kvp = Kvp::read(query.as_deref().unwrap_or_default());
    let asked = kvp.get("REQUEST").unwrap_or_default().to_ascii_lowercase();
    let answer = match asked.as_str() {
        "getcapabilities" | "capabilities" => Ok(capabilities::described(&data, request.headers())),
        "getmap" | "map" => map(data, &kvp).await,
        "getfeatureinfo" | "feature_info" => info::info(data, &kvp).await,
        "getlegendgraphic" => legend(data, &kvp).await,
        "" => Err(Refusal::missing("REQUEST")),
        _ => {
            let given = kvp.get("REQUEST").unwrap_or_default();
            let known = "GetCapabilities, GetMap, GetFeatureInfo and GetLegendGraphic";
            let text = format!("there is no operation {given:?}; known are {known}");
            Err(Refusal::new("OperationNotSupported", text))
        }
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

async fn map(data: Data, kvp: &Kvp) -> Result<Response, Refusal> {
    let ask = Ask::read(&data, kvp)?;
    let format = match kvp.get("FORMAT") {
        None => return Err(Refusal::missing("FORMAT")),
        Some("image/png" | "image/png; mode=8bit" | "image/png8") => Format::Png,
        Some("image/svg+xml") => Format::Svg,
        Some(other) => {
            let text =
                format!("there is no format {other:?}; there are image/png and image/svg+xml");
            return Err(Refusal::new("InvalidFormat", text));
        }
    };
    let drawn = heavy(data, move |data, budget| {
        let frame = ask.frame();
        let scale = ask.dpi / picture::PIXELS_PER_INCH;
        let brush = (format == Format::Png).then(|| Brush::new(&data.painter, scale));
        let svg = picture::plain(&data.index, &ask.look, &frame, &ask.under, brush, budget)?;
        match format {
            Format::Png => {
                picture::png(&svg, ask.dpi, "").map_err(|error| Problem::internal(&error))
            }
            _ => Ok(svg.into_bytes()),
        }
    });
    let bytes = drawn.await?;
    Ok(([(header::CONTENT_TYPE, format.media_type())], bytes).into_response())
}

async fn legend(data: Data, kvp: &Kvp) -> Result<Response, Refusal> {
    let id = kvp.get("LAYER").ok_or_else(|| Refusal::missing("LAYER"))?;
    let number = layer(&data, id)?;
    let language = language(kvp)?;
    let drawn = heavy(data, move |data, budget| {
        let svg = picture::key(&data.index, number, language, budget)?;
        picture::png(&svg, picture::PIXELS_PER_INCH, "").map_err(|error| Problem::internal(&error))
    });
    let bytes = drawn.await?;
    Ok(([(header::CONTENT_TYPE, Format::Png.media_type())], bytes).into_response())
}

fn language(kvp: &Kvp) -> Result<Language, Refusal> {
    pictures::language(kvp.get("LANGUAGE").or(kvp.get("LANG"))).map_err(Refusal::from)
}
