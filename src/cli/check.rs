//! `plan-atlas check`: every problem of a data folder, what it holds, and what is loose in it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::Language;
use crate::cli::progress::load_shown;
use crate::load::{Lang, Severity};
use crate::model::{Atlas, Place};
use crate::query::{Coverage, coverage};

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Options {
    /// 数据文件夹 (the data folder).
    #[arg(default_value = "geodata")]
    folder: PathBuf,
    /// 逐章节列出覆盖情况与缺失的链接 (list coverage by section, and loose ends).
    #[arg(long)]
    coverage: bool,
    /// 提示语言 (language of messages).
    #[arg(long, value_enum, default_value = "zh")]
    lang: Language,
}

/// Prints problems to standard error and the summary to standard output; 0 clean, 1 with errors.
pub fn run(options: &Options) -> ExitCode {
    let lang = Lang::from(options.lang);
    let loaded = load_shown(&options.folder, lang);
    for problem in &loaded.problems {
        eprintln!("{}", problem.text(lang));
    }
    let errors = loaded.problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = loaded.problems.len() - errors;
    if let Some(atlas) = &loaded.atlas {
        println!("{}", summary(atlas, lang));
        print!("{}", coverage_text(&coverage(atlas), options.coverage, lang));
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

/// Loose ends in one line each; with `all`, every section and every place by name.
fn coverage_text(coverage: &Coverage<'_>, all: bool, lang: Lang) -> String {
    let words = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text = String::new();
    let mut line = |content: &str| {
        text.push_str(content);
        text.push('\n');
    };
    let cited = coverage.sections.iter().filter(|s| s.records.iter().any(|n| *n > 0)).count();
    line(&format!(
        "{} {cited} / {}",
        words("有记录的章节", "sections with records"),
        coverage.sections.len()
    ));
    if all {
        line(words(
            "  规划 章节：角色 项目 指标 任务 单位 矛盾",
            "  plan section: roles projects targets tasks organisations discrepancies",
        ));
        for section in &coverage.sections {
            let counts = section.records.map(|n| n.to_string()).join(" ");
            line(&format!("  {} {}: {counts}", section.plan, section.section));
        }
    }
    let mut listed = |title: &str, items: Vec<&str>| {
        line(&format!("{title} {}", items.len()));
        if all {
            line(&format!("  {}", items.join(words("、", ", "))));
        }
    };
    let names = |places: &[&Place]| -> Vec<String> {
        places.iter().map(|p| format!("{} {}", p.id, p.name)).collect()
    };
    let (unlocated, silent) = (names(&coverage.unlocated), names(&coverage.silent));
    listed(
        words("未定位的地点", "places without position"),
        unlocated.iter().map(String::as_str).collect(),
    );
    listed(
        words("没有记录的地点", "places without records"),
        silent.iter().map(String::as_str).collect(),
    );
    listed(
        words("未指明地点的记录（归全县）", "records without place (the county's)"),
        coverage.placeless.clone(),
    );
    text
}
