//! Whole numbers in as few bytes as they need, seven bits to each, the lowest first: LEB128, as Thrift's
//! compact protocol, protocol buffers and PMTiles have it; and the fields of protocol buffers made of them.

/// Appends a number.
pub fn unsigned(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Bytes that a number takes.
pub fn length(number: u64) -> usize {
    (64 - (number | 1).leading_zeros() as usize).div_ceil(7)
}

#[cfg(feature = "server")]
/// Appends a number that may be negative, small ones of either sign in few bytes (zigzag).
pub fn signed(out: &mut Vec<u8>, number: i64) {
    unsigned(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

/// Appends a whole number as a field of a protocol buffer message.
pub fn integer(out: &mut Vec<u8>, field: u32, value: u64) {
    unsigned(out, u64::from(field << 3));
    unsigned(out, value);
}

/// Appends a text, a message or packed numbers as a field of a protocol buffer message.
pub fn bytes(out: &mut Vec<u8>, field: u32, content: &[u8]) {
    unsigned(out, u64::from(field << 3 | 2));
    unsigned(out, content.len() as u64);
    out.extend_from_slice(content);
}

/// A number that may be negative, small ones of either sign as small ones without (zigzag).
#[must_use]
pub fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}
