//! `plan-atlas bundle`: the atlas as a folder to take along.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::bundle::{Bundled, bundle};
use crate::cli::{For, Language, say, sound_atlas};
use crate::load::Lang;

/// Options of `bundle`.
#[derive(Debug, Args)]
pub struct Options {
    /// 写到哪个文件夹，须还不存在 (the folder to write, which must not be there yet).
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// 数据文件夹 (the data folder).
    #[arg(long, default_value = "geodata")]
    data: PathBuf,
    /// 给谁：不含限制给其他人的内容 (for whom: what is kept from them is left out).
    #[arg(long, value_enum, default_value = "public")]
    audience: For,
    /// 不印推介册和资料册 (without brochures and dossiers).
    #[arg(long)]
    no_reports: bool,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints where the bundle is; 0 done, 1 impossible.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    match write(options, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{}{text}", say(lang, "错误 ", "error "));
            ExitCode::FAILURE
        }
    }
}

fn write(options: &Options, lang: Lang) -> Result<(), String> {
    let index = sound_atlas(&options.data, lang)?;
    let bar = ProgressBar::new(0);
    let looks = "{msg} {wide_bar} {pos}/{len} {eta}";
    bar.set_style(ProgressStyle::with_template(looks).unwrap_or(ProgressStyle::default_bar()));
    bar.set_message(say(lang, "印制", "printing").to_owned());
    let watched = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let made = bundle(&index, options.audience.into(), &options.out, !options.no_reports, &watched);
    bar.finish_and_clear();
    let Bundled { reports, bytes, large, archives } = made.map_err(|error| error.to_string())?;
    let stays = [
        (
            large,
            "大图层留在原文件里，没有带上",
            "large layers stay in their files and were left out",
        ),
        (
            archives,
            "离线底图要有服务器才能读，没有带上",
            "grounds in archives need a server and were left out",
        ),
    ];
    for (ids, zh, en) in stays.iter().filter(|(ids, ..)| !ids.is_empty()) {
        eprintln!("{}: {}", say(lang, zh, en), ids.join(", "));
    }
    let megabytes = bytes / 1_000_000;
    println!("{} ({reports} PDF, {megabytes} MB)", options.out.join("index.html").display());
    Ok(())
}
