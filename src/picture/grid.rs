//! The net over a sheet: kilometres of a plane in metres, or meridians and parallels.

use crate::picture::Frame;
use crate::picture::outline::Position;
use crate::tile::clip::clip_line;

/// Which net.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Net {
    /// Kilometres where the system is in metres on the ground, degrees elsewhere.
    #[default]
    Fitting,
    /// Meridians and parallels.
    Degrees,
    /// None.
    None,
}

/// A line of a net.
#[derive(Debug, Clone, PartialEq)]
pub struct NetLine {
    /// Where it runs, inside the frame.
    pub path: Vec<Position>,
    /// What stands at its ends.
    pub label: String,
    /// Whether it runs from top to bottom.
    pub upright: bool,
}

/// Pixels between two lines at least.
const APART: f64 = 105.0;

/// Steps of a net of kilometres.
const KILOMETRES: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// Steps of a net of degrees, in minutes.
const MINUTES: [f64; 12] =
    [0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0];

/// Pieces that a curved line is drawn in.
const PIECES: u32 = 48;

/// The lines of a net over a frame.
#[must_use]
pub fn net(frame: &Frame, net: Net) -> Vec<NetLine> {
    match net {
        Net::None => Vec::new(),
        Net::Fitting if matches!(frame.crs(), crate::crs::Crs::GaussKruger(_)) => kilometres(frame),
        Net::Fitting | Net::Degrees => degrees(frame),
    }
}

fn kilometres(frame: &Frame) -> Vec<NetLine> {
    let [left, bottom, right, top] = frame.bounds();
    let [width, height] = frame.size();
    let per_pixel = (right - left) / width / 1000.0;
    let Some(step) = KILOMETRES.into_iter().find(|step| step / per_pixel >= APART) else {
        return Vec::new();
    };
    let digits = usize::from(step < 1.0);
    let mut lines = Vec::new();
    for x in steps(left / 1000.0, right / 1000.0, step) {
        let (at, _) = frame.place(x * 1000.0, top);
        let path = vec![(at, 0.0), (at, height)];
        lines.push(NetLine { path, label: format!("{x:.digits$}"), upright: true });
    }
    for y in steps(bottom / 1000.0, top / 1000.0, step) {
        let (_, at) = frame.place(left, y * 1000.0);
        let path = vec![(0.0, at), (width, at)];
        lines.push(NetLine { path, label: format!("{y:.digits$}"), upright: false });
    }
    lines
}

fn degrees(frame: &Frame) -> Vec<NetLine> {
    let shown = frame.degrees();
    let [width, height] = frame.size();
    let wide = shown.width() / width * APART * 60.0;
    let high = shown.height() / height * APART * 60.0;
    let Some(step) = MINUTES.into_iter().find(|step| *step >= wide.max(high)) else {
        return Vec::new();
    };
    let step = step / 60.0;
    let curve = |upright: bool, fixed: f64| {
        let (min, max) = (shown.min(), shown.max());
        let position = |piece: u32| {
            let part = f64::from(piece) / f64::from(PIECES);
            if upright {
                frame.at(fixed, min.y + (max.y - min.y) * part)
            } else {
                frame.at(min.x + (max.x - min.x) * part, fixed)
            }
        };
        let path: Vec<Position> = (0..=PIECES).filter_map(position).collect();
        let letter = if upright { 'E' } else { 'N' };
        let label = format!("{}{letter}", in_degrees(fixed));
        clip_line(&path, [0.0, 0.0, width, height])
            .into_iter()
            .map(move |path| NetLine { path, label: label.clone(), upright })
            .collect::<Vec<_>>()
    };
    let meridians = steps(shown.min().x, shown.max().x, step);
    let parallels = steps(shown.min().y, shown.max().y, step);
    let meridians = meridians.into_iter().flat_map(|lon| curve(true, lon));
    meridians.chain(parallels.into_iter().flat_map(|lat| curve(false, lat))).collect()
}

/// Multiples of a step between two numbers.
fn steps(from: f64, to: f64, step: f64) -> Vec<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "a net has a few lines")]
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    #[expect(clippy::cast_precision_loss, reason = "as above")]
    (first..=last).map(|n| n as f64 * step).collect()
}

/// 109.25 → 109°15′
fn in_degrees(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "at most 360 degrees in half minutes")]
    let halves = (value.abs() * 120.0).round() as i64;
    let (whole, minutes) = (halves / 120, halves % 120);
    match (minutes / 2, minutes % 2) {
        (0, 0) => format!("{whole}°"),
        (minutes, 0) => format!("{whole}°{minutes:02}′"),
        (minutes, _) => format!("{whole}°{minutes:02}′30″"),
    }
}
