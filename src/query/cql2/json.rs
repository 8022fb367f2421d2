//! CQL2 JSON: objects with `op` and `args`, properties, geometries and plain values.

use serde_json::Value;

use crate::query::cql2::node::{DEPTH, FilterError, Node, operator};
use crate::query::cql2::number::Number;
use crate::query::cql2::shape::from_geojson;
use crate::query::cql2::wkt;

/// Reads a filter.
pub fn parse(filter: &str) -> Result<Node, FilterError> {
    let value: Value =
        serde_json::from_str(filter).map_err(|error| FilterError::Json(error.to_string()))?;
    node(&value, 0)
}

fn node(value: &Value, depth: usize) -> Result<Node, FilterError> {
    if depth > DEPTH {
        return Err(FilterError::Deep);
    }
    let wrong = |what: &str| Err(FilterError::Json(format!("{what}: {value}")));
    match value {
        Value::String(text) => Ok(Node::Text(text.clone())),
        Value::Bool(yes) => Ok(Node::Boolean(*yes)),
        Value::Number(number) => {
            let number = Number::parse(&number.to_string());
            number.map(Node::Number).map_or_else(|| wrong("no number"), Ok)
        }
        Value::Array(items) => nodes(items, depth + 1).map(Node::List),
        Value::Object(object) => {
            let text = |key: &str| object.get(key).and_then(Value::as_str);
            if let Some(op) = text("op") {
                let Some(args) = object.get("args").and_then(Value::as_array) else {
                    return wrong("an operator needs args, a list");
                };
                return Ok(Node::Call(operator(op), nodes(args, depth + 1)?));
            }
            if let Some(name) = text("property") {
                return Ok(Node::Property(name.to_owned()));
            }
            if let Some(instant) = text("date").or_else(|| text("timestamp")) {
                return Ok(Node::Instant(instant.to_owned()));
            }
            if let Some(numbers) = object.get("bbox").and_then(Value::as_array) {
                let numbers: Option<Vec<f64>> = numbers.iter().map(Value::as_f64).collect();
                return wkt::bbox(&numbers.unwrap_or_default()).map(Node::Shape);
            }
            if object.contains_key("type") {
                let read = serde_json::from_value::<geojson::Geometry>(value.clone());
                let geometry = read.map_err(|error| FilterError::Json(error.to_string()))?;
                return from_geojson(geometry).map(Node::Shape).map_err(FilterError::Shape);
            }
            wrong("neither an operator nor a property, geometry, bbox, date or timestamp")
        }
        Value::Null => wrong("null is compared with isNull"),
    }
}

fn nodes(values: &[Value], depth: usize) -> Result<Vec<Node>, FilterError> {
    values.iter().map(|value| node(value, depth)).collect()
}
