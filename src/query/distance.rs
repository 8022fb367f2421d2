//! Distances on the ellipsoid.

use geo::{Contains, Coord, CoordsIter, Distance, Geodesic, Geometry, Line, LinesIter, Point};

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

/// The point of `geometry` closest to `from`, which is `from` itself inside an area.
///
/// Found on a plane tangent at `from`, so that its position along a line is off by metres at a
/// hundred kilometres; the distance to it is then measured on the ellipsoid, where such an error
/// counts only in the second order.
pub fn closest(geometry: &Geometry<f64>, from: Point<f64>) -> Point<f64> {
    if is_area(geometry) && geometry.contains(&from) {
        return from;
    }
    let (mx, my) = metres_per_degree(from.y());
    let flat = |c: Coord<f64>| ((c.x - from.x()) * mx, (c.y - from.y()) * my);
    let mut best = (f64::INFINITY, from);
    let mut offer = |x: f64, y: f64| {
        let squared = x * x + y * y;
        if squared < best.0 {
            best = (squared, Point::new(from.x() + x / mx, from.y() + y / my));
        }
    };
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => {
            for coord in geometry.coords_iter() {
                let (x, y) = flat(coord);
                offer(x, y);
            }
        }
        _ => each_segment(geometry, &mut |line| {
            let ((ax, ay), (bx, by)) = (flat(line.start), flat(line.end));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let along = -(ax * dx + ay * dy);
            let t = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
            offer(ax + t * dx, ay + t * dy);
        }),
    }
    best.1
}

/// Visits every segment of lines and outlines; other geometries have none.
fn each_segment(geometry: &Geometry<f64>, visit: &mut impl FnMut(Line<f64>)) {
    match geometry {
        Geometry::LineString(line) => line.lines_iter().for_each(visit),
        Geometry::MultiLineString(lines) => lines.lines_iter().for_each(visit),
        Geometry::Polygon(polygon) => polygon.lines_iter().for_each(visit),
        Geometry::MultiPolygon(polygons) => polygons.lines_iter().for_each(visit),
        _ => {}
    }
}

fn is_area(geometry: &Geometry<f64>) -> bool {
    matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
}

/// Geodesic distance in metres from a point to a geometry; 0 inside an area.
pub fn to_geometry(from: Point<f64>, geometry: &Geometry<f64>) -> (f64, Point<f64>) {
    let nearest = closest(geometry, from);
    (metres(from, nearest), nearest)
}
