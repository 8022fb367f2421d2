//! Patterns of `LIKE`: `%` is any text, `_` any one character, `\` takes the next one literally.

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<Part>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Any,
    One,
    Char(char),
}

impl Pattern {
    /// Reads a pattern.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut chars = text.chars();
        let mut parts = Vec::new();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '%' => Part::Any,
                '_' => Part::One,
                '\\' => Part::Char(chars.next().unwrap_or('\\')),
                c => Part::Char(c),
            });
        }
        Self(parts)
    }

    /// Whether the whole text is as the pattern says.
    ///
    /// Costs at most the product of both lengths: on a mismatch only the last `%` takes one more
    /// character, as the ones before it need not change.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut part, mut at) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while at < text.len() {
            match self.0.get(part) {
                Some(Part::Any) => {
                    retry = Some((part, at));
                    part += 1;
                }
                Some(Part::One) => {
                    part += 1;
                    at += 1;
                }
                Some(Part::Char(c)) if *c == text[at] => {
                    part += 1;
                    at += 1;
                }
                _ => {
                    let Some((any, from)) = retry else { return false };
                    retry = Some((any, from + 1));
                    part = any + 1;
                    at = from + 1;
                }
            }
        }
        self.0[part..].iter().all(|part| *part == Part::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_fit_whole_texts() {
        for (pattern, text, fits) in [
            ("盘龙%", "盘龙街道", true),
            ("盘龙", "盘龙街道", false),
            ("%街道", "盘龙街道", true),
            ("__街道", "盘龙街道", true),
            ("_街道", "盘龙街道", false),
            ("%a%b%", "xxaxxbxx", true),
            ("%a%b", "xxaxxbxx", false),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("", "", true),
            ("%", "", true),
            ("_", "", false),
            ("%ab", "aab", true),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
    }
}
