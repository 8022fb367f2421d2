//! The tables of one plan become records, every reference resolved.

use std::collections::HashMap;

use crate::load::fault::{Fault, What, nearest};
use crate::load::problem::{Location, Problems};
use crate::load::table::{Row, Table};
use crate::load::text::Folder;
use crate::model::{
    Atlas, Comparator, Discrepancy, Observation, Organisation, OrganisationIdx, PlaceIdx, Plan,
    Project, ProjectIdx, Provenance, Role, Target, TargetIdx, TargetKind, Task, TermRef, Value,
    Vocabulary,
};

/// Columns of each table, the public format described in `geodata/README.md`.
pub mod columns {
    pub const ROLES: &[&str] = &[
        "id",
        "place",
        "kind",
        "title",
        "title_en",
        "industries",
        "herbs",
        "base_type",
        "section",
        "lines",
        "quote",
        "note",
    ];
    pub const PROJECTS: &[&str] = &[
        "id",
        "name",
        "name_en",
        "industry",
        "action",
        "stage",
        "deadline",
        "deadline_year",
        "places",
        "targets",
        "lead_units",
        "cooperating_units",
        "quantity",
        "number",
        "comparator",
        "unit",
        "section",
        "lines",
        "quote",
        "note",
    ];
    pub const TARGETS: &[&str] = &[
        "id",
        "kind",
        "no",
        "name",
        "name_en",
        "industry",
        "unit",
        "unit_en",
        "baseline_year",
        "baseline",
        "baseline_number",
        "target_year",
        "target",
        "target_number",
        "comparator",
        "attribute",
        "places",
        "indicator",
        "section",
        "lines",
        "quote",
        "note",
    ];
    pub const OBSERVATIONS: &[&str] = &["indicator", "year", "value", "source", "note"];
    pub const TASKS: &[&str] = &[
        "id",
        "kind",
        "group",
        "no",
        "title",
        "title_en",
        "task",
        "lead_units",
        "cooperating_units",
        "places",
        "section",
        "lines",
        "quote",
        "note",
    ];
    pub const ORGANISATIONS: &[&str] =
        &["id", "name", "name_en", "aliases", "kind", "role", "section", "lines", "quote", "note"];
    pub const DISCREPANCIES: &[&str] = &[
        "id",
        "topic",
        "topic_en",
        "kind",
        "severity",
        "section_a",
        "statement_a",
        "section_b",
        "statement_b",
        "assessment",
        "assessment_en",
        "places",
        "targets",
        "projects",
        "lines",
        "note",
    ];
}

/// Reads the tables of the plan at `number` of `atlas.plans` into `atlas`.
///
/// A table that is not there is an empty one: a county may start with places alone.
pub fn read(folder: &mut Folder, atlas: &mut Atlas, number: usize, problems: &mut Problems) {
    let plan = atlas.plans[number].clone();
    let mut open = |name: &str, columns: &[&str], problems: &mut Problems| {
        let file = format!("{}/{name}.csv", plan.id);
        if !folder.has(&file) {
            return None;
        }
        let text = folder.read(&file, problems)?;
        Some(Table::parse(&file, &text, columns, problems))
    };
    let organisations = open("organisations", columns::ORGANISATIONS, problems);
    let targets = open("targets", columns::TARGETS, problems);
    let projects = open("projects", columns::PROJECTS, problems);
    let tasks = open("tasks", columns::TASKS, problems);
    let roles = open("roles", columns::ROLES, problems);
    let discrepancies = open("discrepancies", columns::DISCREPANCIES, problems);
    let observations = open("observations", columns::OBSERVATIONS, problems);

    let mut reader = Reader {
        atlas,
        plan: &plan,
        number,
        problems,
        organisation_ids: HashMap::new(),
        target_ids: HashMap::new(),
        project_ids: HashMap::new(),
        seen: HashMap::new(),
    };
    reader.register(targets.as_ref(), projects.as_ref(), organisations.as_ref());
    reader.each(organisations.as_ref(), Reader::organisation);
    reader.each(targets.as_ref(), Reader::target);
    reader.each(projects.as_ref(), Reader::project);
    reader.each(tasks.as_ref(), Reader::task);
    reader.each(roles.as_ref(), Reader::role);
    reader.each(discrepancies.as_ref(), Reader::discrepancy);
    for row in observations.iter().flat_map(Table::rows) {
        reader.observation(row);
    }
}

