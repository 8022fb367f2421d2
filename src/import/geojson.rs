//! GeoJSON: a collection, a feature, or a sequence of features, one to a line (RFC 8142 or plain).
//!
//! Shapes are read from the JSON itself, so that a broken one costs its feature the position and
//! not the record.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::crs::Crs;
use crate::import::draft::{Declared, Draft, Form, Position, Shape, Table};
use crate::import::remark::At;
use crate::import::{Refusal, check_count};

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

/// Reads a document or a sequence.
pub fn read(text: &str) -> Result<Table, Refusal> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let sequence = text.starts_with('\u{1e}');
    match serde_json::from_str::<Document<'_>>(text) {
        Ok(document) if !sequence => of_document(document, text),
        // A first line that is whole makes a sequence; anything else is broken where it broke.
        Err(error) if !sequence && !first_line_is_whole(text) => Err(malformed(&error)),
        _ => of_sequence(text),
    }
}

fn malformed(error: &serde_json::Error) -> Refusal {
    Refusal::malformed("GeoJSON", error)
}

fn first_line_is_whole(text: &str) -> bool {
    text.lines().next().is_some_and(|line| serde_json::from_str::<&RawValue>(line).is_ok())
}

fn of_document(document: Document<'_>, text: &str) -> Result<Table, Refusal> {
    let crs = declared(document.crs.as_ref());
    let kind = document.kind.unwrap_or_default();
    let drafts = match (kind.as_str(), document.features) {
        ("FeatureCollection", Some(features)) => {
            check_count(features.len())?;
            features
                .iter()
                .zip(1..)
                .map(|(raw, number)| draft(raw.get(), number))
                .collect::<Result<_, _>>()?
        }
        ("Feature", _) => vec![draft(text, 1)?],
        (
            "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
            | "GeometryCollection",
            _,
        ) => vec![draft(&format!("{{\"geometry\":{text}}}"), 1)?],
        _ => {
            let reason = format!("type 是“{kind}”，不是 FeatureCollection (type is “{kind}”)");
            return Err(Refusal::malformed("GeoJSON", reason));
        }
    };
    Ok(Table { own_ids: true, ..Table::new(crs, drafts) })
}

fn of_sequence(text: &str) -> Result<Table, Refusal> {
    let records = text.split(['\u{1e}', '\n']).map(str::trim).filter(|record| !record.is_empty());
    let mut drafts = Vec::new();
    for (record, number) in records.zip(1..) {
        check_count(drafts.len())?;
        drafts.push(draft(record, number)?);
    }
    Ok(Table { own_ids: true, ..Table::new(Declared::Known(Crs::Wgs84), drafts) })
}

/// RFC 7946 is WGS 84; older files name their system.
fn declared(crs: Option<&Value>) -> Declared {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Declared::Known(Crs::Wgs84) };
    let name = crs.pointer("/properties/name").or_else(|| crs.pointer("/properties/code"));
    let text = match name {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Number(code)) => code.to_string(),
        _ => crs.to_string(),
    };
    Crs::identify(&text).into()
}

fn draft(text: &str, number: u64) -> Result<Draft, Refusal> {
    let mut feature: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| malformed(&error))?;
    let id = match feature.remove("id") {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let properties = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties,
        _ => Map::new(),
    };
    let mut height = false;
    let form = match feature.get("geometry") {
        None | Some(Value::Null) => Form::Nothing,
        Some(geometry) => match shape(geometry, &mut height) {
            Some(shape) => Form::Shape(shape),
            None => Form::Broken("GeoJSON geometry".into()),
        },
    };
    Ok(Draft { at: At::Feature(number), id, properties, form, height })
}

/// A shape; depth is bounded by that of the JSON, which its parser bounds.
fn shape(geometry: &Value, height: &mut bool) -> Option<Shape> {
    if let Some(parts) = geometry.get("geometries") {
        let parts = parts.as_array()?.iter().map(|part| shape(part, height));
        return parts.collect::<Option<_>>().map(Shape::Many);
    }
    let coordinates = geometry.get("coordinates")?;
    let many = |height: &mut bool, one: fn(&Value, &mut bool) -> Option<Shape>| {
        let parts = coordinates.as_array()?.iter().map(|part| one(part, height));
        parts.collect::<Option<_>>().map(Shape::Many)
    };
    match geometry.get("type")?.as_str()? {
        "Point" => point(coordinates, height),
        "MultiPoint" => many(height, point),
        "LineString" => line(coordinates, height).map(Shape::Line),
        "MultiLineString" => many(height, |part, height| line(part, height).map(Shape::Line)),
        "Polygon" => polygon(coordinates, height),
        "MultiPolygon" => many(height, polygon),
        _ => None,
    }
}

fn position(value: &Value, height: &mut bool) -> Option<Position> {
    let numbers = value.as_array()?;
    *height |= numbers.len() > 2;
    Some((numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?))
}

fn point(value: &Value, height: &mut bool) -> Option<Shape> {
    if value.as_array().is_some_and(Vec::is_empty) {
        return Some(Shape::Many(Vec::new()));
    }
    position(value, height).map(Shape::Point)
}

fn line(value: &Value, height: &mut bool) -> Option<Vec<Position>> {
    value.as_array()?.iter().map(|value| position(value, height)).collect()
}

fn polygon(value: &Value, height: &mut bool) -> Option<Shape> {
    let rings = value.as_array()?.iter().map(|ring| line(ring, height));
    rings.collect::<Option<_>>().map(Shape::Polygon)
}
