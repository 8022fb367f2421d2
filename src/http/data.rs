//! The data as it is served: one version at a time, exchanged whole while requests are under way.
//!
//! A request takes its version once, with the [`Data`] extractor, and is answered out of nothing else:
//! no answer mixes two versions, and none carries the `ETag` of another. Where data comes from is not
//! known here: `cli` reads and checks a folder, and hands over what is sound or says what is not.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use jiff::{Timestamp, Unit};
use moka::sync::Cache;
use serde::{Serialize, Serializer};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::audience::{Scope, lowest, seen_by};
use crate::http::AppState;
use crate::http::heavy::Heavy;
use crate::http::picture_cache::PictureCache;
use crate::http::problem::Problem;
use crate::http::tile_cache::TileCache;
use crate::index::IndexedAtlas;
use crate::model::{Atlas, Audience};
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
    /// Caches have one part in `share` of their usual room.
    fn new(index: IndexedAtlas, share: u64) -> Self {
        let tiles = TileCache::new(TileSet::new(&index), share);
        let index = Arc::new(index);
        let collections = Collections::new(index.clone());
        let tag = format!("W/\"{}-{}\"", index.atlas.data_version, super::program_version());
        let etag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\""));
        let pictures = PictureCache::new(share);
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
    /// The first of them: file, line, reason and remedy. Not for everybody where something is kept from somebody.
    pub problems: Vec<Said>,
    /// Whether something is kept from somebody in the folder that was refused.
    #[serde(skip)]
    pub guarded: bool,
}

/// The data as each audience sees it: the same version where nothing is kept from them.
pub struct Editions {
    all: Arc<Version>,
    /// In the order of [`Audience::ALL`].
    of: [Arc<Version>; 3],
    /// What share links open, as far as they were opened.
    shared: Cache<Scope, Arc<Version>>,
    /// The turn of whoever makes one of them.
    turn: Arc<Semaphore>,
}

/// How long a share link waits until it is its turn to be made.
const TURN: Duration = Duration::from_secs(10);

/// Share links that are open at once; each holds what it shows of the data.
const SHARED: u64 = 16;

impl Editions {
    fn new(index: IndexedAtlas) -> Self {
        let all = Arc::new(Version::new(index, 1));
        let atlas = &all.index.atlas;
        let mut made: Vec<(Audience, Arc<Version>)> = Vec::new();
        let of = Audience::ALL.map(|audience| {
            let lowest = lowest(atlas, audience);
            if let Some((_, version)) = made.iter().find(|(known, _)| *known == lowest) {
                return version.clone();
            }
            let version = edition(&all, &lowest.into(), 1);
            made.push((lowest, version.clone()));
            version
        });
        Self { all, of, shared: Cache::new(SHARED), turn: Arc::new(Semaphore::new(1)) }
    }

    /// What somebody sees, where it is at hand.
    fn at_hand(&self, scope: &Scope) -> Option<Arc<Version>> {
        match &scope.chosen {
            None => Some(self.of[scope.audience as usize].clone()),
            Some(_) => self.shared.get(scope),
        }
    }

    /// What somebody sees who opened a link, made now: one at a time, so that many links take turns, and not
    /// the machine.
    async fn made(self: &Arc<Self>, scope: Scope) -> Result<Arc<Version>, Problem> {
        let Ok(Ok(turn)) = timeout(TURN, self.turn.clone().acquire_owned()).await else {
            return Err(Problem::busy());
        };
        let editions = self.clone();
        let made = tokio::task::spawn_blocking(move || {
            let _until_it_is_made = turn;
            editions.seen_by(&scope)
        });
        made.await.map_err(|error| Problem::internal(&error))
    }

    /// What somebody sees. Making an edition costs what loading the data costs without reading files.
    fn seen_by(&self, scope: &Scope) -> Arc<Version> {
        let make = || self.shared.get_with(scope.clone(), || edition(&self.all, scope, SHARED));
        self.at_hand(scope).unwrap_or_else(make)
    }
}

