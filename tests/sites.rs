//! Sites for investors: what the table says, what lies around, and how they compare.

mod common;

use axum::http::StatusCode;
use common::folder::Folder;
use common::{get, get_from, serve, values};
use serde_json::{Value, json};

async fn sites() -> Value {
    get("/api/sites").await.json()
}

#[tokio::test]
async fn both_plans_offer_sites_and_every_one_says_where_the_plan_says_so() {
    let sites = sites().await;
    let items = sites["items"].as_array().unwrap();
    assert_eq!(sites["total"], items.len());
    for plan in ["yunyang", "fengjie"] {
        assert!(items.iter().filter(|site| site["plan"] == plan).count() >= 8, "{plan}");
    }
    for site in items {
        assert!(!site["section"].as_array().unwrap().is_empty(), "{site}");
        assert!(!site["quote"].as_str().unwrap().is_empty(), "{site}");
        assert!(!site["title_en"].as_str().unwrap().is_empty(), "{site}");
    }
    let ids: Vec<&str> = items.iter().map(|site| site["place"]["id"].as_str().unwrap()).collect();
    for id in ["yunyang:shuikou-cluster", "yunyang:huangling-cluster", "yunyang:fengming-cluster"] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
    let layer = get("/api/places?layer=sites&limit=1000").await.json();
    assert_eq!(layer["total"], items.len());
}

#[tokio::test]
async fn the_card_of_fengming_says_what_is_sought_and_what_lies_around() {
    let card = get("/api/sites/yunyang:fengming-cluster?radius=30000").await.json();
    let sought = values(&card["site"]["sought"], "zh");
    for item in ["低值医用耗材", "康复器具", "健身器材", "老年人可穿戴设备"] {
        assert!(sought.contains(&item), "{sought:?}");
    }
    assert!(card["site"]["sought"][0]["en"].as_str().unwrap().is_ascii());
    assert!(!card["measures"].as_array().unwrap().is_empty());
    assert!(!card["citations"].as_array().unwrap().is_empty());
    let around = &card["surroundings"];
    assert_eq!((&around["radius_m"], &around["straight_line"]), (&json!(30000.0), &json!(true)));
    let categories = around["categories"].as_array().unwrap();
    assert_eq!(values(&around["categories"], "id")[0], "materials");
    for category in categories {
        let items = category["items"].as_array().unwrap();
        let distances: Vec<f64> = items.iter().map(|i| i["distance_m"].as_f64().unwrap()).collect();
        assert!(distances.is_sorted() && distances.iter().all(|d| *d <= 30_000.0), "{category}");
        let total = usize::try_from(category["total"].as_u64().unwrap()).unwrap();
        assert!(total >= items.len() && (total == items.len() || items.len() == 50));
        assert!(!values(&category["items"], "id").contains(&"yunyang:fengming-cluster"));
    }
}

#[tokio::test]
async fn the_same_distances_come_from_near() {
    let card = get("/api/sites/yunyang:shuikou-cluster?radius=15000").await.json();
    let [lon, lat] = [0, 1].map(|i| card["surroundings"]["point"][i].as_f64().unwrap());
    let asked = format!("/api/near?lon={lon}&lat={lat}&radius=15000&layers=medical&limit=50");
    let near = get(&asked).await.json();
    let categories = card["surroundings"]["categories"].as_array().unwrap();
    let medical = categories.iter().find(|category| category["id"] == "medical").unwrap();
    assert_eq!(medical["total"], near["total"]);
    assert_eq!(medical["items"], near["items"]);
}

#[tokio::test]
async fn a_site_that_stands_on_the_seat_of_its_township_says_so() {
    let items = sites().await["items"].as_array().unwrap().clone();
    let on_seat = items.iter().find(|site| site["place"]["accuracy"] == "seat").expect("one");
    let id = on_seat["place"]["id"].as_str().unwrap();
    let card = get(&format!("/api/sites/{id}")).await.json();
    assert_eq!(card["position"]["accuracy"], "seat");
    assert_eq!(card["position"]["stands_on"]["kind"]["id"], "township");
}

#[tokio::test]
async fn sites_side_by_side_have_the_same_rows_and_say_which_differ() {
    let asked = "yunyang:shuikou-cluster,yunyang:huangling-cluster,yunyang:fengming-cluster";
    let comparison = get(&format!("/api/sites/compare?places={asked}&radius=20000")).await.json();
    assert_eq!(values(&comparison["sites"], "id").len(), 3);
    let rows = comparison["rows"].as_array().unwrap();
    for row in rows {
        let cells = row["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 3, "{row}");
        let differs = cells.iter().any(|cell| cell != &cells[0]);
        assert_eq!(row["differs"], differs, "{row}");
    }
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    assert_eq!(row("county")["differs"], false);
    assert_eq!(row("sought")["differs"], true);
    for cell in row("nearest-scenic")["cells"].as_array().unwrap() {
        let said = cell["zh"].as_str().unwrap();
        let metres = cell["number"].as_f64();
        // What stands on the seat of the same township is not said to be no distance away.
        assert_eq!(metres.is_some(), said.ends_with(" km"), "{cell}");
        assert!(metres.is_none_or(|metres| metres > 0.0), "{cell}");
    }
}

#[tokio::test]
async fn asks_that_make_no_sense_are_told_so() {
    let one = "yunyang:shuikou-cluster";
    for (address, status) in [
        ("/api/sites/nothing".to_owned(), StatusCode::NOT_FOUND),
        ("/api/sites/500235002".to_owned(), StatusCode::NOT_FOUND),
        (format!("/api/sites/{one}?radius=-1"), StatusCode::BAD_REQUEST),
        (format!("/api/sites/{one}?radius=900000"), StatusCode::BAD_REQUEST),
        (format!("/api/sites/compare?places={one}"), StatusCode::BAD_REQUEST),
        (format!("/api/sites/compare?places={one},{one}"), StatusCode::BAD_REQUEST),
        (format!("/api/sites/compare?places={one},500235002"), StatusCode::NOT_FOUND),
        ("/api/around?lon=200&lat=30".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let answer = get(&address).await;
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
    }
}

#[test]
fn mistakes_in_the_table_name_row_column_and_the_nearest() {
    for (from, to, said) in [
        ("yunyang:shuikou-cluster", "yunyang:shuikou-clustr", "yunyang:shuikou-cluster"),
        ("YS02,", "YS01,", "YS01"),
        ("低值医用耗材；", "", "sought_en"),
        ("TK082", "TK982", "TK982"),
    ] {
        let folder = Folder::copy();
        let line = folder.edit("yunyang/sites.csv", from, to);
        let check = folder.check("en");
        let named = check.lines.iter().any(|problem| {
            problem.contains("yunyang/sites.csv")
                && problem.contains(said)
                && problem.contains(&line.to_string())
        });
        assert!(named, "{from}: {:?}", check.lines);
    }
}

#[tokio::test]
async fn a_county_without_a_table_of_sites_has_none() {
    let folder = Folder::copy();
    for plan in ["yunyang", "fengjie"] {
        std::fs::remove_file(folder.path().join(plan).join("sites.csv")).unwrap();
    }
    let app = serve(folder.path());
    assert_eq!(get_from(app.clone(), "/api/sites").await.json()["total"], 0);
    assert_eq!(get_from(app, "/api/places?layer=sites").await.json()["total"], 0);
}
