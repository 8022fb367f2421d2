//! The atlas at a glance: what a client needs before it can ask anything else.

use std::collections::BTreeMap;

use geo::Rect;
use serde::Serialize;
use utoipa::ToSchema;

use crate::crs::CHINA;
use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Atlas, ClassBy, Group, Layer, Place, Plan, Style, Term, Vocabulary};
use crate::query::grounds::BasemapView;
use crate::query::refs::distinct;
use crate::store::Store;

/// The atlas at a glance.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Atlas)]
pub struct Overview<'a> {
    title: &'a str,
    title_en: &'a str,
    /// Fingerprint of the data folder; part of the `ETag` of every answer.
    data_version: &'a str,
    /// Map approval number (审图号).
    review_number: Option<&'a str>,
    languages: &'a [String],
    /// West, south, east, north of the planned counties, degrees; of all places without counties.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    plans: Vec<PlanView<'a>>,
    groups: &'a [Group],
    layers: Vec<LayerView<'a>>,
    basemaps: Vec<BasemapView<'a>>,
    vocabulary: Vocabularies<'a>,
    counts: Counts,
    /// Remarks of the loader.
    warnings: &'a [String],
}

/// A plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView<'a> {
    id: &'a str,
    /// Place id of its county.
    county: &'a str,
    title: &'a str,
    title_en: &'a str,
    issuer: &'a str,
    issuer_en: &'a str,
    number: &'a str,
    date: &'a str,
    period: &'a str,
    #[schema(min_items = 4, max_items = 4)]
    bounds: Option<[f64; 4]>,
    sections: Vec<SectionView<'a>>,
}

/// A section of a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Section)]
pub struct SectionView<'a> {
    id: &'a str,
    title: &'a str,
    title_en: &'a str,
    parent: Option<&'a str>,
}

/// A layer with its legend.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Layer)]
pub struct LayerView<'a> {
    id: &'a str,
    title: &'a str,
    title_en: &'a str,
    group: &'a str,
    note: Option<&'a str>,
    note_en: Option<&'a str>,
    visible: bool,
    /// Places, located or not.
    count: usize,
    /// Whether it is large: its features stay in their file, and neither searching, tables nor themes know
    /// them.
    large: bool,
    /// Places that nobody has located.
    unlocated: usize,
    /// `polygon`, `line`, `point`, `mixed`, or `none` when nothing is located.
    geometry: &'static str,
    #[schema(min_items = 4, max_items = 4)]
    bounds: Option<[f64; 4]>,
    style: &'a Style,
    class_by: ClassBy,
    classes: Vec<ClassView<'a>>,
    /// Places by accuracy.
    accuracies: BTreeMap<&'static str, usize>,
    /// Where its geometry comes from.
    sources: Vec<&'a Term>,
    /// Address template of its vector tiles.
    tiles: String,
}

/// A class of a legend.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LayerClass)]
pub struct ClassView<'a> {
    value: &'a str,
    label: &'a str,
    label_en: &'a str,
    color: &'a str,
    symbol: Option<&'a str>,
    count: usize,
}

/// The vocabularies.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Vocabularies)]
pub struct Vocabularies<'a> {
    kinds: Vec<&'a Term>,
    roles: Vec<&'a Term>,
    industries: Vec<&'a Term>,
    stages: Vec<&'a Term>,
    attributes: Vec<&'a Term>,
    herbs: Vec<&'a Term>,
    base_types: Vec<&'a Term>,
    severities: Vec<&'a Term>,
    activities: Vec<&'a Term>,
    actions: Vec<&'a Term>,
    task_kinds: Vec<&'a Term>,
    organisation_kinds: Vec<&'a Term>,
    discrepancy_kinds: Vec<&'a Term>,
    sources: Vec<&'a Term>,
    accuracies: Vec<Term>,
}

/// How much there is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counts {
    places: usize,
    located: usize,
    roles: usize,
    projects: usize,
    targets: usize,
    tasks: usize,
    organisations: usize,
    discrepancies: usize,
}

