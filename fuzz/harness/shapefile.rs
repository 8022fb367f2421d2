//! Shapefiles: four files that belong together, as such and packed.

use std::fs;

use plan_atlas::import::Wishes;

use super::import::check;
use super::packed::{packed, parts};

/// The input is the lengths of `.shp`, `.dbf` and `.prj` (little-endian, 16 bits each) and the four files one
/// behind the other; one that is empty is not there. Packed or not, it is the same layer.
pub fn run(input: &[u8]) {
    let Some(parts) = parts::<4>(input) else { return };
    let names = ["own.shp", "own.dbf", "own.prj", "own.cpg"];
    let there = || names.into_iter().zip(parts).filter(|(_, bytes)| !bytes.is_empty());
    let folder = super::folder::empty();
    for (name, bytes) in there() {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let archive = folder.path().join("own.zip");
    fs::write(&archive, packed(there())).unwrap();
    if parts[0].is_empty() {
        return;
    }
    let beside = check(&folder.path().join("own.shp"), &Wishes::default());
    let within = check(&archive, &Wishes::default());
    if parts[0].starts_with(&[0, 0, 0x27, 0x0A]) {
        assert_eq!(beside.is_ok(), within.is_ok(), "beside: {beside:?}, packed: {within:?}");
        assert_eq!(beside.ok(), within.ok());
    }
}
