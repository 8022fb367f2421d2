//! Layers: the selections of `atlas.toml`, and one for every GeoJSON file dropped into the folder.

use std::sync::Arc;

use crate::load::fault::{Fault, What, nearest};
use crate::load::manifest::LayerEntry;
use crate::load::places::stem;
use crate::load::problem::{Location, Problems};
use crate::model::{
    Accuracy, Atlas, ClassBy, DROPPED_GROUP, Group, Layer, LayerClass, Mark, Selection, Style,
};
use crate::store::Store;

/// Builds the layers of `atlas`, whose places and records are complete.
pub fn build(
    atlas: &mut Atlas,
    entries: Vec<LayerEntry>,
    dropped: &[String],
    stores: &[Arc<Store>],
    file: &str,
    problems: &mut Problems,
) {
    for entry in entries {
        let at = Location::file(file).of(&format!("layers.{}", entry.id));
        check_words(atlas, &entry, &at, problems);
        if atlas.layer(&entry.id).is_some() {
            let fault = Fault::DuplicateId { id: entry.id, first: file.to_owned() };
            problems.error(at, fault);
            continue;
        }
        let layer = declared(atlas, entry);
        if layer.places.is_empty() {
            problems.warning(at, Fault::EmptyLayer);
        }
        atlas.layers.push(layer);
    }
    for file in dropped {
        drop_in(atlas, (file, stem(file)), problems, from_file);
    }
    for store in stores {
        let at = (store.file(), store.layer());
        drop_in(atlas, at, problems, |_, file, id| from_store(store, file, id));
    }
}

/// Adds the layer of a dropped file under their common heading.
fn drop_in(
    atlas: &mut Atlas,
    (file, id): (&str, &str),
    problems: &mut Problems,
    layer: impl FnOnce(&Atlas, &str, String) -> Layer,
) {
    let id = id.to_owned();
    if atlas.layer(&id).is_some() {
        problems.error(Location::file(file), Fault::LayerTaken { id });
        return;
    }
    if !atlas.groups.iter().any(|g| g.id == DROPPED_GROUP) {
        atlas.groups.push(Group {
            id: DROPPED_GROUP.into(),
            title: "自带图层".into(),
            title_en: "Your layers".into(),
        });
    }
    let layer = layer(atlas, file, id);
    atlas.layers.push(layer);
}

fn check_words(atlas: &Atlas, entry: &LayerEntry, at: &Location, problems: &mut Problems) {
    if !atlas.groups.iter().any(|g| g.id == entry.group) {
        let hint = nearest(&entry.group, atlas.groups.iter().map(|g| g.id.as_str()));
        let fault = Fault::Dangling { what: What::Group, id: entry.group.clone(), nearest: hint };
        problems.error(at.clone().field("group"), fault);
    }
    let words = [
        ("select.kinds", &entry.select.kinds, "kinds", &atlas.vocabularies.kinds),
        ("select.roles", &entry.select.roles, "roles", &atlas.vocabularies.roles),
    ];
    for (field, given, name, vocabulary) in words {
        for word in given.iter().filter(|w| vocabulary.find(w).is_none()) {
            let hint = nearest(word, vocabulary.words());
            let fault = Fault::UnknownWord { word: word.clone(), vocabulary: name, nearest: hint };
            problems.error(at.clone().field(field), fault);
        }
    }
    for id in entry.select.ids.iter().filter(|id| atlas.find_place(id).is_none()) {
        let hint = nearest(id, atlas.place_by_id.keys().map(String::as_str));
        let fault = Fault::Dangling { what: What::Place, id: id.clone(), nearest: hint };
        problems.error(at.clone().field("select.ids"), fault);
    }
    let files: Vec<&str> = atlas.places.iter().map(|p| p.file.as_str()).collect();
    for file in entry.select.files.iter().filter(|f| !files.contains(&f.as_str())) {
        let hint = nearest(file, files.iter().copied());
        let fault = Fault::Dangling { what: What::File, id: file.clone(), nearest: hint };
        problems.error(at.clone().field("select.files"), fault);
    }
    for class in &entry.classes {
        if label(atlas, entry.class_by, &class.value).is_none() {
            let fault = Fault::UnknownWord {
                word: class.value.clone(),
                vocabulary: "classes",
                nearest: None,
            };
            problems.error(at.clone().field("classes"), fault);
        }
    }
}

