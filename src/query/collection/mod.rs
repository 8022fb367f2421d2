//! Collections of features, as the OGC interface serves them: where they come from, and which of them
//! a page shows.
//!
//! ```text
//! Question { region, filter, sort, paging } ─► candidates by box ─► exact tests ─► Rows ─► FeatureSource::write
//! ```
//!
//! Everything here works on [`FeatureSource`] alone, row by row: a page costs what its rows cost, not
//! what the collection costs.

mod collections;
mod layer;
mod page;
mod reference;
mod region;
mod source;
mod stored;
mod texts;

pub use collections::Collections;
pub use layer::LayerFeatures;
pub use page::{Question, Rows, Sort, page};
pub use reference::Reference;
pub use region::{Region, RegionError};
pub use source::{About, FeatureSource, GEOMETRY, Writing};
