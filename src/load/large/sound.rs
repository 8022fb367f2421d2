//! Whether a geometry is certainly sound, told in a fraction of the time of a whole check.
//!
//! Nothing is refused here: what is not certain is looked at closely, with the same check as every other
//! geometry of the folder ([`geometry::convert`](crate::load::geometry::convert)).

use crate::crs::CHINA;
use crate::store::{Dimension, Form, Shape};

/// Rings with more segments are looked at closely: every pair of segments is compared.
const LONG: usize = 128;

/// What is known of a sound geometry.
pub struct Sound {
    /// What it is drawn as.
    pub dimension: Dimension,
    /// West, south, east, north, degrees.
    pub bounds: [f64; 4],
    /// Whether a ring runs against RFC 7946 and has to be turned round.
    pub turned: bool,
}

type Position = [f64; 2];

/// What is known of a geometry that is certainly sound.
pub fn surely_sound(shape: &Shape) -> Option<Sound> {
    let form = shape.form()?;
    let bounds = bounds(&shape.positions);
    let [west, south, east, north] = bounds;
    if !CHINA.contains(west, south) || !CHINA.contains(east, north) {
        return None;
    }
    let mut turned = false;
    let dimension = match form {
        Form::Point | Form::MultiPoint => Dimension::Point,
        Form::LineString | Form::MultiLineString => {
            let goes_somewhere =
                |line: &[Position]| line.first().is_some_and(|a| line.iter().any(|b| !same(a, b)));
            let mut lines = shape.lines();
            lines.all(goes_somewhere).then_some(Dimension::Line)?
        }
        Form::Polygon => {
            let mut rings = shape.lines();
            turned = !runs_counter_clockwise(rings.next()?)?;
            // What holes have to do with the outer ring is for the whole check.
            rings.next().is_none().then_some(Dimension::Area)?
        }
        Form::MultiPolygon => {
            let apart = |rings: Vec<[f64; 4]>| {
                let clear = |(n, a): (usize, &[f64; 4])| !rings[..n].iter().any(|b| meet(a, b));
                rings.len() <= 16 && rings.iter().enumerate().all(clear)
            };
            let single = shape.polygons().all(|rings| rings == 1);
            if !single || !apart(shape.lines().map(self::bounds).collect()) {
                return None;
            }
            for ring in shape.lines() {
                turned |= !runs_counter_clockwise(ring)?;
            }
            Dimension::Area
        }
        Form::GeometryCollection => return None,
    };
    Some(Sound { dimension, bounds, turned })
}

fn bounds(positions: &[Position]) -> [f64; 4] {
    let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    positions.iter().fold(nothing, |[west, south, east, north], [x, y]| {
        [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
    })
}

fn meet(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[expect(clippy::float_cmp, reason = "a ring is closed by the very position that it began with")]
fn same(a: &Position, b: &Position) -> bool {
    a == b
}

/// Which way a ring runs, where it is certainly simple.
fn runs_counter_clockwise(ring: &[Position]) -> Option<bool> {
    let sides = ring.len().checked_sub(1).filter(|sides| (3..=LONG).contains(sides))?;
    if !same(&ring[0], &ring[sides]) {
        return None;
    }
    let [west, south, east, north] = bounds(ring);
    // Twice what a product of differences within the ring can be off: positions are rounded to some
    // 10⁻¹⁴ degrees, a product of two differences to that times the larger one.
    let doubt = 1e-13 * (east - west).max(north - south);
    let cross = |a: Position, b: Position, c: Position| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let mut doubled = 0.0;
    for i in 0..sides {
        let (a, b) = (ring[i], ring[i + 1]);
        if same(&a, &b) {
            return None;
        }
        doubled += cross(ring[0], a, b);
        // A side that turns back on the one before.
        let after = ring[if i + 2 > sides { 1 } else { i + 2 }];
        let along = (b[0] - a[0]) * (after[0] - b[0]) + (b[1] - a[1]) * (after[1] - b[1]);
        if along <= 0.0 && cross(a, b, after).abs() <= doubt {
            return None;
        }
        let (low_x, high_x) = (a[0].min(b[0]), a[0].max(b[0]));
        let (low_y, high_y) = (a[1].min(b[1]), a[1].max(b[1]));
        // The last side is a neighbour of the first.
        for j in i + 2..sides - usize::from(i == 0) {
            let (c, d) = (ring[j], ring[j + 1]);
            if c[0].max(d[0]) < low_x
                || high_x < c[0].min(d[0])
                || c[1].max(d[1]) < low_y
                || high_y < c[1].min(d[1])
            {
                continue;
            }
            let sides_of = [cross(a, b, c), cross(a, b, d), cross(c, d, a), cross(c, d, b)];
            let crossing = (sides_of[0] > 0.0) != (sides_of[1] > 0.0)
                && (sides_of[2] > 0.0) != (sides_of[3] > 0.0);
            if crossing || sides_of.iter().any(|side| side.abs() <= doubt) {
                return None;
            }
        }
    }
    (doubled.abs() > doubt).then_some(doubled > 0.0)
}

#[cfg(test)]
mod tests {
    use geo::{Validation, polygon};
    use proptest::prelude::*;

    use super::surely_sound;
    use crate::store::Shape;

    fn shape(ring: &[[f64; 2]]) -> Shape {
        let text = serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string();
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_square_is_sound_and_its_direction_is_told() {
        let square = [[108.0, 31.0], [108.1, 31.0], [108.1, 31.1], [108.0, 31.1], [108.0, 31.0]];
        assert!(!surely_sound(&shape(&square)).unwrap().turned);
        let backwards: Vec<_> = square.into_iter().rev().collect();
        assert!(surely_sound(&shape(&backwards)).unwrap().turned);
    }

    proptest! {
        /// Corners on a coarse grid touch, cross and double back all the time.
        #[test]
        fn what_is_called_sound_is_valid_for_the_whole_check(
            corners in prop::collection::vec((0_u8..6, 0_u8..6), 3..9),
        ) {
            let at = |(x, y): &(u8, u8)| [108.0 + f64::from(*x) / 10.0, 31.0 + f64::from(*y) / 10.0];
            let mut ring: Vec<[f64; 2]> = corners.iter().map(at).collect();
            ring.push(ring[0]);
            if surely_sound(&shape(&ring)).is_some() {
                let mut polygon = polygon![];
                polygon.exterior_mut(|line| line.0 = ring.iter().map(|&p| p.into()).collect());
                prop_assert!(polygon.is_valid(), "{ring:?}");
            }
        }
    }
}
