//! Attribute tables of a Shapefile: dBASE III+, as ESRI's products read and write them.
//!
//! Layout: dBASE table file structure (level 5, which III+ shares); the language driver in byte 29 is
//! 0x4D for code page 936, and 0 where a `.cpg` beside the file says UTF-8. A name has ten bytes, a
//! text 254, a whole number eighteen digits before programs take it for a real one.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use crate::export::losses::{Collector, LossKind};
use crate::export::names::{self, FieldName, Names};
use crate::export::{Cell, Column, Encoding, Kind, Table, WriteError};

/// Bytes of a name.
const NAME: usize = 10;
/// Bytes of a text: ESRI's limit, one less than the format's.
const TEXT: usize = 254;
/// Digits of a whole number that GDAL still reads as one.
const DIGITS: usize = 18;
/// Digits of a real number, and how many of them may stand behind the point.
const REAL: (usize, usize) = (24, 15);
/// Fields of a table.
const FIELDS: usize = 255;

/// Names of the atlas's own columns: three characters are nine bytes in UTF-8, so that they are the
/// same in both encodings. A column that is not named here is named by its title.
const SHORT: [(&str, &str); 14] = [
    ("kind", "类别码"),
    ("within", "所在码"),
    ("accuracy", "精度码"),
    ("accuracy_zh", "精度"),
    ("source", "来源码"),
    ("source_zh", "来源"),
    ("note_en", "英说明"),
    ("seat_lon", "驻经度"),
    ("seat_lat", "驻纬度"),
    ("offered_as", "招商"),
    ("sought", "招引"),
    ("roles", "布局"),
    ("herbs", "药材"),
    ("class", "图例码"),
];

/// One field.
struct Field {
    name: String,
    kind: u8,
    width: usize,
    decimals: usize,
}

/// The fields of a table.
pub struct Schema {
    fields: Vec<Field>,
    encoding: Encoding,
}

impl Schema {
    /// Finds names, types and widths, and what gets lost on the way.
    pub fn of(table: &Table<'_>, encoding: Encoding, collector: &mut Collector) -> Self {
        let mut names = Names::without(&["FID", "Shape", "OID"]);
        let mut fields = Vec::new();
        for column in table.columns.iter().take(FIELDS) {
            let wish = plain(short(column), encoding);
            let name = names.give(&wish, |text, room| encoding.cut(text, NAME - room));
            names::renamed(table, column, &name, collector);
            let (kind, width, decimals) = match column.field.kind {
                Kind::Boolean => (b'L', 1, 0),
                Kind::Integer => integers(table, column, collector),
                Kind::Real => reals(table, column),
                Kind::Text | Kind::List | Kind::Nested => {
                    (b'C', texts(table, column, encoding, collector), 0)
                }
            };
            fields.push(Field { name, kind, width, decimals });
        }
        for column in table.columns.iter().skip(FIELDS) {
            collector.note(LossKind::Attributes, &table.id, Some(&column.field.key), "");
        }
        Self { fields, encoding }
    }

    /// Names in the file beside the table's own.
    pub fn names(&self, table: &Table<'_>) -> Vec<FieldName> {
        let both = self.fields.iter().zip(&table.columns);
        let name = |(field, column): (&Field, &Column<'_>)| FieldName {
            layer: table.id.clone(),
            written: field.name.clone(),
            key: column.field.key.clone().into_owned(),
            title: column.field.title.clone().into_owned(),
            title_en: column.title_en().to_owned(),
            kind: match (field.kind, field.decimals) {
                (kind, 0) => format!("{}({})", char::from(kind), field.width),
                (kind, decimals) => format!("{}({},{decimals})", char::from(kind), field.width),
            },
        };
        both.map(name).collect()
    }

    /// Bytes of a file with so many rows.
    pub fn bytes(&self, rows: usize) -> u64 {
        (self.header() + rows * self.record() + 1) as u64
    }

    fn header(&self) -> usize {
        32 + 32 * self.fields.len() + 1
    }

