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
pub mod cli;
pub mod crs;
pub mod export;
pub mod feature;
mod format;
pub mod grant;
pub mod http;
pub mod import;
pub mod index;
pub mod load;
pub mod model;
pub mod painter;
pub mod picture;
pub mod query;
pub mod report;
pub mod shape;
pub mod store;
pub mod tile;
