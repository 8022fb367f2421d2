//! Paper and inks, the same as on the screen (`web/src/map/palette.ts`).

use std::fmt::Write as _;

/// Ink of names and frames.
pub const INK: &str = "#2b2620";
/// The paper of a planned county.
pub const PAPER: &str = "#fbf7ec";
/// The ground around it.
pub const GROUND: &str = "#ece5d4";
/// Around names and symbols, so that they stand clear of what is under them.
pub const HALO: &str = "#fcf8ee";
/// Inside of hollow symbols.
pub const SYMBOL_PAPER: &str = "#fffaf0";
/// The seal's red.
pub const SEAL: &str = "#a6301f";
/// Names of what is only context.
pub const NEIGHBOUR_INK: &str = "#8d8270";
/// Names of counties.
pub const COUNTY_INK: &str = "#6b5d4a";
/// Border tints of the counties, in the order of the plans.
pub const COUNTY_TINTS: [&str; 5] = ["#d9a27f", "#9fb48c", "#b5a0c4", "#d8bf74", "#8fb3b8"];

/// Red, green and blue of `#rrggbb`; black for what is no colour, which the loader refuses.
#[must_use]
pub fn channels(color: &str) -> [u8; 3] {
    let digits = color.strip_prefix('#').unwrap_or(color);
    let channel =
        |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    [0, 2, 4].map(|at| channel(at).unwrap_or(0))
}

/// A colour with a share of another in it, channel by channel.
#[must_use]
pub fn mix(color: &str, towards: &str, share: f64) -> String {
    let (from, to) = (channels(color), channels(towards));
    let mut mixed = String::from("#");
    for (a, b) in from.into_iter().zip(to) {
        let value = f64::from(a) + (f64::from(b) - f64::from(a)) * share;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two bytes"
        )]
        let value = value.round() as u8;
        let _ = write!(mixed, "{value:02x}");
    }
    mixed
}