    fn record(&self) -> usize {
        1 + self.fields.iter().map(|field| field.width).sum::<usize>()
    }
}

fn short<'c>(column: &'c Column<'_>) -> &'c str {
    let field = &column.field;
    let own = field.key != field.title;
    let short = SHORT.iter().find(|(key, _)| own && *key == field.key);
    short.map_or(&*field.title, |(_, short)| short)
}

/// Letters, digits and underscores, a letter first: what ArcGIS takes for a name.
fn plain(name: &str, encoding: Encoding) -> String {
    let mut buffer = Vec::new();
    let mut plain = String::new();
    for character in name.chars() {
        let mut fits = character.is_alphanumeric() || character == '_';
        let mut bytes = [0; 4];
        encoding.missing(character.encode_utf8(&mut bytes), &mut buffer, |_| fits = false);
        plain.push(if fits { character } else { '_' });
    }
    if !plain.starts_with(char::is_alphabetic) {
        plain.insert(0, 'F');
    }
    plain
}

fn integers(
    table: &Table<'_>,
    column: &Column<'_>,
    collector: &mut Collector,
) -> (u8, usize, usize) {
    let mut width = 1;
    for row in 0..table.len {
        if let Cell::Integer(number) = column.cell(row) {
            let digits = number.unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1);
            width = width.max(digits + usize::from(number < 0));
        }
    }
    if width <= DIGITS {
        return (b'N', width, 0);
    }
    collector.note(LossKind::Flattened, &table.id, Some(&column.field.key), "");
    (b'C', width, 0)
}

/// As many places as the value needs that needs most; where that is too many, [`REAL`] with an exponent.
fn reals(table: &Table<'_>, column: &Column<'_>) -> (u8, usize, usize) {
    let (mut whole, mut part) = (1, 1);
    let mut digits = String::new();
    for row in 0..table.len {
        if let Cell::Real(number) = column.cell(row) {
            decimal(number, &mut digits);
            let point = digits.find('.').unwrap_or(digits.len());
            whole = whole.max(point);
            part = part.max(digits.len().saturating_sub(point + 1));
        }
    }
    if part > REAL.1 || whole + 1 + part > REAL.0 {
        return (b'N', REAL.0, REAL.1);
    }
    (b'N', whole + 1 + part, part)
}

/// The shortest decimal that is read back as the same number.
fn decimal(number: f64, digits: &mut String) {
    use std::fmt::Write as _;
    digits.clear();
    let _ = write!(digits, "{number}");
}

fn texts(
    table: &Table<'_>,
    column: &Column<'_>,
    encoding: Encoding,
    collector: &mut Collector,
) -> usize {
    let key = &*column.field.key;
    let mut width = 1;
    let mut buffer = Vec::new();
    for row in 0..table.len {
        let cell = column.cell(row);
        let Some(text) = cell.flat() else { continue };
        let mut note = |kind, example: &str| collector.note(kind, &table.id, Some(key), example);
        let id = || table.columns[0].cell(row).flat().unwrap_or_default().into_owned();
        encoding.missing(&text, &mut buffer, |character| {
            note(LossKind::Characters, character.encode_utf8(&mut [0; 4]));
        });
        let length = encoding.length(&text);
        width = width.max(length.min(TEXT));
        if text.is_empty() {
            note(LossKind::Nulls, &id());
        }
        // Programs cannot tell blanks at either end from the filling, nor read beyond a zero.
        if length > TEXT || text.trim_matches(' ').len() < text.len() || text.contains('\0') {
            note(LossKind::Truncated, &id());
        }
    }
    width
}

/// Writes rows.
pub struct Writer<'s> {
    schema: &'s Schema,
    out: BufWriter<File>,
    rows: u32,
    record: Vec<u8>,
    digits: String,
    buffer: Vec<u8>,
}

