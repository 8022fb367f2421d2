//! How large texts are, how they are broken into lines, and where along a line there is room for one.

use crate::picture::fonts::FONTS;
use crate::picture::outline::Position;
use crate::picture::scene::{Anchor, Text};

impl Text {
    /// The width of its longest line, pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        let width = |line: &String| {
            #[expect(clippy::cast_precision_loss, reason = "a handful of letters")]
            let gaps = line.chars().count() as f64 * self.spacing;
            (FONTS.width(line, self.bold) + gaps) * self.size
        };
        self.lines.iter().map(width).fold(0.0, f64::max)
    }

    /// From the top of the first line to the bottom of the last, pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let more = self.lines.len().saturating_sub(1) as f64;
        self.size * (1.0 + more * self.leading)
    }

    /// The boxes that it covers: low and high corner. One, or several along a slant.
    #[must_use]
    pub fn boxes(&self) -> Vec<([f64; 2], [f64; 2])> {
        let (width, height) = (self.width(), self.height());
        let left = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2.0,
            Anchor::End => self.at.0 - width,
        };
        let top = self.at.1 - self.size / 2.0;
        if self.turn == 0.0 {
            return vec![([left, top], [left + width, top + height])];
        }
        let half = self.size / 2.0;
        let (sine, cosine) = self.turn.to_radians().sin_cos();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few letters"
        )]
        let count = (width / self.size).ceil().max(1.0) as u32;
        (0..count)
            .map(|step| {
                let along = ((f64::from(step) + 0.5) / f64::from(count) - 0.5) * width;
                let (x, y) = (self.at.0 + along * cosine, self.at.1 + along * sine);
                ([x - half, y - half], [x + half, y + half])
            })
            .collect()
    }
}

/// Two terms of a note to a line; no line begins with what stands between them.
#[must_use]
pub fn in_pairs(note: &str, english: bool) -> Vec<String> {
    let (between, at_end) = if english { (", ", ",") } else { ("·", "") };
    let terms: Vec<&str> = note.split(between).collect();
    let lines = terms.chunks(2).map(|pair| pair.join(between));
    let count = terms.len().div_ceil(2);
    lines.enumerate().map(|(n, line)| if n + 1 < count { line + at_end } else { line }).collect()
}

/// Beginnings of a name that are tried along a stretch.
const STARTS: u32 = 12;

/// Middles of stretches of a line that are as long as a name and bend little, with their direction in degrees
/// clockwise, so that letters stand upright.
#[must_use]
pub fn straight_spots(line: &[Position], length: f64, repeat: f64) -> Vec<(Position, f64)> {
    let mut walked = vec![0.0];
    for pair in line.windows(2) {
        let step = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
        walked.push(walked.last().copied().unwrap_or(0.0) + step);
    }
    let total = walked.last().copied().unwrap_or(0.0);
    let at = |distance: f64| {
        let next = walked.partition_point(|&d| d < distance).clamp(1, line.len().max(2) - 1);
        let (from, to) = (walked[next - 1], walked[next]);
        let part = if to > from { (distance - from) / (to - from) } else { 0.0 };
        let (a, b) = (line[next - 1], line[next]);
        (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
    };
    if line.len() < 2 || total < length * 1.1 {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few names")]
    let stretches = ((total / repeat).floor() as u32).max(1);
    let mut spots = Vec::new();
    for stretch in 0..stretches {
        let (from, to) = (
            total * f64::from(stretch) / f64::from(stretches),
            total * f64::from(stretch + 1) / f64::from(stretches) - length,
        );
        if to <= from {
            continue;
        }
        // The straightest of some starts, the middle one where all are alike.
        let starts = (0..=STARTS).map(|n| from + (to - from) * f64::from(n) / f64::from(STARTS));
        let bend = |&start: &f64| {
            let (a, b) = (at(start), at(start + length));
            let chord = (b.0 - a.0).hypot(b.1 - a.1);
            let middle = (start - f64::midpoint(from, to)).abs() / (to - from).max(1.0);
            length / chord.max(0.001) + middle * 0.01
        };
        let Some(start) = starts.min_by(|a, b| bend(a).total_cmp(&bend(b))) else { continue };
        if bend(&start) > 1.12 {
            continue;
        }
        let (a, b) = (at(start), at(start + length));
        let mut turn = (b.1 - a.1).atan2(b.0 - a.0).to_degrees();
        if turn.abs() > 90.0 {
            turn -= 180.0_f64.copysign(turn);
        }
        spots.push(((f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)), turn));
    }
    spots
}
