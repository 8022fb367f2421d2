//! What is wrong with a data folder, said so that the person who edits it can mend it:
//! file, line or feature, field, reason and remedy, in Chinese or English.

use std::fmt;

use crate::load::fault::Fault;

/// Whether a problem keeps the atlas from being served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The data says something impossible; `serve` refuses to start.
    Error,
    /// The data can be served, but somebody should look at it.
    Warning,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Location {
    /// File, relative to the data folder, with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Id of the feature or row.
    pub subject: Option<String>,
    /// Column, property or key.
    pub field: Option<String>,
}

impl Location {
    /// A whole file.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: &str, line: u64) -> Self {
        Self { line: Some(line), ..Self::file(file) }
    }

    /// The same location, naming the feature or row.
    #[must_use]
    pub fn of(mut self, subject: &str) -> Self {
        self.subject = Some(subject.to_owned());
        self
    }

    /// The same location, naming the field.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(subject) = &self.subject {
            write!(f, " [{subject}]")?;
        }
        if let Some(field) = &self.field {
            write!(f, " {field}")?;
        }
        Ok(())
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// What it is.
    pub fault: Fault,
}

impl Problem {
    /// The problem as one line of text.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let severity = match (self.severity, lang) {
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "提醒",
            (Severity::Error, Lang::En) => "error",
            (Severity::Warning, Lang::En) => "warning",
        };
        format!("{severity} {}: {}", self.location, self.fault.text(lang))
    }
}

/// Problems found so far.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    /// Notes an error.
    pub fn error(&mut self, location: Location, fault: Fault) {
        self.found.push(Problem { severity: Severity::Error, location, fault });
    }

    /// Notes a warning.
    pub fn warning(&mut self, location: Location, fault: Fault) {
        self.found.push(Problem { severity: Severity::Warning, location, fault });
    }

    /// Whether an error was noted.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.found.iter().any(|p| p.severity == Severity::Error)
    }

    /// Takes over what was found elsewhere.
    pub fn append(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
    }

    /// All problems, by file and line.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.found.sort_by(|a, b| a.location.cmp(&b.location));
        self.found
    }
}
