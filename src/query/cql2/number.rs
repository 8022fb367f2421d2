//! Numbers that are compared exactly: a whole number of eighteen digits is no `f64`.

use std::cmp::Ordering;

/// A whole number or another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Whole.
    Integer(i64),
    /// Any.
    Real(f64),
}

impl Number {
    /// The number that is written there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(whole) = text.parse() {
            return Some(Self::Integer(whole));
        }
        let plain = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
        let number: f64 = text.parse().ok().filter(|n: &f64| plain && n.is_finite())?;
        Some(Self::Real(number))
    }

    /// As a floating-point number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "arithmetic is done in f64, as everywhere")]
    pub fn real(self) -> f64 {
        match self {
            Self::Integer(whole) => whole as f64,
            Self::Real(number) => number,
        }
    }

    /// Which is greater; `None` where one is not a number.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(&b)),
            (a, b) => a.real().partial_cmp(&b.real()),
        }
    }

    /// The number that `-` in front makes of it.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Integer(whole) => {
                whole.checked_neg().map_or(Self::Real(-self.real()), Self::Integer)
            }
            Self::Real(number) => Self::Real(-number),
        }
    }
}
