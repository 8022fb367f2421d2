//! Which features a request for a page wants, and how they are written.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::feature::{Field, Kind};
use crate::http::ogc::ask::{Ask, unknown};
use crate::http::problem::Problem;
use crate::query::collection::{FeatureSource, Question, Reference, Region, Sort};
use crate::query::cql2::{Filter, FilterError};

/// Features of a page unless `limit` says otherwise.
pub const DEFAULT_LIMIT: usize = 100;

/// Features that a page has at most; more are not refused, but not sent either.
pub const MAX_LIMIT: usize = 10_000;

/// Parameters that are no property.
pub const PARAMETERS: [&str; 11] = [
    "limit",
    "offset",
    "bbox",
    "bbox-crs",
    "datetime",
    "crs",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
];

/// A request, understood.
pub struct Wanted {
    pub question: Question,
    pub reference: Reference,
    /// Fields to write, by position; all of them without.
    pub fields: Option<Vec<usize>>,
}

impl From<FilterError> for Problem {
    fn from(error: FilterError) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl Wanted {
    /// Reads the parameters of a request.
    pub fn read(ask: &Ask, source: &dyn FeatureSource) -> Result<Self, Problem> {
        let limit = whole(ask, "limit")?.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 {
            return Err(Problem::bad_request("limit is 0; it is 1 or more"));
        }
        if let Some(instant) = ask.value("datetime") {
            // No feature here says when: every one matches, as the standard has it.
            instant_or_interval(instant)?;
        }
        let question = Question {
            region: region(ask, source)?,
            filter: filter(ask, source)?,
            sort: sort(ask, source)?,
            offset: whole(ask, "offset")?.unwrap_or(0),
            limit: limit.min(MAX_LIMIT),
        };
        let reference = reference(ask.value("crs"), "crs", source)?;
        Ok(Self { question, reference, fields: fields(ask, source)? })
    }
}

/// The reference system of a parameter, which must be one that the collection is offered in.
pub fn reference(
    uri: Option<&str>,
    parameter: &str,
    source: &dyn FeatureSource,
) -> Result<Reference, Problem> {
    let Some(uri) = uri else { return Ok(Reference::stored()) };
    let offered = Reference::offered(source.bounds());
    let known = Reference::from_uri(uri)
        .filter(|reference| offered.iter().any(|o| o.uri() == reference.uri()));
    known.ok_or_else(|| {
        let all: Vec<String> = offered.iter().map(Reference::uri).collect();
        let all = all.join(", ");
        Problem::bad_request(format!("{parameter} is {uri:?}; this collection comes in: {all}"))
    })
}

fn whole(ask: &Ask, name: &str) -> Result<Option<usize>, Problem> {
    let read = |text: &str| {
        text.parse().map_err(|_| {
            Problem::bad_request(format!("{name} is {text:?}; it takes a whole number"))
        })
    };
    ask.value(name).map(read).transpose()
}

fn region(ask: &Ask, source: &dyn FeatureSource) -> Result<Option<Region>, Problem> {
    let reference = reference(ask.value("bbox-crs"), "bbox-crs", source)?;
    let parse = |text| {
        Region::parse(text, &reference).map_err(|error| Problem::bad_request(error.to_string()))
    };
    ask.value("bbox").map(parse).transpose()
}

fn filter(ask: &Ask, source: &dyn FeatureSource) -> Result<Option<Filter>, Problem> {
    let reference = reference(ask.value("filter-crs"), "filter-crs", source)?;
    let json = match ask.value("filter-lang") {
        None | Some("cql2-text") => false,
        Some("cql2-json") => true,
        Some(other) => {
            let detail = format!("filter-lang is {other:?}; it is cql2-text or cql2-json");
            return Err(Problem::bad_request(detail));
        }
    };
    let mut all = match ask.value("filter") {
        None => None,
        Some(text) if json => Some(Filter::json(text, &reference, source)?),
        Some(text) => Some(Filter::text(text, &reference, source)?),
    };
    for (name, value) in &ask.pairs {
        if PARAMETERS.contains(&name.as_str()) {
            continue;
        }
        let field = queryable(source, name).ok_or_else(|| {
            let names = source.fields().iter().filter(|field| field.kind != Kind::Nested);
            let mut known = PARAMETERS.to_vec();
            known.extend(names.map(|field| &*field.key));
            unknown(name, &known)
        })?;
        let equals = Filter::equals(field, value, source)?;
        all = Some(match all {
            Some(filter) => filter.and(equals),
            None => equals,
        });
    }
    Ok(all)
}

fn queryable(source: &dyn FeatureSource, name: &str) -> Option<usize> {
    let fits = |field: &Field| field.key == name && field.kind != Kind::Nested;
    source.fields().iter().position(fits)
}

fn sort(ask: &Ask, source: &dyn FeatureSource) -> Result<Vec<Sort>, Problem> {
    let names = ask.value("sortby").unwrap_or_default().split(',').filter(|name| !name.is_empty());
    let criterion = |name: &str| {
        // A plus sign in an address is a blank to many a client.
        let (descending, name) = match name.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, name.strip_prefix(['+', ' ']).unwrap_or(name)),
        };
        let field = queryable(source, name).ok_or_else(|| no_field("sortby", name, source))?;
        Ok(Sort { field, descending })
    };
    names.map(criterion).collect()
}

fn fields(ask: &Ask, source: &dyn FeatureSource) -> Result<Option<Vec<usize>>, Problem> {
    let Some(names) = ask.value("properties") else { return Ok(None) };
    let mut fields = Vec::new();
    for name in names.split(',').filter(|name| !name.is_empty()) {
        let field = source.fields().iter().position(|field| field.key == name);
        let field = field.ok_or_else(|| no_field("properties", name, source))?;
        // The id is no property, but a member of its own that is always there.
        if field > 0 && !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(Some(fields))
}

fn no_field(parameter: &str, name: &str, source: &dyn FeatureSource) -> Problem {
    let known: Vec<&str> = source.fields().iter().map(|field| &*field.key).collect();
    let known = known.join(", ");
    Problem::bad_request(format!("{parameter} names {name:?}; there are: {known}"))
}

/// A moment, a day, or an interval with at most one open end left out or written as `..`.
fn instant_or_interval(text: &str) -> Result<(), Problem> {
    let wrong = || {
        Problem::bad_request(format!(
            "datetime is {text:?}; it is a date or time (RFC 3339), or an interval start/end with .. for an open end"
        ))
    };
    let moment = |part: &str| -> Result<Timestamp, Problem> {
        let day = |day: Date| day.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp());
        match part.parse::<Date>() {
            Ok(date) if part.len() == 10 => day(date).map_err(|_| wrong()),
            _ if part.len() >= 20 => part.parse().map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    };
    let open = |part: &str| part.is_empty() || part == "..";
    match text.split('/').collect::<Vec<_>>().as_slice() {
        [instant] => moment(instant).map(drop),
        [start, end] => {
            let start = if open(start) { None } else { Some(moment(start)?) };
            let end = if open(end) { None } else { Some(moment(end)?) };
            match (start, end) {
                (Some(start), Some(end)) if start > end => Err(wrong()),
                _ => Ok(()),
            }
        }
        _ => Err(wrong()),
    }
}
