//! The command line. One file per subcommand; each returns what its exit code should be.

mod check;
mod import;
mod openapi;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::load::Lang;

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

/// Runs the program: 0 when all is well, 1 when the data has errors, 2 for a wrong command line,
/// 3 when the server cannot run.
#[must_use]
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Openapi => openapi::run(),
    }
}
