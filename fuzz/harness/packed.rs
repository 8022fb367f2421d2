//! Archives: KMZ, XLSX, packed Shapefiles, exports.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::import::file;

/// Names that members of an archive are known by.
const NAMES: [&str; 24] = [
    "doc.kml",
    "files/other.kml",
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "own.shp",
    "own.dbf",
    "own.prj",
    "own.cpg",
    "own.geojson",
    "own.csv",
    "own.gpkg",
    "own.fgb",
    "export/manifest.json",
    "export/layers/own.geojson",
    "__MACOSX/._own.shp",
    "../own.csv",
    "说明.txt",
    "own/",
];

/// An archive as it is, or one that is made of its members, so that no checksum keeps the fuzzer out: each is
/// which of the names, a length (little-endian, 16 bits) and so many bytes.
pub fn run(input: &[u8]) {
    let archive = if input.starts_with(b"PK") { input.to_vec() } else { packed(members(input)) };
    file("file.zip", &archive);
}

fn members(mut rest: &[u8]) -> impl Iterator<Item = (&str, &[u8])> {
    std::iter::from_fn(move || {
        let (&[which, low, high], behind) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_le_bytes([low, high])).min(behind.len());
        let (bytes, behind) = behind.split_at(length);
        rest = behind;
        Some((NAMES[usize::from(which) % NAMES.len()], bytes))
    })
}

/// An archive of these members. A name that is there already is left out.
pub fn packed<'m>(members: impl Iterator<Item = (&'m str, &'m [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        if archive.start_file(name, SimpleFileOptions::default()).is_ok() {
            archive.write_all(bytes).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

/// `N` files one behind the other, after the lengths of all but the last; cut off where the input ends.
pub fn parts<const N: usize>(input: &[u8]) -> Option<[&[u8]; N]> {
    let (lengths, mut rest) = input.split_at_checked(2 * (N - 1))?;
    let mut parts = [[].as_slice(); N];
    for (part, length) in parts.iter_mut().zip(lengths.as_chunks::<2>().0) {
        let length = usize::from(u16::from_le_bytes(*length)).min(rest.len());
        (*part, rest) = rest.split_at(length);
    }
    parts[N - 1] = rest;
    Some(parts)
}
