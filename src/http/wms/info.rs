//! What is at a pixel of a map.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use geo::{Intersects, LineString, Polygon};
use serde_json::{Value, json};

use crate::http::data::Data;
use crate::http::heavy::heavy;
use crate::http::kvp::Kvp;
use crate::http::policy;
use crate::http::problem::Problem;
use crate::http::wms::ask::{Ask, layer};
use crate::http::wms::refusal::Refusal;
use crate::model::Place;
use crate::picture::{Frame, escaped};
use crate::query::Budget;
use crate::store::Reader;

/// Formats of answers, the first where none is given.
pub const FORMATS: [&str; 4] =
    ["text/plain", "application/json", "application/geo+json", "text/html"];

/// Pixels around the one that is asked about that still count: a symbol is larger than its position.
const AROUND: f64 = 6.0;

/// Features that an answer lists unless told otherwise, and at most.
const LISTED: usize = 10;
const MAX_LISTED: usize = 100;

/// A feature, as it is listed.
struct Found {
    layer: String,
    title: String,
    place: Place,
}

/// Answers `GetFeatureInfo`.
pub async fn info(data: Data, kvp: &Kvp) -> Result<Response, Refusal> {
    let ask = Ask::read(&data, kvp)?;
    let format = kvp.get("INFO_FORMAT").unwrap_or(FORMATS[0]).to_owned();
    if !FORMATS.contains(&format.as_str()) {
        let text = format!("there is no INFO_FORMAT {format:?}; known are {}", FORMATS.join(", "));
        return Err(Refusal::new("InvalidFormat", text));
    }
    let ids = kvp.list("QUERY_LAYERS");
    if ids.is_empty() {
        return Err(Refusal::missing("QUERY_LAYERS"));
    }
    let layers: Vec<usize> =
        ids.into_iter().map(|id| layer(&data, id)).collect::<Result<_, _>>()?;
    let pixel = |names: [&'static str; 2], side: u32| {
        let given = names.iter().find_map(|name| kvp.get(name));
        let given = given.ok_or_else(|| Refusal::missing(names[0]))?;
        let known = given.parse::<u32>().ok().filter(|at| *at < side);
        known.ok_or_else(|| {
            let text = format!("{} is {given:?}; it runs from 0 to {}", names[0], side - 1);
            Refusal::new("InvalidPoint", text)
        })
    };
    let [width, height] = ask.pixels();
    let at = [pixel(["I", "X"], width)?, pixel(["J", "Y"], height)?];
    let count = kvp.parsed::<usize>("FEATURE_COUNT").map_err(|text| {
        Refusal::plain(format!("FEATURE_COUNT is {text:?}; it is a whole number"))
    })?;
    let count = count.unwrap_or(LISTED).clamp(1, MAX_LISTED);
    let found = heavy(data, move |data, budget| found(data, &ask, &layers, (at, count), budget));
    let found = found.await?;
    let text = match format.as_str() {
        "text/plain" => plain(&found),
        "text/html" => html(&found),
        _ => collection(&found).to_string(),
    };
    let kind = format!("{format}; charset=utf-8");
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    policy::set(&mut response, &policy::with_style(STYLE));
    Ok(response)
}

/// The features around a pixel, the upper layer first.
fn found(
    data: &Data,
    ask: &Ask,
    layers: &[usize],
    ([column, row], count): ([u32; 2], usize),
    budget: &Budget,
) -> Result<Vec<Found>, Problem> {
    let index = &data.index;
    let Some(around) = window(&ask.frame(), ask.pixels(), [column, row]) else {
        return Ok(Vec::new());
    };
    let Some(bounds) = geo::BoundingRect::bounding_rect(&around) else { return Ok(Vec::new()) };
    let meets = |place: &Place| place.geometry.as_ref().is_some_and(|g| g.intersects(&around));
    let mut found = Vec::new();
    for &number in layers.iter().rev() {
        let layer = &index.atlas.layers[number];
        let mut take = |place: &Place| {
            if found.len() < count && meets(place) {
                let (layer, title) = (layer.id.clone(), layer.title.clone());
                found.push(Found { layer, title, place: place.clone() });
            }
        };
        if let Some(store) = index.store(number) {
            let reader = Reader::new(store.clone());
            for row in store.meeting(bounds) {
                budget.check()?;
                reader.place(row as usize).iter().for_each(|place| take(place));
            }
            reader.check()?;
            continue;
        }
        let mut near: Vec<_> = index.spatial.meeting(bounds).collect();
        near.retain(|place| index.atlas.layers_of[place.0 as usize].contains(&number));
        near.sort_unstable();
        for place in near {
            take(index.atlas.place(place));
        }
    }
    Ok(found)
}

