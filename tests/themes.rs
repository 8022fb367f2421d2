//! Themes: numbers laid over the townships.

mod common;

use std::collections::HashMap;

use common::folder::Folder;
use common::{get, get_from, serve, values};
use serde_json::{Value, json};

async fn theme(address: &str) -> HashMap<String, Option<f64>> {
    let answer = get(&format!("/api/themes/{address}")).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.json());
    let answer = answer.json();
    let values = answer["values"].as_array().unwrap();
    assert_eq!(answer["total"], values.len());
    let id = |value: &Value| value["place"]["name"].as_str().unwrap().to_owned();
    values.iter().map(|value| (id(value), value["value"].as_f64())).collect()
}

#[tokio::test]
async fn every_theme_offered_answers_for_every_township() {
    let themes = get("/api/themes").await.json();
    let ids = values(&themes["items"], "id");
    let expected = [
        "projects",
        "roles",
        "targets",
        "tasks",
        "herb-bases",
        "herb-kinds",
        "medical-level",
        "places-inside",
    ];
    assert_eq!(ids, expected);
    for item in themes["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        assert_eq!(get(&format!("/api/themes/{id}")).await.json()["theme"], *item);
        assert_eq!(item["layer"], "townships");
        let values = theme(id).await;
        assert_eq!(values.len(), 75);
        assert!(values.values().any(|v| v.is_some_and(|v| v > 0.0)), "{id}");
        assert!(item["scale"] == "rank" || values.values().all(Option::is_some), "{id}");
    }
}

#[tokio::test]
async fn a_township_counts_what_its_dossier_shows() {
    let townships = get("/api/places?layer=townships&limit=100").await.json();
    let [projects, roles, targets, tasks, inside] =
        ["projects", "roles", "targets", "tasks", "places-inside"];
    let mut themes = HashMap::new();
    for id in [projects, roles, targets, tasks, inside] {
        themes.insert(id, theme(id).await);
    }
    for township in townships["items"].as_array().unwrap() {
        let name = township["name"].as_str().unwrap();
        let dossier =
            get(&format!("/api/places/{}", township["id"].as_str().unwrap())).await.json();
        let shown = |list: &str, counts: &dyn Fn(&Value) -> bool| {
            dossier[list].as_array().unwrap().iter().filter(|item| counts(item)).count()
        };
        let named = |record: &Value| record["link"]["relation"] != "project";
        for (id, list) in
            [(projects, "projects"), (roles, "roles"), (targets, "targets"), (tasks, "tasks")]
        {
            let counted = themes[id][name].unwrap();
            assert!(
                (counted - f64::from(u32::try_from(shown(list, &named)).unwrap())).abs() < 0.5,
                "{id} of {name}"
            );
        }
        let places = shown("inside", &|place| place["kind"]["id"] != "medical-link");
        assert_eq!(themes[inside][name], Some(f64::from(u32::try_from(places).unwrap())), "{name}");
    }
}

#[tokio::test]
async fn projects_are_narrowed_down_as_their_list_is() {
    let by = "industry=健康文化旅游&year=2025";
    let (all, narrowed) = (theme("projects").await, theme(&format!("projects?{by}")).await);
    assert_ne!(all, narrowed);
    for (id, name) in
        [("500235242", "清水土家族乡"), ("500235143", "堰坪镇"), ("500236128", "兴隆镇")]
    {
        let listed = get(&format!("/api/projects?place={id}&{by}")).await.json();
        assert_eq!(narrowed[name], listed["total"].as_f64(), "{name}");
    }
    assert_eq!(theme("projects?industry=&year=").await, all, "an empty filter counts as none");
}

#[tokio::test]
async fn a_herb_base_stated_of_a_village_and_of_its_township_counts_once() {
    let bases = theme("herb-bases").await;
    for (name, count) in [
        ("盘龙街道", 1.0),
        ("堰坪镇", 2.0),
        ("兴隆镇", 2.0),
        ("长安土家族乡", 1.0),
        ("江口镇", 0.0),
    ] {
        assert_eq!(bases[name], Some(count), "{name}");
    }
    assert_eq!(theme("herb-kinds").await["堰坪镇"], Some(2.0));
}

