//! Whole numbers in as few bytes as they need, seven bits to each, the lowest first: LEB128, as Thrift's
//! compact protocol, protocol buffers and PMTiles have it.

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

/// Appends a number that may be negative, small ones of either sign in few bytes (zigzag).
pub fn signed(out: &mut Vec<u8>, number: i64) {
    unsigned(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}
