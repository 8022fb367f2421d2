//! One layer of a vector tile with typed attributes (Mapbox Vector Tile 2.1, chapter 4).

use std::collections::HashMap;

use crate::export::table::{Cell, Table};
use crate::tile::EXTENT;
use crate::tile::wire;

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
                wire::unsigned(&mut tags, number as u64);
                wire::unsigned(&mut tags, self.value(value).into());
            }
        }
        tags
    }

    fn value(&mut self, value: Vec<u8>) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let written = &mut self.written;
        *self.values.entry(value).or_insert_with_key(|value| {
            wire::bytes(written, 4, value);
            next
        })
    }

    /// Adds a feature: its row as its id, its tags, its kind and the commands that draw it.
    pub fn add(&mut self, row: usize, tags: &[u8], kind: u8, commands: &[u32]) {
        let mut geometry = Vec::with_capacity(commands.len() * 2);
        for &command in commands {
            wire::unsigned(&mut geometry, command.into());
        }
        let mut feature = Vec::with_capacity(geometry.len() + tags.len() + 16);
        wire::integer(&mut feature, 1, row as u64 + 1);
        wire::bytes(&mut feature, 2, tags);
        wire::integer(&mut feature, 3, kind.into());
        wire::bytes(&mut feature, 4, &geometry);
        wire::bytes(&mut self.features, 2, &feature);
    }

    /// Appends the layer to a tile; nothing when it has no features.
    pub fn finish(self, tile: &mut Vec<u8>, name: &str, table: &Table<'_>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.written.len() + 512);
        wire::integer(&mut layer, 15, 2);
        wire::bytes(&mut layer, 1, name.as_bytes());
        layer.extend(&self.features);
        table
            .columns
            .iter()
            .for_each(|column| wire::bytes(&mut layer, 3, column.field.key.as_bytes()));
        layer.extend(&self.written);
        wire::integer(&mut layer, 5, EXTENT.into());
        wire::bytes(tile, 3, &layer);
    }
}

/// A cell as the message `Value`; lists and nested values as text.
fn value(cell: &Cell<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match cell {
        Cell::Null => return None,
        Cell::Integer(integer) => {
            wire::unsigned(&mut out, 6 << 3);
            wire::signed(&mut out, *integer);
        }
        Cell::Real(real) => {
            wire::unsigned(&mut out, 3 << 3 | 1);
            out.extend_from_slice(&real.to_le_bytes());
        }
        Cell::Boolean(yes) => wire::integer(&mut out, 7, (*yes).into()),
        other => wire::bytes(&mut out, 1, other.flat()?.as_bytes()),
    }
    Some(out)
}
