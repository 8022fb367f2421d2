//! Tiles that were asked for before, as they go over the wire.
//!
//! The cache belongs to one data version and goes with it. It holds so many bytes at most; what has
//! been asked for least makes room (`TinyLFU`). A tile is compressed when the first client that takes it
//! compressed asks for it, and never again.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;

use crate::crs::TileId;
use crate::query::{Budget, Unanswered};
use crate::tile::{Keys, TileSet};

/// Bytes of tiles kept at most, each counted as plain and as compressed.
const ROOM: u64 = 128 * 1024 * 1024;

/// Bytes below which compression gains nothing.
const WORTH_COMPRESSING: usize = 256;

/// Level of brotli: about as fast as gzip's default, and a sixth smaller.
const BROTLI_LEVEL: u32 = 5;
/// Bits of brotli's window: four megabytes, more than a tile has.
const BROTLI_WINDOW: u32 = 22;

/// What a tile holds: layers by their position in the atlas, the first at the bottom.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Held {
    /// One layer.
    One(usize),
    /// Several, one behind the other.
    Several(Arc<[usize]>),
}

/// Which tile: what it holds, address, attributes.
type Key = (Held, TileId, Keys);

/// Tiles of one data version.
pub struct TileCache {
    set: TileSet,
    tiles: Cache<Key, Arc<Cached>>,
}

/// One tile.
pub struct Cached {
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

/// How the bytes of an answer are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As they are.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Coding {
    /// The word of HTTP; `None` where none is needed.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The smallest that a client takes (RFC 9110, 12.5.3). What it gives the weight 0 it does not take.
    pub fn wanted(headers: &HeaderMap) -> Self {
        let takes = |word: &str| {
            headers
                .get_all(ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|choice| {
                    let mut parts = choice.split(';').map(str::trim);
                    let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(word));
                    let weight =
                        parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
                    named && weight.is_none_or(|weight| weight > 0.0)
                })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

impl TileCache {
    /// An empty cache over these tiles, with one part in `share` of the usual room.
    pub fn new(set: TileSet, share: u64) -> Self {
        let weigh = |_: &Key, tile: &Arc<Cached>| {
            u32::try_from(2 * tile.plain.len() + 256).unwrap_or(u32::MAX)
        };
        Self { set, tiles: Cache::builder().weigher(weigh).max_capacity(ROOM / share).build() }
    }

    /// The tiles behind it.
    pub fn set(&self) -> &TileSet {
        &self.set
    }

    /// A tile that is there already.
    pub fn known(&self, held: &Held, tile: TileId, keys: Keys) -> Option<Arc<Cached>> {
        self.tiles.get(&(held.clone(), tile, keys))
    }

    /// A tile, made where it is not there yet. Takes milliseconds: not for a thread that answers others.
    /// Clients that ask for the same tile at once wait for one piece of work.
    ///
    /// # Errors
    /// When it shows a large layer whose file cannot be read any more, or the budget is withdrawn.
    pub fn make(
        &self,
        held: &Held,
        tile: TileId,
        keys: Keys,
        budget: &Budget,
    ) -> Result<Arc<Cached>, Arc<Unanswered>> {
        let layers = match held {
            Held::One(layer) => return self.make_one(*layer, tile, keys, budget),
            Held::Several(layers) => layers,
        };
        if let Some(known) = self.known(held, tile, keys) {
            return Ok(known);
        }
        // A tile is a list of layers, so that two tiles behind each other are one of both.
        let parts = layers.iter().map(|layer| self.make_one(*layer, tile, keys, budget));
        let parts: Vec<Arc<Cached>> = parts.collect::<Result<_, _>>()?;
        Ok(self.tiles.get_with((held.clone(), tile, keys), || {
            let plain: Vec<&[u8]> = parts.iter().map(|part| part.plain.as_ref()).collect();
            Arc::new(Cached::new(plain.concat()))
        }))
    }

    fn make_one(
        &self,
        layer: usize,
        tile: TileId,
        keys: Keys,
        budget: &Budget,
    ) -> Result<Arc<Cached>, Arc<Unanswered>> {
        loop {
            let encode = || self.set.encode(layer, tile, keys, budget);
            let made = self.tiles.try_get_with((Held::One(layer), tile, keys), || {
                encode().map(Cached::new).map(Arc::new)
            });
            match made {
                // Stopped, because whoever made it for all who wait has gone: the next one makes it.
                Err(error)
                    if matches!(*error, Unanswered::Stopped(_)) && budget.check().is_ok() => {}
                made => return made,
            }
        }
    }

    /// Whether making a tile may take long, because it is drawn from a file.
    pub fn is_heavy(&self, held: &Held) -> bool {
        match held {
            Held::One(layer) => self.set.is_stored(*layer),
            Held::Several(layers) => layers.iter().any(|layer| self.set.is_stored(*layer)),
        }
    }
}

impl Cached {
    fn new(plain: Vec<u8>) -> Self {
        Self { plain: plain.into(), gzip: OnceLock::new(), brotli: OnceLock::new() }
    }

    /// Whether its bytes are there in this coding, without work.
    pub fn is_ready(&self, wanted: Coding) -> bool {
        match self.coding(wanted) {
            Coding::Identity => true,
            Coding::Gzip => self.gzip.get().is_some(),
            Coding::Brotli => self.brotli.get().is_some(),
        }
    }

    /// The coding that an answer gets to a client that wants this one.
    pub fn coding(&self, wanted: Coding) -> Coding {
        if self.plain.len() < WORTH_COMPRESSING { Coding::Identity } else { wanted }
    }

    /// Its bytes in a coding.
    pub fn bytes(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => self.plain.clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain).into()).clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain).into()).clone(),
        }
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut encoder =
        brotli::CompressorWriter::new(Vec::new(), plain.len().max(1), BROTLI_LEVEL, BROTLI_WINDOW);
    let _ = encoder.write_all(plain);
    encoder.into_inner()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::Coding;

    #[test]
    fn a_client_gets_the_smallest_coding_that_it_takes() {
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip;q=0.8, br;q=0", Coding::Gzip),
            ("deflate", Coding::Identity),
            ("GZIP", Coding::Gzip),
            ("", Coding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(Coding::wanted(&headers), coding, "{accepted}");
        }
        assert_eq!(Coding::wanted(&HeaderMap::new()), Coding::Identity);
    }
}
