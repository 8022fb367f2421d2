//! One element of an XML document at a time, with everything in it; never a document type, never an
//! entity that the document defines itself.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::import::Refusal;

/// Elements nest at most so deep.
const DEPTH: usize = 64;

/// An element, read whole.
#[derive(Debug, Default)]
pub struct Element {
    /// Name without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text directly in it.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name, `None` when blank.
    pub fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// All elements of this name within, at any depth.
    pub fn descendants<'a>(&'a self, name: &'a str) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.children.iter().flat_map(move |child| {
            let own = Some(child).filter(|child| child.name == name);
            own.into_iter().chain(child.descendants(name))
        }))
    }
}

/// What comes next in a document.
pub enum Next<'a> {
    /// An element begins; [`Document::rest_of`] reads it, or its children come next.
    Start(BytesStart<'a>),
    /// The innermost element that is not read whole ends.
    End,
    /// The document ends.
    Eof,
}

/// A document, from front to back.
pub struct Document<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
}

impl<'a> Document<'a> {
    pub fn new(text: &'a str, format: &'static str) -> Self {
        let mut reader = Reader::from_str(text);
        // `<a/>` is `<a></a>`: one case less for everybody.
        reader.config_mut().expand_empty_elements = true;
        Self { reader, format }
    }

    /// The next beginning or end of an element.
    pub fn next(&mut self) -> Result<Next<'a>, Refusal> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Next::Start(start)),
                Event::End(_) => return Ok(Next::End),
                Event::Eof => return Ok(Next::Eof),
                _ => {}
            }
        }
    }

    /// Reads the element that has just begun, to its end.
    pub fn rest_of(&mut self, start: &BytesStart<'_>) -> Result<Element, Refusal> {
        self.element(start, 0)
    }

    fn event(&mut self) -> Result<Event<'a>, Refusal> {
        let event = self.reader.read_event();
        match event.map_err(|error| Refusal::malformed(self.format, error))? {
            Event::DocType(_) => Err(Refusal::Entities),
            event => Ok(event),
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<Element, Refusal> {
        if depth > DEPTH {
            return Err(Refusal::TooDeep { format: self.format });
        }
        let bad = |error: String| Refusal::malformed(self.format, error);
        let mut element = Element { name: local(start), ..Element::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| bad(error.to_string()))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| Refusal::Entities)?.into_owned();
            element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        loop {
            match self.event()? {
                Event::Start(start) => element.children.push(self.element(&start, depth + 1)?),
                Event::End(_) => return Ok(element),
                Event::Text(text) => element.text.push_str(&text.xml10_content()),
                Event::CData(text) => element.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character = if reference.is_char_ref() {
                        reference.resolve_char_ref().ok().flatten()
                    } else {
                        predefined(&reference.into_inner())
                    };
                    element.text.push(character.ok_or(Refusal::Entities)?);
                }
                Event::Eof => {
                    let reason = format!("<{}> 没有结束 (does not end)", element.name);
                    return Err(Refusal::malformed(self.format, reason));
                }
                _ => {}
            }
        }
    }
}

/// The name of an element without its prefix.
pub fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
