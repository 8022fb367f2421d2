//! The command line. One file per subcommand; each returns what its exit code should be.

mod bundle;
mod check;
mod config;
mod edited;
mod export;
mod import;
mod openapi;
mod progress;
mod reload;
mod render;
mod report;
mod serve;
mod settled;
mod token;
mod undrawn;
mod unexported;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::audience::seen_by;
use crate::index::IndexedAtlas;
use crate::load::{Lang, Loaded, Severity};
use crate::model::Audience;
use crate::painter::{PATIENCE, Painter};

/// 规划图册：把一个 GeoJSON 与表格文件夹变成规划地图
/// (a folder of GeoJSON and tables becomes a planning map).
#[derive(Debug, Parser)]
#[command(name = "plan-atlas", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动地图服务 (serve the map).
    Serve(serve::Options),
    /// 检查数据文件夹 (check a data folder).
    Check(check::Options),
    /// 把图层文件存进数据文件夹 (save a layer that somebody brings along into the data folder).
    Import(import::Options),
    /// 导出图层 (take layers away).
    Export(export::Options),
    /// 画一幅地图，印一张图 (draw a map picture, print a sheet).
    Render(render::Options),
    /// 打包带走 (write the atlas as a folder that opens without a server).
    Bundle(bundle::Options),
    /// 发放登录令牌 (make a token that lets a member of the staff in).
    Token(token::Options),
    /// 印一份资料、一本分册、一份招商简介或对比 (print a dossier, a booklet, a brochure or a comparison).
    Report(report::Options),
    /// 输出接口说明 (print the `OpenAPI` document).
    Openapi,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// Who something is for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum For {
    /// 公众 (everybody)
    Public,
    /// 投资者 (investors)
    Investor,
    /// 内部人员 (the staff)
    Internal,
}

impl From<For> for Audience {
    fn from(whom: For) -> Self {
        match whom {
            For::Public => Self::Public,
            For::Investor => Self::Investor,
            For::Internal => Self::Internal,
        }
    }
}

/// The atlas as an audience sees it.
fn seen(index: IndexedAtlas, whom: For) -> IndexedAtlas {
    seen_by(&index, &Audience::from(whom).into()).unwrap_or(index)
}

fn say<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The atlas that was loaded, with its indexes; `None` where it had errors.
fn indexed(loaded: Loaded) -> Option<IndexedAtlas> {
    let stores = loaded.stores;
    loaded.atlas.map(|atlas| IndexedAtlas::with_stores(atlas, &stores))
}

/// The painter at a path, or the one that lies beside this program.
fn painter(program: Option<&Path>) -> Painter {
    program.map_or_else(Painter::beside, |program| Painter::at(program.to_owned(), PATIENCE))
}

/// The atlas of a folder without errors; these are printed, and the text says what to do.
fn sound_atlas(folder: &Path, lang: Lang) -> Result<IndexedAtlas, String> {
    let mut loaded = progress::load_shown(folder, lang);
    let problems = std::mem::take(&mut loaded.problems);
    indexed(loaded).ok_or_else(|| {
        for problem in problems.iter().filter(|p| p.severity == Severity::Error) {
            eprintln!("{}", problem.text(lang));
        }
        say(
            lang,
            "数据文件夹有错误（见上），请先改正",
            "the data folder has errors (above): mend them first",
        )
        .to_owned()
    })
}

/// What was asked for; a server's file of settings is read first. Ends the program when that makes no sense.
fn arguments() -> Arguments {
    let line: Vec<OsString> = std::env::args_os().collect();
    let command =
        config::with_file(Arguments::command(), "serve", &line).unwrap_or_else(|reason| {
            Arguments::command().error(ErrorKind::ValueValidation, reason).exit()
        });
    let matches = command.get_matches_from(line);
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Runs the program: 0 when all is well, 1 when the data has errors, 2 for a wrong command line,
/// 3 when the server cannot run.
#[must_use]
pub fn run() -> ExitCode {
    match arguments().command {
        Command::Serve(options) => serve::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Render(options) => render::run(&options),
        Command::Bundle(options) => bundle::run(&options),
        Command::Token(options) => token::run(&options),
        Command::Report(options) => report::run(&options),
        Command::Openapi => openapi::run(),
    }
}
