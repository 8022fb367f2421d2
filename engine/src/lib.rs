//! The atlas in a page without a server: the handlers of the server, called instead of asked over HTTP.
//!
//! The page writes into a buffer here, calls, and reads another buffer. One call at a time; numbers are lengths in
//! bytes.
//!
//! ```text
//! room(n) → where to write      open()      the atlas as JSON → 1, or 0 with a reason in the answer
//!                               ask(n, b)   address of n bytes, then a body of b bytes (b < 0: none) → status
//! answer() answer_length()      what it says
//! kind() kind_length()          its media type
//! ```

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use plan_atlas::http::{AppState, Reply, ask as ask_atlas};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::model::Atlas;

#[derive(Default)]
struct Engine {
    room: Vec<u8>,
    atlas: Option<AppState>,
    reply: Option<Reply>,
}

static ENGINE: LazyLock<Mutex<Engine>> = LazyLock::new(Mutex::default);

fn engine() -> MutexGuard<'static, Engine> {
    ENGINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *const u8 {
    let mut engine = engine();
    engine.room.clear();
    engine.room.resize(bytes, 0);
    engine.room.as_ptr()
}

/// Opens the atlas that was written into the room.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> u32 {
    let mut engine = engine();
    let text = std::mem::take(&mut engine.room);
    match serde_json::from_slice::<Atlas>(&text) {
        Ok(mut atlas) => {
            atlas.relink();
            engine.atlas = Some(AppState::new(IndexedAtlas::new(atlas)));
            1
        }
        Err(error) => {
            let body = error.to_string().into_bytes();
            engine.reply = Some(Reply { status: 0, kind: "text/plain".into(), body });
            0
        }
    }
}

/// Answers what was written into the room; the status is that of HTTP, 0 before an atlas is open.
#[unsafe(no_mangle)]
pub extern "C" fn ask(address: usize, body: isize) -> u32 {
    let mut engine = engine();
    let room = std::mem::take(&mut engine.room);
    let address_end = address.min(room.len());
    let body = usize::try_from(body)
        .ok()
        .map(|length| room[address_end..(address_end + length).min(room.len())].to_vec());
    let Some(atlas) = &engine.atlas else { return 0 };
    let address = String::from_utf8_lossy(&room[..address_end]);
    let reply = ask_atlas(atlas, &address, body);
    let status = reply.status;
    engine.reply = Some(reply);
    status.into()
}

/// Where the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    engine().reply.as_ref().map_or(std::ptr::null(), |reply| reply.body.as_ptr())
}

/// How long it is.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    engine().reply.as_ref().map_or(0, |reply| reply.body.len())
}

/// Where its media type is.
#[unsafe(no_mangle)]
pub extern "C" fn kind() -> *const u8 {
    engine().reply.as_ref().map_or(std::ptr::null(), |reply| reply.kind.as_ptr())
}

/// How long that is.
#[unsafe(no_mangle)]
pub extern "C" fn kind_length() -> usize {
    engine().reply.as_ref().map_or(0, |reply| reply.kind.len())
}
