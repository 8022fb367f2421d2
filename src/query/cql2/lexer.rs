//! CQL2 text cut into words.

use crate::query::cql2::node::FilterError;

/// A word of a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A bare name or keyword.
    Word(String),
    /// A name in double quotes, which is never a keyword.
    Quoted(String),
    /// Text in single quotes.
    Text(String),
    /// A number without sign.
    Number(String),
    /// An operator, bracket or comma.
    Sign(&'static str),
}

impl Token {
    /// As a person reads it.
    pub fn shown(&self) -> String {
        match self {
            Self::Word(word) | Self::Number(word) => format!("{word:?}"),
            Self::Quoted(name) => format!("the name {name:?}"),
            Self::Text(text) => format!("the text {text:?}"),
            Self::Sign(sign) => format!("{sign:?}"),
        }
    }
}

/// Longer ones first, so that `<=` is not read as `<`.
const SIGNS: [&str; 15] =
    ["<>", "<=", ">=", "!=", "(", ")", ",", "=", "<", ">", "+", "-", "*", "/", "%"];

/// The words of a filter, each with the number of its first character, from 1.
pub fn tokens(filter: &str) -> Result<Vec<(usize, Token)>, FilterError> {
    let chars: Vec<char> = filter.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let token = if c == '\'' || c == '"' {
            let (text, end) = quoted(&chars, at)?;
            at = end;
            if c == '"' { Token::Quoted(text) } else { Token::Text(text) }
        } else if c.is_ascii_digit()
            || c == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)
        {
            at = number_end(&chars, at);
            Token::Number(chars[start..at].iter().collect())
        } else if begins_name(c) {
            while chars.get(at).is_some_and(|&c| continues_name(c)) {
                at += 1;
            }
            Token::Word(chars[start..at].iter().collect())
        } else if c == '^' {
            at += 1;
            Token::Sign("^")
        } else {
            let fits = |sign: &&&str| sign.chars().eq(chars[at..].iter().copied().take(sign.len()));
            let sign = SIGNS.iter().find(fits).ok_or_else(|| FilterError::Syntax {
                found: format!("{c:?}"),
                at: start + 1,
                expected:
                    "names with such characters stand in \"double quotes\", text in 'single quotes'"
                        .to_owned(),
            })?;
            at += sign.len();
            Token::Sign(sign)
        };
        tokens.push((start + 1, token));
    }
    Ok(tokens)
}

/// What stands in quotes from `start`, and where it ends. A quote within is doubled; in text it may
/// also stand after a backslash.
fn quoted(chars: &[char], start: usize) -> Result<(String, usize), FilterError> {
    let quote = chars[start];
    let mut text = String::new();
    let mut at = start + 1;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1) == Some(&quote);
        match c {
            _ if c == quote && next => {
                text.push(quote);
                at += 2;
            }
            '\\' if next && quote == '\'' => {
                text.push(quote);
                at += 2;
            }
            _ if c == quote => return Ok((text, at + 1)),
            _ => {
                text.push(c);
                at += 1;
            }
        }
    }
    let expected = format!("it ends with another {quote}");
    Err(FilterError::Syntax { found: "an open quotation".to_owned(), at: start + 1, expected })
}

fn number_end(chars: &[char], start: usize) -> usize {
    let digits = |mut at: usize| {
        while chars.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut at = digits(start);
    if chars.get(at) == Some(&'.') {
        at = digits(at + 1);
    }
    if chars.get(at).is_some_and(|c| "eE".contains(*c)) {
        let signed = usize::from(chars.get(at + 1).is_some_and(|c| "+-".contains(*c)));
        if chars.get(at + 1 + signed).is_some_and(char::is_ascii_digit) {
            at = digits(at + 1 + signed);
        }
    }
    at
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

fn continues_name(c: char) -> bool {
    begins_name(c) || c.is_numeric() || c == '.'
}
