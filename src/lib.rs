//! Plan Atlas (规划图册): a folder of GeoJSON and tables becomes a planning map.
//!
//! Data flows one way; a test keeps the imports from running the other way.
//!
//! ```text
//! file ─ import ─► geodata/
//! geodata/ ─ load ─► Atlas ─ index ─► query ─┬─► http ─► web UI, other clients
//!                                            ├─► tile     vector tiles
//!                                            └─► picture ─► report   pages
//!
//! main → cli → http → {query, tile, report → picture → painter} → feature → index → model
//!        cli → import → load → store → {model, format} → crs;  crs and model import nothing of ours
//! ```

pub mod audience;
#[cfg(feature = "server")]
pub mod bundle;
#[cfg(feature = "server")]
pub mod cli;
pub mod crs;
#[cfg(feature = "server")]
pub mod export;
pub mod feature;
#[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only loading needs the rest"))]
mod format;
#[cfg(feature = "server")]
pub mod grant;
pub mod http;
#[cfg(feature = "server")]
pub mod import;
pub mod index;
#[cfg(feature = "server")]
pub mod load;
pub mod model;
#[cfg(feature = "server")]
pub mod painter;
#[cfg(feature = "server")]
pub mod picture;
pub mod query;
#[cfg(feature = "server")]
pub mod report;
pub mod shape;
pub mod store;
pub mod tile;
#[cfg(feature = "server")]
pub mod whole;
