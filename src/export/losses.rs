//! What a format cannot carry, found out before anything is written.
//!
//! The report is shown to the person who exports and goes into the export as `损失报告.txt`: nothing
//! is lost in silence.

use std::collections::BTreeMap;

use geo::CoordsIter;
use serde::Serialize;
use utoipa::ToSchema;

use crate::crs::Crs;
use crate::export::{Abilities, Features, Field, Format, Kind, Table};

/// Kinds of loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// Features without geometry are left out.
    Unlocated,
    /// Features of different shapes go into files of their own.
    Split,
    /// Lists and nested values become text.
    Flattened,
    /// Nulls become empty text or zero.
    Nulls,
    /// Attributes are left out.
    Attributes,
    /// Linked records are left out, or become a list of ids in one cell.
    Records,
    /// Field names are shortened; `字段对照` holds both.
    Renamed,
    /// Values are cut off.
    Truncated,
    /// Characters that the encoding does not have.
    Characters,
    /// Values are marked so that no program takes them for formulas.
    Escaped,
    /// Values that a spreadsheet takes for numbers or dates when it opens the file.
    Guessed,
    /// Positions that the reference system does not reach; such features have no geometry.
    Outside,
    /// Shapes are simplified for each zoom level, and positions rounded to the grid of a tile.
    Simplified,
    /// The reference system becomes WGS 84, or the file does not say which one it is.
    Crs,
}

impl LossKind {
    /// What happens, in Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unlocated => "没有位置的要素不写入",
            Self::Split => "分成几个文件",
            Self::Flattened => "拆成文字或简单图形",
            Self::Nulls => "空值与空文字不分",
            Self::Attributes => "属性不写入",
            Self::Records => "关联记录不写入，或只留编号",
            Self::Renamed => "字段改名",
            Self::Truncated => "值被截短",
            Self::Characters => "编码里没有的字",
            Self::Escaped => "值前加撇号，以免当作公式",
            Self::Guessed => {
                "双击打开时会被当作数字或日期（请用“导入文本”并选“文本”，或改用 XLSX）"
            }
            Self::Outside => "超出坐标系范围，不写位置",
            Self::Simplified => "按缩放级别化简，坐标取整",
            Self::Crs => "坐标系",
        }
    }

    /// What happens, in English.
    #[must_use]
    pub fn label_en(self) -> &'static str {
        match self {
            Self::Unlocated => "features without a position are left out",
            Self::Split => "split into several files",
            Self::Flattened => "taken apart into text or simple shapes",
            Self::Nulls => "no difference between nothing and empty text",
            Self::Attributes => "attributes are left out",
            Self::Records => "linked records are left out, or only their ids stay",
            Self::Renamed => "fields under other names",
            Self::Truncated => "values cut off",
            Self::Characters => "characters that the encoding does not have",
            Self::Escaped => "an apostrophe before values that look like formulas",
            Self::Guessed => {
                "taken for numbers or dates when a spreadsheet opens the file (import it as text, or choose XLSX)"
            }
            Self::Outside => "beyond the reference system, without a position",
            Self::Simplified => "simplified for each zoom level, positions rounded",
            Self::Crs => "reference system",
        }
    }
}

/// Something that the format cannot carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Loss {
    /// What happens.
    pub kind: LossKind,
    /// Layer or table concerned.
    pub layer: String,
    /// Heading of that for people.
    pub layer_title: String,
    /// Field concerned, by its stable name.
    pub field: Option<String>,
    /// Heading of the field for people.
    pub title: Option<String>,
    /// The same in English.
    pub title_en: Option<String>,
    /// How many values or features.
    pub count: usize,
    /// The first few: features as `name（id）`, values, characters.
    pub examples: Vec<String>,
}

/// Examples that are listed of each loss.
pub const EXAMPLES: usize = 5;

/// A loss report: one entry to each kind, layer and field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Losses {
    /// In the order of kinds, layers and fields.
    pub items: Vec<Loss>,
}

type Place = (LossKind, String, Option<String>);

/// Collects losses one by one.
#[derive(Default)]
pub struct Collector {
    /// Count and examples by kind, layer and field.
    found: BTreeMap<Place, (usize, Vec<String>)>,
}

impl Collector {
    /// Notes one value or feature.
    pub fn note(&mut self, kind: LossKind, layer: &str, field: Option<&str>, example: &str) {
        self.note_by(kind, layer, field, || example.to_owned());
    }

