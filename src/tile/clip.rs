//! Clipping to a rectangle whose sides run along the axes.
//!
//! Where an edge meets a side, the crossing is computed from the edge's two ends in a fixed order:
//! the outline on the other side of a shared edge runs the opposite way and must get the same
//! crossing, or a hair's breadth opens between the two.

type Position = (f64, f64);

/// A side of the rectangle: the coordinate it fixes and the half-plane it keeps.
#[derive(Clone, Copy)]
struct Side {
    vertical: bool,
    at: f64,
    keep_above: bool,
}

/// A rectangle: left, top, right, bottom.
pub type Bounds = [f64; 4];

fn sides([left, top, right, bottom]: Bounds) -> [Side; 4] {
    [(true, left, true), (true, right, false), (false, top, true), (false, bottom, false)]
        .map(|(vertical, at, keep_above)| Side { vertical, at, keep_above })
}

impl Side {
    fn keeps(self, p: Position) -> bool {
        let value = if self.vertical { p.0 } else { p.1 };
        if self.keep_above { value >= self.at } else { value <= self.at }
    }

    /// Where the edge from `a` to `b`, one of them outside, crosses this side.
    fn crossing(self, a: Position, b: Position) -> Position {
        let (a, b) = if (a.0, a.1) <= (b.0, b.1) { (a, b) } else { (b, a) };
        if self.vertical {
            (self.at, a.1 + (b.1 - a.1) * (self.at - a.0) / (b.0 - a.0))
        } else {
            (a.0 + (b.0 - a.0) * (self.at - a.1) / (b.1 - a.1), self.at)
        }
    }
}

/// Clips a ring (first position not repeated) after Sutherland and Hodgman (1974). A ring that
/// leaves and enters several times stays one ring, joined along the side, which is invisible
/// because the rectangle reaches beyond what is shown.
pub fn clip_ring(ring: &[Position], bounds: Bounds) -> Vec<Position> {
    let mut current = ring.to_vec();
    for side in sides(bounds) {
        if current.iter().all(|&p| side.keeps(p)) {
            continue;
        }
        let mut clipped = Vec::with_capacity(current.len());
        for (i, &here) in current.iter().enumerate() {
            let before = current[(i + current.len() - 1) % current.len()];
            if side.keeps(here) != side.keeps(before) {
                clipped.push(side.crossing(before, here));
            }
            if side.keeps(here) {
                clipped.push(here);
            }
        }
        current = clipped;
    }
    current
}

/// Clips a line into the parts that lie in a rectangle.
pub fn clip_line(line: &[Position], bounds: Bounds) -> Vec<Vec<Position>> {
    let mut parts = vec![line.to_vec()];
    for side in sides(bounds) {
        parts = parts.into_iter().flat_map(|part| split(&part, side)).collect();
    }
    parts
}

fn split(line: &[Position], side: Side) -> Vec<Vec<Position>> {
    let mut parts = Vec::new();
    let mut part: Vec<Position> = Vec::new();
    for (i, &here) in line.iter().enumerate() {
        let keep = side.keeps(here);
        if i > 0 && keep != side.keeps(line[i - 1]) {
            part.push(side.crossing(line[i - 1], here));
            if !keep {
                parts.push(std::mem::take(&mut part));
            }
        }
        if keep {
            part.push(here);
        }
    }
    parts.push(part);
    parts.retain(|p| p.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::{clip_line, clip_ring};

    const SQUARE: [f64; 4] = [0.0, 0.0, 4.0, 4.0];

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two() {
        let line = [(1.0, 1.0), (5.0, 1.0), (5.0, 3.0), (1.0, 3.0)];
        let parts = clip_line(&line, SQUARE);
        assert_eq!(parts, [[(1.0, 1.0), (4.0, 1.0)], [(4.0, 3.0), (1.0, 3.0)]]);
    }

    #[test]
    fn a_ring_around_the_square_becomes_the_square() {
        let ring = [(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)];
        let clipped = clip_ring(&ring, SQUARE);
        for corner in [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)] {
            assert!(clipped.contains(&corner), "{clipped:?}");
        }
        assert_eq!(clipped.len(), 4);
    }

    #[test]
    fn a_ring_outside_leaves_nothing() {
        assert!(clip_ring(&[(5.0, 5.0), (6.0, 5.0), (6.0, 6.0)], SQUARE).is_empty());
    }

    #[test]
    fn a_shared_edge_is_cut_at_the_same_point_whichever_way_it_runs() {
        let (a, b) = ((0.1, 3.7), (7.3, 2.9));
        let there = clip_line(&[a, b], SQUARE);
        let back = clip_line(&[b, a], SQUARE);
        assert_eq!(there[0][1], back[0][0]);
    }
}
