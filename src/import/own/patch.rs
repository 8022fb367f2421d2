//! Changes a file of places and leaves every byte as it is that says nothing of the change.
//!
//! The file is never written anew: values are replaced where they stand, properties that come new go
//! behind those that stand before them in every file, and new features behind the last one.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The order in which the files have the properties of a place.
const ORDER: [&str; 13] = [
    "name",
    "name_en",
    "pinyin",
    "aliases",
    "kind",
    "county",
    "within",
    "accuracy",
    "source",
    "seat",
    "seat_accuracy",
    "note",
    "note_en",
];

/// What is to change in one file.
#[derive(Debug, Default)]
pub struct Patch {
    /// Places that change, by id.
    pub changed: HashMap<String, Change>,
    /// Ids of places that go.
    pub removed: Vec<String>,
    /// Places that come, each a whole feature.
    pub added: Vec<String>,
}

/// What is to change of one place.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Change {
    /// Properties with their new values; null takes the property away.
    pub properties: Map<String, Value>,
    /// The new geometry, null for none; `None` leaves it as it is.
    pub geometry: Option<Value>,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

type Members<'a> = HashMap<String, &'a RawValue>;

/// A range of the text, and what stands there afterwards.
type Edit = (Range<usize>, String);

/// The text of the file with the changes; the error says what in the file stands in the way.
pub fn apply(text: &str, patch: &Patch) -> Result<String, String> {
    let body = text.trim_start_matches('\u{feff}');
    let broken = |error: serde_json::Error| error.to_string();
    let collection: Collection<'_> = serde_json::from_str(body).map_err(broken)?;
    let range = |raw: &RawValue| -> Range<usize> {
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        start..start + raw.get().len()
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut places: Vec<(Range<usize>, bool)> = Vec::new();
    let mut found = 0;
    for raw in &collection.features {
        let members: Members<'_> = serde_json::from_str(raw.get()).map_err(broken)?;
        let id = members.get("id").map(|id| plain(id)).unwrap_or_default();
        if let Some(change) = patch.changed.get(&id) {
            found += 1;
            change_feature(text, &members, &range, change, &mut edits)?;
        }
        let goes = patch.removed.contains(&id);
        found += usize::from(goes);
        places.push((range(raw), goes));
    }
    if found != patch.changed.len() + patch.removed.len() {
        return Err("a place is no longer there".into());
    }
    let last = places.iter().rposition(|(_, goes)| !goes);
    for (number, (here, _)) in places.iter().enumerate().filter(|(_, (_, goes))| *goes) {
        if last.is_some_and(|last| number < last) {
            edits.push((here.start..places[number + 1].0.start, String::new()));
        }
    }
    let whole = if let (Some((first, _)), Some((end, _))) = (places.first(), places.last()) {
        first.start..end.end
    } else {
        let at = text.find("\"features\"").and_then(|at| Some(at + text[at..].find('[')? + 1));
        let at = at.ok_or("no features")?;
        at..at
    };
    let end = last.map_or(whole.start, |last| places[last].0.end);
    let mut tail = String::new();
    for (number, feature) in patch.added.iter().enumerate() {
        if last.is_some() || number > 0 {
            tail.push_str(if text.contains("\r\n") { ",\r\n" } else { ",\n" });
        }
        tail.push_str(feature);
    }
    if end < whole.end || !tail.is_empty() {
        edits.push((end..whole.end, tail));
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    Ok(out)
}

fn change_feature(
    text: &str,
    members: &Members<'_>,
    range: &impl Fn(&RawValue) -> Range<usize>,
    change: &Change,
    edits: &mut Vec<Edit>,
) -> Result<(), String> {
    let raw = *members.get("properties").ok_or("a feature without properties")?;
    if let Some(geometry) = &change.geometry {
        if let Some(old) = members.get("geometry") {
            edits.push((range(old), geometry.to_string()));
        } else {
            let end = range(raw).end;
            edits.push((end..end, format!(",\"geometry\":{geometry}")));
        }
    }
    let properties: Members<'_> =
        serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
    // New properties behind the same one stay in the order of the files.
    let mut keys: Vec<&String> = change.properties.keys().collect();
    keys.sort_by_key(|key| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    let mut new: Vec<Edit> = Vec::new();
    for key in keys {
        let value = &change.properties[key];
        match (properties.get(key), value) {
            (Some(old), Value::Null) => edits.push((member(text, key, range(old))?, String::new())),
            (None, Value::Null) => {}
            (Some(old), value) => edits.push((range(old), value.to_string())),
            (None, value) => {
                let place = ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len());
                let goes = |known: &str| change.properties.get(known) == Some(&Value::Null);
                let mut known = ORDER[..place].iter().rev().filter(|known| !goes(known));
                let before = known.find_map(|known| properties.get(*known));
                let at = before.map(|raw| range(raw).end).ok_or("a feature without a name")?;
                let text = format!(",{}:{value}", Value::from(key.as_str()));
                match new.iter_mut().find(|(range, _)| range.start == at) {
                    Some((_, all)) => all.push_str(&text),
                    None => new.push((at..at, text)),
                }
            }
        }
    }
    edits.extend(new);
    Ok(())
}

/// A property with its name and the comma before it, or else the one behind it.
fn member(text: &str, key: &str, value: Range<usize>) -> Result<Range<usize>, String> {
    let name = Value::from(key).to_string();
    let before = text[..value.start].trim_end().strip_suffix(':').map(str::trim_end);
    let before = before.and_then(|before| before.strip_suffix(&name));
    let before = before.ok_or_else(|| format!("{key} is not written plainly"))?.trim_end();
    if let Some(start) = before.strip_suffix(',') {
        return Ok(start.len()..value.end);
    }
    let behind = text[value.end..].trim_start();
    let end = text.len() - behind.len();
    let end = if behind.starts_with(',') { end + 1 } else { value.end };
    Ok(before.len()..end)
}

/// An id as the loader takes it.
fn plain(raw: &RawValue) -> String {
    match serde_json::from_str(raw.get()) {
        Ok(Value::String(id)) => id,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Change, Patch, apply};

    const FILE: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n\
        {\"type\":\"Feature\",\"id\":\"a\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[108.70, 31.0]},\"properties\":{\"name\":\"甲\",\"kind\":\"x\",\"note\":\"n\"}},\n\
        {\"type\":\"Feature\",\"id\":\"b\",\"geometry\":null,\"properties\":{ \"name\": \"乙\", \"note_en\": \"n\" }},\n\
        {\"type\":\"Feature\",\"id\":\"c\",\"geometry\":null,\"properties\":{\"name\":\"丙\"}}\n]}\n";

    fn patched(patch: &Patch) -> String {
        let text = apply(FILE, patch).unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
        text
    }

    fn change(properties: &Value, geometry: Option<Value>) -> Change {
        Change { properties: properties.as_object().unwrap().clone(), geometry }
    }

    #[test]
    fn only_what_changes_changes() {
        let mut patch = Patch::default();
        patch.changed.insert(
            "a".into(),
            change(&json!({ "note": null, "aliases": ["A"], "pinyin": "Jiǎ" }), None),
        );
        patch.changed.insert(
            "b".into(),
            change(&json!({ "name": "乙乙" }), Some(json!({ "type": "Point" }))),
        );
        let expected = FILE
            .replace(
                "\"甲\",\"kind\":\"x\",\"note\":\"n\"",
                "\"甲\",\"pinyin\":\"Jiǎ\",\"aliases\":[\"A\"],\"kind\":\"x\"",
            )
            .replace(
                "\"id\":\"b\",\"geometry\":null",
                "\"id\":\"b\",\"geometry\":{\"type\":\"Point\"}",
            )
            .replace("\"name\": \"乙\"", "\"name\": \"乙乙\"");
        assert_eq!(patched(&patch), expected);
    }

    #[test]
    fn features_come_and_go_with_their_commas() {
        let lines: Vec<&str> = FILE.lines().collect();
        for removed in
            [vec!["a"], vec!["b"], vec!["c"], vec!["a", "c"], vec!["b", "c"], vec!["a", "b", "c"]]
        {
            for added in [vec![], vec!["{\"id\":\"d\"}".to_owned(), "{\"id\":\"e\"}".to_owned()]] {
                let ids = removed.iter().map(|id| (*id).to_owned()).collect();
                let text =
                    patched(&Patch { removed: ids, added: added.clone(), ..Patch::default() });
                let collection: Value = serde_json::from_str(&text).unwrap();
                let left = 3 - removed.len() + added.len();
                assert_eq!(collection["features"].as_array().unwrap().len(), left, "{text}");
            }
        }
        let without = patched(&Patch { removed: vec!["c".into()], ..Patch::default() });
        let kept = lines[2].strip_suffix(',').unwrap();
        assert_eq!(without, format!("{}\n{}\n{kept}\n]}}\n", lines[0], lines[1]));
        assert!(apply(FILE, &Patch { removed: vec!["z".into()], ..Patch::default() }).is_err());
    }
}
