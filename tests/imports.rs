//! The house rules of the source tree: imports run one way, files stay short.

use std::fs;
use std::path::{Path, PathBuf};

/// For each folder of `src`, the folders it may import.
const ALLOWED: &[(&str, &[&str])] = &[
    ("main.rs", &["cli"]),
    (
        "cli",
        &[
            "audience", "bundle", "crs", "export", "grant", "http", "import", "index", "load",
            "model", "painter", "picture", "query", "report", "store", "whole",
        ],
    ),
    (
        "http",
        &[
            "audience", "crs", "export", "feature", "grant", "index", "model", "painter",
            "picture", "query", "report", "store", "tile", "whole",
        ],
    ),
    ("export", &["crs", "feature", "index", "model", "query", "store", "tile"]),
    ("report", &["crs", "index", "model", "picture", "query", "store"]),
    ("query", &["crs", "feature", "index", "model", "store"]),
    ("picture", &["crs", "index", "model", "painter", "query", "shape", "store", "tile"]),
    ("painter", &["query", "tile"]),
    ("tile", &["crs", "index", "model", "query", "shape", "store"]),
    ("audience", &["index", "model"]),
    ("bundle", &["audience", "index", "model", "picture", "query", "report", "whole"]),
    ("grant", &["model", "whole"]),
    ("feature", &["crs", "index", "model", "store"]),
    ("index", &["model", "shape", "store"]),
    ("shape", &["crs"]),
    ("import", &["crs", "export", "format", "index", "load", "model", "whole"]),
    ("load", &["crs", "format", "model", "store"]),
    ("store", &["crs", "format", "model", "whole"]),
    ("format", &["crs"]),
    ("crs", &[]),
    ("model", &[]),
    ("whole", &[]),
];

/// Lines a file may have without a reason of its own.
const MAX_LINES: usize = 400;

/// Longer files and why.
const LONG: &[(&str, &str)] = &[("src/load/records.rs", "six tables read by one pattern")];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|e| e == "rs") {
            found.push(entry);
        }
    }
    found
}

fn relative(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/")
}

fn room(path: &str) -> &str {
    path.trim_start_matches("src/").split('/').next().unwrap()
}

#[test]
fn imports_run_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&src) {
        let name = relative(&file);
        let here = room(&name);
        if here == "lib.rs" {
            continue;
        }
        let allowed = ALLOWED.iter().find(|(folder, _)| *folder == here);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{name}: unknown folder {here}"));
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for marker in ["crate::", "plan_atlas::"] {
                for (_, rest) in line.match_indices(marker).map(|(i, m)| (i, &line[i + m.len()..]))
                {
                    let word = |c: char| c.is_alphanumeric() || c == '_';
                    let room: String = rest.chars().take_while(|c| word(*c)).collect();
                    assert!(
                        room == here || allowed.contains(&room.as_str()),
                        "{name} imports {room}, which lies upstream: {line}"
                    );
                }
            }
            assert!(here == "http" || here == "cli" || !line.contains("axum::"), "{name}: {line}");
        }
    }
}

#[test]
fn files_stay_short_or_give_a_reason() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&src) {
        let name = relative(&file);
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let excused = LONG.iter().any(|(long, _)| *long == name);
        assert!(lines <= MAX_LINES || excused, "{name} has {lines} lines");
    }
}
