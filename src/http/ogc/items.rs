//! Features: pages of them, and one alone.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::heavy::heavy;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::find;
use crate::http::ogc::format::Format;
use crate::http::ogc::html;
use crate::http::ogc::links::{GEOJSON, HTML, JSON, Link, encoded};
use crate::http::ogc::wanted::{Wanted, reference};
use crate::http::problem::Problem;
use crate::query::Budget;
use crate::query::collection::{FeatureSource, Reference, Rows, Writing, page};

/// Room that a page is given before it is known how long it is.
const PAGE: usize = 64 * 1024;

/// A page of features.
pub async fn items(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let source = find(&data, &id)?;
    let wanted = Wanted::read(&ask, source.as_ref())?;
    // What a filter or an order costs grows with the collection; a box alone is quick, where no file is read.
    let question = &wanted.question;
    if question.filter.is_some() || !question.sort.is_empty() || !source.is_at_hand() {
        return heavy(data, move |_, budget| answer(&ask, &source, &wanted, budget)).await;
    }
    answer(&ask, &source, &wanted, &Budget::unlimited())
}

fn answer(
    ask: &Ask,
    source: &Arc<dyn FeatureSource>,
    wanted: &Wanted,
    budget: &Budget,
) -> Result<Response, Problem> {
    let rows = page(source.as_ref(), &wanted.question, budget)?;
    let links = links(ask, source.as_ref(), wanted, &rows);
    if ask.format == Format::Html {
        let page = html::items(ask, source.as_ref(), wanted, &rows, &links);
        source.check()?;
        return Ok(page);
    }
    let mut body = Vec::with_capacity(PAGE.max(rows.rows.len() * 1800));
    body.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"links\":");
    body.extend_from_slice(&serde_json::to_vec(&links).unwrap_or_default());
    let mut counts = format!(",\"timeStamp\":\"{}\"", now());
    if let Some(matched) = rows.matched {
        let _ = write!(counts, ",\"numberMatched\":{matched}");
    }
    let _ = write!(counts, ",\"numberReturned\":{},\"features\":[", rows.rows.len());
    body.extend_from_slice(counts.as_bytes());
    let how = Writing { reference: &wanted.reference, fields: wanted.fields.as_deref() };
    for (number, &row) in rows.rows.iter().enumerate() {
        if number > 0 {
            body.extend_from_slice(b",\n");
        }
        source.write(row, &how, &mut body);
    }
    body.extend_from_slice(b"]}");
    source.check()?;
    Ok(respond(body, &wanted.reference))
}

fn links(ask: &Ask, source: &dyn FeatureSource, wanted: &Wanted, rows: &Rows) -> Vec<Link> {
    let id = &source.about().id;
    let path = format!("/collections/{}/items", encoded(id));
    let html = ask.format == Format::Html;
    let kind = if html { HTML } else { GEOJSON };
    let mut links: Vec<Link> = ask.site.itself(&path, &ask.query, html, GEOJSON).into();
    let (offset, limit) = (wanted.question.offset, wanted.question.limit);
    if rows.more {
        links.push(Link::new(
            ask.with_offset(&path, offset + limit),
            "next",
            kind,
            "下一页 (next)",
        ));
    }
    if offset > 0 {
        let before = offset.saturating_sub(limit);
        links.push(Link::new(ask.with_offset(&path, before), "prev", kind, "上一页 (previous)"));
    }
    let about = source.about();
    links.push(Link::new(ask.site.collection(id), "collection", JSON, &about.title));
    links
}

/// The moment of the answer, RFC 3339.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn respond(body: Vec<u8>, reference: &Reference) -> Response {
    let crs = HeaderValue::from_str(&format!("<{}>", reference.uri()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(GEOJSON)),
        (header::VARY, HeaderValue::from_static("accept")),
        (HeaderName::from_static("content-crs"), crs.unwrap_or(HeaderValue::from_static(""))),
    ];
    (headers, body).into_response()
}

/// One feature.
pub async fn item(
    data: Data,
    Segments((id, feature)): Segments<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let source = find(&data, &id)?;
    ask.only(&["crs"])?;
    if source.is_at_hand() {
        return one(&ask, source.as_ref(), &id, &feature);
    }
    heavy(data, move |_, _| one(&ask, source.as_ref(), &id, &feature)).await
}

fn one(
    ask: &Ask,
    source: &dyn FeatureSource,
    id: &str,
    feature: &str,
) -> Result<Response, Problem> {
    let reference = reference(ask.value("crs"), "crs", source)?;
    let Some(row) = source.row(feature) else {
        source.check()?;
        let detail = format!("the collection {id:?} has no feature {feature:?}");
        return Err(Problem::not_found(detail));
    };
    let path = format!("/collections/{}/items/{}", encoded(id), encoded(feature));
    let html = ask.format == Format::Html;
    let mut links: Vec<Link> = ask.site.itself(&path, &ask.query, html, GEOJSON).into();
    let title = &source.about().title;
    links.push(Link::new(ask.site.collection(id), "collection", JSON, title));
    if html {
        let page = html::item(ask, source, row, &reference, &links);
        source.check()?;
        return Ok(page);
    }
    let mut body = Vec::with_capacity(PAGE);
    source.write(row, &Writing { reference: &reference, fields: None }, &mut body);
    source.check()?;
    // The object is still open once its last brace is off.
    body.pop();
    body.extend_from_slice(b",\"links\":");
    body.extend_from_slice(&serde_json::to_vec(&links).unwrap_or_default());
    body.push(b'}');
    Ok(respond(body, &reference))
}
