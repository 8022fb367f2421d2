//! `plan-atlas render`: a map picture or a printed sheet, the same as `/map.svg`, `/map.png` and `/map.pdf`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::{For, Language, painter, say, seen, sound_atlas, undrawn};
use crate::load::Lang;
use crate::picture::{self, Format, PictureWish};
use crate::query::Budget;
use crate::whole;

/// Options of `render`.
#[derive(Debug, Args)]
pub struct Options {
    /// 写到哪里，以 .svg、.png 或 .pdf 结尾 (a file ending in .svg, .png or .pdf).
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// 数据文件夹 (the data folder).
    #[arg(long, default_value = "geodata")]
    data: PathBuf,
    /// 图层编号，逗号分隔；不给则为打开地图时显示的 (ids of layers, separated by commas).
    #[arg(long, value_delimiter = ',')]
    layers: Option<Vec<String>>,
    /// 西,南,东,北，度 (west,south,east,north in degrees).
    #[arg(long, allow_hyphen_values = true)]
    bbox: Option<String>,
    /// 以这个地点为中心 (around the place with this id).
    #[arg(long)]
    place: Option<String>,
    /// 中心的经度,纬度 (longitude,latitude of the middle).
    #[arg(long, allow_hyphen_values = true)]
    center: Option<String>,
    /// 比例尺分母，如 100000 (the scale: 100000 stands for 1:100 000).
    #[arg(long)]
    scale: Option<f64>,
    /// 宽，像素 (width in pixels).
    #[arg(long)]
    width: Option<f64>,
    /// 高，像素 (height in pixels).
    #[arg(long)]
    height: Option<f64>,
    /// 纸张 a4、a3、a2、a1、a0 (paper).
    #[arg(long)]
    paper: Option<String>,
    /// 方向 landscape 或 portrait (which way round).
    #[arg(long)]
    orientation: Option<String>,
    /// 坐标系，如 EPSG:4545 (reference system).
    #[arg(long)]
    crs: Option<String>,
    /// 图名 (heading).
    #[arg(long)]
    title: Option<String>,
    /// 图名、图例、比例尺等整饰：true 或 false；纸上默认有 (title, legend and scale around the map).
    #[arg(long)]
    margins: Option<bool>,
    /// 格网 auto、degrees、none (net).
    #[arg(long)]
    grid: Option<String>,
    /// 此图层每个地点一张 (a sheet for each place of this layer), pdf.
    #[arg(long)]
    each: Option<String>,
    /// PNG 每英寸像素数 (pixels to an inch of a PNG).
    #[arg(long, default_value_t = 96.0)]
    dpi: f64,
    /// 密集图面的绘制程序；不给则用与本程序同在一处的 plan-atlas-painter (program that paints dense pictures).
    #[arg(long, value_name = "PATH")]
    painter: Option<PathBuf>,
    /// 给谁：不含限制给其他人的内容 (for whom: what is kept from them is left out).
    #[arg(long, value_enum, default_value = "public")]
    audience: For,
    /// 图上文字与提示的语言 (language of the picture and of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints where the picture is; 0 done, 1 impossible, 2 for a wrong command line.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    match render(options, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, text)) => {
            eprintln!("{}{text}", say(lang, "错误 ", "error "));
            ExitCode::from(code)
        }
    }
}

fn render(options: &Options, lang: Lang) -> Result<(), (u8, String)> {
    let ending = options.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = Format::named(ending).ok_or_else(|| {
        let text = say(
            lang,
            "不知道写成什么格式；请让文件名以 .svg、.png 或 .pdf 结尾",
            "the name does not say which format; let it end in .svg, .png or .pdf",
        );
        (2, format!("{}: {text}", options.out.display()))
    })?;
    let index = sound_atlas(&options.data, lang).map_err(|text| (1, text))?;
    let index = seen(index, options.audience);
    let wish = PictureWish {
        layers: options.layers.clone(),
        bbox: options.bbox.clone(),
        place: options.place.clone(),
        center: options.center.clone(),
        scale: options.scale,
        width: options.width,
        height: options.height,
        paper: options.paper.clone(),
        orientation: options.orientation.clone(),
        crs: options.crs.clone(),
        language: match lang {
            Lang::Zh => picture::Language::Chinese,
            Lang::En => picture::Language::English,
        },
        title: options.title.clone(),
        margins: options.margins,
        grid: options.grid.clone(),
        each: options.each.clone(),
        date: jiff::Zoned::now().date().to_string(),
        marked: None,
    };
    let painter = painter(options.painter.as_deref());
    let made = wish.made(&index, format, options.dpi, &painter, &Budget::unlimited());
    let bytes = made.map_err(|error| {
        let code = if error.is_wish() { 2 } else { 1 };
        (code, undrawn::picture(&error, &index.atlas, lang))
    })?;
    let failed = |error: std::io::Error| (1, format!("{}: {error}", options.out.display()));
    whole::write(&options.out, &bytes).map_err(failed)?;
    println!("{}", options.out.display());
    Ok(())
}
