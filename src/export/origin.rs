//! Where an export comes from: said in `说明.txt` beside every file, and in the format's own metadata
//! where it has a place for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::export::Features;
use crate::index::IndexedAtlas;
use crate::model::{Accuracy, TermRef};

/// Origin of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Title of the atlas.
    pub title: String,
    /// Titles of the plans, with issuer and number where they have them.
    pub plans: Vec<String>,
    /// Sections that the exported places' records cite, by plan title.
    pub sections: BTreeMap<String, BTreeSet<String>>,
    /// Fingerprint of the data folder.
    pub data_version: String,
    /// Day of the export, ISO 8601.
    pub date: String,
    /// Map approval number.
    pub review_number: Option<String>,
    /// Name of the reference system.
    pub crs: String,
    /// Whether positions are shifted on purpose (GCJ-02, BD-09).
    pub shifted: bool,
    /// Each layer's own.
    pub layers: Vec<LayerOrigin>,
}

/// Origin of one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerOrigin {
    /// Layer id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Features taken.
    pub count: usize,
    /// Of these, features that nobody has located.
    pub unlocated: usize,
    /// Remark on the layer.
    pub note: Option<String>,
    /// Features by how exactly they are located.
    pub accuracies: BTreeMap<Accuracy, usize>,
    /// Where the positions come from, and how many of them.
    pub sources: Vec<(String, usize)>,
}

impl Origin {
    /// The origin of these layers.
    pub fn of(
        index: &IndexedAtlas,
        layers: &[Features<'_>],
        crs: &str,
        shifted: bool,
        date: &str,
    ) -> Self {
        let atlas = &index.atlas;
        let plans = atlas.plans.iter().map(|plan| {
            let signed = [plan.issuer.as_str(), plan.number.as_str(), plan.date.as_str()];
            let signed: Vec<&str> = signed.into_iter().filter(|part| !part.is_empty()).collect();
            if signed.is_empty() {
                format!("《{}》", plan.title)
            } else {
                format!("《{}》（{}）", plan.title, signed.join("，"))
            }
        });
        let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for place in layers.iter().flat_map(Features::places) {
            let records = atlas.records(*place);
            let cited = records.roles.iter().map(|&r| &atlas.role(r).provenance);
            let cited = cited.chain(records.projects.iter().map(|&p| &atlas.project(p).provenance));
            let cited = cited.chain(records.targets.iter().map(|&t| &atlas.target(t).provenance));
            for provenance in cited.chain(records.tasks.iter().map(|&t| &atlas.task(t).provenance))
            {
                let plan = atlas.plans[provenance.plan].title.clone();
                sections.entry(plan).or_default().extend(provenance.sections.iter().cloned());
            }
        }
        Self {
            title: atlas.title.clone(),
            plans: plans.collect(),
            sections,
            data_version: atlas.data_version.clone(),
            date: date.to_owned(),
            review_number: atlas.review_number.clone(),
            crs: crs.to_owned(),
            shifted,
            layers: layers.iter().map(layer_origin).collect(),
        }
    }

    /// One line, for formats with a description field.
    #[must_use]
    pub fn line(&self) -> String {
        format!(
            "{}；数据版本 {}；导出日期 {}；坐标系 {}；{}",
            self.plans.join("、"),
            self.data_version,
            self.date,
            self.reference(),
            self.review(),
        )
    }

    /// The reference system, marked where positions are shifted.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}{}", self.crs, if self.shifted { "（坐标已偏移）" } else { "" })
    }

    fn review(&self) -> String {
        match &self.review_number {
            Some(number) => format!("审图号：{number}"),
            None => "示意图，未经审图，仅供内部研究".to_owned(),
        }
    }

    /// The whole of it, as `说明.txt` holds it; CRLF for Windows' Notepad.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |content: &str| {
            text.push_str(content);
            text.push_str("\r\n");
        };
        line(&format!("{} 导出说明", self.title));
        line("");
        line(&format!("规划：{}", self.plans.join("、")));
        line(&format!("数据版本：{}", self.data_version));
        line(&format!("导出日期：{}", self.date));
        line(&format!("坐标系：{}", self.reference()));
        if self.shifted {
            line(
                "注意：坐标已按该坐标系的规定偏移，只可用于使用该坐标系的地图，不可与 WGS 84／CGCS2000 数据叠加。",
            );
        }
        line(&self.review());
        for layer in &self.layers {
            line("");
            line(&format!("图层 {}（{}）：{} 个要素", layer.title, layer.id, layer.count));
            if let Some(note) = &layer.note {
                line(&format!("  {note}"));
            }
            let mut accuracies = String::new();
            for (accuracy, count) in &layer.accuracies {
                let _ = write!(accuracies, "{} {count}　", accuracy.labels().0);
            }
            if layer.unlocated > 0 {
                let _ = write!(accuracies, "未定位 {}", layer.unlocated);
            }
            if !accuracies.is_empty() {
                line(&format!("  位置精度：{}", accuracies.trim_end_matches('　')));
            }
            for (source, count) in &layer.sources {
                line(&format!("  位置来源：{source}（{count}）"));
            }
        }
        if !self.sections.is_empty() {
            line("");
            line("所引章节：");
            for (plan, sections) in &self.sections {
                let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
                line(&format!("  《{plan}》：{}", sections.join("、")));
            }
        }
        text
    }
}

fn layer_origin(features: &Features<'_>) -> LayerOrigin {
    let mut accuracies = BTreeMap::new();
    let mut sources: BTreeMap<&str, (&TermRef, usize)> = BTreeMap::new();
    let mut unlocated = 0;
    for row in 0..features.table.len {
        if !features.is_located(row) {
            unlocated += 1;
        } else if let Some(accuracy) = features.accuracy(row) {
            *accuracies.entry(accuracy).or_insert(0) += 1;
        }
    }
    let places = features.places().iter().map(|place| features.atlas().place(*place));
    for source in places.filter_map(|place| place.source.as_ref()) {
        sources.entry(&source.id).or_insert((source, 0)).1 += 1;
    }
    let mut sources: Vec<(String, usize)> =
        sources.into_values().map(|(term, count)| (term.zh.clone(), count)).collect();
    sources.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    LayerOrigin {
        id: features.layer.id.clone(),
        title: features.layer.title.clone(),
        count: features.table.len,
        unlocated,
        note: features.layer.note.clone(),
        accuracies,
        sources,
    }
}
