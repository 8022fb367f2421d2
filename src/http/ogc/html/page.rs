//! The frame of every page: no script, no picture, one style sheet of our own.

use std::fmt::{Display, Write as _};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::http::ogc::links::{Link, Site};

/// Allows the style sheet and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// A page that is being written.
pub struct Page {
    body: String,
}

impl Page {
    /// A page with its title in both languages, and the way back: names and paths below `/ogc`.
    pub fn new(title: &str, title_en: &str, way: &[(&str, String)]) -> Self {
        let mut page = Self { body: String::new() };
        page.raw("<nav aria-label=\"路径 breadcrumb\">");
        for (name, path) in way {
            let address = Site::path(path);
            page.raw(format!("<a href=\"{}\">{}</a>", escaped(&address), escaped(name)));
        }
        page.raw("</nav><main>");
        page.raw(format!("<h1>{}{}</h1>", escaped(title), english(title_en)));
        page
    }

    /// Markup as it is.
    pub fn raw(&mut self, markup: impl Display) {
        let _ = write!(self.body, "{markup}");
    }

    /// A heading in both languages.
    pub fn heading(&mut self, text: &str, text_en: &str) {
        self.raw(format!("<h2>{}{}</h2>", escaped(text), english(text_en)));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.raw(format!("<p>{}</p>", escaped(text)));
    }

    /// A table; cells are markup.
    pub fn table(&mut self, heads: &[String], rows: impl Iterator<Item = Vec<String>>) {
        self.raw("<div class=\"wide\"><table><thead><tr>");
        for head in heads {
            self.raw(format!("<th scope=\"col\">{head}</th>"));
        }
        self.raw("</tr></thead><tbody>");
        for row in rows {
            self.raw("<tr>");
            for cell in row {
                self.raw(format!("<td>{cell}</td>"));
            }
            self.raw("</tr>");
        }
        self.raw("</tbody></table></div>");
    }

    /// The answer. Links go into the head for programs; those to other formats also to the foot.
    pub fn finish(self, title: &str, links: &[Link]) -> Response {
        let mut head = String::new();
        let mut foot = String::new();
        for link in links.iter().filter(|link| !link.templated) {
            let (href, rel) = (escaped(&link.href), escaped(link.rel));
            let (kind, name) = (escaped(link.kind), escaped(&link.title));
            let _ = write!(
                head,
                "<link rel=\"{rel}\" type=\"{kind}\" href=\"{href}\" title=\"{name}\">"
            );
            if link.rel == "alternate" {
                let _ = write!(foot, "<a href=\"{href}\" rel=\"{rel}\">{name}</a>");
            }
        }
        let (title, body, style) = (escaped(title), self.body, Site::path("/style.css"));
        let page = format!(
            "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>{title}</title><link rel=\"stylesheet\" href=\"{style}\">{head}</head>\
             <body>{body}</main><footer>{foot}<a href=\"/\">地图 Map</a><span>OGC API</span></footer></body></html>"
        );
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            (header::VARY, HeaderValue::from_static("accept")),
        ];
        (headers, page).into_response()
    }
}

/// English beside Chinese.
pub fn english(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(" <span lang=\"en\">{}</span>", escaped(text))
}

/// A link, its text as it is.
pub fn anchor(href: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(href), escaped(text))
}

/// Text that is no markup, whatever it holds.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
