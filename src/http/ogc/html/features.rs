//! Features on pages.

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use geo::CoordsIter;

use crate::feature::{Cell, Simple};
use crate::http::ogc::ask::Ask;
use crate::http::ogc::html::page::{Page, anchor, escaped};
use crate::http::ogc::html::way;
use crate::http::ogc::links::{Link, Site, encoded};
use crate::http::ogc::resources::corners;
use crate::http::ogc::wanted::Wanted;
use crate::query::collection::{FeatureSource, Reference, Rows};

/// Columns that fit beside each other; the page of a feature has them all.
const COLUMNS: usize = 8;

/// A page of features.
pub fn items(
    ask: &Ask,
    source: &dyn FeatureSource,
    wanted: &Wanted,
    rows: &Rows,
    links: &[Link],
) -> Response {
    let about = source.about();
    let mut way = way();
    way.push((&about.title, format!("/collections/{}", encoded(&about.id))));
    let mut page = Page::new(&format!("{} · 要素", about.title), &about.title_en, &way);
    let first = wanted.question.offset + 1;
    let last = wanted.question.offset + rows.rows.len();
    let matched = rows.matched.map_or_else(|| "?".to_owned(), |matched| matched.to_string());
    if rows.rows.is_empty() {
        page.paragraph(&format!("没有要素 (no features) · 共 {matched} of {matched}"));
    } else {
        page.paragraph(&format!(
            "第 {first}–{last} 个，共 {matched} 个 (features {first}–{last} of {matched})"
        ));
    }
    page.raw("<p class=\"pages\">");
    for link in links.iter().filter(|link| ["prev", "next"].contains(&link.rel)) {
        page.raw(anchor(&link.href, &link.title));
    }
    page.raw("</p>");
    let all: Vec<usize> = match &wanted.fields {
        Some(fields) => fields.clone(),
        None => (1..source.fields().len()).take(COLUMNS).collect(),
    };
    let mut heads = vec!["编号 id".to_owned()];
    heads.extend(all.iter().map(|&field| escaped(&source.fields()[field].title)));
    let table = rows.rows.iter().map(|&row| {
        let id = source.id(row);
        let path =
            Site::path(&format!("/collections/{}/items/{}", encoded(&about.id), encoded(&id)));
        let mut cells = vec![anchor(&path, &id)];
        cells.extend(all.iter().map(|&field| shown(&source.cell(row, field))));
        cells
    });
    page.table(&heads, table);
    let _ = ask;
    with_crs(page.finish(&about.title, links), &wanted.reference)
}

/// One feature.
pub fn item(
    _: &Ask,
    source: &dyn FeatureSource,
    row: usize,
    reference: &Reference,
    links: &[Link],
) -> Response {
    let about = source.about();
    let id = source.id(row);
    let name = source.fields().iter().position(|field| field.key == "name");
    let title = match name.map(|field| source.cell(row, field)) {
        Some(Cell::Text(name)) => name.into_owned(),
        _ => id.clone().into_owned(),
    };
    let mut way = way();
    way.push((&about.title, format!("/collections/{}", encoded(&about.id))));
    way.push(("要素 Features", format!("/collections/{}/items", encoded(&about.id))));
    let mut page = Page::new(&title, &id, &way);
    let fields = source.fields().iter().enumerate().skip(1);
    let table = fields.filter_map(|(field, known)| match source.cell(row, field) {
        Cell::Null => None,
        cell => Some(vec![
            escaped(&known.title),
            format!("<code>{}</code>", escaped(&known.key)),
            shown(&cell),
        ]),
    });
    let heads = [
        "名称 <span lang=\"en\">Title</span>",
        "字段 <span lang=\"en\">Property</span>",
        "值 <span lang=\"en\">Value</span>",
    ];
    page.table(&heads.map(str::to_owned), table);
    page.heading("几何", "Geometry");
    match (source.geometry(row), source.bounds_of(row)) {
        (Some(geometry), Some(bounds)) => {
            let [west, south, east, north] = corners(bounds);
            let (kind, count) = (Simple::of(&geometry).name(), geometry.coords_count());
            page.paragraph(&format!(
                "{kind}，{count} 个点 (positions)，{west:.6}, {south:.6} – {east:.6}, {north:.6}"
            ));
        }
        _ => page.paragraph("位置未定 (nobody has located it)"),
    }
    with_crs(page.finish(&title, links), reference)
}

fn with_crs(mut response: Response, reference: &Reference) -> Response {
    if let Ok(crs) = HeaderValue::from_str(&format!("<{}>", reference.uri())) {
        response.headers_mut().insert(HeaderName::from_static("content-crs"), crs);
    }
    response
}

fn shown(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Boolean(yes) => (if *yes { "是 yes" } else { "否 no" }).to_owned(),
        cell => escaped(&cell.flat().unwrap_or(Cow::Borrowed(""))),
    }
}
