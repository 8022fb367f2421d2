//! `plan-atlas export`: layers of a folder as files, with the same engine as the dialog of the page.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::cli::progress::shown;
use crate::cli::{For, Language, say, seen, sound_atlas, unexported};
use crate::export::{Export, Progress, Wish, WishError, WriteError, ZIP_FILE, losses_text};
use crate::load::Lang;
use crate::whole::{self, Making};

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Options {
    /// 图层编号，逗号分隔 (ids of the layers, separated by commas).
    #[arg(value_delimiter = ',', required = true)]
    layers: Vec<String>,
    /// 格式 (geojson, geojsonseq, gpkg, shp, kml, kmz, fgb, parquet, csv, xlsx, dxf, pmtiles).
    #[arg(long)]
    format: String,
    /// 写到哪里：文件夹，或以 .zip 结尾的文件 (a folder, or a file ending in .zip).
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// 数据文件夹 (the data folder).
    #[arg(long, default_value = "geodata")]
    data: PathBuf,
    /// 坐标系，如 EPSG:4490、EPSG:4545、CGCS2000-GK、GCJ-02 (reference system).
    #[arg(long)]
    crs: Option<String>,
    /// 文字编码 utf-8 或 gbk (encoding of text).
    #[arg(long)]
    encoding: Option<String>,
    /// 西,南,东,北，度 (west,south,east,north in degrees).
    #[arg(long, allow_hyphen_values = true)]
    bbox: Option<String>,
    /// 所在乡镇或县的编号 (id of a township or county).
    #[arg(long)]
    within: Option<String>,
    /// 只要这些地点 (only these places).
    #[arg(long, value_delimiter = ',')]
    places: Option<Vec<String>>,
    /// 不带关联记录 (without linked records).
    #[arg(long)]
    no_records: bool,
    /// 给谁：不含限制给其他人的内容 (for whom: what is kept from them is left out).
    #[arg(long, value_enum, default_value = "public")]
    audience: For,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints what cannot be carried to standard error and what was written to standard output; 0 done,
/// 1 impossible, 2 for a wrong command line.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    match export(options, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, text)) => {
            eprintln!("{}{text}", say(lang, "错误 ", "error "));
            ExitCode::from(code)
        }
    }
}

fn export(options: &Options, lang: Lang) -> Result<(), (u8, String)> {
    let index = sound_atlas(&options.data, lang).map_err(|text| (1, text))?;
    let index = seen(index, options.audience);
    let wish = Wish {
        format: options.format.to_lowercase(),
        layers: options.layers.clone(),
        crs: options.crs.clone(),
        encoding: options.encoding.clone(),
        bbox: options.bbox.clone(),
        area: None,
        within: options.within.clone(),
        places: options.places.clone(),
        records: Some(!options.no_records),
        ..Wish::default()
    };
    let wrong = |error: WishError| {
        let code = if matches!(error, WishError::Selection(_)) { 1 } else { 2 };
        (code, unexported::wish(&error, &wish, &index.atlas, lang))
    };
    let (request, settings) = wish.clone().understand(&index).map_err(wrong)?;
    let day = jiff::Zoned::now().date().to_string();
    let prepared = Export::prepare(&index, request, settings, &day);
    let prepared = prepared.map_err(|error| wrong(error.into()))?;
    let losses = prepared.losses();
    if !losses.items.is_empty() {
        let english = matches!(lang, Lang::En);
        eprintln!("{}", losses_text(&losses, english).replace("\r\n", "\n"));
    }
    let out = options.out.as_path();
    let written = with_progress(lang, |progress| {
        if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            zip(&prepared, out, progress)
        } else {
            folder(&prepared, out, progress)
        }
    });
    for file in written.map_err(|error| (1, unexported::write(&error, lang)))? {
        println!("{}", file.display());
    }
    Ok(())
}

fn zip(export: &Export<'_>, out: &Path, progress: &Progress) -> Result<Vec<PathBuf>, WriteError> {
    let named = |error: io::Error| WriteError::io(&out.display().to_string(), error);
    let made = Making::beside(out).map_err(named)?;
    export.pack(made.path(), progress)?;
    whole::place(&made.path().join(ZIP_FILE), out).map_err(named)?;
    Ok(vec![out.to_owned()])
}

/// Into a new or empty folder, so that nothing of somebody else's is overwritten.
fn folder(
    export: &Export<'_>,
    out: &Path,
    progress: &Progress,
) -> Result<Vec<PathBuf>, WriteError> {
    let named = |error: io::Error| WriteError::io(&out.display().to_string(), error);
    if out.exists() && fs::read_dir(out).map_err(named)?.next().is_some() {
        return Err(WriteError::Taken { file: out.display().to_string() });
    }
    let made = Making::beside(out).map_err(named)?;
    let files = export.unpack_into(made.path(), progress)?;
    made.keep(out).map_err(named)?;
    Ok(files.iter().map(|file| out.join(file)).collect())
}

/// Shows how far the work has come.
fn with_progress<T>(lang: Lang, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    let template = say(
        lang,
        "已写 [{bar:24}] {human_pos}/{human_len} {per_sec} 还需 {eta}",
        "written [{bar:24}] {human_pos}/{human_len} {per_sec} {eta} left",
    );
    let state = || {
        let (written, all) = progress.state();
        Some((String::new(), written, all))
    };
    shown(template, &state, || work(&progress))
}
