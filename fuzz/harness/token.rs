//! Passes and share links: what was not signed, to the letter, lets nobody in.

use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode};
use jiff::Timestamp;
use plan_atlas::grant::{Grant, Pass, Share};
use plan_atlas::http::{AppState, app};
use plan_atlas::model::Audience;
use serde_json::json;
use tempfile::TempDir;

use super::ask::ask;
use super::folder::{key, small, small_index};

/// Takes the input for a grant, wherever one is read.
pub fn run(input: &[u8]) {
    let signed = signed();
    let is_signed = |text: &[u8]| signed.iter().any(|one| one.as_bytes() == text);
    let now = moment(2026);
    if let Ok(text) = std::str::from_utf8(input) {
        let read = Grant::read(text, &key(), now).is_ok();
        assert_eq!(read, is_signed(input), "{text}");
        let body = json!({ "token": text }).to_string();
        let request = Request::post("/api/session").header("content-type", "application/json");
        let status = ask(&gated(), request.body(Body::from(body)).unwrap()).status;
        assert_eq!(status == StatusCode::OK, is_signed(text.trim().as_bytes()), "{text}");
    }
    for (header, before) in [
        ("authorization", "Bearer "),
        ("authorization", ""),
        ("cookie", ""),
        ("cookie", "plan-atlas-pass="),
        ("cookie", "other=1; plan-atlas-share="),
    ] {
        let value = HeaderValue::from_bytes(&[before.as_bytes(), input].concat());
        let Ok(value) = value else { continue };
        let request = Request::get("/api/session").header(header, value);
        let answer = ask(&gated(), request.body(Body::empty()).unwrap());
        let held = signed.iter().any(|one| input.windows(one.len()).any(|w| w == one.as_bytes()));
        let session = answer.json();
        let is_let_in = !session["holder"].is_null() || !session["share"].is_null();
        assert!(held || !is_let_in && session["audience"] == "public", "{header}: {session}");
    }
}

/// The application that everybody may ask, with the key of the grants.
fn gated() -> Router {
    static GATED: OnceLock<(Router, TempDir)> = OnceLock::new();
    let (gated, _) = GATED.get_or_init(|| {
        let folder = small();
        let state = AppState::new(small_index(folder.path()));
        (app(state.gated(Some(key()), Audience::Public)), folder)
    });
    gated.clone()
}

fn moment(year: i16) -> Timestamp {
    format!("{year}-01-01T00:00:00Z").parse().unwrap()
}

/// Both kinds of grants, the same each time.
fn signed() -> [String; 2] {
    let (since, until) = (moment(2025), moment(2999));
    let pass = Pass { audience: Audience::Internal, holder: "甲".to_owned(), since, until };
    let share = Share {
        audience: Audience::Investor,
        layers: vec!["townships".to_owned()],
        place: Some("500235101".to_owned()),
        language: "zh".to_owned(),
        tour: Some("all".to_owned()),
        view: Some("z=9".to_owned()),
        data_version: "1".to_owned(),
        since,
        until,
    };
    [Grant::Pass(pass), Grant::Share(share)].map(|grant| grant.sign(&key()))
}
