//! What a request to the OGC interface asks, taken out of its address.
//!
//! An unknown parameter is an error, and so is one given twice: a misspelt filter that is silently
//! ignored gives a wrong answer that looks right.

use axum::extract::{FromRequestParts, Query};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::http::ogc::format::{Accept, Format};
use crate::http::ogc::links::Site;
use crate::http::problem::Problem;

/// A request.
pub struct Ask {
    pub site: Site,
    pub format: Format,
    /// The query as it was written.
    pub query: String,
    /// Parameters besides `f`, decoded.
    pub pairs: Vec<(String, String)>,
}

/// A request to what has formats of its own besides JSON and HTML.
pub struct Open {
    pub headers: HeaderMap,
    /// The format that the address asks for.
    pub f: Option<String>,
    query: String,
    pairs: Vec<(String, String)>,
}

impl Open {
    /// Whether it asks for a format by its word in the address or, without one, by its media type.
    pub fn wants(&self, word: &str, kind: &str) -> bool {
        let named = || Accept::of(&self.headers).names(kind);
        self.f.as_deref().map_or_else(named, |f| f == word)
    }

    /// The request as one for JSON or HTML.
    pub fn ask(self) -> Result<Ask, Problem> {
        let format = Format::wanted(self.f.as_deref(), &self.headers)?;
        Ok(self.with(format))
    }

    /// The request with a format that is known already.
    pub fn with(self, format: Format) -> Ask {
        let site = Site::new(&self.headers);
        Ask { site, format, query: self.query, pairs: self.pairs }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Open {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(all): Query<Vec<(String, String)>> = Query::try_from_uri(&parts.uri)
            .map_err(|rejection| Problem::bad_request(rejection.body_text()))?;
        for (number, (name, _)) in all.iter().enumerate() {
            if all[..number].iter().any(|(before, _)| before == name) {
                return Err(Problem::bad_request(format!("the parameter {name:?} is given twice")));
            }
        }
        let (f, pairs): (Vec<_>, Vec<_>) = all.into_iter().partition(|(name, _)| name == "f");
        Ok(Self {
            headers: parts.headers.clone(),
            f: f.into_iter().next().map(|(_, value)| value),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            pairs,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Open::from_request_parts(parts, state).await?.ask()
    }
}

impl Ask {
    /// Refuses every parameter.
    pub fn plain(&self) -> Result<(), Problem> {
        self.only(&[])
    }

    /// Refuses every parameter that is none of these.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(unknown(name, known)),
            None => Ok(()),
        }
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address of the same page with another offset.
    pub fn with_offset(&self, path: &str, offset: usize) -> String {
        let kept = self.query.split('&').filter(|pair| {
            !pair.is_empty() && !pair.starts_with("offset=") && !pair.starts_with("f=")
        });
        let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
        if offset > 0 {
            pairs.push(format!("offset={offset}"));
        }
        pairs.push(format!("f={}", if self.format == Format::Html { "html" } else { "json" }));
        self.site.at(&format!("{path}?{}", pairs.join("&")))
    }
}

/// The problem that there is no such parameter.
pub fn unknown(name: &str, known: &[&str]) -> Problem {
    let mut all = vec!["f"];
    all.extend(known);
    let known = all.join(", ");
    Problem::bad_request(format!("there is no parameter {name:?} here; known are: {known}"))
}
