//! The HTTP interface: the only part that knows axum.
//!
//! Handlers parse, ask `query` or `tile`, and serialise; they hold no logic of their own. [`server`] puts
//! around them what a server needs and gives [`app`], a plain function from state to router; tests call it
//! in-process, `serve` binds it to a listener. Without the feature `server`, [`offline`] has the same handlers
//! answer a page that has no server.

mod extract;
mod geojson;
mod operations;
mod places;
mod problem;
mod records;
mod sites;
mod spatial;
mod themes;
mod tours;

#[cfg(feature = "server")]
mod assets;
#[cfg(feature = "server")]
mod audit;
#[cfg(feature = "server")]
mod basemaps;
#[cfg(feature = "server")]
mod client;
#[cfg(feature = "server")]
mod conditional;
#[cfg(feature = "server")]
mod data;
#[cfg(feature = "server")]
mod description;
#[cfg(feature = "server")]
mod doors;
#[cfg(feature = "server")]
mod download;
#[cfg(feature = "server")]
mod edges;
#[cfg(feature = "server")]
mod export;
#[cfg(feature = "server")]
mod gate;
#[cfg(feature = "server")]
mod heavy;
#[cfg(feature = "server")]
mod kvp;
#[cfg(feature = "server")]
mod listen;
#[cfg(feature = "server")]
mod metrics;
#[cfg(feature = "server")]
mod ogc;
#[cfg(feature = "server")]
mod origin;
#[cfg(feature = "server")]
mod picture_cache;
#[cfg(feature = "server")]
mod pictures;
#[cfg(feature = "server")]
mod policy;
#[cfg(feature = "server")]
mod probes;
#[cfg(feature = "server")]
mod rate;
#[cfg(feature = "server")]
mod reports;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod session;
#[cfg(feature = "server")]
mod status;
#[cfg(feature = "server")]
mod tile_cache;
#[cfg(feature = "server")]
mod tiles;
#[cfg(feature = "server")]
mod wms;
#[cfg(feature = "server")]
mod wmts;

#[cfg(feature = "server")]
use server::{program_version, reading};
#[cfg(feature = "server")]
pub use {
    data::{Refused, Said},
    edges::{Edges, Origin, Patience, Rate, Reader},
    heavy::Limits,
    listen::listen,
    server::{AppState, app, openapi},
};

#[cfg(not(feature = "server"))]
mod offline;
#[cfg(not(feature = "server"))]
pub use offline::{AppState, Reply, ask};
#[cfg(not(feature = "server"))]
use offline::{data, heavy};

pub use problem::Problem;

use utoipa_axum::router::OpenApiRouter;

/// Bytes a request body may have. An area of [`crate::query::MAX_AREA_VERTICES`] positions written
/// with fifteen decimals fits.
pub const MAX_BODY: usize = 4 * 1024 * 1024;

/// The questions that are answered from the data alone.
fn questions(document: utoipa::openapi::OpenApi) -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(document)
        .merge(places::routes())
        .merge(spatial::routes())
        .merge(records::routes())
        .merge(themes::routes())
        .merge(tours::routes())
        .merge(sites::routes())
        .merge(operations::routes())
}
