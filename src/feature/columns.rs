//! What the features of a layer say of themselves: which fields there are, and the cell of each.
//!
//! Places of the data folder's own files share one set of columns; features of a dropped layer keep
//! their properties, in the order in which they first appear, under their own names. Nothing is
//! borrowed, so that the columns of a layer can be kept beside the atlas: finding them costs a scan of
//! the whole layer.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::feature::table::{Cell, Field, Kind};
use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Layer, LayerClass, Place, PlaceIdx, ValueKind, kinds};
use crate::store::Store;

type OwnCell = for<'a> fn(&'a IndexedAtlas, PlaceIdx) -> Cell<'a>;

/// Where the cells of a column come from.
enum Read {
    /// What the atlas knows of the place.
    Own(OwnCell),
    /// What the legend says of the place.
    Class(fn(&LayerClass) -> &str),
    /// The id that a dropped feature has in its file.
    OwnId,
    /// A property as found in the file.
    Found,
}

/// The columns of a layer. The first is the id: unique in the layer, the same everywhere.
pub struct LayerColumns {
    fields: Vec<Field>,
    reads: Vec<Read>,
    class_of: HashMap<PlaceIdx, usize>,
}

impl LayerColumns {
    /// The columns of the chosen places of a layer. One that is empty throughout says nothing and is
    /// left out.
    #[must_use]
    pub fn new(index: &IndexedAtlas, layer: &Layer, places: &[PlaceIdx]) -> Self {
        let dropped = places.iter().all(|&p| index.atlas.place(p).kind.id == kinds::FEATURE);
        if dropped && !places.is_empty() {
            return Self::found(index, places);
        }
        let mut all = Self::own(layer);
        // Row by row, because a place lies in one piece of memory and its columns do not.
        let mut keep: Vec<bool> =
            all.fields.iter().map(|field| matches!(&*field.key, "id" | "name")).collect();
        for &place in places {
            for (column, keep) in keep.iter_mut().enumerate().filter(|(_, keep)| !**keep) {
                *keep = all.cell(index, layer, column, place) != Cell::Null;
            }
        }
        let mut kept = keep.iter();
        all.fields.retain(|_| kept.next() == Some(&true));
        let mut kept = keep.iter();
        all.reads.retain(|_| kept.next() == Some(&true));
        all
    }

    /// The columns of a large layer.
    #[must_use]
    pub fn stored(store: &Store) -> Self {
        Self::named(store.properties().map(|known| (known.name.as_str(), known.kind)))
    }

    /// Names and kinds, in order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Whether a column is named as in the file of a dropped layer.
    #[must_use]
    pub fn is_found(&self, column: usize) -> bool {
        matches!(self.reads[column], Read::Found)
    }

    /// The cell of a place.
    #[must_use]
    pub fn cell<'a>(
        &self,
        index: &'a IndexedAtlas,
        layer: &'a Layer,
        column: usize,
        place: PlaceIdx,
    ) -> Cell<'a> {
        match &self.reads[column] {
            Read::Own(read) => read(index, place),
            Read::Class(read) => {
                let class = self.class_of.get(&place).map(|&class| &layer.classes[class]);
                class.map_or(Cell::Null, |class| Cell::text(read(class)))
            }
            Read::OwnId | Read::Found => self.found_cell(column, index.atlas.place(place)),
        }
    }

    /// The cell of a feature of a dropped layer.
    #[must_use]
    pub fn found_cell<'a>(&self, column: usize, feature: &'a Place) -> Cell<'a> {
        let field = &self.fields[column];
        match &self.reads[column] {
            Read::OwnId => Cell::text(own_id(feature)),
            Read::Found => {
                let value = feature.properties.get(&*field.key);
                value.map_or(Cell::Null, |value| cell(value, field.kind))
            }
            Read::Own(_) | Read::Class(_) => Cell::Null,
        }
    }

    fn own(layer: &Layer) -> Self {
        let mut columns = Self { fields: Vec::new(), reads: Vec::new(), class_of: HashMap::new() };
        for &(key, title, kind, read) in OWN {
            columns.add(Field { key: key.into(), title: title.into(), kind }, Read::Own(read));
        }
        if !layer.classes.is_empty() {
            let classes = layer.places.iter().zip(&layer.class_of);
            columns.class_of = classes.filter_map(|(&p, class)| Some((p, (*class)?))).collect();
            let field = |key: &'static str, title: &'static str| Field {
                key: key.into(),
                title: title.into(),
                kind: Kind::Text,
            };
            columns.add(field("class", "图例代码"), Read::Class(|class| &class.value));
            columns.add(field("class_zh", "图例"), Read::Class(|class| &class.label));
        }
        columns
    }

    /// Properties in the order of their first appearance, each with the narrowest kind that holds all
    /// its values.
    fn found(index: &IndexedAtlas, places: &[PlaceIdx]) -> Self {
        let mut order: Vec<&str> = Vec::new();
        let mut kinds: HashMap<&str, Option<ValueKind>> = HashMap::new();
        for &place in places {
            for (key, value) in &index.atlas.place(place).properties {
                let known = kinds.entry(key).or_insert_with(|| {
                    order.push(key);
                    None
                });
                *known = ValueKind::widest(*known, ValueKind::of(value));
            }
        }
        Self::named(order.into_iter().map(|key| (key, kinds[key])))
    }

    fn named<'p>(properties: impl Iterator<Item = (&'p str, Option<ValueKind>)>) -> Self {
        let mut columns = Self { fields: Vec::new(), reads: Vec::new(), class_of: HashMap::new() };
        let id = Field { key: "id".into(), title: "编号".into(), kind: Kind::Text };
        columns.add(id, Read::OwnId);
        for (key, kind) in properties.filter(|(key, _)| *key != "id") {
            let name: Cow<'static, str> = key.to_owned().into();
            let kind = kind.map_or(Kind::Text, Kind::from);
            columns.add(Field { key: name.clone(), title: name, kind }, Read::Found);
        }
        columns
    }

    fn add(&mut self, field: Field, read: Read) {
        self.fields.push(field);
        self.reads.push(read);
    }
}

