//! Themes out of the numbers that a layer of one's own brings along.

use crate::model::{Atlas, DROPPED_GROUP, Layer, PlaceIdx};
use crate::query::theme::{Scale, Theme, Values};

/// A property whose every value is a number.
pub struct Field<'a> {
    layer: &'a Layer,
    property: &'a str,
}

/// All such properties of the layers that were dropped into the folder, in the order of the files.
pub fn all(atlas: &Atlas) -> Vec<Field<'_>> {
    let dropped = atlas.layers.iter().filter(|layer| layer.group == DROPPED_GROUP);
    dropped.flat_map(|layer| of_layer(atlas, layer)).collect()
}

fn of_layer<'a>(atlas: &'a Atlas, layer: &'a Layer) -> Vec<Field<'a>> {
    // Whether every value seen so far is a number; the first feature with a property decides its
    // place in the list.
    let mut seen: Vec<(&str, bool)> = Vec::new();
    for &place in &layer.places {
        for (property, value) in &atlas.place(place).properties {
            if value.is_null() {
                continue;
            }
            let number = value.as_f64().is_some_and(f64::is_finite);
            match seen.iter_mut().find(|(name, _)| name == property) {
                Some((_, numeric)) => *numeric &= number,
                None => seen.push((property, number)),
            }
        }
    }
    let numeric = seen.into_iter().filter(|(_, numeric)| *numeric);
    numeric.map(|(property, _)| Field { layer, property }).collect()
}

impl Field<'_> {
    /// The id of its theme.
    pub fn id(&self) -> String {
        format!("field:{}:{}", self.layer.id, self.property)
    }

    /// Its theme. The file names no unit, so there is none.
    pub fn theme(&self) -> Theme {
        Theme {
            id: self.id(),
            title: self.property.to_owned(),
            title_en: self.property.to_owned(),
            unit: String::new(),
            unit_en: String::new(),
            layer: self.layer.id.clone(),
            scale: Scale::Number,
            by: Vec::new(),
            note: format!("自带图层“{}”的属性“{}”，数值照原样", self.layer.title, self.property),
            note_en: format!(
                "Property “{}” of your layer “{}”, as it stands there",
                self.property, self.layer.title_en
            ),
            levels: Vec::new(),
        }
    }

    /// Its value at every feature of the layer.
    pub fn values(&self, atlas: &Atlas) -> Values {
        let value = |p: PlaceIdx| {
            atlas.place(p).properties.get(self.property).and_then(serde_json::Value::as_f64)
        };
        self.layer.places.iter().map(|&p| (p, value(p))).collect()
    }
}
