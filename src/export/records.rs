//! The records linked to the chosen places, as tables: roles, projects, targets, tasks, organisations,
//! discrepancies; and which record names which place.
//!
//! A record that names no place belongs to its county as a whole; it comes along when the county is
//! among the places.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::export::table::{Cell, Column, Kind, Table};
use crate::index::IndexedAtlas;
use crate::model::{
    Comparator, DiscrepancyIdx, OrganisationIdx, PlaceIdx, ProjectIdx, Provenance, RoleIdx,
    TargetIdx, TargetKind, TaskIdx, TermRef,
};

/// Linked records.
pub struct Records<'a> {
    /// One table to each kind of record that occurs.
    pub tables: Vec<Table<'a>>,
    /// Which record names which of the chosen places: kind of record, place id, record id.
    pub links: Vec<Link<'a>>,
}

/// A record names a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link<'a> {
    /// Table of the record.
    pub table: &'static str,
    /// The place.
    pub place: &'a str,
    /// The record.
    pub record: &'a str,
}

impl<'a> Records<'a> {
    /// No records.
    #[must_use]
    pub fn none() -> Self {
        Self { tables: Vec::new(), links: Vec::new() }
    }

    /// The records that name any of the places, and what those records name: the indicators that
    /// projects serve, the units responsible.
    #[must_use]
    pub fn of(index: &'a IndexedAtlas, places: &[PlaceIdx]) -> Self {
        let atlas = &index.atlas;
        let mut roles: BTreeSet<RoleIdx> = BTreeSet::new();
        let mut projects: BTreeSet<ProjectIdx> = BTreeSet::new();
        let mut targets: BTreeSet<TargetIdx> = BTreeSet::new();
        let mut tasks: BTreeSet<TaskIdx> = BTreeSet::new();
        let mut discrepancies: BTreeSet<DiscrepancyIdx> = BTreeSet::new();
        let mut links = Vec::new();
        for &place in places {
            let id = atlas.place(place).id.as_str();
            let named = atlas.records(place);
            let mut link = |table, record| links.push(Link { table, place: id, record });
            named.roles.iter().for_each(|&r| link("roles", &atlas.role(r).id));
            named.projects.iter().for_each(|&r| link("projects", &atlas.project(r).id));
            named.targets.iter().for_each(|&r| link("targets", &atlas.target(r).id));
            named.tasks.iter().for_each(|&r| link("tasks", &atlas.task(r).id));
            named
                .discrepancies
                .iter()
                .for_each(|&r| link("discrepancies", &atlas.discrepancy(r).id));
            roles.extend(&named.roles);
            projects.extend(&named.projects);
            targets.extend(&named.targets);
            tasks.extend(&named.tasks);
            discrepancies.extend(&named.discrepancies);
        }
        links.sort();
        links.dedup();
        for &project in &projects {
            targets.extend(&atlas.project(project).targets);
        }
        let mut units: BTreeSet<OrganisationIdx> = BTreeSet::new();
        for project in projects.iter().map(|&p| atlas.project(p)) {
            units.extend(project.lead_units.iter().chain(&project.cooperating_units));
        }
        for task in tasks.iter().map(|&t| atlas.task(t)) {
            units.extend(task.lead_units.iter().chain(&task.cooperating_units));
        }
        let tables = vec![
            role_table(index, roles),
            project_table(index, projects),
            target_table(index, targets),
            task_table(index, tasks),
            organisation_table(index, units),
            discrepancy_table(index, discrepancies),
        ];
        Self { tables: tables.into_iter().filter(|table| table.len > 0).collect(), links }
    }
}

/// Builds a table whose rows are handles.
struct Builder<'a, H> {
    index: &'a IndexedAtlas,
    rows: Arc<[H]>,
    columns: Vec<Column<'a>>,
}

