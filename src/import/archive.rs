//! Zip archives, read member by member into memory and within limits. Nothing is ever written to
//! disk, so that no name of a member can lead anywhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::Refusal;
use crate::import::text::decode;

/// What an archive may unpack to, megabytes, whatever it says of itself.
const MAX_UNPACKED: u64 = 512;
/// How many members it may have.
const MAX_MEMBERS: usize = 2_000;

/// An archive in memory.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    budget: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory of an archive and refuses one that says it is too large.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let limit = || Refusal::UnpacksTooLarge { limit: MAX_UNPACKED };
        if zip.len() > MAX_MEMBERS {
            return Err(limit());
        }
        let budget = MAX_UNPACKED << 20;
        let mut said: u64 = 0;
        let mut names = Vec::with_capacity(zip.len());
        for number in 0..zip.len() {
            let member = zip.by_index_raw(number).map_err(broken)?;
            said = said.saturating_add(member.size());
            names.push(name(member.name_raw()));
        }
        if said > budget {
            return Err(limit());
        }
        Ok(Self { zip, names, budget })
    }

    /// Names of the members, as the archive has them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Unpacks a member. What it says of its size is not believed.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let number = self.names.iter().position(|n| n == name);
        let number = number.ok_or_else(|| Refusal::malformed("zip", name))?;
        let mut content = Vec::new();
        self.unpack(number, |chunk| content.extend_from_slice(chunk))?;
        Ok(content)
    }

    /// Unpacks everything into nothing, for readers that open the archive themselves and believe it.
    pub fn check_sizes(&mut self) -> Result<(), Refusal> {
        for number in 0..self.names.len() {
            self.unpack(number, |_| {})?;
        }
        Ok(())
    }

    fn unpack(&mut self, number: usize, mut take: impl FnMut(&[u8])) -> Result<(), Refusal> {
        let mut member = self.zip.by_index(number).map_err(broken)?;
        let mut chunk = vec![0; 1 << 16];
        loop {
            let count =
                member.read(&mut chunk).map_err(|error| Refusal::malformed("zip", error))?;
            if count == 0 {
                return Ok(());
            }
            let Some(left) = self.budget.checked_sub(count as u64) else {
                return Err(Refusal::UnpacksTooLarge { limit: MAX_UNPACKED });
            };
            self.budget = left;
            take(&chunk[..count]);
        }
    }
}

/// Windows writes names in its own encoding and does not say so.
fn name(raw: &[u8]) -> String {
    decode(raw, None).unwrap_or_else(|_| String::from_utf8_lossy(raw).into_owned())
}

fn broken(error: zip::result::ZipError) -> Refusal {
    Refusal::malformed("zip", error)
}
