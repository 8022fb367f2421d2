//! Symbols that would hide one another (`web/src/state/stacks.ts`).
//!
//! From afar, symbols closer than a symbol's width become one with their number beside it. Nearer, those that
//! share one spot are fanned out in rings around it, six on the first, twelve on the second.

use std::f64::consts::{FRAC_PI_2, TAU};

use crate::picture::outline::Position;

/// Below this zoom there are only numbers; from it on, small groups on one spot are fanned out.
const FAN_ZOOM: f64 = 11.0;
/// From this zoom on every group on one spot is fanned out, however large.
const OPEN_ZOOM: f64 = 13.0;
/// Pixels within which symbols are counted as one.
const STACK_PIXELS: f64 = 13.0;
/// Pixels within which symbols stand in one spot.
const SPOT_PIXELS: f64 = 1.0;
/// Symbols of a small group; each has room for its name.
pub const SMALL_FAN: usize = 7;
/// Pixels from one ring to the next.
const RING_STEP: f64 = 19.0;

/// Symbols that stand together.
#[derive(Debug, Clone, PartialEq)]
pub struct Crowd {
    /// Where the first of them stands.
    pub spot: Position,
    /// Their numbers.
    pub members: Vec<usize>,
    /// Whether they are fanned out, rather than counted.
    pub fanned: bool,
}

/// Groups of symbols, by their positions in the order in which they are drawn; a symbol that stands alone is
/// a group of one.
#[must_use]
pub fn crowds(positions: &[Position], zoom: f64) -> Vec<Crowd> {
    let near = if zoom >= OPEN_ZOOM { SPOT_PIXELS } else { STACK_PIXELS };
    let mut crowds = gather(positions, near);
    for crowd in &mut crowds {
        let in_one_spot =
            || crowd.members.iter().all(|&m| distance(positions[m], crowd.spot) <= SPOT_PIXELS);
        crowd.fanned = crowd.members.len() > 1
            && (zoom >= OPEN_ZOOM
                || zoom >= FAN_ZOOM && crowd.members.len() <= SMALL_FAN && in_one_spot());
    }
    crowds
}

/// Greedy: each joins the first group whose spot is near enough. The groups are kept in squares of that side.
fn gather(positions: &[Position], near: f64) -> Vec<Crowd> {
    use std::collections::HashMap;
    let mut crowds: Vec<Crowd> = Vec::new();
    let mut squares: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (number, &(x, y)) in positions.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a map of the world fit")]
        let (column, row) = ((x / near).floor() as i64, (y / near).floor() as i64);
        let around =
            (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r)));
        let home = around
            .filter_map(|square| squares.get(&square))
            .flatten()
            .copied()
            .filter(|&crowd| distance(crowds[crowd].spot, (x, y)) <= near)
            .min();
        if let Some(home) = home {
            crowds[home].members.push(number);
        } else {
            squares.entry((column, row)).or_default().push(crowds.len());
            crowds.push(Crowd { spot: (x, y), members: vec![number], fanned: false });
        }
    }
    crowds
}

/// Where each of so many symbols stands, from their common spot.
#[must_use]
pub fn fan(count: usize) -> Vec<Position> {
    let mut offsets: Vec<Position> = Vec::with_capacity(count);
    for ring in 1_u32.. {
        if offsets.len() >= count {
            break;
        }
        let seats = (6 * ring).min(u32::try_from(count - offsets.len()).unwrap_or(u32::MAX));
        let radius = f64::from(ring) * RING_STEP;
        offsets.extend((0..seats).map(|seat| {
            let angle = f64::from(seat) / f64::from(seats) * TAU - FRAC_PI_2;
            (angle.cos() * radius, angle.sin() * radius)
        }));
    }
    offsets
}

/// Radius of the disc under so many.
#[must_use]
pub fn fan_radius(count: usize) -> f64 {
    let farthest = fan(count).into_iter().map(|(x, y)| x.hypot(y)).fold(0.0, f64::max);
    farthest + 13.0
}

fn distance(a: Position, b: Position) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}
