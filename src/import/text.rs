//! Bytes become text in the encoding that is asked for, named, or found to fit without an error.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use crate::import::Refusal;

/// The encoding of this name: `UTF-8`, `GBK`, `GB18030`, `936`, `CP936`, `ANSI 936`, `65001` …
#[must_use]
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().trim_start_matches('\u{feff}').trim();
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let page = name.to_uppercase().replace(|c: char| !c.is_ascii_alphabetic(), "");
    if matches!(page.as_str(), "" | "CP" | "ANSI" | "OEM" | "WINDOWS" | "MS") {
        match digits.as_str() {
            "936" => return Some(GBK),
            "65001" => return Some(UTF_8),
            "54936" => return Some(GB18030),
            _ => {}
        }
    }
    if page == "UTF" && digits == "8" {
        return Some(UTF_8);
    }
    Encoding::for_label(name.as_bytes())
}

/// Decodes a whole file: as asked for, or UTF-8, UTF-16 with a mark, or GB18030, whichever fits
/// without a single error.
pub fn decode(bytes: &[u8], asked: Option<&'static Encoding>) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    match asked {
        Some(encoding) => strictly(encoding, bytes),
        None => strictly(UTF_8, bytes).or_else(|_| strictly(GB18030, bytes)),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Refusal> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or(Refusal::UnknownEncoding)
}
