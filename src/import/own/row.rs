//! One row of an edited layer beside the place that it was.

use geo::{Coord, Geometry};
use serde_json::{Map, Value, json};

use crate::crs::CHINA;
use crate::export::{Cell, Features};
use crate::import::At;
use crate::import::output;
use crate::import::own::cell;
use crate::import::own::fields::{FIELDS, Field, Role};
use crate::import::own::patch::Change;
use crate::import::own::says::{Edit, Fate, Said, changed, moved};
use crate::import::own::shape::{Shift, compare, same};
use crate::load::Lang;
use crate::model::{Accuracy, Atlas, Place};

/// A row as the file has it.
pub struct Row {
    pub at: At,
    /// Its id; `None` for a row that somebody added without one.
    pub id: Option<String>,
    /// Its cells by column, blank ones as `None`.
    pub cells: Vec<(&'static Field, Option<String>)>,
    /// Where it is, in degrees.
    pub geometry: Option<Geometry<f64>>,
    /// Whether the file says something of its position that cannot be used.
    pub unusable: bool,
    /// The position beside the well-known text of a table.
    pub anchor: Option<Coord<f64>>,
}

impl Row {
    /// Whether the file has a column.
    fn has(&self, key: &str) -> bool {
        self.cells.iter().any(|(field, _)| field.key == key)
    }

    /// The cell of a column, where it is not blank.
    fn cell(&self, key: &str) -> Option<&str> {
        let found = self.cells.iter().find(|(field, _)| field.key == key);
        found.and_then(|(_, text)| text.as_deref())
    }
}

/// The sheet, so to speak, that the row was taken from.
pub struct Before<'f, 'a> {
    pub atlas: &'f Atlas,
    pub features: &'f Features<'a>,
    pub format: &'static str,
}

/// What the row would change.
pub fn edit(before: &Before<'_, '_>, number: usize, row: Row) -> (Edit, Change) {
    let place = before.features.place(number);
    let mut work =
        Work::new(before.atlas, before.format, &row, place.id.clone(), place.name.clone());
    for (field, new) in &row.cells {
        work.field(before.features, number, field, new.as_deref());
    }
    work.seat(&row, place.seat.map(|seat| seat.position));
    let anchor = before.features.anchor(number).map(|[x, y]| Coord { x, y });
    work.shape(row, &place, anchor);
    (work.edit, work.change)
}

/// A row that is a place nobody knew before.
pub fn new(before: &Before<'_, '_>, row: &Row, id: &str) -> (Edit, Change) {
    let name = row.cell("name").unwrap_or_default().to_owned();
    let mut work = Work::new(before.atlas, before.format, row, id.to_owned(), name);
    for (field, new) in &row.cells {
        if matches!(field.role, Role::Kept(..)) && new.is_some() {
            work.kept(field, None, new.as_deref());
        } else if new.is_some() {
            work.write(field, None, new.as_deref());
        }
    }
    work.seat(row, None);
    for key in ["name", "kind"] {
        if !work.change.properties.contains_key(key) && work.edit.refusals.is_empty() {
            let title =
                FIELDS.iter().find(|field| field.key == key).map_or(key, |field| field.title);
            work.refuse(Said::new(
                format!("新地点缺“{title}”"),
                format!("a new place needs a {key}"),
            ));
        }
    }
    if row.unusable {
        work.unusable();
    }
    if row.geometry.is_some() && !work.change.properties.contains_key("accuracy") {
        work.no_accuracy();
    }
    work.change.geometry = Some(json(row.geometry.as_ref()));
    work.edit.fate = Fate::Added;
    (work.edit, work.change)
}

/// A geometry as the files have it.
fn json(geometry: Option<&Geometry<f64>>) -> Value {
    geometry.map_or(Value::Null, output::geometry)
}

struct Work<'a> {
    atlas: &'a Atlas,
    format: &'static str,
    edit: Edit,
    change: Change,
}

impl<'a> Work<'a> {
    fn new(atlas: &'a Atlas, format: &'static str, row: &Row, id: String, name: String) -> Self {
        let at = Some(Said::new(row.at.text(Lang::Zh), row.at.text(Lang::En)));
        let (parts, notes, refusals) = (Vec::new(), Vec::new(), Vec::new());
        let edit = Edit { at, id, name, fate: Fate::Kept, parts, notes, refusals };
        Self { atlas, format, edit, change: Change::default() }
    }

    fn refuse(&mut self, why: Said) {
        self.edit.refusals.push(why);
    }

    fn set(&mut self, field: &Field, old: Option<&str>, new: Option<&str>, value: Value) {
        self.edit.fate = Fate::Changed;
        self.edit.parts.push(changed(field.title, field.key, old, new));
        self.change.properties.insert(field.key.to_owned(), value);
    }

