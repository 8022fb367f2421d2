//! One layer of a vector tile with typed attributes (Mapbox Vector Tile 2.1, chapter 4).

use std::collections::HashMap;

use crate::export::table::{Cell, Table};
use crate::export::varint;
use crate::tile::EXTENT;

/// Collects the features of one layer in one tile.
#[derive(Default)]
pub struct LayerWriter {
    features: Vec<u8>,
    values: HashMap<Vec<u8>, u32>,
    /// The values in order, as they stand in the layer.
    written: Vec<u8>,
}

impl LayerWriter {
    /// The cells of a row as tags; a null has none. Key `n` is that of the `n`th column.
    pub fn tags(&mut self, table: &Table<'_>, row: usize) -> Vec<u8> {
        let mut tags = Vec::new();
        for (number, column) in table.columns.iter().enumerate() {
            if let Some(value) = value(&column.cell(row)) {
                varint::unsigned(&mut tags, number as u64);
                varint::unsigned(&mut tags, self.value(value).into());
            }
        }
        tags
    }

    fn value(&mut self, value: Vec<u8>) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let written = &mut self.written;
        *self.values.entry(value).or_insert_with_key(|value| {
            field(written, 4, value);
            next
        })
    }

    /// Adds a feature: its row as its id, its tags, its kind and the commands that draw it.
    pub fn add(&mut self, row: usize, tags: &[u8], kind: u8, commands: &[u32]) {
        let mut geometry = Vec::with_capacity(commands.len() * 2);
        for &command in commands {
            varint::unsigned(&mut geometry, command.into());
        }
        let mut feature = Vec::with_capacity(geometry.len() + tags.len() + 16);
        number(&mut feature, 1, row as u64 + 1);
        field(&mut feature, 2, tags);
        number(&mut feature, 3, kind.into());
        field(&mut feature, 4, &geometry);
        field(&mut self.features, 2, &feature);
    }

    /// Appends the layer to a tile; nothing when it has no features.
    pub fn finish(self, tile: &mut Vec<u8>, name: &str, table: &Table<'_>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.written.len() + 512);
        number(&mut layer, 15, 2);
        field(&mut layer, 1, name.as_bytes());
        layer.extend(&self.features);
        table.columns.iter().for_each(|column| field(&mut layer, 3, column.field.key.as_bytes()));
        layer.extend(&self.written);
        number(&mut layer, 5, EXTENT.into());
        field(tile, 3, &layer);
    }
}

/// A cell as the message `Value`; lists and nested values as text.
fn value(cell: &Cell<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match cell {
        Cell::Null => return None,
        Cell::Integer(integer) => {
            varint::unsigned(&mut out, 6 << 3);
            varint::signed(&mut out, *integer);
        }
        Cell::Real(real) => {
            varint::unsigned(&mut out, 3 << 3 | 1);
            out.extend_from_slice(&real.to_le_bytes());
        }
        Cell::Boolean(yes) => number(&mut out, 7, (*yes).into()),
        other => field(&mut out, 1, other.flat()?.as_bytes()),
    }
    Some(out)
}

fn number(out: &mut Vec<u8>, field: u8, value: u64) {
    varint::unsigned(out, u64::from(field) << 3);
    varint::unsigned(out, value);
}

fn field(out: &mut Vec<u8>, field: u8, content: &[u8]) {
    varint::unsigned(out, u64::from(field) << 3 | 2);
    varint::unsigned(out, content.len() as u64);
    out.extend_from_slice(content);
}