/// What somebody sees; its caches have one part in `share` of the room that those of the data have.
fn edition(all: &Arc<Version>, scope: &Scope, share: u64) -> Arc<Version> {
    let seen = seen_by(&all.index, scope);
    seen.map_or_else(|| all.clone(), |seen| Arc::new(Version::new(seen, share)))
}

/// What is served now, and what was refused since.
pub struct Live {
    editions: ArcSwap<Editions>,
    refused: ArcSwapOption<Refused>,
}

impl Live {
    /// Begins with a version.
    pub fn new(index: IndexedAtlas) -> Self {
        let editions = ArcSwap::from_pointee(Editions::new(index));
        Self { editions, refused: ArcSwapOption::empty() }
    }

    /// The whole of what is served now.
    pub fn version(&self) -> Arc<Version> {
        self.editions.load().all.clone()
    }

    /// What an audience sees of it.
    pub fn seen_by(&self, audience: Audience) -> Arc<Version> {
        self.editions.load().of[audience as usize].clone()
    }

    /// The newest change, where it was refused.
    pub fn refused(&self) -> Option<Arc<Refused>> {
        self.refused.load_full()
    }

    /// Serves another version from now on. Requests under way finish with the one they began with.
    pub fn exchange(&self, index: IndexedAtlas) {
        let old = self.editions.swap(Arc::new(Editions::new(index)));
        self.refused.store(None);
        // A large atlas takes long to free: not on the thread of whichever request lets go of it last.
        std::thread::spawn(move || {
            while Arc::strong_count(&old) > 1 {
                std::thread::sleep(LETTING_GO);
            }
        });
    }

    /// Notes that the newest change was refused, or (without `problems`) that it is no more.
    pub fn refuse(&self, count: usize, problems: Vec<Said>, guarded: bool) {
        let refused = || Arc::new(Refused { at: now(), count, problems, guarded });
        let refused = (count > 0).then(refused);
        self.refused.store(refused);
    }
}

/// The version that one request is answered from: what whoever asks may see. The first who asks for it decides,
/// be it middleware or handler; everyone after gets the same, whatever was exchanged meanwhile.
#[derive(Clone)]
pub struct Data {
    version: Arc<Version>,
    editions: Arc<Editions>,
    /// Whether one of the staff asks, and no link is open.
    staff: bool,
    /// Turns for questions whose work grows with what is asked.
    pub heavy: Arc<Heavy>,
    /// Who paints dense pictures.
    pub painter: Arc<Painter>,
}

impl Data {
    /// Whether nothing is kept from whoever asks.
    pub fn is_all(&self) -> bool {
        Arc::ptr_eq(&self.version, &self.editions.all)
    }

    /// Whether one of the staff asks, who has not opened a share link.
    pub fn is_staff(&self) -> bool {
        self.staff
    }

    /// Whether everybody sees what whoever asks sees.
    pub fn is_public(&self) -> bool {
        Arc::ptr_eq(&self.version, &self.editions.of[Audience::Public as usize])
    }

    /// The atlas of which whoever asks sees a part.
    pub fn whole(&self) -> &Atlas {
        &self.editions.all.index.atlas
    }

    /// What somebody else would see. Not for a thread that answers: it may have to be made.
    pub fn seen_by(&self, scope: &Scope) -> Arc<Version> {
        self.editions.seen_by(scope)
    }
}

impl Deref for Data {
    type Target = Version;

    fn deref(&self) -> &Version {
        &self.version
    }
}

impl FromRequestParts<AppState> for Data {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(data) = parts.extensions.get::<Self>() {
            return Ok(data.clone());
        }
        let scope = state.gate.visitor(&parts.headers)?.scope(&state.gate);
        let staff = scope.audience == Audience::Internal && scope.chosen.is_none();
        let editions = state.live.editions.load_full();
        let version = match editions.at_hand(&scope) {
            Some(version) => version,
            None => editions.made(scope).await?,
        };
        let (heavy, painter) = (state.heavy.clone(), state.painter.clone());
        let data = Self { version, editions, staff, heavy, painter };
        parts.extensions.insert(data.clone());
        Ok(data)
    }
}
