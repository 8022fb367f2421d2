//! `plan-atlas import` of a layer of the atlas's own places that was exported and edited: the files that
//! the places came from are changed where a row was.
//!
//! Either every row is written and the folder is as sound as before, or nothing is.

use std::path::Path;

use crate::cli::import::{Options, Stop, print_remarks};
use crate::cli::say;
use crate::import::{Edits, Said, Wishes, edits};
use crate::index::IndexedAtlas;
use crate::load::{Lang, Severity, load};
use crate::whole::{Change, Turn};

/// Reads the file, prints what it changes row by row, and writes it where it is the turn of this program; without a
/// turn it is a dry run.
pub fn import(
    options: &Options,
    wishes: &Wishes,
    index: IndexedAtlas,
    turn: Option<&Turn<'_>>,
    lang: Lang,
) -> Result<(), Stop> {
    let layer = index.atlas.layer(&options.layer);
    let layer = layer.ok_or_else(|| Stop::data(options.layer.clone()))?;
    let found =
        edits(&options.file, wishes, &index, layer, options.replace).map_err(|refusal| {
            Stop::data(format!("{}: {}", options.file.display(), refusal.text(lang)))
        })?;
    let warnings = index.atlas.warnings.len();
    drop(index);
    print(&found, lang);
    let refused = found.refused();
    if refused > 0 {
        for line in found.rows.iter().flat_map(|row| row.refused(lang)) {
            eprintln!("{}{line}", say(lang, "拒绝 ", "refused "));
        }
        return Err(Stop::data(match lang {
            Lang::Zh => format!("{refused} 行不能写入（见上），全部没有写入；改正后再导入"),
            Lang::En => {
                format!("{refused} rows cannot be written (above), so nothing was; mend them")
            }
        }));
    }
    let cannot = |said: Said| Stop::data(said.text(lang).to_owned());
    let files = found.files(&options.data).map_err(cannot)?;
    if files.is_empty() {
        println!(
            "{}",
            say(lang, "没有改动，数据文件夹不变", "no changes: the folder stays as it is")
        );
        return Ok(());
    }
    let path = |change: &Change| options.data.join(&change.file).display().to_string();
    let names: Vec<String> = files.iter().map(path).collect();
    let names = names.join(say(lang, "、", ", "));
    let Some(turn) = turn else {
        println!(
            "{}: {names}",
            say(lang, "试运行，没有写入。将改写", "dry run, nothing was written. Would change")
        );
        return Ok(());
    };
    save(&files, turn, &options.data, warnings, lang)?;
    println!(
        "{} {names}",
        say(lang, "已写入，重启服务后生效：", "written, in force after a restart of the server:")
    );
    let loaded = load(&options.data);
    let inside = |id: &&str| {
        let atlas = loaded.atlas.as_ref()?;
        let place = atlas.find_place(id)?;
        Some(atlas.layer(&options.layer)?.places.contains(&place))
    };
    for id in found.added().filter(|id| inside(id) == Some(false)) {
        let text = say(
            lang,
            "已加入，但按 atlas.toml 的 select 不属于图层",
            "was added, but select of atlas.toml does not take it into the layer",
        );
        eprintln!("{id}: {text} {}", options.layer);
    }
    Ok(())
}

/// Remarks to standard error, changes to standard output, a line each.
fn print(found: &Edits, lang: Lang) {
    print_remarks(&found.remarks, lang);
    for note in &found.notes {
        eprintln!("{}", note.text(lang));
    }
    let mut head = vec![found.format.to_owned()];
    if !found.systems.is_empty() {
        head.push(found.systems.join("、"));
    }
    println!("{}", head.join(" · "));
    for row in &found.rows {
        if let Some(change) = row.change(lang) {
            println!("{change}");
        }
        for remark in row.remarks(lang) {
            eprintln!("{remark}");
        }
    }
    if found.absent > 0 {
        let count = found.absent;
        println!(
            "{}",
            match lang {
                Lang::Zh =>
                    format!("图层另有 {count} 个地点不在文件里，原样保留（要删除请加 --replace）"),
                Lang::En => format!(
                    "{count} more places of the layer are not in the file and stay (--replace removes them)"
                ),
            }
        );
    }
    let (added, changed, removed) = found.counts();
    let unchanged = found.unchanged;
    match lang {
        Lang::Zh => println!("增加 {added} · 改变 {changed} · 删除 {removed} · 不变 {unchanged}"),
        Lang::En => println!(
            "{added} added · {changed} changed · {removed} removed · {unchanged} unchanged"
        ),
    }
}

/// Writes all files, checks the folder, and takes everything back when it has a problem more.
fn save(
    files: &[Change],
    turn: &Turn<'_>,
    folder: &Path,
    warnings: usize,
    lang: Lang,
) -> Result<(), Stop> {
    let mut problems = Vec::new();
    let made = turn.make(files, || {
        let loaded = load(folder);
        problems = loaded.problems;
        loaded.atlas.is_some() && problems.len() <= warnings
    });
    let is_sound = made.map_err(|error| {
        let text = say(lang, "无法写入，全部没有改动", "cannot be written; nothing was changed");
        Stop::data(format!("{text}: {error}"))
    })?;
    if is_sound {
        return Ok(());
    }
    let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
    for problem in problems.iter().filter(|p| !errors || p.severity == Severity::Error) {
        eprintln!("{}", problem.text(lang));
    }
    let text = say(
        lang,
        "改动使数据文件夹出错（见上），已撤回，文件夹没有改变",
        "the changes make the folder fail (above) and were taken back: the folder is unchanged",
    );
    Err(Stop::data(text.to_owned()))
}
