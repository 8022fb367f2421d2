//! Parameters become what they mean: a word its term, an id the thing.
//!
//! A value that nothing has is an error with a hint, because a misspelt filter would otherwise
//! answer an empty list that looks right.

use std::collections::HashSet;

use crate::model::{Atlas, OrganisationIdx, PlaceIdx, Provenance, TargetIdx, TermRef, Vocabulary};

/// A filter asks for something that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{parameter} is {value:?}, which nothing has; {hint}")]
pub struct UnknownValue {
    pub(super) parameter: &'static str,
    pub(super) value: String,
    pub(super) hint: &'static str,
}

/// A parameter as the client gave it.
pub(super) type Given = Option<String>;

/// The value, unless it is empty: an empty value counts as not given.
pub(super) fn given(value: &Given) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|v| !v.is_empty())
}

/// Looks values up; the first that is unknown ends the question.
pub(super) struct Resolver<'a> {
    pub(super) atlas: &'a Atlas,
}

impl<'a> Resolver<'a> {
    pub(super) fn find<T>(
        parameter: &'static str,
        value: &Given,
        hint: &'static str,
        find: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, UnknownValue> {
        let Some(value) = given(value) else { return Ok(None) };
        let unknown = || UnknownValue { parameter, value: value.to_owned(), hint };
        find(value).map(Some).ok_or_else(unknown)
    }

    pub(super) fn plan(&self, value: &Given) -> Result<Option<usize>, UnknownValue> {
        let find = |id: &str| self.atlas.plans.iter().position(|plan| plan.id == id);
        Self::find("plan", value, "/api/atlas lists the plans", find)
    }

    pub(super) fn term(
        parameter: &'static str,
        value: &Given,
        vocabulary: &'a Vocabulary,
    ) -> Result<Option<&'a TermRef>, UnknownValue> {
        let hint = "the vocabularies of /api/atlas list the words";
        Self::find(parameter, value, hint, |word| vocabulary.find(word))
    }

    pub(super) fn section(&self, value: &'a Given) -> Result<Option<&'a str>, UnknownValue> {
        let known = |id: &&str| self.atlas.plans.iter().any(|plan| plan.section(id).is_some());
        let known = given(value).map(|id| Some(id).filter(known));
        Self::find("section", value, "/api/atlas lists the sections", |_| known.flatten())
    }

    pub(super) fn place(&self, value: &Given) -> Result<Option<Covered>, UnknownValue> {
        let hint = "/api/search finds places by name";
        Self::find("place", value, hint, |id| {
            self.atlas.find_place(id).map(|place| Covered::by(self.atlas, place))
        })
    }

    pub(super) fn unit(&self, value: &Given) -> Result<Option<OrganisationIdx>, UnknownValue> {
        let find = |id: &str| handle(&self.atlas.organisations, |o| o.id == id);
        let found = Self::find("unit", value, "/api/organisations lists the units", find)?;
        Ok(found.map(OrganisationIdx))
    }

    pub(super) fn target(&self, value: &Given) -> Result<Option<TargetIdx>, UnknownValue> {
        let find = |id: &str| handle(&self.atlas.targets, |t| t.id == id);
        Ok(Self::find("target", value, "/api/targets lists the targets", find)?.map(TargetIdx))
    }
}

fn handle<T>(records: &[T], is: impl Fn(&T) -> bool) -> Option<u32> {
    records.iter().position(is).and_then(|i| u32::try_from(i).ok())
}

/// A place with all that lies inside it, and the plan whose place-less records are its own.
pub(super) struct Covered {
    pub(super) places: HashSet<PlaceIdx>,
    plan: Option<usize>,
}

impl Covered {
    pub(super) fn by(atlas: &Atlas, place: PlaceIdx) -> Self {
        let mut places = HashSet::from([place]);
        let mut open = vec![place];
        while let Some(next) = open.pop() {
            open.extend(atlas.inside(next).iter().filter(|inner| places.insert(**inner)));
        }
        Self { places, plan: atlas.plans.iter().position(|plan| plan.county == place) }
    }

    pub(super) fn has(&self, places: &[PlaceIdx], provenance: &Provenance) -> bool {
        places.iter().any(|p| self.places.contains(p))
            || (places.is_empty() && self.plan == Some(provenance.plan))
    }
}
