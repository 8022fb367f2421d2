//! What is known of the features of a large file without reading them: for each row its box, where it is in
//! the file, what kind of geometry it has, and its id, in some forty bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::crs::GridBox;
use crate::model::{Accuracy, ValueKind};
use crate::store::tree::BoxTree;

/// What a row is, beside where: one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits(u8);

/// What a geometry is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Points.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Area,
}

impl Traits {
    /// Of a geometry; without one, what nobody has located.
    #[must_use]
    pub fn new(dimension: Option<Dimension>, accuracy: Option<Accuracy>) -> Self {
        let dimension = match dimension {
            None => 0,
            Some(Dimension::Point) => 1,
            Some(Dimension::Line) => 2,
            Some(Dimension::Area) => 3,
        };
        let accuracy = accuracy.and_then(|a| Accuracy::ALL.iter().position(|one| *one == a));
        let accuracy = accuracy.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0);
        Self(accuracy << 2 | dimension)
    }

    /// What it is drawn as; `None` for what nobody has located.
    #[must_use]
    pub fn dimension(self) -> Option<Dimension> {
        match self.0 & 3 {
            0 => None,
            1 => Some(Dimension::Point),
            2 => Some(Dimension::Line),
            _ => Some(Dimension::Area),
        }
    }

    /// How exactly that is known, where the file says so.
    #[must_use]
    pub fn accuracy(self) -> Option<Accuracy> {
        Accuracy::ALL.get(usize::from(self.0 >> 2).checked_sub(1)?).copied()
    }

    /// As a byte.
    #[must_use]
    pub fn byte(self) -> u8 {
        self.0
    }

    /// Of a byte.
    #[must_use]
    pub fn of_byte(byte: u8) -> Self {
        Self(byte)
    }
}

/// A property of the features.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// Its name in the file.
    pub name: String,
    /// The narrowest kind that holds all its values; `None` where all are null.
    pub kind: Option<ValueKind>,
}

/// How a row is found by its id.
pub enum Ids {
    /// The id is the number of the row, from 1.
    Numbers,
    /// Hashes of ids with their rows, ascending. Which row it is the file has to say.
    Hashed(Vec<(u32, u32)>),
}

/// The hash of an id as [`Ids::Hashed`] has it. Kept in files, so it must never change without their version.
#[must_use]
pub fn hash(id: &str) -> u32 {
    // FNV-1a (Fowler, Noll, Vo), 32 bits: short texts, no keys, no dependency.
    id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// What is known of the features of a file. Rows are numbered from 0, in the order of the file.
pub struct Catalogue {
    /// The box of each row; [`GridBox::NOWHERE`] for what nobody has located.
    pub boxes: Vec<GridBox>,
    /// Where each row begins in the file, and where the last one ends.
    pub spots: Vec<u64>,
    /// What each row is.
    pub traits: Vec<Traits>,
    /// How rows are found by id.
    pub ids: Ids,
    /// Properties, in the order in which they first appear.
    pub properties: Vec<Property>,
    /// Fingerprint of the content of the file.
    pub content: u64,
    /// Features with a ring that runs against RFC 7946, and is turned round when it is read.
    pub turned: usize,
    /// The boxes as a tree.
    pub tree: BoxTree,
    /// How many rows are of each sort.
    pub tally: Tally,
}

/// How many features are of which sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Points, lines, areas.
    pub dimensions: [usize; 3],
    /// By accuracy, in the order of [`Accuracy::ALL`].
    pub accuracies: [usize; 5],
}

impl Tally {
    /// Counts rows.
    #[must_use]
    pub fn of(traits: &[Traits]) -> Self {
        let mut bytes = [0_usize; 256];
        for one in traits {
            bytes[usize::from(one.byte())] += 1;
        }
        let mut tally = Self::default();
        for (byte, count) in (0_u8..=255).zip(bytes) {
            let one = Traits::of_byte(byte);
            if let Some(dimension) = one.dimension() {
                tally.dimensions[dimension as usize] += count;
            }
            if let Some(place) =
                one.accuracy().and_then(|a| Accuracy::ALL.iter().position(|o| *o == a))
            {
                tally.accuracies[place] += count;
            }
        }
        tally
    }

    /// Features that somebody has located.
    #[must_use]
    pub fn located(&self) -> usize {
        self.dimensions.iter().sum()
    }
}

impl Catalogue {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.traits.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.traits.is_empty()
    }

    /// Rows that may have this id.
    pub fn candidates(&self, id: &str) -> impl Iterator<Item = usize> + '_ {
        let (numbered, hashed) = match &self.ids {
            Ids::Numbers => {
                let number = id.parse::<usize>().ok().filter(|number| number.to_string() == id);
                let row = number.and_then(|number| number.checked_sub(1));
                (row.filter(|row| *row < self.len()), [].as_slice())
            }
            Ids::Hashed(hashed) => {
                let hash = hash(id);
                let first = hashed.partition_point(|(one, _)| *one < hash);
                let count = hashed[first..].iter().take_while(|(one, _)| *one == hash).count();
                (None, &hashed[first..first + count])
            }
        };
        numbered.into_iter().chain(hashed.iter().map(|(_, row)| *row as usize))
    }
}

/// One number for a sequence of checksums: the first eight bytes of their SHA-256.
#[must_use]
pub fn fingerprint(checksums: impl Iterator<Item = u32>) -> u64 {
    let mut digest = Sha256::new();
    checksums.for_each(|checksum| digest.update(checksum.to_le_bytes()));
    digest.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
