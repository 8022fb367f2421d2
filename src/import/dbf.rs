//! dBASE tables, as they lie beside a shapefile.
//!
//! Read by hand and not by a crate because of their texts: the encoding is told by looking at all of
//! them, and a field may break off in the middle of a Chinese character.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use serde_json::{Number, Value};

use crate::format::bytes::Bytes;
use crate::import::Refusal;
use crate::import::remark::{Matter, Remark};
use crate::import::text::encoding_named;

const FORMAT: &str = "DBF";

struct Field {
    name: Vec<u8>,
    kind: u8,
    width: usize,
}

/// A table whose texts are still bytes.
pub struct Dbf<'a> {
    fields: Vec<Field>,
    records: Vec<&'a [u8]>,
    language: u8,
}

/// The rows of a table; `None` where one is marked as deleted.
pub struct Decoded {
    pub names: Vec<String>,
    pub rows: Vec<Option<Vec<Value>>>,
    pub remarks: Vec<Remark>,
}

impl<'a> Dbf<'a> {
    /// Reads the header and cuts the records.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::cut(bytes).ok_or_else(|| Refusal::malformed(FORMAT, "文件头不完整 (broken header)"))
    }

    fn cut(bytes: &'a [u8]) -> Option<Self> {
        let mut header = Bytes::new(bytes, true);
        header.take(4)?;
        let count = usize::try_from(header.u32()?).ok()?;
        let sizes = header.take(4)?;
        let header_size = usize::from(u16::from_le_bytes([sizes[0], sizes[1]]));
        let record_size = usize::from(u16::from_le_bytes([sizes[2], sizes[3]]));
        let language = header.take(20)?[17];
        let mut fields = Vec::new();
        let mut described = bytes.get(32..header_size)?;
        while let Some((field, rest)) = described.split_at_checked(32) {
            if field[0] == 0x0D {
                break;
            }
            let end = field[..11].iter().position(|b| *b == 0).unwrap_or(11);
            let name = field[..end].to_vec();
            fields.push(Field { name, kind: field[11], width: usize::from(field[16]) });
            described = rest;
        }
        let width: usize = fields.iter().map(|field| field.width).sum();
        if record_size < width + 1 {
            return None;
        }
        let records: Vec<_> =
            bytes.get(header_size..)?.chunks_exact(record_size).take(count).collect();
        Some(Self { fields, records, language })
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    fn cells<'r>(
        record: &'r [u8],
        fields: &'r [Field],
    ) -> impl Iterator<Item = (&'r Field, &'r [u8])> {
        let mut rest = &record[1..];
        fields.iter().map(move |field| {
            let (cell, after) = rest.split_at(field.width);
            rest = after;
            (field, cell)
        })
    }

    /// Whether every text is in this encoding, but for a character cut off at the end of a field.
    fn is_in(&self, encoding: &'static Encoding) -> bool {
        let fits = |bytes: &[u8]| whole(encoding, bytes).is_some();
        self.fields.iter().all(|field| fits(&field.name))
            && self.records.iter().all(|record| {
                let mut cells = Self::cells(record, &self.fields);
                cells.all(|(field, cell)| field.kind != b'C' || fits(trimmed(cell)))
            })
    }

    /// The encoding: as asked for; as the `.cpg` file or the header says, if true; or the one of
    /// UTF-8 and GB18030 that fits everywhere.
    fn encoding(
        &self,
        asked: Option<&'static Encoding>,
        page: Option<&str>,
        remarks: &mut Vec<Remark>,
    ) -> Result<&'static Encoding, Refusal> {
        if let Some(asked) = asked {
            return if self.is_in(asked) { Ok(asked) } else { Err(Refusal::UnknownEncoding) };
        }
        let named = page.and_then(encoding_named);
        let marked = matches!(self.language, 0x4D | 0x7A).then_some(GBK);
        let said = named.or(marked);
        if let Some(said) = said.filter(|said| self.is_in(said)) {
            // Latin fits every byte: software writes it without looking.
            if said == UTF_8 || !said.is_single_byte() {
                return Ok(said);
            }
        }
        let found = [UTF_8, GB18030].into_iter().find(|encoding| self.is_in(encoding));
        let found = found.ok_or(Refusal::UnknownEncoding)?;
        let plain = self.is_in(encoding_rs::WINDOWS_1252) && self.is_ascii();
        if let Some(said) = said.filter(|_| !plain) {
            let (said, used) = (said.name().to_owned(), found.name().to_owned());
            remarks.push(Remark::file(Matter::EncodingCorrected { said, used }));
        }
        Ok(found)
    }

    fn is_ascii(&self) -> bool {
        self.fields.iter().all(|field| field.name.is_ascii())
            && self.records.iter().all(|record| record.is_ascii())
    }

    /// Decodes the table.
    pub fn rows(
        &self,
        asked: Option<&'static Encoding>,
        page: Option<&str>,
    ) -> Result<Decoded, Refusal> {
        let mut remarks = Vec::new();
        let encoding = self.encoding(asked, page, &mut remarks)?;
        let mut names: Vec<String> = Vec::new();
        for field in &self.fields {
            let (name, _) = whole(encoding, &field.name).unwrap_or_default();
            let mut unique = name.trim().to_owned();
            while names.contains(&unique) || unique.is_empty() {
                unique.push('_');
            }
            names.push(unique);
        }
        let mut cut = vec![false; names.len()];
        let mut rows = Vec::with_capacity(self.records.len());
        for record in &self.records {
            if record[0] == b'*' {
                rows.push(None);
                continue;
            }
            let cells = Self::cells(record, &self.fields).zip(&mut cut);
            rows.push(Some(
                cells.map(|((field, cell), cut)| value(field, cell, encoding, cut)).collect(),
            ));
        }
        for (name, _) in names.iter().zip(&cut).filter(|(_, cut)| **cut) {
            remarks.push(Remark::file(Matter::TextCutOff { field: name.clone() }));
        }
        for (name, _) in names.iter().zip(&self.fields).filter(|(_, f)| b"MGPBQ".contains(&f.kind))
        {
            remarks.push(Remark::file(Matter::ValuesDropped { field: name.clone() }));
        }
        let deleted = rows.iter().filter(|row| row.is_none()).count();
        if deleted > 0 {
            remarks.push(Remark::file(Matter::DeletedRows { count: deleted }));
        }
        Ok(Decoded { names, rows, remarks })
    }
}

