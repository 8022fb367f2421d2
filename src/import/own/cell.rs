//! Values of cells, and which differences a format makes by itself.

use encoding_rs::GBK;
use serde_json::Value;

use crate::export::SEPARATOR;

/// What stands in a GBK file for a character that GBK does not have.
pub const MISSING: char = '〓';
/// Bytes of a text in a Shapefile.
const DBF: usize = 254;
/// Units of UTF-16 in a cell of a workbook.
const SHEET: usize = 32_767;

/// A value as text; nothing where it is blank.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.replace("\r\n", "\n").trim().to_owned(),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(SEPARATOR)
        }
        other => other.to_string(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Several texts in one.
pub fn items(text: Option<&str>) -> Vec<&str> {
    let items = text.unwrap_or_default().split([';', '；']).map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
}

/// Whether the new text is the old one, or all of it that the format could carry.
pub fn same(old: Option<&str>, new: Option<&str>, format: &str) -> bool {
    let (old, new) = match (old.map(|old| old.replace("\r\n", "\n")), new) {
        (None, None) => return true,
        (Some(old), None) => return old.trim().is_empty(),
        (None, Some(_)) => return false,
        (Some(old), Some(new)) => (old, new),
    };
    let old = old.trim();
    if old == new {
        return true;
    }
    let mut rest = old.chars();
    let carried =
        new.chars().all(|new| rest.next().is_some_and(|old| old == new || new == MISSING));
    let rest = rest.as_str();
    carried && (rest.is_empty() || is_full(new, format))
}

/// Whether a text is as long as the format allows, so that something may be missing behind it.
pub fn is_full(text: &str, format: &str) -> bool {
    match format {
        // A character of four bytes more would not have fitted; blanks at the end are not kept.
        "Shapefile" => {
            [text.len(), GBK.encode(text).0.len()].iter().any(|len| (DBF - 4..=DBF).contains(len))
        }
        "XLSX" => text.encode_utf16().count() + 2 > SHEET,
        _ => false,
    }
}

/// Whether a text is longer than the format can carry.
pub fn is_too_long(text: &str, format: &str) -> bool {
    match format {
        "Shapefile" => text.len() > DBF,
        "XLSX" => text.encode_utf16().count() > SHEET,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{same, text};

    #[test]
    fn what_a_format_could_not_carry_is_no_change() {
        let long = "大健康产业".repeat(30);
        assert!(same(Some(&long), Some(&long[..252]), "Shapefile"));
        assert!(!same(Some(&long), Some(&long[..252]), "CSV"));
        assert!(!same(Some(&long), Some(&long[..120]), "Shapefile"));
        assert!(same(Some("𠮷野家"), Some("〓野家"), "Shapefile"));
        assert!(!same(Some("𠮷野家"), Some("〓野"), "CSV"));
        assert!(same(Some("a\r\nb "), Some("a\nb"), "CSV") && !same(None, Some("a"), "CSV"));
        assert_eq!(text(&json!(["a", "b"])).as_deref(), Some("a；b"));
    }
}
