//! Addresses of tiles, which have a number of spellings.

use axum::http::StatusCode;

use super::ask::{encoded, get};
use super::folder::served;

/// The input is the four parts behind `/tiles/`: layer, level, column, row with its ending.
pub fn run(input: &[u8]) {
    let app = served();
    let parts: Vec<String> = input.splitn(4, |&byte| byte == b'/').map(encoded).collect();
    let plain = get(&app, &format!("/tiles/{}", parts.join("/")));
    let [layer, level, column, row] = parts.as_slice() else { return };
    let Some(row) = row.strip_suffix(".mvt") else { return };
    let set = format!("/ogc/collections/{layer}/tiles/WebMercatorQuad");
    let by_ogc = get(&app, &format!("{set}/{level}/{row}/{column}?f=mvt"));
    // Nothing is drawn below the finest level of the tile set, which is described.
    if plain.status == StatusCode::OK && by_ogc.status == StatusCode::OK {
        assert_eq!(plain.body, by_ogc.body, "{set}/{level}/{row}/{column}");
    }
    get(&app, &format!("/wmts/{layer}/default/WebMercatorQuad/{level}/{row}/{column}.png"));
}