impl<'s> Writer<'s> {
    /// Begins a file, marked with a day (ISO 8601).
    pub fn begin(
        schema: &'s Schema,
        mut out: BufWriter<File>,
        date: &str,
    ) -> Result<Self, WriteError> {
        let mut day = date.splitn(3, '-').map(|part| part.parse::<u16>().unwrap_or_default());
        let mut day = || day.next().unwrap_or_default();
        let mut header = vec![0_u8; 32];
        header[0] = 0x03;
        header[1] = u8::try_from(day().saturating_sub(1900)).unwrap_or(u8::MAX);
        header[2] = u8::try_from(day()).unwrap_or_default();
        header[3] = u8::try_from(day()).unwrap_or_default();
        header[8..10].copy_from_slice(&short_of(schema.header())?);
        header[10..12].copy_from_slice(&short_of(schema.record())?);
        header[29] = if schema.encoding == Encoding::Gbk { 0x4d } else { 0 };
        let mut buffer = Vec::new();
        for field in &schema.fields {
            let mut descriptor = [0_u8; 32];
            let name = schema.encoding.encode(&field.name, &mut buffer);
            descriptor[..name.len()].copy_from_slice(name);
            descriptor[11] = field.kind;
            descriptor[16] = u8::try_from(field.width).unwrap_or(u8::MAX);
            descriptor[17] = u8::try_from(field.decimals).unwrap_or(u8::MAX);
            header.extend(descriptor);
        }
        header.push(0x0d);
        out.write_all(&header)?;
        let (record, digits) = (Vec::new(), String::new());
        Ok(Self { schema, out, rows: 0, record, digits, buffer })
    }

    /// Writes a row of the table.
    pub fn row(&mut self, table: &Table<'_>, row: usize) -> Result<(), WriteError> {
        self.record.clear();
        self.record.push(b' ');
        for (field, column) in self.schema.fields.iter().zip(&table.columns) {
            let end = self.record.len() + field.width;
            match (field.kind, &column.cell(row)) {
                (_, Cell::Null) if field.kind == b'L' => self.record.push(b'?'),
                (_, Cell::Null) => {}
                (b'L', Cell::Boolean(yes)) => self.record.push(if *yes { b'T' } else { b'F' }),
                (b'N', Cell::Real(number)) => {
                    self.real(*number, field);
                    right(&mut self.record, &self.digits, field.width);
                }
                (b'N', cell) => {
                    right(&mut self.record, &cell.flat().unwrap_or_default(), field.width);
                }
                (_, cell) => {
                    let text = cell.flat().unwrap_or_default();
                    let text = self.schema.encoding.cut(&text, field.width);
                    let from = self.record.len();
                    self.record.extend(self.schema.encoding.encode(text, &mut self.buffer));
                    self.record[from..].iter_mut().filter(|b| **b == 0).for_each(|b| *b = b' ');
                }
            }
            self.record.resize(end, b' ');
        }
        self.out.write_all(&self.record)?;
        self.rows += 1;
        Ok(())
    }

    fn real(&mut self, number: f64, field: &Field) {
        decimal(number, &mut self.digits);
        let point = self.digits.find('.').unwrap_or(self.digits.len());
        let part = self.digits.len().saturating_sub(point + 1);
        if part > field.decimals || point + 1 + field.decimals > field.width {
            self.digits = format!("{number:e}");
        } else {
            if part == 0 {
                self.digits.push('.');
            }
            self.digits.extend(std::iter::repeat_n('0', field.decimals - part));
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.out.write_all(&[0x1a])?;
        self.out.seek(SeekFrom::Start(4))?;
        self.out.write_all(&self.rows.to_le_bytes())?;
        Ok(self.out.flush()?)
    }
}

/// Numbers stand at the right of their field.
fn right(record: &mut Vec<u8>, digits: &str, width: usize) {
    record.extend(std::iter::repeat_n(b' ', width.saturating_sub(digits.len())));
    record.extend(&digits.as_bytes()[..digits.len().min(width)]);
}

fn short_of(bytes: usize) -> Result<[u8; 2], WriteError> {
    let bytes = u16::try_from(bytes).map_err(|_| WriteError::Format {
        format: "dBASE",
        reason: format!("a row of {bytes} bytes is longer than the format allows"),
    })?;
    Ok(bytes.to_le_bytes())
}
