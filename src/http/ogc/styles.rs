//! OGC API – Styles (draft, OGC 20-009): how the layers look, as `MapLibre` styles.
//!
//! Each collection has one style, under its own id, and the atlas has one of all layers that are shown when
//! it opens. Styles are made from the data folder and cannot be put here.

use axum::Router;
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::format::Format;
use crate::http::ogc::links::{HTML, JSON, Link, STYLE, encoded};
use crate::http::ogc::resources::respond;
use crate::http::ogc::{find, html};
use crate::http::problem::Problem;
use crate::http::{AppState, reading};
use crate::model::{Atlas, Layer};
use crate::query::{layer_bounds, tile_address};
use crate::tile::{Sheet, style};

/// Everything about styles below `/ogc`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/ogc/styles", reading(styles))
        .route("/ogc/styles/{style}", reading(one))
        .route("/ogc/collections/{collection}/styles", reading(of_collection))
        .route("/ogc/collections/{collection}/styles/{style}", reading(one_of_collection))
}

/// A style: of one layer, or of the whole atlas.
pub struct Look<'a> {
    pub id: String,
    pub title: &'a str,
    pub title_en: &'a str,
    pub layers: Vec<&'a Layer>,
    /// Whether it is a map of its own.
    whole: bool,
}

impl<'a> Look<'a> {
    fn of_layer(layer: &'a Layer) -> Self {
        Self {
            id: layer.id.clone(),
            title: &layer.title,
            title_en: &layer.title_en,
            layers: vec![layer],
            whole: false,
        }
    }

    /// The style of the whole atlas, under an id that no layer has.
    fn of_atlas(atlas: &'a Atlas) -> Self {
        let mut id = "atlas".to_owned();
        while atlas.layer(&id).is_some() {
            id.push('_');
        }
        Self {
            id,
            title: &atlas.title,
            title_en: &atlas.title_en,
            layers: atlas.layers.iter().filter(|layer| layer.visible).collect(),
            whole: true,
        }
    }

    fn all(atlas: &'a Atlas) -> Vec<Self> {
        let layers = atlas.layers.iter().map(Self::of_layer);
        std::iter::once(Self::of_atlas(atlas)).chain(layers).collect()
    }

    fn item(&self, ask: &Ask, base: &str) -> Value {
        let address = ask.site.at(&format!("{base}/styles/{}", encoded(&self.id)));
        let links = [
            Link::new(format!("{address}?f=json"), "stylesheet", STYLE, self.title),
            Link::new(format!("{address}?f=html"), "alternate", HTML, self.title),
        ];
        json!({ "id": self.id, "title": self.title, "description": self.title_en, "links": links })
    }
}

/// All styles.
pub async fn styles(data: Data, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    Ok(list(&ask, "", &Look::all(&data.index.atlas)))
}

/// The styles of a collection.
pub async fn of_collection(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.plain()?;
    find(&data, &id)?;
    let base = format!("/collections/{}", encoded(&id));
    let looks: Vec<Look<'_>> =
        data.index.atlas.layer(&id).map(Look::of_layer).into_iter().collect();
    Ok(list(&ask, &base, &looks))
}

fn list(ask: &Ask, base: &str, looks: &[Look<'_>]) -> Response {
    let html = ask.format == Format::Html;
    let links = ask.site.itself(&format!("{base}/styles"), &ask.query, html, JSON);
    if html {
        return html::styles(base, looks, &links);
    }
    let styles: Vec<Value> = looks.iter().map(|look| look.item(ask, base)).collect();
    let default = looks.first().map(|look| look.id.as_str());
    respond(&json!({ "default": default, "styles": styles, "links": links }), JSON)
}

/// One style.
pub async fn one(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    stylesheet(&data, &ask, "", &id, &Look::all(&data.index.atlas))
}

/// The style of a collection.
pub async fn one_of_collection(
    data: Data,
    Segments((collection, id)): Segments<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    find(&data, &collection)?;
    let base = format!("/collections/{}", encoded(&collection));
    let looks = data.index.atlas.layer(&collection).map(Look::of_layer);
    stylesheet(&data, &ask, &base, &id, &looks.into_iter().collect::<Vec<_>>())
}

fn stylesheet(
    data: &Data,
    ask: &Ask,
    base: &str,
    id: &str,
    looks: &[Look<'_>],
) -> Result<Response, Problem> {
    ask.plain()?;
    let look = looks.iter().find(|look| look.id == id).ok_or_else(|| {
        Problem::not_found(format!("there is no style {id:?}; /ogc{base}/styles lists them"))
    })?;
    if ask.format == Format::Html {
        let path = format!("{base}/styles/{}", encoded(id));
        return Ok(html::style_page(look, &ask.site.itself(&path, &ask.query, true, STYLE)));
    }
    let sheets = look.layers.iter().filter_map(|layer| {
        let tiles = ask.site.beside(&tile_address(&layer.id));
        let number = data.index.atlas.layer_number(&layer.id)?;
        Some(Sheet::new(&data.index, number, tiles, layer_bounds(&data.index, number)))
    });
    let sheets: Vec<Sheet<'_>> = sheets.collect();
    Ok(respond(&style(look.title, &sheets, look.whole), STYLE))
}
