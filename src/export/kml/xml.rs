//! What XML 1.0 can hold: its characters, its ids, its numbers.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesEnd, BytesStart, BytesText, Event};

/// Whether XML has the character (XML 1.0, 2.2).
pub fn has(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A text without the characters that XML does not have.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(has) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| has(c)).collect())
    }
}

/// The name of a field as an attribute holds it: a parser turns line ends there into spaces.
pub fn name(key: &str) -> Cow<'_, str> {
    if key.contains(['\t', '\n', '\r']) || !key.chars().all(has) {
        let kept = key.chars().filter(|&c| has(c));
        Cow::Owned(kept.map(|c| if c.is_control() { ' ' } else { c }).collect())
    } else {
        Cow::Borrowed(key)
    }
}

/// Appends a text to HTML.
pub fn html(out: &mut String, text: &str) {
    for c in text.chars().filter(|&c| has(c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br/>"),
            '\r' => {}
            c => out.push(c),
        }
    }
}

/// An id of the document for a feature of a layer. XML wants a name without colon (`NCName`), and no
/// two alike; so the layer comes first, then a full stop, and what a name cannot hold is escaped as
/// SQL/XML does (ISO 9075-14: `_x003A_`).
pub fn id(layer: &str, feature: &str) -> String {
    let mut id = String::new();
    let mut part = |text: &str, more: &str| {
        for (at, c) in text.char_indices() {
            let plain = letter(c) || at > 0 && c.is_ascii_digit();
            let escapes = c == '_' && text[at..].starts_with("_x");
            if plain || more.contains(c) && !escapes {
                id.push(c);
            } else {
                let _ = write!(id, "_x{:04X}_", u32::from(c));
            }
        }
    };
    part(layer, "_");
    part(".", ".");
    part(feature, "_-.0123456789");
    id
}

/// Letters that every edition of XML allows in a name: Latin ones and the common Chinese characters.
fn letter(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{4E00}'..='\u{9FA5}').contains(&c)
}

/// Begins an element.
pub fn open<W: Write>(out: &mut Writer<W>, element: &str) -> io::Result<()> {
    out.write_event(Event::Start(BytesStart::new(element)))
}

/// Ends it.
pub fn close<W: Write>(out: &mut Writer<W>, element: &str) -> io::Result<()> {
    out.write_event(Event::End(BytesEnd::new(element)))
}

/// Writes an element with text.
pub fn text<W: Write>(out: &mut Writer<W>, element: &str, content: &str) -> io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(&clean(content)))?;
    Ok(())
}

/// Writes an element with HTML, in which every `>` of a text is escaped and so no `]]>` can occur.
pub fn hypertext<W: Write>(out: &mut Writer<W>, element: &str, html: &str) -> io::Result<()> {
    out.create_element(element).write_cdata_content(BytesCData::new(html))?;
    Ok(())
}
