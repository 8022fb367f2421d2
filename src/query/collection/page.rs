//! Which rows a page shows.

use std::cmp::Ordering;

use geo::Rect;

use crate::feature::Cell;
use crate::query::budget::{Budget, Stopped};
use crate::query::collection::{FeatureSource, Region};
use crate::query::cql2::{Filter, Reach};

/// Rows that are tested only to be counted, once the page is full. Beyond them the number of matches
/// is left out rather than made a client wait for.
const COUNTED: usize = 200_000;

/// One criterion of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Position of the field.
    pub field: usize,
    /// From the last to the first.
    pub descending: bool,
}

/// What a client wants to see.
#[derive(Default)]
pub struct Question {
    /// Features that meet this region.
    pub region: Option<Region>,
    /// Features of which this is true.
    pub filter: Option<Filter>,
    /// Order; that of the file without.
    pub sort: Vec<Sort>,
    /// Features to leave out before the page.
    pub offset: usize,
    /// Features of the page.
    pub limit: usize,
}

/// The answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    /// Rows of the page, in order.
    pub rows: Vec<usize>,
    /// How many match in all, where that is known.
    pub matched: Option<usize>,
    /// Whether another page follows.
    pub more: bool,
}

/// Picks the rows of a page.
///
/// Costs a look at every candidate box, an exact test of those that the box does not decide, and
/// nothing at all for the geometry of rows that are not on the page.
///
/// # Errors
/// When the budget was withdrawn.
pub fn page(
    source: &dyn FeatureSource,
    question: &Question,
    budget: &Budget,
) -> Result<Rows, Stopped> {
    let end = question.offset.saturating_add(question.limit);
    let candidates = candidates(source, question);
    if question.region.is_none() && question.filter.is_none() && question.sort.is_empty() {
        let rows: Vec<usize> = (question.offset.min(source.len())..end.min(source.len())).collect();
        return Ok(Rows { rows, matched: Some(source.len()), more: end < source.len() });
    }
    let fits = |&row: &usize| {
        question.region.as_ref().is_none_or(|region| region.meets(source, row))
            && question.filter.as_ref().is_none_or(|filter| filter.holds(source, row))
    };
    if !question.sort.is_empty() {
        let mut rows = Vec::new();
        for row in candidates {
            budget.check()?;
            rows.extend(fits(&row).then_some(row));
        }
        sort(source, &question.sort, &mut rows, budget)?;
        let matched = rows.len();
        rows.truncate(end);
        rows.drain(..question.offset.min(rows.len()));
        return Ok(Rows { rows, matched: Some(matched), more: end < matched });
    }
    // A box alone is counted to the end: its candidates are there, and boxes are cheap.
    let mut patience = if question.filter.is_some() { COUNTED } else { usize::MAX };
    let (mut rows, mut matched) = (Vec::new(), 0);
    for row in candidates {
        budget.check()?;
        if matched > end {
            if patience == 0 {
                return Ok(Rows { rows, matched: None, more: true });
            }
            patience -= 1;
        }
        if fits(&row) {
            if (question.offset..end).contains(&matched) {
                rows.push(row);
            }
            matched += 1;
        }
    }
    Ok(Rows { rows, matched: Some(matched), more: matched > end })
}

/// Rows that may match, ascending: all of them, or those whose box meets what is asked for.
fn candidates<'s>(
    source: &'s dyn FeatureSource,
    question: &Question,
) -> Box<dyn Iterator<Item = usize> + 's> {
    let asked = question.region.as_ref().map_or(Reach::Everywhere, |r| Reach::Box(r.bounds));
    let needed = question.filter.as_ref().map_or(Reach::Everywhere, Filter::reach);
    match asked.and(needed) {
        Reach::Everywhere => Box::new(0..source.len()),
        Reach::Nowhere => Box::new(std::iter::empty()),
        // What holds everything needs no search, and no list of a million rows.
        Reach::Box(bounds) if source.bounds().is_some_and(|all| holds(&bounds, &all)) => {
            Box::new(0..source.len())
        }
        Reach::Box(bounds) => Box::new(source.candidates(bounds).into_iter()),
    }
}

fn holds(outer: &Rect<f64>, inner: &Rect<f64>) -> bool {
    outer.min().x <= inner.min().x
        && outer.min().y <= inner.min().y
        && inner.max().x <= outer.max().x
        && inner.max().y <= outer.max().y
}

fn sort(
    source: &dyn FeatureSource,
    order: &[Sort],
    rows: &mut Vec<usize>,
    budget: &Budget,
) -> Result<(), Stopped> {
    // The keys may have to be read out of a file.
    let keyed = |&row: &usize| {
        budget.check()?;
        Ok((order.iter().map(|s| source.cell(row, s.field)).collect(), row))
    };
    let mut keyed: Vec<(Vec<Cell<'_>>, usize)> =
        rows.iter().map(keyed).collect::<Result<_, _>>()?;
    // Rows that are alike stay in the order of the file, so that pages neither repeat nor lose any.
    keyed.sort_by(|(a, row_a), (b, row_b)| {
        let pairs = a.iter().zip(b).zip(order);
        let mut by_key = pairs.map(|((a, b), sort)| compare(a, b, sort.descending));
        by_key.find(|o| o.is_ne()).unwrap_or(Ordering::Equal).then(row_a.cmp(row_b))
    });
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
    Ok(())
}

/// What is unknown comes last, whatever the direction.
fn compare(a: &Cell<'_>, b: &Cell<'_>, descending: bool) -> Ordering {
    let by_value = match (a, b) {
        (Cell::Null, Cell::Null) => return Ordering::Equal,
        (Cell::Null, _) => return Ordering::Greater,
        (_, Cell::Null) => return Ordering::Less,
        (Cell::Integer(a), Cell::Integer(b)) => a.cmp(b),
        (Cell::Real(a), Cell::Real(b)) => a.total_cmp(b),
        (Cell::Boolean(a), Cell::Boolean(b)) => a.cmp(b),
        (a, b) => a.flat().cmp(&b.flat()),
    };
    if descending { by_value.reverse() } else { by_value }
}
