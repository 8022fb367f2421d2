//! The data as it is served: one version at a time, exchanged whole while requests are under way.
//!
//! A request takes its version once, with the [`Data`] extractor, and is answered out of nothing else:
//! no answer mixes two versions, and none carries the `ETag` of another. Where data comes from is not
//! known here: `cli` reads and checks a folder, and hands over what is sound or says what is not.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use jiff::{Timestamp, Unit};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::http::AppState;
use crate::http::heavy::Heavy;
use crate::http::picture_cache::PictureCache;
use crate::http::tile_cache::TileCache;
use crate::index::IndexedAtlas;
use crate::painter::Painter;
use crate::query::collection::Collections;
use crate::tile::TileSet;

/// How often is looked whether the last request has let go of a version that was replaced.
const LETTING_GO: Duration = Duration::from_millis(50);

/// One version of the data with all that was prepared from it.
pub struct Version {
    /// The atlas and its indexes.
    pub index: Arc<IndexedAtlas>,
    /// Its geometry, prepared for tiles, and the tiles asked for so far.
    pub tiles: TileCache,
    /// Its picture tiles, as far as they were asked for.
    pub pictures: PictureCache,
    /// Its layers as collections of features.
    pub collections: Collections,
    /// The `ETag` of everything that follows from it.
    pub etag: HeaderValue,
    /// Since when it is served.
    pub loaded_at: Timestamp,
}

impl Version {
    fn new(index: IndexedAtlas) -> Self {
        let tiles = TileCache::new(TileSet::new(&index));
        let index = Arc::new(index);
        let collections = Collections::new(index.clone());
        let tag = format!("W/\"{}-{}\"", index.atlas.data_version, super::program_version());
        let etag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\""));
        let pictures = PictureCache::default();
        Self { index, tiles, pictures, collections, etag, loaded_at: now() }
    }
}

/// The moment, to the millisecond: what is finer only makes texts longer.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}

/// A moment as RFC 3339 writes it.
pub fn written<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(moment)
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Said {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The newest change of the data folder, which was not taken over because it has errors.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Refused {
    /// When it was refused, RFC 3339.
    #[schema(value_type = String)]
    #[serde(serialize_with = "written")]
    pub at: Timestamp,
    /// Errors in all.
    pub count: usize,
    /// The first of them: file, line, reason and remedy.
    pub problems: Vec<Said>,
}

/// What is served now, and what was refused since.
pub struct Live {
    version: ArcSwap<Version>,
    refused: ArcSwapOption<Refused>,
}

impl Live {
    /// Begins with a version.
    pub fn new(index: IndexedAtlas) -> Self {
        Self {
            version: ArcSwap::from_pointee(Version::new(index)),
            refused: ArcSwapOption::empty(),
        }
    }

    /// The version served now.
    pub fn version(&self) -> Arc<Version> {
        self.version.load_full()
    }

    /// The newest change, where it was refused.
    pub fn refused(&self) -> Option<Arc<Refused>> {
        self.refused.load_full()
    }

    /// Serves another version from now on. Requests under way finish with the one they began with.
    pub fn exchange(&self, index: IndexedAtlas) {
        let old = self.version.swap(Arc::new(Version::new(index)));
        self.refused.store(None);
        // A large atlas takes long to free: not on the thread of whichever request lets go of it last.
        std::thread::spawn(move || {
            while Arc::strong_count(&old) > 1 {
                std::thread::sleep(LETTING_GO);
            }
        });
    }

    /// Notes that the newest change was refused, or (without `problems`) that it is no more.
    pub fn refuse(&self, count: usize, problems: Vec<Said>) {
        let refused = (count > 0).then(|| Arc::new(Refused { at: now(), count, problems }));
        self.refused.store(refused);
    }
}

/// The version that one request is answered from. The first who asks for it decides, be it middleware
/// or handler; everyone after gets the same, whatever was exchanged meanwhile.
#[derive(Clone)]
pub struct Data {
    version: Arc<Version>,
    /// Turns for questions whose work grows with what is asked.
    pub heavy: Arc<Heavy>,
    /// Who paints dense pictures.
    pub painter: Arc<Painter>,
}

impl Deref for Data {
    type Target = Version;

    fn deref(&self) -> &Version {
        &self.version
    }
}

impl FromRequestParts<AppState> for Data {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        if let Some(data) = parts.extensions.get::<Self>() {
            return Ok(data.clone());
        }
        let (heavy, painter) = (state.heavy.clone(), state.painter.clone());
        let data = Self { version: state.live.version(), heavy, painter };
        parts.extensions.insert(data.clone());
        Ok(data)
    }
}
