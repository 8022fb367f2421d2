//! Promises about the shipped data itself.

mod common;

use std::sync::OnceLock;

use common::geodata;
use geo::{Area, BooleanOps, Geometry, MultiPolygon, Relate};
use plan_atlas::load::load;
use plan_atlas::model::{Accuracy, Atlas, Place, TargetKind};

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| load(&geodata()).atlas.expect("the shipped data loads"))
}

fn of_plan<T>(records: &[T], plan: impl Fn(&T) -> usize) -> [usize; 2] {
    [0, 1].map(|number| records.iter().filter(|r| plan(r) == number).count())
}

#[test]
fn every_fact_of_the_two_plans_is_there() {
    let a = atlas();
    assert_eq!(of_plan(&a.roles, |r| r.provenance.plan), [238, 57]);
    assert_eq!(of_plan(&a.projects, |r| r.provenance.plan), [390, 117]);
    assert_eq!(of_plan(&a.targets, |r| r.provenance.plan), [153, 13]);
    assert_eq!(of_plan(&a.tasks, |r| r.provenance.plan), [44, 53]);
    assert_eq!(of_plan(&a.organisations, |r| r.provenance.plan), [75, 59]);
    assert_eq!(of_plan(&a.discrepancies, |r| r.provenance.plan), [58, 29]);
    let indicators = a.targets.iter().filter(|t| t.kind == TargetKind::Indicator);
    let numbers: Vec<u32> = indicators.filter_map(|t| t.no).collect();
    assert_eq!(numbers, (1..=37).collect::<Vec<_>>());
}

#[test]
fn every_record_cites_a_section_and_the_words_of_the_document() {
    let a = atlas();
    let roles = a.roles.iter().map(|r| (&r.id, &r.provenance));
    let projects = a.projects.iter().map(|r| (&r.id, &r.provenance));
    let targets = a.targets.iter().map(|r| (&r.id, &r.provenance));
    let tasks = a.tasks.iter().map(|r| (&r.id, &r.provenance));
    for (id, provenance) in roles.chain(projects).chain(targets).chain(tasks) {
        assert!(!provenance.sections.is_empty(), "{id} cites nothing");
        assert!(!provenance.quote.is_empty(), "{id} quotes nothing");
        assert!(!provenance.lines.is_empty(), "{id} names no line");
    }
}

#[test]
fn an_investor_who_reads_no_chinese_can_follow() {
    let a = atlas();
    // An English text may quote a Chinese word, but it is not one.
    let english = |text: Option<&str>| {
        text.is_some_and(|t| {
            let chinese = t.chars().filter(|c| ('一'..='龥').contains(c)).count();
            t.chars().any(|c| c.is_ascii_alphabetic()) && chinese * 3 < t.chars().count()
        })
    };
    let mut missing: Vec<&str> = Vec::new();
    let mut need = |id: &'static str, text: Option<&str>| {
        if !english(text) {
            missing.push(id);
        }
    };
    for place in &a.places {
        need(&place.id, place.name_en.as_deref());
        if place.note.is_some() {
            need(&place.id, place.note_en.as_deref());
        }
    }
    a.layers.iter().for_each(|l| need(&l.id, Some(&l.title_en)));
    a.groups.iter().for_each(|g| need(&g.id, Some(&g.title_en)));
    a.roles.iter().for_each(|r| need(&r.id, Some(&r.title_en)));
    a.projects.iter().for_each(|p| need(&p.id, p.name_en.as_deref()));
    a.targets.iter().for_each(|t| need(&t.id, t.name_en.as_deref()));
    a.tasks.iter().for_each(|t| need(&t.id, t.title_en.as_deref()));
    a.organisations.iter().for_each(|o| need(&o.id, o.name_en.as_deref()));
    a.discrepancies.iter().for_each(|d| need(&d.id, d.topic_en.as_deref()));
    for plan in &a.plans {
        plan.sections.iter().for_each(|s| need(&s.id, Some(&s.title_en)));
    }
    assert!(missing.is_empty(), "without English: {missing:?}");
}

#[test]
fn positions_say_where_they_come_from_and_townships_of_yunyang_are_schematic() {
    for place in &atlas().places {
        if place.geometry.is_some() {
            assert!(place.accuracy.is_some() && place.source.is_some(), "{}", place.id);
        } else {
            assert!(place.accuracy.is_none(), "{} is not located but has an accuracy", place.id);
        }
    }
    let of = |prefix: &str, accuracy: Accuracy| {
        townships(prefix).filter(|p| p.accuracy == Some(accuracy)).count()
    };
    assert_eq!(of("500235", Accuracy::Schematic), 42);
    assert_eq!(of("500236", Accuracy::Published), 33);
}

fn townships(prefix: &str) -> impl Iterator<Item = &'static Place> {
    atlas().places.iter().filter(move |p| p.is_township() && p.id.starts_with(prefix))
}

fn area(place: &Place) -> MultiPolygon<f64> {
    match place.geometry.clone().expect("located") {
        Geometry::Polygon(p) => MultiPolygon(vec![p]),
        Geometry::MultiPolygon(p) => p,
        other => panic!("{} is {other:?}", place.id),
    }
}

#[test]
fn the_townships_of_a_county_fill_it_without_gap_or_overlap() {
    for county in ["500235", "500236"] {
        let outline = area(atlas().place(atlas().find_place(county).unwrap()));
        let cells: Vec<MultiPolygon<f64>> = townships(county).map(area).collect();
        let sum: f64 = cells.iter().map(Area::unsigned_area).sum();
        assert!((sum / outline.unsigned_area() - 1.0).abs() < 1e-9, "{county}");
        let union = geo::algorithm::bool_ops::unary_union(&cells);
        assert!((union.unsigned_area() / outline.unsigned_area() - 1.0).abs() < 1e-6, "{county}");
        assert!(outline.difference(&union).unsigned_area() < 1e-6, "{county}");
    }
}

#[test]
fn a_place_within_a_township_stands_in_it_when_it_stands_on_its_seat() {
    let a = atlas();
    for place in a.places.iter().filter(|p| p.accuracy == Some(Accuracy::Seat)) {
        let Some(township) = place.within.map(|t| a.place(t)).filter(|t| t.is_township()) else {
            continue;
        };
        let inside = area(township).relate(place.geometry.as_ref().unwrap()).is_covers();
        assert!(inside, "{} says it is in {}", place.id, township.name);
    }
}

#[test]
fn every_place_of_a_plan_is_in_a_layer() {
    let a = atlas();
    let homeless: Vec<&str> = (a.places.iter().zip(&a.layers_of))
        .filter(|(_, layers)| layers.is_empty())
        .map(|(place, _)| place.id.as_str())
        .collect();
    assert!(homeless.is_empty(), "{homeless:?}");
}

#[test]
fn every_place_name_in_the_documents_leads_to_a_place() {
    let table = std::fs::read_to_string(geodata().join("place_names.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 251);
    for row in &rows {
        let place = atlas().find_place(&row[4]).unwrap_or_else(|| panic!("no place {}", &row[4]));
        assert_eq!(atlas().place(place).name, row[5]);
    }
}
