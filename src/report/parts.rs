//! What several reports say alike: records of the plans, neighbours, what a whole county shares, citations.

use std::collections::BTreeSet;

use crate::model::{Accuracy, TargetKind, kinds};
use crate::query::{
    Citation, DiscrepancyView, Dossier, Inherited, Link, Neighbour, PlaceDetail, ProjectView,
    RecordRef, Relation, RoleView, TargetView, TaskView, UnitRef,
};
use crate::report::content::{Block, Fact, Figure, Group, Opening, Record, Side, Stated, Tone};
use crate::report::voice::Voice;
use crate::report::written::{Written, area, distance};

/// Names of county-wide records that a dossier lists of each kind: these are no statements about the place.
const INHERITED: usize = 5;

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

    fn fact(self, facts: &mut Vec<Fact>, zh: &str, en: &str, value: impl Into<String>) {
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

    /// How a report of a place, or its part, begins.
    pub fn opening(self, kicker: String, place: &PlaceDetail<'_>) -> Opening {
        let brief = &place.brief;
        let second = if self.english() {
            brief.name_en.as_ref().map(|_| brief.name.to_string())
        } else {
            let reading = place.pinyin.map(str::to_owned);
            self.joined_names(reading, brief.name_en.as_deref())
        };
        Opening {
            kicker,
            title: self.place(brief).to_owned(),
            second: second.unwrap_or_default(),
            lines: Vec::new(),
            code: None,
        }
    }

    fn joined_names(self, reading: Option<String>, english: Option<&str>) -> Option<String> {
        match (reading, english) {
            (Some(reading), Some(english)) => Some(format!("{reading} · {english}")),
            (reading, english) => reading.or(english.map(str::to_owned)),
        }
    }

    /// How exact the position is, as a notice.
    pub fn exactness(self, place: &PlaceDetail<'_>) -> Block {
        let located = place.brief.point.is_some();
        let accuracy = place.brief.accuracy.filter(|_| located);
        let label = self.labelled(
            self.pick("位置精度", "Accuracy of the position"),
            self.accuracy(accuracy, located),
        );
        let plain = self.accuracy_plain(accuracy, located);
        let stop = self.pick("。", ". ");
        Block::Paragraph { tone: Tone::Notice, text: format!("{label}{stop}{plain}") }
    }

    /// What is known of a place by itself.
    pub fn facts(self, place: &PlaceDetail<'_>) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.fact(&mut facts, "类别", "Kind", self.term(place.brief.kind));
        if let Some(within) = &place.within {
            self.fact(&mut facts, "所在", "Within", self.place(within));
        }
        if let Some(square_metres) = place.area_m2 {
            let rough = place.brief.accuracy == Some(Accuracy::Schematic);
            self.fact(&mut facts, "面积", "Area", area(self, square_metres, rough));
        }
        if let Some([lon, lat]) = place.brief.point {
            // As many digits as the position is worth: a hundredth of a degree is a kilometre.
            let digits = match place.brief.accuracy {
                Some(Accuracy::Surveyed | Accuracy::Published) => 4,
                _ => 2,
            };
            let about = if digits == 2 { self.pick("约 ", "about ") } else { "" };
            let text = format!("{about}{lon:.digits$}°E, {lat:.digits$}°N");
            self.fact(&mut facts, "经纬度", "Position", text);
        }
        self.fact(&mut facts, "别名", "Also called", place.aliases.join("、"));
        let layers = &self.index.atlas.layers;
        let layers = layers.iter().filter(|layer| place.layers.contains(&layer.id.as_str()));
        let layers = layers.map(|layer| self.named(&layer.title, Some(&layer.title_en)));
        self.fact(&mut facts, "所在图层", "On layers", self.joined(layers));
        if let Some(source) = place.source {
            self.fact(&mut facts, "位置来源", "Source of position", self.term(source));
        }
        if let Some(note) = place.note {
            self.fact(&mut facts, "说明", "Note", self.named(note, place.note_en));
        }
        for (key, value) in place.properties.iter() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if !value.is_null() {
                self.fact(&mut facts, key, key, text);
            }
        }
        facts
    }

    /// What lies next to a place, and how far it is.
    pub fn neighbours(self, place: &PlaceDetail<'_>, all: &[Neighbour<'_>]) -> Vec<Block> {
        if all.is_empty() {
            return Vec::new();
        }
        let township = place.brief.kind.id == kinds::TOWNSHIP;
        let schematic = place.brief.accuracy == Some(Accuracy::Schematic);
        let heading = match (township, schematic) {
            (true, true) => self
                .pick("相邻乡镇街道（按示意单元）", "Adjoining townships (by schematic outline)"),
            (true, false) => self.pick("相邻乡镇街道", "Adjoining townships"),
            _ => self.pick("最近的地点", "Nearest places"),
        };
        let note = if township {
            self.pick(
                "距离为驻地之间的直线距离，不是行车里程。",
                "Distances are straight lines between the seats, not by road.",
            )
        } else {
            self.pick(
                "距离为直线距离，不是行车里程。",
                "Distances are straight lines, not by road.",
            )
        };
        let vague = |accuracy: Option<Accuracy>| {
            matches!(accuracy, Some(Accuracy::Seat | Accuracy::Approximate | Accuracy::Schematic))
        };
        let own = vague(place.brief.accuracy) || vague(place.seat_accuracy);
        let items = all.iter().map(|one| {
            let rough = own || vague(one.place.accuracy);
            let far = distance(self, one.distance_m, rough);
            let value = if one.distance_m > 0.0 { far } else { String::new() };
            let kind = self.term(one.place.kind);
            let name = self.place(&one.place);
            let label = if township { name.to_owned() } else { format!("{name} · {kind}") };
            Fact::new(label, value)
        });
        vec![
            Block::Heading { text: heading.to_owned(), count: Some(all.len()) },
            Block::Paragraph { tone: Tone::Quiet, text: note.to_owned() },
            Block::List { items: items.collect(), columns: 2 },
        ]
    }

    /// What the plan says of the whole county, apart and in brief: it is not said of the place.
    pub fn inherited(self, inherited: &Inherited<'_>) -> Vec<Block> {
        let county = self.place(&inherited.county);
        let parts = [
            ("布局定位", "Roles", &inherited.roles),
            ("项目", "Projects", &inherited.projects),
            ("指标", "Targets", &inherited.targets),
            ("任务分工", "Tasks", &inherited.tasks),
            ("数据矛盾", "Discrepancies", &inherited.discrepancies),
        ];
        let plan = self.index.atlas.find_place(&inherited.county.id);
        let plan = plan.and_then(|county| self.index.atlas.plan_of_county(county));
        let line = |(zh, en, records): (&str, &str, &Vec<RecordRef<'_>>)| {
            let names = records.iter().take(INHERITED).map(|record| {
                let name = self.named(record.name, record.name_en);
                let section = record.section.first().map_or("", |id| self.section_number(plan, id));
                match (section.is_empty(), self.english()) {
                    (true, _) => name.to_owned(),
                    (_, true) => format!("{name} ({section})"),
                    _ => format!("{name}（{section}）"),
                }
            });
            let mut text = self.sentences(names);
            if records.len() > INHERITED {
                text.push_str(self.pick("……", " …"));
            }
            Fact::new(format!("{} {}", self.pick(zh, en), records.len()), text)
        };
        let facts = parts.into_iter().filter(|(.., records)| !records.is_empty()).map(line);
        let facts: Vec<Fact> = facts.collect();
        if facts.is_empty() {
            return Vec::new();
        }
        let (heading, note) = if self.english() {
            (
                format!("What applies to all of {county}"),
                format!(
                    "Said of the county as a whole and inherited from it; not said of this place in particular. At most {INHERITED} of a kind are named here."
                ),
            )
        } else {
            (
                format!("{county}全县通用内容"),
                format!("以下写的是全县，由本地沿用，并非专指本地；每类最多列出 {INHERITED} 条。"),
            )
        };
        vec![
            Block::Heading { text: heading, count: None },
            Block::Paragraph { tone: Tone::Quiet, text: note },
            Block::Facts { facts },
        ]
    }

    /// Every unit that leads something here, once, with how many things.
    pub fn leads(self, dossier: &Dossier<'_>) -> Vec<Block> {
        let leads = dossier.projects.iter().map(|project| &project.lead_units);
        let leads = leads.chain(dossier.tasks.iter().map(|task| &task.lead_units));
        let mut counted: Vec<(&UnitRef<'_>, usize)> = Vec::new();
        for unit in leads.flatten() {
            match counted.iter_mut().find(|(known, _)| known.id == unit.id) {
                Some((_, count)) => *count += 1,
                None => counted.push((unit, 1)),
            }
        }
        if counted.is_empty() {
            return Vec::new();
        }
        let items = counted.iter().map(|(unit, count)| {
            let said = if self.english() {
                format!("{count} {}", if *count == 1 { "item" } else { "items" })
            } else {
                format!("{count} 项")
            };
            Fact::new(self.named(unit.name, unit.name_en), said)
        });
        vec![
            Block::Heading {
                text: self.pick("规划确定的牵头单位", "Lead units named by the plan").to_owned(),
                count: Some(counted.len()),
            },
            Block::List { items: items.collect(), columns: 2 },
        ]
    }

    /// Sections that the report cites.
    pub fn citations(self, citations: &[Citation<'_>]) -> Vec<Block> {
        if citations.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Heading {
            text: self.pick("引用的规划章节", "Sections of the plan cited here").to_owned(),
            count: Some(citations.len()),
        }];
        let plans: BTreeSet<&str> = citations.iter().map(|citation| citation.plan).collect();
        for id in plans {
            let plan = self.plan(id);
            let title = plan.map_or_else(String::new, |plan| self.plan_signed(plan));
            let of_plan = citations.iter().filter(|citation| citation.plan == id);
            let items = of_plan.map(|citation| {
                let label = if self.english() {
                    self.section(plan, citation.section).to_owned()
                } else if citation.title == citation.section {
                    citation.section.to_owned()
                } else {
                    format!("{} {}", citation.section, citation.title)
                };
                Fact::new(label, citation.records.to_string())
            });
            blocks.push(Block::Paragraph { tone: Tone::Plain, text: title });
            blocks.push(Block::List { items: items.collect(), columns: 2 });
        }
        blocks
    }

    /// How many statements of each kind there are.
    pub fn counts(self, dossier: &Dossier<'_>) -> Block {
        let count = |zh, en, count: usize| Fact::new(self.pick(zh, en), count.to_string());
        Block::Numbers {
            numbers: vec![
                count("布局定位", "Roles", dossier.roles.len()),
                count("项目", "Projects", dossier.projects.len()),
                count("指标", "Targets", dossier.targets.len()),
                count("任务", "Tasks", dossier.tasks.len()),
                count("辖内地点", "Places inside", dossier.inside.len()),
            ],
        }
    }
}

/// Words of the plan, unless they only repeat what stands above them.
fn quoted(quote: &str, above: &str) -> String {
    if quote.trim() == above.trim() { String::new() } else { quote.trim().to_owned() }
}

/// Lengths of both figures as shares of the longer one.
#[expect(clippy::float_cmp, reason = "nought is nought")]
fn bar(baseline: Option<f64>, target: Option<f64>) -> Option<[f64; 2]> {
    let (from, to) = (baseline?, target?);
    let end = from.max(to);
    (from >= 0.0 && to >= 0.0 && end != 0.0).then(|| [from / end, to / end])
}
