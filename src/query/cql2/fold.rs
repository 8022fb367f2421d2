//! Letters whose case does not matter.

/// Text as `CASEI` compares it. Lower, upper and lower again, letter by letter, is Unicode's full case
/// folding (ß is ss, ς is σ) for all but the dotless i, which has no other case.
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    let folded = lower.flat_map(|c| {
        let dotless = (c == 'ı').then_some(c);
        let other = (c != 'ı').then(|| c.to_uppercase().flat_map(char::to_lowercase));
        dotless.into_iter().chain(other.into_iter().flatten())
    });
    folded.collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_folds_as_unicode_says() {
        for (text, folded) in [
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ẞ", "ss"),
            ("ΟΔΟΣ", "οδοσ"),
            ("οδος", "οδοσ"),
            ("ı", "ı"),
            ("云阳 Yunyang", "云阳 yunyang"),
            ("ＡＢ", "ａｂ"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
