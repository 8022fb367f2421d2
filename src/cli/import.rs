//! `plan-atlas import`: a layer that somebody brings along becomes a GeoJSON file of the data folder.
//!
//! Either the folder is sound afterwards or it is as it was before.

use std::collections::HashMap;
use std::fs;
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::cli::{Language, edited, say, sound_atlas};
use crate::crs::Crs;
use crate::import::{
    Difference, Imported, Matter, Refusal, Remark, Wishes, difference, is_own, read, to_geojson,
};
use crate::load::{Lang, Severity, load};
use crate::model::Atlas;
use crate::whole::{Change, Turn};

/// Remarks of one sort, and changes, that are listed one by one.
const LISTED: usize = 20;
/// A command line that cannot be meant.
const WRONG_COMMAND: u8 = 2;

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Options {
    /// 要导入的文件 (GeoJSON, KML/KMZ, zipped Shapefile, GeoPackage, FlatGeobuf, CSV or XLSX, or the zip of an export).
    pub file: PathBuf,
    /// 图层编号；新图层以它为文件名，图册自己的图层则改回各地点文件
    /// (id of the layer: a new one becomes a file of this name, one of the atlas's own is written back).
    #[arg(long = "as", value_name = "LAYER")]
    pub layer: String,
    /// 数据文件夹 (the data folder).
    #[arg(long, default_value = "geodata")]
    pub data: PathBuf,
    /// 坐标系，如 EPSG:4490、EPSG:4545、GCJ-02 (reference system of the file).
    #[arg(long)]
    crs: Option<String>,
    /// 文字编码，如 GBK (encoding of its texts).
    #[arg(long)]
    encoding: Option<String>,
    /// 只读这个表或工作表 (the table or sheet to take).
    #[arg(long)]
    table: Option<String>,
    /// 压缩包里的哪个文件或图层 (the file of an archive, or the layer of an exported one, to take).
    #[arg(long, value_name = "NAME")]
    member: Option<String>,
    /// 替换已有的自带图层；对图册自己的图层，文件里没有的地点一并删除
    /// (replace a layer that was imported before; of one of the atlas's own, remove places not in the file).
    #[arg(long)]
    pub replace: bool,
    /// 只报告，不写入 (report only).
    #[arg(long)]
    pub dry_run: bool,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints what is wrong to standard error and what was done to standard output; 0 done, 1 refused.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    match import(options, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{}{}", say(lang, "错误 ", "error "), stop.text);
            ExitCode::from(stop.code)
        }
    }
}

/// Why nothing was imported.
pub struct Stop {
    code: u8,
    text: String,
}

impl Stop {
    /// Something is wrong with the file or the folder.
    pub fn data(text: String) -> Self {
        Self { code: 1, text }
    }

    fn command(text: String) -> Self {
        Self { code: WRONG_COMMAND, text }
    }
}

fn import(options: &Options, lang: Lang) -> Result<(), Stop> {
    let layer = options.layer.as_str();
    check_name(layer).map_err(|(zh, en)| Stop::command(say(lang, zh, en).to_owned()))?;
    let wishes = wishes(options, lang)?;
    // From here on nobody else changes the folder; a dry run does not either.
    let turn = (!options.dry_run).then(|| Turn::take(&options.data)).transpose();
    let turn = turn.map_err(|error| {
        let text = say(lang, "数据文件夹不能写入", "the data folder cannot be written to");
        Stop::data(format!("{text}: {error}"))
    })?;
    let index = sound_atlas(&options.data, lang).map_err(Stop::data)?;
    let target = options.data.join(format!("{layer}.geojson"));
    if index.atlas.layer(layer).is_some_and(|found| is_own(&index.atlas, found)) {
        return edited::import(options, &wishes, index, turn.as_ref(), lang);
    }
    let atlas = index.atlas;
    let replaces = check_free(&atlas, options, &target, lang)?;

    let named = |refusal: &Refusal| {
        Stop::data(format!("{}: {}", options.file.display(), refusal.text(lang)))
    };
    let imported =
        read(&options.file, &wishes, layer, &atlas).map_err(|refusal| named(&refusal))?;
    print_remarks(&imported.remarks, lang);
    println!("{}", summary(&imported, lang));
    if replaces {
        let found = difference(&target, layer, &imported.features);
        print_difference(&found.map_err(|refusal| named(&refusal))?, lang);
    }
    let Some(turn) = turn else {
        println!("{}", say(lang, "试运行，没有写入", "dry run: nothing was written"));
        return Ok(());
    };
    save(&target, &imported, &turn, &options.data, lang)?;
    let done = say(lang, "已写入", "written to");
    let next = say(lang, "重启服务后即为图层", "after a restart of the server it is the layer");
    println!("{done} {}；{next} {layer}", target.display());
    Ok(())
}

/// Names that are files on every system and ids in every address.
fn check_name(layer: &str) -> Result<(), (&'static str, &'static str)> {
    let reserved = ["con", "prn", "aux", "nul"];
    let numbered = |name: &str| {
        let (port, digit) = name.split_at_checked(3).unwrap_or_default();
        matches!(port, "com" | "lpt") && digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit()
    };
    let lower = layer.to_lowercase();
    let sound = !layer.is_empty()
        && layer.len() <= 100
        && layer.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && layer.starts_with(char::is_alphanumeric)
        && !reserved.contains(&lower.as_str())
        && !numbered(&lower);
    if sound {
        return Ok(());
    }
    Err((
        "--as 是图层编号也是文件名，只能用汉字、字母、数字、“-”和“_”，以字或数字开头",
        "--as names a layer and a file: letters, digits, - and _ only, beginning with a letter or digit",
    ))
}

