//! Numbers, areas, distances and the figures of a plan as text, as the page writes them
//! (`web/src/state/format.ts`).
//!
//! A figure of a plan stands as the document writes it; this adds at most the unit and the sign of comparison
//! that the writing leaves out. Nothing is rounded there; only large Chinese counts of money and land are
//! written out for an English reader, with the original beside them.

use crate::model::Comparator;
use crate::report::voice::Voice;

/// So many digits behind the point at most, in groups of three before it.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::from(if whole.starts_with('-') { "-" } else { "" });
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

/// Three significant digits, but never fewer than the whole ones.
fn plain(value: f64) -> String {
    let decimals = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 2,
    };
    number(value, decimals)
}

/// Two significant digits.
fn coarse(value: f64) -> String {
    let power = 10_f64.powf(value.abs().max(1e-9).log10().floor() - 1.0);
    number((value / power).round() * power, usize::from(value < 10.0))
}

/// An area: km² first, then the unit the reader counts in; roughly where its outline is itself only schematic.
pub fn area(voice: Voice<'_>, square_metres: f64, rough: bool) -> String {
    if rough {
        let about = voice.pick("约 ", "about ");
        let of = voice.pick("（按示意范围计算）", " (of the schematic outline)");
        return format!("{about}{} km²{of}", coarse(square_metres / 1e6));
    }
    let hectares = square_metres / 10_000.0;
    let large = if square_metres >= 1e6 {
        format!("{} km²", plain(square_metres / 1e6))
    } else {
        format!("{} {}", plain(hectares), voice.pick("公顷", "ha"))
    };
    if voice.english() {
        return if square_metres >= 1e6 {
            format!("{large} ({} ha)", number(hectares, 0))
        } else {
            large
        };
    }
    let mu = square_metres * 0.0015;
    if mu >= 10_000.0 {
        format!("{large}（{} 万亩）", plain(mu / 10_000.0))
    } else {
        format!("{large}（{} 亩）", plain(mu))
    }
}

/// A distance; between points that may be kilometres off, in whole kilometres.
pub fn distance(voice: Voice<'_>, metres: f64, rough: bool) -> String {
    if rough {
        let kilometres = (metres / 1000.0).round().max(1.0);
        return format!("{}{} km", voice.pick("约 ", "about "), number(kilometres, 0));
    }
    if metres >= 1000.0 {
        format!("{} km", plain(metres / 1000.0))
    } else {
        format!("{} m", number(metres, 0))
    }
}

/// A figure of a plan.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// As the document writes it.
    pub text: &'a str,
    /// How it bounds the quantity.
    pub comparator: Option<Comparator>,
    /// Its unit.
    pub unit: &'a str,
}

fn sign(comparator: Option<Comparator>) -> &'static str {
    match comparator {
        None | Some(Comparator::Equal) => "",
        Some(Comparator::AtLeast) => "≥",
        Some(Comparator::MoreThan) => ">",
        Some(Comparator::AtMost) => "≤",
        Some(Comparator::LessThan) => "<",
        Some(Comparator::About) => "≈",
    }
}

impl Written<'_> {
    /// `≥10 %`, `200 亿元`, `95%以上`; `None` where the document gives no figure.
    pub fn original(&self) -> Option<String> {
        const SAYS_COMPARISON: [&str; 19] = [
            "≥",
            "≤",
            "<",
            ">",
            "＜",
            "＞",
            "≈",
            "~",
            "以上",
            "以下",
            "以内",
            "不低于",
            "不少于",
            "不超过",
            "左右",
            "约",
            "超过",
            "至少",
            "最多",
        ];
        let text = self.text.trim();
        if text.is_empty() {
            return None;
        }
        let said = SAYS_COMPARISON.iter().any(|word| text.contains(word));
        let sign = if said { "" } else { sign(self.comparator) };
        let letter = |c: char| {
            c.is_ascii_alphabetic() || matches!(c, '%' | '‰' | '℃' | '\u{4e00}'..='\u{9fa5}')
        };
        let has_unit = text.contains(self.unit) || text.ends_with(letter);
        if self.unit.is_empty() || has_unit {
            return Some(format!("{sign}{text}"));
        }
        // A unit that itself begins with a number ("10,000 mu") is a factor.
        let joint = if self.unit.starts_with(|c: char| c.is_ascii_digit()) { " × " } else { " " };
        Some(format!("{sign}{text}{joint}{}", self.unit))
    }

    /// `200` of 亿元, or `6万亩`, as `20 billion yuan` and `60,000 mu`; `None` for whatever else is written.
    pub fn english(&self) -> Option<String> {
        // Chinese units that English has no word for: what one of them counts, and of what.
        const COUNTS: [(&str, f64, &str); 4] =
            [("亿元", 1e8, "yuan"), ("万元", 1e4, "yuan"), ("万亩", 1e4, "mu"), ("亩", 1.0, "mu")];
        let text = self.text.trim();
        let digits =
            text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let (figure, own) = text.split_at(digits);
        let own = own.trim();
        let unit = if own.is_empty() { self.unit } else { own };
        let &(_, factor, name) = COUNTS.iter().find(|(word, ..)| *word == unit)?;
        let value = figure.parse::<f64>().ok()? * factor;
        let sign = sign(self.comparator);
        Some(match value {
            v if name == "yuan" && v >= 1e9 => format!("{sign}{} billion yuan", number(v / 1e9, 6)),
            v if name == "yuan" && v >= 1e6 => format!("{sign}{} million yuan", number(v / 1e6, 6)),
            v => format!("{sign}{} {name}", number(v, 6)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_as_the_document_writes_them() {
        let written = |text, comparator, unit| Written { text, comparator, unit }.original();
        assert_eq!(written("200", None, "亿元").as_deref(), Some("200 亿元"));
        assert_eq!(written("10", Some(Comparator::AtLeast), "%").as_deref(), Some("≥10 %"));
        assert_eq!(written("≥10", Some(Comparator::AtLeast), "%").as_deref(), Some("≥10 %"));
        assert_eq!(written("95%以上", Some(Comparator::AtLeast), "%").as_deref(), Some("95%以上"));
        assert_eq!(written(" ", None, "%"), None);
    }

    #[test]
    fn chinese_counts_are_written_out_in_english() {
        let english = |text, unit| Written { text, comparator: None, unit }.english();
        assert_eq!(english("200", "亿元").as_deref(), Some("20 billion yuan"));
        assert_eq!(english("6万亩", "").as_deref(), Some("60,000 mu"));
        assert_eq!(english("2.5", "万元").as_deref(), Some("25,000 yuan"));
        assert_eq!(english("5A", ""), None);
        assert_eq!(english("百", "亩"), None);
    }

    #[test]
    fn numbers_keep_three_digits() {
        assert_eq!(plain(3636.4), "3,636");
        assert_eq!(plain(82.44), "82.4");
        assert_eq!(plain(6.374), "6.37");
        assert_eq!(coarse(123.0), "120");
        assert_eq!(coarse(7.26), "7.3");
    }
}