impl<'a, H: Copy + Send + Sync + 'a> Builder<'a, H> {
    fn new(index: &'a IndexedAtlas, rows: BTreeSet<H>) -> Self {
        Self { index, rows: rows.into_iter().collect(), columns: Vec::new() }
    }

    fn add(
        &mut self,
        key: &'static str,
        title: &'static str,
        kind: Kind,
        read: impl Fn(&'a IndexedAtlas, H) -> Cell<'a> + Send + Sync + 'a,
    ) -> &mut Self {
        let (index, rows) = (self.index, self.rows.clone());
        self.columns.push(Column::own(key, title, kind, move |row| read(index, rows[row])));
        self
    }

    /// Where the record stands in its document.
    fn provenance(
        &mut self,
        of: impl Fn(&'a IndexedAtlas, H) -> &'a Provenance + Copy + Send + Sync + 'a,
    ) -> &mut Self {
        self.add("plan", "规划", Kind::Text, move |i, h| {
            Cell::text(&i.atlas.plans[of(i, h).plan].title)
        })
        .add("section", "出处", Kind::List, move |i, h| {
            Cell::list(of(i, h).sections.iter().map(String::as_str))
        })
        .add("lines", "行号", Kind::Text, move |i, h| Cell::text(&of(i, h).lines))
        .add("quote", "原文", Kind::Text, move |i, h| Cell::text(&of(i, h).quote))
        .add("note", "备注", Kind::Text, move |i, h| Cell::text(&of(i, h).note))
    }

    fn build(self, id: &str, title: &str) -> Table<'a> {
        Table { id: id.into(), title: title.into(), columns: self.columns, len: self.rows.len() }
    }
}

fn term(term: Option<&TermRef>) -> Cell<'_> {
    term.map_or(Cell::Null, |term| Cell::text(&term.zh))
}

fn terms(terms: &[TermRef]) -> Cell<'_> {
    Cell::list(terms.iter().map(|term| term.zh.as_str()))
}

fn places<'a>(index: &'a IndexedAtlas, handles: &'a [PlaceIdx]) -> Cell<'a> {
    Cell::list(handles.iter().map(|&p| index.atlas.place(p).id.as_str()))
}

fn place_names<'a>(index: &'a IndexedAtlas, handles: &'a [PlaceIdx]) -> Cell<'a> {
    Cell::list(handles.iter().map(|&p| index.atlas.place(p).name.as_str()))
}

fn units<'a>(index: &'a IndexedAtlas, handles: &'a [OrganisationIdx]) -> Cell<'a> {
    Cell::list(handles.iter().map(|&u| index.atlas.organisation(u).id.as_str()))
}

fn unit_names<'a>(index: &'a IndexedAtlas, handles: &'a [OrganisationIdx]) -> Cell<'a> {
    Cell::list(handles.iter().map(|&u| index.atlas.organisation(u).name.as_str()))
}

fn targets<'a>(index: &'a IndexedAtlas, handles: &'a [TargetIdx]) -> Cell<'a> {
    Cell::list(handles.iter().map(|&t| index.atlas.target(t).id.as_str()))
}

fn number(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Null, Cell::Real)
}

fn comparator(comparator: Option<Comparator>) -> Cell<'static> {
    comparator.map_or(Cell::Null, |comparator| Cell::Text(comparator.sign().into()))
}

fn role_table(index: &IndexedAtlas, rows: BTreeSet<RoleIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.role(h).id))
        .add("title", "定位", Kind::Text, |i, h| Cell::text(&i.atlas.role(h).title))
        .add("title_en", "英文", Kind::Text, |i, h| Cell::text(&i.atlas.role(h).title_en))
        .add("kind", "类别", Kind::Text, |i, h| Cell::text(&i.atlas.role(h).kind.zh))
        .add("place", "地点编号", Kind::Text, |i, h| {
            Cell::text(&i.atlas.place(i.atlas.role(h).place).id)
        })
        .add("place_name", "地点", Kind::Text, |i, h| {
            Cell::text(&i.atlas.place(i.atlas.role(h).place).name)
        })
        .add("industries", "产业", Kind::List, |i, h| terms(&i.atlas.role(h).industries))
        .add("herbs", "品种", Kind::List, |i, h| terms(&i.atlas.role(h).herbs))
        .add("base_type", "基地类型", Kind::Text, |i, h| {
            term(i.atlas.role(h).base_type.as_ref())
        })
        .provenance(|i, h| &i.atlas.role(h).provenance);
    table.build("roles", "布局定位")
}

