//! FlatGeobuf 3: a file to each layer, with an index that web maps read in part over HTTP.
//!
//! Layout: flatgeobuf.org, `header.fbs` and `feature.fbs`:
//!
//! ```text
//! magic │ header │ packed Hilbert R-tree │ features along the Hilbert curve
//! ```
//!
//! Rows are gone through twice: for their boxes, which give the order, and to write them. Lists and
//! nested values are columns of type JSON. Shifted systems have a name and no code. Linked records are
//! not carried.
//!
//! Features that nobody has located go into a file of their own, without geometry and index: GDAL and
//! QGIS read them, but FlatGeobuf's JavaScript library stops at the first, and so does GDAL's Arrow stream.

mod buffer;
mod feature;
mod tree;

use std::io::{Seek, SeekFrom, Write};
use std::ops::Range;

use serde_json::json;

use crate::crs::Crs;
use crate::export::chunks;
use crate::export::losses::{Collector, LossKind};
use crate::export::table::Kind;
use crate::export::{Export, Features, Flat, Folder, Progress, WriteError};
use buffer::{Buffer, Field};
use tree::Tree;

const MAGIC: &[u8; 8] = b"fgb\x03fgb\x01";

/// Writes a file to each layer.
pub fn write(
    export: &Export<'_>,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let stems = folder.stems(export.layer_ids());
    let mut layers = export.features.iter().zip(&stems);
    layers.try_for_each(|(features, stem)| layer(export, features, stem, folder, progress))
}

/// What a FlatGeobuf file cannot carry beyond what follows from its abilities.
pub fn losses(export: &Export<'_>, collector: &mut Collector) {
    for features in &export.features {
        let mut flat = Flat::default();
        // Only a zone ends somewhere.
        let ends = matches!(export.options.crs, Crs::GaussKruger(_));
        let (located, others): (Vec<usize>, Vec<usize>) =
            (0..features.table.len).partition(|&row| {
                features.is_located(row) && (!ends || set(&mut flat, export, features, row))
            });
        for row in if located.is_empty() { Vec::new() } else { others } {
            collector.row(LossKind::Split, &features.table, None, row);
        }
    }
}

/// Puts the geometry of a row into `flat`; `false` where it has none in the export's system.
fn set(flat: &mut Flat, export: &Export<'_>, features: &Features<'_>, row: usize) -> bool {
    let geometry = features.geometry(row);
    if let Some(geometry) = &geometry {
        flat.set(geometry, &export.project());
    }
    geometry.is_some() && flat.is_finite()
}

fn layer(
    export: &Export<'_>,
    features: &Features<'_>,
    stem: &str,
    folder: &mut Folder,
    progress: &Progress,
) -> Result<(), WriteError> {
    let (mut buffer, mut tree, mut others) = (Buffer::default(), Tree::default(), Vec::new());
    let boxes = |rows: Range<usize>, boxes: &mut Vec<_>| {
        let mut flat = Flat::default();
        let bounds = |row| set(&mut flat, export, features, row).then(|| flat.bounds()).flatten();
        boxes.clear();
        boxes.extend(rows.clone().zip(rows.map(bounds)));
    };
    chunks::in_order(features.table.len, &progress.uncounted(), boxes, |boxes| {
        for &(row, bounds) in boxes {
            match bounds {
                Some(bounds) => tree.push(row, bounds),
                None => others.push(row),
            }
        }
        Ok(())
    })?;
    tree.sort();
    let common = features.common();
    if let Some(extent) = tree.extent() {
        let mut out = folder.create(&format!("{stem}.fgb"))?;
        header(&mut buffer, export, features, (tree.len(), Some(extent)));
        out.write_all(MAGIC)?;
        out.write_all(buffer.finish())?;
        let index = out.stream_position()?;
        out.seek(SeekFrom::Start(index + tree.size()))?;
        let order = tree.rows();
        let encode = |places: Range<usize>, written: &mut Written| {
            written.bytes.clear();
            written.lengths.clear();
            for &row in &order[places] {
                set(&mut written.flat, export, features, row);
                if let Some(kind) = common {
                    written.flat.write_as(kind);
                }
                feature::write(&mut written.buffer, &features.table, row, Some(&written.flat));
                let feature = written.buffer.finish();
                written.bytes.extend_from_slice(feature);
                written.lengths.push(feature.len() as u64);
            }
        };
        chunks::in_order(order.len(), progress, encode, |written| {
            tree.lay(&written.lengths);
            Ok(out.write_all(&written.bytes)?)
        })?;
        out.seek(SeekFrom::Start(index))?;
        tree.write(|node| out.write_all(node))?;
        out.flush()?;
    }
    if tree.len() == 0 || !others.is_empty() {
        let stem = match tree.len() {
            0 => stem.to_owned(),
            _ => folder.stem(&format!("{stem}_unlocated")),
        };
        let mut out = folder.create(&format!("{stem}.fgb"))?;
        header(&mut buffer, export, features, (others.len(), None));
        out.write_all(MAGIC)?;
        out.write_all(buffer.finish())?;
        for row in others {
            feature::write(&mut buffer, &features.table, row, None);
            out.write_all(buffer.finish())?;
            progress.advance(1)?;
        }
        out.flush()?;
    }
    Ok(())
}

