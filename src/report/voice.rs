//! One of the two languages: names, terms and citations in it. Chinese is the language of the documents; what has
//! no English name is said in Chinese, it is never translated on the way.

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Place, Plan, Term};
use crate::picture::{Language, approval};
use crate::query::{PlaceRef, UnitRef};
use crate::report::content::Foot;

/// Speaks of an atlas in a language.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// The atlas.
    pub index: &'a IndexedAtlas,
    /// The language.
    pub language: Language,
}

impl<'a> Voice<'a> {
    /// Its tag.
    pub fn tag(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// Whether it is English.
    pub fn english(self) -> bool {
        self.language == Language::English
    }

    /// One of two texts.
    pub fn pick<'t>(self, chinese: &'t str, english: &'t str) -> &'t str {
        self.language.pick(chinese, english)
    }

    /// A name; the Chinese one where there is no other.
    pub fn named<'t>(self, chinese: &'t str, english: Option<&'t str>) -> &'t str {
        match english.filter(|name| !name.is_empty()) {
            Some(english) if self.english() => english,
            _ => chinese,
        }
    }

    /// A word of a vocabulary.
    pub fn term(self, term: &Term) -> &str {
        self.named(&term.zh, Some(&term.en))
    }

    /// The name of a place.
    pub fn place<'t>(self, place: &'t PlaceRef<'_>) -> &'t str {
        self.named(&place.name, place.name_en.as_deref())
    }

    /// The same of the whole place.
    pub fn place_name(self, place: &Place) -> &str {
        self.named(&place.name, place.name_en.as_deref())
    }

    /// The county of a place, by name; empty where it is in none.
    pub fn county_of(self, place: &Place) -> &'a str {
        let atlas = &self.index.atlas;
        place.county.map_or("", |county| self.place_name(atlas.place(county)))
    }

    /// Names of units.
    pub fn units(self, units: &[UnitRef<'_>]) -> String {
        self.joined(units.iter().map(|unit| self.named(unit.name, unit.name_en)))
    }

    /// One after the other.
    pub fn joined<T: AsRef<str>>(self, texts: impl IntoIterator<Item = T>) -> String {
        let texts: Vec<T> = texts.into_iter().collect();
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        texts.join(self.pick("、", ", "))
    }

    /// Sentences that stand one after the other.
    pub fn sentences<T: AsRef<str>>(self, texts: impl IntoIterator<Item = T>) -> String {
        let texts: Vec<T> = texts.into_iter().collect();
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        texts.join(self.pick("；", "; "))
    }

    /// `label：value`
    pub fn labelled(self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.pick("：", ": "))
    }

