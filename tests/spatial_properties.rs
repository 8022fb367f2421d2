//! Every spatial query against a plain scan of random places: the index may only be faster.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

use std::sync::Arc;

use geo::{
    Contains, Coord, CoordsIter, Distance, Euclidean, Geodesic, Geometry, Intersects, LineString,
    MapCoords, Point, Polygon, Rect, Relate, Validation,
};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::model::{Atlas, ClassBy, Layer, Mark, Place, PlaceIdx, Style, Term};
use plan_atlas::query::{self, Budget, NearFilter, Overlap, OwnFeature, PlaceFilter, Than};
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
    IndexedAtlas::new(atlas(geometries))
}

fn atlas(geometries: &[Geometry<f64>]) -> Atlas {
    let kind =
        Arc::new(Term { id: "township".into(), zh: "乡镇街道".into(), en: "Township".into() });
    let place = |(i, geometry): (usize, &Geometry<f64>)| {
        Place::new(i.to_string(), i.to_string(), Arc::clone(&kind), Some(geometry.clone()))
    };
    Atlas::of_places(geometries.iter().enumerate().map(place).collect())
}

/// The same with two layers, `a` of the places before `end_of_a` and `b` of those from `start_of_b`.
fn two_layers(geometries: &[Geometry<f64>], end_of_a: usize, start_of_b: usize) -> IndexedAtlas {
    let layer = |id: &str, places: std::ops::Range<usize>| {
        let places: Vec<PlaceIdx> = places.map(|i| PlaceIdx(u32::try_from(i).unwrap())).collect();
        Layer {
            id: id.into(),
            title: id.into(),
            title_en: id.into(),
            group: "base".into(),
            note: None,
            note_en: None,
            visible: true,
            style: Style {
                mark: Mark::Point,
                color: "#000000".into(),
                outline: None,
                width: 1.0,
                opacity: 1.0,
                dash: None,
                label: true,
            },
            class_by: ClassBy::None,
            classes: Vec::new(),
            select: None,
            class_of: vec![None; places.len()],
            note_of: vec![None; places.len()],
            places,
        }
    };
    let layers = vec![layer("a", 0..end_of_a), layer("b", start_of_b..geometries.len())];
    let of = |place| (0..2).filter(|&l| layers[l].places.contains(&PlaceIdx(place))).collect();
    let layers_of = (0..).take(geometries.len()).map(of).collect();
    IndexedAtlas::new(Atlas { layers_of, layers, ..atlas(geometries) })
}

/// Degrees as metres on a flat map of the square that the places lie in, right within one per cent.
fn flat(geometry: &Geometry<f64>) -> Geometry<f64> {
    geometry.map_coords(|c| Coord { x: c.x * 95_900.0, y: c.y * 110_850.0 })
}

