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
        let accept: Vec<&str> = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        let accept = accept.join(",");
        if accept.trim().is_empty() {
            return Ok(Self::Json);
        }
        let ranges: Vec<(&str, f64)> = accept.split(',').map(range).collect();
        let weight = |fits: &dyn Fn(&str) -> Option<u8>| {
            let fitting = ranges.iter().filter_map(|(kind, q)| Some((fits(kind)?, *q)));
            // The most specific range that fits decides.
            fitting.max_by_key(|(specific, _)| *specific).map_or(0.0, |(_, q)| q)
        };
        let html = weight(&|kind| match kind {
            "text/html" => Some(2),
            "text/*" => Some(1),
            "*/*" => Some(0),
            _ => None,
        });
        let json = weight(&|kind| match kind {
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
