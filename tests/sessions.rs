//! Signing in, and share links: what they open, and what does not open.

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::folder::run;
use common::secrets::{folder, gated, get_as, key, pass};
use common::{Answer, ask};
use jiff::{SignedDuration, Timestamp};
use plan_atlas::grant::{Grant, Key, Pass, Share};
use plan_atlas::model::Audience;
use serde_json::{Value, json};

async fn post(app: &Router, address: &str, grant: &str, body: &Value) -> Answer {
    let mut request = Request::post(address)
        .header("host", "atlas.example")
        .header("content-type", "application/json");
    if !grant.is_empty() {
        request = request.header("authorization", format!("Bearer {grant}"));
    }
    ask(app.clone(), request.body(Body::from(body.to_string())).unwrap()).await
}

fn wish() -> Value {
    json!({
        "layers": ["townships", "parcels"], "place": "parcels:1", "language": "zh",
        "view": "z=12&ll=30.92,108.72", "audience": "investor", "days": 7,
    })
}

async fn shared(app: &Router) -> Value {
    let answer = post(app, "/api/shares", &pass(Audience::Internal), &wish()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

#[tokio::test]
async fn a_share_link_opens_its_layers_and_nothing_else() {
    let folder = folder();
    let app = gated(folder.path());
    let shared = shared(&app).await;
    let token = shared["token"].as_str().unwrap();
    assert_eq!(shared["link"], format!("http://atlas.example/?share={token}"));
    let opened = post(&app, "/api/session", "", &json!({ "token": token })).await;
    let cookie = opened.header("set-cookie").to_owned();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(word), "{cookie}");
    }
    let session = opened.json();
    assert_eq!(session["audience"], "investor");
    assert_eq!(session["share"]["place"], "parcels:1");
    assert_eq!(session["share"]["view"], "z=12&ll=30.92,108.72");
    assert_eq!(session["changed"], false);

    let cookie = cookie.split(';').next().unwrap();
    let get = async |address: &str| {
        let request = Request::get(address).header("cookie", format!("other=1; {cookie}"));
        ask(app.clone(), request.body(Body::empty()).unwrap()).await
    };
    let atlas = get("/api/atlas").await.json();
    assert_eq!(common::values(&atlas["layers"], "id"), ["townships", "parcels"]);
    assert_eq!(get("/api/places/parcels:1").await.status, StatusCode::OK);
    assert_eq!(get("/tiles/herbs.json").await.status, StatusCode::NOT_FOUND);
    let parcel = get("/api/places/parcels:1").await;
    assert!(!String::from_utf8_lossy(&parcel.body).contains("QZPROP"));
    // Medical places are in no layer of the link.
    assert_eq!(get("/api/places?layer=medical").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_expired_an_altered_and_a_foreign_link_are_refused_and_say_why() {
    let folder = folder();
    let app = gated(folder.path());
    let token = shared(&app).await["token"].as_str().unwrap().to_owned();
    let share = |until: Timestamp| Share {
        audience: Audience::Internal,
        layers: vec!["townships".into()],
        place: None,
        language: "zh".into(),
        tour: None,
        view: None,
        data_version: String::new(),
        since: until - SignedDuration::from_hours(24),
        until,
    };
    let now = Timestamp::now();
    let ended = Grant::Share(share(now - SignedDuration::from_secs(1))).sign(&key());
    let foreign =
        Grant::Share(share(now + SignedDuration::from_hours(1))).sign(&Key::of_bytes([8; 32]));
    let middle = token.len() / 2;
    let other = if token.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let altered = format!("{}{other}{}", &token[..middle], &token[middle + 1..]);
    let as_pass = token.replacen("share.", "pass.", 1);
    for (grant, said) in [
        (ended.as_str(), "ended at"),
        (&foreign, "altered, or comes from another server"),
        (&altered, "altered, or comes from another server"),
        (&as_pass, "altered, or comes from another server"),
        ("share", "no pass or share link"),
        ("share.x.y", "no pass or share link"),
        ("share.x.eHh4", "altered, or comes from another server"),
        (&"x.y.".repeat(2_000), "no pass or share link"),
    ] {
        let answer = post(&app, "/api/session", "", &json!({ "token": grant })).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{grant}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(said), "{:?}", answer.json());
        assert!(answer.header("set-cookie").is_empty());
        // Nor does it open anything as a header, not even what is public.
        let answer = get_as(app.clone(), "/api/atlas", grant).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{grant}");
    }
}

#[tokio::test]
async fn a_link_says_that_the_data_has_changed_since_it_was_made() {
    let folder = folder();
    let token = shared(&gated(folder.path())).await["token"].as_str().unwrap().to_owned();
    folder.edit("yunyang/projects.csv", "龙缸国家5A级旅游景区", "龙缸国家5A级景区");
    let session = get_as(gated(folder.path()), "/api/session", &token).await.json();
    assert_eq!(session["changed"], true, "{session}");
}

#[tokio::test]
async fn nobody_shares_what_they_do_not_see() {
    let folder = folder();
    let app = gated(folder.path());
    let internal =
        json!({ "layers": ["reserve"], "language": "zh", "audience": "internal", "days": 1 });
    let answer = post(&app, "/api/shares", &pass(Audience::Investor), &internal).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // Nor can the staff hand an internal layer to investors: for those there is none.
    let wrong =
        json!({ "layers": ["reserve"], "language": "zh", "audience": "investor", "days": 1 });
    let answer = post(&app, "/api/shares", &pass(Audience::Internal), &wrong).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    // Everybody and investors make none at all.
    let public = json!({ "layers": ["rivers"], "language": "zh", "days": 1 });
    for grant in ["", &pass(Audience::Investor)] {
        let answer = post(&app, "/api/shares", grant, &public).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    // Whoever came by a link makes no other of it.
    let token = shared(&app).await["token"].as_str().unwrap().to_owned();
    let more = json!({ "layers": ["townships"], "language": "zh", "days": 300 });
    assert_eq!(post(&app, "/api/shares", &token, &more).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn no_link_outlives_the_pass_of_whoever_made_it() {
    let folder = folder();
    let answer = shared(&gated(folder.path())).await;
    let until: Timestamp = answer["share"]["until"].as_str().unwrap().parse().unwrap();
    // Seven days were wished for, and the pass holds for one.
    assert!(until <= Timestamp::now() + SignedDuration::from_hours(24), "{until}");
}

#[tokio::test]
async fn a_link_shows_records_of_its_places_and_no_others() {
    let folder = folder();
    let app = gated(folder.path());
    let wish = json!({ "layers": ["sites"], "language": "zh", "days": 1 });
    let made = post(&app, "/api/shares", &pass(Audience::Internal), &wish).await.json();
    let token = made["token"].as_str().unwrap();
    let get = async |address: &str| get_as(app.clone(), address, token).await;
    let projects = get("/api/projects?limit=1000").await.json();
    for project in projects["items"].as_array().unwrap() {
        assert!(!project["places"].as_array().unwrap().is_empty(), "{project}");
    }
    assert_eq!(get("/api/tours").await.json()["items"], json!([]));
    // What a card leads to is there: measures name no place.
    let card = get("/api/sites/yunyang:shuikou-cluster").await.json();
    assert!(!card["measures"].as_array().unwrap().is_empty());
    let all = get_as(app.clone(), "/api/organisations?limit=1000", "").await.json();
    let theirs = get("/api/organisations?limit=1000").await.json();
    assert!(theirs["total"].as_u64() < all["total"].as_u64(), "{}", theirs["total"]);
}

#[tokio::test]
async fn a_server_that_takes_everybody_for_staff_answers_no_foreign_page() {
    let folder = folder();
    let loaded = plan_atlas::load::load(folder.path());
    let index = plan_atlas::index::IndexedAtlas::with_stores(loaded.atlas.unwrap(), &loaded.stores);
    let state = plan_atlas::http::AppState::new(index).gated(None, Audience::Internal);
    let app = plan_atlas::http::app(state);
    let get = async |host: &str| {
        let request = Request::get("/ogc/collections/reserve/items").header("host", host);
        let request = request.header("origin", "https://evil.example");
        ask(app.clone(), request.body(Body::empty()).unwrap()).await
    };
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "10.1.2.3"] {
        let answer = get(host).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
        assert!(answer.header("access-control-allow-origin").is_empty(), "{host}");
    }
    assert_eq!(get("rebind.evil.example").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wish_for_a_link_that_makes_no_sense_is_told_so() {
    let folder = folder();
    let app = gated(folder.path());
    for (key, value, status) in [
        ("days", json!(0), 400),
        ("days", json!(4000), 400),
        ("language", json!("fr"), 400),
        ("layers", json!([]), 400),
        ("layers", json!(["nothing"]), 404),
        ("tour", json!("nothing"), 404),
        ("place", json!("nothing"), 404),
        ("place", json!("yunyang:longgang"), 400),
        ("audience", json!("everyone"), 400),
        ("view", json!("x".repeat(4_000)), 400),
    ] {
        let mut wish = wish();
        wish[key] = value.clone();
        let answer = post(&app, "/api/shares", &pass(Audience::Internal), &wish).await;
        assert_eq!(answer.status.as_u16(), status, "{key}: {value}: {:?}", answer.json());
    }
}

#[tokio::test]
async fn signing_out_forgets_what_was_given() {
    let folder = folder();
    let app = gated(folder.path());
    let cookies = format!(
        "plan-atlas-pass={}; plan-atlas-share=share.altered.eHh4",
        pass(Audience::Internal)
    );
    let get = |address: &'static str| Request::get(address).header("cookie", &cookies);
    let session = ask(app.clone(), get("/api/session").body(Body::empty()).unwrap()).await.json();
    assert_eq!(session["audience"], "public");
    assert!(session["refused"].as_str().unwrap().contains("altered"), "{session}");
    let refused = ask(app.clone(), get("/api/atlas").body(Body::empty()).unwrap()).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);

    let leave = Request::delete("/api/session?share=true").header("cookie", &cookies);
    let left = ask(app.clone(), leave.body(Body::empty()).unwrap()).await;
    assert!(left.header("set-cookie").starts_with("plan-atlas-share=; "), "{:?}", left.headers);
    let out = Request::delete("/api/session").header("cookie", &cookies);
    let out = ask(app, out.body(Body::empty()).unwrap()).await;
    assert_eq!(out.headers.get_all("set-cookie").iter().count(), 2);
    assert_eq!(out.json()["audience"], "public");
}

#[test]
fn a_token_is_made_on_the_command_line_and_lets_in_until_it_ends() {
    let keys = tempfile::tempdir().unwrap();
    let make = |more: &[&str]| {
        let keys = keys.path().to_str().unwrap();
        run(&[&["token", "--for", "王局", "--keys", keys, "--days", "2"], more].concat())
    };
    let output = make(&["--audience", "investor"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let token = String::from_utf8(output.stdout).unwrap();
    let key = Key::open(keys.path(), None).unwrap();
    let now = Timestamp::now();
    let Ok(Grant::Pass(Pass { audience, holder, .. })) = Grant::read(token.trim(), &key, now)
    else {
        panic!("{token}");
    };
    assert_eq!((audience, holder.as_str()), (Audience::Investor, "王局"));
    let later = now + SignedDuration::from_hours(49);
    assert!(Grant::read(token.trim(), &key, later).is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = std::fs::metadata(keys.path().join("signing.key")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_key_is_never_kept_in_the_data_folder_and_a_broken_one_is_not_replaced() {
    let folder = common::folder::Folder::copy();
    let data = folder.path().to_str().unwrap();
    let within = folder.path().join("keys");
    let token =
        |keys: &str| run(&["token", "--for", "x", "--keys", keys, "--data", data, "--lang", "en"]);
    let refused = token(within.to_str().unwrap());
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("lies in the data folder"));
    assert!(!within.exists());
    let broken = tempfile::tempdir().unwrap();
    std::fs::write(broken.path().join("signing.key"), "12345").unwrap();
    let refused = token(broken.path().to_str().unwrap());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("64 hexadecimal digits"));
    assert_eq!(std::fs::read_to_string(broken.path().join("signing.key")).unwrap(), "12345");
}
