//! What opens when somebody clicks a feature: its attributes, and what the plans say about it.
//!
//! All of it is HTML without addresses, scripts or styles of its own; every text is escaped.

use crate::export::Features;
use crate::export::kml::xml;
use crate::export::table::Cell;
use crate::model::{Atlas, OrganisationIdx, Provenance, Target, TermRef};

/// Columns that the records say in full.
const TOLD: [&str; 4] = ["roles", "projects", "targets", "tasks"];

/// Writes the balloon of a row over what `out` held.
pub fn write(out: &mut String, features: &Features<'_>, row: usize, with_records: bool) {
    out.clear();
    out.push_str("<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\">");
    for column in &features.table.columns {
        let field = &column.field;
        let told = with_records && field.title != field.key && TOLD.contains(&&*field.key);
        let cell = if told { Cell::Null } else { column.cell(row) };
        if let Some(text) = cell.flat() {
            out.push_str("<tr><th align=\"left\">");
            xml::html(out, &field.title);
            out.push_str("</th><td>");
            xml::html(out, &text);
            out.push_str("</td></tr>");
        }
    }
    out.push_str("</table>");
    if with_records {
        records(out, features, row);
    }
}

fn records(out: &mut String, features: &Features<'_>, row: usize) {
    let atlas = features.atlas();
    let Some(place) = features.places().get(row) else { return };
    let named = atlas.records(*place);
    list(out, "布局定位", named.roles.iter().map(|&r| atlas.role(r)), |item, role| {
        item.head(&role.id, &role.title);
        item.brackets(&[&role.kind.zh, &terms(&role.industries), &terms(&role.herbs)]);
        item.sections(&role.provenance);
    });
    list(out, "项目", named.projects.iter().map(|&p| atlas.project(p)), |item, project| {
        item.head(&project.id, &project.name);
        let action = project.action.as_ref().map_or("", |term| &term.zh);
        let stage = project.stage.as_ref().map_or("", |term| &term.zh);
        let parts =
            [&project.industry.zh, action, stage, &project.deadline, &project.quantity.text];
        item.brackets(&parts);
        item.part("牵头", &units(atlas, &project.lead_units));
        item.part("配合", &units(atlas, &project.cooperating_units));
        let targets = project.targets.iter().map(|&t| atlas.target(t));
        let targets: Vec<String> = targets.map(|t| format!("{} {}", t.id, t.name)).collect();
        item.part("对应指标", &targets.join("、"));
        item.sections(&project.provenance);
    });
    list(out, "指标", named.targets.iter().map(|&t| atlas.target(t)), |item, target| {
        item.head(&target.id, &target.name);
        item.part("基期", &value(&target.baseline_year, &target.baseline.text, target));
        item.part("目标", &value(&target.target_year, &target.target.text, target));
        item.brackets(&[target.attribute.as_ref().map_or("", |term| &term.zh)]);
        item.sections(&target.provenance);
    });
    list(out, "任务", named.tasks.iter().map(|&t| atlas.task(t)), |item, task| {
        item.head(&task.id, &task.title);
        item.part("内容", if task.task == task.title { "" } else { &task.task });
        item.part("牵头", &units(atlas, &task.lead_units));
        item.part("配合", &units(atlas, &task.cooperating_units));
        item.sections(&task.provenance);
    });
    let discrepancies = named.discrepancies.iter().map(|&d| atlas.discrepancy(d));
    list(out, "数据矛盾", discrepancies, |item, found| {
        item.head(&found.id, &found.topic);
        item.part(&found.sections_a.join("、"), &found.statement_a);
        item.part(&found.sections_b.join("、"), &found.statement_b);
        item.part("判断", &found.assessment);
    });
}

fn list<T>(
    out: &mut String,
    title: &str,
    records: impl Iterator<Item = T>,
    write: impl Fn(&mut Item<'_>, T),
) {
    let mut empty = true;
    for record in records {
        if std::mem::take(&mut empty) {
            out.push_str("<h4>");
            out.push_str(title);
            out.push_str("</h4><ul>");
        }
        out.push_str("<li>");
        write(&mut Item(out), record);
        out.push_str("</li>");
    }
    if !empty {
        out.push_str("</ul>");
    }
}

/// One record.
struct Item<'o>(&'o mut String);

impl Item<'_> {
    fn head(&mut self, id: &str, name: &str) {
        xml::html(self.0, id);
        self.0.push_str(" <b>");
        xml::html(self.0, name);
        self.0.push_str("</b>");
    }

    /// What is known of these, in brackets.
    fn brackets(&mut self, parts: &[&str]) {
        let known: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        if !known.is_empty() {
            self.0.push('（');
            xml::html(self.0, &known.join("；"));
            self.0.push('）');
        }
    }

    fn part(&mut self, title: &str, content: &str) {
        if !content.is_empty() {
            self.0.push_str("<br/>");
            xml::html(self.0, title);
            self.0.push('：');
            xml::html(self.0, content);
        }
    }

    fn sections(&mut self, provenance: &Provenance) {
        self.part("出处", &provenance.sections.join("、"));
    }
}

fn value(year: &str, text: &str, target: &Target) -> String {
    if text.is_empty() {
        return String::new();
    }
    let unit = if text.ends_with(&target.unit) { "" } else { &target.unit };
    let year = if year.is_empty() { String::new() } else { format!("（{year}）") };
    format!("{text}{unit}{year}")
}

fn units(atlas: &Atlas, handles: &[OrganisationIdx]) -> String {
    let names: Vec<&str> = handles.iter().map(|&u| atlas.organisation(u).name.as_str()).collect();
    names.join("、")
}

fn terms(terms: &[TermRef]) -> String {
    let names: Vec<&str> = terms.iter().map(|term| term.zh.as_str()).collect();
    names.join("、")
}
