//! Everything but features: landing page, conformance, collections, queryables.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use geo::Rect;
use serde_json::{Value, json};

use crate::http::data::Data;
use crate::http::extract::Segments;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::format::Format;
use crate::http::ogc::links::{
    GEOJSON, HTML, JSON, Link, OPENAPI, SCHEMA, SCHEMES, STYLES, TILESETS, encoded,
};
use crate::http::ogc::{find, html, schema};
use crate::http::problem::Problem;
use crate::query::collection::{FeatureSource, Reference};

/// Conformance classes, each tested.
pub const CONFORMANCE: [&str; 32] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-styles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-styles-1/1.0/conf/global-styles",
    "http://www.opengis.net/spec/ogcapi-styles-1/1.0/conf/collection-styles",
    "http://www.opengis.net/spec/ogcapi-styles-1/1.0/conf/mapbox-styles",
];

/// The relation of a collection to what it can be filtered by.
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// A JSON answer of some media type, which differs by `Accept`.
pub fn respond(value: &Value, kind: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    (headers, value.to_string()).into_response()
}

/// The landing page: where everything begins.
pub async fn landing(data: Data, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    let atlas = &data.index.atlas;
    let html = ask.format == Format::Html;
    let mut links: Vec<Link> = ask.site.itself("", &ask.query, html, JSON).into();
    let api = |f: &str| ask.site.at(&format!("/api?f={f}"));
    links.extend([
        Link::new(api("json"), "service-desc", OPENAPI, "接口定义 (OpenAPI 3.0)"),
        Link::new(api("html"), "service-doc", HTML, "接口说明 (API documentation)"),
        Link::new(ask.site.at("/conformance"), "conformance", JSON, "符合的标准 (conformance)"),
        Link::new(ask.site.at("/collections"), "data", JSON, "图层 (collections)"),
    ]);
    links.extend(ask.site.both("/tiles", TILESETS, "矢量瓦片 (vector tiles)"));
    links.extend(ask.site.both("/tileMatrixSets", SCHEMES, "瓦片矩阵集 (tile matrix sets)"));
    links.extend(ask.site.both("/styles", STYLES, "样式 (styles)"));
    if html {
        return Ok(html::landing(&ask, atlas, &links));
    }
    let landing = json!({
        "title": atlas.title,
        "description": description(&atlas.title_en),
        "links": links,
    });
    Ok(respond(&landing, JSON))
}

/// What the interface says of itself besides its title.
pub fn description(title_en: &str) -> String {
    format!(
        "{title_en}. 规划图层，OGC API – Features、Tiles、Styles 接口；坐标为 CGCS2000/WGS 84，精度见各要素的 accuracy。 \
         Layers of county plans; how exactly a position is known stands in the property accuracy."
    )
}

/// Which parts of which standards are implemented.
pub async fn conformance(ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    let html = ask.format == Format::Html;
    let links = ask.site.itself("/conformance", &ask.query, html, JSON);
    if html {
        return Ok(html::conformance(&ask, &CONFORMANCE, &links));
    }
    Ok(respond(&json!({ "conformsTo": CONFORMANCE, "links": links }), JSON))
}

/// All collections.
pub async fn collections(data: Data, ask: Ask) -> Result<Response, Problem> {
    ask.plain()?;
    let html = ask.format == Format::Html;
    let links = ask.site.itself("/collections", &ask.query, html, JSON);
    if html {
        return Ok(html::collections(&ask, data.collections.all(), &links));
    }
    let described = data.collections.all().map(|source| {
        let path = format!("/collections/{}", encoded(&source.about().id));
        // Within the list nothing is negotiated: each entry leads to both formats.
        let itself = ask.site.itself(&path, "", false, JSON);
        describe(&ask, source.as_ref(), itself.into())
    });
    let described: Vec<Value> = described.collect();
    Ok(respond(&json!({ "links": links, "collections": described }), JSON))
}

/// One collection.
pub async fn collection(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.plain()?;
    let source = find(&data, &id)?;
    let html = ask.format == Format::Html;
    let path = format!("/collections/{}", encoded(&id));
    let itself = ask.site.itself(&path, &ask.query, html, JSON);
    if html {
        let links = links(&ask, source.as_ref(), itself.into());
        return Ok(html::collection(&ask, source.as_ref(), &links));
    }
    Ok(respond(&describe(&ask, source.as_ref(), itself.into()), JSON))
}

fn links(ask: &Ask, source: &dyn FeatureSource, mut links: Vec<Link>) -> Vec<Link> {
    let about = source.about();
    let (id, site) = (&about.id, &ask.site);
    let with = |address: String, f: &str| format!("{address}?f={f}");
    let queryables = format!("{}/queryables", site.collection(id));
    links.extend([
        Link::new(with(site.items(id), "json"), "items", GEOJSON, &about.title),
        Link::new(with(site.items(id), "html"), "items", HTML, &about.title),
        Link::new(with(queryables.clone(), "json"), QUERYABLES, SCHEMA, "筛选字段 (queryables)"),
        Link::new(with(queryables, "html"), QUERYABLES, HTML, "筛选字段 (queryables)"),
    ]);
    let below = |part: &str| format!("/collections/{}/{part}", encoded(id));
    links.extend(site.both(&below("tiles"), TILESETS, "矢量瓦片 (vector tiles)"));
    links.extend(site.both(&below("styles"), STYLES, "样式 (styles)"));
    links
}

fn describe(ask: &Ask, source: &dyn FeatureSource, itself: Vec<Link>) -> Value {
    let about = source.about();
    let mut described = json!({
        "id": about.id,
        "title": about.title,
        "description": remarks(source).join(" "),
        "itemType": "feature",
        "crs": Reference::offered(source.bounds()).iter().map(Reference::uri).collect::<Vec<_>>(),
        "storageCrs": Reference::stored().uri(),
        "links": links(ask, source, itself),
    });
    // A collection of which nothing is located has no extent; one is not made up.
    if let Some(bounds) = source.bounds() {
        let spatial = json!({ "bbox": [corners(bounds)], "crs": Reference::stored().uri() });
        described["extent"] = json!({ "spatial": spatial });
    }
    described
}

/// What is said of a collection besides its title.
pub fn remarks(source: &dyn FeatureSource) -> Vec<String> {
    let about = source.about();
    let all = [Some(about.title_en.clone()), about.note.clone(), about.note_en.clone()];
    all.into_iter().flatten().filter(|text| !text.is_empty()).collect()
}

/// West, south, east, north.
pub fn corners(bounds: Rect<f64>) -> [f64; 4] {
    [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]
}

/// What a collection can be filtered by.
pub async fn queryables(
    data: Data,
    Segments(id): Segments<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.plain()?;
    let source = find(&data, &id)?;
    if ask.format == Format::Html {
        let path = format!("/collections/{}/queryables", encoded(&id));
        let links = ask.site.itself(&path, &ask.query, true, SCHEMA);
        return Ok(html::queryables(&ask, source.as_ref(), &links));
    }
    let address = format!("{}/queryables", ask.site.collection(&id));
    Ok(respond(&schema::queryables(&address, source.as_ref()), SCHEMA))
}
