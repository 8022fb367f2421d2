//! What lies around a point, by the categories of `atlas.toml`.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::Surrounding;
use crate::query::budget::Budget;
use crate::query::lookup::Unanswered;
use crate::query::near::{Near, NearFilter, near};

/// Places that are spelled out of each category; all are counted.
const SPELLED_OUT: usize = 50;

/// What lies around a point.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Surroundings<'a> {
    /// Longitude and latitude, degrees.
    #[schema(min_items = 2, max_items = 2)]
    pub point: [f64; 2],
    /// How far was looked, metres.
    pub radius_m: f64,
    /// Always: distances run straight along the ellipsoid, not along roads.
    pub straight_line: bool,
    /// What is looked for, in the order of `atlas.toml`.
    pub categories: Vec<Category<'a>>,
}

/// What lies around of one category.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Category<'a> {
    /// A word: `materials`.
    pub id: &'a str,
    /// Chinese title.
    pub title: &'a str,
    /// English title.
    pub title_en: &'a str,
    /// How many places there are.
    pub total: usize,
    /// The nearest of them, at most fifty, nearest first.
    pub items: Vec<Near<'a>>,
}

/// What lies within `radius` metres of `point`; the place with the id `without` is not named.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn surroundings<'a>(
    index: &'a IndexedAtlas,
    point: [f64; 2],
    radius: f64,
    without: Option<&str>,
    budget: &Budget,
) -> Result<Surroundings<'a>, Unanswered> {
    let category =
        |wanted: &'a Surrounding| category(index, point, radius, without, wanted, budget);
    let categories = index.atlas.surroundings.iter().map(category).collect::<Result<_, _>>()?;
    Ok(Surroundings { point, radius_m: radius, straight_line: true, categories })
}

fn category<'a>(
    index: &'a IndexedAtlas,
    point: [f64; 2],
    radius: f64,
    without: Option<&str>,
    wanted: &'a Surrounding,
    budget: &Budget,
) -> Result<Category<'a>, Unanswered> {
    let Surrounding { id, title, title_en, layers, kinds } = wanted;
    let filter = NearFilter { layers: layers.clone(), kinds: kinds.clone() };
    let (hits, around) = near(index, (point[0], point[1]), radius, &filter, budget)?;
    let (mut total, mut items) = (hits.len(), Vec::new());
    for hit in hits {
        if items.len() == SPELLED_OUT {
            break;
        }
        let Some(found) = around.spell(hit) else { continue };
        if without.is_some_and(|id| id == found.place.id) {
            total -= 1;
        } else {
            items.push(found);
        }
    }
    around.check()?;
    Ok(Category { id, title, title_en, total, items })
}
