//! Guided tours: what `tours.toml` says, and what is wrong with it.

mod common;

use common::folder::Folder;
use common::{get_from, serve};
use serde_json::json;

const TOUR: &str = r#"
[[tours]]
id = "short"
title = "短途"
title_en = "A short one"

[[tours.stops]]
title = "盘龙"
title_en = "Panlong"
caption = "盘龙街道。"
caption_en = "Panlong."
plan = "yunyang"
section = "第二章第四节"
center = [108.7, 30.9]
zoom = 11.5
bearing = -10
layers = ["counties", "townships"]
places = ["500235002"]
records = ["yunyang/projects/PJ112"]
"#;

fn with(tour: &str) -> Folder {
    let folder = Folder::copy();
    folder.add("tours.toml", tour);
    folder
}

#[tokio::test]
async fn a_tour_is_answered_with_what_its_stops_name() {
    let answer = get_from(serve(with(TOUR).path()), "/api/tours").await.json();
    let tours = answer["items"].as_array().unwrap();
    let tour = tours.iter().find(|tour| tour["id"] == "short").expect("the tour");
    assert_eq!((&tour["title_en"], &tour["plan"]), (&json!("A short one"), &json!(null)));
    let stop = &tour["stops"][0];
    assert_eq!(stop["center"], json!([108.7, 30.9]));
    assert_eq!((&stop["bearing"], &stop["pitch"]), (&json!(350.0), &json!(0.0)));
    assert_eq!(stop["layers"], json!(["counties", "townships"]));
    assert_eq!(stop["places"], json!(["500235002"]));
    let record = &stop["records"][0];
    assert_eq!((&record["table"], &record["id"]), (&json!("projects"), &json!("PJ112")));
    assert!(record["title"].as_str().unwrap().contains("恐龙化石"), "{record}");
}

#[tokio::test]
async fn every_plan_has_a_tour_and_so_have_the_herbs() {
    let answer = get_from(common::shipped(), "/api/tours").await.json();
    let tours = answer["items"].as_array().unwrap();
    let plans: Vec<&serde_json::Value> = tours.iter().map(|tour| &tour["plan"]).collect();
    assert_eq!(plans, [&json!("yunyang"), &json!("fengjie"), &json!(null)]);
    for stop in tours.iter().flat_map(|tour| tour["stops"].as_array().unwrap()) {
        for said in ["title", "title_en", "caption", "caption_en"] {
            assert!(!stop[said].as_str().unwrap().is_empty(), "{said}: {stop}");
        }
        assert!(stop["plan"].is_string() && stop["section"].is_string(), "who says so? {stop}");
    }
}

#[test]
fn what_a_tour_names_and_nobody_knows_is_an_error_that_names_the_stop() {
    for (from, to, words) in [
        ("\"townships\"", "\"township\"", ["layers", "township", "townships"]),
        ("500235002", "50023500Z", ["places", "50023500Z", "stops[0]"]),
        ("PJ112", "PJ999", ["records", "yunyang/projects/PJ999", "stops[0]"]),
        ("第二章第四节", "第九章第四节", ["section", "第九章第四节", "stops[0]"]),
        ("plan = \"yunyang\"", "plan = \"yunyan\"", ["plan", "yunyan", "yunyang"]),
        ("zoom = 11.5", "zoom = 40", ["zoom", "0", "22"]),
        ("[108.7, 30.9]", "[30.9, 108.7]", ["center", "30.9", "108.7"]),
        ("caption =", "captoin =", ["captoin", "tours.toml", "line"]),
    ] {
        let check = with(&TOUR.replace(from, to)).check("en");
        assert_eq!(check.code, Some(1), "{to}");
        let line = check.lines.iter().find(|line| line.starts_with("error tours.toml")).cloned();
        let line = line.unwrap_or_else(|| panic!("{to}: {:?}", check.lines));
        // The line of a misspelt key is told by its number.
        let said = |word: &&str| *word == "line" || line.contains(*word);
        assert!(words.iter().all(said), "{to}: {line}");
    }
}
