//! Boxes, filters and pages against a plain scan, for whatever anybody asks.

mod common;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use geo::{Contains, Geometry, Intersects, Rect};
use plan_atlas::feature::{Cell, Field};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use plan_atlas::query::Budget;
use plan_atlas::query::collection::{
    About, Collections, FeatureSource, Question, Reference, Region, Sort, Writing, page,
};
use plan_atlas::query::cql2::{Filter, Reach};
use proptest::prelude::*;

fn collections() -> &'static Collections {
    static ALL: OnceLock<Collections> = OnceLock::new();
    ALL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata");
        Collections::new(Arc::new(IndexedAtlas::new(load(&folder).atlas.unwrap())))
    })
}

/// A predicate in CQL2, and the same in Rust.
#[derive(Debug, Clone)]
enum Ask {
    Named(String),
    East(f64),
    Noted,
    Meets(Rect<f64>),
    Apart(Rect<f64>),
    Inside(Rect<f64>),
    Not(Box<Ask>),
    Both(Box<Ask>, Box<Ask>),
    Either(Box<Ask>, Box<Ask>),
}

impl Ask {
    fn text(&self) -> String {
        let bbox = |r: &Rect<f64>| {
            format!("BBOX({},{},{},{})", r.min().x, r.min().y, r.max().x, r.max().y)
        };
        match self {
            Self::Named(part) => format!("name LIKE '%{part}%'"),
            Self::East(lon) => format!("seat_lon > {lon}"),
            Self::Noted => "note IS NOT NULL".to_owned(),
            Self::Meets(r) => format!("S_INTERSECTS(geometry, {})", bbox(r)),
            Self::Apart(r) => format!("S_DISJOINT({}, geometry)", bbox(r)),
            Self::Inside(r) => format!("S_WITHIN(geometry, {})", bbox(r)),
            Self::Not(a) => format!("NOT ({})", a.text()),
            Self::Both(a, b) => format!("({}) AND ({})", a.text(), b.text()),
            Self::Either(a, b) => format!("({}) OR ({})", a.text(), b.text()),
        }
    }

    fn holds(&self, source: &dyn FeatureSource, row: usize) -> Option<bool> {
        let cell = |name: &str| {
            let field = source.fields().iter().position(|f| f.key == name).unwrap();
            source.cell(row, field)
        };
        let geometry = source.geometry(row);
        match self {
            Self::Named(part) => match cell("name") {
                Cell::Text(name) => Some(name.contains(part.as_str())),
                _ => None,
            },
            Self::East(than) => match cell("seat_lon") {
                Cell::Real(lon) => Some(lon > *than),
                _ => None,
            },
            Self::Noted => Some(cell("note") != Cell::Null),
            Self::Meets(r) => geometry.map(|g| g.intersects(r)),
            Self::Apart(r) => geometry.map(|g| !g.intersects(r)),
            Self::Inside(r) => {
                geometry.map(|g| Geometry::from(r.to_polygon()).contains(g.as_ref()))
            }
            Self::Not(a) => a.holds(source, row).map(|yes| !yes),
            Self::Both(a, b) => match (a.holds(source, row), b.holds(source, row)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Either(a, b) => match (a.holds(source, row), b.holds(source, row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

fn boxes() -> impl Strategy<Value = Rect<f64>> {
    (107.5..110.5_f64, 30.0..32.0_f64, 0.001..1.5_f64, 0.001..1.5_f64)
        .prop_map(|(x, y, w, h)| Rect::new((x, y), (x + w, y + h)))
}

fn asks() -> impl Strategy<Value = Ask> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["镇", "乡", "龙", "街道", "无"])
            .prop_map(|s| Ask::Named(s.into())),
        (108.0..110.0_f64).prop_map(Ask::East),
        Just(Ask::Noted),
        boxes().prop_map(Ask::Meets),
        boxes().prop_map(Ask::Apart),
        boxes().prop_map(Ask::Inside),
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|a| Ask::Not(Box::new(a))),
            two.clone().prop_map(|(a, b)| Ask::Both(Box::new(a), Box::new(b))),
            two.prop_map(|(a, b)| Ask::Either(Box::new(a), Box::new(b))),
        ]
    })
}

