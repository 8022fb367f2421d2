//! How far a shape went, and the positions that stayed where they were.
//!
//! Where a ring starts, which way it runs, and whether a single part is called multiple is no
//! difference: formats do not keep that. Positions within a centimetre are the same.

use std::collections::HashMap;

use geo::{Coord, CoordsIter, Geometry, LineString, MapCoords, Polygon};

/// Metres within which two positions are the same.
const SAME: f64 = 0.01;
/// Degrees of a cell of the grid: more than [`SAME`] at every latitude of China.
const CELL: f64 = 4e-7;

/// What became of a shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shift {
    /// It is where it was.
    Same,
    /// It had no position and has one.
    Located,
    /// It had a position and has none.
    Removed,
    /// Points, lines and areas do not turn into one another.
    OtherSort,
    /// It moved.
    Moved {
        /// Positions that are elsewhere, or that are new.
        moved: usize,
        /// The farthest of them from what was there, metres.
        metres: f64,
        /// How many positions it had.
        before: usize,
        /// How many it has.
        after: usize,
    },
}

/// Compares two shapes. Of a shape that moved, the positions that stayed are those of the old one, to
/// the last digit.
pub fn compare(
    old: Option<&Geometry<f64>>,
    new: Option<Geometry<f64>>,
) -> (Shift, Option<Geometry<f64>>) {
    let (old, new) = match (old, new) {
        (None, None) => return (Shift::Same, None),
        (None, new) => return (Shift::Located, new),
        (Some(_), None) => return (Shift::Removed, None),
        (Some(old), Some(new)) => (old, new),
    };
    if sort(old) != sort(&new) {
        return (Shift::OtherSort, Some(new));
    }
    let known = Known::of(old);
    let snapped = new.map_coords(|c| known.number(c).map_or(c, |number| known.all[number]));
    if known.edges(&snapped) == known.edges(old) {
        return (Shift::Same, None);
    }
    let strays = snapped.coords_iter().filter(|c| known.number(*c).is_none());
    let far = |c: Coord<f64>| known.all.iter().map(|o| metres(*o, c)).fold(f64::MAX, f64::min);
    let (mut strays, mut largest): (Vec<Coord<f64>>, f64) = (strays.collect(), 0.0);
    for stray in &strays {
        largest = largest.max(far(*stray));
    }
    // The end of a ring is its beginning.
    strays.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    strays.dedup();
    let shift = Shift::Moved {
        moved: strays.len(),
        metres: largest,
        before: count(old),
        after: count(&snapped),
    };
    (shift, Some(as_single(snapped, old)))
}

/// Whether a position is the same as another.
pub fn same(a: Coord<f64>, b: Coord<f64>) -> bool {
    metres(a, b) <= SAME
}

/// 0 for points, 1 for lines, 2 for areas.
fn sort(geometry: &Geometry<f64>) -> u8 {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => 0,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => 1,
        _ => 2,
    }
}

/// One part that a format calls several is one, where it was one before.
fn as_single(new: Geometry<f64>, old: &Geometry<f64>) -> Geometry<f64> {
    match (old, new) {
        (Geometry::Point(_), Geometry::MultiPoint(mut many)) if many.0.len() == 1 => {
            many.0.remove(0).into()
        }
        (Geometry::LineString(_), Geometry::MultiLineString(mut many)) if many.0.len() == 1 => {
            many.0.remove(0).into()
        }
        (Geometry::Polygon(_), Geometry::MultiPolygon(mut many)) if many.0.len() == 1 => {
            many.0.remove(0).into()
        }
        (_, new) => new,
    }
}

/// The lines and rings of a shape.
fn lines(geometry: &Geometry<f64>) -> Vec<&LineString<f64>> {
    fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
        std::iter::once(polygon.exterior()).chain(polygon.interiors())
    }
    match geometry {
        Geometry::LineString(line) => vec![line],
        Geometry::MultiLineString(many) => many.iter().collect(),
        Geometry::Polygon(polygon) => rings(polygon).collect(),
        Geometry::MultiPolygon(many) => many.iter().flat_map(rings).collect(),
        _ => Vec::new(),
    }
}

/// How many positions a shape has; the end of a ring does not count.
fn count(geometry: &Geometry<f64>) -> usize {
    let ends = if sort(geometry) == 2 { lines(geometry).len() } else { 0 };
    geometry.coords_count() - ends
}

