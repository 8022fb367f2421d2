//! What can be counted of a township. Words of the shipped vocabulary stand here and nowhere else
//! in the program; where a folder does not know them, nothing is counted and nothing offered.

use std::collections::BTreeSet;

use crate::model::{Atlas, PlaceIdx, ProjectIdx, Records, Role, TargetIdx, Term};
use crate::query::resolve::Covered;
use crate::query::theme::Scale;

/// A township with all that lies inside it.
pub struct Township {
    pub place: PlaceIdx,
    inside: Vec<PlaceIdx>,
}

impl Township {
    pub fn new(atlas: &Atlas, place: PlaceIdx) -> Self {
        let mut inside: Vec<PlaceIdx> = Covered::by(atlas, place).places.into_iter().collect();
        inside.sort();
        Self { place, inside }
    }

    /// Records of one sort that name it or a place inside it, each once.
    fn records<T: Copy + Ord>(&self, atlas: &Atlas, of: fn(&Records) -> &Vec<T>) -> BTreeSet<T> {
        self.inside.iter().flat_map(|&p| of(atlas.records(p))).copied().collect()
    }

    fn roles<'a>(&self, atlas: &'a Atlas) -> Vec<&'a Role> {
        self.records(atlas, |r| &r.roles).into_iter().map(|role| atlas.role(role)).collect()
    }
}

/// What is counted, where not all is.
#[derive(Default)]
pub struct Narrowed<'a> {
    pub industry: Option<&'a Term>,
    pub year: Option<i32>,
}

impl Narrowed<'_> {
    fn is_of(&self, industry: Option<&Term>) -> bool {
        self.industry.is_none_or(|wanted| industry.is_some_and(|i| i.id == wanted.id))
    }
}

/// A rank with the words of the vocabulary that give it.
pub struct LevelOf {
    pub value: u8,
    pub label: &'static str,
    pub label_en: &'static str,
    roles: &'static [&'static str],
    kinds: &'static [&'static str],
}

/// Something to be counted.
pub struct Measure {
    pub id: &'static str,
    pub title: &'static str,
    pub title_en: &'static str,
    pub unit: &'static str,
    pub unit_en: &'static str,
    pub scale: Scale,
    pub by: &'static [&'static str],
    pub note: &'static str,
    pub note_en: &'static str,
    pub levels: &'static [LevelOf],
    pub value: fn(&Atlas, &Township, &Narrowed) -> Option<f64>,
}

/// Roles that are a herb base. A township that is only named as fit for herbs, or grows them without
/// a base, has none.
const HERB_BASES: [&str; 2] = ["herb-base", "seedling-base"];

/// How far up the medical network an institution stands, highest first.
const MEDICAL: [LevelOf; 5] = [
    LevelOf {
        value: 5,
        label: "县级医院",
        label_en: "County hospital",
        roles: &["county-hospital"],
        kinds: &[],
    },
    LevelOf {
        value: 4,
        label: "区域医疗卫生中心",
        label_en: "Regional medical centre",
        roles: &["medical-centre"],
        kinds: &["medical-centre"],
    },
    LevelOf {
        value: 3,
        label: "副中心",
        label_en: "Medical sub-centre",
        roles: &["medical-subcentre"],
        kinds: &[],
    },
    LevelOf {
        value: 2,
        label: "医院、分院、社区医院或甲级卫生院",
        label_en: "Hospital, branch, community hospital or grade A health centre",
        roles: &["medical-branch", "community-hospital", "model-health-centre"],
        kinds: &["hospital", "hospital-branch"],
    },
    LevelOf {
        value: 1,
        label: "卫生院或社区卫生服务中心",
        label_en: "Health centre",
        roles: &[],
        kinds: &["health-centre", "community-health-centre"],
    },
];

