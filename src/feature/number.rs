//! Coordinates as decimal text, quickly: a million polygons have sixty million of them.

use std::io::{self, Write};

const POWERS: [u64; 10] =
    [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// Writes a number rounded to `decimals` (at most 9) places, without trailing zeros.
///
/// Exact for what coordinates are: below 10⁹ in size, where the scaled number is an integer that an
/// `f64` holds.
///
/// # Errors
/// When the bytes cannot be written.
pub fn fixed(out: &mut impl Write, number: f64, decimals: usize) -> io::Result<()> {
    if !number.is_finite() {
        return out.write_all(b"null");
    }
    let power = POWERS[decimals];
    #[expect(clippy::cast_precision_loss, reason = "a power of ten up to 10⁹ is exact")]
    let scaled = (number.abs() * power as f64).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and below 2⁵³ for any coordinate; larger ones saturate"
    )]
    let scaled = scaled as u64;
    let mut digits = [0_u8; 32];
    let mut at = digits.len();
    let (mut whole, mut part) = (scaled / power, scaled % power);
    if part > 0 {
        let mut width = decimals;
        while part % 10 == 0 {
            part /= 10;
            width -= 1;
        }
        for _ in 0..width {
            at -= 1;
            digits[at] = b'0' + u8::try_from(part % 10).unwrap_or(0);
            part /= 10;
        }
        at -= 1;
        digits[at] = b'.';
    }
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(whole % 10).unwrap_or(0);
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    if number < 0.0 && scaled > 0 {
        at -= 1;
        digits[at] = b'-';
    }
    out.write_all(&digits[at..])
}
