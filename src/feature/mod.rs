//! Features as rows of typed cells with a geometry, and as GeoJSON text.
//!
//! What a feature of a layer has to say is decided here once; exports write it into files, the OGC
//! interface into answers. Nothing here chooses which features: that is for `query` and `export`.

mod columns;
mod english;
mod features;
mod flat;
pub mod json;
pub mod number;
pub mod table;

pub use columns::LayerColumns;
pub use features::{Behind, Chosen, Features};
pub use flat::{Flat, Simple};
pub use table::{Cell, Column, Field, Kind, SEPARATOR, Shape, Table};
