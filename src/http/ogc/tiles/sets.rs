//! Tilesets: the list that a resource has, the metadata of one, and the same as TileJSON.

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use geo::Rect;
use serde_json::{Value, json};

use crate::crs::{QUAD, QUAD_CRS, QUAD_URI, TileId};
use crate::feature::Shape;
use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::ogc::ask::{Ask, Open};
use crate::http::ogc::format::Format;
use crate::http::ogc::links::{JSON, Link, SCHEME, TILEJSON, encoded};
use crate::http::ogc::resources::{corners, respond};
use crate::http::ogc::tiles::{chosen, known};
use crate::http::ogc::{find, html};
use crate::http::operations::to_json;
use crate::http::problem::Problem;
use crate::http::tiles::{MVT, describe};
use crate::query::collection::{FeatureSource, Reference};
use crate::tile::MAX_USEFUL_ZOOM;

/// What stands in `f` for TileJSON.
const WORD: &str = "tilejson";

/// The tiles of a resource in the one tile matrix set.
pub struct Tileset {
    /// Path of the resource below `/ogc`.
    base: String,
    /// The value of `collections`, where it was given.
    collections: Option<String>,
    pub title: String,
    pub title_en: String,
    layers: Vec<usize>,
    pub sources: Vec<Arc<dyn FeatureSource>>,
}

impl Tileset {
    fn of_collection(data: &Data, id: &str) -> Result<Self, Problem> {
        let source = find(data, id)?;
        Ok(Self {
            base: format!("/collections/{}", encoded(id)),
            collections: None,
            title: source.about().title.clone(),
            title_en: source.about().title_en.clone(),
            layers: data.index.atlas.layer_number(id).into_iter().collect(),
            sources: vec![source],
        })
    }

    fn of_dataset(data: &Data, collections: Option<&str>) -> Result<Self, Problem> {
        let atlas = &data.index.atlas;
        let layers = chosen(data, collections)?;
        let source = |layer: &usize| data.collections.get(&atlas.layers[*layer].id);
        Ok(Self {
            base: String::new(),
            collections: collections.map(str::to_owned),
            title: atlas.title.clone(),
            title_en: atlas.title_en.clone(),
            sources: layers.iter().filter_map(source).collect(),
            layers,
        })
    }

    /// Path of its metadata below `/ogc`, with a query where one belongs to it.
    pub fn path(&self) -> String {
        format!("{}/tiles/{QUAD}{}", self.base, self.query('?'))
    }

    /// Path of the list that it stands in.
    pub fn list(&self) -> String {
        format!("{}/tiles", self.base)
    }

    /// Path of its collection, where it is one's.
    pub fn collection(&self) -> Option<&str> {
        Some(self.base.as_str()).filter(|base| !base.is_empty())
    }

    fn query(&self, mark: char) -> String {
        let names = self.collections.as_deref().map(|names| {
            let names: Vec<String> = names.split(',').map(encoded).collect();
            format!("{mark}collections={}", names.join(","))
        });
        names.unwrap_or_default()
    }

    /// The address template of its tiles; what is in braces is filled in.
    pub fn template(&self, ask: &Ask, [matrix, row, column]: [&str; 3]) -> String {
        let path = format!("{}/tiles/{QUAD}/{{{matrix}}}/{{{row}}}/{{{column}}}", self.base);
        format!("{}?f=mvt{}", ask.site.at(&path), self.query('&'))
    }

    /// What is said of a tileset in lists and in its own metadata.
    fn item(&self, links: &[Link]) -> Value {
        json!({
            "title": self.title,
            "dataType": "vector",
            "crs": QUAD_CRS,
            "tileMatrixSetURI": QUAD_URI,
            "links": links,
        })
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        self.sources.iter().filter_map(|source| source.bounds()).reduce(|a, b| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        })
    }

    fn links(&self, ask: &Ask, mut links: Vec<Link>) -> Vec<Link> {
        let mark = if self.collections.is_some() { '&' } else { '?' };
        let tilejson = ask.site.at(&format!("{}{mark}f={WORD}", self.path()));
        let template = self.template(ask, ["tileMatrix", "tileRow", "tileCol"]);
        links.extend([
            Link::new(tilejson, "alternate", TILEJSON, "TileJSON"),
            Link::new(template, "item", MVT, "瓦片 (tiles)").templated(),
            scheme(ask),
        ]);
        links
    }

    fn metadata(&self, ask: &Ask, links: &[Link]) -> Value {
        let mut document = self.item(links);
        document["description"] = json!(format!(
            "{}. 面图层另有注记点图层 …-labels；示意的位置看要素的 accuracy。 \
             Areas have a companion layer …-labels of label points; how exactly a position is known stands in accuracy.",
            self.title_en
        ));
        document["mediaTypes"] = json!([MVT]);
        document["tileMatrixSetLimits"] = (0..=TileId::MAX_ZOOM).map(limits).collect();
        if let Some(bounds) = self.bounds() {
            document["boundingBox"] = box_of(bounds);
        }
        let layers = self.sources.iter().map(|source| layer_of(ask, source.as_ref()));
        document["layers"] = layers.collect();
        document
    }
}

