//! The features of a layer as a table with geometry.
//!
//! Places of the data folder's own files share one set of columns; features of a dropped layer keep
//! their properties, in the order in which they first appear, under their own names.

use std::collections::HashMap;

use geo::Geometry;
use serde_json::Value;

use crate::export::flat::Simple;
use crate::export::table::{Cell, Column, Kind, Shape, Table};
use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Atlas, Layer, Place, PlaceIdx, kinds};

/// A layer ready to be written.
pub struct Features<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Its attributes, a row to each feature.
    pub table: Table<'a>,
    /// What its geometries have in common.
    pub shape: Shape,
    /// The places behind the rows.
    pub places: Vec<PlaceIdx>,
    index: &'a IndexedAtlas,
}

impl<'a> Features<'a> {
    /// The chosen places of a layer.
    pub fn new(index: &'a IndexedAtlas, layer: &'a Layer, places: Vec<PlaceIdx>) -> Self {
        let geometries = places.iter().filter_map(|&p| index.atlas.place(p).geometry.as_ref());
        let shape = geometries.map(Shape::of).fold(Shape::None, Shape::with);
        let dropped = places.iter().all(|&p| index.atlas.place(p).kind.id == kinds::FEATURE);
        let columns = if dropped && !places.is_empty() {
            found_columns(index, &places)
        } else {
            own_columns(index, layer, &places)
        };
        let table =
            Table { id: layer.id.clone(), title: layer.title.clone(), columns, len: places.len() };
        Self { layer, table, shape, places, index }
    }

    /// Longitude and latitude in degrees of the feature in a row; `None` for a place nobody has located.
    #[must_use]
    pub fn geometry(&self, row: usize) -> Option<&'a Geometry<f64>> {
        self.place(row).geometry.as_ref()
    }

    /// The one kind that all its geometries can be written as; `None` where shapes are mixed or
    /// nothing is located.
    #[must_use]
    pub fn common(&self) -> Option<Simple> {
        let kinds = (0..self.table.len).filter_map(|row| self.geometry(row)).map(Simple::of);
        let mut common: Option<Simple> = None;
        for kind in kinds {
            common = match common {
                None => Some(kind),
                Some(known) if known == kind => Some(known),
                Some(known) if known.multiple() == kind.multiple() => Some(kind.multiple()),
                Some(_) => return None,
            };
        }
        common
    }

    /// Longitude and latitude that stand for the feature in a row; `None` where it has no geometry.
    #[must_use]
    pub fn anchor(&self, row: usize) -> Option<[f64; 2]> {
        self.geometry(row).and_then(|_| self.index.anchor(self.places[row]))
    }

    /// The atlas behind it.
    #[must_use]
    pub fn atlas(&self) -> &'a Atlas {
        &self.index.atlas
    }

    /// The place in a row.
    #[must_use]
    pub fn place(&self, row: usize) -> &'a Place {
        self.index.atlas.place(self.places[row])
    }
}

