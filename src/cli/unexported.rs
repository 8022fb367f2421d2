//! Why `plan-atlas export` wrote nothing, and what to do, in Chinese or English.
//!
//! The English sentences of the engine name addresses of the API; whoever sits at a terminal needs options.

use crate::cli::say;
use crate::export::{Encoding, Format, SelectionError, Wish, WishError, WriteError};
use crate::import::Refusal;
use crate::load::Lang;
use crate::model::Atlas;
use crate::store::Unreadable;

/// A wish that cannot be understood or met.
pub fn wish(error: &WishError, wished: &Wish, atlas: &Atlas, lang: Lang) -> String {
    let joined = |list: Vec<&str>| list.join(say(lang, "、", ", "));
    let zh = match error {
        WishError::Crs(error) => return Refusal::CrsUnusable { error: error.clone() }.text(lang),
        WishError::Selection(error) => {
            let layers = joined(atlas.layers.iter().map(|layer| layer.id.as_str()).collect());
            return selection(error, wished, &layers, lang);
        }
        WishError::Format(name) => {
            let known = joined(Format::ALL.map(Format::id).to_vec());
            format!("没有格式“{name}”；可用：{known}")
        }
        WishError::OnlyDegrees { format, crs } => {
            format!("{format} 只能是 WGS 84 经纬度；请去掉 --crs，或为 {crs} 换一种格式")
        }
        WishError::Encoding(name) => format!("没有编码“{name}”；可用：utf-8、gbk"),
        WishError::OnlyUtf8(format) => {
            let able = Format::ALL.into_iter().filter(|f| f.encodings().contains(&Encoding::Gbk));
            let able = joined(able.map(Format::id).collect());
            format!("{format} 只能是 UTF-8；请去掉 --encoding，要 GBK 请用 {able}")
        }
        WishError::Bbox(text) => {
            format!("--bbox {text} 不对；应是 西,南,东,北，单位度，如 108.4,30.5,109.6,31.4")
        }
    };
    say(lang, &zh, &error.to_string()).to_owned()
}

fn selection(error: &SelectionError, wished: &Wish, layers: &str, lang: Lang) -> String {
    let (zh, en) = match error {
        SelectionError::NoLayer => (
            format!("没有指定图层；可选：{layers}"),
            format!("no layer is chosen; there are: {layers}"),
        ),
        SelectionError::UnknownLayer(id) => (
            format!("没有图层“{id}”；可选：{layers}"),
            format!("there is no layer {id:?}; there are: {layers}"),
        ),
        SelectionError::UnknownPlace(id) => (
            format!("没有地点“{id}”，也许编号已改；编号见地图上地点的面板，或先整层导出看“编号”列"),
            format!(
                "there is no place {id:?}, perhaps no longer; ids stand in the panel of a place on the map, and in the column 编号 (id) of an export of the whole layer"
            ),
        ),
        SelectionError::NoOutline(id) => (
            format!("“{id}”没有边界，谈不上在它里面；--within 请用它所在的乡镇或县"),
            format!(
                "{id:?} has no outline, so nothing lies within it; give its township to --within"
            ),
        ),
        SelectionError::Area(error) => (error.to_string(), error.to_string()),
        SelectionError::Unreadable(error) => (unreadable(error), error.to_string()),
        // Nothing on the command line withdraws a budget.
        SelectionError::Stopped(error) => ("导出已停止".to_owned(), error.to_string()),
        SelectionError::Empty(asked) => {
            let narrowed = [
                ("--bbox", wished.bbox.is_some()),
                ("--within", wished.within.is_some()),
                ("--places", wished.places.is_some()),
            ];
            let given: Vec<&str> =
                narrowed.iter().filter(|(_, given)| *given).map(|(option, _)| *option).collect();
            if given.is_empty() {
                (
                    format!("没有可导出的内容：图层 {asked} 是空的；请换一个图层"),
                    format!(
                        "nothing is left to export: {asked} has no features; choose another layer"
                    ),
                )
            } else {
                (
                    format!(
                        "没有可导出的内容：图层 {asked} 中没有要素符合 {}；请放宽或去掉",
                        given.join("、")
                    ),
                    format!(
                        "nothing is left to export: no feature of {asked} meets {}; widen it or leave it out",
                        given.join(", ")
                    ),
                )
            }
        }
    };
    say(lang, &zh, &en).to_owned()
}

fn unreadable(error: &Unreadable) -> String {
    match error {
        Unreadable::Changed { file } => format!("{file} 在读取期间被改动；请等它存好再导出"),
        Unreadable::Failed { file, reason } => format!("{file} 无法读取（{reason}）"),
    }
}

/// Files that could not be written. Nothing of them is left.
pub fn write(error: &WriteError, lang: Lang) -> String {
    let zh = match error {
        WriteError::Full { file } => format!(
            "写不下 {file}：磁盘已满，或文件超过了允许的大小；请腾出空间、用 --out 换个地方，或少选图层。没有留下半个文件"
        ),
        WriteError::Io { file, error } => {
            format!("无法写入 {file}（{error}）；请检查 --out 的文件夹是否存在、能否写入")
        }
        WriteError::Taken { file } => {
            format!("{file} 不是空文件夹，里面的东西不会被覆盖；请换一个新文件夹，或写成 .zip")
        }
        WriteError::Unreadable(error) => unreadable(error),
        WriteError::Cancelled => "导出已取消".to_owned(),
        WriteError::Format { format, reason } => format!("写 {format} 时出错：{reason}"),
    };
    say(lang, &zh, &error.to_string()).to_owned()
}
