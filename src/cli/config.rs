//! Settings of a server out of a file (TOML): the same words as on the command line, a line each.
//!
//! A flag counts before a variable of the environment, that before the file, and the file before what the program
//! does by itself. The parser of the command line decides that; the file only gives it other defaults. So whatever
//! can be said there can be said here, and is checked in the same way.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use toml::{Spanned, Value};

/// The option that names the file; it cannot stand in the file itself.
const CONFIG: &str = "config";

/// The command line, with what the file that `line` names says as defaults of the subcommand `name`.
///
/// # Errors
/// When the file cannot be read, or says what nobody knows: with file and line.
pub fn with_file(command: Command, name: &str, line: &[OsString]) -> Result<Command, String> {
    let Some(path) = named(command.clone(), name, line) else { return Ok(command) };
    let settings = settings(&path)?;
    let mut given = command.find_subcommand(name).cloned().unwrap_or_default();
    for (at, key, values) in settings {
        given = set(given, &key, values)
            .map_err(|reason| format!("{}:{at}: {key}: {reason}", path.display()))?;
    }
    Ok(command.mut_subcommand(name, |_| given))
}

/// The file that a command line, or else the environment, names for a subcommand. What else is wrong with the
/// command line is said when it is read in earnest.
fn named(command: Command, name: &str, line: &[OsString]) -> Option<PathBuf> {
    let matches = command.ignore_errors(true).try_get_matches_from(line).ok()?;
    matches.subcommand_matches(name)?.get_one::<PathBuf>(CONFIG).cloned()
}

/// What a file says: the line, the key and the values of each setting.
fn settings(path: &Path) -> Result<Vec<(usize, String, Vec<String>)>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{shown}: 无法读取 (cannot be read): {error}"))?;
    let line_of = |start: usize| text[..start].matches('\n').count() + 1;
    let table: BTreeMap<Spanned<String>, Value> = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        format!("{shown}:{line}: {}", error.message())
    })?;
    let mut settings = Vec::new();
    for (key, value) in table {
        let line = line_of(key.span().start);
        let values = values(value).ok_or_else(|| {
            let key = key.get_ref();
            format!("{shown}:{line}: {key}: 应为文字、数、true/false 或其列表 (expected is a text, a number, true or false, or a list of them)")
        })?;
        settings.push((line, key.into_inner(), values));
    }
    Ok(settings)
}

/// A value as the command line has it.
fn values(value: Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Boolean(flag) => Some(vec![flag.to_string()]),
        Value::Array(all) => {
            let all: Option<Vec<Vec<String>>> = all.into_iter().map(values).collect();
            Some(all?.concat())
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// Gives an option another default, when it takes these values.
fn set(command: Command, key: &str, values: Vec<String>) -> Result<Command, String> {
    let known = |arg: &&Arg| arg.get_long().is_some_and(|long| long != CONFIG);
    let options: Vec<&Arg> = command.get_arguments().filter(known).collect();
    let Some(&option) = options.iter().find(|option| option.get_long() == Some(key)) else {
        let names: Vec<&str> = options.into_iter().filter_map(Arg::get_long).collect();
        let names = names.join(", ");
        return Err(format!(
            "没有这项设置，可用的有 (there is no such setting; known are) {names}"
        ));
    };
    let line = [String::new()].into_iter().chain(values.iter().map(|one| format!("--{key}={one}")));
    Command::new("").arg(option.clone()).try_get_matches_from(line).map_err(|error| {
        // What follows the first empty line speaks of the command line.
        let text = error.to_string();
        let reason: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
        reason.join(" ").trim_start_matches("error: ").to_owned()
    })?;
    let id = option.get_id().clone();
    Ok(command.mut_arg(id, |option| option.default_values(values)))
}
