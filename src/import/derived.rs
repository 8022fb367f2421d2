//! Tables of a dropped layer that our own CSV, workbook or Shapefile brought back, perhaps edited in between.
//!
//! Their first column is the id, and their last are the position, headed as an export heads them: both
//! are the feature's own id and geometry, not attributes of it. As attributes they would come again, under
//! new names, with every round.

use serde_json::Value;

use crate::crs::Crs;
use crate::export::geometry_headings;
use crate::import::draft::{Draft, Form, Table};

const ID: &str = "编号";

/// Takes away what an export has derived from id and geometry.
pub fn take_back(table: &mut Table) {
    let Some([x, y]) = table.drafts.first().and_then(position) else { return };
    for draft in &mut table.drafts {
        let blank = |key: &str| draft.properties.get(key).is_none_or(|value| text(value).is_none());
        let id = draft.properties.get(ID).and_then(text);
        // Exported without a position, it has none; a new row may still name its township.
        if id.is_some() && matches!(draft.form, Form::Township(_)) {
            draft.form = Form::Nothing;
        }
        // What could not be read as a position stays to be seen.
        if matches!(draft.form, Form::Shape(_)) || blank(x) && blank(y) {
            draft.properties.shift_remove(x);
            draft.properties.shift_remove(y);
        }
        draft.properties.shift_remove(ID);
        draft.id = id;
    }
    table.own_ids = true;
}

/// Takes the first column for the id, in a Shapefile that is known to be an export.
pub fn take_id(table: &mut Table) {
    for draft in &mut table.drafts {
        if draft.properties.keys().next().is_some_and(|key| key == ID) {
            draft.id = draft.properties.shift_remove(ID).as_ref().and_then(text);
            table.own_ids = true;
        }
    }
}

/// The headings of the position, where the columns stand as in an export. Well-known text is no property
/// any more.
fn position(draft: &Draft) -> Option<[&'static str; 2]> {
    let mut keys = draft.properties.keys();
    if keys.next()? != ID {
        return None;
    }
    let (last, before) = (keys.next_back()?, keys.next_back()?);
    // Plain degrees, metres, and the two systems that put their names into headings.
    [Crs::Wgs84, Crs::WebMercator, Crs::Gcj02, Crs::Bd09]
        .map(geometry_headings)
        .into_iter()
        .find(|[x, y, _]| before == x && last == y)
        .map(|[x, y, _]| [x, y])
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}