fn own_columns<'a>(
    index: &'a IndexedAtlas,
    layer: &'a Layer,
    places: &[PlaceIdx],
) -> Vec<Column<'a>> {
    let atlas = &index.atlas;
    let rows: std::sync::Arc<[PlaceIdx]> = places.into();
    let class_of: HashMap<PlaceIdx, usize> = layer
        .places
        .iter()
        .zip(&layer.class_of)
        .filter_map(|(&place, class)| Some((place, (*class)?)))
        .collect();
    let class_of = std::sync::Arc::new(class_of);
    let mut columns: Vec<Column<'a>> = Vec::new();
    let mut add = |key, title, kind, read: fn(&'a IndexedAtlas, PlaceIdx) -> Cell<'a>| {
        let rows = rows.clone();
        columns.push(Column::own(key, title, kind, move |row| read(index, rows[row])));
    };
    add("id", "编号", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).id));
    add("name", "名称", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).name));
    add("name_en", "英文名", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).name_en.as_deref())
    });
    add("pinyin", "拼音", Kind::Text, |i, p| Cell::maybe(i.atlas.place(p).pinyin.as_deref()));
    add("aliases", "别名", Kind::List, |i, p| {
        Cell::list(i.atlas.place(p).aliases.iter().map(String::as_str))
    });
    add("kind", "类别代码", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).kind.id));
    add("kind_zh", "类别", Kind::Text, |i, p| Cell::text(&i.atlas.place(p).kind.zh));
    add("county", "县", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).county.map(|c| i.atlas.place(c).name.as_str()))
    });
    add("within", "所在代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).within.map(|w| i.atlas.place(w).id.as_str()))
    });
    add("within_name", "所在", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).within.map(|w| i.atlas.place(w).name.as_str()))
    });
    add("accuracy", "位置精度代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).accuracy.map(Accuracy::id))
    });
    add("accuracy_zh", "位置精度", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).accuracy.map(|a| a.labels().0))
    });
    add("source", "来源代码", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).source.as_ref().map(|s| s.id.as_str()))
    });
    add("source_zh", "位置来源", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).source.as_ref().map(|s| s.zh.as_str()))
    });
    add("note", "说明", Kind::Text, |i, p| Cell::maybe(i.atlas.place(p).note.as_deref()));
    add("note_en", "英文说明", Kind::Text, |i, p| {
        Cell::maybe(i.atlas.place(p).note_en.as_deref())
    });
    add("seat_lon", "驻地经度", Kind::Real, |i, p| {
        i.atlas.place(p).seat.map_or(Cell::Null, |s| Cell::Real(s.position.x))
    });
    add("seat_lat", "驻地纬度", Kind::Real, |i, p| {
        i.atlas.place(p).seat.map_or(Cell::Null, |s| Cell::Real(s.position.y))
    });
    add("roles", "布局定位", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).roles.iter().map(|&r| i.atlas.role(r).title.as_str()))
    });
    add("herbs", "中药材品种", Kind::List, herbs);
    add("projects", "项目", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).projects.iter().map(|&r| i.atlas.project(r).id.as_str()))
    });
    add("targets", "指标", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).targets.iter().map(|&r| i.atlas.target(r).id.as_str()))
    });
    add("tasks", "任务", Kind::List, |i, p| {
        Cell::list(i.atlas.records(p).tasks.iter().map(|&r| i.atlas.task(r).id.as_str()))
    });
    if !layer.classes.is_empty() {
        let class = move |row: usize| class_of.get(&rows[row]).map(|&c| &layer.classes[c]);
        let value = class.clone();
        columns.push(Column::own("class", "图例代码", Kind::Text, move |row| {
            value(row).map_or(Cell::Null, |c| Cell::text(&c.value))
        }));
        columns.push(Column::own("class_zh", "图例", Kind::Text, move |row| {
            class(row).map_or(Cell::Null, |c| Cell::text(&c.label))
        }));
    }
    // A column that is empty throughout the layer says nothing. Row by row, because a place lies in one
    // piece of memory and its columns do not.
    let len = places.len();
    let mut says: Vec<bool> =
        columns.iter().map(|column| matches!(&*column.field.key, "id" | "name")).collect();
    for row in 0..len {
        for (column, says) in columns.iter().zip(&mut says).filter(|(_, says)| !**says) {
            *says = column.cell(row) != Cell::Null;
        }
    }
    let mut says = says.into_iter();
    columns.retain(|_| says.next().unwrap_or(true));
    debug_assert!(atlas.places.len() >= len);
    columns
}

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

/// Properties in the order of their first appearance, each with the narrowest kind that holds all its values.
fn found_columns<'a>(index: &'a IndexedAtlas, places: &[PlaceIdx]) -> Vec<Column<'a>> {
    let rows: std::sync::Arc<[PlaceIdx]> = places.into();
    let mut order: Vec<&'a str> = Vec::new();
    let mut kinds: HashMap<&'a str, Option<Kind>> = HashMap::new();
    for &place in places {
        for (key, value) in &index.atlas.place(place).properties {
            let known = kinds.entry(key).or_insert_with(|| {
                order.push(key);
                None
            });
            *known = widest(*known, value);
        }
    }
    let own = rows.clone();
    let mut columns = vec![Column::own("id", "编号", Kind::Text, move |row| {
        Cell::text(own_id(index.atlas.place(own[row])))
    })];
    for key in order.into_iter().filter(|key| *key != "id") {
        let kind = kinds[key].unwrap_or(Kind::Text);
        let rows = rows.clone();
        columns.push(Column::found(key, kind, move |row| {
            let value = index.atlas.place(rows[row]).properties.get(key);
            value.map_or(Cell::Null, |value| cell(value, kind))
        }));
    }
    columns
}

/// The id of a dropped feature without the name of its layer, as it was in the file.
fn own_id(place: &Place) -> &str {
    place.id.split_once(':').map_or(place.id.as_str(), |(_, own)| own)
}

fn widest(known: Option<Kind>, value: &Value) -> Option<Kind> {
    let this = match value {
        Value::Null => return known,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_i64() => Kind::Integer,
        Value::Number(_) => Kind::Real,
        Value::String(_) => Kind::Text,
        Value::Array(_) | Value::Object(_) => Kind::Nested,
    };
    Some(match known {
        None => this,
        Some(kind) if kind == this => kind,
        Some(Kind::Integer | Kind::Real) if matches!(this, Kind::Integer | Kind::Real) => {
            Kind::Real
        }
        Some(_) => Kind::Nested,
    })
}

fn cell(value: &Value, kind: Kind) -> Cell<'_> {
    match (value, kind) {
        (Value::Null, _) => Cell::Null,
        (_, Kind::Nested) => Cell::Nested(value),
        (Value::Bool(yes), _) => Cell::Boolean(*yes),
        (Value::Number(number), Kind::Integer) => number.as_i64().map_or(Cell::Null, Cell::Integer),
        (Value::Number(number), _) => number.as_f64().map_or(Cell::Null, Cell::Real),
        (Value::String(text), _) => Cell::Text(text.into()),
        (other, _) => Cell::Nested(other),
    }
}
