//! Parameters as the older services of the OGC have them: names in any case, values as they are.

use std::str::FromStr;

/// The parameters of an address.
#[derive(Debug, Clone, Default)]
pub struct Kvp(Vec<(String, String)>);

impl Kvp {
    /// Reads the part of an address behind the question mark.
    pub fn read(query: &str) -> Self {
        let pairs: Vec<(String, String)> = decoded(query);
        Self(pairs.into_iter().map(|(name, value)| (name.to_ascii_uppercase(), value)).collect())
    }

    /// The value of a parameter; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value of a parameter that holds something else than text; the error is what it holds.
    pub fn parsed<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        self.get(name).map(|text| text.parse().map_err(|_| text.to_owned())).transpose()
    }

    /// A list separated by commas.
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.get(name).map(|text| text.split(',').collect()).unwrap_or_default()
    }
}

fn decoded(query: &str) -> Vec<(String, String)> {
    let address = format!("/?{query}").parse::<axum::http::Uri>();
    let read = address
        .ok()
        .and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    read.map(|axum::extract::Query(pairs)| pairs).unwrap_or_default()
}
