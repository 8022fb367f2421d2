//! Questions a planner asks of areas, distances and pairs, on the shipped data.

mod common;

use common::{get, post, values};
use geo::{Distance, Geodesic, Point};
use serde_json::{Value, json};

async fn places(address: &str) -> Vec<Value> {
    get(address).await.json()["items"].as_array().unwrap().clone()
}

fn point(place: &Value) -> Point<f64> {
    Point::new(place["point"][0].as_f64().unwrap(), place["point"][1].as_f64().unwrap())
}

#[tokio::test]
async fn herb_townships_farther_than_15_km_from_a_regional_medical_centre() {
    let herbs = places("/api/places?layer=herbs&limit=1000").await;
    let centres = places("/api/places?layer=medical&kind=medical-centre&limit=1000").await;
    assert_eq!((herbs.len(), centres.len()), (22, 2));
    let nearest = |herb: &Value| {
        let to = |centre: &Value| {
            let metres = Geodesic.distance(point(herb), point(centre));
            (metres, centre["id"].as_str().unwrap().to_owned())
        };
        centres.iter().map(to).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
    };
    let mut expected: Vec<(f64, String, String)> = herbs
        .iter()
        .map(|herb| (herb["id"].as_str().unwrap().to_owned(), nearest(herb)))
        .map(|(herb, (metres, centre))| (metres, herb, centre))
        .filter(|(metres, _, _)| *metres > 15_000.0)
        .collect();
    expected.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert_eq!(expected.len(), 16);

    let question =
        "/api/pairs?a=herbs&b=medical&b_class=medical-centre&than=farther&distance=15000";
    let answer = get(question).await.json();
    assert_eq!(answer["a"], json!({"layer": "herbs", "located": 22, "unlocated": 0}));
    assert_eq!(answer["b"], json!({"layer": "medical", "located": 2, "unlocated": 0}));
    assert_eq!(answer["total"], 16);
    let items = answer["items"].as_array().unwrap();
    for (item, (metres, herb, centre)) in items.iter().zip(&expected) {
        assert_eq!((&item["place"]["id"], &item["nearest"]["id"]), (&json!(herb), &json!(centre)));
        let answered = item["distance_m"].as_f64().unwrap();
        assert!((answered - metres).abs() < 0.051, "{herb}: {answered} for {metres}");
        assert!((0.0..360.0).contains(&item["bearing_deg"].as_f64().unwrap()));
    }
    assert_eq!(items[0]["place"]["name"], "长安土家族乡");

    let nearer = get(&question.replace("farther", "nearer")).await.json();
    assert_eq!(nearer["total"], 22 - 16, "the two answers share the townships out");
    let first = nearer["items"][0]["distance_m"].as_f64().unwrap();
    let last = nearer["items"][5]["distance_m"].as_f64().unwrap();
    assert!(first < last && last <= 15_000.0);
}

#[tokio::test]
async fn a_place_is_never_its_own_nearest() {
    let answer = get("/api/pairs?a=townships&b=townships&than=farther&distance=0").await.json();
    // A township whose seat another's outline covers is at no distance from that one.
    let items = answer["items"].as_array().unwrap();
    assert!(answer["total"].as_u64().unwrap() >= 70, "{}", answer["total"]);
    assert!(items.iter().all(|item| item["place"]["id"] != item["nearest"]["id"]));
    assert!(items.iter().all(|item| item["distance_m"].as_f64().unwrap() > 0.0));
}

#[tokio::test]
async fn places_without_a_position_are_counted_apart() {
    let answer = get("/api/pairs?a=care&b=scenic&than=nearer&distance=5000").await.json();
    let atlas = get("/api/atlas").await.json();
    for (side, layer) in [("a", "care"), ("b", "scenic")] {
        let layers = atlas["layers"].as_array().unwrap();
        let layer = layers.iter().find(|l| l["id"] == layer).unwrap();
        assert_eq!(answer[side]["unlocated"], layer["unlocated"]);
        let located = layer["count"].as_u64().unwrap() - layer["unlocated"].as_u64().unwrap();
        assert_eq!(answer[side]["located"], located);
    }
    assert_ne!(answer["b"]["unlocated"], 0);
}