fn project_table(index: &IndexedAtlas, rows: BTreeSet<ProjectIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).id))
        .add("name", "名称", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).name))
        .add("name_en", "英文名", Kind::Text, |i, h| {
            Cell::maybe(i.atlas.project(h).name_en.as_deref())
        })
        .add("industry", "产业", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).industry.zh))
        .add("action", "建设内容", Kind::Text, |i, h| term(i.atlas.project(h).action.as_ref()))
        .add("stage", "阶段", Kind::Text, |i, h| term(i.atlas.project(h).stage.as_ref()))
        .add("deadline", "时限", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).deadline))
        .add("deadline_year", "时限年份", Kind::Integer, |i, h| {
            i.atlas.project(h).deadline_year.map_or(Cell::Null, |y| Cell::Integer(y.into()))
        })
        .add("quantity", "规模", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).quantity.text))
        .add("number", "规模数值", Kind::Real, |i, h| {
            number(i.atlas.project(h).quantity.number)
        })
        .add("comparator", "比较", Kind::Text, |i, h| comparator(i.atlas.project(h).comparator))
        .add("unit", "单位", Kind::Text, |i, h| Cell::text(&i.atlas.project(h).unit))
        .add("places", "地点编号", Kind::List, |i, h| places(i, &i.atlas.project(h).places))
        .add("place_names", "地点", Kind::List, |i, h| place_names(i, &i.atlas.project(h).places))
        .add("targets", "对应指标", Kind::List, |i, h| targets(i, &i.atlas.project(h).targets))
        .add("lead_units", "牵头单位编号", Kind::List, |i, h| {
            units(i, &i.atlas.project(h).lead_units)
        })
        .add("lead_unit_names", "牵头单位", Kind::List, |i, h| {
            unit_names(i, &i.atlas.project(h).lead_units)
        })
        .add("cooperating_units", "配合单位编号", Kind::List, |i, h| {
            units(i, &i.atlas.project(h).cooperating_units)
        })
        .add("cooperating_unit_names", "配合单位", Kind::List, |i, h| {
            unit_names(i, &i.atlas.project(h).cooperating_units)
        })
        .provenance(|i, h| &i.atlas.project(h).provenance);
    table.build("projects", "项目")
}

fn target_table(index: &IndexedAtlas, rows: BTreeSet<TargetIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.target(h).id))
        .add("no", "表1序号", Kind::Integer, |i, h| {
            i.atlas.target(h).no.map_or(Cell::Null, |no| Cell::Integer(no.into()))
        })
        .add("kind", "类别", Kind::Text, |i, h| {
            Cell::text(match i.atlas.target(h).kind {
                TargetKind::Indicator => "指标",
                TargetKind::Text => "文中数字",
            })
        })
        .add("name", "名称", Kind::Text, |i, h| Cell::text(&i.atlas.target(h).name))
        .add("name_en", "英文名", Kind::Text, |i, h| {
            Cell::maybe(i.atlas.target(h).name_en.as_deref())
        })
        .add("industry", "产业", Kind::Text, |i, h| term(i.atlas.target(h).industry.as_ref()))
        .add("unit", "单位", Kind::Text, |i, h| Cell::text(&i.atlas.target(h).unit))
        .add("baseline_year", "基期", Kind::Text, |i, h| {
            Cell::text(&i.atlas.target(h).baseline_year)
        })
        .add("baseline", "基期值", Kind::Text, |i, h| {
            Cell::text(&i.atlas.target(h).baseline.text)
        })
        .add("baseline_number", "基期数值", Kind::Real, |i, h| {
            number(i.atlas.target(h).baseline.number)
        })
        .add("target_year", "目标年", Kind::Text, |i, h| {
            Cell::text(&i.atlas.target(h).target_year)
        })
        .add("target", "目标值", Kind::Text, |i, h| Cell::text(&i.atlas.target(h).target.text))
        .add("target_number", "目标数值", Kind::Real, |i, h| {
            number(i.atlas.target(h).target.number)
        })
        .add("comparator", "比较", Kind::Text, |i, h| comparator(i.atlas.target(h).comparator))
        .add("attribute", "属性", Kind::Text, |i, h| term(i.atlas.target(h).attribute.as_ref()))
        .add("places", "地点编号", Kind::List, |i, h| places(i, &i.atlas.target(h).places))
        .provenance(|i, h| &i.atlas.target(h).provenance);
    table.build("targets", "指标")
}

