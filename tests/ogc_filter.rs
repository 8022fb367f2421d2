//! OGC API – Features, Part 3 (OGC 19-079r2) and CQL2 (OGC 21-065r2): the abstract tests of their annexes
//! against the shipped data. Each test is named after the identifiers of the abstract tests that it
//! carries out. What is expected is computed from the features themselves, not by the server.

#![expect(clippy::float_cmp, reason = "filters compare exactly")]

mod common;

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::Request;
use common::ogc::{SOME, all_ids, ids, link};
use common::{ask, get, shipped};
use geo::{Geometry, Intersects, Relate};
use serde_json::{Value, json};

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

async fn text(collection: &str, filter: &str) -> Vec<String> {
    all_ids(collection, &format!("&filter={}", encoded(filter))).await
}

async fn by_json(collection: &str, filter: &Value) -> Vec<String> {
    let filter = encoded(&filter.to_string());
    all_ids(collection, &format!("&filter-lang=cql2-json&filter={filter}")).await
}

async fn refused(collection: &str, filter: &str) -> String {
    let address = format!("/ogc/collections/{collection}/items?filter={}", encoded(filter));
    let answer = get(&address).await;
    assert_eq!(answer.status, 400, "{filter}");
    answer.json()["detail"].as_str().unwrap().to_owned()
}

async fn features(collection: &str) -> Vec<Value> {
    let page = get(&format!("/ogc/collections/{collection}/items?limit=10000")).await.json();
    page["features"].as_array().unwrap().clone()
}

/// Ids of the features of which something is true.
async fn those(collection: &str, is: impl Fn(&Value) -> bool) -> Vec<String> {
    let all = features(collection).await;
    let found = all.iter().filter(|feature| is(feature));
    found.map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

fn property<'a>(feature: &'a Value, name: &str) -> &'a str {
    feature["properties"][name].as_str().unwrap_or_default()
}

fn shape(feature: &Value) -> Option<Geometry<f64>> {
    let geometry: geojson::Geometry = serde_json::from_value(feature["geometry"].clone()).ok()?;
    geometry.try_into().ok()
}

/// /conf/queryables/queryables-link, /conf/queryables/get-conformance, /conf/queryables/queryables-op
#[tokio::test]
async fn conf_queryables() {
    for collection in SOME {
        let described = get(&format!("/ogc/collections/{collection}")).await.json();
        let address = link(&described, "http://www.opengis.net/def/rel/ogc/1.0/queryables");
        let answer = get(&address).await;
        assert_eq!(answer.header("content-type"), "application/schema+json");
        let schema = answer.json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["type"], "object");
        assert!(schema["$id"].as_str().unwrap().ends_with("/queryables"));
        jsonschema::validator_for(&schema).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties["geometry"]["x-ogc-role"], "primary-geometry");
        // Every one can be used, and has the type that it says.
        for (name, kind) in properties {
            text(collection, &format!("\"{name}\" IS NULL")).await;
            for feature in features(collection).await {
                let value = &feature["properties"][name];
                let fits = match kind["type"].as_str() {
                    _ if value.is_null() => true,
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_i64(),
                    Some("number") => value.is_number(),
                    Some("array") => value.is_array(),
                    other => panic!("{name} {other:?}"),
                };
                assert!(fits, "{collection} {name} {value}");
            }
        }
    }
}