/// Describes the atlas.
#[must_use]
pub fn overview(index: &IndexedAtlas) -> Overview<'_> {
    let atlas = &index.atlas;
    Overview {
        title: &atlas.title,
        title_en: &atlas.title_en,
        data_version: &atlas.data_version,
        review_number: atlas.review_number.as_deref(),
        languages: &atlas.languages,
        bounds: corners(overview_bounds(index)),
        plans: atlas.plans.iter().map(|plan| plan_view(atlas, plan)).collect(),
        groups: &atlas.groups,
        layers: (0..atlas.layers.len()).map(|number| layer_view(index, number)).collect(),
        basemaps: atlas.basemaps.iter().map(BasemapView::new).collect(),
        vocabulary: vocabularies(atlas),
        counts: Counts {
            places: atlas.places.len(),
            located: atlas.places.iter().filter(|p| p.geometry.is_some()).count(),
            roles: atlas.roles.len(),
            projects: atlas.projects.len(),
            targets: atlas.targets.len(),
            tasks: atlas.tasks.len(),
            organisations: atlas.organisations.len(),
            discrepancies: atlas.discrepancies.len(),
        },
        warnings: &atlas.warnings,
    }
}

/// The box around the planned counties, degrees; around all places without counties, around China without
/// any.
#[must_use]
pub fn overview_bounds(index: &IndexedAtlas) -> Rect<f64> {
    let atlas = &index.atlas;
    let counties = atlas.plans.iter().filter_map(|plan| atlas.place(plan.county).bounds());
    let places = atlas.places.iter().filter_map(Place::bounds);
    let china = Rect::new((CHINA.west, CHINA.south), (CHINA.east, CHINA.north));
    counties.reduce(union).or(places.reduce(union)).unwrap_or(china)
}

fn plan_view<'a>(atlas: &'a Atlas, plan: &'a Plan) -> PlanView<'a> {
    let county = atlas.place(plan.county);
    PlanView {
        id: &plan.id,
        county: &county.id,
        title: &plan.title,
        title_en: &plan.title_en,
        issuer: &plan.issuer,
        issuer_en: &plan.issuer_en,
        number: &plan.number,
        date: &plan.date,
        period: &plan.period,
        bounds: county.bounds().map(corners),
        sections: plan
            .sections
            .iter()
            .map(|s| SectionView {
                id: &s.id,
                title: &s.title,
                title_en: &s.title_en,
                parent: s.parent.as_deref(),
            })
            .collect(),
    }
}

/// What is counted of the features of a layer.
struct Counted {
    count: usize,
    unlocated: usize,
    geometry: &'static str,
    accuracies: BTreeMap<&'static str, usize>,
}

impl Counted {
    fn places(atlas: &Atlas, layer: &Layer) -> Self {
        let places = || layer.places.iter().map(|&p| atlas.place(p));
        let mut accuracies = BTreeMap::new();
        for accuracy in places().filter_map(|place| place.accuracy) {
            *accuracies.entry(accuracy.id()).or_insert(0) += 1;
        }
        Self {
            count: layer.places.len(),
            unlocated: places().filter(|place| place.geometry.is_none()).count(),
            geometry: geometry_of(places().filter_map(|place| place.geometry.as_ref())),
            accuracies,
        }
    }

    fn stored(store: &Store) -> Self {
        let tally = &store.catalogue().tally;
        let found = |(_, count): &(_, usize)| *count > 0;
        let mut words =
            ["point", "line", "polygon"].into_iter().zip(tally.dimensions).filter(found);
        let geometry = match (words.next(), words.next()) {
            (None, _) => "none",
            (Some((word, _)), None) => word,
            _ => "mixed",
        };
        let accuracies = Accuracy::ALL.map(Accuracy::id).into_iter().zip(tally.accuracies);
        Self {
            count: store.len(),
            unlocated: store.len() - tally.located(),
            geometry,
            accuracies: accuracies.filter(found).collect(),
        }
    }
}

