//! `docs/reliability.md`.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A row of the table: what happens, and what comes of it.
pub struct Row {
    pub number: usize,
    pub fault: [&'static str; 2],
    pub outcome: [&'static str; 2],
}

impl Row {
    /// Everything but what was tried, which is counted and no two runs count alike.
    fn text(&self) -> String {
        let cell = |[zh, en]: [&str; 2]| format!("{zh}<br>{en}");
        format!("| {} | {} | {} |", self.number, cell(self.fault), cell(self.outcome))
    }

    /// Says that it is so, after it was tried: the table must, too.
    pub fn holds(&self, tried: [&str; 2]) {
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md");
        let table = fs::read_to_string(&path).unwrap_or_default();
        let text = self.text();
        if std::env::var_os("PLAN_ATLAS_RENEW").is_some() {
            let line = format!("{text} {}<br>{} |", tried[0], tried[1]);
            fs::write(&path, self.among(&table, line)).unwrap();
        } else {
            let holds = table.lines().any(|line| line.starts_with(&text));
            assert!(holds, "docs/reliability.md is out of date: make faults\n{text}");
        }
    }

    /// The table with this row in its place.
    fn among(&self, table: &str, line: String) -> String {
        let own = format!("| {} | ", self.number);
        let mut lines: Vec<String> =
            table.lines().filter(|line| !line.starts_with(&own)).map(str::to_owned).collect();
        let number =
            |line: &String| line.split(" | ").next()?.strip_prefix("| ")?.parse::<usize>().ok();
        let heading = lines.iter().position(|line| line.starts_with("|--")).expect("a table");
        let rows = lines[heading + 1..].iter().map_while(number);
        let before = rows.filter(|other| *other < self.number).count();
        lines.insert(heading + 1 + before, line);
        lines.join("\n") + "\n"
    }
}
