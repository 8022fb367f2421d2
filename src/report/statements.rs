//! Statements of the plans, as every report prints them: each with its section, figures as they are written.

use crate::model::TargetKind;
use crate::query::{
    DiscrepancyView, Dossier, Link, ProjectView, RecordRef, Relation, RoleView, TargetView,
    TaskView,
};
use crate::report::content::{Fact, Figure, Group, Record, Side, Stated};
use crate::report::voice::Voice;
use crate::report::written::Written;

impl Voice<'_> {
    /// Through what a record comes to a place, when not directly.
    fn via(self, link: Option<&Link<'_>>) -> String {
        let Some(link) = link else { return String::new() };
        match (link.relation, &link.place) {
            (Relation::Project, _) => {
                self.pick("由所列项目支撑", "served by a project listed here").to_owned()
            }
            (Relation::Inside, Some(place)) => {
                format!("{}{}", self.pick("经由 ", "through "), self.place(place))
            }
            _ => String::new(),
        }
    }

    /// Adds a fact of which something is known.
    pub fn fact(self, facts: &mut Vec<Fact>, zh: &str, en: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            facts.push(Fact::new(self.pick(zh, en), value));
        }
    }

    fn disputed(self, by: &[RecordRef<'_>]) -> String {
        if by.is_empty() {
            return String::new();
        }
        let topics = by.iter().map(|one| self.named(one.name, one.name_en));
        let topics = self.sentences(topics);
        self.labelled(self.pick("规划中说法不一", "The plan contradicts itself"), &topics)
    }

    /// A role.
    pub fn role(self, role: &RoleView<'_>) -> Record {
        let mut lines = Vec::new();
        let terms = |terms: &[&crate::model::Term]| {
            self.joined(terms.iter().map(|term| self.named(&term.zh, Some(&term.en))))
        };
        self.fact(&mut lines, "品种", "Herbs", terms(&role.herbs));
        if let Some(base) = role.base_type {
            self.fact(&mut lines, "基地类型", "Kind of base", self.term(base));
        }
        self.fact(&mut lines, "产业", "Industries", terms(&role.industries));
        let via = self.via(role.link.as_ref());
        let kind = self.term(role.kind);
        Record {
            kicker: if via.is_empty() { kind.to_owned() } else { format!("{kind} · {via}") },
            title: self.named(role.title, Some(role.title_en)).to_owned(),
            lines,
            note: self.pick(role.note, "").to_owned(),
            cite: self.cite(role.plan, role.section),
            quote: quoted(role.quote, role.title),
            ..Record::default()
        }
    }

    /// A project.
    pub fn project(self, project: &ProjectView<'_>) -> Record {
        let mut lines = Vec::new();
        self.fact(&mut lines, "产业", "Industry", self.term(project.industry));
        if let Some(action) = project.action {
            self.fact(&mut lines, "建设内容", "Work", self.term(action));
        }
        self.fact(&mut lines, "规模", "Size", self.quantity(project.quantity));
        self.fact(&mut lines, "时限", "Deadline", project.deadline);
        self.fact(&mut lines, "牵头单位", "Lead units", self.units(&project.lead_units));
        let cooperating = self.units(&project.cooperating_units);
        self.fact(&mut lines, "配合单位", "Cooperating units", cooperating);
        let targets = project.targets.iter().map(|target| self.named(target.name, target.name_en));
        self.fact(&mut lines, "对应指标", "Targets served", self.joined(targets));
        Record {
            kicker: self.via(project.link.as_ref()),
            title: self.named(project.name, project.name_en).to_owned(),
            tags: project.stage.map(|stage| self.term(stage).to_owned()).into_iter().collect(),
            lines,
            disputed: self.disputed(&project.discrepancies),
            cite: self.cite(project.plan, project.section),
            quote: quoted(project.quote, project.name),
            ..Record::default()
        }
    }

    /// The size of a project in the document's words, and in English where that is a plain count.
    fn quantity(self, text: &str) -> String {
        let english = Written { text, comparator: None, unit: "" }.english();
        match english.filter(|_| self.english()) {
            Some(english) => format!("{english} ({text})"),
            None => text.to_owned(),
        }
    }

    /// A figure, and the same as the document writes it where that differs.
    fn stated(self, when: &str, figure: Written<'_>, unit_en: &str) -> Option<Stated> {
        let original = figure.original()?;
        let when = when.to_owned();
        if !self.english() {
            return Some(Stated { when, text: original, original: String::new() });
        }
        if let Some(text) = figure.english() {
            return Some(Stated { when, text, original });
        }
        let unit = if unit_en.is_empty() { figure.unit } else { unit_en };
        let text = Written { unit, ..figure }.original()?;
        Some(Stated { when, text, original: String::new() })
    }

    /// A target, with a bar where both of its figures are numbers.
    pub fn target(self, target: &TargetView<'_>) -> Record {
        let indicator = target.kind == TargetKind::Indicator;
        let year = |year: &str, zh, en| {
            if year.is_empty() { self.pick(zh, en).to_owned() } else { year.to_owned() }
        };
        let written = |text, comparator| Written { text, comparator, unit: target.unit };
        let when = year(target.baseline_year, "基期", "Baseline");
        let from = self.stated(&when, written(target.baseline, None), target.unit_en);
        let when = year(target.target_year, "目标", "Target");
        let to = self.stated(&when, written(target.target, target.comparator), target.unit_en);
        let without =
            if from.is_none() && indicator { self.pick("无基期值", "no baseline") } else { "" };
        let later = target.observations.iter().map(|one| Stated {
            when: one.year.to_string(),
            text: one.value.to_string(),
            original: one.source.to_owned(),
        });
        let mut kicker = Vec::new();
        if let Some(no) = target.no {
            kicker.push(if self.english() {
                format!("Indicator no. {no}")
            } else {
                format!("指标第 {no} 号")
            });
        }
        kicker.extend(target.industry.map(|industry| self.term(industry).to_owned()));
        kicker.extend(Some(self.via(target.link.as_ref())).filter(|via| !via.is_empty()));
        let attribute = target.attribute.map(|attribute| self.term(attribute).to_owned());
        Record {
            kicker: kicker.join(" · "),
            title: self.named(target.name, target.name_en).to_owned(),
            tags: attribute.into_iter().collect(),
            figure: Some(Figure {
                from,
                without: without.to_owned(),
                to: to.unwrap_or_else(|| Stated {
                    when,
                    text: self.pick("未给数值", "no figure").to_owned(),
                    original: String::new(),
                }),
                bar: bar(target.baseline_number, target.target_number),
                later: later.collect(),
            }),
            disputed: self.disputed(&target.discrepancies),
            cite: self.cite(target.plan, target.section),
            quote: quoted(target.quote, target.name),
            ..Record::default()
        }
    }

    /// A task or measure.
    pub fn task(self, task: &TaskView<'_>) -> Record {
        let mut lines = Vec::new();
        self.fact(&mut lines, "牵头单位", "Lead units", self.units(&task.lead_units));
        let cooperating = self.units(&task.cooperating_units);
        self.fact(&mut lines, "配合单位", "Cooperating units", cooperating);
        let kind = task.kind.map(|kind| self.term(kind).to_owned());
        let via = Some(self.via(task.link.as_ref())).filter(|via| !via.is_empty());
        let kicker: Vec<String> = kind.into_iter().chain(via).collect();
        let title = self.named(task.title, task.title_en);
        Record {
            kicker: kicker.join(" · "),
            title: if title.is_empty() { task.task } else { title }.to_owned(),
            lines,
            text: if title.is_empty() { String::new() } else { quoted(task.task, title) },
            cite: self.cite(task.plan, task.section),
            quote: quoted(
                task.quote,
                if task.quote == task.title { task.title } else { task.task },
            ),
            ..Record::default()
        }
    }

    /// Two statements side by side; neither is preferred.
    pub fn discrepancy(self, one: &DiscrepancyView<'_>) -> Record {
        let side = |zh, en, text: &str, sections: &[String]| Side {
            label: format!("{} · {}", self.pick(zh, en), {
                let plan = self.plan(one.plan);
                self.joined(sections.iter().map(|id| self.section_number(plan, id)))
            }),
            text: text.to_owned(),
        };
        let severity = one
            .severity
            .map(|severity| self.labelled(self.pick("严重程度", "Severity"), self.term(severity)));
        let mut sections = one.section_a.to_vec();
        sections.extend(one.section_b.iter().filter(|id| !one.section_a.contains(id)).cloned());
        Record {
            kicker: one.kind.map(|kind| self.term(kind).to_owned()).unwrap_or_default(),
            title: self.named(one.topic, one.topic_en).to_owned(),
            tags: severity.into_iter().collect(),
            sides: vec![
                side("说法一", "One passage says", one.statement_a, one.section_a),
                side("说法二", "Another says", one.statement_b, one.section_b),
            ],
            note: self.named(one.assessment, one.assessment_en).to_owned(),
            cite: self.cite(one.plan, &sections),
            ..Record::default()
        }
    }

    /// Statements about a place by kind; kinds of which there are none are left out.
    pub fn groups(self, dossier: &Dossier<'_>) -> Vec<Group> {
        let group = |zh, en, records| Group { title: self.pick(zh, en).to_owned(), records };
        let groups = [
            group("布局定位", "Roles", dossier.roles.iter().map(|r| self.role(r)).collect()),
            group("项目", "Projects", dossier.projects.iter().map(|p| self.project(p)).collect()),
            group("指标", "Targets", dossier.targets.iter().map(|t| self.target(t)).collect()),
            group("任务分工", "Tasks", dossier.tasks.iter().map(|t| self.task(t)).collect()),
            group(
                "数据矛盾",
                "Discrepancies",
                dossier.discrepancies.iter().map(|d| self.discrepancy(d)).collect(),
            ),
        ];
        groups.into_iter().filter(|group: &Group| !group.records.is_empty()).collect()
    }
}

/// Words of the plan, unless they only repeat what stands above them.
fn quoted(quote: &str, above: &str) -> String {
    if quote.trim() == above.trim() { String::new() } else { quote.trim().to_owned() }
}

/// Lengths of both figures as shares of the longer one.
fn bar(baseline: Option<f64>, target: Option<f64>) -> Option<[f64; 2]> {
    let (from, to) = (baseline?, target?);
    let end = from.max(to);
    (from >= 0.0 && to >= 0.0 && end != 0.0).then(|| [from / end, to / end])
}
