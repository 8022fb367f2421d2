//! What a planner asks of places, on the shipped data.

mod common;

use common::{get, post, values};
use serde_json::{Value, json};

async fn dossier(id: &str) -> Value {
    let answer = get(&format!("/api/places/{id}")).await;
    assert_eq!(answer.status, 200, "{id}");
    answer.json()
}

#[tokio::test]
async fn yanping_grows_fennel_and_chrysanthemum_under_box_5_with_projects_and_targets() {
    let dossier = dossier("500235143").await;
    let herbs: Vec<&str> = dossier["roles"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|role| values(&role["herbs"], "zh"))
        .collect();
    assert!(herbs.contains(&"小茴香") && herbs.contains(&"菊花"), "{herbs:?}");
    assert!(values(&dossier["citations"], "section").contains(&"专栏5"));
    assert!(values(&dossier["projects"], "id").contains(&"PJ226"));
    let targets = values(&dossier["targets"], "id");
    assert!(targets.contains(&"I28") && targets.contains(&"I29"), "{targets:?}");
}

#[tokio::test]
async fn a_click_in_panlong_answers_the_township_and_its_role_as_one_of_the_three_bases() {
    let here = get("/api/here?lon=108.71&lat=30.907").await.json();
    assert_eq!(here["county"]["name"], "云阳县");
    let township = &here["township"];
    assert_eq!(township["place"]["name"], "盘龙街道");
    assert_eq!(here["township_accuracy"], "schematic");
    let base =
        township["roles"].as_array().unwrap().iter().find(|role| role["kind"]["zh"] == "三基地");
    let base = base.expect("a role of kind 三基地");
    assert_eq!(base["link"]["relation"], "inside");
    assert_eq!(base["link"]["place"]["name"], "盘龙休闲健康产业示范区");
    assert_eq!(base["section"], json!(["第二章第四节"]));
}

#[tokio::test]
async fn a_click_outside_the_counties_answers_no_township() {
    let here = get("/api/here?lon=116.4&lat=39.9").await.json();
    assert_eq!(here["county"], Value::Null);
    assert_eq!(here["township"], Value::Null);
    assert_eq!(here["places"], json!([]));
}

#[tokio::test]
async fn every_township_is_found_at_the_point_that_stands_for_it() {
    let townships = get("/api/places?layer=townships&limit=100").await.json();
    assert_eq!(townships["total"], 75);
    for township in townships["items"].as_array().unwrap() {
        let (lon, lat) = (&township["point"][0], &township["point"][1]);
        let here = get(&format!("/api/here?lon={lon}&lat={lat}")).await.json();
        assert_eq!(here["township"]["place"]["id"], township["id"], "{}", township["name"]);
    }
}

#[tokio::test]
async fn a_seat_outside_its_own_outline_is_kept_as_published_and_said_to_be_so() {
    let shigang = dossier("500236269").await;
    assert_ne!(shigang["place"]["seat"], shigang["place"]["point"]);
    assert!(shigang["place"]["note"].as_str().unwrap().contains("驻地"));
}

#[tokio::test]
async fn county_wide_records_are_inherited_and_never_shown_as_local() {
    let dossier = dossier("500235143").await;
    assert_eq!(dossier["inherited"]["county"]["name"], "云阳县");
    let own = values(&dossier["projects"], "id");
    let inherited = values(&dossier["inherited"]["projects"], "id");
    assert!(inherited.len() > 100);
    assert!(own.iter().all(|id| !inherited.contains(id)));
    assert!(values(&dossier["inherited"]["targets"], "id").contains(&"I01"));
    assert!(!values(&dossier["targets"], "id").contains(&"I01"));
}

#[tokio::test]
async fn a_township_inherits_nothing_from_its_neighbours() {
    let yanping = dossier("500235143").await;
    assert!(values(&yanping["neighbours"], "name").contains(&"龙洞镇"));
    let longdong = dossier("500235144").await;
    assert_eq!(longdong["roles"], json!([]), "the plan names no role of 龙洞镇");
    assert_eq!(longdong["projects"], json!([]));
}

