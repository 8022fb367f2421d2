//! Every spatial query against a plain scan of random places: the index may only be faster.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

use std::sync::Arc;

use geo::{
    Contains, Coord, CoordsIter, Distance, Geodesic, Geometry, Intersects, LineString, Point,
    Polygon, Rect, Relate, Validation,
};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::model::{Atlas, Place, Term};
use plan_atlas::query::{self, NearFilter, Overlap, PlaceFilter};
use proptest::prelude::*;

const WEST: f64 = 108.0;
const SOUTH: f64 = 30.0;

fn position() -> impl Strategy<Value = Coord<f64>> {
    (0.0..1.0_f64, 0.0..1.0_f64).prop_map(|(x, y)| Coord { x: WEST + x, y: SOUTH + y })
}

/// A star-shaped ring, always valid: distances from a centre at growing angles.
fn star(reach: f64) -> impl Strategy<Value = LineString<f64>> {
    (position(), prop::collection::vec(0.2..1.0_f64, 3..20)).prop_map(move |(centre, radii)| {
        let count = radii.len();
        let at = |(i, radius): (usize, f64)| {
            let angle = std::f64::consts::TAU * i as f64 / count as f64;
            let r = radius * reach;
            Coord { x: centre.x + r * angle.cos(), y: centre.y + r * angle.sin() }
        };
        radii.into_iter().enumerate().map(at).collect()
    })
}

fn area(reach: f64) -> impl Strategy<Value = Polygon<f64>> {
    (star(reach), any::<bool>()).prop_map(|(ring, with_hole)| {
        let polygon = Polygon::new(ring, vec![]);
        let shrunk = |p: &Polygon<f64>| {
            let centre = p.exterior().coords().fold(Coord::zero(), |a, c| a + *c)
                / p.exterior().coords().count() as f64;
            p.exterior()
                .coords()
                .map(|c| centre + (*c - centre) * 0.05)
                .collect::<LineString<f64>>()
        };
        let holed = Polygon::new(polygon.exterior().clone(), vec![shrunk(&polygon)]);
        if with_hole && holed.is_valid() { holed } else { polygon }
    })
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    prop_oneof![
        position().prop_map(|c| Point(c).into()),
        prop::collection::vec(position(), 2..6).prop_map(|path| LineString::new(path).into()),
        area(0.15).prop_map(Geometry::from),
        (area(0.1), area(0.02)).prop_filter_map("parts must not meet", |(a, b)| {
            (!a.intersects(&b)).then(|| geo::MultiPolygon(vec![a, b]).into())
        }),
    ]
}

fn places() -> impl Strategy<Value = Vec<Geometry<f64>>> {
    prop::collection::vec(geometry(), 1..60)
}

fn index(geometries: &[Geometry<f64>]) -> IndexedAtlas {
    let kind =
        Arc::new(Term { id: "township".into(), zh: "乡镇街道".into(), en: "Township".into() });
    let place = |(i, geometry): (usize, &Geometry<f64>)| {
        Place::new(i.to_string(), i.to_string(), Arc::clone(&kind), Some(geometry.clone()))
    };
    IndexedAtlas::new(Atlas::of_places(geometries.iter().enumerate().map(place).collect()))
}

fn ids(items: &serde_json::Value) -> Vec<usize> {
    let mut ids: Vec<usize> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().parse().unwrap())
        .collect();
    ids.sort_unstable();
    ids
}

