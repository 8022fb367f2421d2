//! Tags: a line with a group code, a line with a value. Text is GBK.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use crate::export::WriteError;
use crate::export::charset::gbk_with_escapes;
use crate::export::number::fixed;

/// The first handle after those of the frame.
const FIRST: u64 = 0x100;
/// Hexadecimal digits of a handle, so that the last one can be filled in at the end.
const HANDLE: usize = 12;

/// Writes tags, and gives every object a handle of its own.
pub struct Tags {
    out: BufWriter<File>,
    decimals: usize,
    next: u64,
    buffer: Vec<u8>,
    /// Where the handle after the last one is to stand.
    seed: u64,
}

impl Tags {
    pub fn new(out: BufWriter<File>, decimals: u8) -> Self {
        Self { out, decimals: decimals.into(), next: FIRST, buffer: Vec::new(), seed: 0 }
    }

    /// A text of one line.
    pub fn text(&mut self, code: u16, text: &str) -> Result<(), WriteError> {
        write!(self.out, "{code:3}\r\n")?;
        self.line(text)
    }

    fn line(&mut self, text: &str) -> Result<(), WriteError> {
        self.buffer.clear();
        gbk_with_escapes(text, &mut self.buffer);
        self.buffer.extend(b"\r\n");
        Ok(self.out.write_all(&self.buffer)?)
    }

    pub fn integer(&mut self, code: u16, number: u64) -> Result<(), WriteError> {
        Ok(write!(self.out, "{code:3}\r\n{number}\r\n")?)
    }

    /// A length or a coordinate.
    pub fn number(&mut self, code: u16, number: f64) -> Result<(), WriteError> {
        write!(self.out, "{code:3}\r\n")?;
        fixed(&mut self.out, number, self.decimals)?;
        Ok(self.out.write_all(b"\r\n")?)
    }

    /// A position without height.
    pub fn position(&mut self, code: u16, [x, y]: [f64; 2]) -> Result<(), WriteError> {
        self.number(code, x)?;
        self.number(code + 10, y)
    }

    /// A position at height zero.
    pub fn point(&mut self, code: u16, at: [f64; 2]) -> Result<(), WriteError> {
        self.position(code, at)?;
        self.text(code + 20, "0.0")
    }

    /// A colour: the nearest of the nine that every program has, then the true one.
    pub fn color(&mut self, color: u32) -> Result<(), WriteError> {
        self.integer(62, nearest(color))?;
        self.integer(420, color.into())
    }

    /// The next handle.
    pub fn handle(&mut self) -> Result<(), WriteError> {
        self.next += 1;
        Ok(write!(self.out, "  5\r\n{:X}\r\n", self.next - 1)?)
    }

    /// A place for the handle after the last one.
    pub fn seed(&mut self) -> Result<(), WriteError> {
        write!(self.out, "  5\r\n")?;
        self.seed = self.out.stream_position()?;
        Ok(write!(self.out, "{:HANDLE$}\r\n", 0)?)
    }

    /// Tags as they stand: a code, a blank, a value, one to each line.
    pub fn lines(&mut self, lines: &str) -> Result<(), WriteError> {
        for line in lines.lines() {
            let (code, value) = line.split_once(' ').unwrap_or((line, ""));
            write!(self.out, "{code:>3}\r\n")?;
            self.line(value)?;
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.out.seek(SeekFrom::Start(self.seed))?;
        write!(self.out, "{:0HANDLE$X}", self.next)?;
        Ok(self.out.flush()?)
    }
}

/// The nearest of AutoCAD's first nine colours.
fn nearest(color: u32) -> u64 {
    const COLORS: [u32; 9] = [
        0xff_0000, 0xff_ff00, 0x00_ff00, 0x00_ffff, 0x00_00ff, 0xff_00ff, 0x00_0000, 0x80_8080,
        0xc0_c0c0,
    ];
    let distance = |other: u32| {
        let part = |color: u32, shift: u32| (color >> shift) & 0xff;
        [16, 8, 0]
            .map(|shift| part(color, shift).abs_diff(part(other, shift)).pow(2))
            .iter()
            .sum::<u32>()
    };
    (1..).zip(COLORS).min_by_key(|(_, other)| distance(*other)).map_or(7, |(number, _)| number)
}
