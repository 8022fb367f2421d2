//! The same answers for people: Chinese first, English second.

mod features;
mod page;
mod styles;
mod tiles;

pub use features::{item, items};
pub use styles::{style_page, styles};
pub use tiles::{tile_matrix_set, tile_matrix_sets, tileset, tilesets};

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::feature::Kind;
use crate::http::ogc::ask::Ask;
use crate::http::ogc::html::page::{Page, anchor, english, escaped};
use crate::http::ogc::links::{Link, Site, encoded};
use crate::http::ogc::resources::{corners, description, remarks};
use crate::model::Atlas;
use crate::query::collection::{FeatureSource, GEOMETRY, Reference};
use crate::query::tile_address;

/// The style sheet of the pages.
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css")).into_response()
}

/// The way to a page below the landing page.
fn way() -> Vec<(&'static str, String)> {
    vec![("OGC API", String::new()), ("图层 Collections", "/collections".to_owned())]
}

/// The landing page.
pub fn landing(ask: &Ask, atlas: &Atlas, links: &[Link]) -> Response {
    let mut page = Page::new(&atlas.title, &atlas.title_en, &way()[..1]);
    page.paragraph(&description(&atlas.title_en));
    page.raw("<ul>");
    for (number, link) in links.iter().enumerate() {
        // Of one relation in both formats people follow the page, which comes last.
        let again = links[number + 1..].iter().any(|later| later.rel == link.rel);
        if again || ["self", "alternate"].contains(&link.rel) {
            continue;
        }
        page.raw(format!("<li>{}</li>", anchor(&link.href, &link.title)));
    }
    page.raw("</ul>");
    page.heading("连接", "Connecting");
    let address = ask.site.at("");
    let example = atlas.layers.first().map_or("", |layer| layer.id.as_str());
    page.raw(format!(
        "<p>QGIS：图层 → 添加图层 → 添加 WFS／OGC API – Features 图层，地址填 <code>{0}</code>。\
         ArcGIS Pro：插入 → 连接 → 服务器 → 新建 OGC API 服务器，同一地址。GDAL：<code>ogrinfo OAPIF:{0}</code></p>\
         <p lang=\"en\">QGIS: Layer → Add Layer → Add WFS / OGC API – Features Layer, with the address <code>{0}</code>. \
         ArcGIS Pro: Insert → Connections → Server → New OGC API Server, the same address.</p>\
         <p>矢量瓦片：QGIS 添加矢量瓦片图层，地址 <code>{1}</code>，样式 <code>{0}/styles/{2}?f=json</code>。</p>\
         <p lang=\"en\">Vector tiles: in QGIS add a vector tile layer with the address <code>{1}</code>, the style is <code>{0}/styles/{2}?f=json</code>.</p>",
        escaped(&address),
        escaped(&ask.site.beside(&tile_address(example))),
        encoded(example),
    ));
    page.finish(&atlas.title, links)
}

/// Conformance classes.
pub fn conformance(_: &Ask, classes: &[&str], links: &[Link]) -> Response {
    let mut page = Page::new("符合的标准", "Conformance", &way()[..1]);
    page.raw("<ul>");
    for class in classes {
        page.raw(format!("<li><code>{}</code></li>", escaped(class)));
    }
    page.raw("</ul>");
    page.finish("符合的标准 Conformance", links)
}

/// The list of collections.
pub fn collections(
    _: &Ask,
    sources: impl Iterator<Item = Arc<dyn FeatureSource>>,
    links: &[Link],
) -> Response {
    let mut page = Page::new("图层", "Collections", &way()[..1]);
    let heads = [
        "图层 <span lang=\"en\">Collection</span>",
        "要素数 <span lang=\"en\">Features</span>",
        "说明 <span lang=\"en\">Remarks</span>",
    ];
    let rows = sources.map(|source| {
        let about = source.about();
        let path = Site::path(&format!("/collections/{}", encoded(&about.id)));
        let name = format!("{}{}", anchor(&path, &about.title), english(&about.title_en));
        vec![name, source.len().to_string(), escaped(about.note.as_deref().unwrap_or_default())]
    });
    page.table(&heads.map(str::to_owned), rows);
    page.finish("图层 Collections", links)
}