#[tokio::test]
async fn a_township_without_any_institution_in_the_plan_has_no_medical_level() {
    let answer = get("/api/themes/medical-level").await.json();
    let levels = answer["theme"]["levels"].as_array().unwrap();
    let labels: Vec<(&Value, &Value)> = levels.iter().map(|l| (&l["value"], &l["label"])).collect();
    assert_eq!(labels[0], (&json!(4), &json!("区域医疗卫生中心")));
    let values = theme("medical-level").await;
    for (name, level) in
        [("江口镇", Some(4.0)), ("高阳镇", Some(3.0)), ("黄石镇", Some(2.0)), ("龙洞镇", None)]
    {
        assert_eq!(values[name], level, "{name}");
    }
    let known: Vec<f64> = levels.iter().map(|l| l["value"].as_f64().unwrap()).collect();
    assert!(values.values().flatten().all(|value| known.contains(value)));
}

#[tokio::test]
async fn themes_that_cannot_be_shown_say_why() {
    for (address, status, hint) in [
        ("/api/themes/happiness", 404, "happiness"),
        ("/api/themes/field:townships:name", 404, "field:townships:name"),
        ("/api/themes/projects?industry=无此产业", 404, "industry"),
        ("/api/themes/projects?year=soon", 404, "year"),
        ("/api/themes/tasks?year=2025", 400, "not narrowed down by year"),
        ("/api/themes/targets?year=2025", 400, "not narrowed down by year"),
        ("/api/themes/projects?plan=yunyang", 400, "plan"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(hint), "{}", answer.json());
    }
}

#[tokio::test]
async fn numbers_of_a_dropped_layer_are_themes() {
    let folder = Folder::copy();
    let feature = |properties: Value| json!({"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [108.7, 30.9]}});
    let parcels = json!({"type": "FeatureCollection", "features": [
        feature(json!({"name": "甲", "面积/亩": 12.5, "用途": "工业", "mixed": 1, "empty": null})),
        feature(json!({"name": "乙", "面积/亩": null, "用途": "商业", "mixed": "2", "empty": null})),
        feature(json!({"name": "丙", "面积/亩": 3, "yes": true})),
    ]});
    folder.add("parcels.geojson", parcels.to_string());
    let app = serve(folder.path());
    let themes = get_from(app.clone(), "/api/themes").await.json();
    let fields: Vec<&str> =
        values(&themes["items"], "id").into_iter().filter(|id| id.starts_with("field:")).collect();
    assert_eq!(fields, ["field:parcels:面积/亩"]);
    let answer = get_from(app.clone(), "/api/themes/field:parcels:面积%2F亩").await.json();
    assert_eq!(
        (&answer["theme"]["scale"], &answer["theme"]["layer"]),
        (&json!("number"), &json!("parcels"))
    );
    let numbers: Vec<&Value> =
        answer["values"].as_array().unwrap().iter().map(|value| &value["value"]).collect();
    assert_eq!(numbers, [&json!(12.5), &Value::Null, &json!(3.0)]);
    let narrowed = get_from(app, "/api/themes/field:parcels:面积%2F亩?year=2025").await;
    assert_eq!(narrowed.status, 400);
}

#[tokio::test]
async fn a_folder_is_offered_only_themes_that_it_has_values_for() {
    let folder = Folder::copy();
    for plan in ["yunyang", "fengjie"] {
        std::fs::remove_file(folder.path().join(plan).join("roles.csv")).unwrap();
    }
    let app = serve(folder.path());
    let themes = get_from(app.clone(), "/api/themes").await.json();
    let expected = ["projects", "targets", "tasks", "medical-level", "places-inside"];
    assert_eq!(values(&themes["items"], "id"), expected);
    assert_eq!(get_from(app, "/api/themes/herb-bases").await.status, 404);
}
