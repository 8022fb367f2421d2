//! Files as text: encodings detected, content fingerprinted.
//!
//! WPS and old Excel write CSV in GBK (a subset of GB18030), newer ones in UTF-8 with a byte
//! order mark or in UTF-16. Guessing by statistics is refused: a file either decodes without a
//! single error in one of these encodings or is reported.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, GB18030};
use sha2::{Digest, Sha256};

use crate::load::fault::Fault;
use crate::load::large::stays;
use crate::load::problem::{Location, Problems};

/// Reads files of one data folder and remembers what was read.
pub struct Folder {
    root: PathBuf,
    fingerprint: Sha256,
    large: u64,
}

impl Folder {
    /// Opens a data folder; nothing is read yet.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), fingerprint: Sha256::new(), large: u64::MAX }
    }

    /// Reads `relative` as text, noting a problem where that is not possible.
    pub fn read(&mut self, relative: &str, problems: &mut Problems) -> Option<String> {
        let bytes = match fs::read(self.root.join(relative)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let fault = Fault::Unreadable { reason: error.to_string() };
                problems.error(Location::file(relative), fault);
                return None;
            }
        };
        self.fingerprint.update(relative.as_bytes());
        self.fingerprint.update([0]);
        self.fingerprint.update((bytes.len() as u64).to_le_bytes());
        self.fingerprint.update(&bytes);
        let text = decode(&bytes);
        if text.is_none() {
            problems.error(Location::file(relative), Fault::UnknownEncoding);
        }
        text
    }

    /// Where a file of the folder lies; `None` when there is none, or when it lies outside, by its
    /// name or because it is a link that leads out.
    pub fn path(&self, relative: &str) -> Option<PathBuf> {
        let root = self.root.canonicalize().ok()?;
        let path = root.join(relative).canonicalize().ok()?;
        (path.starts_with(&root) && path.is_file()).then_some(path)
    }

    /// The first bytes of a file that is too large to be read whole; fewer where it ends before.
    pub fn head(&mut self, relative: &str, bytes: u64) -> std::io::Result<Vec<u8>> {
        let mut head = Vec::new();
        fs::File::open(self.root.join(relative))?.take(bytes).read_to_end(&mut head)?;
        self.fingerprint.update(relative.as_bytes());
        self.fingerprint.update(&head);
        Ok(head)
    }

    /// Whether the folder has this file.
    pub fn has(&self, relative: &str) -> bool {
        self.root.join(relative).is_file()
    }

    /// Names of the GeoJSON files directly in `relative` (`""` for the folder itself), sorted.
    pub fn geojson_files(&self, relative: &str) -> Vec<String> {
        self.files(relative).into_iter().filter(|name| is_geojson(name)).collect()
    }

    fn files(&self, relative: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(relative)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .map(|name| if relative.is_empty() { name } else { format!("{relative}/{name}") })
            .collect();
        names.sort();
        names
    }

    /// Has the features of dropped files of more than so many megabytes stay in their files.
    pub fn keep_large(&mut self, megabytes: u64) {
        self.large = megabytes.saturating_mul(1_000_000);
    }

    /// Whether a dropped file is too large for its features to become places.
    pub fn is_large(&self, relative: &str) -> bool {
        fs::metadata(self.root.join(relative)).is_ok_and(|file| file.len() > self.large)
    }

    /// Names of the files directly in the folder whose features stay in them, sorted: large ones, and all
    /// that are only read that way.
    pub fn large_files(&self) -> Vec<String> {
        let ours = |name: &String| is_geojson(name) && self.is_large(name) || stays(name);
        self.files("").into_iter().filter(ours).collect()
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Counts a file in that was read elsewhere, by the fingerprint of its content.
    pub fn note(&mut self, relative: &str, content: u64) {
        self.fingerprint.update(relative.as_bytes());
        self.fingerprint.update([0]);
        self.fingerprint.update(content.to_le_bytes());
    }

    /// The fingerprint of everything read so far: 12 hexadecimal digits of a SHA-256.
    pub fn version(&self) -> String {
        let digest = self.fingerprint.clone().finalize();
        digest.iter().take(6).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }
}

fn is_geojson(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("geojson"))
}

/// Decodes UTF-8 (with or without byte order mark), UTF-16 with one, or GB18030.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn text_of_wps_and_excel_is_read_in_every_encoding_they_write() {
        let text = "乡镇,药材\n堰坪镇,小茴香\n蔈草镇,茶";
        let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
        let with_mark = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &with_mark, &gb18030, &utf16] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn bytes_in_no_known_encoding_are_refused() {
        assert_eq!(decode(b"\xFF\xFF\x00\x80"), None);
    }
}
