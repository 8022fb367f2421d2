//! Sites side by side: the same rows of each.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, PlaceIdx};
use crate::query::budget::Budget;
use crate::query::lookup::Unanswered;
use crate::query::site::around::Category;
use crate::query::site::card::{SiteCard, SiteView, Sought, site_card};

/// Sites side by side.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Comparison<'a> {
    /// The sites, in the order asked for.
    pub sites: Vec<SiteView<'a>>,
    /// How far was looked around each, metres.
    pub radius_m: f64,
    /// What is compared.
    pub rows: Vec<ComparisonRow>,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What is compared, and what is so of each site.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparisonRow {
    /// A word: `sought`, `nearest-medical`.
    pub id: String,
    /// Heading that it stands under.
    pub group: Words,
    /// What is compared.
    pub label: Words,
    /// Parallel to the sites.
    pub cells: Vec<ComparisonCell>,
    /// Whether the sites differ in it.
    pub differs: bool,
}

/// What is so of one site.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ComparisonCell {
    /// In Chinese; empty where nothing is said.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The number behind it, where it is one: a count, or metres.
    pub number: Option<f64>,
}

impl ComparisonCell {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), number: None }
    }

    fn empty() -> Self {
        Self::new("", "")
    }

    fn count(number: usize) -> Self {
        let text = number.to_string();
        #[expect(clippy::cast_precision_loss, reason = "no atlas has so many places")]
        Self { number: Some(number as f64), ..Self::new(text.clone(), text) }
    }

    /// Names, each in both languages.
    fn names<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (zh, en): (Vec<&str>, Vec<&str>) = names.unzip();
        Self::new(zh.join("、"), en.join("; "))
    }
}

/// Compares the sites at these places; `None` where one of them is none.
///
/// # Errors
/// When the budget is withdrawn, or the file of a large layer cannot be read.
pub fn compare<'a>(
    index: &'a IndexedAtlas,
    places: &[PlaceIdx],
    radius: f64,
    budget: &Budget,
) -> Result<Option<Comparison<'a>>, Unanswered> {
    let mut cards = Vec::new();
    for &place in places {
        let Some(card) = site_card(index, place, radius, budget)? else { return Ok(None) };
        cards.push(card);
    }
    let mut rows = said(index, &cards);
    for category in &index.atlas.surroundings {
        rows.extend(around(&cards, &category.id, &category.title, &category.title_en));
    }
    let sites = cards.into_iter().map(|card| card.site).collect();
    Ok(Some(Comparison { sites, radius_m: radius, rows }))
}

fn row(
    id: impl Into<String>,
    group: (&str, &str),
    label: (&str, &str),
    cells: Vec<ComparisonCell>,
) -> ComparisonRow {
    let words = |(zh, en): (&str, &str)| Words { zh: zh.to_owned(), en: en.to_owned() };
    let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
    ComparisonRow { id: id.into(), group: words(group), label: words(label), cells, differs }
}

/// Whether a position is that of the thing itself.
fn is_exact(accuracy: Option<Accuracy>) -> bool {
    matches!(accuracy, Some(Accuracy::Surveyed | Accuracy::Published))
}

/// Metres within which two places stand on the same point, which says nothing of how far they are apart.
const SAME_POINT: f64 = 1.0;

const OFFER: (&str, &str) = ("定位与招引", "Role and what is sought");
const PLAN: (&str, &str) = ("规划依据", "What the plan says");
const AROUND: (&str, &str) = ("周边（直线距离，非路程）", "Around (straight line, not by road)");

