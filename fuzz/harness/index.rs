//! The index that is kept beside a large layer. It is never repaired; and nothing it says may bring a server
//! down that believes it.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use plan_atlas::load::load;
use plan_atlas::store::kept::beside;
use serde_json::{Value, json};

use super::ask::look_at;
use super::folder::{GEOPACKAGE, bare, indexed, serving};

const GEOJSON: &[u8] = include_bytes!("../atlas/parcels.geojsonl");
const FLATGEOBUF: &[u8] = include_bytes!("../layers/parcels.fgb");

/// The first byte says which layer it is the index of; the rest is the index from the length of its head on.
pub fn run(input: &[u8]) {
    let Some((&which, body)) = input.split_first() else { return };
    let layers = [("own.geojsonl", GEOJSON), ("own.fgb", FLATGEOBUF), ("own.gpkg", GEOPACKAGE)];
    let (file, bytes) = layers[usize::from(which) % layers.len()];
    let folder = bare(0);
    let path = folder.path().join(file);
    fs::write(&path, bytes).unwrap();
    let body = of_this_file(body, &path).unwrap_or_else(|| body.to_vec());
    let mut index = b"PA-INDEX\x01\0\0\0".to_vec();
    index.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    index.extend_from_slice(&body);
    fs::write(beside(&path), index).unwrap();
    if let Some(index) = indexed(load(folder.path())) {
        // That nothing can be read by such an index is no harm.
        let _ = look_at(&serving(index), "own", body.len());
    }
}

/// The same index for the file as it is now, where its head can be read.
fn of_this_file(body: &[u8], path: &Path) -> Option<Vec<u8>> {
    let (length, rest) = body.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let mut head: Value = serde_json::from_slice(rest.get(..length)?).ok()?;
    let file = fs::metadata(path).ok()?;
    let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    *head.get_mut("source")? =
        json!({ "size": file.len(), "modified": u64::try_from(modified).ok()? });
    let lists = body.get((4 + length).next_multiple_of(8)..)?;
    let head = head.to_string();
    let mut own = u32::try_from(head.len()).ok()?.to_le_bytes().to_vec();
    own.extend_from_slice(head.as_bytes());
    own.resize(own.len().next_multiple_of(8), 0);
    own.extend_from_slice(lists);
    Some(own)
}
