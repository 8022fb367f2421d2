//! A geometry as three flat lists, in the reference system of the export.
//!
//! ```text
//! coords    a b c d a | e f g e | h i j h          positions, one after the other
//! rings             5         9        13          where each ring or line ends in `coords`
//! polygons                    2         3          where each polygon ends in `rings`
//! ```
//!
//! Every format writes from this one shape; the lists are used again for the next feature, so that a
//! million features cost no allocation each.

use geo::{Coord, Geometry, LineString, Polygon};

/// Kinds of simple features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Simple {
    /// One position.
    Point,
    /// One line.
    LineString,
    /// One area.
    Polygon,
    /// Positions.
    MultiPoint,
    /// Lines.
    MultiLineString,
    /// Areas.
    MultiPolygon,
}

impl Simple {
    /// Its name in OGC Simple Features and GeoJSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::LineString => "LineString",
            Self::Polygon => "Polygon",
            Self::MultiPoint => "MultiPoint",
            Self::MultiLineString => "MultiLineString",
            Self::MultiPolygon => "MultiPolygon",
        }
    }

    /// The kind of a geometry.
    #[must_use]
    pub fn of(geometry: &Geometry<f64>) -> Self {
        match geometry {
            Geometry::Point(_) => Self::Point,
            Geometry::Line(_) | Geometry::LineString(_) => Self::LineString,
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Self::Polygon,
            Geometry::MultiPoint(_) | Geometry::GeometryCollection(_) => Self::MultiPoint,
            Geometry::MultiLineString(_) => Self::MultiLineString,
            Geometry::MultiPolygon(_) => Self::MultiPolygon,
        }
    }

    /// The kind that holds several of it.
    #[must_use]
    pub fn multiple(self) -> Self {
        match self {
            Self::Point | Self::MultiPoint => Self::MultiPoint,
            Self::LineString | Self::MultiLineString => Self::MultiLineString,
            Self::Polygon | Self::MultiPolygon => Self::MultiPolygon,
        }
    }

    /// Its number in well-known binary (OGC 06-103r4, table 7) and FlatGeobuf.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::Point => 1,
            Self::LineString => 2,
            Self::Polygon => 3,
            Self::MultiPoint => 4,
            Self::MultiLineString => 5,
            Self::MultiPolygon => 6,
        }
    }
}

/// One geometry.
#[derive(Debug, Clone)]
pub struct Flat {
    /// Which kind it is.
    pub kind: Simple,
    /// Positions: easting or longitude first, whatever the reference system says about its axes.
    pub coords: Vec<[f64; 2]>,
    /// End of each ring or line in `coords`; of a point or points, one end for all.
    pub rings: Vec<usize>,
    /// End of each polygon in `rings`.
    pub polygons: Vec<usize>,
}

impl Default for Flat {
    fn default() -> Self {
        Self { kind: Simple::Point, coords: Vec::new(), rings: Vec::new(), polygons: Vec::new() }
    }
}

impl Flat {
    /// Takes in a geometry of degrees; `project` turns longitude and latitude into the export's system.
    ///
    /// Rings stay as they are: closed, outer ones counter-clockwise, as the loader made them.
    pub fn set(&mut self, geometry: &Geometry<f64>, project: &impl Fn([f64; 2]) -> [f64; 2]) {
        self.coords.clear();
        self.rings.clear();
        self.polygons.clear();
        match geometry {
            Geometry::Point(point) => {
                self.kind = Simple::Point;
                self.line(std::iter::once(&point.0), project);
            }
            Geometry::MultiPoint(points) => {
                self.kind = Simple::MultiPoint;
                self.line(points.iter().map(|point| &point.0), project);
            }
            Geometry::Line(line) => {
                self.kind = Simple::LineString;
                self.line([line.start, line.end].iter(), project);
            }
            Geometry::LineString(line) => {
                self.kind = Simple::LineString;
                self.line(line.coords(), project);
            }
            Geometry::MultiLineString(lines) => {
                self.kind = Simple::MultiLineString;
                lines.iter().for_each(|line| self.line(line.coords(), project));
            }
            Geometry::Polygon(polygon) => {
                self.kind = Simple::Polygon;
                self.polygon(polygon, project);
            }
            Geometry::MultiPolygon(polygons) => {
                self.kind = Simple::MultiPolygon;
                polygons.iter().for_each(|polygon| self.polygon(polygon, project));
            }
            Geometry::Rect(rect) => {
                self.kind = Simple::Polygon;
                self.polygon(&rect.to_polygon(), project);
            }
            Geometry::Triangle(triangle) => {
                self.kind = Simple::Polygon;
                self.polygon(&triangle.to_polygon(), project);
            }
            // The loader refuses collections.
            Geometry::GeometryCollection(_) => self.kind = Simple::MultiPoint,
        }
    }

    /// Writes a single geometry as the multiple one that its layer has; any other stays as it is.
    pub fn write_as(&mut self, kind: Simple) {
        if self.kind.multiple() == kind {
            self.kind = kind;
        }
    }

    /// The rings or lines, each a run of positions.
    pub fn lines(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        runs(&self.rings).map(|(from, to)| &self.coords[from..to])
    }

    /// The polygons, each a run of rings, the outer one first.
    pub fn areas(&self) -> impl Iterator<Item = impl Iterator<Item = &[[f64; 2]]>> {
        runs(&self.polygons).map(|(first, end)| {
            (first..end).map(|ring| {
                let from = if ring == 0 { 0 } else { self.rings[ring - 1] };
                &self.coords[from..self.rings[ring]]
            })
        })
    }

    /// Whether the export's system has every position.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.coords.iter().flatten().all(|number| number.is_finite())
    }

    /// Smallest x and y, largest x and y; `None` when it is empty.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let first = self.coords.first()?;
        Some(self.coords.iter().fold([first[0], first[1], first[0], first[1]], |b, c| {
            [b[0].min(c[0]), b[1].min(c[1]), b[2].max(c[0]), b[3].max(c[1])]
        }))
    }

    fn polygon(&mut self, polygon: &Polygon<f64>, project: &impl Fn([f64; 2]) -> [f64; 2]) {
        let rings: &[LineString<f64>] = polygon.interiors();
        for ring in std::iter::once(polygon.exterior()).chain(rings) {
            self.line(ring.coords(), project);
        }
        self.polygons.push(self.rings.len());
    }

    fn line<'c>(
        &mut self,
        coords: impl Iterator<Item = &'c Coord<f64>>,
        project: &impl Fn([f64; 2]) -> [f64; 2],
    ) {
        self.coords.extend(coords.map(|c| project([c.x, c.y])));
        self.rings.push(self.coords.len());
    }
}

fn runs(ends: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    ends.iter().enumerate().map(|(i, &end)| (if i == 0 { 0 } else { ends[i - 1] }, end))
}