proptest! {
    #[test]
    fn a_page_shows_what_a_plain_scan_finds(
        ask in asks(), bbox in prop::option::of(boxes()), offset in 0..40_usize, limit in 1..40_usize,
        sorted in prop::option::of(any::<bool>()),
    ) {
        let source = collections().get("townships").unwrap();
        let source = source.as_ref();
        let name = source.fields().iter().position(|f| f.key == "name").unwrap();
        let region = bbox.map(|r| {
            let text = format!("{},{},{},{}", r.min().x, r.min().y, r.max().x, r.max().y);
            Region::parse(&text, &Reference::stored()).unwrap()
        });
        let filter = Filter::text(&ask.text(), &Reference::stored(), source).unwrap();
        let mut expected: Vec<usize> = (0..source.len())
            .filter(|&row| ask.holds(source, row) == Some(true))
            .filter(|&row| bbox.is_none_or(|r| source.geometry(row).is_some_and(|g| g.intersects(&r))))
            .collect();
        if let Some(descending) = sorted {
            let key = |row: &usize| source.cell(*row, name).flat().unwrap().into_owned();
            expected.sort_by(|a, b| if descending { key(b).cmp(&key(a)) } else { key(a).cmp(&key(b)) });
        }
        let sort = sorted.map(|descending| Sort { field: name, descending }).into_iter().collect();
        let question = Question { region, filter: Some(filter), sort, offset, limit };
        let found = page(source, &question, &Budget::unlimited()).unwrap();
        let shown: Vec<usize> = expected.iter().copied().skip(offset).take(limit).collect();
        prop_assert_eq!(found.rows, shown);
        prop_assert_eq!(found.matched, Some(expected.len()));
        prop_assert_eq!(found.more, expected.len() > offset + limit);
    }
}

/// A source that counts how often its geometries are looked at.
struct Counting {
    inner: Arc<dyn FeatureSource>,
    looks: std::sync::atomic::AtomicUsize,
}

impl FeatureSource for Counting {
    fn about(&self) -> &About {
        self.inner.about()
    }
    fn len(&self) -> usize {
        self.inner.len()
    }
    fn bounds(&self) -> Option<Rect<f64>> {
        self.inner.bounds()
    }
    fn fields(&self) -> &[Field] {
        self.inner.fields()
    }
    fn candidates(&self, bounds: Rect<f64>) -> Vec<usize> {
        self.inner.candidates(bounds)
    }
    fn id(&self, row: usize) -> std::borrow::Cow<'_, str> {
        self.inner.id(row)
    }
    fn row(&self, id: &str) -> Option<usize> {
        self.inner.row(id)
    }
    fn bounds_of(&self, row: usize) -> Option<Rect<f64>> {
        self.inner.bounds_of(row)
    }
    fn geometry(&self, row: usize) -> Option<std::borrow::Cow<'_, Geometry<f64>>> {
        self.looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.inner.geometry(row)
    }
    fn cell(&self, row: usize, field: usize) -> Cell<'_> {
        self.inner.cell(row, field)
    }
    fn write(&self, row: usize, how: &Writing<'_>, out: &mut Vec<u8>) {
        self.inner.write(row, how, out);
    }
}

#[test]
fn a_box_looks_only_at_the_geometries_on_its_edge() {
    let inner = collections().get("townships").unwrap();
    let source = Counting { inner, looks: 0.into() };
    let looks = || source.looks.load(std::sync::atomic::Ordering::Relaxed);
    let region = |text| Some(Region::parse(text, &Reference::stored()).unwrap());
    let all = Question { region: region("100,20,120,40"), limit: 10, ..Question::default() };
    assert_eq!(
        (page(&source, &all, &Budget::unlimited()).unwrap().matched, looks()),
        (Some(75), 0)
    );
    let small =
        Question { region: region("109.10,31.02,109.12,31.04"), limit: 10, ..Question::default() };
    assert_eq!(page(&source, &small, &Budget::unlimited()).unwrap().matched, Some(1));
    assert!(looks() <= 3, "{}", looks());
    let text = "S_INTERSECTS(geometry, POINT(109.115 31.035)) AND name LIKE '%镇'";
    let filter = Filter::text(text, &Reference::stored(), &source).unwrap();
    assert!(matches!(filter.reach(), Reach::Box(_)));
    let before = looks();
    let narrowed = Question { filter: Some(filter), limit: 10, ..Question::default() };
    assert_eq!(page(&source, &narrowed, &Budget::unlimited()).unwrap().matched, Some(1));
    assert!(looks() - before <= 3);
}
