//! Walks the OGC interface as a client does.

use serde_json::Value;

use super::get;

/// Collections of every shape: areas, lines, points, and places that nobody has located.
pub const SOME: [&str; 5] = ["townships", "rivers", "medical", "herbs", "layout"];

/// Links of a relation.
pub fn links<'a>(resource: &'a Value, rel: &str) -> Vec<&'a Value> {
    let all = resource["links"].as_array().unwrap_or_else(|| panic!("no links: {resource}"));
    all.iter().filter(|link| link["rel"] == rel).collect()
}

/// Where the first link of a relation leads.
pub fn link(resource: &Value, rel: &str) -> String {
    let links = links(resource, rel);
    let first = links.first().unwrap_or_else(|| panic!("no link {rel}: {resource}"));
    first["href"].as_str().unwrap().to_owned()
}

/// Ids of the features of a page, in order.
pub fn ids(page: &Value) -> Vec<String> {
    let features = page["features"].as_array().unwrap_or_else(|| panic!("no features: {page}"));
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// Ids of all features that match a query, on one page.
pub async fn all_ids(collection: &str, query: &str) -> Vec<String> {
    let address = format!("/ogc/collections/{collection}/items?limit=10000{query}");
    let answer = get(&address).await;
    assert_eq!(answer.status, 200, "{address}: {}", String::from_utf8_lossy(&answer.body));
    let page = answer.json();
    let ids = ids(&page);
    assert_eq!(page["numberMatched"], ids.len(), "{address}");
    ids
}
