//! Which format is wanted: `f` in the address first, then `Accept`.

use axum::http::{HeaderMap, StatusCode, header};

use crate::http::problem::Problem;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For programs.
    Json,
    /// For people.
    Html,
}

impl Format {
    /// The format that a request asks for. `json` is the media type that JSON has here; every JSON
    /// type is taken as asking for it.
    pub fn wanted(f: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        match f {
            Some("json" | "geojson") => return Ok(Self::Json),
            Some("html") => return Ok(Self::Html),
            Some(other) => {
                let detail = format!("f is {other:?}; it is json or html");
                return Err(Problem::bad_request(detail));
            }
            None => {}
        }
        let accept = Accept::of(headers);
        if accept.is_silent() {
            return Ok(Self::Json);
        }
        let html = accept.weight(|kind| match kind {
            "text/html" => Some(2),
            "text/*" => Some(1),
            "*/*" => Some(0),
            _ => None,
        });
        let json = accept.weight(|kind| match kind {
            "application/*" => Some(1),
            "*/*" => Some(0),
            _ => (kind.starts_with("application/") && kind.ends_with("json")).then_some(2),
        });
        match (json, html) {
            (0.0, 0.0) => Err(Problem::rejected(
                StatusCode::NOT_ACCEPTABLE,
                "answers here are JSON or HTML; accept one of them, or add f=json",
            )),
            (json, html) if html > json => Ok(Self::Html),
            _ => Ok(Self::Json),
        }
    }
}

/// What a client takes.
pub struct Accept(String);

impl Accept {
    /// What the headers say.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        Self(values.join(","))
    }

    fn is_silent(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Whether it takes this media type, named or not.
    pub fn takes(&self, kind: &str) -> bool {
        let whole = kind.split_once('/').map_or("", |(whole, _)| whole);
        let weight = |range: &str| match range.strip_suffix("/*") {
            Some("*") => Some(0),
            Some(part) => (part == whole).then_some(1),
            None => (range == kind).then_some(2),
        };
        self.is_silent() || self.weight(weight) > 0.0
    }

    /// Whether it names this media type.
    pub fn names(&self, kind: &str) -> bool {
        self.weight(|range| (range == kind).then_some(0)) > 0.0
    }

    /// The weight of what fits; the most specific range that does decides.
    fn weight(&self, fits: impl Fn(&str) -> Option<u8>) -> f64 {
        let ranges = self.0.split(',').map(range);
        let fitting = ranges.filter_map(|(kind, q)| Some((fits(kind)?, q)));
        fitting.max_by_key(|(specific, _)| *specific).map_or(0.0, |(_, q)| q)
    }
}

/// A media range in lower case without its parameters, and its weight.
fn range(text: &str) -> (&str, f64) {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let q = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
    (kind, q.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::Format;

    #[test]
    fn accept_is_weighed() {
        for (accept, format) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Format::Html)),
            ("*/*", Some(Format::Json)),
            ("application/geo+json, application/json", Some(Format::Json)),
            ("application/json;q=0.5, text/html;q=0.4", Some(Format::Json)),
            ("application/vnd.oai.openapi+json;version=3.0", Some(Format::Json)),
            ("text/html;q=0, */*", Some(Format::Json)),
            ("image/png", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(Format::wanted(None, &headers).ok(), format, "{accept}");
        }
    }
}
