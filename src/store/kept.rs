//! The file beside a large layer that spares the next start reading it: its catalogue.
//!
//! ```text
//! "PA-INDEX" │ version u32 │ CRC-32 of what follows u32 │ length of head u32 │ head, JSON │ padding to 8
//! boxes 4 × u32 │ spots u64, one more than rows │ traits u8 │ order u32 │ ids 2 × u32
//! ```
//!
//! All numbers are little-endian. Whatever is wrong with the file, its version, its checksum, or that the
//! layer is no longer the one it was made of, it is made anew: nothing here is ever repaired or believed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::crs::GridBox;
use crate::store::catalogue::{Catalogue, Ids, Property, Tally, Traits};
use crate::store::file::Identity;
use crate::store::tree::BoxTree;
use crate::whole;

/// What the name of such a file ends in, behind the name of the layer's file.
pub const SUFFIX: &str = ".plan-atlas-index";

const MAGIC: &[u8; 8] = b"PA-INDEX";
/// Raised whenever anything about the format or its meaning changes.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Head {
    source: Identity,
    content: u64,
    turned: usize,
    rows: usize,
    located: usize,
    hashed: Option<usize>,
    properties: Vec<Property>,
}

/// Where the index of a file is.
#[must_use]
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(SUFFIX);
    path.with_file_name(name)
}

/// Writes an index, whole or not at all.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(path: &Path, catalogue: &Catalogue, source: Identity) -> io::Result<()> {
    let hashed = match &catalogue.ids {
        Ids::Numbers => None,
        Ids::Hashed(ids) => Some(ids.len()),
    };
    let head = Head {
        source,
        content: catalogue.content,
        turned: catalogue.turned,
        rows: catalogue.len(),
        located: catalogue.tree.order().len(),
        hashed,
        properties: catalogue.properties.clone(),
    };
    let head = serde_json::to_vec(&head)?;
    let mut body = Vec::with_capacity(head.len() + catalogue.len() * 40);
    body.extend_from_slice(&u32::try_from(head.len()).map_err(io::Error::other)?.to_le_bytes());
    body.extend_from_slice(&head);
    body.resize(body.len().next_multiple_of(8), 0);
    for one in &catalogue.boxes {
        for part in [one.low, one.high].as_flattened() {
            body.extend_from_slice(&part.to_le_bytes());
        }
    }
    catalogue.spots.iter().for_each(|spot| body.extend_from_slice(&spot.to_le_bytes()));
    body.extend(catalogue.traits.iter().map(|traits| traits.byte()));
    catalogue.tree.order().iter().for_each(|row| body.extend_from_slice(&row.to_le_bytes()));
    if let Ids::Hashed(ids) = &catalogue.ids {
        for (hash, row) in ids {
            body.extend_from_slice(&hash.to_le_bytes());
            body.extend_from_slice(&row.to_le_bytes());
        }
    }
    whole::put(path, |file| {
        file.write_all(MAGIC)?;
        file.write_all(&VERSION.to_le_bytes())?;
        file.write_all(&crc32fast::hash(&body).to_le_bytes())?;
        file.write_all(&body)
    })
}

/// Reads the index of a file in this state; `None` where there is none, or none that can be believed.
#[must_use]
pub fn read(path: &Path, source: Identity) -> Option<Catalogue> {
    let bytes = fs::read(path).ok()?;
    let mut rest = Rest(bytes.strip_prefix(MAGIC)?);
    if rest.number()? != VERSION || rest.number()? != crc32fast::hash(rest.0) {
        return None;
    }
    let all = rest.0.len();
    let length = rest.number()? as usize;
    let head: Head = serde_json::from_slice(rest.take(length)?).ok()?;
    if head.source != source {
        return None;
    }
    let used = all - rest.0.len();
    rest.take(used.next_multiple_of(8) - used)?;
    let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
    let boxes = rest.list(head.rows, |bytes: &[u8; 16]| {
        let mut parts = bytes.as_chunks().0.iter().map(number);
        let mut pair = || [parts.next().unwrap_or(0), parts.next().unwrap_or(0)];
        GridBox { low: pair(), high: pair() }
    })?;
    let spots = rest.list(head.rows + 1, |bytes| u64::from_le_bytes(*bytes))?;
    let traits: Vec<Traits> = rest.list(head.rows, |[byte]: &[u8; 1]| Traits::of_byte(*byte))?;
    let order = rest.list(head.located, number)?;
    let ids = match head.hashed {
        None => Ids::Numbers,
        Some(count) => Ids::Hashed(rest.list(count, |bytes: &[u8; 8]| {
            let (hash, row) = bytes.split_at(4);
            let number = |half: &[u8]| half.first_chunk().map_or(0, number);
            (number(hash), number(row))
        })?),
    };
    let known = |row: &u32| (*row as usize) < head.rows;
    let ids_known = match &ids {
        Ids::Numbers => true,
        Ids::Hashed(ids) => ids.iter().all(|(_, row)| known(row)),
    };
    if !rest.0.is_empty() || !ids_known || !order.iter().all(known) {
        return None;
    }
    let tree = BoxTree::in_order(order, &boxes);
    let tally = Tally::of(&traits);
    let Head { properties, content, turned, .. } = head;
    Some(Catalogue { boxes, spots, traits, ids, properties, content, turned, tree, tally })
}

/// Bytes that are still to be read.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn list<T, const N: usize>(
        &mut self,
        count: usize,
        read: impl Fn(&[u8; N]) -> T,
    ) -> Option<Vec<T>> {
        let bytes = self.take(count.checked_mul(N)?)?;
        Some(bytes.as_chunks().0.iter().map(read).collect())
    }
}
