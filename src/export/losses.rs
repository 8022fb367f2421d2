//! What a format cannot carry, found out before anything is written.
//!
//! The report is shown to the person who exports and goes into the export as `损失报告.txt`: nothing
//! is lost in silence.

use std::collections::BTreeMap;

use geo::{BoundingRect, CoordsIter};
use serde::Serialize;
use utoipa::ToSchema;

use crate::crs::Crs;
use crate::export::{Abilities, Features, Format, Kind, Table};

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
    /// Field concerned.
    pub field: Option<String>,
    /// How many values or features.
    pub count: usize,
    /// The first few: ids, values, characters.
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
        let key = (kind, layer.to_owned(), field.map(str::to_owned));
        let (count, examples) = self.found.entry(key).or_default();
        *count += 1;
        if examples.len() < EXAMPLES
            && !example.is_empty()
            && !examples.iter().any(|e| e == example)
        {
            examples.push(example.to_owned());
        }
    }

    /// The report.
    pub fn finish(self) -> Losses {
        let items = self.found.into_iter().map(|((kind, layer, field), (count, examples))| Loss {
            kind,
            layer,
            field,
            count,
            examples,
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
        let id = features.table.id.as_str();
        if !able.unlocated {
            for row in (0..features.table.len).filter(|&row| features.geometry(row).is_none()) {
                collector.note(LossKind::Unlocated, id, None, &features.place(row).name);
            }
        }
        cells(able, &features.table, collector);
    }
    for table in tables {
        if able.tables {
            cells(able, table, collector);
        } else {
            for row in 0..table.len {
                collector.note(LossKind::Records, &table.id, None, &table.id_of(row));
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
            let Some(geometry) = features.geometry(row) else { continue };
            let bounds = geometry.bounding_rect();
            let surely = bounds.is_some_and(|b| near(b.min().x) && near(b.max().x));
            let reached = |c: geo::Coord| project([c.x, c.y]).iter().all(|n| n.is_finite());
            if !surely && !geometry.coords_iter().all(reached) {
                collector.note(
                    LossKind::Outside,
                    &features.table.id,
                    None,
                    &features.place(row).name,
                );
            }
        }
    }
}

fn cells(able: Abilities, table: &Table<'_>, collector: &mut Collector) {
    for column in &table.columns {
        let field = &column.field;
        if !able.attributes && &*field.key != "name" && &*field.key != "id" {
            collector.note(LossKind::Attributes, &table.id, Some(&field.key), "");
            continue;
        }
        if !able.nested && matches!(field.kind, Kind::List | Kind::Nested) {
            collector.note(LossKind::Flattened, &table.id, Some(&field.key), "");
        }
        if !able.nulls {
            for row in 0..table.len {
                if column.cell(row) == super::Cell::Null {
                    collector.note(LossKind::Nulls, &table.id, Some(&field.key), &table.id_of(row));
                }
            }
        }
    }
}
