//! What stands around the features of a `FeatureCollection`.

use std::io;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::load::fault::Fault;
use crate::load::large::stretch::{Framing, SEPARATOR, STEP};
use crate::load::places::foreign_crs;
use crate::store::ReadFile;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How the features of a file are to be read.
pub struct Header {
    /// How they follow each other.
    pub framing: Framing,
    /// Where the first one begins, or would begin.
    pub first: u64,
    /// What the members before the features say.
    pub said: Said,
}

/// What a `FeatureCollection` says of itself, before and behind its features.
#[derive(Default)]
pub struct Said {
    kind: Option<Value>,
    foreign: Option<String>,
}

impl Said {
    fn take(&mut self, name: &str, value: Value) {
        match name {
            "type" => self.kind = Some(value),
            "crs" => self.foreign = foreign_crs(&value),
            _ => {}
        }
    }

    /// What is wrong with it, once all of it is known.
    pub fn faults(self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.kind.as_ref().and_then(Value::as_str) != Some("FeatureCollection") {
            let kind = self.kind.unwrap_or(Value::Null);
            let reason = format!("type is {kind}, not \"FeatureCollection\"");
            faults.push(Fault::InvalidGeoJson { reason });
        }
        faults.extend(self.foreign.map(|name| Fault::ForeignCrs { name }));
        faults
    }
}

impl Header {
    /// Reads the beginning of a file; `sequence` where it has one feature after the other and nothing
    /// around them.
    pub fn read(file: &ReadFile, sequence: bool) -> io::Result<Result<Self, Fault>> {
        let mut bytes = Vec::new();
        file.read(0, STEP, &mut bytes)?;
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        if bytes.starts_with(BYTE_ORDER_MARK) {
            cursor.at = BYTE_ORDER_MARK.len();
        }
        cursor.blank();
        if sequence {
            let records = cursor.peek() == Some(SEPARATOR);
            let framing = if records { Framing::Records } else { Framing::Lines };
            let (first, said) = (cursor.at as u64, Said::default());
            return Ok(Ok(Self { framing, first, said }));
        }
        Ok(cursor.collection())
    }
}

/// Reads the members behind the features, from the end of their array on, to the end of the file.
pub fn behind(file: &ReadFile, end: u64, said: &mut Said) -> io::Result<Result<(), Fault>> {
    let mut bytes = Vec::new();
    let count = usize::try_from(file.identity().size.saturating_sub(end)).unwrap_or(usize::MAX);
    file.read(end, count, &mut bytes)?;
    let mut cursor = Cursor { bytes: &bytes, at: 0 };
    Ok(cursor.expect(b']').and_then(|()| cursor.members(said)).and_then(|()| cursor.end()))
}

/// A position in a text.
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        self.blank();
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        let found = match self.peek() {
            Some(byte) if byte.is_ascii() => format!("{:?}", char::from(byte)),
            Some(_) => return Err(Fault::NotUtf8),
            None => "the end of the file".to_owned(),
        };
        let reason = format!("{found} where {:?} is expected", char::from(byte));
        Err(Fault::InvalidJson { reason })
    }

    fn value<T: DeserializeOwned>(&mut self) -> Result<T, Fault> {
        let mut stream = serde_json::Deserializer::from_slice(&self.bytes[self.at..]).into_iter();
        let value = match stream.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => return Err(Fault::InvalidJson { reason: error.to_string() }),
            None => return Err(Fault::InvalidJson { reason: "the file breaks off".to_owned() }),
        };
        self.at += stream.byte_offset();
        Ok(value)
    }

    /// Up to the first feature.
    fn collection(&mut self) -> Result<Header, Fault> {
        self.expect(b'{')?;
        let mut said = Said::default();
        loop {
            let name: String = self.value()?;
            self.expect(b':')?;
            if name == "features" {
                self.expect(b'[')?;
                self.blank();
                let first = self.at as u64;
                return Ok(Header { framing: Framing::Collection(self.opening()), first, said });
            }
            said.take(&name, self.value()?);
            self.blank();
            if self.peek() == Some(b'}') {
                let reason = "there are no features in its first four megabytes".to_owned();
                return Err(Fault::InvalidGeoJson { reason });
            }
            self.expect(b',')?;
            self.blank();
        }
    }

    /// The bytes that every feature begins with, if they are all written alike: its first name and, where
    /// that is `"Feature"`, its first value.
    fn opening(&mut self) -> Vec<u8> {
        let start = self.at;
        let mut name = || -> Result<usize, Fault> {
            self.expect(b'{')?;
            self.blank();
            self.value::<String>()?;
            self.expect(b':')?;
            let end = self.at;
            self.blank();
            let feature = self.bytes[self.at..].starts_with(b"\"Feature\"");
            Ok(if feature { self.at + b"\"Feature\"".len() } else { end })
        };
        let end = name().unwrap_or(start + 1).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(b"{").to_vec()
    }

    /// Members behind one that was read, and the end of their object.
    fn members(&mut self, said: &mut Said) -> Result<(), Fault> {
        loop {
            self.blank();
            if self.peek() != Some(b',') {
                return self.expect(b'}');
            }
            self.at += 1;
            self.blank();
            let name: String = self.value()?;
            self.expect(b':')?;
            said.take(&name, self.value()?);
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.blank();
        if self.at == self.bytes.len() {
            return Ok(());
        }
        let reason = "something follows behind the collection".to_owned();
        Err(Fault::InvalidJson { reason })
    }
}