/// What the atlas knows of its own places.
const OWN: &[(&str, &str, Kind, OwnCell)] = &[
    ("id", "编号", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).id)),
    ("name", "名称", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).name)),
    ("name_en", "英文名", Kind::Text, |i, p| Cell::maybe(i.atlas.place(p).name_en.as_deref())),
    ("pinyin", "拼音", Kind::Text, |i, p| Cell::maybe(i.atlas.place(p).pinyin.as_deref())),
    ("aliases", "别名", Kind::List, |i, p| {
        Cell::list(i.atlas.place(p).aliases.iter().map(String::as_str))
    }),
    ("kind", "类别代码", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).kind.id)),
    ("kind_zh", "类别", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).kind.zh)),
    ("county", "县", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).county.map(|c| i.atlas.place(c).name.as_str()))
    }),
    ("within", "所在代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).within.map(|w| i.atlas.place(w).id.as_str()))
    }),
    ("within_name", "所在", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).within.map(|w| i.atlas.place(w).name.as_str()))
    }),
    ("accuracy", "位置精度代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).accuracy.map(Accuracy::id))
    }),
    ("accuracy_zh", "位置精度", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).accuracy.map(|a| a.labels().0))
    }),
    ("source", "来源代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).source.as_ref().map(|s| s.id.as_str()))
    }),
    ("source_zh", "位置来源", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).source.as_ref().map(|s| s.zh.as_str()))
    }),
    ("offered_as", "招商定位", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.site_at(p).map(|site| site.title.as_str()))
    }),
    ("sought", "招引方向", Kind::List, |i, p| {
        let site = i.atlas.site_at(p).into_iter();
        Cell::list(site.flat_map(|site| &site.sought).map(|(zh, _)| zh.as_str()))
    }),
    ("note", "说明", Kind::Text, |i, p| Cell::maybe(i.atlas.place(p).note.as_deref())),
    ("note_en", "英文说明", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).note_en.as_deref())
    }),
    ("seat_lon", "驻地经度", Kind::Real, |i, p| {
        i.atlas.place(p).seat.map_or(Cell::Null, |s| Cell::Real(s.position.x))
    }),
    ("seat_lat", "驻地纬度", Kind::Real, |i, p| {
        i.atlas.place(p).seat.map_or(Cell::Null, |s| Cell::Real(s.position.y))
    }),
    ("roles", "布局定位", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).roles.iter().map(|&r| i.atlas.role(r).title.as_str()))
    }),
    ("herbs", "中药材品种", Kind::List, herbs),
    ("projects", "项目", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).projects.iter().map(|&r| i.atlas.project(r).id.as_str()))
    }),
    ("targets", "指标", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).targets.iter().map(|&r| i.atlas.target(r).id.as_str()))
    }),
    ("tasks", "任务", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).tasks.iter().map(|&r| i.atlas.task(r).id.as_str()))
    }),
];

fn herbs(index: &IndexedAtlas, place: PlaceIdx) -> Cell<'_> {
    let mut found: Vec<&str> = Vec::new();
    for &role in &index.atlas.records(place).roles {
        for herb in &index.atlas.role(role).herbs {
            if !found.contains(&herb.zh.as_str()) {
                found.push(&herb.zh);
            }
        }
    }
    Cell::list(found.into_iter())
}

/// The id of a dropped feature without the name of its layer, as it was in the file.
fn own_id(place: &Place) -> &str {
    place.id.split_once(':').map_or(place.id.as_str(), |(_, own)| own)
}

fn cell(value: &Value, kind: Kind) -> Cell<'_> {
    match (value, kind) {
        (Value::Null, _) => Cell::Null,
        (_, Kind::Nested) => Cell::Nested(Cow::Borrowed(value)),
        (Value::Bool(yes), _) => Cell::Boolean(*yes),
        (Value::Number(number), Kind::Integer) => number.as_i64().map_or(Cell::Null, Cell::Integer),
        (Value::Number(number), _) => number.as_f64().map_or(Cell::Null, Cell::Real),
        (Value::String(text), _) => Cell::Text(text.into()),
        (other, _) => Cell::Nested(Cow::Borrowed(other)),
    }
}