    fn field(&mut self, features: &Features<'_>, number: usize, field: &Field, new: Option<&str>) {
        let column = features.table.columns.iter().find(|column| column.field.key == field.key);
        let cell = column.map(|column| column.cell(number));
        let old = cell.as_ref().and_then(Cell::flat);
        let old = old.as_deref();
        let unchanged = match field.role {
            Role::Id | Role::Seat(_) => true,
            Role::List => cell::items(old) == cell::items(new) || cell::same(old, new, self.format),
            _ => cell::same(old, new, self.format),
        };
        if unchanged {
            return;
        }
        match field.role {
            Role::Kept(..) => self.kept(field, old, new),
            Role::Label(code) => self.label(field, code, old, new),
            _ => self.write(field, old, new),
        }
    }

    /// Notes a change in a column that is kept elsewhere.
    fn kept(&mut self, field: &Field, old: Option<&str>, new: Option<&str>) {
        let Role::Kept(zh, en) = field.role else { return };
        let change = changed(field.title, field.key, old, new);
        self.edit.notes.push(Said::new(
            format!("{}——这一列不写入，它来自{zh}，请在那里改", change.text(Lang::Zh)),
            format!(
                "{} is not written: it comes from {en}; change it there",
                change.text(Lang::En)
            ),
        ));
    }

    /// Notes a change in a label, unless the code says the same.
    fn label(&mut self, field: &Field, code: &str, old: Option<&str>, new: Option<&str>) {
        let written = self.change.properties.get(code).and_then(Value::as_str);
        let expected = written.and_then(|word| {
            let vocabularies = &self.atlas.vocabularies;
            match code {
                "kind" => vocabularies.kinds.find(word).map(|term| term.zh.clone()),
                "source" => vocabularies.sources.find(word).map(|term| term.zh.clone()),
                "accuracy" => Accuracy::from_id(word).map(|found| found.labels().0.to_owned()),
                _ => self.atlas.find_place(word).map(|p| self.atlas.place(p).name.clone()),
            }
        });
        if expected.as_deref() == new {
            return;
        }
        let change = changed(field.title, field.key, old, new);
        let title = FIELDS.iter().find(|field| field.key == code).map_or(code, |field| field.title);
        self.edit.notes.push(Said::new(
            format!(
                "{}——这一列不写入，它随“{title}”而定，请改“{title}”（{code}）",
                change.text(Lang::Zh)
            ),
            format!(
                "{} is not written: it follows from {code}; change that",
                change.text(Lang::En)
            ),
        ));
    }

    /// Checks a value and takes it to the change.
    fn write(&mut self, field: &Field, old: Option<&str>, new: Option<&str>) {
        let title = field.title;
        let carried = new
            .is_none_or(|new| !new.contains(cell::MISSING) && !cell::is_full(new, self.format))
            && old.is_none_or(|old| !cell::is_too_long(old, self.format));
        if !carried {
            self.refuse(Said::new(
                format!("“{title}”在这个文件里被截断或缺字，改动后的全文无从得知；请用 GeoPackage、GeoJSON 或 XLSX 改"),
                format!("{}: the file holds this text cut short or with missing characters; edit it in GeoPackage, GeoJSON or XLSX", field.key),
            ));
            return;
        }
        let vocabularies = &self.atlas.vocabularies;
        let value = match (field.role, new) {
            (Role::Text, Some(new)) => Ok(new.to_owned()),
            (Role::List, Some(new)) => {
                let items: Vec<&str> = cell::items(Some(new));
                self.set(field, old, Some(new), json!(items));
                return;
            }
            (Role::Kind, Some(new)) => {
                let found = vocabularies.kinds.find(new).map(|term| term.id.clone());
                found.ok_or(("atlas.toml 的词表 kinds", "the vocabulary kinds of atlas.toml"))
            }
            (Role::Source, Some(new)) => Ok(vocabularies
                .sources
                .find(new)
                .map_or_else(|| new.to_owned(), |term| term.id.clone())),
            (Role::Accuracy, Some(new)) => {
                let label = |a: &Accuracy| a.id() == new || a.labels().0 == new;
                let found = Accuracy::ALL.into_iter().find(label).map(|a| a.id().to_owned());
                found.ok_or((
                    "surveyed、published、seat、approximate、schematic",
                    "surveyed, published, seat, approximate, schematic",
                ))
            }
            (Role::Within, Some(new)) => {
                let found = self.atlas.find_place(new).filter(|_| new != self.edit.id);
                found
                    .map(|_| new.to_owned())
                    .ok_or(("图册的地点编号", "the ids of the atlas's places"))
            }
            (Role::Text, None) if field.key == "name" => {
                self.refuse(Said::new("“名称”不能为空", "name cannot be blank"));
                return;
            }
            (Role::Kind, None) => {
                self.refuse(Said::new("“类别代码”不能为空", "kind cannot be blank"));
                return;
            }
            (Role::Text | Role::List | Role::Source | Role::Accuracy | Role::Within, None) => {
                self.set(field, old, None, Value::Null);
                return;
            }
            (Role::Id | Role::Seat(_) | Role::Label(_) | Role::Kept(..), _) => return,
        };
        match value {
            Ok(value) if old == Some(value.as_str()) => {}
            Ok(value) => self.set(field, old, new, value.into()),
            Err((zh, en)) => {
                let new = new.unwrap_or_default();
                self.refuse(Said::new(
                    format!("“{title}”的“{new}”不在其中：{zh}"),
                    format!("{}: “{new}” is none of {en}", field.key),
                ));
            }
        }
    }

