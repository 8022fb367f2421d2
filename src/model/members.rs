//! Which places belong to a layer, and what it says of each.

use crate::model::{Atlas, ClassBy, Layer, LayerClass, PlaceIdx, Role, Selection};

impl Atlas {
    /// Fills a layer with the places that belong to it. Places and their records are complete.
    pub fn fill(&self, layer: &mut Layer) {
        let Some(select) = &layer.select else { return };
        let places: Vec<PlaceIdx> =
            self.place_handles().filter(|&place| selects(self, select, place)).collect();
        let class = |&place| class_of(self, layer.class_by, &layer.classes, place);
        layer.class_of = places.iter().map(class).collect();
        layer.note_of = places.iter().map(|&p| herbs_note(self, &select.roles, p)).collect();
        layer.places = places;
    }
}

fn roles_of(atlas: &Atlas, place: PlaceIdx) -> impl Iterator<Item = &Role> {
    atlas.records(place).roles.iter().map(|&role| atlas.role(role))
}

fn selects(atlas: &Atlas, selection: &Selection, handle: PlaceIdx) -> bool {
    let place = atlas.place(handle);
    let allowed = |words: &[String], found: &mut dyn FnMut(&str) -> bool| {
        words.is_empty() || words.iter().any(|word| found(word))
    };
    allowed(&selection.kinds, &mut |k| place.kind.id == k || place.kind.zh == k)
        && allowed(&selection.files, &mut |f| place.file == f)
        && allowed(&selection.ids, &mut |i| place.id == i)
        && (!selection.sites || atlas.site_at(handle).is_some())
        && allowed(&selection.roles, &mut |word| {
            roles_of(atlas, handle).any(|role| role.kind.id == word || role.kind.zh == word)
        })
}

fn class_of(
    atlas: &Atlas,
    class_by: ClassBy,
    classes: &[LayerClass],
    place: PlaceIdx,
) -> Option<usize> {
    let is = |class: &LayerClass| match class_by {
        ClassBy::None => false,
        ClassBy::Kind => atlas.place(place).kind.id == class.value,
        ClassBy::Accuracy => {
            atlas.place(place).accuracy.is_some_and(|accuracy| accuracy.id() == class.value)
        }
        ClassBy::Role => roles_of(atlas, place).any(|role| role.kind.id == class.value),
        ClassBy::Herb => {
            roles_of(atlas, place).flat_map(|r| &r.herbs).any(|herb| herb.id == class.value)
        }
    };
    classes.iter().position(is)
}

/// The herbs of the roles for which the layer selects a place, in both languages.
fn herbs_note(atlas: &Atlas, roles: &[String], place: PlaceIdx) -> Option<(String, String)> {
    if roles.is_empty() {
        return None;
    }
    let mut herbs = Vec::new();
    for role in roles_of(atlas, place).filter(|r| roles.contains(&r.kind.id)) {
        for herb in &role.herbs {
            if !herbs.contains(&herb) {
                herbs.push(herb);
            }
        }
    }
    // A label has no room for the Latin name that follows in brackets.
    let short = |text: &str| text.split(" (").next().unwrap_or_default().to_owned();
    let zh: Vec<&str> = herbs.iter().map(|herb| herb.zh.as_str()).collect();
    let en: Vec<String> = herbs.iter().map(|herb| short(&herb.en)).collect();
    (!herbs.is_empty()).then(|| (zh.join("·"), en.join(", ")))
}
