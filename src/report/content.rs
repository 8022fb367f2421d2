//! What a report is made of, before it is printed in any format.
//!
//! The template of the PDF reads it as JSON; it is data there and never markup, so that no name in a table
//! can be an instruction to the typesetter.

use serde::Serialize;

/// A report, composed.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// `zh` or `en`.
    pub language: &'static str,
    /// What it is called.
    pub title: String,
    /// Who answers for what it says: whoever issued the plans.
    pub author: String,
    /// Whether its pages are wider than high.
    pub landscape: bool,
    /// What a file of it is called, without its ending.
    pub name: String,
    /// What stands at the foot of each page.
    pub foot: Foot,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Its pictures as SVG; blocks point at them by number.
    #[serde(skip)]
    pub images: Vec<String>,
}

/// What stands at the foot of each page.
#[derive(Debug, Clone, Serialize)]
pub struct Foot {
    /// Title of the atlas.
    pub atlas: String,
    /// Plans, map approval, sources and data version, line by line.
    pub lines: Vec<String>,
    /// The number of the page: `{n}` and `{m}` are replaced.
    pub page: String,
}

/// A piece of a report.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A page of its own with what the whole is about.
    Cover(Opening),
    /// The beginning of a report, or of a part.
    Opening(Opening),
    /// A heading of a section.
    Heading {
        /// Its words.
        text: String,
        /// How many things follow.
        count: Option<usize>,
    },
    /// A paragraph.
    Paragraph {
        /// How it is set.
        tone: Tone,
        /// Its words.
        text: String,
    },
    /// Facts with their labels.
    Facts {
        /// In order.
        facts: Vec<Fact>,
    },
    /// Counts, large.
    Numbers {
        /// In order; the label says what is counted.
        numbers: Vec<Fact>,
    },
    /// Statements of the plans.
    Records {
        /// In order.
        records: Vec<Record>,
        /// Whether they are set close on paper, without the words of the plan.
        close: bool,
    },
    /// Short items.
    List {
        /// In order.
        items: Vec<Fact>,
        /// Columns side by side.
        columns: u8,
    },
    /// A picture, as wide as the page.
    Picture {
        /// Position in [`Report::images`].
        image: usize,
        /// What there is to see, for those who do not see it.
        alt: String,
        /// What is said under it.
        caption: String,
    },
    /// A table with a heading row; rows that differ have a colour and a word.
    Table {
        /// Heading of each column.
        head: Vec<String>,
        /// Rows by heading.
        groups: Vec<TableGroup>,
    },
    /// A table of contents of all parts.
    Contents {
        /// Its heading.
        title: String,
        /// Titles of the parts, and a word about each.
        entries: Vec<Entry>,
    },
    /// A part on a page of its own that takes as many records as fit.
    Sheet {
        /// Mark that the contents point to.
        id: String,
        /// What stands above.
        head: Vec<Block>,
        /// Records by heading, the weightier first.
        groups: Vec<Group>,
        /// What is said where not all fit: `{n}` is replaced.
        rest: String,
    },
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As running text.
    Plain,
    /// Small and soft: a remark on what follows.
    Quiet,
    /// Small and soft: how much is left out.
    Rest,
    /// With a line beside it: how exact something is.
    Notice,
}

/// What a report or a part begins with.
#[derive(Debug, Clone, Serialize)]
pub struct Opening {
    /// What kind of document or place.
    pub kicker: String,
    /// Its name.
    pub title: String,
    /// Its name in the other writing.
    pub second: String,
    /// Smaller lines below.
    pub lines: Vec<String>,
    /// A square code beside it.
    pub code: Option<Code>,
}

/// A link as a square code, for a telephone's camera.
#[derive(Debug, Clone, Serialize)]
pub struct Code {
    /// Position in [`Report::images`].
    pub image: usize,
    /// The link itself, for those who have no camera.
    pub link: String,
    /// What is said under it.
    pub caption: String,
}

/// Something with its label.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What is said of it.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// Rows under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct TableGroup {
    /// Heading.
    pub title: String,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    /// What it is about.
    pub label: String,
    /// What is so in each column.
    pub cells: Vec<String>,
    /// The word that marks it; empty where it is not marked.
    pub mark: String,
}

/// A line of the contents.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The mark of the part.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A word about it.
    pub aside: String,
}

/// Records under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Heading.
    pub title: String,
    /// What there is.
    pub records: Vec<Record>,
}

/// A statement of a plan, with the section that makes it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Record {
    /// Small words above: kind of role, through which place.
    pub kicker: String,
    /// Its name.
    pub title: String,
    /// Words in frames: stage, binding or anticipated.
    pub tags: Vec<String>,
    /// What else is known.
    pub lines: Vec<Fact>,
    /// What the plan sets forth, in Chinese.
    pub text: String,
    /// Baseline and target.
    pub figure: Option<Figure>,
    /// Statements that do not agree, side by side.
    pub sides: Vec<Side>,
    /// A remark.
    pub note: String,
    /// What does not agree with it.
    pub disputed: String,
    /// Plan and sections.
    pub cite: String,
    /// Words of the plan, in Chinese.
    pub quote: String,
}

/// One of two statements.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// Which of them, and where.
    pub label: String,
    /// What it says, in Chinese.
    pub text: String,
}

/// Baseline and target.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The baseline.
    pub from: Option<Stated>,
    /// What is said where there is none.
    pub without: String,
    /// The target.
    pub to: Stated,
    /// Lengths of both as shares of the longer one, where both are numbers.
    pub bar: Option<[f64; 2]>,
    /// Values observed later.
    pub later: Vec<Stated>,
}

/// A figure as the plan states it.
#[derive(Debug, Clone, Serialize)]
pub struct Stated {
    /// Year, or what it is.
    pub when: String,
    /// The figure.
    pub text: String,
    /// The same as the document writes it, where that differs.
    pub original: String,
}
