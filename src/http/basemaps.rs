//! Archives of tiles for the ground, of which clients read a few kilobytes here and there.
//!
//! Only the range asked for is read, in pieces, on threads of its own: an archive may be larger than
//! the memory of the machine.

use std::io::SeekFrom;
use std::ops::RangeInclusive;
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::http::AppState;
use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::problem::Problem;

/// Media type of the archives; they are compressed within.
pub const PMTILES: &str = "application/vnd.pmtiles";

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// The last segment carries the format (`.pmtiles`), which the router cannot match.
pub fn routes() -> Router<AppState> {
    Router::new().route("/basemaps/{file}", get(archive))
}

/// The PMTiles archive of a ground, whole or in the part that `Range` names.
#[utoipa::path(
    get,
    path = "/basemaps/{id}.pmtiles",
    tag = "tiles",
    params(
        ("id" = String, Path, description = "Basemap id"),
        ("Range" = Option<String>, Header, description = "One range of bytes", example = "bytes=0-16383"),
    ),
    responses(
        (status = 200, content_type = "application/vnd.pmtiles", body = Vec<u8>),
        (status = 206, content_type = "application/vnd.pmtiles", body = Vec<u8>),
        (status = 404, body = Problem),
        (status = 416, body = Problem),
    ),
)]
pub async fn archive(
    data: Data,
    headers: HeaderMap,
    Segments(name): Segments<String>,
) -> Result<Response, Problem> {
    let id = name.strip_suffix(".pmtiles").unwrap_or_default();
    let basemap = data.index.atlas.basemaps.iter().find(|basemap| basemap.id == id);
    let path = basemap.and_then(|basemap| basemap.archive.as_ref()).ok_or_else(|| {
        Problem::not_found(format!("there is no archive {name:?}; /api/atlas lists the basemaps"))
    })?;
    let failed = |error: std::io::Error| Problem::internal(&error);
    let mut file = File::open(path).await.map_err(failed)?;
    let metadata = file.metadata().await.map_err(failed)?;
    let length = metadata.len();
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let tag = format!("\"{length:x}-{:x}\"", written.map_or(0, |since| since.as_nanos()));
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());

    let known = text(header::IF_NONE_MATCH);
    if known.is_some_and(|tags| tags.split(',').any(|t| t.trim() == tag || t.trim() == "*")) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    // A part of an older archive is not to be continued with a part of this one.
    let current = text(header::IF_RANGE).is_none_or(|known| known == tag);
    let range = text(header::RANGE).filter(|_| current);
    let (status, bytes) = match range.map_or(Wanted::Whole, |range| wanted(range, length)) {
        Wanted::Whole => (StatusCode::OK, None),
        Wanted::Part(bytes) => (StatusCode::PARTIAL_CONTENT, Some(bytes)),
        Wanted::Beyond => return Ok(beyond(length)),
    };
    let start = bytes.as_ref().map_or(0, |bytes| *bytes.start());
    let size = bytes.as_ref().map_or(length, |bytes| bytes.end() - bytes.start() + 1);
    file.seek(SeekFrom::Start(start)).await.map_err(failed)?;
    let body = Body::from_stream(ReaderStream::with_capacity(file.take(size), PIECE));
    let mut response = (status, body).into_response();
    let mut put = |name: HeaderName, value: String| {
        HeaderValue::try_from(value).map(|value| response.headers_mut().insert(name, value)).ok()
    };
    put(header::CONTENT_TYPE, PMTILES.to_owned());
    put(header::CONTENT_LENGTH, size.to_string());
    put(header::ACCEPT_RANGES, "bytes".to_owned());
    put(header::CACHE_CONTROL, "no-cache".to_owned());
    put(header::ETAG, tag);
    if let Some(bytes) = bytes {
        put(header::CONTENT_RANGE, format!("bytes {}-{}/{length}", bytes.start(), bytes.end()));
    }
    Ok(response)
}

/// What a client wants of a file.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(RangeInclusive<u64>),
    /// A part that the file does not have.
    Beyond,
}

/// Reads a `Range` header (RFC 9110, section 14). One that names several ranges, or that cannot be
/// read, counts as not given.
fn wanted(range: &str, length: u64) -> Wanted {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let part = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let (first, last) = match part.map(|(first, last)| (first.trim(), last.trim())) {
        Some(("", last)) => match number(last) {
            Some(count) => (length.saturating_sub(count), length.saturating_sub(1)),
            None => return Wanted::Whole,
        },
        Some((first, "")) => match number(first) {
            Some(first) => (first, length.saturating_sub(1)),
            None => return Wanted::Whole,
        },
        Some((first, last)) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => {
                (first, last.min(length.saturating_sub(1)))
            }
            _ => return Wanted::Whole,
        },
        None => return Wanted::Whole,
    };
    if first < length { Wanted::Part(first..=last) } else { Wanted::Beyond }
}

fn beyond(length: u64) -> Response {
    let detail = format!("the archive has {length} bytes; the range begins after its end");
    let mut response = Problem::rejected(StatusCode::RANGE_NOT_SATISFIABLE, detail).into_response();
    if let Ok(range) = HeaderValue::try_from(format!("bytes */{length}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
}
