//! The coordinates of a GeoJSON geometry as one flat list, read in one pass without a value for each number.

use std::fmt;

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

/// The seven words of RFC 7946, section 1.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Form {
    /// One position.
    Point,
    /// Positions.
    MultiPoint,
    /// A line.
    LineString,
    /// Lines.
    MultiLineString,
    /// Rings.
    Polygon,
    /// Lists of rings.
    MultiPolygon,
    /// Others in one, which nothing here takes.
    GeometryCollection,
}

impl Form {
    /// How deep its positions are nested: 1 for a point.
    fn height(self) -> u8 {
        match self {
            Self::Point => 1,
            Self::MultiPoint | Self::LineString => 2,
            Self::MultiLineString | Self::Polygon => 3,
            Self::MultiPolygon => 4,
            Self::GeometryCollection => 0,
        }
    }
}

/// A geometry as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    form: Option<Form>,
    /// Longitude and latitude, degrees.
    pub positions: Vec<[f64; 2]>,
    /// Behind the last position of each line or ring.
    lines: Vec<usize>,
    /// Behind the last ring of each polygon.
    polygons: Vec<usize>,
    /// What the arrays are nested to.
    height: u8,
    /// Whether anything is not as RFC 7946 has it, or empty.
    odd: bool,
    /// Numbers of the position under way.
    numbers: u8,
    position: [f64; 2],
}

impl Shape {
    /// What kind of geometry it is; `None` where it is not quite one, and has to be looked at closely.
    #[must_use]
    pub fn form(&self) -> Option<Form> {
        self.form.filter(|form| !self.odd && self.height == form.height())
    }

    /// The lines, or the rings of all polygons.
    pub fn lines(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        let starts = std::iter::once(0).chain(self.lines.iter().copied());
        self.lines.iter().zip(starts).map(|(&end, start)| &self.positions[start..end])
    }

    /// Numbers of rings of each polygon.
    pub fn polygons(&self) -> impl Iterator<Item = usize> {
        let starts = std::iter::once(0).chain(self.polygons.iter().copied());
        self.polygons.iter().zip(starts).map(|(end, start)| end - start)
    }

    /// The geometry; `None` where [`Shape::form`] is none.
    #[must_use]
    pub fn geometry(&self) -> Option<Geometry<f64>> {
        let at = |&[x, y]: &[f64; 2]| Coord { x, y };
        let line = |line: &[[f64; 2]]| LineString::new(line.iter().map(at).collect());
        let polygon = |rings: &mut dyn Iterator<Item = LineString<f64>>| {
            let outer = rings.next()?;
            Some(Polygon::new(outer, rings.collect()))
        };
        let mut lines = self.lines().map(line);
        Some(match self.form()? {
            Form::Point => Point(at(self.positions.first()?)).into(),
            Form::MultiPoint => {
                MultiPoint(self.positions.iter().map(|p| Point(at(p))).collect()).into()
            }
            Form::LineString => lines.next()?.into(),
            Form::MultiLineString => MultiLineString(lines.collect()).into(),
            Form::Polygon => polygon(&mut lines)?.into(),
            Form::MultiPolygon => {
                let mut polygons = Vec::new();
                for rings in self.polygons() {
                    polygons.push(polygon(&mut lines.by_ref().take(rings))?);
                }
                MultiPolygon(polygons).into()
            }
            Form::GeometryCollection => return None,
        })
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Type,
    Coordinates,
    #[serde(other)]
    Foreign,
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON geometry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut shape = Shape::default();
        let mut seen = false;
        while let Some(member) = map.next_key()? {
            match member {
                Member::Type => shape.form = Some(map.next_value()?),
                Member::Coordinates if !seen => {
                    seen = true;
                    shape.height = map.next_value_seed(Nest(&mut shape))?;
                }
                Member::Coordinates => return Err(de::Error::duplicate_field("coordinates")),
                Member::Foreign => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(shape)
    }
}

/// Reads an array of whatever depth; its value is how deep it is, 0 for a number.
struct Nest<'s>(&'s mut Shape);

impl<'de> DeserializeSeed<'de> for Nest<'_> {
    type Value = u8;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u8, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Nest<'_> {
    fn number(self, number: f64) -> u8 {
        if let Some(place) = self.0.position.get_mut(usize::from(self.0.numbers)) {
            *place = number;
        }
        self.0.numbers = self.0.numbers.saturating_add(1);
        0
    }
}

impl<'de> Visitor<'de> for Nest<'_> {
    type Value = u8;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> Result<u8, E> {
        Ok(self.number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees")]
    fn visit_u64<E>(self, number: u64) -> Result<u8, E> {
        Ok(self.number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees")]
    fn visit_i64<E>(self, number: i64) -> Result<u8, E> {
        Ok(self.number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<u8, A::Error> {
        let shape = self.0;
        shape.numbers = 0;
        let mut inner = None;
        while let Some(height) = seq.next_element_seed(Nest(shape))? {
            shape.odd |= inner.is_some_and(|before| before != height);
            inner = Some(height);
        }
        match inner {
            None => shape.odd = true,
            Some(0) => {
                // A height is allowed (RFC 7946, 3.1.1), and not looked at.
                shape.odd |= shape.numbers < 2;
                shape.positions.push(shape.position);
            }
            Some(1) => shape.lines.push(shape.positions.len()),
            Some(2) => shape.polygons.push(shape.lines.len()),
            Some(_) => {}
        }
        Ok(inner.map_or(1, |height| height.saturating_add(1)))
    }
}
