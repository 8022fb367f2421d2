//! Distances on the ellipsoid.
//!
//! The nearest point of an outline is found in two steps: which edge, on a plane, because an exact
//! distance to each of ten thousand edges would be too slow; then where on that edge, by exact
//! distances to ever shorter pieces of it.

use geo::{Contains, Coord, Distance, Geodesic, Geometry, Line, LinesIter, Point};

/// Geodesic distance in metres (Karney 2013, through `geographiclib-rs`).
pub fn metres(a: Point<f64>, b: Point<f64>) -> f64 {
    Geodesic.distance(a, b)
}

/// Metres per degree of longitude and latitude at a latitude (WGS 84), from the radii of
/// curvature in the prime vertical and the meridian.
pub fn metres_per_degree(lat: f64) -> (f64, f64) {
    const A: f64 = 6_378_137.0;
    const E2: f64 = 0.006_694_379_990_141_33;
    let (sin, cos) = lat.to_radians().sin_cos();
    let w2 = 1.0 - E2 * sin * sin;
    let prime_vertical = A / w2.sqrt();
    let meridian = A * (1.0 - E2) / (w2 * w2.sqrt());
    ((prime_vertical * cos).to_radians(), meridian.to_radians())
}

/// Geodesic distance in metres from a point to a geometry, and its nearest point; 0 and the point
/// itself inside an area.
pub fn to_geometry(from: Point<f64>, geometry: &Geometry<f64>) -> (f64, Point<f64>) {
    let inside = match geometry {
        Geometry::Polygon(polygon) => polygon.contains(&from),
        Geometry::MultiPolygon(polygons) => polygons.contains(&from),
        _ => false,
    };
    if inside {
        return (0.0, from);
    }
    let mut best = (f64::INFINITY, None);
    each_edge(geometry, &mut |edge| {
        let squared = flat_distance_squared(from, edge);
        if squared < best.0 {
            best = (squared, Some(edge));
        }
    });
    let nearest = best.1.map_or(from, |edge| nearest_on_edge(from, edge));
    (metres(from, nearest), nearest)
}

/// Visits every edge of lines and outlines; a point is an edge of no length.
fn each_edge(geometry: &Geometry<f64>, visit: &mut impl FnMut(Line<f64>)) {
    match geometry {
        Geometry::Point(p) => visit(Line::new(p.0, p.0)),
        Geometry::MultiPoint(points) => points.iter().for_each(|p| visit(Line::new(p.0, p.0))),
        Geometry::LineString(line) => line.lines_iter().for_each(visit),
        Geometry::MultiLineString(lines) => lines.lines_iter().for_each(visit),
        Geometry::Polygon(polygon) => polygon.lines_iter().for_each(visit),
        Geometry::MultiPolygon(polygons) => polygons.lines_iter().for_each(visit),
        _ => {}
    }
}

/// Metres east and north of `from`, scaled at the latitude halfway between: right to a part in
/// a hundred thousand at a hundred kilometres.
fn offset(from: Point<f64>, to: Coord<f64>) -> (f64, f64) {
    let (east, north) = metres_per_degree(f64::midpoint(from.y(), to.y));
    ((to.x - from.x()) * east, (to.y - from.y()) * north)
}

/// Where on the edge from `a` to `b` the origin is nearest, 0 to 1.
fn share_along((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 }
}

fn flat_distance_squared(from: Point<f64>, edge: Line<f64>) -> f64 {
    let (start, end) = (offset(from, edge.start), offset(from, edge.end));
    let t = share_along(start, end);
    let east = start.0 + (end.0 - start.0) * t;
    let north = start.1 + (end.1 - start.1) * t;
    east * east + north * north
}

/// The point of an edge nearest to `from`: each round looks at a tenth of the last round's piece.
fn nearest_on_edge(from: Point<f64>, edge: Line<f64>) -> Point<f64> {
    let at = |t: f64| edge.start + (edge.end - edge.start) * t;
    let (mut low, mut high) = (0.0, 1.0);
    let mut t = 0.0;
    for _ in 0..4 {
        t = low + (high - low) * share_along(offset(from, at(low)), offset(from, at(high)));
        let reach = (high - low) / 20.0;
        (low, high) = ((t - reach).max(0.0), (t + reach).min(1.0));
    }
    Point(at(t))
}