/// Distance by brute force: the geodesic distance to closely spaced samples of every edge.
fn sampled_distance(geometry: &Geometry<f64>, from: Point<f64>) -> f64 {
    let to = |c: Coord<f64>| Geodesic.distance(from, Point(c));
    let along = |line: &LineString<f64>| {
        line.lines()
            .flat_map(|l| {
                (0..=200).map(move |i| l.start + (l.end - l.start) * (f64::from(i) / 200.0))
            })
            .map(to)
            .fold(f64::INFINITY, f64::min)
    };
    let polygon = |p: &Polygon<f64>| {
        if p.contains(&from) {
            return 0.0;
        }
        std::iter::once(p.exterior()).chain(p.interiors()).map(along).fold(f64::INFINITY, f64::min)
    };
    match geometry {
        Geometry::Point(p) => to(p.0),
        Geometry::LineString(line) => along(line),
        Geometry::Polygon(p) => polygon(p),
        Geometry::MultiPolygon(parts) => parts.iter().map(polygon).fold(f64::INFINITY, f64::min),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn here_answers_what_a_scan_finds(geometries in places(), at in position()) {
        let index = index(&geometries);
        let here = serde_json::to_value(query::here(&index, at.x, at.y, 0.0)).unwrap();
        let containing: Vec<usize> =
            (0..geometries.len()).filter(|&i| geometries[i].intersects(&Point(at))).collect();
        let township = here["township"]["place"]["id"].as_str().map(|id| id.parse().unwrap());
        prop_assert_eq!(township, containing.first().copied());
    }

    #[test]
    fn near_answers_what_a_scan_finds(geometries in places(), at in position(), radius in 0.0..60_000.0_f64) {
        let index = index(&geometries);
        let near = query::near(&index, (at.x, at.y), radius, &NearFilter::default());
        prop_assert!(near.is_sorted_by(|a, b| a.distance_m <= b.distance_m));
        let near = serde_json::to_value(near).unwrap();
        let found = ids(&near);
        let sample_spacing = 800.0;
        for (i, geometry) in geometries.iter().enumerate() {
            let distance = sampled_distance(geometry, Point(at));
            if distance <= radius {
                prop_assert!(found.contains(&i), "{i} at {distance} m is missing within {radius} m");
            }
            if distance > radius + sample_spacing {
                prop_assert!(!found.contains(&i), "{i} at {distance} m is listed within {radius} m");
            }
        }
        for item in near.as_array().unwrap() {
            let i: usize = item["id"].as_str().unwrap().parse().unwrap();
            let (exact, sampled) =
                (item["distance_m"].as_f64().unwrap(), sampled_distance(&geometries[i], Point(at)));
            prop_assert!(exact <= sampled + 0.1, "{exact} beyond the sampled {sampled}");
            prop_assert!(sampled - exact <= sample_spacing, "{exact} below the sampled {sampled}");
        }
    }

    #[test]
    fn within_answers_what_a_scan_finds(geometries in places(), drawn in area(0.4)) {
        let index = index(&geometries);
        let within = query::within(&index, drawn.clone().into()).unwrap();
        let mut found: Vec<(usize, Overlap)> =
            within.ids().map(|(id, relation)| (id.parse().unwrap(), relation)).collect();
        found.sort();
        let expected: Vec<(usize, Overlap)> = geometries.iter().enumerate().filter_map(|(i, g)| {
            let matrix = drawn.relate(g);
            if matrix.is_covers() {
                Some((i, Overlap::Inside))
            } else if matrix.is_intersects() && !matrix.is_touches() {
                Some((i, Overlap::Crosses))
            } else {
                None
            }
        }).collect();
        prop_assert_eq!(&found, &expected);
        // Independently of any predicate: a position of a place that lies strictly in the area puts
        // the place on the list, and one that lies outside keeps it from being wholly inside.
        let strictly = |c: Coord<f64>| drawn.contains(&Point(c));
        for (i, g) in geometries.iter().enumerate() {
            let relation = found.iter().find(|(id, _)| *id == i).map(|(_, relation)| *relation);
            let inner = g.coords_iter().filter(|c| strictly(*c)).count();
            let outer = g.coords_iter().filter(|c| !drawn.intersects(&Point(*c))).count();
            prop_assert!(inner == 0 || relation.is_some(), "{i} has {inner} positions inside");
            prop_assert!(outer == 0 || relation != Some(Overlap::Inside), "{i} sticks out");
        }
    }

    #[test]
    fn a_box_answers_what_a_scan_finds(geometries in places(), a in position(), b in position()) {
        let index = index(&geometries);
        let bounds = Rect::new(a, b);
        let filter = PlaceFilter { bounds: Some(bounds), ..PlaceFilter::default() };
        let listed = serde_json::to_value(query::places(&index, &filter)).unwrap();
        let expected: Vec<usize> =
            (0..geometries.len()).filter(|&i| geometries[i].intersects(&bounds)).collect();
        prop_assert_eq!(ids(&listed), expected);
    }
}