fn trimmed(cell: &[u8]) -> &[u8] {
    let end = cell.iter().rposition(|b| !matches!(b, b' ' | 0)).map_or(0, |last| last + 1);
    &cell[..end]
}

/// A text and whether a character was cut off at its end; `None` when it is in another encoding.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, bool)> {
    let strictly = |bytes| encoding.decode_without_bom_handling_and_without_replacement(bytes);
    if let Some(text) = strictly(bytes) {
        return Some((text.into_owned(), false));
    }
    // A character has at most four bytes, so that at most three of it are left over.
    (1..=3.min(bytes.len())).find_map(|broken| {
        let (kept, rest) = bytes.split_at(bytes.len() - broken);
        let begun = if encoding == UTF_8 {
            std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none())
        } else {
            broken % 2 == 1 && rest[0] >= 0x81
        };
        let text = strictly(kept).filter(|_| begun)?;
        Some((text.into_owned(), true))
    })
}

fn value(field: &Field, cell: &[u8], encoding: &'static Encoding, cut: &mut bool) -> Value {
    let text = || String::from_utf8_lossy(trimmed(cell)).trim().to_owned();
    match field.kind {
        b'C' => {
            let (text, broken) = whole(encoding, trimmed(cell)).unwrap_or_default();
            *cut |= broken;
            if text.is_empty() { Value::Null } else { text.into() }
        }
        b'N' | b'F' => {
            let text = text();
            let whole = text.parse::<i64>().ok().map(Number::from);
            let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
            number.map_or(Value::Null, Value::Number)
        }
        b'L' => match cell.first() {
            Some(b'T' | b't' | b'Y' | b'y') => true.into(),
            Some(b'F' | b'f' | b'N' | b'n') => false.into(),
            _ => Value::Null,
        },
        b'D' => {
            let text = text();
            let date = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
            if date {
                format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).into()
            } else {
                Value::Null
            }
        }
        b'I' | b'+' => cell.try_into().map_or(Value::Null, |b| i32::from_le_bytes(b).into()),
        b'O' => cell.try_into().map_or(Value::Null, |b| f64::from_le_bytes(b).into()),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::{GB18030, UTF_8, whole};

    #[test]
    fn a_character_cut_off_at_the_end_costs_only_itself() {
        let utf8 = "云阳县堰坪镇".as_bytes();
        assert_eq!(whole(UTF_8, &utf8[..10]), Some(("云阳县".into(), true)));
        assert_eq!(whole(UTF_8, &utf8[..11]), Some(("云阳县".into(), true)));
        assert_eq!(whole(UTF_8, &utf8[..9]), Some(("云阳县".into(), false)));
        let (gbk, _, _) = encoding_rs::GBK.encode("云阳县");
        assert_eq!(whole(GB18030, &gbk[..5]), Some(("云阳".into(), true)));
        assert_eq!(whole(UTF_8, &gbk), None);
    }
}
