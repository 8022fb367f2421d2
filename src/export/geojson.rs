//! GeoJSON (RFC 7946), whole or one feature a line.
//!
//! Written by hand: a million features leave as bytes, not as a tree of values. In another system than
//! WGS 84, which RFC 7946 no longer knows, the old `crs` member (GeoJSON 2008) says which: GDAL, QGIS
//! and ArcGIS read it.

use std::io::Write;

use crate::crs::Crs;
use crate::export::json::{cell, properties, shape, text};
use crate::export::{Export, Features, Flat, Folder, Progress, WriteError};

/// One `FeatureCollection` to each layer.
pub fn collection(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    for features in &export.features {
        let mut out = folder.create(&format!("{}.geojson", features.table.id))?;
        out.write_all(b"{\"type\":\"FeatureCollection\",\"name\":")?;
        text(&mut out, &features.table.id)?;
        if let Some(name) = crs_name(export.options.crs) {
            out.write_all(b",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":")?;
            text(&mut out, &name)?;
            out.write_all(b"}}")?;
        }
        out.write_all(b",\"description\":")?;
        text(&mut out, &export.origin.line())?;
        out.write_all(b",\"features\":[")?;
        each(export, features, progress, &mut out, |out, row| {
            out.write_all(if row == 0 { b"\n" } else { b",\n" })
        })?;
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
    for features in &export.features {
        let mut out = folder.create(&format!("{}.geojsonl", features.table.id))?;
        each(export, features, progress, &mut out, |out, row| {
            out.write_all(if row == 0 { b"" } else { b"\n" })
        })?;
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

fn each<W: Write>(
    export: &Export<'_>,
    features: &Features<'_>,
    progress: &Progress,
    out: &mut W,
    between: impl Fn(&mut W, usize) -> std::io::Result<()>,
) -> Result<(), WriteError> {
    let project = export.project();
    let mut flat = Flat::default();
    let decimals = usize::from(export.decimals());
    for row in 0..features.table.len {
        between(out, row)?;
        out.write_all(b"{\"type\":\"Feature\",\"id\":")?;
        let columns = &features.table.columns;
        cell(out, &columns[0].cell(row))?;
        out.write_all(b",\"geometry\":")?;
        match features.geometry(row) {
            Some(geometry) => {
                flat.set(geometry, &project);
                shape(out, &flat, decimals, false)?;
            }
            None => out.write_all(b"null")?,
        }
        out.write_all(b",\"properties\":{")?;
        properties(out, &columns[1..], row)?;
        out.write_all(b"}}")?;
        progress.advance(1)?;
    }
    Ok(())
}
