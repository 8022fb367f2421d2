//! Geometries: longitude and latitude, on the ground whatever its height.

use std::io::{self, Write};

use quick_xml::Writer;

use crate::export::kml::xml::{self, close, open};
use crate::export::number::fixed;
use crate::export::{Flat, Simple};

/// Writes a geometry.
pub fn write<W: Write>(out: &mut Writer<W>, flat: &Flat, decimals: usize) -> io::Result<()> {
    let several = flat.kind == flat.kind.multiple();
    if several {
        open(out, "MultiGeometry")?;
    }
    match flat.kind {
        Simple::Point | Simple::MultiPoint => {
            for coord in &flat.coords {
                open(out, "Point")?;
                coordinates(out, std::slice::from_ref(coord), decimals)?;
                close(out, "Point")?;
            }
        }
        Simple::LineString | Simple::MultiLineString => {
            for line in flat.lines() {
                open(out, "LineString")?;
                xml::text(out, "tessellate", "1")?;
                coordinates(out, line, decimals)?;
                close(out, "LineString")?;
            }
        }
        Simple::Polygon | Simple::MultiPolygon => {
            for rings in flat.areas() {
                open(out, "Polygon")?;
                xml::text(out, "tessellate", "1")?;
                for (number, ring) in rings.enumerate() {
                    let side = if number == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
                    open(out, side)?;
                    open(out, "LinearRing")?;
                    coordinates(out, ring, decimals)?;
                    close(out, "LinearRing")?;
                    close(out, side)?;
                }
                close(out, "Polygon")?;
            }
        }
    }
    if several { close(out, "MultiGeometry") } else { Ok(()) }
}

fn coordinates<W: Write>(out: &mut Writer<W>, run: &[[f64; 2]], decimals: usize) -> io::Result<()> {
    open(out, "coordinates")?;
    let bytes = out.get_mut();
    for (number, [lon, lat]) in run.iter().enumerate() {
        if number > 0 {
            bytes.write_all(b" ")?;
        }
        fixed(bytes, *lon, decimals)?;
        bytes.write_all(b",")?;
        fixed(bytes, *lat, decimals)?;
    }
    close(out, "coordinates")
}
