//! The vocabulary of the atlas: what a plan says, where, and how exactly the "where" is known.
//!
//! Everything here is plain data. Nothing reads a file, opens a socket or knows an index;
//! `load` fills these types, `index` and `query` read them.
//!
//! References between things are small integer handles ([`PlaceIdx`], [`ProjectIdx`] …) into the
//! vectors of [`Atlas`]; they are resolved once, while loading, so that a dangling reference
//! cannot exist in a loaded atlas.

mod atlas;
mod audience;
mod basemap;
mod layer;
mod link;
mod members;
mod place;
mod plan;
mod record;
mod site;
mod term;
mod tour;
mod validity;
mod value;
mod withhold;

pub use atlas::{Atlas, Records};
pub use audience::{Audience, Restricted, Restriction};
pub use basemap::{Basemap, Datum, Ground, Refusal};
pub use layer::{ClassBy, DROPPED_GROUP, Group, Layer, LayerClass, Mark, Selection, Style};
pub use place::{Accuracy, NAME_PROPERTIES, Place, PlaceIdx, Seat, kinds};
pub use plan::{Plan, Section};
pub use record::{
    Comparator, Discrepancy, DiscrepancyIdx, Observation, Organisation, OrganisationIdx, Project,
    ProjectIdx, Provenance, Role, RoleIdx, Target, TargetIdx, TargetKind, Task, TaskIdx, Value,
};
pub use site::{Site, Surrounding};
pub use term::{Term, TermRef, Vocabularies, Vocabulary};
pub use tour::{RecordIdx, Stop, Tour};
pub use validity::{check_areas, check_validity};
pub use value::ValueKind;
pub use withhold::{withhold, withholdable};
