//! Text in the encoding of an export, and the characters that the encoding does not have.
//!
//! GBK means the 21,918 characters that Windows' code page 936, ICU, iconv and Python agree on. What
//! the WHATWG's table adds (€ as 0x80, extension A, private characters for what Unicode has since
//! named) reads differently from one program to the next and counts as missing.

use encoding_rs::{EncoderResult, GBK};

use crate::export::Encoding;

/// 〓 in GBK, which stands for a character that GBK does not have: the printers' mark for a missing
/// sort, which every Chinese font has and no name contains.
const MISSING: [u8; 2] = [0xa1, 0xfe];

impl Encoding {
    /// Bytes of one character.
    #[must_use]
    pub fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Gbk if character.is_ascii() => 1,
            Self::Gbk => 2,
        }
    }

    /// Bytes of a text.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Gbk => text.chars().map(|character| self.width(character)).sum(),
        }
    }

    /// As much of the beginning of a text as `limit` bytes hold, in whole characters.
    #[must_use]
    pub fn cut(self, text: &str, limit: usize) -> &str {
        let mut used = 0;
        let end = text.char_indices().find(|(_, character)| {
            used += self.width(*character);
            used > limit
        });
        end.map_or(text, |(end, _)| &text[..end])
    }

    /// The bytes of a text; 〓 for characters that the encoding does not have. GBK is written
    /// into `buffer`.
    pub fn encode<'t>(self, text: &'t str, buffer: &'t mut Vec<u8>) -> &'t [u8] {
        if self == Self::Utf8 || text.is_ascii() {
            return text.as_bytes();
        }
        buffer.clear();
        each_part(text, buffer, |_| ());
        buffer
    }

    /// The characters of a text that the encoding does not have.
    pub fn missing(self, text: &str, buffer: &mut Vec<u8>, note: impl FnMut(char)) {
        if self == Self::Gbk && !text.is_ascii() {
            buffer.clear();
            each_part(text, buffer, note);
        }
    }
}

/// GBK into `buffer`; characters that it does not have as drawings write them, `\U+20AC`, by units of
/// UTF-16.
pub fn gbk_with_escapes(text: &str, buffer: &mut Vec<u8>) {
    encode_gbk(text, buffer, |character, buffer| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            buffer.extend(format!("\\U+{unit:04X}").bytes());
        }
    });
}

/// Encodes into `buffer`, and tells each character that is missing.
fn each_part(text: &str, buffer: &mut Vec<u8>, mut note: impl FnMut(char)) {
    encode_gbk(text, buffer, |character, buffer| {
        note(character);
        buffer.extend(MISSING);
    });
}

/// Encodes into `buffer`; `missing` writes what stands for a character that GBK does not have.
fn encode_gbk(text: &str, buffer: &mut Vec<u8>, mut missing: impl FnMut(char, &mut Vec<u8>)) {
    buffer.reserve(text.len());
    for part in text.split_inclusive(is_disputed) {
        let disputed = part.chars().next_back().filter(|last| is_disputed(*last));
        let mut plain = &part[..part.len() - disputed.map_or(0, char::len_utf8)];
        let mut encoder = GBK.new_encoder();
        loop {
            let (result, read) =
                encoder.encode_from_utf8_to_vec_without_replacement(plain, buffer, true);
            plain = &plain[read..];
            match result {
                EncoderResult::InputEmpty => break,
                EncoderResult::OutputFull => buffer.reserve(plain.len() + 16),
                EncoderResult::Unmappable(character) => missing(character, buffer),
            }
        }
        if let Some(character) = disputed {
            missing(character, buffer);
        }
    }
}

/// What the WHATWG's GBK has beyond code page 936.
fn is_disputed(character: char) -> bool {
    matches!(
        character,
        'ǹ' | 'ḿ' | '€' | '〾'
            | '\u{2e80}'..='\u{2fff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{9fa6}'..='\u{9fff}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fe10}'..='\u{fe19}'
    )
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Gbk, Utf8};

    #[test]
    fn a_character_that_gbk_lacks_becomes_a_mark_and_is_told() {
        let mut buffer = Vec::new();
        let text = "a云阳𠮷€㐀镇";
        let mut missing = String::new();
        Gbk.missing(text, &mut buffer, |character| missing.push(character));
        assert_eq!(missing, "𠮷€㐀");
        let bytes = Gbk.encode(text, &mut buffer);
        assert_eq!(bytes, b"a\xd4\xc6\xd1\xf4\xa1\xfe\xa1\xfe\xa1\xfe\xd5\xf2");
        assert_eq!(bytes.len(), Gbk.length(text));
        Utf8.missing(text, &mut buffer, |character| panic!("{character}"));
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!((Utf8.cut("云阳", 5), Gbk.cut("云阳县", 5)), ("云", "云阳"));
        assert_eq!((Utf8.cut("云阳", 6), Gbk.cut("a云阳", 2)), ("云阳", "a"));
    }
}
