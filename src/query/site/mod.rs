//! What an investor asks: which sites are offered, what a plan says of one, what lies around it, and how
//! several compare.

mod around;
mod card;
mod compare;

pub use around::{Category, Surroundings, surroundings};
pub use card::{Position, SiteCard, SiteView, Sites, Sought, site_card, sites};
pub use compare::{Comparison, ComparisonCell, ComparisonRow, compare};
