//! Geometry in the unit square of Web Mercator whose vertices say how much they matter: what tiles and pictures
//! are drawn from, each with the vertices that its scale can show.

mod weights;

pub use weights::weigh;

/// A vertex in the unit square with the deviation that leaving it out would cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vertex {
    /// From the antimeridian eastwards.
    pub x: f64,
    /// From the north downwards.
    pub y: f64,
    /// In the same units; infinite for what no scale leaves out.
    pub weight: f64,
}

/// A geometry in the unit square. Rings do not repeat their first vertex.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Positions.
    Points(Vec<(f64, f64)>),
    /// Lines.
    Lines(Vec<Vec<Vertex>>),
    /// Polygons of rings, the outer one first.
    Areas(Vec<Vec<Vec<Vertex>>>),
}

impl Shape {
    /// Whether it is made of areas.
    #[must_use]
    pub fn is_area(&self) -> bool {
        matches!(self, Self::Areas(_))
    }

    /// Whether it is made of points.
    #[must_use]
    pub fn is_points(&self) -> bool {
        matches!(self, Self::Points(_))
    }

    /// Every position that its box has to hold.
    pub fn positions(&self, mut visit: impl FnMut(f64, f64)) {
        match self {
            Self::Points(points) => points.iter().for_each(|&(x, y)| visit(x, y)),
            Self::Lines(lines) => lines.iter().flatten().for_each(|v| visit(v.x, v.y)),
            Self::Areas(polygons) => {
                polygons.iter().flatten().flatten().for_each(|v| visit(v.x, v.y));
            }
        }
    }
}
