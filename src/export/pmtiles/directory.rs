//! Directories: which tile lies where (PMTiles 3, chapter 4). One that is too large for the head of the
//! file points to leaves.

use crate::tile::wire;

/// Tiles next to each other with the same content, or a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The first tile.
    pub id: u64,
    /// How many; none for a leaf.
    pub run: u64,
    /// Where the content begins in its section.
    pub offset: u64,
    /// Its bytes.
    pub length: u64,
}

/// Bytes that the root may have: it ends within the first 16,384 of the file.
pub const ROOT: usize = 16_384 - super::archive::HEADER;

/// Entries of the smallest leaves.
const LEAF: usize = 4096;

/// The directory as root and leaves; small ones have no leaves. `pack` compresses.
pub fn build(
    entries: &[Entry],
    pack: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let whole = pack(&serialize(entries))?;
    if whole.len() <= ROOT {
        return Ok((whole, Vec::new()));
    }
    let mut size = LEAF;
    loop {
        let (mut leaves, mut root) = (Vec::new(), Vec::new());
        for part in entries.chunks(size) {
            let leaf = pack(&serialize(part))?;
            root.push(Entry {
                id: part[0].id,
                run: 0,
                offset: leaves.len() as u64,
                length: leaf.len() as u64,
            });
            leaves.extend(leaf);
        }
        let root = pack(&serialize(&root))?;
        if root.len() <= ROOT {
            return Ok((root, leaves));
        }
        size *= 2;
    }
}

fn serialize(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 6);
    wire::unsigned(&mut out, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        wire::unsigned(&mut out, entry.id - last);
        last = entry.id;
    }
    for entry in entries {
        wire::unsigned(&mut out, entry.run);
    }
    for entry in entries {
        wire::unsigned(&mut out, entry.length);
    }
    let mut next = None;
    for entry in entries {
        let follows = next == Some(entry.offset);
        wire::unsigned(&mut out, if follows { 0 } else { entry.offset + 1 });
        next = Some(entry.offset + entry.length);
    }
    out
}
