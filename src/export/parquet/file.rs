//! A Parquet file: row groups one after the other, then the footer that says where they are
//! (Parquet format 2, "File format" and `FileMetaData`).
//!
//! One row group is held at a time: at most 65,536 rows, or a few tens of megabytes.

use std::fs::File;
use std::io::{BufWriter, Write};

use crate::export::WriteError;
use crate::export::parquet::chunk::{PLAIN, Physical, RLE};
use crate::export::parquet::schema::Schema;
use crate::export::parquet::thrift::Struct;

const MAGIC: &[u8] = b"PAR1";

/// Rows of a row group.
const ROWS: usize = 65_536;

/// Bytes after which a row group ends early.
const BYTES: usize = 1 << 25;

/// Rows after which the bytes are counted.
const COUNTED: usize = 256;

/// Where a column of a row group lies.
struct Placed {
    at: u64,
    size: u64,
    entries: u64,
    nulls: u64,
    range: Option<[f64; 2]>,
}

struct Group {
    columns: Vec<Placed>,
    rows: usize,
}

/// A file that is being written.
pub struct Writer {
    out: BufWriter<File>,
    schema: Schema,
    at: u64,
    rows: usize,
    groups: Vec<Group>,
}

impl Writer {
    /// Begins a file.
    pub fn begin(mut out: BufWriter<File>, schema: Schema) -> Result<Self, WriteError> {
        out.write_all(MAGIC)?;
        Ok(Self { out, schema, at: MAGIC.len() as u64, rows: 0, groups: Vec::new() })
    }

    /// The leaves, to put the next row into.
    pub fn leaves(&mut self) -> &mut [super::chunk::Chunk] {
        &mut self.schema.chunks
    }

    /// Ends a row.
    pub fn end_row(&mut self) -> Result<(), WriteError> {
        self.rows += 1;
        let held =
            |schema: &Schema| schema.chunks.iter().map(super::chunk::Chunk::size).sum::<usize>();
        if self.rows == ROWS || (self.rows.is_multiple_of(COUNTED) && held(&self.schema) > BYTES) {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let mut columns = Vec::with_capacity(self.schema.chunks.len());
        for chunk in &mut self.schema.chunks {
            let size = chunk.write(&mut self.out)?;
            let (entries, nulls, range) = (chunk.len() as u64, chunk.nulls, chunk.range);
            columns.push(Placed { at: self.at, size, entries, nulls, range });
            self.at += size;
            chunk.clear();
        }
        self.groups.push(Group { columns, rows: self.rows });
        self.rows = 0;
        Ok(())
    }

    /// Ends the file with its footer. `notes` are the keys and values of its metadata.
    pub fn finish(mut self, notes: &[(&str, String)]) -> Result<(), WriteError> {
        if self.rows > 0 {
            self.flush()?;
        }
        let mut footer = Vec::new();
        let mut meta = Struct::begin(&mut footer);
        let rows: usize = self.groups.iter().map(|group| group.rows).sum();
        meta.i32(1, 2);
        meta.structs(2, &self.schema.elements, |out, element| element.write(out));
        meta.i64(3, rows as u64);
        meta.structs(4, &self.groups, |out, group| self.schema.group(out, group));
        meta.structs(5, notes, |out, (key, value)| {
            out.bytes(1, key.as_bytes()).bytes(2, value.as_bytes());
        });
        meta.bytes(6, concat!("plan-atlas version ", env!("CARGO_PKG_VERSION")).as_bytes());
        // The order that the type defines: without it, readers disbelieve smallest and largest.
        meta.structs(7, &self.schema.chunks, |out, _| {
            out.inner(1, |_| {});
        });
        meta.end();
        let length = u32::try_from(footer.len()).unwrap_or(u32::MAX);
        self.out.write_all(&footer)?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(MAGIC)?;
        self.out.flush()?;
        Ok(())
    }
}

impl Schema {
    /// Writes `RowGroup`.
    fn group(&self, out: &mut Struct<'_>, group: &Group) {
        let columns: Vec<_> = self.chunks.iter().zip(&group.columns).collect();
        let size = group.columns.iter().map(|column| column.size).sum();
        out.structs(1, &columns, |out, (chunk, placed)| {
            out.i64(2, placed.at).inner(3, |meta| {
                meta.i32(1, chunk.physical as i32);
                meta.numbers(2, &[PLAIN, RLE]);
                meta.texts(3, &chunk.path);
                meta.i32(4, 0);
                meta.i64(5, placed.entries)
                    .i64(6, placed.size)
                    .i64(7, placed.size)
                    .i64(9, placed.at);
                meta.inner(12, |statistics| {
                    statistics.i64(3, placed.nulls);
                    if let (Some([low, high]), Physical::Double) = (placed.range, chunk.physical) {
                        statistics.bytes(5, &high.to_le_bytes()).bytes(6, &low.to_le_bytes());
                    }
                });
            });
        });
        out.i64(2, size).i64(3, group.rows as u64);
    }
}