struct Reader<'a> {
    atlas: &'a mut Atlas,
    plan: &'a Plan,
    number: usize,
    problems: &'a mut Problems,
    organisation_ids: HashMap<String, u32>,
    target_ids: HashMap<String, u32>,
    project_ids: HashMap<String, u32>,
    seen: HashMap<String, Location>,
}

fn index_rows(table: Option<&Table>, first: usize) -> HashMap<String, u32> {
    let rows = table.into_iter().flat_map(Table::rows);
    rows.zip(first..)
        .map(|(row, i)| (row.text("id").to_owned(), u32::try_from(i).unwrap_or(u32::MAX)))
        .collect()
}

impl Reader<'_> {
    /// Notes the handle that every row will get, so that tables may refer to each other.
    fn register(
        &mut self,
        targets: Option<&Table>,
        projects: Option<&Table>,
        organisations: Option<&Table>,
    ) {
        self.target_ids = index_rows(targets, self.atlas.targets.len());
        self.project_ids = index_rows(projects, self.atlas.projects.len());
        self.organisation_ids = index_rows(organisations, self.atlas.organisations.len());
    }

    fn each(&mut self, table: Option<&Table>, mut read: impl FnMut(&mut Self, Row<'_>)) {
        for row in table.into_iter().flat_map(Table::rows) {
            let id = row.required("id", self.problems);
            let at = row.at("id");
            if let Some(first) = self.seen.get(&id) {
                let fault = Fault::DuplicateId { id, first: first.to_string() };
                self.problems.error(at, fault);
            } else {
                self.seen.insert(id, at);
            }
            read(self, row);
        }
    }

    fn dangling(&mut self, at: Location, what: What, id: &str, known: &[String]) {
        let hint = nearest(id, known.iter().map(String::as_str));
        self.problems.error(at, Fault::Dangling { what, id: id.to_owned(), nearest: hint });
    }

    fn places(&mut self, row: Row<'_>, column: &str) -> Vec<PlaceIdx> {
        let mut found = Vec::new();
        for id in row.list(column) {
            match self.atlas.find_place(id) {
                Some(place) if !found.contains(&place) => found.push(place),
                Some(_) => {}
                None => {
                    let known: Vec<String> = self.atlas.place_by_id.keys().cloned().collect();
                    self.dangling(row.at(column), What::Place, id, &known);
                }
            }
        }
        found
    }

    fn handles(&mut self, row: Row<'_>, column: &str, what: What) -> Vec<u32> {
        let ids = match what {
            What::Target => &self.target_ids,
            What::Project => &self.project_ids,
            _ => &self.organisation_ids,
        };
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for id in row.list(column) {
            match ids.get(id) {
                Some(&handle) if !found.contains(&handle) => found.push(handle),
                Some(_) => {}
                None => missing.push((id.to_owned(), ids.keys().cloned().collect::<Vec<_>>())),
            }
        }
        for (id, known) in missing {
            self.dangling(row.at(column), what, &id, &known);
        }
        found
    }

    fn targets(&mut self, row: Row<'_>, column: &str) -> Vec<TargetIdx> {
        self.handles(row, column, What::Target).into_iter().map(TargetIdx).collect()
    }

    fn projects(&mut self, row: Row<'_>, column: &str) -> Vec<ProjectIdx> {
        self.handles(row, column, What::Project).into_iter().map(ProjectIdx).collect()
    }

    fn organisations(&mut self, row: Row<'_>, column: &str) -> Vec<OrganisationIdx> {
        self.handles(row, column, What::Organisation).into_iter().map(OrganisationIdx).collect()
    }

    fn sections(&mut self, row: Row<'_>, column: &str) -> Vec<String> {
        let mut found = Vec::new();
        for id in row.list(column) {
            if self.plan.section(id).is_some() {
                found.push(id.to_owned());
            } else {
                let known: Vec<String> = self.plan.sections.iter().map(|s| s.id.clone()).collect();
                self.dangling(row.at(column), What::Section, id, &known);
            }
        }
        found
    }

    fn provenance(&mut self, row: Row<'_>) -> Provenance {
        let sections = self.sections(row, "section");
        if sections.is_empty() && row.text("section").is_empty() {
            self.problems.error(row.at("section"), Fault::Missing);
        }
        Provenance { sections, ..self.provenance_without_section(row) }
    }

    fn provenance_without_section(&self, row: Row<'_>) -> Provenance {
        Provenance {
            plan: self.number,
            sections: Vec::new(),
            lines: row.text("lines").to_owned(),
            quote: row.text("quote").to_owned(),
            note: row.text("note").to_owned(),
        }
    }

    fn words(
        &mut self,
        row: Row<'_>,
        column: &str,
        name: &'static str,
        choose: impl Fn(&Atlas) -> &Vocabulary,
    ) -> Vec<TermRef> {
        let vocabulary = choose(self.atlas);
        let mut found = Vec::new();
        for word in row.list(column) {
            if let Some(term) = vocabulary.find(word) {
                found.push(TermRef::clone(term));
            } else {
                let hint = nearest(word, vocabulary.words());
                let fault =
                    Fault::UnknownWord { word: word.to_owned(), vocabulary: name, nearest: hint };
                self.problems.error(row.at(column), fault);
            }
        }
        found
    }

    fn word(
        &mut self,
        row: Row<'_>,
        column: &str,
        name: &'static str,
        choose: impl Fn(&Atlas) -> &Vocabulary,
    ) -> Option<TermRef> {
        self.words(row, column, name, choose).into_iter().next()
    }

    fn industry(&mut self, row: Row<'_>) -> Option<TermRef> {
        self.word(row, "industry", "industries", |a| &a.vocabularies.industries)
    }

    fn comparator(&mut self, row: Row<'_>) -> Option<Comparator> {
        let sign = row.text("comparator");
        let found = Comparator::from_sign(sign);
        if found.is_none() && !sign.is_empty() {
            let fault = Fault::NotAComparator { text: sign.to_owned() };
            self.problems.error(row.at("comparator"), fault);
        }
        found
    }

    fn organisation(&mut self, row: Row<'_>) {
        let organisation = Organisation {
            id: row.text("id").to_owned(),
            name: row.required("name", self.problems),
            name_en: row.optional("name_en"),
            aliases: row.list("aliases").map(str::to_owned).collect(),
            kind: self
                .word(row, "kind", "organisation_kinds", |a| &a.vocabularies.organisation_kinds),
            role: row.text("role").to_owned(),
            provenance: self.provenance(row),
        };
        self.atlas.organisations.push(organisation);
    }

    fn target(&mut self, row: Row<'_>) {
        let kind = match row.text("kind") {
            "text" => TargetKind::Text,
            "indicator" => TargetKind::Indicator,
            word => {
                let nearest = Some("indicator / text".to_owned());
                let fault =
                    Fault::UnknownWord { word: word.to_owned(), vocabulary: "kind", nearest };
                self.problems.error(row.at("kind"), fault);
                TargetKind::Text
            }
        };
        let mut value = |text: &str, number: &str| Value {
            text: row.text(text).to_owned(),
            number: row.number(number, self.problems),
        };
        let baseline = value("baseline", "baseline_number");
        let goal = value("target", "target_number");
        let attribute = self.word(row, "attribute", "attributes", |a| &a.vocabularies.attributes);
        let target = Target {
            id: row.text("id").to_owned(),
            kind,
            no: row.number("no", self.problems),
            name: row.required("name", self.problems),
            name_en: row.optional("name_en"),
            industry: self.industry(row),
            unit: row.text("unit").to_owned(),
            unit_en: row.text("unit_en").to_owned(),
            baseline_year: row.text("baseline_year").to_owned(),
            baseline,
            target_year: row.text("target_year").to_owned(),
            target: goal,
            comparator: self.comparator(row),
            attribute,
            places: self.places(row, "places"),
            indicator: self.targets(row, "indicator").into_iter().next(),
            observations: Vec::new(),
            provenance: self.provenance(row),
        };
        self.atlas.targets.push(target);
    }

    fn project(&mut self, row: Row<'_>) {
        let stage = self.word(row, "stage", "stages", |a| &a.vocabularies.stages);
        let action = self.word(row, "action", "actions", |a| &a.vocabularies.actions);
        let Some(industry) = self.industry(row).or_else(|| self.any_industry(row)) else { return };
        let project = Project {
            id: row.text("id").to_owned(),
            name: row.required("name", self.problems),
            name_en: row.optional("name_en"),
            industry,
            action,
            stage,
            deadline: row.text("deadline").to_owned(),
            deadline_year: row.number("deadline_year", self.problems),
            places: self.places(row, "places"),
            targets: self.targets(row, "targets"),
            lead_units: self.organisations(row, "lead_units"),
            cooperating_units: self.organisations(row, "cooperating_units"),
            quantity: Value {
                text: row.text("quantity").to_owned(),
                number: row.number("number", self.problems),
            },
            comparator: self.comparator(row),
            unit: row.text("unit").to_owned(),
            provenance: self.provenance(row),
        };
        self.atlas.projects.push(project);
    }

    /// Keeps handles in step when a project's industry is missing: the row is reported and
    /// filed under any industry, since an atlas with errors is never served.
    fn any_industry(&mut self, row: Row<'_>) -> Option<TermRef> {
        if row.text("industry").is_empty() {
            self.problems.error(row.at("industry"), Fault::Missing);
        }
        self.atlas.vocabularies.industries.terms().first().cloned()
    }

    fn task(&mut self, row: Row<'_>) {
        let task = Task {
            id: row.text("id").to_owned(),
            kind: self.word(row, "kind", "task_kinds", |a| &a.vocabularies.task_kinds),
            group: row.text("group").to_owned(),
            no: row.text("no").to_owned(),
            title: row.text("title").to_owned(),
            title_en: row.optional("title_en"),
            task: row.required("task", self.problems),
            lead_units: self.organisations(row, "lead_units"),
            cooperating_units: self.organisations(row, "cooperating_units"),
            places: self.places(row, "places"),
            provenance: self.provenance(row),
        };
        self.atlas.tasks.push(task);
    }

    fn role(&mut self, row: Row<'_>) {
        let place = self.places(row, "place");
        let kind = self.words(row, "kind", "roles", |a| &a.vocabularies.roles);
        for (column, empty) in [("place", row.text("place")), ("kind", row.text("kind"))] {
            if empty.is_empty() {
                self.problems.error(row.at(column), Fault::Missing);
            }
        }
        let (Some(&place), Some(kind)) = (place.first(), kind.into_iter().next()) else { return };
        let base_type = self.word(row, "base_type", "base_types", |a| &a.vocabularies.base_types);
        let role = Role {
            id: row.text("id").to_owned(),
            place,
            kind,
            title: row.required("title", self.problems),
            title_en: row.text("title_en").to_owned(),
            industries: self.words(row, "industries", "activities", |a| &a.vocabularies.activities),
            herbs: self.words(row, "herbs", "herbs", |a| &a.vocabularies.herbs),
            base_type,
            provenance: self.provenance(row),
        };
        self.atlas.roles.push(role);
    }

    fn discrepancy(&mut self, row: Row<'_>) {
        let severity = self.word(row, "severity", "severities", |a| &a.vocabularies.severities);
        let discrepancy = Discrepancy {
            id: row.text("id").to_owned(),
            topic: row.required("topic", self.problems),
            topic_en: row.optional("topic_en"),
            kind: self
                .word(row, "kind", "discrepancy_kinds", |a| &a.vocabularies.discrepancy_kinds),
            severity,
            sections_a: self.sections(row, "section_a"),
            statement_a: row.text("statement_a").to_owned(),
            sections_b: self.sections(row, "section_b"),
            statement_b: row.text("statement_b").to_owned(),
            assessment: row.text("assessment").to_owned(),
            assessment_en: row.optional("assessment_en"),
            places: self.places(row, "places"),
            targets: self.targets(row, "targets"),
            projects: self.projects(row, "projects"),
            provenance: self.provenance_without_section(row),
        };
        self.atlas.discrepancies.push(discrepancy);
    }

    /// Adds a later value to its indicator, keeping them in the order of the years.
    fn observation(&mut self, row: Row<'_>) {
        let indicator = self.targets(row, "indicator").into_iter().next();
        for column in ["indicator", "year", "value", "source"] {
            row.required(column, self.problems);
        }
        let (year, value) = (row.number("year", self.problems), row.number("value", self.problems));
        let (Some(indicator), Some(year), Some(value)) = (indicator, year, value) else { return };
        let observations = &mut self.atlas.targets[indicator.0 as usize].observations;
        let position = observations.partition_point(|o| o.year <= year);
        let (source, note) = (row.text("source").to_owned(), row.text("note").to_owned());
        observations.insert(position, Observation { year, value, source, note });
    }
}
