//! Copies of the shipped data folder, each broken or extended in its own way.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A copy of the shipped data folder, to be changed at will.
pub struct Folder(TempDir);

impl Folder {
    pub fn copy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_all(&super::geodata(), folder.path());
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Replaces the first `from` in a file; returns the line it stood on.
    pub fn edit(&self, file: &str, from: &str, to: &str) -> usize {
        let path = self.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let at = text.find(from).unwrap_or_else(|| panic!("{file} has no {from:?}"));
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        text[..at].matches('\n').count() + 1
    }

    /// Puts a file into the folder.
    pub fn add(&self, file: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(file), content).unwrap();
    }

    pub fn check(&self, lang: &str) -> Check {
        let output = run(&["check", self.path().to_str().unwrap(), "--lang", lang]);
        let problems = String::from_utf8(output.stderr).unwrap();
        Check {
            code: output.status.code(),
            lines: problems.lines().map(str::to_owned).collect(),
            summary: String::from_utf8(output.stdout).unwrap(),
        }
    }
}

/// What `plan-atlas check` said.
#[derive(Debug)]
pub struct Check {
    pub code: Option<i32>,
    pub lines: Vec<String>,
    pub summary: String,
}

/// Runs the program.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plan-atlas")).args(arguments).output().unwrap()
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