#[tokio::test]
async fn a_layer_of_ones_own_is_measured_to_by_position_in_the_file_and_by_name() {
    let own = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"名称": "无位置"}, "geometry": null},
        {"type": "Feature", "properties": {"名称": "堰坪药房"}, "geometry":
            {"type": "Point", "coordinates": [109.115, 31.035]}},
        {"type": "Feature", "properties": null, "geometry": {"type": "Polygon", "coordinates": [[
            [108.60, 30.80], [108.80, 30.80], [108.80, 31.00], [108.60, 31.00], [108.60, 30.80]]]}},
    ]});
    let question = "/api/pairs?a=herbs&than=nearer&distance=30000";
    let answer = post(question, own.to_string()).await.json();
    assert_eq!(answer["b"], json!({"layer": null, "located": 2, "unlocated": 1}));
    let items = answer["items"].as_array().unwrap();
    let of = |name: &str| items.iter().find(|item| item["place"]["name"] == name).unwrap();
    assert_eq!(of("堰坪镇")["nearest"], json!({"index": 1, "name": "堰坪药房"}));
    assert_eq!(of("盘龙街道")["nearest"], json!({"index": 2, "name": null}));
    assert_eq!(of("盘龙街道")["distance_m"], 0.0, "it lies in the area");
    assert_eq!(of("盘龙街道")["bearing_deg"], Value::Null);

    let nothing = json!({"type": "FeatureCollection", "features": []});
    let answer = post(question, nothing.to_string()).await.json();
    assert_eq!((&answer["total"], &answer["b"]["located"]), (&json!(0), &json!(0)));
    for bare in [own["features"][1].clone(), own["features"][1]["geometry"].clone()] {
        let answer = post(question, bare.to_string()).await.json();
        assert_eq!(answer["b"]["located"], 1);
        assert_eq!(answer["items"][0]["nearest"]["index"], 0);
    }
}

#[tokio::test]
async fn a_distance_around_a_point_lists_what_near_lists() {
    let (lon, lat) = (109.115, 31.035);
    let body = json!({"type": "Point", "coordinates": [lon, lat]}).to_string();
    let within = post("/api/within?distance=8000", body).await.json();
    let near = places(&format!("/api/near?lon={lon}&lat={lat}&radius=8000&limit=1000")).await;
    let distances = |items: &[Value]| -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = items
            .iter()
            .filter(|item| {
                !["county", "neighbour-county"].contains(&item["kind"]["id"].as_str().unwrap())
            })
            .map(|item| (item["id"].to_string(), item["distance_m"].to_string()))
            .collect();
        all.sort();
        all
    };
    let within_places = within["places"].as_array().unwrap();
    assert!(within_places.len() > 5);
    assert_eq!(distances(within_places), distances(&near));
    assert_eq!(within["area_m2"], Value::Null);
}

#[tokio::test]
async fn a_corridor_along_a_line_says_what_it_crosses_and_how_far_the_rest_is() {
    let line = json!({"type": "Feature", "properties": {}, "geometry": {"type": "LineString",
        "coordinates": [[108.66, 30.93], [109.12, 31.03]]}});
    let within = post("/api/within?distance=3000", line.to_string()).await.json();
    let places = within["places"].as_array().unwrap();
    let of = |relation: &str| -> Vec<&Value> {
        places.iter().filter(|p| p["relation"] == relation).collect()
    };
    assert!(of("crosses").iter().any(|p| p["name"] == "堰坪镇"));
    assert!(of("crosses").iter().all(|p| p["distance_m"] == 0.0));
    let near: Vec<f64> = of("near").iter().map(|p| p["distance_m"].as_f64().unwrap()).collect();
    assert!(near.len() > 3 && near.is_sorted() && near.iter().all(|d| *d <= 3000.0), "{near:?}");
    let narrower = post("/api/within?distance=1000", line.to_string()).await.json();
    assert!(narrower["total"].as_u64() < within["total"].as_u64());
}

#[tokio::test]
async fn a_township_is_asked_by_name_and_its_own_records_are_among_the_answer() {
    let within = get("/api/places/500235143/within").await.json();
    let places = within["places"].as_array().unwrap();
    let itself = places.iter().find(|p| p["id"] == "500235143").unwrap();
    assert_eq!((&itself["relation"], &itself["distance_m"]), (&json!("inside"), &json!(0.0)));
    assert!(values(&within["projects"], "id").contains(&"PJ226"));
    assert!(!values(&within["discrepancies"], "id").is_empty());
    assert!(!values(&within["places"], "name").contains(&"龙洞镇"), "a neighbour only touches it");

    let around = get("/api/places/500235143/within?distance=1").await.json();
    let places = around["places"].as_array().unwrap();
    let neighbour = places.iter().find(|p| p["name"] == "龙洞镇").expect("a metre around it");
    assert_eq!((&neighbour["relation"], &neighbour["distance_m"]), (&json!("near"), &json!(0.0)));
    assert_eq!(around["area_m2"], within["area_m2"]);
}

#[tokio::test]
async fn a_place_that_is_a_point_is_asked_with_a_distance() {
    let answer = get("/api/places/yunyang:longgang/within?distance=2000").await.json();
    assert_eq!(answer["places"][0]["name"], "龙缸景区");
    let without = get("/api/places/yunyang:longgang/within").await;
    assert_eq!(without.status, 422);
    assert!(without.json()["detail"].as_str().unwrap().contains("distance"));
}

