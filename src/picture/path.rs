//! Paths and numbers as SVG writes them.

use std::fmt::Write as _;

use crate::picture::outline::{Outline, Position};

/// The commands of a path.
#[must_use]
pub fn path(outline: &Outline) -> String {
    let (paths, end) = match outline {
        Outline::Points(_) => return String::new(),
        Outline::Lines(lines) => (lines, ""),
        Outline::Areas(rings) => (rings, "z"),
    };
    let mut data = String::new();
    for path in paths {
        // Steps from one vertex to the next are shorter than positions; vertices lie on a grid of twentieths, so
        // that nothing is rounded off.
        let mut before: Option<Position> = None;
        for &(x, y) in path {
            let (letter, across, down) = match before {
                None => ('M', x, y),
                Some((left, top)) => ('l', x - left, y - top),
            };
            data.push(letter);
            put(&mut data, across);
            // A sign parts two numbers as well as a space does; what rounds to nought has none.
            if down > -0.005 {
                data.push(' ');
            }
            put(&mut data, down);
            before = Some((x, y));
        }
        data.push_str(end);
    }
    data
}

/// At most two digits behind the point, and no more than are needed.
#[must_use]
pub fn number(value: f64) -> String {
    let mut text = String::new();
    put(&mut text, value);
    text
}

/// Appends a number: whole hundredths, as pictures are made of some million numbers.
#[expect(clippy::cast_possible_truncation, reason = "pictures are smaller than that")]
fn put(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let _ = write!(out, "{whole}");
    match (part / 10, part % 10) {
        (0, 0) => {}
        (tenths, 0) => out.extend(['.', digit(tenths)]),
        (tenths, rest) => out.extend(['.', digit(tenths), digit(rest)]),
    }
}

fn digit(number: u64) -> char {
    char::from(b'0' + u8::try_from(number).unwrap_or(0))
}