/// Labels of a class value in both languages.
fn label(atlas: &Atlas, class_by: ClassBy, value: &str) -> Option<(String, String)> {
    let vocabulary = match class_by {
        ClassBy::None => return None,
        ClassBy::Accuracy => {
            let (zh, en) = Accuracy::from_id(value)?.labels();
            return Some((zh.to_owned(), en.to_owned()));
        }
        ClassBy::Role => &atlas.vocabularies.roles,
        ClassBy::Kind => &atlas.vocabularies.kinds,
        ClassBy::Herb => &atlas.vocabularies.herbs,
    };
    vocabulary.find(value).map(|term| (term.zh.clone(), term.en.clone()))
}

fn declared(atlas: &Atlas, entry: LayerEntry) -> Layer {
    let classes: Vec<LayerClass> = entry
        .classes
        .into_iter()
        .map(|class| {
            let (label, label_en) = label(atlas, entry.class_by, &class.value).unwrap_or_default();
            LayerClass {
                value: class.value,
                label,
                label_en,
                color: class.color,
                symbol: class.symbol,
            }
        })
        .collect();
    let mut layer = Layer {
        id: entry.id,
        title: entry.title,
        title_en: entry.title_en,
        group: entry.group,
        note: entry.note,
        note_en: entry.note_en,
        visible: entry.visible,
        style: entry.style,
        class_by: entry.class_by,
        classes,
        select: Some(entry.select),
        places: Vec::new(),
        class_of: Vec::new(),
        note_of: Vec::new(),
    };
    atlas.fill(&mut layer);
    layer
}

fn from_file(atlas: &Atlas, file: &str, id: String) -> Layer {
    let mut counts = [0; 3];
    let of_file = atlas.places.iter().filter(|place| place.file == file);
    for geometry in of_file.filter_map(|place| place.geometry.as_ref()) {
        counts[dimension(geometry)] += 1;
    }
    let select = Selection { files: vec![file.to_owned()], ..Selection::default() };
    let mut layer = dropped_layer(file, id, mark_for(counts), Some(select));
    atlas.fill(&mut layer);
    layer
}

/// The layer of a large file. It has no places: its features stay in the file.
fn from_store(store: &Store, file: &str, id: String) -> Layer {
    dropped_layer(file, id, mark_for(store.catalogue().tally.dimensions), None)
}

fn dropped_layer(file: &str, id: String, mark: Mark, select: Option<Selection>) -> Layer {
    let style = Style {
        mark,
        color: "#6b5b95".into(),
        outline: Some("#453a66".into()),
        width: if mark == Mark::Point { 5.0 } else { 1.4 },
        opacity: if mark == Mark::Fill { 0.35 } else { 1.0 },
        dash: None,
        label: true,
    };
    Layer {
        title: id.clone(),
        title_en: id.clone(),
        id,
        group: DROPPED_GROUP.into(),
        note: Some(format!("来自文件 {file}")),
        note_en: Some(format!("From the file {file}")),
        visible: false,
        style,
        class_by: ClassBy::None,
        classes: Vec::new(),
        select,
        places: Vec::new(),
        class_of: Vec::new(),
        note_of: Vec::new(),
    }
}

/// How a layer of so many points, lines and areas is drawn: as areas where there are any, because their
/// style has all that lines and points need.
fn mark_for([points, lines, areas]: [usize; 3]) -> Mark {
    if areas > 0 {
        Mark::Fill
    } else if lines > points {
        Mark::Line
    } else {
        Mark::Point
    }
}

/// 0 for points, 1 for lines, 2 for areas.
fn dimension(geometry: &geo::Geometry<f64>) -> usize {
    use geo::Geometry::{LineString, MultiLineString, MultiPolygon, Polygon};
    match geometry {
        Polygon(_) | MultiPolygon(_) => 2,
        LineString(_) | MultiLineString(_) => 1,
        _ => 0,
    }
}