    /// The plan with an id.
    pub fn plan(self, id: &str) -> Option<&'a Plan> {
        self.index.atlas.plans.iter().find(|plan| plan.id == id)
    }

    /// The title of a plan.
    pub fn plan_title(self, plan: &Plan) -> String {
        if self.english() && !plan.title_en.is_empty() {
            return plan.title_en.clone();
        }
        format!("《{}》", plan.title)
    }

    /// The title of a plan with who issued it, its number and its day, as far as they are known.
    pub fn plan_signed(self, plan: &Plan) -> String {
        let issuer = self.named(&plan.issuer, Some(&plan.issuer_en));
        let signed = [issuer, &plan.number, &plan.date];
        let signed: Vec<&str> = signed.into_iter().filter(|part| !part.is_empty()).collect();
        let title = self.plan_title(plan);
        if signed.is_empty() {
            return title;
        }
        let signed = signed.join(self.pick("，", ", "));
        if self.english() {
            format!("{title} ({signed})")
        } else {
            format!("{title}（{signed}）")
        }
    }

    /// A section: its number in Chinese, its heading in English.
    pub fn section<'t>(self, plan: Option<&'t Plan>, id: &'t str) -> &'t str {
        let section = plan.and_then(|plan| plan.section(id));
        self.named(id, section.map(|section| section.title_en.as_str()))
    }

    /// The number of a section alone: `第二章第四节`, `Chapter 2, Section 4`.
    pub fn section_number<'t>(self, plan: Option<&'t Plan>, id: &'t str) -> &'t str {
        let section = self.section(plan, id);
        if self.english() { section.split(": ").next().unwrap_or(section) } else { section }
    }

    /// Where something stands: `《规划》第二章第四节`.
    pub fn cite(self, plan: &str, sections: &[String]) -> String {
        let plan = self.plan(plan);
        let title = plan.map_or_else(String::new, |plan| self.plan_title(plan));
        let names = sections.iter().map(|id| self.section_number(plan, id));
        let names = names.collect::<Vec<_>>().join(self.pick("、", "; "));
        match (title.is_empty(), names.is_empty(), self.english()) {
            (_, true, _) => title,
            (true, ..) => names,
            (.., true) => format!("{title} · {names}"),
            _ => format!("{title}{names}"),
        }
    }

    /// How exactly a position is known, in a word.
    pub fn accuracy(self, accuracy: Option<Accuracy>, located: bool) -> &'static str {
        match accuracy {
            Some(accuracy) => {
                let (zh, en) = accuracy.labels();
                self.language.pick(zh, en)
            }
            None if located => self.language.pick("文件未注明", "Not stated"),
            None => self.language.pick("未定位", "Not located"),
        }
    }

    /// The same as a sentence: what that means for whoever reads the map.
    pub fn accuracy_plain(self, accuracy: Option<Accuracy>, located: bool) -> &'static str {
        let (zh, en) = match accuracy {
            Some(Accuracy::Surveyed) => ("在实地测得。", "Measured in the field."),
            Some(Accuracy::Published) => {
                ("取自公开的点位或边界资料。", "Taken from a published point or outline.")
            }
            Some(Accuracy::Seat) => (
                "图上落在所属乡镇（街道）驻地，并非实际地址。",
                "On the map it stands on the seat of its township, not on the real address.",
            ),
            Some(Accuracy::Approximate) => {
                ("可能有数公里误差。", "It may be off by several kilometres.")
            }
            Some(Accuracy::Schematic) => (
                "图上轮廓不可用于量算与定界。",
                "Do not measure on the outline; it settles no boundary.",
            ),
            None if located => {
                ("文件没有注明位置精度。", "The file does not say how exact the position is.")
            }
            None => (
                "规划未给出位置，图上未标示。",
                "The plan gives no position; it is not marked on the map.",
            ),
        };
        self.language.pick(zh, en)
    }

    /// The foot of a report that rests on these plans (all where none is named) and these sources of positions.
    pub fn foot<'t>(self, plans: &[&Plan], sources: impl IntoIterator<Item = &'t Term>) -> Foot {
        let atlas = &self.index.atlas;
        let all: Vec<&Plan> = atlas.plans.iter().collect();
        let plans = if plans.is_empty() { &all[..] } else { plans };
        let plans: Vec<String> = plans.iter().map(|plan| self.plan_signed(plan)).collect();
        let mut words: Vec<&str> = Vec::new();
        for source in sources {
            let word = self.named(&source.zh, Some(&source.en));
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let mut lines = Vec::new();
        if !plans.is_empty() {
            lines.push(self.labelled(self.pick("内容来源", "Content"), &self.sentences(&plans)));
        }
        if !words.is_empty() {
            let words = self.sentences(&words);
            lines.push(self.labelled(self.pick("位置来源", "Positions"), &words));
        }
        let version = self.labelled(self.pick("数据版本", "Data version"), &atlas.data_version);
        lines.push(format!("{} · {version}", approval(atlas, self.language)));
        Foot {
            atlas: self.named(&atlas.title, Some(&atlas.title_en)).to_owned(),
            lines,
            page: self.pick("第 {n} 页，共 {m} 页", "Page {n} of {m}").to_owned(),
        }
    }

    /// Who answers for what a report says.
    pub fn author(self, plans: &[&Plan]) -> String {
        let issuers = plans.iter().map(|plan| self.named(&plan.issuer, Some(&plan.issuer_en)));
        let issuers: Vec<&str> = issuers.filter(|issuer| !issuer.is_empty()).collect();
        if !issuers.is_empty() {
            return self.joined(issuers);
        }
        let atlas = &self.index.atlas;
        self.named(&atlas.title, Some(&atlas.title_en)).to_owned()
    }
}
