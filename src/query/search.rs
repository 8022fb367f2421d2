//! Search by name, alias, pinyin, initials or English.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::{IndexedAtlas, Matched, Subject};
use crate::model::{PlaceIdx, Term};

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FoundKind {
    /// A place.
    Place,
    /// A project.
    Project,
    /// A target.
    Target,
    /// A task.
    Task,
    /// An organisation.
    Organisation,
}

/// One answer of a search.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Found<'a> {
    /// Kind of thing.
    #[serde(rename = "type")]
    subject: FoundKind,
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// English name.
    name_en: Option<&'a str>,
    /// Kind of place, or industry.
    kind: Option<&'a Term>,
    /// Where it belongs: the township or county around a place, the sections of a record.
    context: String,
    /// The same in English.
    context_en: String,
    /// Which of its names matched.
    matched: Matched,
    /// Longitude and latitude, degrees.
    #[schema(min_items = 2, max_items = 2)]
    point: Option<[f64; 2]>,
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    bounds: Option<[f64; 4]>,
}

/// Everything whose names contain every word of `question`, best first.
#[must_use]
pub fn search<'a>(index: &'a IndexedAtlas, question: &str) -> Vec<Found<'a>> {
    index
        .text
        .search(question)
        .into_iter()
        .map(|hit| found(index, hit.subject, hit.matched))
        .collect()
}

fn found(index: &IndexedAtlas, subject: Subject, matched: Matched) -> Found<'_> {
    let atlas = &index.atlas;
    let record = |subject, id, name, name_en, kind, sections: &[String]| {
        let context = sections.join(" · ");
        let context_en = context.clone();
        Found {
            subject,
            id,
            name,
            name_en,
            kind,
            context,
            context_en,
            matched,
            point: None,
            bounds: None,
        }
    };
    match subject {
        Subject::Place(handle) => place(index, handle, matched),
        Subject::Project(handle) => {
            let p = atlas.project(handle);
            let sections = &p.provenance.sections;
            record(
                FoundKind::Project,
                p.id.as_str(),
                p.name.as_str(),
                p.name_en.as_deref(),
                Some(&*p.industry),
                sections,
            )
        }
        Subject::Target(handle) => {
            let t = atlas.target(handle);
            let sections = &t.provenance.sections;
            record(
                FoundKind::Target,
                &t.id,
                &t.name,
                t.name_en.as_deref(),
                t.industry.as_deref(),
                sections,
            )
        }
        Subject::Task(handle) => {
            let t = atlas.task(handle);
            let sections = &t.provenance.sections;
            record(FoundKind::Task, &t.id, &t.task, t.title_en.as_deref(), None, sections)
        }
        Subject::Organisation(handle) => {
            let o = atlas.organisation(handle);
            let sections = &o.provenance.sections;
            record(FoundKind::Organisation, &o.id, &o.name, o.name_en.as_deref(), None, sections)
        }
    }
}

fn place(index: &IndexedAtlas, handle: PlaceIdx, matched: Matched) -> Found<'_> {
    let atlas = &index.atlas;
    let place = atlas.place(handle);
    let mut around: Vec<PlaceIdx> = place.within.into_iter().collect();
    around.extend(place.county.filter(|c| !around.contains(c) && *c != handle));
    let names: Vec<&str> = around.iter().map(|&p| atlas.place(p).name.as_str()).collect();
    let names_en: Vec<&str> = around
        .iter()
        .map(|&p| atlas.place(p).name_en.as_deref().unwrap_or(&atlas.place(p).name))
        .collect();
    Found {
        subject: FoundKind::Place,
        id: &place.id,
        name: &place.name,
        name_en: place.name_en.as_deref(),
        kind: Some(&place.kind),
        context: names.join(" · "),
        context_en: names_en.join(" · "),
        matched,
        point: index.anchor(handle),
        bounds: place.bounds().map(|b| [b.min().x, b.min().y, b.max().x, b.max().y]),
    }
}