/// One collection.
pub fn collection(_: &Ask, source: &dyn FeatureSource, links: &[Link]) -> Response {
    let about = source.about();
    let mut page = Page::new(&about.title, &about.title_en, &way());
    for remark in remarks(source).iter().skip(1) {
        page.paragraph(remark);
    }
    let path = Site::path(&format!("/collections/{}", encoded(&about.id)));
    page.raw(format!(
        "<p class=\"pages\">{} {}</p>",
        anchor(&format!("{path}/items?f=html"), &format!("要素 Features ({})", source.len())),
        anchor(&format!("{path}/queryables?f=html"), "筛选字段 Queryables"),
    ));
    page.raw(format!(
        "<p class=\"pages\">{} {}</p>",
        anchor(&format!("{path}/tiles?f=html"), "矢量瓦片 Vector tiles"),
        anchor(&format!("{path}/styles?f=html"), "样式 Styles"),
    ));
    if let Some(bounds) = source.bounds() {
        page.heading("范围", "Extent");
        let [west, south, east, north] = corners(bounds);
        page.paragraph(&format!("{west:.5}, {south:.5} – {east:.5}, {north:.5}"));
    }
    page.heading("坐标系", "Reference systems");
    page.raw("<ul>");
    for reference in Reference::offered(source.bounds()) {
        let (name, uri) = (reference.name(), reference.uri());
        page.raw(format!("<li>{} <code>{}</code></li>", escaped(&name), escaped(&uri)));
    }
    page.raw("</ul>");
    page.finish(&about.title, links)
}

/// What a collection can be filtered by.
pub fn queryables(_: &Ask, source: &dyn FeatureSource, links: &[Link]) -> Response {
    let about = source.about();
    let mut way = way();
    way.push((&about.title, format!("/collections/{}", encoded(&about.id))));
    let mut page = Page::new("筛选字段", "Queryables", &way);
    let heads = [
        "字段 <span lang=\"en\">Property</span>",
        "名称 <span lang=\"en\">Title</span>",
        "类型 <span lang=\"en\">Type</span>",
    ];
    let own =
        vec![format!("<code>{GEOMETRY}</code>"), "几何".to_owned(), "几何 geometry".to_owned()];
    let fields = source.fields().iter().filter(|field| field.kind != Kind::Nested);
    let rows = fields.map(|field| {
        let kind = match field.kind {
            Kind::Text => "文字 text",
            Kind::Integer => "整数 integer",
            Kind::Real => "数 number",
            Kind::Boolean => "是否 boolean",
            Kind::List | Kind::Nested => "列表 list",
        };
        vec![
            format!("<code>{}</code>", escaped(&field.key)),
            escaped(&field.title),
            kind.to_owned(),
        ]
    });
    page.table(&heads.map(str::to_owned), std::iter::once(own).chain(rows));
    page.heading("例", "Example");
    let example = format!(
        "{}/items?filter=name LIKE '%镇'",
        Site::path(&format!("/collections/{}", about.id))
    );
    page.raw(format!("<p><code>{}</code></p>", escaped(&example)));
    page.finish(&format!("{} 筛选字段", about.title), links)
}

/// The description of the interface: its paths and their parameters.
pub fn api(_: &Ask, document: &Value, links: &[Link]) -> Response {
    let mut page = Page::new("接口说明", "API", &way()[..1]);
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let parameters = &document["components"]["parameters"];
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let operation = &item["get"];
        page.raw(format!("<h2><code>GET {}</code></h2>", escaped(&Site::path(path))));
        page.paragraph(&text(operation, "summary"));
        let names = operation["parameters"].as_array().into_iter().flatten();
        let rows = names.filter_map(|reference| {
            let name = reference["$ref"].as_str()?.rsplit('/').next()?;
            let parameter = &parameters[name];
            let schema = &parameter["schema"];
            let kind = schema["enum"].as_array().filter(|all| all.len() < 5).map_or_else(
                || text(schema, "type"),
                |all| all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
            );
            let name = format!("<code>{}</code>", escaped(&text(parameter, "name")));
            Some(vec![name, escaped(&kind), escaped(&text(parameter, "description"))])
        });
        let heads = [
            "参数 <span lang=\"en\">Parameter</span>",
            "类型 <span lang=\"en\">Type</span>",
            "说明 <span lang=\"en\">Remarks</span>",
        ];
        page.table(&heads.map(str::to_owned), rows);
    }
    page.finish("接口说明 API", links)
}
