//! CQL2 filters, as text and as JSON.

use axum::http::StatusCode;

use super::ask::{encoded, get};
use super::folder::served;

/// Collections of every kind: own places, features in memory, features in a file.
const COLLECTIONS: [&str; 3] = ["townships", "plots", "parcels"];

/// Filters by the input; one that begins with a brace is JSON. What is sound means the same when it is negated
/// twice, and when it is asked for beside itself.
pub fn run(input: &[u8]) {
    // Longer addresses are refused as such.
    if input.len() > 2000 {
        return;
    }
    for collection in COLLECTIONS {
        let json = input.trim_ascii_start().starts_with(b"{");
        let Some(found) = matched(collection, input, json) else { continue };
        // What is no character is read as U+FFFD, as everywhere in addresses.
        let text = String::from_utf8_lossy(input);
        let same = if json {
            let not = format!(r#"{{"op":"not","args":[{text}]}}"#);
            [
                format!(r#"{{"op":"not","args":[{not}]}}"#),
                format!(r#"{{"op":"or","args":[{text},{text}]}}"#),
            ]
        } else {
            [format!("NOT (NOT ({text}))"), format!("({text}) OR ({text})")]
        };
        for filter in same {
            // Nested twice more, or twice as long, it may be too much.
            if let Some(again) = matched(collection, filter.as_bytes(), json) {
                assert_eq!(found, again, "{collection}: {text} against {filter}");
            }
        }
    }
}

/// How many features match; `None` where the filter is refused.
fn matched(collection: &str, filter: &[u8], json: bool) -> Option<u64> {
    let language = if json { "cql2-json" } else { "cql2-text" };
    let filter = encoded(filter);
    let address = format!(
        "/ogc/collections/{collection}/items?f=json&limit=1&filter-lang={language}&filter={filter}"
    );
    let answer = get(&served(), &address);
    match answer.status {
        StatusCode::OK => Some(answer.json()["numberMatched"].as_u64().expect("a number")),
        status => {
            assert!(status.is_client_error(), "{address}: {status}");
            None
        }
    }
}
