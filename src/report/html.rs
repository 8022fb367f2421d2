//! Prints a report as one HTML file: its style and pictures are in it, and it prints well.
//!
//! Everything that is said goes through [`escaped`]; the pictures are our own SVG.

use std::fmt::Write as _;

use crate::picture::escaped;
use crate::report::content::{
    Block, Entry, Fact, Figure, Group, Opening, Record, Report, Stated, TableGroup, Tone,
};

/// The one style sheet of a report, as it stands in it.
pub const STYLE: &str = include_str!("report.css");

/// Writes a report.
pub fn html(report: &Report) -> String {
    let mut page = Page { report, out: String::new() };
    page.document();
    page.out
}

struct Page<'r> {
    report: &'r Report,
    out: String,
}

impl Page<'_> {
    fn document(&mut self) {
        let report = self.report;
        let language = if report.language == "zh" { "zh-CN" } else { "en" };
        let title = escaped(&report.title);
        let author = escaped(&report.author);
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"author\" content=\"{author}\"/>\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        );
        for block in &report.blocks {
            self.block(block, None);
        }
        self.out.push_str("</main>\n<footer class=\"foot\">\n");
        self.element("p", "atlas", &report.foot.atlas);
        for line in &report.foot.lines {
            self.element("p", "", line);
        }
        self.out.push_str("</footer>\n</body>\n</html>\n");
    }

    /// A text in an element; nothing where there is none.
    fn element(&mut self, name: &str, class: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = writeln!(self.out, "<{name}{class}>{}</{name}>", escaped(text));
    }

    /// The same of words of the plan, which are Chinese in both languages.
    fn chinese(&mut self, name: &str, class: &str, text: &str) {
        if !text.is_empty() {
            let text = escaped(text);
            let _ = writeln!(self.out, "<{name} class=\"{class}\" lang=\"zh-CN\">{text}</{name}>");
        }
    }

    fn block(&mut self, block: &Block, id: Option<&str>) {
        match block {
            Block::Cover(opening) => self.opening("cover", opening, None),
            Block::Opening(opening) => self.opening("opening", opening, id),
            Block::Heading { text, count } => self.heading(text, *count),
            Block::Paragraph { tone, text } => {
                let class = match tone {
                    Tone::Plain => "plain",
                    Tone::Quiet | Tone::Rest => "quiet",
                    Tone::Notice => "notice",
                };
                self.element("p", class, text);
            }
            Block::Facts { facts } => self.facts("facts", facts),
            Block::Numbers { numbers } => self.facts("numbers", numbers),
            Block::Records { records, .. } => self.records(records),
            Block::List { items, .. } => self.list(items),
            Block::Picture { image, alt, caption } => {
                let _ = write!(
                    self.out,
                    "<figure>\n<div class=\"map\" role=\"img\" aria-label=\"{}\">\n",
                    escaped(alt)
                );
                self.picture(*image);
                self.out.push_str("</div>\n");
                self.element("figcaption", "", caption);
                self.out.push_str("</figure>\n");
            }
            Block::Table { head, groups } => self.table(head, groups),
            Block::Contents { title, entries } => self.contents(title, entries),
            Block::Sheet { id, head, groups, .. } => self.sheet(id, head, groups),
        }
    }

    fn opening(&mut self, class: &str, opening: &Opening, id: Option<&str>) {
        let id = id.map_or_else(String::new, |id| format!(" id=\"part-{}\"", escaped(id)));
        let _ = writeln!(self.out, "<header class=\"{class}\"{id}>");
        if let Some(code) = &opening.code {
            let link = escaped(&code.link);
            let _ = writeln!(self.out, "<a class=\"code\" href=\"{link}\">");
            self.picture(code.image);
            self.element("span", "", &code.caption);
            self.out.push_str("</a>\n");
        }
        self.element("p", "kicker", &opening.kicker);
        self.element("h1", "", &opening.title);
        self.element("p", "second", &opening.second);
        for line in &opening.lines {
            self.element("p", "line", line);
        }
        self.out.push_str("</header>\n");
    }

    fn heading(&mut self, text: &str, count: Option<usize>) {
        let count = count
            .map_or_else(String::new, |count| format!(" <span class=\"count\">{count}</span>"));
        let _ = writeln!(self.out, "<h2>{}{count}</h2>", escaped(text));
    }

    fn facts(&mut self, class: &str, facts: &[Fact]) {
        let _ = writeln!(self.out, "<dl class=\"{class}\">");
        for Fact { label, value } in facts {
            let (label, value) = (escaped(label), escaped(value));
            let _ = writeln!(self.out, "<div><dt>{label}</dt><dd>{value}</dd></div>");
        }
        self.out.push_str("</dl>\n");
    }

    fn list(&mut self, items: &[Fact]) {
        self.out.push_str("<ul class=\"list\">\n");
        for Fact { label, value } in items {
            let (label, value) = (escaped(label), escaped(value));
            let _ = writeln!(self.out, "<li>{label} <span class=\"aside\">{value}</span></li>");
        }
        self.out.push_str("</ul>\n");
    }

    /// The picture itself: what stands before its root has no place inside a page, and the marks in it get the number
    /// of the picture, for one page has several.
    fn picture(&mut self, image: usize) {
        let Some(svg) = self.report.images.get(image) else { return };
        let root = svg.find("<svg").unwrap_or(0);
        let own = svg[root..]
            .replace(" id=\"", &format!(" id=\"i{image}-"))
            .replace("url(#", &format!("url(#i{image}-"))
            .replace("href=\"#", &format!("href=\"#i{image}-"));
        self.out.push_str(&own);
    }

    fn table(&mut self, head: &[String], groups: &[TableGroup]) {
        self.out.push_str("<table>\n<thead><tr>");
        for text in head {
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escaped(text));
        }
        self.out.push_str("</tr></thead>\n");
        for group in groups {
            let (title, across) = (escaped(&group.title), head.len());
            let _ = writeln!(
                self.out,
                "<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{across}\">{title}</th></tr>"
            );
            for row in &group.rows {
                let class = if row.mark.is_empty() { "" } else { " class=\"differs\"" };
                let label = escaped(&row.label);
                let _ = write!(self.out, "<tr{class}><th scope=\"row\">{label}</th>");
                for cell in row.cells.iter().chain([&row.mark]) {
                    let _ = write!(self.out, "<td>{}</td>", escaped(cell));
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn contents(&mut self, title: &str, entries: &[Entry]) {
        self.out.push_str("<nav class=\"contents\">\n");
        self.heading(title, None);
        self.out.push_str("<ol>\n");
        for Entry { id, title, aside } in entries {
            let (id, title, aside) = (escaped(id), escaped(title), escaped(aside));
            let _ = writeln!(
                self.out,
                "<li><a href=\"#part-{id}\">{title}</a> <span class=\"aside\">{aside}</span></li>"
            );
        }
        self.out.push_str("</ol>\n</nav>\n");
    }

    /// On a screen there is room for all records.
    fn sheet(&mut self, id: &str, head: &[Block], groups: &[Group]) {
        self.out.push_str("<section class=\"sheet\">\n");
        for block in head {
            self.block(block, Some(id));
        }
        for Group { title, records } in groups {
            self.heading(title, Some(records.len()));
            self.records(records);
        }
        self.out.push_str("</section>\n");
    }

    fn records(&mut self, records: &[Record]) {
        for record in records {
            self.record(record);
        }
    }

    fn record(&mut self, record: &Record) {
        self.out.push_str("<article>\n");
        self.element("p", "kind", &record.kicker);
        let tags =
            record.tags.iter().map(|tag| format!(" <span class=\"tag\">{}</span>", escaped(tag)));
        let tags: String = tags.collect();
        let _ = writeln!(self.out, "<h3>{}{tags}</h3>", escaped(&record.title));
        if let Some(figure) = &record.figure {
            self.figure(figure);
        }
        if !record.lines.is_empty() {
            self.facts("lines", &record.lines);
        }
        self.chinese("p", "text", &record.text);
        if !record.sides.is_empty() {
            self.out.push_str("<div class=\"sides\">\n");
            for side in &record.sides {
                self.out.push_str("<div>\n");
                self.element("p", "aside", &side.label);
                self.chinese("p", "text", &side.text);
                self.out.push_str("</div>\n");
            }
            self.out.push_str("</div>\n");
        }
        self.element("p", "note", &record.note);
        self.element("p", "disputed", &record.disputed);
        self.element("p", "cite", &record.cite);
        self.chinese("blockquote", "", &record.quote);
        self.out.push_str("</article>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        self.out.push_str("<p class=\"figure\">");
        match &figure.from {
            Some(from) => self.stated(from, "from"),
            None if !figure.without.is_empty() => {
                let _ = write!(self.out, "<small>{}</small>", escaped(&figure.without));
            }
            None => {}
        }
        if figure.from.is_some() || !figure.without.is_empty() {
            self.out.push_str(" <span class=\"arrow\">→</span> ");
        }
        self.stated(&figure.to, "to");
        self.out.push_str("</p>\n");
        if let Some([from, to]) = figure.bar {
            let [from, to] = [from, to].map(|share| (share * 1000.0).round() / 10.0);
            let _ = writeln!(
                self.out,
                "<svg class=\"bar\" viewBox=\"0 0 100 7\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{to}\" height=\"7\"/><rect class=\"from\" y=\"2\" width=\"{from}\" height=\"3\"/></svg>"
            );
        }
        for one in &figure.later {
            self.out.push_str("<p class=\"figure\">");
            self.stated(one, "later");
            self.out.push_str("</p>\n");
        }
    }

    fn stated(&mut self, stated: &Stated, class: &str) {
        let (when, text) = (escaped(&stated.when), escaped(&stated.text));
        let _ = write!(self.out, "<span class=\"{class}\"><small>{when}</small> <b>{text}</b>");
        if !stated.original.is_empty() {
            let original = escaped(&stated.original);
            let _ = write!(self.out, " <small lang=\"zh-CN\">{original}</small>");
        }
        self.out.push_str("</span>");
    }
}