fn wishes(options: &Options, lang: Lang) -> Result<Wishes, Stop> {
    let crs = options.crs.as_deref().map(Crs::identify).transpose();
    let crs = crs.map_err(|error| Stop::command(Refusal::CrsUnusable { error }.text(lang)))?;
    let encoding = match &options.encoding {
        None => None,
        Some(name) => Some(crate::import::encoding_named(name).ok_or_else(|| {
            let text = say(
                lang,
                "没有这种编码；可用 UTF-8、GBK、GB18030",
                "is no known encoding; try UTF-8, GBK, GB18030",
            );
            Stop::command(format!("--encoding {name}: {text}"))
        })?),
    };
    Ok(Wishes { crs, encoding, table: options.table.clone(), member: options.member.clone() })
}

/// Whether a file is there that will be replaced. An id that the atlas uses otherwise is refused.
fn check_free(atlas: &Atlas, options: &Options, target: &Path, lang: Lang) -> Result<bool, Stop> {
    let layer = options.layer.as_str();
    // On Windows, capitals make no other file.
    let other = atlas
        .layers
        .iter()
        .map(|l| l.id.as_str())
        .find(|id| *id != layer && id.to_lowercase() == layer.to_lowercase());
    if let Some(other) = other {
        let text = say(lang, "已有只差大小写的图层", "differs only in capitals from the layer");
        return Err(Stop::data(format!("{layer}: {text} {other}")));
    }
    match (atlas.layer(layer).is_some(), target.is_file(), options.replace) {
        (false, false, _) => Ok(false),
        (_, true, true) => Ok(true),
        (_, true, false) => {
            let text = say(
                lang,
                "已有这个自带图层；要替换请加 --replace（先加 --dry-run 看有何不同），否则换一个编号",
                "is a layer of the folder already; --replace replaces it (look at --dry-run first), or choose another id",
            );
            Err(Stop::data(format!("{layer}: {text}")))
        }
        (true, false, _) => {
            let text = say(
                lang,
                "是 atlas.toml 里的图层，不能替换；请换一个编号",
                "is a layer of atlas.toml and cannot be replaced; choose another id",
            );
            Err(Stop::data(format!("{layer}: {text}")))
        }
    }
}

/// Every remark, but of each sort only the first few one by one.
pub fn print_remarks(remarks: &[Remark], lang: Lang) {
    let mut seen: HashMap<Discriminant<Matter>, usize> = HashMap::new();
    for remark in remarks {
        let count = seen.entry(discriminant(&remark.matter)).or_default();
        *count += 1;
        if *count <= LISTED {
            eprintln!("{}", remark.text(lang));
        }
    }
    let hidden: usize = seen.values().map(|count| count.saturating_sub(LISTED)).sum();
    if hidden > 0 {
        eprintln!(
            "{} {hidden} {}",
            say(lang, "另有", "and"),
            say(lang, "条同类提醒，未逐条列出", "more notes of these sorts")
        );
    }
}

fn summary(imported: &Imported, lang: Lang) -> String {
    let located = imported.features.iter().filter(|f| f.geometry.is_some()).count();
    let mut parts = vec![imported.format.to_owned()];
    if !imported.systems.is_empty() {
        parts.push(imported.systems.join("、"));
    }
    for (zh, en, count) in [
        ("要素", "features", imported.features.len()),
        ("已定位", "located", located),
        ("提醒", "notes", imported.remarks.len()),
    ] {
        parts.push(format!("{} {count}", say(lang, zh, en)));
    }
    parts.join(" · ")
}

fn print_difference(difference: &Difference, lang: Lang) {
    for change in difference.changes.iter().take(LISTED) {
        println!("{}", change.text(lang));
    }
    let hidden = difference.changes.len().saturating_sub(LISTED);
    if hidden > 0 {
        println!("… {hidden} {}", say(lang, "处未列出", "more"));
    }
    let (added, changed, removed) = difference.counts();
    let unchanged = difference.unchanged;
    match lang {
        Lang::Zh => println!("增加 {added} · 改变 {changed} · 删除 {removed} · 不变 {unchanged}"),
        Lang::En => println!(
            "{added} added · {changed} changed · {removed} removed · {unchanged} unchanged"
        ),
    }
}

/// Writes the file, checks the folder with it, and takes it back when the folder has errors.
fn save(
    target: &Path,
    imported: &Imported,
    turn: &Turn<'_>,
    folder: &Path,
    lang: Lang,
) -> Result<(), Stop> {
    let cannot = |error: std::io::Error| {
        let text = say(lang, "无法写入", "cannot be written");
        Stop::data(format!("{text}: {error}"))
    };
    let old = match fs::read(target) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(error)),
    };
    let file = target.file_name().unwrap_or_default().into();
    let change = Change { file, old, new: to_geojson(&imported.features).into_bytes() };
    let mut problems = Vec::new();
    let made = turn.make(&[change], || {
        let loaded = load(folder);
        problems = loaded.problems;
        loaded.atlas.is_some()
    });
    if made.map_err(cannot)? {
        return Ok(());
    }
    for problem in problems.iter().filter(|p| p.severity == Severity::Error) {
        eprintln!("{}", problem.text(lang));
    }
    let text = say(
        lang,
        "导入的图层使数据文件夹出错（见上），已撤回，文件夹没有改变",
        "the layer makes the folder fail (above) and was taken back: the folder is unchanged",
    );
    Err(Stop::data(text.to_owned()))
}