/// /conf/queryables-query-parameters/parameters, …/invalid
#[tokio::test]
async fn conf_queryables_query_parameters() {
    let named = all_ids("townships", "&name=堰坪镇").await;
    assert_eq!(named, ["500235143"]);
    let both = all_ids("townships", "&county=云阳县&accuracy=schematic").await;
    let expected = those("townships", |f| {
        property(f, "county") == "云阳县" && property(f, "accuracy") == "schematic"
    });
    assert_eq!(both, expected.await);
    assert_eq!(all_ids("townships", "&id=500235143").await, named);
    // A list is asked whether it has the value.
    let fennel = those("herbs", |f| {
        f["properties"]["herbs"].as_array().is_some_and(|all| all.contains(&json!("小茴香")))
    });
    assert_eq!(all_ids("herbs", "&herbs=小茴香").await, fennel.await);
    let combined = all_ids("townships", "&county=云阳县&filter=name LIKE '%街道'").await;
    let expected = those("townships", |f| {
        property(f, "county") == "云阳县" && property(f, "name").ends_with("街道")
    });
    assert_eq!(combined, expected.await);
    for query in ["nobody=1", "seat_lon=east"] {
        let answer = get(&format!("/ogc/collections/townships/items?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

/// /conf/filter/filter-param, /conf/filter/filter-lang-param, /conf/filter/filter-lang-default,
/// /conf/filter/expression-construction, /conf/filter/filter-crs-wgs84, /conf/filter/filter-crs-param
#[tokio::test]
async fn conf_filter_filter_param() {
    let by_default = text("townships", "name = '堰坪镇'").await;
    let query = format!("&filter-lang=cql2-text&filter={}", encoded("name = '堰坪镇'"));
    assert_eq!(by_default, ["500235143"]);
    assert_eq!(all_ids("townships", &query).await, by_default);
    for query in
        ["filter-lang=sql&filter=a", "filter=", "filter-lang=cql2-json&filter=name", "filter-crs=x"]
    {
        let answer = get(&format!("/ogc/collections/townships/items?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
    let point = encoded("S_INTERSECTS(geometry, POINT(31.035 109.115))");
    let uri = "http://www.opengis.net/def/crs/EPSG/0/4490";
    let there = all_ids("townships", &format!("&filter={point}&filter-crs={uri}")).await;
    assert_eq!(there, text("townships", "S_INTERSECTS(geometry, POINT(109.115 31.035))").await);
    assert_eq!(there, ["500235143"]);
}

/// /conf/features-filter/filter-crs, /conf/features-filter/mixing-expressions: filters go with boxes and pages.
#[tokio::test]
async fn conf_features_filter_mixing_expressions() {
    let bbox = "109.0,30.9,109.3,31.2";
    let area = geo::Rect::new((109.0, 30.9), (109.3, 31.2));
    let expected = those("townships", |f| {
        property(f, "name").ends_with('镇') && shape(f).is_some_and(|s| s.intersects(&area))
    })
    .await;
    let query = format!("&bbox={bbox}&filter={}", encoded("name LIKE '%镇'"));
    assert_eq!(all_ids("townships", &query).await, expected);
    assert!(expected.len() > 3);
    let page =
        get(&format!("/ogc/collections/townships/items?limit=2&offset=1{query}")).await.json();
    assert_eq!(
        (ids(&page), &page["numberMatched"]),
        (expected[1..3].to_vec(), &json!(expected.len()))
    );
}

/// /conf/basic-cql2/basic-test: comparisons, IS NULL, AND, OR, NOT and brackets
#[tokio::test]
async fn conf_basic_cql2() {
    let seat = |f: &Value| f["properties"]["seat_lon"].as_f64();
    let middle = 108.9;
    for (op, is) in [
        ("=", (|a, b| a == b) as fn(f64, f64) -> bool),
        ("<>", |a, b| a != b),
        ("<", |a, b| a < b),
        (">", |a, b| a > b),
        ("<=", |a, b| a <= b),
        (">=", |a, b| a >= b),
    ] {
        let expected = those("townships", |f| seat(f).is_some_and(|lon| is(lon, middle))).await;
        assert_eq!(text("townships", &format!("seat_lon {op} {middle}")).await, expected, "{op}");
        let query = json!({ "op": op, "args": [{ "property": "seat_lon" }, middle] });
        assert_eq!(by_json("townships", &query).await, expected, "{op}");
        let not = those("townships", |f| seat(f).is_some_and(|lon| !is(lon, middle))).await;
        assert_eq!(text("townships", &format!("NOT (seat_lon {op} {middle})")).await, not, "{op}");
    }
    let unsaid = those("medical", |f| f["properties"]["note"].is_null()).await;
    let all = features("medical").await.len();
    assert!(!unsaid.is_empty() && unsaid.len() < all);
    assert_eq!(text("medical", "note IS NULL").await, unsaid);
    assert_eq!(text("medical", "note IS NOT NULL").await.len() + unsaid.len(), all);
    // What is unknown is neither true nor false.
    assert_eq!(text("medical", "note = 'x' OR note <> 'x'").await.len() + unsaid.len(), all);
    assert_eq!(text("medical", "NOT (note = 'x') AND note IS NULL").await, [""; 0]);
    assert_eq!(text("medical", "note = 'x' OR note IS NULL").await, unsaid);
    assert_eq!(text("townships", "TRUE").await.len(), 75);
    assert_eq!(text("townships", "false").await.len(), 0);
    // AND binds closer than OR, NOT closer than both.
    let (a, b, c) = ("county = '云阳县'", "name LIKE '%街道'", "seat_lon > 109");
    for (filter, same) in [
        (format!("{a} OR {b} AND {c}"), format!("{a} OR ({b} AND {c})")),
        (format!("NOT {a} AND {b}"), format!("(NOT {a}) AND {b}")),
        (format!("({a} OR {b}) AND {c}"), format!("{c} AND {a} OR {c} AND {b}")),
    ] {
        assert_eq!(text("townships", &filter).await, text("townships", &same).await, "{filter}");
    }
    assert_eq!(text("townships", "name='O''Brien' OR name='O\\'Brien'").await.len(), 0);
}

/// /conf/advanced-comparison-operators/*: LIKE, BETWEEN, IN
#[tokio::test]
async fn conf_advanced_comparison_operators() {
    let name = |f: &Value| property(f, "name").to_owned();
    for (filter, query, expected) in [
        (
            "name LIKE '盘龙%'",
            json!({ "op": "like", "args": [{ "property": "name" }, "盘龙%"] }),
            those("townships", |f| name(f).starts_with("盘龙")).await,
        ),
        (
            "name NOT LIKE '%镇'",
            json!({ "op": "not", "args": [{ "op": "like", "args": [{ "property": "name" }, "%镇"] }] }),
            those("townships", |f| !name(f).ends_with('镇')).await,
        ),
        (
            "name LIKE '__镇'",
            json!({ "op": "like", "args": [{ "property": "name" }, "__镇"] }),
            those("townships", |f| name(f).ends_with('镇') && name(f).chars().count() == 3).await,
        ),
        (
            "seat_lon BETWEEN 108.8 AND 109.1",
            json!({ "op": "between", "args": [{ "property": "seat_lon" }, 108.8, 109.1] }),
            those("townships", |f| {
                f["properties"]["seat_lon"].as_f64().is_some_and(|n| (108.8..=109.1).contains(&n))
            })
            .await,
        ),
        (
            "name IN ('堰坪镇', '盘龙街道', '无此地')",
            json!({ "op": "in", "args": [{ "property": "name" }, ["堰坪镇", "盘龙街道", "无此地"]] }),
            those("townships", |f| ["堰坪镇", "盘龙街道"].contains(&property(f, "name"))).await,
        ),
        (
            "name NOT IN ('堰坪镇')",
            json!({ "op": "not", "args": [{ "op": "in", "args": [{ "property": "name" }, ["堰坪镇"]] }] }),
            those("townships", |f| property(f, "name") != "堰坪镇").await,
        ),
    ] {
        assert!(!expected.is_empty(), "{filter}");
        assert_eq!(text("townships", filter).await, expected, "{filter}");
        assert_eq!(by_json("townships", &query).await, expected, "{query}");
    }
}

/// /conf/case-insensitive-comparison/casei
#[tokio::test]
async fn conf_case_insensitive_comparison() {
    let expected =
        those("townships", |f| property(f, "name_en").to_lowercase().contains("yan")).await;
    assert!(expected.len() > 1);
    for filter in ["CASEI(name_en) LIKE casei('%YAN%')", "casei(name_en) like '%yan%'"] {
        assert_eq!(text("townships", filter).await, expected, "{filter}");
    }
    let query = json!({ "op": "in", "args": [
        { "op": "casei", "args": [{ "property": "kind" }] },
        [{ "op": "casei", "args": ["TownShip"] }]] });
    assert_eq!(by_json("townships", &query).await.len(), 75);
}

/// /conf/basic-spatial-functions/*, /conf/basic-spatial-functions-plus/*, /conf/spatial-functions/*: every
/// function with every kind of geometry, against DE-9IM matrices of the features as they are sent.
#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of geometries")]
async fn conf_spatial_functions() {
    let square = "[[108.6,30.8],[109.1,30.8],[109.1,31.2],[108.6,31.2],[108.6,30.8]]";
    let literals = [
        ("POINT(109.115 31.035)", "Point", "[109.115,31.035]"),
        (
            "MULTIPOINT((109.115 31.035), (108.7 30.9))",
            "MultiPoint",
            "[[109.115,31.035],[108.7,30.9]]",
        ),
        ("MULTIPOINT(109.115 31.035, 108.7 30.9)", "MultiPoint", "[[109.115,31.035],[108.7,30.9]]"),
        ("LINESTRING(108.5 30.9, 109.5 31.1)", "LineString", "[[108.5,30.9],[109.5,31.1]]"),
        ("LINESTRING Z (108.5 30.9 1, 109.5 31.1 2)", "LineString", "[[108.5,30.9],[109.5,31.1]]"),
        (
            "MULTILINESTRING((108.5 30.9, 108.9 31.1), (109 31, 109.4 30.8))",
            "MultiLineString",
            "[[[108.5,30.9],[108.9,31.1]],[[109,31],[109.4,30.8]]]",
        ),
        (
            "POLYGON((108.6 30.8, 109.1 30.8, 109.1 31.2, 108.6 31.2, 108.6 30.8))",
            "Polygon",
            &format!("[{square}]"),
        ),
        (
            "POLYGON((108.6 30.8, 109.1 30.8, 109.1 31.2, 108.6 31.2, 108.6 30.8), (108.7 30.9, 108.8 30.9, 108.8 31, 108.7 30.9))",
            "Polygon",
            &format!("[{square},[[108.7,30.9],[108.8,30.9],[108.8,31],[108.7,30.9]]]"),
        ),
        (
            "MULTIPOLYGON(((108.6 30.8, 108.8 30.8, 108.8 31, 108.6 30.8)), ((109 30.8, 109.3 30.8, 109.3 31, 109 30.8)))",
            "MultiPolygon",
            "[[[[108.6,30.8],[108.8,30.8],[108.8,31],[108.6,30.8]]],[[[109,30.8],[109.3,30.8],[109.3,31],[109,30.8]]]]",
        ),
        ("BBOX(108.6, 30.8, 109.1, 31.2)", "Polygon", &format!("[{square}]")),
    ];
    for collection in ["townships", "rivers", "medical"] {
        let all = features(collection).await;
        let mut cases: Vec<(Option<&str>, Value)> = Vec::new();
        for (literal, kind, coordinates) in literals {
            let coordinates: Value = serde_json::from_str(coordinates).unwrap();
            cases.push((Some(literal), json!({ "type": kind, "coordinates": coordinates })));
        }
        cases.push((
            Some("GEOMETRYCOLLECTION(POINT(109.115 31.035), LINESTRING(108.5 30.9, 108.6 31))"),
            json!({
                "type": "GeometryCollection",
                "geometries": [
                    { "type": "Point", "coordinates": [109.115, 31.035] },
                    { "type": "LineString", "coordinates": [[108.5, 30.9], [108.6, 31]] },
                ],
            }),
        ));
        // One of the features themselves: equal to itself, touching its neighbours.
        let mut own: Vec<&Value> =
            all.iter().map(|f| &f["geometry"]).filter(|g| !g.is_null()).collect();
        own.sort_by_key(|geometry| geometry.to_string().len());
        cases.push((None, own[0].clone()));
        for (literal, written) in cases {
            let geometry: geojson::Geometry = serde_json::from_value(written.clone()).unwrap();
            let given: Geometry<f64> = geometry.try_into().unwrap();
            for function in [
                "intersects",
                "disjoint",
                "equals",
                "touches",
                "within",
                "contains",
                "crosses",
                "overlaps",
            ] {
                let expected: Vec<String> = all
                    .iter()
                    .filter(|feature| {
                        let Some(own) = shape(feature) else { return false };
                        let matrix = own.relate(&given);
                        match function {
                            "intersects" => matrix.is_intersects(),
                            "disjoint" => matrix.is_disjoint(),
                            "equals" => matrix.is_equal_topo(),
                            "touches" => matrix.is_touches(),
                            "within" => matrix.is_within(),
                            "contains" => matrix.is_contains(),
                            "crosses" => matrix.is_crosses(),
                            _ => matrix.is_overlaps(),
                        }
                    })
                    .map(|feature| feature["id"].as_str().unwrap().to_owned())
                    .collect();
                if let Some(literal) = literal {
                    let filter = format!("S_{}(geometry, {literal})", function.to_uppercase());
                    assert_eq!(text(collection, &filter).await, expected, "{collection} {filter}");
                }
                let filter = json!({
                    "op": format!("s_{function}"),
                    "args": [{ "property": "geometry" }, written],
                });
                if filter.to_string().len() < 2500 {
                    assert_eq!(
                        by_json(collection, &filter).await,
                        expected,
                        "{collection} {filter}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn geometries_of_cql2_json_are_geojson() {
    let point = json!({ "type": "Point", "coordinates": [109.115, 31.035] });
    let query = json!({ "op": "s_intersects", "args": [{ "property": "geometry" }, point] });
    assert_eq!(by_json("townships", &query).await, ["500235143"]);
    let bbox = json!({ "bbox": [109.10, 31.02, 109.12, 31.04] });
    let turned = json!({ "op": "s_intersects", "args": [bbox, { "property": "geometry" }] });
    assert_eq!(by_json("townships", &turned).await, ["500235143"]);
    for shape in [
        json!({ "type": "Point", "coordinates": [1] }),
        json!({ "type": "Polygon", "coordinates": [[[1]]] }),
    ] {
        let query = json!({ "op": "s_within", "args": [{ "property": "geometry" }, shape] });
        let address = format!(
            "/ogc/collections/townships/items?filter-lang=cql2-json&filter={}",
            encoded(&query.to_string())
        );
        assert_eq!(get(&address).await.status, 400, "{query}");
    }
}

/// /conf/array-functions/array-predicates
#[tokio::test]
async fn conf_array_functions() {
    let herbs = |f: &Value| -> Vec<String> {
        let all = f["properties"]["herbs"].as_array().cloned().unwrap_or_default();
        all.iter().map(|herb| herb.as_str().unwrap().to_owned()).collect()
    };
    let has = |f: &Value, herb: &str| herbs(f).iter().any(|h| h == herb);
    let some = those("herbs", |f| has(f, "小茴香")).await;
    assert!(!some.is_empty());
    assert_eq!(text("herbs", "A_CONTAINS(herbs, ('小茴香'))").await, some);
    let either = those("herbs", |f| has(f, "小茴香") || has(f, "菊花")).await;
    assert_eq!(text("herbs", "a_overlaps(herbs, ('小茴香', '菊花'))").await, either);
    let both = those("herbs", |f| has(f, "小茴香") && has(f, "菊花")).await;
    assert_eq!(text("herbs", "a_contains(herbs, ('小茴香', '菊花'))").await, both);
    let only = those("herbs", |f| {
        !herbs(f).is_empty() && herbs(f).iter().all(|h| h == "小茴香" || h == "菊花")
    })
    .await;
    assert_eq!(text("herbs", "a_containedBy(herbs, ('小茴香', '菊花'))").await, only);
    let query = json!({ "op": "a_equals", "args": [{ "property": "herbs" }, ["菊花", "小茴香"]] });
    let equal = those("herbs", |f| herbs(f).len() == 2 && has(f, "小茴香") && has(f, "菊花")).await;
    assert_eq!(by_json("herbs", &query).await, equal);
}

/// /conf/property-property/*, /conf/arithmetic/*
#[tokio::test]
async fn conf_arithmetic() {
    let number = |f: &Value, name: &str| f["properties"][name].as_f64();
    let expected = those("townships", |f| {
        let (Some(lon), Some(lat)) = (number(f, "seat_lon"), number(f, "seat_lat")) else {
            return false;
        };
        lon - 3.0 * lat > 15.5
    })
    .await;
    assert!(!expected.is_empty() && expected.len() < 75);
    assert_eq!(text("townships", "seat_lon - 3 * seat_lat > 15.5").await, expected);
    assert_eq!(text("townships", "seat_lon > 15.5 + seat_lat * 3").await, expected);
    assert_eq!(text("townships", "seat_lat > seat_lon").await.len(), 0);
    let seated = those("townships", |f| number(f, "seat_lon").is_some()).await;
    for truth in [
        "2 + 3 * 4 = 14",
        "(2 + 3) * 4 = 20",
        "10 - 3 - 2 = 5",
        "7 / 2 = 3.5",
        "7 div 2 = 3",
        "7 % 4 = 3",
        "2 ^ 3 ^ 2 = 512",
        "-2 * -3 = 6",
        "9007199254740993 > 9007199254740992",
    ] {
        assert_eq!(text("townships", truth).await.len(), 75, "{truth}");
    }
    // Nothing is found by dividing by zero, nor by denying it.
    assert_eq!(text("townships", "seat_lon / 0 > 1").await.len(), 0);
    assert_eq!(text("townships", "NOT (seat_lon / 0 > 1)").await.len(), 0);
    assert_eq!(text("townships", "seat_lon * 1 = seat_lon").await, seated);
}

/// /conf/cql2-text/validate, /conf/cql2-json/validate: what is no CQL2 is an error that says where.
#[tokio::test]
async fn conf_cql2_text_validate() {
    for (filter, hint) in [
        ("name =", "the filter ends"),
        ("name = '堰坪镇", "open quotation"),
        ("name = '堰坪镇' extra", "character 14"),
        ("nobody = 1", "there is no property"),
        ("name = 1", "compares text with a number"),
        ("seat_lon = '1'", "compares a number with text"),
        ("herbs = 'x'", "a_contains"),
        ("name", "true or false"),
        ("frob(name) = 1", "no function"),
        ("s_intersects(name, POINT(1 2))", "no geometry"),
        ("s_intersects(geometry, POINT(1 2)", "expected , or )"),
        ("s_intersects(geometry, POINT(200 2))", "beyond"),
        ("s_intersects(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", "geometry"),
        ("geometry = 'x'", "s_intersects"),
        ("name LIKE 5", "LIKE"),
        ("name IN ()", "expected"),
        ("name # 'x'", "'#'"),
        ("date('2020-01-01') < name", "date"),
        ("accenti(name) = 'x'", "no function"),
        ("(((((name = 'x'", "expected"),
    ] {
        let said = refused("townships", filter).await;
        assert!(said.contains(hint), "{filter}: {said}");
    }
    let deep = format!("{}true{}", "(".repeat(2000), ")".repeat(2000));
    let deep = [
        deep,
        "not ".repeat(1500) + "true",
        "-".repeat(2000) + "1 = 1",
        "1".to_owned() + &"+1".repeat(2000) + " = 1",
    ];
    for filter in deep {
        let query = format!(
            "/ogc/collections/townships/items?filter={}",
            filter.replace(' ', "+").replace("1+1", "1-1").replace("+1+1", "-1-1")
        );
        let answer = ask(shipped(), Request::get(query).body(Body::empty()).unwrap()).await;
        assert!(answer.status == 400, "{}", answer.status);
    }
    // Names that begin like keywords, names in quotes, Chinese names.
    for name in ["notes", "android", "island", "pointless", "truth", "inside"] {
        assert!(refused("townships", &format!("{name} = 1")).await.contains(&format!("{name:?}")));
    }
    assert_eq!(text("townships", "\"name\" = '堰坪镇'").await, ["500235143"]);
}

#[tokio::test]
async fn pages_can_be_ordered_and_cut_down_to_some_properties() {
    let page = get("/ogc/collections/townships/items?limit=10000&sortby=-county,name").await.json();
    let keys: Vec<(String, String)> = page["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (property(f, "county").to_owned(), property(f, "name").to_owned()))
        .collect();
    let mut expected = keys.clone();
    expected.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    assert_eq!(keys, expected);
    let plus = get("/ogc/collections/townships/items?limit=3&sortby=+name").await.json();
    let coded = get("/ogc/collections/townships/items?limit=3&sortby=%2Bname").await.json();
    assert_eq!(ids(&plus), ids(&coded));
    let few =
        get("/ogc/collections/townships/items?limit=2&properties=name,kind_zh,id").await.json();
    for feature in few["features"].as_array().unwrap() {
        let keys: Vec<&String> = feature["properties"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name", "kind_zh"]);
        assert!(feature["id"].is_string());
    }
    for query in ["sortby=nobody", "properties=nobody"] {
        assert_eq!(get(&format!("/ogc/collections/townships/items?{query}")).await.status, 400);
    }
}