#[tokio::test]
async fn spatial_questions_that_cannot_be_answered_say_why() {
    for (address, status, hint) in [
        ("/api/places/yunyang:sishibacao-forest-park/within?distance=100", 422, "township around"),
        ("/api/places/nowhere/within?distance=100", 404, "nowhere"),
        ("/api/places/500235143/within?distance=-1", 400, "200000"),
        ("/api/places/500235143/within?distance=200001", 400, "200000"),
        ("/api/places/500235143/within?distance=NaN", 400, "distance"),
        ("/api/places/500235143/within?radius=5", 400, "radius"),
        ("/api/pairs?a=herbs&b=medical&than=farther", 400, "distance"),
        ("/api/pairs?a=herbs&than=farther&distance=1", 400, "`b`"),
        ("/api/pairs?a=herbs&b=medical&than=beyond&distance=1", 400, "farther"),
        ("/api/pairs?a=herbs&b=medical&than=farther&distance=1000001", 400, "1000000"),
        ("/api/pairs?a=nowhere&b=medical&than=farther&distance=1", 404, "a is \"nowhere\""),
        ("/api/pairs?a=herbs&b=nowhere&than=farther&distance=1", 404, "b is \"nowhere\""),
        (
            "/api/pairs?a=herbs&b=medical&b_class=hospital,clinic&than=farther&distance=1",
            404,
            "b_class is \"clinic\"",
        ),
        (
            "/api/pairs?a=townships&a_class=any&b=medical&than=farther&distance=1",
            404,
            "a_class is \"any\"",
        ),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.json());
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(hint), "{}", answer.json());
    }
}

#[tokio::test]
async fn layers_of_ones_own_that_cannot_be_measured_to_say_why() {
    let collection = |features: Vec<Value>| {
        json!({"type": "FeatureCollection", "features": features}).to_string()
    };
    let at = |lon: f64, lat: f64| json!({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [lon, lat]}});
    let line: Vec<[f64; 2]> = (0..50_001).map(|i| [108.0 + f64::from(i) / 1e5, 30.0]).collect();
    let line = json!({"type": "LineString", "coordinates": line});
    for (body, status, hint) in [
        (collection(vec![at(108.0, 30.0); 5001]), 422, "5001 features"),
        (line.to_string(), 422, "50001 positions"),
        (
            collection(vec![at(108.0, 30.0), at(36_500_000.0, 3_400_000.0)]),
            422,
            "feature 1 (from 0)",
        ),
        (collection(vec![at(30.9, 108.7)]), 422, "degrees"),
        ("{\"type\":\"Point\",\"coordinates\":[1]}".to_owned(), 400, "two"),
        ("{\"type\":\"Point\",\"coordinates\":[1e999,2]}".to_owned(), 400, "GeoJSON"),
        ("[]".to_owned(), 400, "GeoJSON"),
        (String::new(), 400, "GeoJSON"),
    ] {
        let answer = post("/api/pairs?a=herbs&than=nearer&distance=1000", body).await;
        assert_eq!(answer.status, status, "{}", answer.json());
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.json()["detail"].as_str().unwrap().contains(hint), "{}", answer.json());
    }
    let most = collection(vec![at(108.7, 30.9); 5000]);
    assert_eq!(post("/api/pairs?a=herbs&than=nearer&distance=1000", most).await.status, 200);
}

#[tokio::test]
async fn a_detailed_outline_is_measured_around_at_its_edge_not_at_its_middle() {
    let mut ring: Vec<[f64; 2]> = (0..1_999)
        .map(|i| std::f64::consts::TAU * f64::from(i) / 1_998.0)
        .map(|angle| [108.9 + 0.2 * angle.cos(), 30.9 + 0.2 * angle.sin()])
        .collect();
    ring[1_998] = ring[0];
    let area = json!({"type": "Polygon", "coordinates": [ring]});
    let answer = post("/api/within?distance=50000", area.to_string()).await.json();
    let places = answer["places"].as_array().unwrap();
    assert!(places.len() > 150);
    let near: Vec<&Value> = places.iter().filter(|p| p["relation"] == "near").collect();
    // Around a circle a distance to the edge is nearly the one to the centre less the radius.
    for place in near.iter().filter(|p| p["kind"]["id"] == "hospital") {
        let flat = |p: Point<f64>| ((p.x() - 108.9).hypot(p.y() - 30.9) - 0.2) * 110_850.0;
        let metres = place["distance_m"].as_f64().unwrap();
        assert!(
            (0.8..1.02).contains(&(metres / flat(point(place)))),
            "{}: {metres}",
            place["name"]
        );
    }
}

#[tokio::test]
async fn places_in_a_list_say_their_roles_herbs_and_township() {
    let listed = places("/api/places?limit=1000").await;
    let of = |id: &str| listed.iter().find(|p| p["id"] == id).unwrap();
    let yanping = of("500235143");
    assert!(values(&yanping["roles"], "zh").contains(&"药材品种基地"));
    assert_eq!(values(&yanping["herbs"], "zh").len(), 2);
    assert_eq!(yanping["township"]["name"], "堰坪镇", "a township is its own");
    let shangba = values(&of("500235239")["herbs"], "zh");
    assert_eq!(
        shangba.iter().filter(|herb| **herb == "天麻").count(),
        1,
        "{shangba:?} of two roles"
    );
    let centre = of("yunyang:jiangbei-medical-centre");
    assert_eq!(
        centre["township"],
        json!({"id": "500235131", "name": "江口镇", "name_en": "Jiangkou Town"})
    );
    assert_eq!(of("yunyang:county-hospital")["township"], Value::Null);
}