#[tokio::test]
async fn a_place_that_nobody_located_is_listed_without_a_position() {
    let forest = dossier("yunyang:sishibacao-forest-park").await;
    assert_eq!(forest["place"]["point"], Value::Null);
    assert_eq!(forest["place"]["accuracy"], Value::Null);
    assert!(values(&forest["roles"], "title").iter().any(|t| t.contains("森林康养")));
}

#[tokio::test]
async fn near_lists_by_distance_in_metres() {
    let near =
        get("/api/near?lon=108.71&lat=30.907&radius=20000&kinds=township&limit=5").await.json();
    let items = near["items"].as_array().unwrap();
    assert_eq!(items[0]["name"], "盘龙街道");
    assert_eq!(items[0]["distance_m"], 0.0);
    let distances: Vec<f64> = items.iter().map(|i| i["distance_m"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted() && distances.iter().all(|d| *d <= 20_000.0), "{distances:?}");
    assert!(near["next"].as_str().unwrap().contains("offset=5"));
}

#[tokio::test]
async fn a_drawn_area_lists_places_records_and_counts() {
    let square = json!({"type": "Polygon", "coordinates": [[
        [109.05, 30.97], [109.23, 30.97], [109.23, 31.08], [109.05, 31.08], [109.05, 30.97]]]});
    let within = post("/api/within", square.to_string()).await.json();
    let places = within["places"].as_array().unwrap();
    let yanping = places.iter().find(|p| p["id"] == "500235143").expect("堰坪镇");
    assert_eq!(yanping["relation"], "inside");
    assert!(places.iter().any(|p| p["relation"] == "crosses"));
    assert!(values(&within["projects"], "id").contains(&"PJ226"));
    assert!(values(&within["industries"], "zh").contains(&"健康用品药品"));
    let area = within["area_m2"].as_f64().unwrap();
    assert!((2.05e8..2.15e8).contains(&area), "{area}");
}

#[tokio::test]
async fn holes_of_a_drawn_area_are_left_out() {
    let seat = (109.115, 31.035);
    let frame = json!({"type": "Polygon", "coordinates": [
        [[109.0, 30.9], [109.3, 30.9], [109.3, 31.2], [109.0, 31.2], [109.0, 30.9]],
        [[109.04, 30.97], [109.04, 31.08], [109.23, 31.08], [109.23, 30.97], [109.04, 30.97]]]});
    let within = post("/api/within", frame.to_string()).await.json();
    assert!(!values(&within["places"], "id").contains(&"500235143"), "{seat:?} lies in the hole");
}

#[tokio::test]
async fn search_understands_chinese_pinyin_initials_and_english() {
    for (question, expected) in [
        ("lg", "龙缸景区"),
        ("lg", "龙角镇"),
        ("pl", "盘龙街道"),
        ("panlong", "盘龙街道"),
        ("盘龙", "盘龙街道"),
        ("Panlong", "盘龙街道"),
        ("ＰＬ", "盘龙街道"),
        ("小江", "澎溪河"),
        ("小茴香基地", "小茴香基地"),
        ("云阳 人民医院", "云阳县人民医院"),
        ("pan long", "盘龙街道"),
        ("and", "国际、国内品牌赛事活动常态化品牌化"),
        ("天麻", "上坝乡"),
        ("茴香 堰坪", "堰坪镇"),
        ("Pánlóng Jiēdào", "盘龙街道"),
        ("500235143", "堰坪镇"),
        ("“江口-南溪”", "“江口-南溪”田园综合体"),
        ("fennel", "堰坪镇"),
    ] {
        let found = get(&format!("/api/search?q={question}&limit=500")).await.json();
        assert!(values(&found["items"], "name").contains(&expected), "{question}: {found:#}");
    }
    assert_eq!(get("/api/search?q=盘龙街道").await.json()["items"][0]["id"], "500235004");
    for nothing in ["查无此地", "。", "  "] {
        assert_eq!(get(&format!("/api/search?q={nothing}")).await.json()["total"], 0, "{nothing}");
    }
}

#[tokio::test]
async fn a_box_lists_what_meets_it() {
    let listed = get("/api/places?bbox=109.10,31.02,109.12,31.04&kind=township").await.json();
    assert_eq!(values(&listed["items"], "name"), ["堰坪镇"]);
}

#[tokio::test]
async fn pages_of_a_list_cover_it_without_gap_or_repetition() {
    let mut address = "/api/projects?plan=yunyang&limit=150".to_owned();
    let mut ids = Vec::new();
    loop {
        let page = get(&address).await.json();
        ids.extend(values(&page["items"], "id").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut address),
            None => break,
        }
    }
    let total = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), total), (390, 390));
}

