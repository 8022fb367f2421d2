//! Questions to an atlas. Every function is pure: the same atlas and question give the same answer.
//!
//! Candidates come from the indexes; the exact test is made here. Answers borrow from the atlas
//! and serialise to the JSON of the HTTP interface, so that there is one description of each shape.

mod coverage;
mod distance;
mod dossier;
mod filter;
mod here;
mod near;
mod overview;
mod places;
mod record;
mod refs;
mod search;
mod within;

pub use coverage::{Coverage, SectionCount, coverage};
pub use dossier::{Citation, Dossier, Inherited, Neighbour, PlaceDetail, dossier};
pub use filter::{
    DiscrepancyFilter, OrganisationFilter, Page, ProjectFilter, TargetFilter, TaskFilter,
    UnknownValue, discrepancies, organisations, projects, targets, tasks,
};
pub use here::{Here, PlaceHere, here};
pub use near::{Near, NearFilter, near};
pub use overview::{Overview, layer_bounds, overview, tile_address};
pub use places::{PlaceFilter, PlaceListed, places};
pub use record::{
    DiscrepancyView, Link, ObservationView, OrganisationView, ProjectView, Relation, RoleView,
    TargetView, TaskView, Views,
};
pub use refs::{PlaceRef, RecordRef, TargetRef, UnitRef};
pub use search::{Found, FoundKind, search};
pub use within::{AreaError, Counted, Inside, MAX_AREA_VERTICES, Overlap, Within, within};
