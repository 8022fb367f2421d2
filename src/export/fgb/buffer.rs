//! FlatBuffers, as much of them as FlatGeobuf needs, written front to back.
//!
//! ```text
//! 0 length of what follows u32 │ 4 distance to the root table │ vtable │ table │ what it refers to …
//! ```
//!
//! Layout: "FlatBuffers Internals" (flatbuffers.dev). A table begins with the distance back to its vtable,
//! which lists where each field lies; texts, vectors and inner tables lie behind it and are referred to
//! by the distance to them. Little-endian, every number at a multiple of its size from the beginning.

/// One buffer, with its length in front.
#[derive(Default)]
pub struct Buffer {
    bytes: Vec<u8>,
}

/// A field of a table.
#[derive(Clone, Copy)]
pub enum Field {
    /// A number of one byte.
    Byte(u8),
    /// A number of two.
    Short(u16),
    /// A number of four.
    Int(u32),
    /// A number of eight.
    Long(u64),
    /// Something that follows.
    Later,
}

impl Field {
    fn size(self) -> u16 {
        match self {
            Self::Byte(_) => 1,
            Self::Short(_) => 2,
            Self::Int(_) | Self::Later => 4,
            Self::Long(_) => 8,
        }
    }
}

/// Where a table lies.
#[derive(Clone, Copy)]
pub struct Table(usize);

/// Where the distance to something that follows goes.
#[derive(Clone, Copy)]
pub struct Slot(usize);

impl Buffer {
    /// Begins a buffer over what it held, with its root table.
    pub fn root(&mut self, fields: &[(u16, Field)]) -> Table {
        self.bytes.clear();
        self.bytes.resize(8, 0);
        self.table(Slot(4), fields)
    }

    /// Writes a table: its fields with their numbers in the schema, rising.
    pub fn table(&mut self, slot: Slot, fields: &[(u16, Field)]) -> Table {
        let count = fields.last().map_or(0, |(number, _)| number + 1);
        let vtable = 4 + 2 * count;
        // The table lies at a multiple of eight, its vtable right before it.
        let start = (self.bytes.len() + usize::from(vtable)).next_multiple_of(8);
        let first = start - usize::from(vtable);
        self.bytes.resize(start, 0);
        self.bytes[first..first + 2].copy_from_slice(&vtable.to_le_bytes());
        self.bytes.extend_from_slice(&u32::from(vtable).to_le_bytes());
        let mut end = 4;
        for &(number, field) in fields {
            let place: u16 = end;
            let place = place.next_multiple_of(field.size());
            end = place + field.size();
            self.bytes.resize(start + usize::from(place), 0);
            let at = first + 4 + 2 * usize::from(number);
            self.bytes[at..at + 2].copy_from_slice(&place.to_le_bytes());
            match field {
                Field::Byte(number) => self.bytes.push(number),
                Field::Short(number) => self.bytes.extend_from_slice(&number.to_le_bytes()),
                Field::Int(number) => self.bytes.extend_from_slice(&number.to_le_bytes()),
                Field::Long(number) => self.bytes.extend_from_slice(&number.to_le_bytes()),
                Field::Later => self.bytes.extend_from_slice(&[0; 4]),
            }
        }
        self.bytes[first + 2..first + 4].copy_from_slice(&end.to_le_bytes());
        self.refer(slot, start);
        Table(start)
    }

    /// The slot of a field that was to follow.
    #[must_use]
    pub fn slot(&self, table: Table, number: u16) -> Slot {
        let short = |at: usize| u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]);
        let vtable = table.0 - usize::from(short(table.0));
        Slot(table.0 + usize::from(short(vtable + 4 + 2 * usize::from(number))))
    }

    /// Writes a text, and the zero after it.
    pub fn text(&mut self, slot: Slot, text: &str) {
        self.vector(slot, 4, text.len());
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(0);
    }

    /// Writes numbers of eight bytes.
    pub fn doubles(&mut self, slot: Slot, numbers: &[[f64; 2]]) {
        self.vector(slot, 8, numbers.len() * 2);
        for [x, y] in numbers {
            self.bytes.extend_from_slice(&x.to_le_bytes());
            self.bytes.extend_from_slice(&y.to_le_bytes());
        }
    }

    /// Writes numbers of four bytes.
    pub fn words(&mut self, slot: Slot, numbers: impl ExactSizeIterator<Item = usize>) {
        self.vector(slot, 4, numbers.len());
        numbers.for_each(|number| self.bytes.extend_from_slice(&word(number)));
    }

    /// Makes room for references to tables, and gives their slots.
    pub fn tables(&mut self, slot: Slot, count: usize) -> impl Iterator<Item = Slot> + use<> {
        self.vector(slot, 4, count);
        let first = self.bytes.len();
        self.bytes.resize(first + 4 * count, 0);
        (0..count).map(move |number| Slot(first + 4 * number))
    }

    /// Writes bytes, however many.
    pub fn bytes(&mut self, slot: Slot, write: impl FnOnce(&mut Vec<u8>)) {
        self.vector(slot, 4, 0);
        let first = self.bytes.len();
        write(&mut self.bytes);
        let length = word(self.bytes.len() - first);
        self.bytes[first - 4..first].copy_from_slice(&length);
    }

    /// The whole of it, a multiple of eight bytes: JavaScript reads numbers in place, where they lie
    /// in the file.
    pub fn finish(&mut self) -> &[u8] {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let length = word(self.bytes.len() - 4);
        self.bytes[..4].copy_from_slice(&length);
        &self.bytes
    }

    /// The length of a vector, with the elements behind it at a multiple of `size`.
    fn vector(&mut self, slot: Slot, size: usize, count: usize) {
        let elements = (self.bytes.len() + 4).next_multiple_of(size);
        self.bytes.resize(elements - 4, 0);
        self.refer(slot, elements - 4);
        self.bytes.extend_from_slice(&word(count));
    }

    fn refer(&mut self, slot: Slot, target: usize) {
        self.bytes[slot.0..slot.0 + 4].copy_from_slice(&word(target - slot.0));
    }
}

/// A length or distance. Nothing in a buffer comes near four gigabytes: a feature is one place.
pub fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