#[tokio::test]
async fn projects_are_filtered_by_what_they_link_to() {
    for (query, expected) in [
        ("place=500235143", "PJ226"),
        ("target=I19", "PJ061"),
        ("stage=在建推进&industry=医疗服务&plan=yunyang", "PJ255"),
        ("year=2022", "PJ044"),
        ("section=附件 二-1", "PJ342"),
        ("q=chrysanthemum", "PJ224"),
    ] {
        let answer = get(&format!("/api/projects?{query}&limit=1000")).await;
        assert_eq!(answer.status, 200);
        let found = answer.json();
        let ids = values(&found["items"], "id");
        assert!(ids.contains(&expected), "{query}: {ids:?}");
        assert!(ids.len() < 200, "{query} filters nothing");
    }
}

#[tokio::test]
async fn a_list_for_a_place_holds_what_its_dossier_shows() {
    for id in ["500235", "500235143", "500236128", "yunyang:longgang"] {
        let dossier = dossier(id).await;
        for kind in ["projects", "tasks"] {
            let listed = get(&format!("/api/{kind}?place={id}&limit=1000")).await.json();
            let listed = values(&listed["items"], "id");
            for shown in values(&dossier[kind], "id") {
                assert!(listed.contains(&shown), "{kind} of {id}: {shown} is missing");
            }
        }
    }
}

#[tokio::test]
async fn the_direction_a_ring_was_drawn_in_does_not_matter() {
    let ring = [[108.0, 30.0], [109.0, 30.0], [109.0, 31.0], [108.0, 31.0], [108.0, 30.0]];
    let back: Vec<_> = ring.iter().rev().collect();
    let ask = |ring: Value| {
        post("/api/within", json!({"type": "Polygon", "coordinates": [ring]}).to_string())
    };
    let (there, back) = (ask(json!(ring)).await.json(), ask(json!(back)).await.json());
    assert_eq!(there, back);
    let area = there["area_m2"].as_f64().unwrap();
    assert!((1.05e10..1.07e10).contains(&area), "{area}");
}

#[tokio::test]
async fn citations_name_every_section_that_the_dossier_shows() {
    for id in ["500235143", "500235242", "500235"] {
        let dossier = dossier(id).await;
        let cited = values(&dossier["citations"], "section");
        for kind in ["roles", "projects", "targets", "tasks"] {
            for record in dossier[kind].as_array().unwrap() {
                for section in record["section"].as_array().unwrap() {
                    assert!(cited.contains(&section.as_str().unwrap()), "{id}: {section}");
                }
            }
        }
    }
}

#[tokio::test]
async fn here_gives_the_records_of_the_places_at_the_point() {
    let here = get("/api/here?lon=109.01597&lat=30.68451").await.json();
    let place = here["places"].as_array().unwrap().iter().find(|p| p["id"] == "yunyang:longgang");
    let projects = &place.expect("龙缸景区 is at its own position")["projects"];
    assert!(values(projects, "id").contains(&"PJ048"));
}

#[tokio::test]
async fn an_indicator_links_to_the_projects_that_serve_it_and_they_to_their_places() {
    let area = get("/api/targets/I28").await.json();
    assert_eq!(area["name"], "中药材种植面积");
    assert_eq!((&area["baseline_number"], &area["target_number"]), (&json!(15.0), &json!(15.0)));
    assert!(values(&area["projects"], "id").contains(&"PJ224"));
    let base = get("/api/projects/PJ224").await.json();
    let mut places = values(&base["places"], "name");
    places.sort_unstable();
    assert_eq!(places, ["堰坪镇", "红狮镇", "龙角镇"]);
}
