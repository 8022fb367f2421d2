//! Geometries within CQL2 text, as well-known text. Heights and measures are read over.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon, Rect,
};

use crate::query::cql2::lexer::Token;
use crate::query::cql2::node::{FilterError, Node};
use crate::query::cql2::text::Reader;

const KINDS: [&str; 7] = [
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
];

/// Whether a lower-case word begins a geometry.
pub fn is_shape(word: &str) -> bool {
    KINDS.contains(&word)
}

/// The rest of a geometry whose first word is read.
pub fn shape(reader: &mut Reader, kind: &str) -> Result<Node, FilterError> {
    geometry(reader, kind, true).map(Node::Shape)
}

/// The area of a box.
pub fn bbox(numbers: &[f64]) -> Result<Geometry<f64>, FilterError> {
    let (&[a, b, c, d] | &[a, b, _, c, d, _]) = numbers else {
        return Err(FilterError::Shape("BBOX takes four numbers".to_owned()));
    };
    if a > c || b > d {
        let text = "the lower corner of a BBOX comes first, and it does not cross the date line";
        return Err(FilterError::Shape(text.to_owned()));
    }
    Ok(Rect::new((a, b), (c, d)).to_polygon().into())
}

fn geometry(reader: &mut Reader, kind: &str, outer: bool) -> Result<Geometry<f64>, FilterError> {
    let _ = ["z", "m", "zm"].iter().any(|dimension| reader.word(dimension));
    if reader.word("empty") {
        return Err(FilterError::Shape("an empty geometry meets nothing".to_owned()));
    }
    Ok(match kind {
        "point" => {
            reader.expect("(")?;
            let at = position(reader)?;
            reader.expect(")")?;
            Point(at).into()
        }
        "linestring" => line(reader)?.into(),
        "polygon" => polygon(reader)?.into(),
        "multipoint" => MultiPoint::new(list(reader, |reader| {
            // Both `(1 2, 3 4)` and `((1 2), (3 4))` are about.
            let bracket = reader.sign("(");
            let at = position(reader)?;
            if bracket {
                reader.expect(")")?;
            }
            Ok(Point(at))
        })?)
        .into(),
        "multilinestring" => MultiLineString::new(list(reader, line)?).into(),
        "multipolygon" => MultiPolygon::new(list(reader, polygon)?).into(),
        _ if outer => {
            Geometry::GeometryCollection(GeometryCollection::new_from(list(reader, |reader| {
                let word = match reader.next() {
                    Some(Token::Word(word)) if is_shape(&word.to_lowercase()) => {
                        word.to_lowercase()
                    }
                    _ => return Err(reader.unexpected("expected a geometry")),
                };
                geometry(reader, &word, false)
            })?))
        }
        _ => return Err(FilterError::Shape("a collection within a collection".to_owned())),
    })
}

fn polygon(reader: &mut Reader) -> Result<Polygon<f64>, FilterError> {
    let mut rings = list(reader, line)?.into_iter();
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Ok(Polygon::new(outer, rings.collect()))
}

fn line(reader: &mut Reader) -> Result<LineString<f64>, FilterError> {
    list(reader, position).map(LineString::new)
}

fn list<T>(
    reader: &mut Reader,
    mut item: impl FnMut(&mut Reader) -> Result<T, FilterError>,
) -> Result<Vec<T>, FilterError> {
    reader.expect("(")?;
    let mut items = vec![item(reader)?];
    while reader.sign(",") {
        items.push(item(reader)?);
    }
    reader.expect(")")?;
    Ok(items)
}

fn position(reader: &mut Reader) -> Result<Coord<f64>, FilterError> {
    let (x, y) = (number(reader)?, number(reader)?);
    for _ in 0..2 {
        if matches!(reader.peek(), Some(Token::Number(_) | Token::Sign("-"))) {
            number(reader)?;
        }
    }
    Ok(Coord { x, y })
}

fn number(reader: &mut Reader) -> Result<f64, FilterError> {
    let negative = reader.sign("-");
    match reader.peek() {
        Some(Token::Number(text)) => {
            let number: f64 = text.parse().map_err(|_| reader.unexpected("that is no number"))?;
            reader.next();
            Ok(if negative { -number } else { number })
        }
        _ => Err(reader.unexpected("expected a coordinate")),
    }
}