/// What the plans say of the sites.
fn said(index: &IndexedAtlas, cards: &[SiteCard<'_>]) -> Vec<ComparisonRow> {
    let each = |cell: &dyn Fn(&SiteCard<'_>) -> ComparisonCell| cards.iter().map(cell).collect();
    let county = |card: &SiteCard<'_>| {
        let county = card.site.place.county.and_then(|id| index.atlas.find_place(id));
        county.map_or_else(ComparisonCell::empty, |county| {
            let county = index.atlas.place(county);
            ComparisonCell::new(&county.name, county.name_en.as_deref().unwrap_or(&county.name))
        })
    };
    let accuracy = |card: &SiteCard<'_>| {
        let labels = card.position.accuracy.map_or(("未定位", "Not located"), Accuracy::labels);
        ComparisonCell::new(labels.0, labels.1)
    };
    let sought = |card: &SiteCard<'_>| {
        ComparisonCell::names(card.site.sought.iter().map(|&Sought { zh, en }| (zh, en)))
    };
    let projects = |card: &SiteCard<'_>| {
        let names = card.projects.iter().map(|p| (p.name, p.name_en.unwrap_or(p.name)));
        ComparisonCell::names(names)
    };
    let targets = |card: &SiteCard<'_>| {
        let names = card.targets.iter().map(|t| (t.name, t.name_en.unwrap_or(t.name)));
        ComparisonCell::names(names)
    };
    let measures = |card: &SiteCard<'_>| {
        let names = card.measures.iter().map(|m| (m.title, m.title_en.unwrap_or(m.title)));
        ComparisonCell::names(names)
    };
    let units = |card: &SiteCard<'_>| {
        ComparisonCell::names(card.units.iter().map(|u| (u.name, u.name_en.unwrap_or(u.name))))
    };
    vec![
        row("county", OFFER, ("县", "County"), each(&county)),
        row(
            "kind",
            OFFER,
            ("类别", "Kind"),
            each(&|c| ComparisonCell::new(&c.site.place.kind.zh, &c.site.place.kind.en)),
        ),
        row(
            "title",
            OFFER,
            ("规划定位", "Role in the plan"),
            each(&|c| ComparisonCell::new(c.site.title, c.site.title_en)),
        ),
        row("sought", OFFER, ("招引方向", "What is sought"), each(&sought)),
        row(
            "industries",
            OFFER,
            ("产业", "Industries"),
            each(&|c| {
                let terms = c.site.industries.iter();
                ComparisonCell::names(terms.map(|t| (t.zh.as_str(), t.en.as_str())))
            }),
        ),
        row("accuracy", OFFER, ("位置精度", "Accuracy of its position"), each(&accuracy)),
        row(
            "projects-count",
            PLAN,
            ("项目数", "Number of projects"),
            each(&|c| ComparisonCell::count(c.projects.len())),
        ),
        row("projects", PLAN, ("项目", "Projects"), each(&projects)),
        row("targets", PLAN, ("服务的指标", "Targets served"), each(&targets)),
        row("measures", PLAN, ("适用措施", "Measures that apply"), each(&measures)),
        row("units", PLAN, ("责任单位", "Responsible units"), each(&units)),
    ]
}

/// The nearest of a category, and how many there are within the radius.
fn around(cards: &[SiteCard<'_>], id: &str, title: &str, title_en: &str) -> [ComparisonRow; 2] {
    type Cell<'c> = dyn Fn(&Category<'_>, Option<Accuracy>) -> ComparisonCell + 'c;
    let category = |card: &SiteCard<'_>, cell: &Cell<'_>| {
        let around = card.surroundings.as_ref();
        let found = around.and_then(|around| around.categories.iter().find(|c| c.id == id));
        found.map_or_else(ComparisonCell::empty, |found| cell(found, card.position.accuracy))
    };
    let nearest = |category: &Category<'_>, from: Option<Accuracy>| {
        category.items.first().map_or_else(ComparisonCell::empty, |near| {
            let place = &near.place;
            let name_en = place.name_en.as_deref().unwrap_or(&place.name);
            if near.distance_m < SAME_POINT {
                let zh = format!("{}（同在乡镇驻地，距离不详）", place.name);
                return ComparisonCell::new(
                    zh,
                    format!("{name_en} (both on the township seat; distance unknown)"),
                );
            }
            let far = near.distance_m / 1000.0;
            // Between what is not exactly known where it is, tenths of a kilometre would only look exact.
            let exact = [place.accuracy, from].into_iter().all(is_exact);
            let (zh, en) = if exact {
                (format!("{}，{far:.1} km", place.name), format!("{name_en}, {far:.1} km"))
            } else {
                (format!("{}，约 {far:.0} km", place.name), format!("{name_en}, about {far:.0} km"))
            };
            ComparisonCell { number: Some(near.distance_m), ..ComparisonCell::new(zh, en) }
        })
    };
    let of_each = |cell: &Cell<'_>| cards.iter().map(|card| category(card, cell)).collect();
    let nearest_label = (format!("最近的{title}"), format!("Nearest: {title_en}"));
    let count_label = (format!("{title}（处）"), format!("{title_en}: number"));
    [
        row(
            format!("nearest-{id}"),
            AROUND,
            (&nearest_label.0, &nearest_label.1),
            of_each(&nearest),
        ),
        row(
            format!("count-{id}"),
            AROUND,
            (&count_label.0, &count_label.1),
            of_each(&|category, _| ComparisonCell::count(category.total)),
        ),
    ]
}
