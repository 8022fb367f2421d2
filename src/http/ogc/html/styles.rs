//! Pages of styles: their legends.

use axum::response::Response;

use crate::http::ogc::html::page::{Page, anchor, english, escaped};
use crate::http::ogc::html::way;
use crate::http::ogc::links::{Link, Site, encoded};
use crate::http::ogc::styles::Look;

/// The list of styles, of the atlas or of a collection.
pub fn styles(base: &str, looks: &[Look<'_>], links: &[Link]) -> Response {
    let mut way = way()[..1].to_vec();
    if let Some(look) = looks.first().filter(|_| !base.is_empty()) {
        way.push((look.title, base.to_owned()));
    }
    let mut page = Page::new("样式", "Styles", &way);
    page.raw("<ul>");
    for look in looks {
        let path = Site::path(&format!("{base}/styles/{}", encoded(&look.id)));
        let name = anchor(&path, look.title) + &english(look.title_en);
        page.raw(format!("<li>{name} <code>{}</code></li>", escaped(&look.id)));
    }
    page.raw("</ul>");
    page.finish("样式 Styles", links)
}

/// One style: what each of its layers distinguishes, and by which colour.
pub fn style_page(look: &Look<'_>, links: &[Link]) -> Response {
    let mut way = way()[..1].to_vec();
    way.push(("样式 Styles", "/styles".to_owned()));
    let mut page = Page::new(look.title, look.title_en, &way);
    page.paragraph("示意、大致的位置画成虚线、淡色，乡镇驻地代替的点画成空心；样式不含文字。");
    page.raw(
        "<p lang=\"en\">What is schematic or approximate is dashed and pale, what only stands for a place is hollow; \
         the style has no text.</p>",
    );
    for layer in &look.layers {
        page.heading(&layer.title, &layer.title_en);
        let swatch = |color: &str| {
            format!(
                "<svg width=\"28\" height=\"14\" aria-hidden=\"true\"><rect width=\"28\" height=\"14\" fill=\"{0}\"/></svg> <code>{0}</code>",
                escaped(color)
            )
        };
        let heads = [
            "颜色 <span lang=\"en\">Colour</span>",
            "图例 <span lang=\"en\">Legend</span>",
            "class",
        ];
        let own = vec![
            swatch(&layer.style.color),
            "其他 <span lang=\"en\">Other</span>".to_owned(),
            String::new(),
        ];
        let rows = layer.classes.iter().map(|class| {
            let name = escaped(&class.label) + &english(&class.label_en);
            vec![swatch(&class.color), name, format!("<code>{}</code>", escaped(&class.value))]
        });
        page.table(&heads.map(str::to_owned), rows.chain(std::iter::once(own)));
    }
    page.finish(look.title, links)
}
