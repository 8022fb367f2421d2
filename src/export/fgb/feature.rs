//! One feature of a FlatGeobuf file: its geometry as flat lists, its attributes as pairs of a column's
//! number and a value (`feature.fbs`). A null is no pair.

use crate::export::fgb::buffer::{Buffer, Field, Slot, word};
use crate::export::table::{Cell, Table};
use crate::export::{Flat, Simple};

/// The number of a kind of geometry (`GeometryType`).
pub fn kind(kind: Simple) -> u8 {
    u8::try_from(kind.code()).unwrap_or(0)
}

/// Writes a row over what `buffer` held.
pub fn write(buffer: &mut Buffer, table: &Table<'_>, row: usize, flat: Option<&Flat>) {
    if let Some(flat) = flat {
        let feature = buffer.root(&[(0, Field::Later), (1, Field::Later)]);
        geometry(buffer, buffer.slot(feature, 0), flat);
        buffer.bytes(buffer.slot(feature, 1), |out| properties(out, table, row));
    } else {
        let feature = buffer.root(&[(1, Field::Later)]);
        buffer.bytes(buffer.slot(feature, 1), |out| properties(out, table, row));
    }
}

fn geometry(buffer: &mut Buffer, slot: Slot, flat: &Flat) {
    match flat.kind {
        Simple::Point | Simple::LineString | Simple::MultiPoint => {
            simple(buffer, slot, flat.kind, &flat.coords, &[], 0);
        }
        // One ring needs no end.
        Simple::Polygon => {
            let ends = if flat.rings.len() > 1 { flat.rings.as_slice() } else { &[] };
            simple(buffer, slot, flat.kind, &flat.coords, ends, 0);
        }
        Simple::MultiLineString => simple(buffer, slot, flat.kind, &flat.coords, &flat.rings, 0),
        Simple::MultiPolygon => {
            let fields = [(6, Field::Byte(kind(flat.kind))), (7, Field::Later)];
            let several = buffer.table(slot, &fields);
            let parts = buffer.tables(buffer.slot(several, 7), flat.polygons.len());
            let (mut ring, mut from) = (0, 0);
            for (part, &end) in parts.zip(&flat.polygons) {
                let rings = &flat.rings[ring..end];
                let to = rings.last().copied().unwrap_or(from);
                let ends = if rings.len() > 1 { rings } else { &[] };
                simple(buffer, part, Simple::Polygon, &flat.coords[from..to], ends, from);
                (ring, from) = (end, to);
            }
        }
    }
}

/// A geometry without parts. Its ends count from the beginning of `coords`, which lies at `from`.
fn simple(
    buffer: &mut Buffer,
    slot: Slot,
    kind_of: Simple,
    coords: &[[f64; 2]],
    ends: &[usize],
    from: usize,
) {
    let xy = (1, Field::Later);
    let number = (6, Field::Byte(kind(kind_of)));
    let table = if ends.is_empty() {
        buffer.table(slot, &[xy, number])
    } else {
        let table = buffer.table(slot, &[(0, Field::Later), xy, number]);
        buffer.words(buffer.slot(table, 0), ends.iter().map(|end| end - from));
        table
    };
    buffer.doubles(buffer.slot(table, 1), coords);
}

fn properties(out: &mut Vec<u8>, table: &Table<'_>, row: usize) {
    for (number, column) in (0_u16..).zip(&table.columns) {
        let cell = column.cell(row);
        if cell == Cell::Null {
            continue;
        }
        out.extend_from_slice(&number.to_le_bytes());
        match cell {
            Cell::Null => {}
            Cell::Boolean(yes) => out.push(u8::from(yes)),
            Cell::Integer(number) => out.extend_from_slice(&number.to_le_bytes()),
            Cell::Real(number) => out.extend_from_slice(&number.to_le_bytes()),
            Cell::Text(value) => text(out, &value),
            Cell::List(items) => text(out, &serde_json::Value::from(items).to_string()),
            Cell::Nested(value) => text(out, &value.to_string()),
        }
    }
}

fn text(out: &mut Vec<u8>, value: &str) {
    out.extend_from_slice(&word(value.len()));
    out.extend_from_slice(value.as_bytes());
}