/// Everything that can be counted, in the order of the list.
pub const MEASURES: [Measure; 8] = [
    Measure {
        id: "projects",
        title: "项目数",
        title_en: "Projects",
        unit: "个",
        unit_en: "projects",
        scale: Scale::Count,
        by: &["industry", "year"],
        note: "点名该乡镇或其中地点的项目，同一项目只计一次；全县性的项目不计。按年份时，只计到该年应完成的，没有期限的不计",
        note_en: "Projects that name the township or a place in it, each once; county-wide ones do not count. With a year, those due by then; one without a deadline does not count",
        levels: &[],
        value: projects,
    },
    Measure {
        id: "roles",
        title: "布局角色数",
        title_en: "Roles in the layout",
        unit: "条",
        unit_en: "roles",
        scale: Scale::Count,
        by: &[],
        note: "规划给该乡镇或其中地点的布局角色；全县性的不计",
        note_en: "Roles that the plan gives the township or a place in it; county-wide ones do not count",
        levels: &[],
        value: |atlas, township, _| count(township.roles(atlas).len()),
    },
    Measure {
        id: "targets",
        title: "指标与数字",
        title_en: "Targets and figures",
        unit: "条",
        unit_en: "targets",
        scale: Scale::Count,
        by: &["industry"],
        note: "点名该乡镇或其中地点的指标与数字；全县性的不计",
        note_en: "Targets and figures that name the township or a place in it; county-wide ones do not count",
        levels: &[],
        value: targets,
    },
    Measure {
        id: "tasks",
        title: "任务数",
        title_en: "Tasks",
        unit: "项",
        unit_en: "tasks",
        scale: Scale::Count,
        by: &[],
        note: "点名该乡镇或其中地点的任务与措施；全县性的不计",
        note_en: "Tasks and measures that name the township or a place in it; county-wide ones do not count",
        levels: &[],
        value: |atlas, township, _| count(township.records(atlas, |r| &r.tasks).len()),
    },
    Measure {
        id: "herb-bases",
        title: "药材基地数",
        title_en: "Herb bases",
        unit: "处",
        unit_en: "bases",
        scale: Scale::Count,
        by: &[],
        note: "药材品种基地与种苗繁育基地；同一基地既写到村又写到乡镇的只计一次。只列为种植重点乡镇、标准化种植或文旅的不算基地",
        note_en: "Herb bases and seedling bases; one that is stated of both a village and its township counts once. Key herb townships, standardised growing and herb tourism are no bases",
        levels: &[],
        value: |atlas, township, _| count(bases(&township.roles(atlas))),
    },
    Measure {
        id: "herb-kinds",
        title: "药材种类数",
        title_en: "Kinds of herbs",
        unit: "种",
        unit_en: "kinds",
        scale: Scale::Count,
        by: &[],
        note: "规划点名在该乡镇或其中地点的药材，同一种只计一次；未写明品种的不计",
        note_en: "Herbs that the plan names in the township or a place in it, each once; where it names none, none counts",
        levels: &[],
        value: herb_kinds,
    },
    Measure {
        id: "medical-level",
        title: "医疗层级",
        title_en: "Medical level",
        unit: "",
        unit_en: "",
        scale: Scale::Rank,
        by: &[],
        note: "该乡镇或其中机构在医疗布局中的最高一级。规划没有点名机构的乡镇不分级，不等于没有卫生院；只写到县、没有写到乡镇的医院不计",
        note_en: "The highest place in the medical layout of the township or an institution in it. A township of which the plan names none has no level, which does not mean that it has no health centre; hospitals placed in the county only do not count",
        levels: &MEDICAL,
        value: medical_level,
    },
    Measure {
        id: "places-inside",
        title: "所含地点数",
        title_en: "Places inside",
        unit: "处",
        unit_en: "places",
        scale: Scale::Count,
        by: &[],
        note: "图册中位于该乡镇的地点，含未定位的；联系线不计",
        note_en: "Places of the atlas in the township, located or not; link lines do not count",
        levels: &[],
        value: places_inside,
    },
];

#[expect(clippy::unnecessary_wraps, reason = "a count is known even where it is nought")]
fn count(number: usize) -> Option<f64> {
    Some(f64::from(u32::try_from(number).unwrap_or(u32::MAX)))
}

fn projects(atlas: &Atlas, township: &Township, by: &Narrowed) -> Option<f64> {
    let counts = |project: &&ProjectIdx| {
        let project = atlas.project(**project);
        by.is_of(Some(&project.industry))
            && by.year.is_none_or(|year| project.deadline_year.is_some_and(|due| due <= year))
    };
    count(township.records(atlas, |r| &r.projects).iter().filter(counts).count())
}

fn targets(atlas: &Atlas, township: &Township, by: &Narrowed) -> Option<f64> {
    let counts = |target: &&TargetIdx| by.is_of(atlas.target(**target).industry.as_deref());
    count(township.records(atlas, |r| &r.targets).iter().filter(counts).count())
}

fn herb_kinds(atlas: &Atlas, township: &Township, _: &Narrowed) -> Option<f64> {
    let roles = township.roles(atlas);
    let herbs: BTreeSet<&str> =
        roles.iter().flat_map(|role| &role.herbs).map(|herb| herb.id.as_str()).collect();
    count(herbs.len())
}

fn places_inside(atlas: &Atlas, township: &Township, _: &Narrowed) -> Option<f64> {
    let counts = |p: &&PlaceIdx| **p != township.place && atlas.place(**p).ends.is_none();
    count(township.inside.iter().filter(counts).count())
}

/// Bases among roles. A base is often stated twice, of its village and of the township around it:
/// two of one kind and purpose are the same where the herbs of one are all among the other's.
fn bases(roles: &[&Role]) -> usize {
    let mut stated: Vec<&Role> =
        roles.iter().filter(|r| HERB_BASES.contains(&r.kind.id.as_str())).copied().collect();
    stated.sort_by_key(|role| std::cmp::Reverse(role.herbs.len()));
    let mut bases: Vec<&Role> = Vec::new();
    for role in stated {
        let restates = |base: &&Role| {
            role.kind == base.kind
                && role.base_type == base.base_type
                && role.herbs.iter().all(|herb| base.herbs.contains(herb))
        };
        if !bases.iter().any(restates) {
            bases.push(role);
        }
    }
    bases.len()
}

fn medical_level(atlas: &Atlas, township: &Township, _: &Narrowed) -> Option<f64> {
    let roles = township.roles(atlas);
    let reached = |level: &&LevelOf| {
        roles.iter().any(|role| level.roles.contains(&role.kind.id.as_str()))
            || township
                .inside
                .iter()
                .any(|&p| level.kinds.contains(&atlas.place(p).kind.id.as_str()))
    };
    MEDICAL.iter().find(reached).map(|level| f64::from(level.value))
}