fn layer_view(index: &IndexedAtlas, number: usize) -> LayerView<'_> {
    let atlas = &index.atlas;
    let layer = &atlas.layers[number];
    let counted = match index.store(number) {
        Some(store) => Counted::stored(store),
        None => Counted::places(atlas, layer),
    };
    let sources = layer.places.iter().filter_map(|&p| atlas.place(p).source.as_ref());
    let count_of = |class: usize| layer.class_of.iter().filter(|c| **c == Some(class)).count();
    LayerView {
        id: &layer.id,
        title: &layer.title,
        title_en: &layer.title_en,
        group: &layer.group,
        note: layer.note.as_deref(),
        note_en: layer.note_en.as_deref(),
        visible: layer.visible,
        count: counted.count,
        large: index.store(number).is_some(),
        unlocated: counted.unlocated,
        geometry: counted.geometry,
        bounds: layer_bounds(index, number),
        style: &layer.style,
        class_by: layer.class_by,
        classes: layer
            .classes
            .iter()
            .enumerate()
            .map(|(number, class)| ClassView {
                value: &class.value,
                label: &class.label,
                label_en: &class.label_en,
                color: &class.color,
                symbol: class.symbol.as_deref(),
                count: count_of(number),
            })
            .collect(),
        accuracies: counted.accuracies,
        sources: distinct(&atlas.vocabularies.sources, sources),
        tiles: tile_address(&layer.id),
    }
}

/// Address template of a layer's tiles. Ids of dropped files may hold anything a file name may, so
/// all that means something in an address is escaped.
#[must_use]
pub fn tile_address(layer: &str) -> String {
    format!("/tiles/{}/{{z}}/{{x}}/{{y}}.mvt", segment(layer))
}

/// Text as one segment of an address.
pub(super) fn segment(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// West, south, east, north of what is located of the layer at this position of the atlas, degrees.
#[must_use]
pub fn layer_bounds(index: &IndexedAtlas, number: usize) -> Option<[f64; 4]> {
    if let Some(store) = index.store(number) {
        return store.bounds();
    }
    let places = index.atlas.layers[number].places.iter();
    places.filter_map(|&p| index.atlas.place(p).bounds()).reduce(union).map(corners)
}

/// The same of several layers.
#[must_use]
pub fn layers_bounds(index: &IndexedAtlas, numbers: &[usize]) -> Option<[f64; 4]> {
    let all = numbers.iter().filter_map(|&number| layer_bounds(index, number));
    all.reduce(|[w, s, e, n], [west, south, east, north]| {
        [w.min(west), s.min(south), e.max(east), n.max(north)]
    })
}

fn geometry_of<'a>(geometries: impl Iterator<Item = &'a geo::Geometry<f64>>) -> &'static str {
    use geo::Geometry::{LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
    let mut kind = "none";
    for geometry in geometries {
        let this = match geometry {
            Polygon(_) | MultiPolygon(_) => "polygon",
            LineString(_) | MultiLineString(_) => "line",
            Point(_) | MultiPoint(_) => "point",
            _ => "mixed",
        };
        if kind != "none" && kind != this {
            return "mixed";
        }
        kind = this;
    }
    kind
}

fn vocabularies(atlas: &Atlas) -> Vocabularies<'_> {
    fn terms(vocabulary: &Vocabulary) -> Vec<&Term> {
        vocabulary.terms().iter().map(AsRef::as_ref).collect()
    }
    let v = &atlas.vocabularies;
    Vocabularies {
        kinds: terms(&v.kinds),
        roles: terms(&v.roles),
        industries: terms(&v.industries),
        stages: terms(&v.stages),
        attributes: terms(&v.attributes),
        herbs: terms(&v.herbs),
        base_types: terms(&v.base_types),
        severities: terms(&v.severities),
        activities: terms(&v.activities),
        actions: terms(&v.actions),
        task_kinds: terms(&v.task_kinds),
        organisation_kinds: terms(&v.organisation_kinds),
        discrepancy_kinds: terms(&v.discrepancy_kinds),
        sources: terms(&v.sources),
        accuracies: Accuracy::ALL
            .into_iter()
            .map(|accuracy| {
                let (zh, en) = accuracy.labels();
                Term { id: accuracy.id().to_owned(), zh: zh.to_owned(), en: en.to_owned() }
            })
            .collect(),
    }
}

/// The box around two.
#[must_use]
pub fn union(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}

fn corners(bounds: Rect<f64>) -> [f64; 4] {
    [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]
}