    /// The seat of a township: both halves, or none.
    fn seat(&mut self, row: &Row, old: Option<Coord<f64>>) {
        let before = old.map(|c| [c.x, c.y]);
        let mut new: [Option<f64>; 2] = [None, None];
        for (axis, key) in ["seat_lon", "seat_lat"].into_iter().enumerate() {
            let Some(text) = row.cell(key) else {
                new[axis] = before.map(|before| before[axis]).filter(|_| !row.has(key));
                continue;
            };
            let Ok(number) = text.parse::<f64>() else {
                self.refuse(Said::new(
                    format!("驻地坐标“{text}”不是数字"),
                    format!("the seat's “{text}” is not a number"),
                ));
                return;
            };
            new[axis] = Some(number);
        }
        let words = |seat: Option<[f64; 2]>| seat.map(|[x, y]| format!("{x}, {y}"));
        let field = Field { key: "seat", title: "驻地", short: "驻地", role: Role::Seat(0) };
        match (before, new) {
            (None, [None, None]) => {}
            (Some(_), [None, None]) => {
                self.set(&field, words(before).as_deref(), None, Value::Null);
                self.change.properties.insert("seat_accuracy".into(), Value::Null);
            }
            (before, [Some(x), Some(y)]) => {
                let near = |[a, b]: [f64; 2]| same(Coord { x: a, y: b }, Coord { x, y });
                if before.is_some_and(near) {
                    return;
                }
                if !CHINA.contains(x, y) {
                    self.refuse(Said::new(
                        format!("驻地 {x}, {y} 不在中国范围内"),
                        format!("the seat {x}, {y} is not in China"),
                    ));
                    return;
                }
                let after = words(Some([x, y]));
                self.set(&field, words(before).as_deref(), after.as_deref(), json!([x, y]));
            }
            _ => self.refuse(Said::new(
                "驻地经度、驻地纬度要么都填，要么都空",
                "seat_lon and seat_lat: fill both or none",
            )),
        }
    }

    fn shape(&mut self, row: Row, place: &Place, anchor: Option<Coord<f64>>) {
        if row.unusable {
            self.unusable();
            return;
        }
        let old = place.geometry.as_ref();
        // Of what is no point, a table may have no more than the point that stands for it.
        if let (Some(old), Some(Geometry::Point(new)), Some(anchor)) = (old, &row.geometry, anchor)
            && !matches!(old, Geometry::Point(_))
            && same(new.0, anchor)
        {
            return;
        }
        let (shift, geometry) = compare(old, row.geometry);
        match shift {
            Shift::Same => {
                let point = matches!(old, Some(Geometry::Point(_)) | None);
                if let (false, Some(new), Some(anchor)) = (point, row.anchor, anchor)
                    && !same(new, anchor)
                {
                    self.edit.notes.push(Said::new(
                        "经度、纬度两列只是这个形状的代表点，不写入；形状在 WKT 列里改",
                        "longitude and latitude only stand for this shape and are not written; change its WKT",
                    ));
                }
            }
            Shift::OtherSort => self.refuse(Said::new(
                "点、线、面不能互换：文件里的形状与原来的不是一类，请恢复形状",
                "points, lines and areas do not turn into one another: the file has another sort of shape; restore it",
            )),
            shift => {
                self.edit.fate = Fate::Changed;
                self.edit.parts.push(moved(&shift));
                self.change.geometry = Some(json(geometry.as_ref()));
            }
        }
        let located = self.change.geometry.as_ref().map_or(old.is_some(), |new| !new.is_null());
        let accuracy = self.change.properties.get("accuracy");
        if located && !accuracy.map_or(place.accuracy.is_some(), |new| !new.is_null()) {
            self.no_accuracy();
        }
    }

    fn unusable(&mut self) {
        self.refuse(Said::new(
            "位置或形状不能用，原因见上面的提醒；请改正",
            "its position or shape cannot be used, see the remarks above; mend it",
        ));
    }

    fn no_accuracy(&mut self) {
        self.refuse(Said::new(
            "有位置就要填“位置精度代码”（accuracy）：surveyed、published、seat、approximate 或 schematic",
            "a position needs an accuracy: surveyed, published, seat, approximate or schematic",
        ));
    }
}

/// The properties of a new place in the order of the files.
pub fn feature(id: &str, change: &Change) -> String {
    let order = [
        "name", "name_en", "pinyin", "aliases", "kind", "within", "accuracy", "source", "seat",
        "note", "note_en",
    ];
    let mut properties = Map::new();
    for key in order {
        if let Some(value) = change.properties.get(key).filter(|value| !value.is_null()) {
            properties.insert(key.to_owned(), value.clone());
        }
    }
    let geometry = change.geometry.clone().unwrap_or_default();
    json!({ "type": "Feature", "id": id, "geometry": geometry, "properties": properties })
        .to_string()
}