/// The link to the definition of the tile matrix set.
fn scheme(ask: &Ask) -> Link {
    Link::new(ask.site.at(&format!("/tileMatrixSets/{QUAD}?f=json")), SCHEME, JSON, QUAD)
}

/// Rows and columns that tiles exist in: all, down to the last zoom level that is served.
fn limits(z: u8) -> Value {
    let last = (1_u32 << z) - 1;
    json!({
        "tileMatrix": z.to_string(),
        "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last,
    })
}

/// In degrees, and in the order that the system of the features has.
fn box_of(bounds: Rect<f64>) -> Value {
    let [west, south, east, north] = corners(bounds);
    json!({
        "lowerLeft": [west, south], "upperRight": [east, north],
        "crs": Reference::stored().uri(), "orderedAxes": ["Lon", "Lat"],
    })
}

fn layer_of(ask: &Ask, source: &dyn FeatureSource) -> Value {
    let about = source.about();
    let property = json!({ "type": "string" });
    let properties = crate::tile::KEYS.iter().map(|key| ((*key).to_owned(), property.clone()));
    let mut layer = json!({
        "id": about.id,
        "title": about.title,
        "description": about.title_en,
        "dataType": "vector",
        "minTileMatrix": "0",
        "maxTileMatrix": MAX_USEFUL_ZOOM.to_string(),
        "propertiesSchema": { "type": "object", "properties": properties.collect::<serde_json::Map<_, _>>() },
        "links": [Link::new(ask.site.collection(&about.id), "geodata", JSON, &about.title)],
    });
    if let Some(dimension) = dimension(about.shape) {
        layer["geometryDimension"] = json!(dimension);
    }
    if let Some(bounds) = source.bounds() {
        layer["boundingBox"] = box_of(bounds);
    }
    layer
}

/// 0 for points, 1 for lines, 2 for areas; nothing for what is mixed or nowhere.
fn dimension(shape: Shape) -> Option<u8> {
    match shape {
        Shape::Point => Some(0),
        Shape::Line => Some(1),
        Shape::Area => Some(2),
        Shape::Mixed | Shape::None => None,
    }
}

/// The tilesets of a collection.
pub async fn of_collection(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.plain()?;
    Ok(list(&ask, &Tileset::of_collection(&data, &id)?))
}

/// The tilesets of the dataset.
pub async fn of_dataset(data: Data, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    Ok(list(&ask, &Tileset::of_dataset(&data, None)?))
}

fn list(ask: &Ask, set: &Tileset) -> Response {
    let html = ask.format == Format::Html;
    let links = ask.site.itself(&set.list(), &ask.query, html, JSON);
    if html {
        return html::tilesets(set, &links);
    }
    let mut own = ask.site.itself(&set.path(), "", false, JSON).to_vec();
    own.push(scheme(ask));
    respond(&json!({ "tilesets": [set.item(&own)], "links": links }), JSON)
}

/// The tileset of a collection.
pub async fn collection(
    data: Data,
    Segments((id, name)): Segments<(String, String)>,
    open: Open,
) -> Result<Response, Problem> {
    known(&name)?;
    answer(&data, open, &[], |_| Tileset::of_collection(&data, &id))
}

/// The tileset of the dataset, or of those collections that are named.
pub async fn dataset(
    data: Data,
    Segments(name): Segments<String>,
    open: Open,
) -> Result<Response, Problem> {
    known(&name)?;
    answer(&data, open, &["collections"], |collections| Tileset::of_dataset(&data, collections))
}

fn answer(
    data: &Data,
    open: Open,
    parameters: &[&str],
    tileset: impl FnOnce(Option<&str>) -> Result<Tileset, Problem>,
) -> Result<Response, Problem> {
    let tilejson = open.wants(WORD, TILEJSON);
    let ask = if tilejson { open.with(Format::Json) } else { open.ask()? };
    ask.only(parameters)?;
    let set = tileset(ask.value("collections"))?;
    if tilejson {
        let template = set.template(&ask, ["z", "y", "x"]);
        let document = describe(data, &set.layers, [&set.title, &set.title_en], &template);
        let mut response = to_json(&document)?;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(TILEJSON));
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        return Ok(response);
    }
    let html = ask.format == Format::Html;
    let path = format!("{}/tiles/{QUAD}", set.base);
    let links = set.links(&ask, ask.site.itself(&path, &ask.query, html, JSON).into());
    if html {
        let template = set.template(&ask, ["z", "y", "x"]);
        return Ok(html::tileset(&set, &template, &links));
    }
    Ok(respond(&set.metadata(&ask, &links), JSON))
}
