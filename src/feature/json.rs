//! Features as GeoJSON text.
//!
//! Written by hand: a million features leave as bytes, not as a tree of values.

use std::io::Write;

use crate::feature::number::fixed;
use crate::feature::table::{Cell, Column};
use crate::feature::{Flat, Simple};

/// How coordinates are written.
#[derive(Clone, Copy)]
struct Numbers {
    decimals: usize,
    swapped: bool,
}

/// The members of `properties`, without braces.
///
/// # Errors
/// When the bytes cannot be written.
pub fn properties(out: &mut impl Write, columns: &[Column<'_>], row: usize) -> std::io::Result<()> {
    for (number, column) in columns.iter().enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        text(out, &column.field.key)?;
        out.write_all(b":")?;
        cell(out, &column.cell(row))?;
    }
    Ok(())
}

/// A cell as a JSON value.
///
/// # Errors
/// When the bytes cannot be written.
pub fn cell(out: &mut impl Write, cell: &Cell<'_>) -> std::io::Result<()> {
    match cell {
        Cell::Null => out.write_all(b"null"),
        Cell::Text(value) => text(out, value),
        Cell::Integer(number) => write!(out, "{number}"),
        Cell::Real(number) => write!(out, "{number}"),
        Cell::Boolean(yes) => write!(out, "{yes}"),
        Cell::List(items) => {
            out.write_all(b"[")?;
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    out.write_all(b",")?;
                }
                text(out, item)?;
            }
            out.write_all(b"]")
        }
        Cell::Nested(value) => serde_json::to_writer(out, value).map_err(std::io::Error::from),
    }
}

/// A JSON string.
///
/// # Errors
/// When the bytes cannot be written.
pub fn text(out: &mut impl Write, value: &str) -> std::io::Result<()> {
    serde_json::to_writer(out, value).map_err(std::io::Error::from)
}

/// A geometry; `swapped` writes the second coordinate of every position first, for systems whose
/// authority says so.
///
/// # Errors
/// When the bytes cannot be written.
pub fn shape(
    out: &mut impl Write,
    flat: &Flat,
    decimals: usize,
    swapped: bool,
) -> std::io::Result<()> {
    let how = Numbers { decimals, swapped };
    write!(out, "{{\"type\":\"{}\",\"coordinates\":", flat.kind.name())?;
    match flat.kind {
        Simple::Point => position(out, flat.coords[0], how)?,
        Simple::MultiPoint | Simple::LineString => run(out, &flat.coords, how)?,
        Simple::MultiLineString | Simple::Polygon => {
            list(out, flat.lines(), |out, line| run(out, line, how))?;
        }
        Simple::MultiPolygon => {
            list(out, flat.areas(), |out, rings| {
                list(out, rings, |out, ring| run(out, ring, how))
            })?;
        }
    }
    out.write_all(b"}")
}

fn run(out: &mut impl Write, coords: &[[f64; 2]], how: Numbers) -> std::io::Result<()> {
    list(out, coords.iter(), |out, coord| position(out, *coord, how))
}

fn list<W: Write, T>(
    out: &mut W,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut W, T) -> std::io::Result<()>,
) -> std::io::Result<()> {
    out.write_all(b"[")?;
    for (number, item) in items.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        write(out, item)?;
    }
    out.write_all(b"]")
}

fn position(out: &mut impl Write, [x, y]: [f64; 2], how: Numbers) -> std::io::Result<()> {
    let (first, second) = if how.swapped { (y, x) } else { (x, y) };
    out.write_all(b"[")?;
    fixed(out, first, how.decimals)?;
    out.write_all(b",")?;
    fixed(out, second, how.decimals)?;
    out.write_all(b"]")
}
