//! What several reports say alike of a place: how exactly it is located, what lies next to it, what a whole county
//! shares, who leads, and which sections say so.

use std::collections::BTreeSet;

use crate::model::{Accuracy, kinds};
use crate::query::{Citation, Dossier, Inherited, Neighbour, PlaceDetail, RecordRef, UnitRef};
use crate::report::content::{Block, Fact, Opening, Tone};
use crate::report::voice::Voice;
use crate::report::written::{area, distance};

/// Names of county-wide records that a dossier lists of each kind: these are no statements about the place.
const INHERITED: usize = 5;

impl Voice<'_> {
    /// How a report of a place, or its part, begins.
    pub fn opening(self, kicker: String, place: &PlaceDetail<'_>) -> Opening {
        let brief = &place.brief;
        let second = if self.english() {
            brief.name_en.as_ref().map(|_| brief.name.to_string())
        } else {
            let reading = place.pinyin.map(str::to_owned);
            joined_names(reading, brief.name_en.as_deref())
        };
        Opening {
            kicker,
            title: self.place(brief).to_owned(),
            second: second.unwrap_or_default(),
            lines: Vec::new(),
            code: None,
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
            let beside = if one.distance_m > 0.0 { far } else { String::new() };
            let kind = self.term(one.place.kind);
            let name = self.place(&one.place);
            let label = if township { name.to_owned() } else { format!("{name} · {kind}") };
            Fact::new(label, beside)
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

/// Pinyin and English name, as far as there are both.
fn joined_names(reading: Option<String>, english: Option<&str>) -> Option<String> {
    match (reading, english) {
        (Some(reading), Some(english)) => Some(format!("{reading} · {english}")),
        (reading, english) => reading.or(english.map(str::to_owned)),
    }
}
