//! Thrift's compact protocol, as far as Parquet's metadata needs it: structs, lists, whole numbers and
//! text. Fields must come in the order of their numbers, at most fifteen apart, as Parquet's do.

use crate::tile::wire;

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A struct that is being written.
pub struct Struct<'o> {
    out: &'o mut Vec<u8>,
    last: u8,
}

impl<'o> Struct<'o> {
    /// Begins one.
    pub fn begin(out: &'o mut Vec<u8>) -> Self {
        Self { out, last: 0 }
    }

    /// Ends it.
    pub fn end(self) {
        self.out.push(0);
    }

    fn head(&mut self, field: u8, kind: u8) -> &mut Vec<u8> {
        self.out.push((field - self.last) << 4 | kind);
        self.last = field;
        self.out
    }

    /// A number of 32 bits, or a member of an enumeration.
    pub fn i32(&mut self, field: u8, number: i32) -> &mut Self {
        wire::signed(self.head(field, I32), number.into());
        self
    }

    /// A number of 64 bits.
    pub fn i64(&mut self, field: u8, number: u64) -> &mut Self {
        wire::signed(self.head(field, I64), i64::try_from(number).unwrap_or(i64::MAX));
        self
    }

    /// Text or bytes.
    pub fn bytes(&mut self, field: u8, bytes: &[u8]) -> &mut Self {
        binary(self.head(field, BINARY), bytes);
        self
    }

    /// Another struct.
    pub fn inner(&mut self, field: u8, fill: impl FnOnce(&mut Struct<'_>)) -> &mut Self {
        structure(self.head(field, STRUCT), fill);
        self
    }

    /// Several structs.
    pub fn structs<T>(
        &mut self,
        field: u8,
        items: &[T],
        mut fill: impl FnMut(&mut Struct<'_>, &T),
    ) -> &mut Self {
        let out = self.list(field, STRUCT, items.len());
        for item in items {
            structure(out, |inner| fill(inner, item));
        }
        self
    }

    /// Several members of an enumeration.
    pub fn numbers(&mut self, field: u8, numbers: &[i32]) -> &mut Self {
        let out = self.list(field, I32, numbers.len());
        for &number in numbers {
            wire::signed(out, number.into());
        }
        self
    }

    /// Several texts.
    pub fn texts(&mut self, field: u8, texts: &[String]) -> &mut Self {
        let out = self.list(field, BINARY, texts.len());
        for text in texts {
            binary(out, text.as_bytes());
        }
        self
    }

    fn list(&mut self, field: u8, kind: u8, len: usize) -> &mut Vec<u8> {
        let out = self.head(field, LIST);
        if let Ok(short @ 0..15) = u8::try_from(len) {
            out.push(short << 4 | kind);
        } else {
            out.push(0xF0 | kind);
            wire::unsigned(out, len as u64);
        }
        out
    }
}

fn structure(out: &mut Vec<u8>, fill: impl FnOnce(&mut Struct<'_>)) {
    let mut inner = Struct::begin(out);
    fill(&mut inner);
    inner.end();
}

fn binary(out: &mut Vec<u8>, bytes: &[u8]) {
    wire::unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