/// Features one behind the other, and what they are made with.
#[derive(Default)]
struct Written {
    bytes: Vec<u8>,
    lengths: Vec<u64>,
    flat: Flat,
    buffer: Buffer,
}

/// The header (`header.fbs`). Without any geometry there is nothing to index.
fn header(
    buffer: &mut Buffer,
    export: &Export<'_>,
    features: &Features<'_>,
    (count, extent): (usize, Option<[f64; 4]>),
) {
    let (table, crs) = (&features.table, export.options.crs);
    let kind = features.common().map_or(0, feature::kind);
    let node = if extent.is_some() { tree::NODE } else { 0 };
    let header = buffer.root(&[
        (0, Field::Later),
        (1, Field::Later),
        (2, Field::Byte(kind)),
        (7, Field::Later),
        (8, Field::Long(count as u64)),
        (9, Field::Short(u16::try_from(node).unwrap_or(0))),
        (10, Field::Later),
        (11, Field::Later),
        (12, Field::Later),
        (13, Field::Later),
    ]);
    buffer.text(buffer.slot(header, 0), &table.id);
    let corners = extent.map(|[west, south, east, north]| [[west, south], [east, north]]);
    buffer.doubles(buffer.slot(header, 1), corners.as_ref().map_or(&[], |corners| corners));
    let columns = buffer.tables(buffer.slot(header, 7), table.columns.len());
    for (column, slot) in table.columns.iter().zip(columns) {
        let kind = match column.field.kind {
            Kind::Boolean => 2,
            Kind::Integer => 7,
            Kind::Real => 10,
            Kind::Text => 11,
            Kind::List | Kind::Nested => 12,
        };
        let fields = [(0, Field::Later), (1, Field::Byte(kind)), (2, Field::Later)];
        let written = buffer.table(slot, &fields);
        buffer.text(buffer.slot(written, 0), &column.field.key);
        buffer.text(buffer.slot(written, 2), &column.field.title);
    }
    let (code, wkt) = (crs.epsg().map_or(0, u32::from), crs.wkt());
    let mut fields = vec![(1, Field::Int(code)), (2, Field::Later)];
    if let Some(wkt) = wkt {
        fields.insert(0, (0, Field::Later));
        fields.push((4, Field::Later));
        let system = buffer.table(buffer.slot(header, 10), &fields);
        buffer.text(buffer.slot(system, 0), "EPSG");
        buffer.text(buffer.slot(system, 2), &crs.name());
        buffer.text(buffer.slot(system, 4), &wkt);
    } else {
        let system = buffer.table(buffer.slot(header, 10), &fields);
        buffer.text(buffer.slot(system, 2), &crs.name());
    }
    let origin = &export.origin;
    let metadata = json!({
        "plans": origin.plans.join("、"),
        "data_version": origin.data_version,
        "date": origin.date,
        "crs": origin.crs,
        "shifted": if origin.shifted { "yes" } else { "no" },
        "origin": origin.text(),
    });
    buffer.text(buffer.slot(header, 11), &table.title);
    buffer.text(buffer.slot(header, 12), &origin.line());
    buffer.text(buffer.slot(header, 13), &metadata.to_string());
}
