//! Distances on the ellipsoid.
//!
//! The nearest point of an outline is found in two steps: which edges it may lie on, on a plane,
//! because an exact distance to each of ten thousand edges would be too slow; then where on them,
//! on ever shorter pieces, and which of these points is nearest on the ellipsoid.

use geo::{Bearing, Coord, Distance, Geodesic, Geometry, Intersects, Line, LinesIter, Point, Rect};

/// Geodesic distance in metres (Karney 2013, through `geographiclib-rs`).
pub fn metres(a: Point<f64>, b: Point<f64>) -> f64 {
    Geodesic.distance(a, b)
}

/// Direction in which the geodesic leaves, whole degrees clockwise from north, 0 to 359.
pub fn bearing(from: Point<f64>, to: Point<f64>) -> f64 {
    Geodesic.bearing(from, to).round().rem_euclid(360.0)
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

/// A box in degrees that certainly contains every position within `metres` of the given one.
pub fn padded(bounds: Rect<f64>, metres: f64) -> Rect<f64> {
    const SAFETY: f64 = 1.01;
    let (min, max) = (bounds.min(), bounds.max());
    let (_, metres_north) = metres_per_degree(0.0);
    let dy = metres * SAFETY / metres_north;
    let (metres_east, _) = metres_per_degree((min.y.abs().max(max.y.abs()) + dy).min(89.0));
    let dx = metres * SAFETY / metres_east;
    Rect::new((min.x - dx, min.y - dy), (max.x + dx, max.y + dy))
}

/// Whether a position lies in an area, or on its edge.
pub fn encloses(geometry: &Geometry<f64>, at: Point<f64>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => polygon.intersects(&at),
        Geometry::MultiPolygon(polygons) => polygons.intersects(&at),
        Geometry::GeometryCollection(parts) => parts.iter().any(|part| encloses(part, at)),
        _ => false,
    }
}

/// Geodesic distance in metres from a point to a geometry, and its nearest point; 0 and the point
/// itself inside an area.
pub fn to_geometry(from: Point<f64>, geometry: &Geometry<f64>) -> (f64, Point<f64>) {
    if encloses(geometry, from) {
        return (0.0, from);
    }
    let mut shortest = f64::INFINITY;
    let mut candidates: Vec<(f64, Line<f64>)> = Vec::new();
    each_edge(geometry, &mut |edge| {
        let (least, most) = flat_distance(from, edge);
        if least <= doubtful(shortest) {
            candidates.push((least, edge));
            shortest = shortest.min(most);
        }
    });
    let points = candidates
        .into_iter()
        .filter(|(least, _)| *least <= doubtful(shortest))
        .map(|(_, edge)| nearest_on_edge(from, edge))
        .map(|point| (metres(from, point), point));
    points.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, from))
}

/// Distances on the plane up to which an edge may be the nearest on the ellipsoid, when the
/// nearest on the plane is so many metres away. The plane errs by less than the square of the
/// distance in Earth radii up to 60 degrees of latitude; farther than that it says nothing.
pub fn doubtful(flat: f64) -> f64 {
    const EARTH: f64 = 6_371_000.0;
    const PLANE: f64 = 2_000_000.0;
    if flat > PLANE { f64::INFINITY } else { flat * (1.0 + (flat / EARTH).powi(2)) }
}

/// Visits every edge of lines and outlines; a point is an edge of no length.
pub fn each_edge(geometry: &Geometry<f64>, visit: &mut dyn FnMut(Line<f64>)) {
    match geometry {
        Geometry::Point(p) => visit(Line::new(p.0, p.0)),
        Geometry::MultiPoint(points) => points.iter().for_each(|p| visit(Line::new(p.0, p.0))),
        Geometry::LineString(line) => line.lines_iter().for_each(visit),
        Geometry::MultiLineString(lines) => lines.lines_iter().for_each(visit),
        Geometry::Polygon(polygon) => polygon.lines_iter().for_each(visit),
        Geometry::MultiPolygon(polygons) => polygons.lines_iter().for_each(visit),
        Geometry::GeometryCollection(parts) => {
            parts.iter().for_each(|part| each_edge(part, visit));
        }
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

/// Metres to an edge on a plane that touches the ellipsoid there: at least and at most.
///
/// Only the ends are put on the plane. The edge, straight in degrees, bends between them: by an eighth
/// of the second derivative of `offset` along it, which a degree of longitude growing shorter by up to
/// 1 945 m with every degree of latitude bounds. Metres for an edge of half a degree, nothing for most.
pub fn flat_distance(from: Point<f64>, edge: Line<f64>) -> (f64, f64) {
    let (start, end) = (offset(from, edge.start), offset(from, edge.end));
    let t = share_along(start, end);
    let east = start.0 + (end.0 - start.0) * t;
    let north = start.1 + (end.1 - start.1) * t;
    let flat = east.hypot(north);
    let (lon, lat) = (edge.dx().abs(), edge.dy().abs());
    let away = |end: Coord<f64>| (end.x - from.x()).abs().max((end.y - from.y()).abs());
    let farthest = away(edge.start).max(away(edge.end));
    let bend = 245.0 * lon * lat + (2.5 + 1.1 * farthest) * lat * lat;
    ((flat - bend).max(0.0), flat + bend)
}

/// The point of an edge nearest to `from`: each round looks at a tenth of the last round's piece.
pub fn nearest_on_edge(from: Point<f64>, edge: Line<f64>) -> Point<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use geo::LineString;

    #[test]
    fn of_two_long_edges_almost_as_near_the_nearer_is_found() {
        // Both are some 13 km away; on a plane through their ends, 40 km off, the wrong one is nearer.
        let path: LineString<f64> = vec![
            (108.184_863_531_917_87, 30.258_362_062_880_636),
            (108.112_034_554_433_28, 30.902_260_479_899_74),
            (108.161_679_464_523_42, 30.463_355_456_674_673),
        ]
        .into();
        let from = Point::new(108.277_792_410_878_45, 30.656_942_120_928_864);
        let (distance, nearest) = to_geometry(from, &path.clone().into());
        let along = |line: Line<f64>| {
            (0..=20_000).map(move |i| line.start + line.delta() * (f64::from(i) / 20_000.0))
        };
        let sampled = path.lines().flat_map(along).map(|c| metres(from, Point(c)));
        let sampled = sampled.fold(f64::INFINITY, f64::min);
        assert!(distance <= sampled + 0.001, "{distance} beyond the sampled {sampled}");
        assert!((distance - metres(from, nearest)).abs() < 1e-9);
    }
}
