//! What an import would change in a layer that is there already, feature by feature.

use std::collections::{HashMap, HashSet};

use geo::{CoordsIter, Geometry};
use serde_json::Value;

use crate::import::{Feature, Refusal, Wishes};
use crate::load::Lang;
use crate::model::Atlas;

/// What becomes of one feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is new.
    Added {
        /// Id.
        id: String,
        /// Its name, where it has one.
        name: String,
    },
    /// It is gone.
    Removed {
        /// Id.
        id: String,
        /// Its name, where it had one.
        name: String,
    },
    /// It is another.
    Changed {
        /// Id.
        id: String,
        /// Its name, where it has one.
        name: String,
        /// Properties that differ, with the value before and after.
        values: Vec<(String, Value, Value)>,
        /// Whether it is somewhere else or has another shape.
        moved: bool,
    },
}

/// All changes, in the order of the new layer, then what is gone.
#[derive(Debug, Default)]
pub struct Difference {
    /// The changes.
    pub changes: Vec<Change>,
    /// How many features stay as they are.
    pub unchanged: usize,
}

/// Compares the GeoJSON that is there with the features that are to replace it.
///
/// # Errors
/// When the old file cannot be read as a layer.
pub fn difference(
    old: &std::path::Path,
    layer: &str,
    new: &[Feature],
) -> Result<Difference, Refusal> {
    let before = super::read(old, &Wishes::default(), layer, &Atlas::default())?.features;
    let by_id: HashMap<&str, &Feature> = before.iter().map(|f| (f.id.as_str(), f)).collect();
    let ids: HashSet<&str> = new.iter().map(|f| f.id.as_str()).collect();
    let mut found = Difference::default();
    for feature in new {
        let (id, name) = (feature.id.clone(), name(feature));
        let Some(old) = by_id.get(id.as_str()) else {
            found.changes.push(Change::Added { id, name });
            continue;
        };
        let values = values(old, feature);
        let moved = !same_place(old.geometry.as_ref(), feature.geometry.as_ref());
        if values.is_empty() && !moved {
            found.unchanged += 1;
        } else {
            found.changes.push(Change::Changed { id, name, values, moved });
        }
    }
    for feature in before.iter().filter(|f| !ids.contains(f.id.as_str())) {
        found.changes.push(Change::Removed { id: feature.id.clone(), name: name(feature) });
    }
    Ok(found)
}

impl Difference {
    /// How many features are added, changed and removed.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |kind: fn(&Change) -> bool| self.changes.iter().filter(|c| kind(c)).count();
        (
            count(|change| matches!(change, Change::Added { .. })),
            count(|change| matches!(change, Change::Changed { .. })),
            count(|change| matches!(change, Change::Removed { .. })),
        )
    }
}

impl Change {
    /// The change as one line of text.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Added { id, name } => format!("+ {id} {name}"),
            Self::Removed { id, name } => format!("- {id} {name}"),
            Self::Changed { id, name, values, moved } => {
                let mut parts: Vec<String> = values
                    .iter()
                    .map(|(key, before, after)| {
                        format!("{key}: {} → {}", short(before), short(after))
                    })
                    .collect();
                if *moved {
                    parts.push(if zh { "位置或形状改变" } else { "moved or reshaped" }.to_owned());
                }
                format!("~ {id} {name} | {}", parts.join(if zh { "；" } else { "; " }))
            }
        }
    }
}

/// A value as it fits into a line.
fn short(value: &Value) -> String {
    let text = match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn name(feature: &Feature) -> String {
    let words = ["name", "NAME", "Name", "名称", "地名", "MC"];
    let found = words.iter().find_map(|key| feature.properties.get(*key)?.as_str());
    found.unwrap_or_default().to_owned()
}

/// Properties that differ; one that is missing is one without value.
fn values(old: &Feature, new: &Feature) -> Vec<(String, Value, Value)> {
    let keys = new.properties.keys();
    let gone = old.properties.keys().filter(|key| !new.properties.contains_key(*key));
    keys.chain(gone)
        .filter_map(|key| {
            let value =
                |feature: &Feature| feature.properties.get(key).cloned().unwrap_or_default();
            let (before, after) = (value(old), value(new));
            (!same_value(&before, &after)).then(|| (key.clone(), before, after))
        })
        .collect()
}

/// 5 and 5.0 are one number: few formats tell them apart.
fn same_value(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        #[expect(clippy::float_cmp, reason = "the same number, not a near one")]
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// Whether two geometries have the same positions: where a ring starts, and whether a single part
/// is called multiple, is not a difference.
fn same_place(a: Option<&Geometry<f64>>, b: Option<&Geometry<f64>>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let positions = |geometry: &Geometry<f64>| {
        let mut all: Vec<(i64, i64)> = geometry
            .coords_iter()
            .map(|c| {
                #[expect(clippy::cast_possible_truncation, reason = "degrees")]
                let whole = |degrees: f64| (degrees * 1e7).round() as i64;
                (whole(c.x), whole(c.y))
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    sort(a) == sort(b) && positions(a) == positions(b)
}

/// 0 for points, 1 for lines, 2 for areas.
fn sort(geometry: &Geometry<f64>) -> u8 {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => 0,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => 1,
        _ => 2,
    }
}
