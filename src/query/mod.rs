//! Questions to an atlas. Every function is pure: the same atlas and question give the same answer.
//!
//! Candidates come from the indexes; the exact test is made here. Answers borrow from the atlas
//! and serialise to the JSON of the HTTP interface, so that there is one description of each shape.

mod asked;
mod budget;
pub mod collection;
mod coverage;
pub mod cql2;
mod distance;
mod dossier;
mod filter;
mod grounds;
mod here;
mod lookup;
mod near;
mod nearest;
mod overview;
mod pairs;
mod places;
mod record;
mod refs;
mod resolve;
mod search;
mod site;
mod theme;
mod tours;
mod within;

pub use asked::{AreaError, Asked, MAX_AREA_VERTICES, checked};
pub use budget::{Budget, MAX_LISTED, Stopped};
pub use coverage::{Coverage, SectionCount, coverage};
pub use dossier::{Citation, Dossier, Inherited, Neighbour, PlaceDetail, dossier, stored_dossier};
pub use filter::{
    DiscrepancyFilter, OrganisationFilter, Page, ProjectFilter, TargetFilter, TaskFilter,
    discrepancies, organisations, projects, targets, tasks,
};
pub use grounds::BasemapView;
pub use here::{Here, PlaceHere, here};
pub use lookup::{Unanswered, stored_place, stored_row};
pub use near::{Near, NearFilter, near};
pub use overview::{
    Overview, layer_bounds, layers_bounds, overview, overview_bounds, tile_address, union,
};
pub use pairs::{
    Chosen, MAX_OWN_FEATURES, MAX_OWN_POSITIONS, OwnError, OwnFeature, OwnRef, Pair, Pairs, Side,
    Than, chosen, pairs, pairs_with,
};
pub use places::{PlaceFilter, PlaceListed, places, stored_listed, stored_places};
pub use record::{
    DiscrepancyView, Link, ObservationView, OrganisationView, ProjectView, Relation, RoleView,
    TargetView, TaskView, Views,
};
pub use refs::{PlaceName, PlaceRef, RecordRef, TargetRef, UnitRef};
pub use resolve::UnknownValue;
pub use search::{Found, FoundKind, search};
pub use site::{
    Category, Comparison, ComparisonCell, ComparisonRow, Position, SiteCard, SiteView, Sites,
    Sought, Surroundings, compare, site_card, sites, surroundings,
};
pub use theme::{
    Level, Scale, Theme, ThemeError, ThemeFilter, ThemeValue, ThemeValues, Themes, theme, themes,
};
pub use tours::{StopRecord, StopView, TourView, Tours, tours};
pub use within::{Counted, Inside, Overlap, Within, within, within_known, within_place};
