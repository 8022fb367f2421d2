//! Shapes that the fuzzer draws on a coarse grid, where edges touch, cross and run along each other all the time.
//! Out of the text of coordinates it would hardly ever make two that meet.

use serde_json::{Value, json};

/// What begins the next line or ring, and the next polygon.
const LINE: u8 = 0xFF;
const POLYGON: u8 = 0xFE;

/// Degrees from one line of the grid to the next: exact in binary, not exact, and less than a millimetre.
const STEPS: [f64; 3] = [1.0 / 64.0, 0.01, 1e-9];

/// The `FeatureCollection` of one feature. The first byte says what it is; each other is a position, column and
/// row in four bits each.
pub fn collection(input: &[u8]) -> Option<Vec<u8>> {
    let feature =
        json!({ "type": "Feature", "id": "1", "properties": {}, "geometry": geometry(input)? });
    let collection = json!({ "type": "FeatureCollection", "features": [feature] });
    Some(collection.to_string().into_bytes())
}

/// Its geometry alone.
pub fn geometry(input: &[u8]) -> Option<Value> {
    let (&how, drawn) = input.split_first()?;
    let step = STEPS[usize::from(how >> 3) % STEPS.len()];
    let polygons = || drawn.split(|byte| *byte == POLYGON);
    let lines = |polygon: &[u8], closed| -> Value {
        polygon.split(|byte| *byte == LINE).map(|line| path(line, step, closed)).collect()
    };
    let (kind, coordinates) = match how & 7 {
        0 => ("MultiPoint", path(drawn, step, false)),
        1 => ("LineString", path(drawn, step, false)),
        2 => ("MultiLineString", lines(drawn, false)),
        // As it is drawn, rings are hardly ever closed.
        3 => ("Polygon", lines(drawn, false)),
        4 | 5 => ("Polygon", lines(drawn, true)),
        _ => ("MultiPolygon", polygons().map(|polygon| lines(polygon, true)).collect()),
    };
    Some(json!({ "type": kind, "coordinates": coordinates }))
}

fn path(drawn: &[u8], step: f64, closed: bool) -> Value {
    let again = drawn.first().filter(|_| closed);
    let at = |byte: &u8| {
        let (column, row) = (f64::from(byte >> 4), f64::from(byte & 15));
        json!([108.5 + column * step, 30.5 + row * step])
    };
    drawn.iter().chain(again).map(at).collect()
}
