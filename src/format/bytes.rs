//! Numbers out of a block of bytes that may lie about its length: past the end there is nothing,
//! and no allocation is larger than what is there.

/// A position in a block of bytes.
#[derive(Clone, Copy)]
pub struct Bytes<'a> {
    rest: &'a [u8],
    pub little_endian: bool,
}

impl<'a> Bytes<'a> {
    pub fn new(rest: &'a [u8], little_endian: bool) -> Self {
        Self { rest, little_endian }
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub fn u32(&mut self) -> Option<u32> {
        let bytes: [u8; 4] = self.take(4)?.try_into().ok()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    pub fn f64(&mut self) -> Option<f64> {
        let bytes: [u8; 8] = self.take(8)?.try_into().ok()?;
        Some(if self.little_endian { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// A count of things of at least `size` bytes each; `None` when they cannot be there.
    pub fn count(&mut self, size: usize) -> Option<usize> {
        let count = usize::try_from(self.u32()?).ok()?;
        (count.checked_mul(size)? <= self.rest.len()).then_some(count)
    }
}
