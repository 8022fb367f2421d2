//! `plan-atlas report`: a dossier, a booklet, a brochure or a comparison, the same as under `/reports`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Args};

use crate::cli::{For, Language, say, seen, sound_atlas, undrawn};
use crate::load::Lang;
use crate::picture;
use crate::query::Budget;
use crate::report::{Format, Subject};
use crate::whole;

/// Options of `report`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("subject").required(true).args(["place", "layer", "site", "compare"])))]
pub struct Options {
    /// 写到哪里，以 .pdf、.html 结尾，对比也可以 .xlsx 结尾 (a file ending in .pdf or .html, of a comparison also .xlsx).
    #[arg(long, short, alias = "out", value_name = "PATH")]
    output: PathBuf,
    /// 数据文件夹 (the data folder).
    #[arg(long, default_value = "geodata")]
    data: PathBuf,
    /// 这个地点的资料 (the dossier of the place with this id).
    #[arg(long, value_name = "ID")]
    place: Option<String>,
    /// 这个图层的乡镇分册 (the booklet of the layer with this id).
    #[arg(long, value_name = "ID")]
    layer: Option<String>,
    /// 分册只要这个县 (only the townships of this county).
    #[arg(long, value_name = "ID", requires = "layer")]
    county: Option<String>,
    /// 这个招商载体的简介 (the brochure of the site with this id).
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// 两至四个招商载体对比，编号用逗号分隔 (two to four sites side by side).
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    compare: Option<Vec<String>>,
    /// 周边看多远，米 (how far to look around sites, metres).
    #[arg(long, default_value_t = 20_000.0)]
    radius: f64,
    /// 简介上二维码指向的网址 (address that the code on a brochure leads to).
    #[arg(long, value_name = "URL", requires = "site")]
    link: Option<String>,
    /// 给谁：不含限制给其他人的内容 (for whom: what is kept from them is left out).
    #[arg(long, value_enum, default_value = "public")]
    audience: For,
    /// 册子与提示的语言 (language of the report and of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

impl Options {
    fn subject(&self) -> Option<Subject> {
        let radius = self.radius;
        if let Some(place) = &self.place {
            return Some(Subject::Place(place.clone()));
        }
        if let Some(place) = &self.site {
            return Some(Subject::Site { place: place.clone(), radius, link: self.link.clone() });
        }
        if let Some(places) = &self.compare {
            return Some(Subject::Comparison { places: places.clone(), radius });
        }
        Some(Subject::Layer(self.layer.clone()?, self.county.clone()))
    }
}

/// Prints where the report is; 0 done, 1 impossible, 2 for a wrong command line.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    match write(options, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, text)) => {
            eprintln!("{}{text}", say(lang, "错误 ", "error "));
            ExitCode::from(code)
        }
    }
}

fn write(options: &Options, lang: Lang) -> Result<(), (u8, String)> {
    let ending = options.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = Format::named(ending).ok_or_else(|| {
        let text = say(
            lang,
            "不知道写成什么格式；请让文件名以 .pdf 或 .html 结尾（对比也可以是 .xlsx）",
            "the name does not say which format; let it end in .pdf or .html (of a comparison also .xlsx)",
        );
        (2, format!("{}: {text}", options.output.display()))
    })?;
    let Some(subject) = options.subject() else { return Ok(()) };
    let index = sound_atlas(&options.data, lang).map_err(|text| (1, text))?;
    let index = seen(index, options.audience);
    let language = match lang {
        Lang::Zh => picture::Language::Chinese,
        Lang::En => picture::Language::English,
    };
    let made = subject
        .report(&index, language, &Budget::unlimited())
        .and_then(|report| report.printed(format));
    let bytes = made.map_err(|error| {
        let code = if error.is_wish() { 2 } else { 1 };
        (code, undrawn::report(&error, &index.atlas, lang))
    })?;
    let failed = |error: std::io::Error| (1, format!("{}: {error}", options.output.display()));
    whole::write(&options.output, &bytes).map_err(failed)?;
    println!("{}", options.output.display());
    Ok(())
}
