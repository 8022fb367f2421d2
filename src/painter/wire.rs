//! What the server and the painter say to each other over the painter's standard streams.
//!
//! This file is read by both programs. Everything goes in frames: four bytes of length, little-endian, and as
//! many bytes. The painter greets once; after that an order gets an answer:
//!
//! | who | frames |
//! |---|---|
//! | painter, once | `ok` or the reason why it cannot paint; [`Device`] as JSON |
//! | server | [`Order`] as JSON; for each of its passes a Mapbox vector tile of one layer, called `0`, `1` … |
//! | painter | `ok` or the reason why not; pixels, four bytes each, row by row: red, green, blue, coverage, colours premultiplied |

use std::io::{Read, Result, Write};

use serde::{Deserialize, Serialize};

/// Word that something went well.
pub const OK: &[u8] = b"ok";

/// Units of the tile's coordinates to a pixel, so that vertices lie on a grid of sixteenths.
pub const UNITS_PER_PIXEL: f32 = 16.0;

/// Pixels along a side at most.
pub const LARGEST_SIDE: u32 = 4096;

/// Bytes of a frame at most: a guard against streams that are out of step.
const LARGEST: usize = 1 << 30;

/// What the painter paints with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its name.
    pub name: String,
    /// Whether it is no graphics card but a program on the processor.
    pub is_software: bool,
}

/// What is to be painted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Layers of the tile, the first at the bottom.
    pub passes: Vec<Pass>,
}

/// How a layer of the tile is painted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pass {
    /// Red, green, blue.
    pub color: [u8; 3],
    /// Width of strokes, pixels; nought for areas that are filled.
    pub stroke: f32,
}

/// Sends a frame.
///
/// # Errors
/// When the other side does not listen.
pub fn send(out: &mut impl Write, frame: &[u8]) -> Result<()> {
    let too_large = || std::io::Error::other("the picture has too many vertices for one order");
    let length = u32::try_from(frame.len()).ok().filter(|_| frame.len() <= LARGEST);
    out.write_all(&length.ok_or_else(too_large)?.to_le_bytes())?;
    out.write_all(frame)
}

/// Waits for a frame.
///
/// # Errors
/// When the other side is gone, or what it says is no frame.
pub fn receive(input: &mut impl Read) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > LARGEST {
        return Err(std::io::Error::other("the streams are out of step"));
    }
    let mut frame = Vec::new();
    input.take(length as u64).read_to_end(&mut frame)?;
    if frame.len() < length {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(frame)
}