/// A square around a pixel, in degrees; `None` where the system has no such positions.
fn window(
    frame: &Frame,
    [width, height]: [u32; 2],
    [column, row]: [u32; 2],
) -> Option<Polygon<f64>> {
    let [across, down] = frame.size();
    let x = (f64::from(column) + 0.5) / f64::from(width) * across;
    let y = (f64::from(row) + 0.5) / f64::from(height) * down;
    let corner =
        |(right, below): (f64, f64)| frame.degrees_at(x + right * AROUND, y + below * AROUND);
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].into_iter().map(corner);
    let ring: Vec<(f64, f64)> = corners.collect::<Option<_>>()?;
    Some(Polygon::new(LineString::from(ring), Vec::new()))
}

/// What is said of a feature: names and values.
fn said(found: &Found) -> Vec<(String, String)> {
    let place = &found.place;
    let mut pairs = vec![
        ("图层".to_owned(), found.title.clone()),
        ("编号".to_owned(), place.id.clone()),
        ("名称".to_owned(), place.name.clone()),
    ];
    if let Some(name) = &place.name_en {
        pairs.push(("英文名".to_owned(), name.clone()));
    }
    pairs.push(("类型".to_owned(), place.kind.zh.clone()));
    if let Some(accuracy) = place.accuracy {
        pairs.push(("位置精度".to_owned(), accuracy.labels().0.to_owned()));
    }
    if let Some(note) = &place.note {
        pairs.push(("说明".to_owned(), note.clone()));
    }
    let value = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    pairs.extend(place.properties.iter().map(|(name, found)| (name.clone(), value(found))));
    pairs
}

fn plain(found: &[Found]) -> String {
    if found.is_empty() {
        return "此处没有要素 (nothing here)\n".to_owned();
    }
    let one = |found: &Found| {
        let lines = said(found).into_iter().map(|(name, value)| format!("{name}：{value}\n"));
        lines.collect::<Vec<_>>().concat()
    };
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

const STYLE: &str = "table{border-collapse:collapse;margin-bottom:.6em}th,td{border:1px solid #ccc;padding:.1em .5em;text-align:left}";

fn html(found: &[Found]) -> String {
    let mut page = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>要素</title><style>{STYLE}</style>"
    );
    if found.is_empty() {
        page.push_str("<p>此处没有要素 (nothing here)</p>");
    }
    for one in found {
        page.push_str("<table>");
        for (name, value) in said(one) {
            let _ = write!(page, "<tr><th>{}<td>{}", escaped(&name), escaped(&value));
        }
        page.push_str("</table>");
    }
    page + "</html>"
}

fn collection(found: &[Found]) -> Value {
    let feature = |found: &Found| {
        let place = &found.place;
        let geometry = place.geometry.as_ref().map(|g| geojson::Geometry::new(g.into()));
        let mut properties = place.properties.clone();
        properties.insert("layer".to_owned(), found.layer.clone().into());
        properties.insert("name".to_owned(), place.name.clone().into());
        properties.insert("name_en".to_owned(), json!(place.name_en));
        properties.insert("kind".to_owned(), place.kind.id.clone().into());
        properties.insert("accuracy".to_owned(), json!(place.accuracy));
        json!({ "type": "Feature", "id": place.id, "geometry": geometry, "properties": properties })
    };
    let features: Vec<Value> = found.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}
