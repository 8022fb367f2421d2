//! The key that grants are signed with. It lies outside the data folder, which is copied, shared and exported.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::whole::write_secret;

/// Bytes of a key: as many as the hash has (RFC 2104, section 3).
const BYTES: usize = 32;

/// Name of its file.
const FILE: &str = "signing.key";

/// A secret key.
pub struct Key([u8; BYTES]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder is the data folder, or within it.
    #[error(
        "{0} lies in the data folder, which is copied and handed on; keep keys elsewhere (--keys)"
    )]
    WithData(PathBuf),
    /// The file is something else.
    #[error(
        "{0} is no key of Plan Atlas: 64 hexadecimal digits are expected; take it away, and a new one is made (what was signed before will no longer open)"
    )]
    NotAKey(PathBuf),
    /// The system says no.
    #[error("{path} cannot be read or written: {error}")]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// There are no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(getrandom::Error),
}

/// Where keys are kept unless told otherwise: where programs of this user keep their settings.
#[must_use]
pub fn default_folder() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let settings = if cfg!(windows) {
        of("APPDATA")
    } else {
        of("XDG_CONFIG_HOME").or_else(|| of("HOME").map(|home| home.join(".config")))
    };
    settings.unwrap_or_else(|| PathBuf::from(".")).join("plan-atlas")
}

impl Key {
    /// Reads the key in a folder; makes one where there is none. The folder must not be in `data`.
    ///
    /// # Errors
    /// When it is, when the file is no key, or when it can be neither read nor written.
    pub fn open(folder: &Path, data: Option<&Path>) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        if let Some(data) = data
            && whole(folder).starts_with(whole(data))
        {
            return Err(KeyError::WithData(folder.to_owned()));
        }
        match fs::read_to_string(&path) {
            Ok(text) => {
                from_hex(text.trim()).map(Self).ok_or_else(|| KeyError::NotAKey(path.clone()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(folder, &path),
            Err(error) => Err(KeyError::Failed { path, error }),
        }
    }

    fn make(folder: &Path, path: &Path) -> Result<Self, KeyError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(KeyError::NoRandomness)?;
        let failed = |error| KeyError::Failed { path: path.to_owned(), error };
        fs::create_dir_all(folder).map_err(failed)?;
        let digits = bytes.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
        match write_secret(path, format!("{digits}\n").as_bytes()) {
            // Another program was faster: its key counts.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Self::open(folder, None);
            }
            written => written.map_err(failed)?,
        }
        Ok(Self(bytes))
    }

    /// A key of given bytes.
    #[must_use]
    pub fn of_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        // Keys of any length are taken.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(text.as_bytes());
        mac
    }

    /// Signs a text.
    #[must_use]
    pub fn sign(&self, text: &str) -> Vec<u8> {
        self.mac(text).finalize().into_bytes().to_vec()
    }

    /// Whether this key signed a text; takes the same time whichever byte is wrong.
    #[must_use]
    pub fn has_signed(&self, text: &str, mac: &[u8]) -> bool {
        self.mac(text).verify_slice(mac).is_ok()
    }
}

/// A path without links and dots, as far as it exists.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for known in absolute.ancestors() {
        if let (Ok(real), Ok(rest)) = (known.canonicalize(), absolute.strip_prefix(known)) {
            return real.join(rest);
        }
    }
    absolute
}

fn from_hex(text: &str) -> Option<[u8; BYTES]> {
    if text.len() != 2 * BYTES || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; BYTES];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}