/// Places of `a` with the number and distance of their nearest, as the answer lists them.
fn answered(pairs: &impl serde::Serialize) -> Vec<(usize, usize, f64)> {
    let pairs = serde_json::to_value(pairs).unwrap();
    let number = |value: &serde_json::Value| {
        let id = value["id"].as_str().map(|id| id.parse().unwrap());
        id.unwrap_or_else(|| usize::try_from(value["index"].as_u64().unwrap()).unwrap())
    };
    let pair = |item: &serde_json::Value| {
        (number(&item["place"]), number(&item["nearest"]), item["distance_m"].as_f64().unwrap())
    };
    pairs["items"].as_array().unwrap().iter().map(pair).collect()
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

/// Everything around a position, spelled out.
fn near<'a>(
    index: &'a IndexedAtlas,
    at: (f64, f64),
    radius: f64,
    filter: &NearFilter,
) -> Vec<query::Near<'a>> {
    let (hits, around) = query::near(index, at, radius, filter, &Budget::unlimited()).unwrap();
    hits.into_iter().map(|hit| around.spell(hit).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn here_answers_what_a_scan_finds(geometries in places(), at in position()) {
        let index = index(&geometries);
        let here = serde_json::to_value(query::here(&index, (at.x, at.y), 0.0, &Budget::unlimited()).unwrap()).unwrap();
        let containing: Vec<usize> =
            (0..geometries.len()).filter(|&i| geometries[i].intersects(&Point(at))).collect();
        let township = here["township"]["place"]["id"].as_str().map(|id| id.parse().unwrap());
        prop_assert_eq!(township, containing.first().copied());
    }

    #[test]
    fn near_answers_what_a_scan_finds(geometries in places(), at in position(), radius in 0.0..60_000.0_f64) {
        let index = index(&geometries);
        let near = near(&index, (at.x, at.y), radius, &NearFilter::default());
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
        let within = query::within(&index, drawn.clone().into(), 0.0, &Budget::unlimited()).unwrap();
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
    fn a_distance_around_any_geometry_answers_what_a_scan_finds(
        geometries in places(), asked in geometry(), distance in 1.0..60_000.0_f64,
    ) {
        let index = index(&geometries);
        let within = serde_json::to_value(query::within(&index, asked.clone(), distance, &Budget::unlimited()).unwrap()).unwrap();
        let places = within["places"].as_array().unwrap();
        let number = |item: &serde_json::Value| item["id"].as_str().unwrap().parse::<usize>().unwrap();
        prop_assert_eq!(places.len(), ids(&within["places"]).len());
        let rank = |item: &serde_json::Value| {
            let relation = ["inside", "crosses", "near"].iter().position(|r| item["relation"] == **r);
            (relation.unwrap(), item["distance_m"].as_f64().unwrap())
        };
        prop_assert!(places.is_sorted_by(|a, b| rank(a) <= rank(b)));
        for (i, geometry) in geometries.iter().enumerate() {
            let item = places.iter().find(|item| number(item) == i);
            let scanned = Euclidean.distance(&flat(&asked), &flat(geometry));
            if scanned * 1.01 + 1.0 < distance {
                prop_assert!(item.is_some(), "{i} at {scanned} m is missing within {distance} m");
            }
            if scanned * 0.99 - 1.0 > distance {
                prop_assert!(item.is_none(), "{i} at {scanned} m is listed within {distance} m");
            }
            let Some(item) = item else { continue };
            let matrix = asked.relate(geometry);
            let meets = matrix.is_intersects() && (!matrix.is_touches() || matrix.is_covers());
            prop_assert_eq!(item["relation"] != "near", meets, "{} is {}", i, item["relation"]);
            let measured = item["distance_m"].as_f64().unwrap();
            prop_assert!((measured - scanned).abs() <= scanned * 0.01 + 1.0, "{measured} for {scanned} m");
        }
    }

    #[test]
    fn pairs_answer_what_a_scan_of_points_finds(
        points in prop::collection::vec((75.0..135.0_f64, 5.0..54.0_f64), 2..80),
        overlap in 0..10_usize, distance in 0.0..1_000_000.0_f64, farther in any::<bool>(),
    ) {
        let points: Vec<Point<f64>> = points.into_iter().map(Point::from).collect();
        let geometries: Vec<Geometry<f64>> = points.iter().map(|p| (*p).into()).collect();
        let (start_of_b, end_of_a) = (points.len() / 2, (points.len() / 2 + overlap).min(points.len()));
        let index = two_layers(&geometries, end_of_a, start_of_b);
        let than = if farther { Than::Farther } else { Than::Nearer };
        let nearest = |a: usize| {
            (start_of_b..points.len())
                .filter(|b| *b != a)
                .map(|b| (Geodesic.distance(points[a], points[b]), b))
                .min_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)))
        };
        let mut expected: Vec<(f64, usize, usize)> = (0..end_of_a)
            .filter_map(|a| nearest(a).map(|(metres, b)| (metres, a, b)))
            .filter(|(metres, _, _)| (*metres > distance) == farther)
            .collect();
        expected.sort_by(|x, y| if farther { y.0.total_cmp(&x.0) } else { x.0.total_cmp(&y.0) });
        let expected: Vec<(usize, usize, f64)> =
            expected.into_iter().map(|(metres, a, b)| (a, b, (metres * 10.0).round() / 10.0)).collect();
        let chosen = |layer: &str| query::chosen(&index, ("a", "a_class"), layer, &None).unwrap();
        let found = query::pairs(&index, &chosen("a"), &chosen("b"), (than, distance), &Budget::unlimited()).unwrap();
        prop_assert_eq!(answered(&found), expected);
    }

    #[test]
    fn pairs_of_any_shapes_name_the_nearest_whether_a_layer_of_the_atlas_or_of_ones_own(
        shapes in prop::collection::vec(geometry(), 2..40),
    ) {
        let middle = shapes.len() / 2;
        let index = two_layers(&shapes, middle, middle);
        let chosen = |layer: &str| query::chosen(&index, ("a", "a_class"), layer, &None).unwrap();
        let found = answered(&query::pairs(&index, &chosen("a"), &chosen("b"), (Than::Nearer, 1e6), &Budget::unlimited()).unwrap());
        let own: Vec<OwnFeature> = shapes[middle..]
            .iter()
            .map(|shape| OwnFeature { name: None, geometry: Some(shape.clone()) })
            .collect();
        let with_own = query::pairs_with(&index, &chosen("a"), &own, (Than::Nearer, 1e6), &Budget::unlimited()).unwrap();
        let with_own: Vec<_> =
            answered(&with_own).into_iter().map(|(a, b, metres)| (a, b + middle, metres)).collect();
        prop_assert_eq!(&found, &with_own);
        prop_assert_eq!(found.len(), middle);
        for (a, b, metres) in found {
            let [lon, lat] = index.anchor(PlaceIdx(u32::try_from(a).unwrap())).unwrap();
            let scan = |b: usize| Euclidean.distance(&flat(&Point::new(lon, lat).into()), &flat(&shapes[b]));
            let shortest = (middle..shapes.len()).map(scan).fold(f64::INFINITY, f64::min);
            prop_assert!((metres - shortest).abs() <= shortest * 0.01 + 1.0, "{metres} for {shortest} m");
            prop_assert!(scan(b) <= shortest * 1.02 + 1.0, "{b} at {} m is not the nearest", scan(b));
            // The tree over edges and a scan of every edge agree to the last digit.
            let of_b = NearFilter { layers: vec!["b".into()], kinds: vec![] };
            let near = near(&index, (lon, lat), 200_000.0, &of_b);
            prop_assert!((near[0].distance_m - metres).abs() < 0.01, "{} by a scan", near[0].distance_m);
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
