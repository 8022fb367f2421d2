//! GeoJSON (RFC 7946), whole or one feature a line.
//!
//! Written by hand: a million features leave as bytes, not as a tree of values. In another system than
//! WGS 84, which RFC 7946 no longer knows, the old `crs` member (GeoJSON 2008) says which: GDAL, QGIS
//! and ArcGIS read it.

use std::io::Write;
use std::ops::Range;

use crate::crs::Crs;
use crate::export::chunks;
use crate::export::json::{cell, properties, shape, text};
use crate::export::{Export, Features, Flat, Folder, Progress, WriteError};

/// One `FeatureCollection` to each layer.
pub fn collection(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let stems = folder.stems(export.layer_ids());
    for (features, stem) in export.features.iter().zip(stems) {
        let mut out = folder.create(&format!("{stem}.geojson"))?;
        out.write_all(b"{\"type\":\"FeatureCollection\",\"name\":")?;
        text(&mut out, &features.table.id)?;
        if let Some(name) = crs_name(export.options.crs) {
            out.write_all(b",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":")?;
            text(&mut out, &name)?;
            out.write_all(b"}}")?;
        }
        out.write_all(b",\"description\":")?;
        text(&mut out, &export.origin.line())?;
        out.write_all(b",\"features\":[\n")?;
        each(export, features, progress, &mut out, b",\n")?;
        out.write_all(b"\n]}\n")?;
        out.flush()?;
    }
    Ok(())
}

/// One feature a line.
pub fn sequence(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let stems = folder.stems(export.layer_ids());
    for (features, stem) in export.features.iter().zip(stems) {
        let mut out = folder.create(&format!("{stem}.geojsonl"))?;
        each(export, features, progress, &mut out, b"\n")?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

/// The URN of a system; `None` for that of RFC 7946.
fn crs_name(crs: Crs) -> Option<String> {
    match crs {
        Crs::Wgs84 => None,
        other => Some(match other.epsg() {
            Some(code) => format!("urn:ogc:def:crs:EPSG::{code}"),
            None => other.name(),
        }),
    }
}

/// Writes every feature, with `between` before each but the first.
fn each(
    export: &Export<'_>,
    features: &Features<'_>,
    progress: &Progress,
    out: &mut impl Write,
    between: &[u8],
) -> Result<(), WriteError> {
    let encode = |rows: Range<usize>, bytes: &mut Vec<u8>| {
        bytes.clear();
        let mut flat = Flat::default();
        for row in rows {
            if row > 0 {
                bytes.extend_from_slice(between);
            }
            // Writing to memory does not fail.
            let _ = feature(export, features, row, &mut flat, bytes);
        }
    };
    chunks::in_order(features.table.len, progress, encode, |bytes| Ok(out.write_all(bytes)?))
}

fn feature(
    export: &Export<'_>,
    features: &Features<'_>,
    row: usize,
    flat: &mut Flat,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    let columns = &features.table.columns;
    cell(out, &columns[0].cell(row))?;
    out.extend_from_slice(b",\"geometry\":");
    match features.geometry(row) {
        Some(geometry) => {
            flat.set(&geometry, &export.project());
            shape(out, flat, usize::from(export.decimals()), false)?;
        }
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"properties\":{");
    properties(out, &columns[1..], row)?;
    out.extend_from_slice(b"}}");
    Ok(())
}
