//! `plan-atlas check`: every problem of a data folder, and what it holds.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::Language;
use crate::load::{Lang, Severity, load};
use crate::model::Atlas;

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Options {
    /// 数据文件夹 (the data folder).
    #[arg(default_value = "geodata")]
    folder: PathBuf,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints problems to standard error and the summary to standard output; 0 clean, 1 with errors.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    let loaded = load(&options.folder);
    for problem in &loaded.problems {
        eprintln!("{}", problem.text(lang));
    }
    let errors = loaded.problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = loaded.problems.len() - errors;
    if let Some(atlas) = &loaded.atlas {
        println!("{}", summary(atlas, lang));
    }
    match lang {
        Lang::Zh => println!("{errors} 个错误，{warnings} 个提醒"),
        Lang::En => println!("{errors} errors, {warnings} warnings"),
    }
    if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn summary(atlas: &Atlas, lang: Lang) -> String {
    let located = atlas.places.iter().filter(|p| p.geometry.is_some()).count();
    let counts = [
        ("规划", "plans", atlas.plans.len()),
        ("图层", "layers", atlas.layers.len()),
        ("地点", "places", atlas.places.len()),
        ("已定位", "located", located),
        ("布局角色", "roles", atlas.roles.len()),
        ("项目", "projects", atlas.projects.len()),
        ("指标与数字", "targets", atlas.targets.len()),
        ("任务", "tasks", atlas.tasks.len()),
        ("单位", "organisations", atlas.organisations.len()),
        ("矛盾之处", "discrepancies", atlas.discrepancies.len()),
    ];
    let listed: Vec<String> = counts
        .iter()
        .map(|(zh, en, n)| format!("{} {n}", if lang == Lang::Zh { zh } else { en }))
        .collect();
    format!(
        "{} · {} {}",
        listed.join(" · "),
        if lang == Lang::Zh { "数据版本" } else { "data version" },
        atlas.data_version
    )
}
