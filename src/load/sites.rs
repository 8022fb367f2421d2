//! `sites.csv`: the places that a plan offers to investors; and what `atlas.toml` has looked for around them.

use crate::load::fault::{Fault, What, nearest};
use crate::load::manifest::SurroundingEntry;
use crate::load::problem::{Location, Problems};
use crate::load::table::{Row, Table};
use crate::load::text::Folder;
use crate::model::{Atlas, PlaceIdx, Provenance, Site, Surrounding, TargetIdx, TaskIdx, TermRef};

const COLUMNS: &[&str] = &[
    "id",
    "place",
    "title",
    "title_en",
    "sought",
    "sought_en",
    "industries",
    "targets",
    "measures",
    "section",
    "lines",
    "quote",
    "note",
];

/// Reads the sites of the plan at `number` into `atlas`, whose places and records are complete.
pub fn read(folder: &mut Folder, atlas: &mut Atlas, number: usize, problems: &mut Problems) {
    let file = format!("{}/sites.csv", atlas.plans[number].id);
    if !folder.has(&file) {
        return;
    }
    let Some(text) = folder.read(&file, problems) else { return };
    let table = Table::parse(&file, &text, COLUMNS, problems);
    let mut ids: Vec<(String, Location)> = Vec::new();
    for row in table.rows() {
        let id = row.required("id", problems);
        let first = ids.iter().find(|(known, _)| *known == id);
        if let Some((_, first)) = first {
            let first = first.to_string();
            problems.error(row.at("id"), Fault::DuplicateId { id: id.clone(), first });
        }
        ids.push((id, row.at("id")));
        let names = Names { atlas, plan: number, problems };
        if let Some(site) = names.site(row) {
            atlas.sites.push(site);
        }
    }
}

/// Resolves what a row names.
struct Names<'a> {
    atlas: &'a Atlas,
    plan: usize,
    problems: &'a mut Problems,
}

impl Names<'_> {
    fn site(mut self, row: Row<'_>) -> Option<Site> {
        let title = row.required("title", self.problems);
        let title_en = row.required("title_en", self.problems);
        let sought = self.sought(row);
        let industries = self.industries(row);
        let targets = self.each(row, "targets", What::Target, |atlas, plan, id| {
            let found = |t: &crate::model::Target| t.provenance.plan == plan && t.id == id;
            position(atlas.targets.iter().position(found)).map(TargetIdx)
        });
        let measures = self.each(row, "measures", What::Record, |atlas, plan, id| {
            let found = |t: &crate::model::Task| t.provenance.plan == plan && t.id == id;
            position(atlas.tasks.iter().position(found)).map(TaskIdx)
        });
        let provenance = self.provenance(row);
        let place = self.place(row)?;
        let id = row.text("id").to_owned();
        Some(Site { id, place, title, title_en, sought, industries, targets, measures, provenance })
    }

    /// The place of a row, which no other row offers.
    fn place(&mut self, row: Row<'_>) -> Option<PlaceIdx> {
        let id = row.required("place", self.problems);
        let Some(place) = self.atlas.find_place(&id) else {
            if !id.is_empty() {
                let hint = nearest(&id, self.atlas.place_by_id.keys().map(String::as_str));
                self.dangling(row, "place", What::Place, &id, hint);
            }
            return None;
        };
        if let Some(other) = self.atlas.site_at(place) {
            let fault = Fault::DuplicateId { id, first: other.id.clone() };
            self.problems.error(row.at("place"), fault);
        }
        Some(place)
    }

    /// What is sought, each in both languages.
    fn sought(&mut self, row: Row<'_>) -> Vec<(String, String)> {
        let zh: Vec<&str> = row.list("sought").collect();
        let en: Vec<&str> = row.list("sought_en").collect();
        if zh.len() != en.len() {
            let fault = Fault::ListLength { other: "sought", expected: zh.len(), found: en.len() };
            self.problems.error(row.at("sought_en"), fault);
        }
        zh.into_iter().zip(en).map(|(zh, en)| (zh.to_owned(), en.to_owned())).collect()
    }

    fn industries(&mut self, row: Row<'_>) -> Vec<TermRef> {
        let vocabulary = &self.atlas.vocabularies.activities;
        let mut found = Vec::new();
        for word in row.list("industries") {
            if let Some(term) = vocabulary.find(word) {
                found.push(TermRef::clone(term));
                continue;
            }
            let fault = Fault::UnknownWord {
                word: word.to_owned(),
                vocabulary: "activities",
                nearest: nearest(word, vocabulary.words()),
            };
            self.problems.error(row.at("industries"), fault);
        }
        found
    }

    fn provenance(&mut self, row: Row<'_>) -> Provenance {
        let plan = &self.atlas.plans[self.plan];
        let mut sections = Vec::new();
        for id in row.list("section") {
            if plan.section(id).is_some() {
                sections.push(id.to_owned());
            } else {
                let hint = nearest(id, plan.sections.iter().map(|section| section.id.as_str()));
                self.dangling(row, "section", What::Section, id, hint);
            }
        }
        row.required("section", self.problems);
        let [lines, quote, note] = ["lines", "quote", "note"].map(|c| row.text(c).to_owned());
        Provenance { plan: self.plan, sections, lines, quote, note }
    }

    fn each<T>(
        &mut self,
        row: Row<'_>,
        column: &str,
        what: What,
        find: impl Fn(&Atlas, usize, &str) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for id in row.list(column) {
            match find(self.atlas, self.plan, id) {
                Some(handle) => found.push(handle),
                None => self.dangling(row, column, what, id, None),
            }
        }
        found
    }

    fn dangling(
        &mut self,
        row: Row<'_>,
        column: &str,
        what: What,
        id: &str,
        nearest: Option<String>,
    ) {
        self.problems.error(row.at(column), Fault::Dangling { what, id: id.to_owned(), nearest });
    }
}

fn position(found: Option<usize>) -> Option<u32> {
    found.and_then(|position| u32::try_from(position).ok())
}

/// Takes over what is looked for around a site; `atlas` has its layers.
pub fn surroundings(
    atlas: &mut Atlas,
    entries: Vec<SurroundingEntry>,
    file: &str,
    problems: &mut Problems,
) {
    for entry in entries {
        let at = Location::file(file).of(&format!("surroundings.{}", entry.id));
        for id in entry.layers.iter().filter(|id| atlas.layer(id).is_none()) {
            let hint = nearest(id, atlas.layers.iter().map(|layer| layer.id.as_str()));
            let fault = Fault::Dangling { what: What::Layer, id: id.clone(), nearest: hint };
            problems.error(at.clone().field("layers"), fault);
        }
        let vocabulary = &atlas.vocabularies.kinds;
        for word in entry.kinds.iter().filter(|word| vocabulary.find(word).is_none()) {
            let hint = nearest(word, vocabulary.words());
            let fault =
                Fault::UnknownWord { word: word.clone(), vocabulary: "kinds", nearest: hint };
            problems.error(at.clone().field("kinds"), fault);
        }
        if atlas.surroundings.iter().any(|known| known.id == entry.id) {
            let fault = Fault::DuplicateId { id: entry.id.clone(), first: file.to_owned() };
            problems.error(at, fault);
        }
        let SurroundingEntry { id, title, title_en, layers, kinds } = entry;
        atlas.surroundings.push(Surrounding { id, title, title_en, layers, kinds });
    }
}