    /// Notes a row of a table, as a person knows it.
    pub fn row(&mut self, kind: LossKind, table: &Table<'_>, field: Option<&str>, row: usize) {
        self.note_by(kind, &table.id, field, || table.example(row));
    }

    /// Notes one value or feature; only the first few are put into words.
    pub fn note_by(
        &mut self,
        kind: LossKind,
        layer: &str,
        field: Option<&str>,
        example: impl FnOnce() -> String,
    ) {
        let key = (kind, layer.to_owned(), field.map(str::to_owned));
        let (count, examples) = self.found.entry(key).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            let example = example();
            if !example.is_empty() && !examples.contains(&example) {
                examples.push(example);
            }
        }
    }

    /// The report; headings of fields are those of the columns of `tables`.
    pub fn finish(self, tables: &[&Table<'_>]) -> Losses {
        let title = |layer: &str, key: &str| {
            let table = tables.iter().find(|table| table.id == layer)?;
            let column = table.columns.iter().find(|column| column.field.key == key)?;
            Some((column.field.title.to_string(), column.title_en().to_owned()))
        };
        let items = self.found.into_iter().map(|((kind, layer, field), (count, examples))| {
            // What is derived from the geometry is no column.
            let words =
                |key: &String| title(&layer, key).unwrap_or_else(|| (key.clone(), key.clone()));
            let (title, title_en) = field.as_ref().map(words).unzip();
            let table = tables.iter().find(|table| table.id == layer);
            let layer_title = table.map_or_else(|| layer.clone(), |table| table.title.clone());
            Loss { kind, layer, layer_title, field, title, title_en, count, examples }
        });
        Losses { items: items.collect() }
    }
}

/// The losses that follow from the abilities of a format alone.
pub fn general(
    format: Format,
    layers: &[Features<'_>],
    tables: &[Table<'_>],
    collector: &mut Collector,
) {
    let able = format.abilities();
    for features in layers {
        if !able.unlocated {
            for row in (0..features.table.len).filter(|&row| !features.is_located(row)) {
                collector.row(LossKind::Unlocated, &features.table, None, row);
            }
        }
        cells(able, &features.table, collector);
    }
    for table in tables {
        if able.tables {
            cells(able, table, collector);
        } else {
            for row in 0..table.len {
                collector.row(LossKind::Records, table, None, row);
            }
        }
    }
}

/// Features with a position that the reference system does not reach: a Gauss–Krüger zone ends a
/// thousand kilometres from its meridian, the others hold all of China.
pub fn outside(
    crs: Crs,
    layers: &[Features<'_>],
    project: impl Fn([f64; 2]) -> [f64; 2],
    collector: &mut Collector,
) {
    let Crs::GaussKruger(zone) = crs else { return };
    let meridian = f64::from(zone.meridian());
    // 8.5 degrees at the equator are 950 kilometres, anywhere else fewer.
    let near = |x: f64| (x - meridian).abs() < 8.5;
    for features in layers {
        for row in 0..features.table.len {
            let Some(bounds) = features.bounds(row) else { continue };
            if near(bounds.min().x) && near(bounds.max().x) {
                continue;
            }
            let Some(geometry) = features.geometry(row) else { continue };
            let reached = |c: geo::Coord| project([c.x, c.y]).iter().all(|n| n.is_finite());
            if !geometry.coords_iter().all(reached) {
                collector.row(LossKind::Outside, &features.table, None, row);
            }
        }
    }
}

fn cells(able: Abilities, table: &Table<'_>, collector: &mut Collector) {
    let written = |field: &Field| able.attributes || matches!(&*field.key, "name" | "id");
    for column in &table.columns {
        let field = &column.field;
        if !written(field) {
            collector.note(LossKind::Attributes, &table.id, Some(&field.key), "");
            continue;
        }
        if !able.nested && matches!(field.kind, Kind::List | Kind::Nested) {
            collector.note(LossKind::Flattened, &table.id, Some(&field.key), "");
        }
    }
    if able.nulls {
        return;
    }
    // Row by row: a row may have to be read first.
    for row in 0..table.len {
        for column in table.columns.iter().filter(|column| written(&column.field)) {
            if column.cell(row) == super::Cell::Null {
                collector.row(LossKind::Nulls, table, Some(&column.field.key), row);
            }
        }
    }
}