/// Metres between two positions that are not far apart, by the lengths of a degree on the ellipsoid of
/// WGS 84 at their latitude.
fn metres(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let latitude = f64::midpoint(a.y, b.y).to_radians();
    let east = 111_412.84 * latitude.cos() - 93.5 * (3.0 * latitude).cos();
    let north = 111_132.92 - 559.82 * (2.0 * latitude).cos();
    ((a.x - b.x) * east).hypot((a.y - b.y) * north)
}

/// The positions of a shape, to be found again.
struct Known {
    all: Vec<Coord<f64>>,
    cells: HashMap<(i64, i64), Vec<usize>>,
}

impl Known {
    fn of(geometry: &Geometry<f64>) -> Self {
        let mut known = Self { all: Vec::new(), cells: HashMap::new() };
        for c in geometry.coords_iter() {
            if known.all.last() != Some(&c) {
                known.cells.entry(cell(c)).or_default().push(known.all.len());
                known.all.push(c);
            }
        }
        known
    }

    /// The nearest known position within [`SAME`]; of several, the first.
    fn number(&self, c: Coord<f64>) -> Option<usize> {
        let (x, y) = cell(c);
        let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let found = near.filter_map(|cell| self.cells.get(&cell)).flatten().copied();
        let found = found.map(|number| (metres(self.all[number], c), number));
        let nearest = found.filter(|(metres, _)| *metres <= SAME);
        nearest.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, number)| number)
    }

    /// Which positions are joined; those not known are told apart by their place in the list.
    fn edges(&self, geometry: &Geometry<f64>) -> Vec<(usize, usize)> {
        let mut strays = usize::MAX;
        let mut number = |c: Coord<f64>| {
            self.number(c).unwrap_or_else(|| {
                strays -= 1;
                strays
            })
        };
        let mut edges: Vec<(usize, usize)> = if sort(geometry) == 0 {
            geometry.coords_iter().map(&mut number).map(|at| (at, at)).collect()
        } else {
            let mut edges = Vec::new();
            for line in lines(geometry) {
                let numbers: Vec<usize> = line.coords().map(|c| number(*c)).collect();
                let pairs = numbers.windows(2).map(|p| (p[0].min(p[1]), p[0].max(p[1])));
                edges.extend(pairs.filter(|(from, to)| from != to));
            }
            edges
        };
        edges.sort_unstable();
        edges
    }
}

fn cell(c: Coord<f64>) -> (i64, i64) {
    #[expect(clippy::cast_possible_truncation, reason = "degrees")]
    let number = |degrees: f64| (degrees / CELL).floor() as i64;
    (number(c.x), number(c.y))
}

#[cfg(test)]
mod tests {
    use geo::{Geometry, MultiPolygon, Polygon, point, polygon};

    use super::{Shift, compare};

    fn square() -> Polygon<f64> {
        polygon![(x: 108.0, y: 31.0), (x: 108.1, y: 31.0), (x: 108.1, y: 31.1), (x: 108.0, y: 31.1)]
    }

    #[test]
    fn what_formats_do_not_keep_is_no_difference() {
        let turned: Geometry<f64> = MultiPolygon(vec![polygon![
            (x: 108.100_000_05, y: 31.1), (x: 108.1, y: 31.0), (x: 108.0, y: 31.0), (x: 108.0, y: 31.1)
        ]])
        .into();
        assert_eq!(compare(Some(&square().into()), Some(turned)), (Shift::Same, None));
    }

    #[test]
    fn positions_that_stayed_keep_their_digits() {
        let new = polygon![
            (x: 108.000_000_05, y: 31.0), (x: 108.1, y: 31.0), (x: 108.1, y: 31.2), (x: 108.0, y: 31.1)
        ];
        let (shift, found) = compare(Some(&square().into()), Some(new.into()));
        let Shift::Moved { moved: 1, metres, before: 4, after: 4 } = shift else {
            panic!("{shift:?}")
        };
        assert!((metres - 11_087.0).abs() < 1.0, "{metres}");
        let Some(Geometry::Polygon(found)) = found else { panic!("{found:?}") };
        assert_eq!(found.exterior().0[0], square().exterior().0[0]);
        assert_eq!(
            compare(Some(&square().into()), Some(point!(x: 108.0, y: 31.0).into())).0,
            Shift::OtherSort
        );
    }

    #[test]
    fn the_same_corners_joined_otherwise_are_another_shape() {
        let bent = polygon![
            (x: 108.0, y: 31.0), (x: 108.1, y: 31.1), (x: 108.1, y: 31.0), (x: 108.0, y: 31.1)
        ];
        let (shift, _) = compare(Some(&square().into()), Some(bent.into()));
        assert!(matches!(shift, Shift::Moved { moved: 0, .. }), "{shift:?}");
    }
}