fn task_table(index: &IndexedAtlas, rows: BTreeSet<TaskIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.task(h).id))
        .add("kind", "类别", Kind::Text, |i, h| term(i.atlas.task(h).kind.as_ref()))
        .add("group", "组", Kind::Text, |i, h| Cell::text(&i.atlas.task(h).group))
        .add("no", "序号", Kind::Text, |i, h| Cell::text(&i.atlas.task(h).no))
        .add("title", "主要内容", Kind::Text, |i, h| Cell::text(&i.atlas.task(h).title))
        .add("title_en", "英文", Kind::Text, |i, h| {
            Cell::maybe(i.atlas.task(h).title_en.as_deref())
        })
        .add("task", "任务", Kind::Text, |i, h| Cell::text(&i.atlas.task(h).task))
        .add("lead_units", "牵头单位编号", Kind::List, |i, h| {
            units(i, &i.atlas.task(h).lead_units)
        })
        .add("lead_unit_names", "牵头单位", Kind::List, |i, h| {
            unit_names(i, &i.atlas.task(h).lead_units)
        })
        .add("cooperating_units", "配合单位编号", Kind::List, |i, h| {
            units(i, &i.atlas.task(h).cooperating_units)
        })
        .add("cooperating_unit_names", "配合单位", Kind::List, |i, h| {
            unit_names(i, &i.atlas.task(h).cooperating_units)
        })
        .add("places", "地点编号", Kind::List, |i, h| places(i, &i.atlas.task(h).places))
        .provenance(|i, h| &i.atlas.task(h).provenance);
    table.build("tasks", "任务")
}

fn organisation_table(index: &IndexedAtlas, rows: BTreeSet<OrganisationIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.organisation(h).id))
        .add("name", "名称", Kind::Text, |i, h| Cell::text(&i.atlas.organisation(h).name))
        .add("name_en", "英文名", Kind::Text, |i, h| {
            Cell::maybe(i.atlas.organisation(h).name_en.as_deref())
        })
        .add("aliases", "别名", Kind::List, |i, h| {
            Cell::list(i.atlas.organisation(h).aliases.iter().map(String::as_str))
        })
        .add("kind", "类别", Kind::Text, |i, h| term(i.atlas.organisation(h).kind.as_ref()))
        .add("role", "职责", Kind::Text, |i, h| Cell::text(&i.atlas.organisation(h).role))
        .provenance(|i, h| &i.atlas.organisation(h).provenance);
    table.build("organisations", "单位")
}

fn discrepancy_table(index: &IndexedAtlas, rows: BTreeSet<DiscrepancyIdx>) -> Table<'_> {
    let mut table = Builder::new(index, rows);
    table
        .add("id", "编号", Kind::Text, |i, h| Cell::text(&i.atlas.discrepancy(h).id))
        .add("topic", "事项", Kind::Text, |i, h| Cell::text(&i.atlas.discrepancy(h).topic))
        .add("topic_en", "英文", Kind::Text, |i, h| {
            Cell::maybe(i.atlas.discrepancy(h).topic_en.as_deref())
        })
        .add("kind", "类别", Kind::Text, |i, h| term(i.atlas.discrepancy(h).kind.as_ref()))
        .add("severity", "严重程度", Kind::Text, |i, h| {
            term(i.atlas.discrepancy(h).severity.as_ref())
        })
        .add("section_a", "出处一", Kind::List, |i, h| {
            Cell::list(i.atlas.discrepancy(h).sections_a.iter().map(String::as_str))
        })
        .add("statement_a", "说法一", Kind::Text, |i, h| {
            Cell::text(&i.atlas.discrepancy(h).statement_a)
        })
        .add("section_b", "出处二", Kind::List, |i, h| {
            Cell::list(i.atlas.discrepancy(h).sections_b.iter().map(String::as_str))
        })
        .add("statement_b", "说法二", Kind::Text, |i, h| {
            Cell::text(&i.atlas.discrepancy(h).statement_b)
        })
        .add("assessment", "判断", Kind::Text, |i, h| {
            Cell::text(&i.atlas.discrepancy(h).assessment)
        })
        .add("targets", "指标", Kind::List, |i, h| targets(i, &i.atlas.discrepancy(h).targets))
        .add("projects", "项目", Kind::List, |i, h| {
            let projects = &i.atlas.discrepancy(h).projects;
            Cell::list(projects.iter().map(|&p| i.atlas.project(p).id.as_str()))
        });
    table.build("discrepancies", "数据矛盾")
}
