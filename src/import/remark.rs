//! What was wrong with a feature, and what was done about it, in Chinese or English.

use std::fmt::Write;

use crate::load::Lang;

/// Where in the source something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The whole file.
    File,
    /// A feature, counted from 1 in the order of its table.
    Feature(u64),
    /// A row as the table editor numbers it.
    Row(u64),
}

impl At {
    /// Where, as words.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::File, Lang::Zh) => "整个文件".into(),
            (Self::File, Lang::En) => "the file".into(),
            (Self::Feature(n), Lang::Zh) => format!("要素 {n}"),
            (Self::Feature(n), Lang::En) => format!("feature {n}"),
            (Self::Row(n), Lang::Zh) => format!("第 {n} 行"),
            (Self::Row(n), Lang::En) => format!("row {n}"),
        }
    }
}

/// One remark.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Name of the table, where the file has several.
    pub table: Option<String>,
    /// Where in it.
    pub at: At,
    /// What, and what was done.
    pub matter: Matter,
}

#[expect(missing_docs, reason = "the fields are the words that fill the sentence of their variant")]
/// What is remarkable. Texts are produced by [`Matter::text`].
#[derive(Debug, Clone, PartialEq)]
pub enum Matter {
    /// The person names another system than the file.
    CrsOverridden { said: String, used: String },
    /// Columns x and y were told apart by their numbers.
    AxesTold { north_first: bool },
    /// Heights or measures left out.
    HeightDropped { count: usize },
    /// A ring whose last position was not its first.
    RingClosed,
    /// Rings or parts without extent left out.
    PartsDropped { count: usize },
    /// Crossing rings were repaired.
    Repaired { reason: String, parts: usize },
    /// A shape that cannot be repaired or understood.
    LeftOut { reason: String },
    /// A position outside China.
    OutsideChina { lon: f64, lat: f64, swapped: bool },
    /// A feature without position.
    Unlocated,
    /// A cell that should be a coordinate.
    NotANumber { column: String, text: String },
    /// No township of this name.
    UnknownTownship { name: String },
    /// Several townships of this name.
    AmbiguousTownship { name: String, candidates: String },
    /// Features that stand on the seat of their township.
    SeatsUsed { count: usize },
    /// A collection of points, lines and areas.
    Split { parts: usize },
    /// A layer of several sorts of shape.
    Mixed { points: usize, lines: usize, areas: usize },
    /// An id that another feature has.
    DuplicateId { id: String, used: String },
    /// Cells with formulas.
    Formulas { count: usize, first: String },
    /// A formula that was never calculated.
    FormulaUncalculated { cell: String },
    /// A cell with an error value.
    ErrorCell { cell: String, text: String },
    /// The header is not the first row.
    HeaderRow { row: u64 },
    /// Columns without name or with the name of another.
    ColumnsRenamed { names: String },
    /// Sheets or tables that were not read.
    NotRead { names: String },
    /// A text cut off in the middle of a character.
    TextCutOff { field: String },
    /// The encoding that the file names is not the one it has.
    EncodingCorrected { said: String, used: String },
    /// Values that GeoJSON has no place for.
    ValuesDropped { field: String },
    /// Rows marked as deleted.
    DeletedRows { count: usize },
    /// Elements that are not features.
    ElementsIgnored { names: String },
}

impl Remark {
    /// A remark on the file.
    #[must_use]
    pub fn file(matter: Matter) -> Self {
        Self { table: None, at: At::File, matter }
    }

    /// A remark on a feature or row.
    #[must_use]
    pub fn at(at: At, matter: Matter) -> Self {
        Self { table: None, at, matter }
    }

    /// The remark as one line of text.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut text = match lang {
            Lang::Zh => "提醒 ".to_owned(),
            Lang::En => "note ".to_owned(),
        };
        if let Some(table) = &self.table {
            let _ = write!(text, "{table} ");
        }
        let _ = write!(text, "{}: {}", self.at.text(lang), self.matter.text(lang));
        text
    }
}

impl Matter {
    /// What was wrong and what was done, as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::CrsOverridden { said, used } => {
                format!("文件写的坐标系是 {said}，已按您指定的 {used} 读取")
            }
            Self::AxesTold { north_first: true } => {
                "按坐标数值判断：x 列是纵坐标（北），y 列是横坐标（东）".into()
            }
            Self::AxesTold { north_first: false } => {
                "按坐标数值判断：x 列是横坐标（东），y 列是纵坐标（北）".into()
            }
            Self::HeightDropped { count } => {
                format!("{count} 个要素带有高程或量测值（Z、M），已略去，只保留平面位置")
            }
            Self::RingClosed => "边界首尾不相接，已补上".into(),
            Self::PartsDropped { count } => format!("有 {count} 个部分没有长度或面积，已略去"),
            Self::Repaired { reason, parts } => {
                format!("边界自相交（{reason}），已修复为 {parts} 块；请核对")
            }
            Self::LeftOut { reason } => {
                format!("形状无法使用（{reason}），已略去形状，记录保留为“未定位”")
            }
            Self::OutsideChina { lon, lat, swapped } => {
                let hint = if *swapped { "，像是经纬度对调" } else { "" };
                format!("位置 [{lon:.6}, {lat:.6}] 不在中国范围内{hint}；已略去位置，记录保留")
            }
            Self::Unlocated => "没有位置，保留为“未定位”".into(),
            Self::NotANumber { column, text } => {
                format!("“{column}”列的“{text}”不是数字，没有位置，记录保留")
            }
            Self::UnknownTownship { name } => {
                format!("图册里没有乡镇“{name}”，没有位置，记录保留")
            }
            Self::AmbiguousTownship { name, candidates } => {
                format!("“{name}”同时指 {candidates}；请改用乡镇代码。没有位置，记录保留")
            }
            Self::SeatsUsed { count } => {
                format!("{count} 条记录放在所在乡镇的驻地上，精度记为 seat（乡镇驻地代替）")
            }
            Self::Split { parts } => format!("点、线、面混在一个要素里，已拆成 {parts} 个要素"),
            Self::Mixed { points, lines, areas } => {
                format!("同一图层里有点 {points}、线 {lines}、面 {areas} 个，样式按第一个要素")
            }
            Self::DuplicateId { id, used } => format!("编号“{id}”重复，改用“{used}”"),
            Self::Formulas { count, first } => {
                format!("{count} 个单元格是公式（如 {first}），取上次保存时算出的值")
            }
            Self::FormulaUncalculated { cell } => {
                format!("{cell} 的公式没有算出的值，按空格子处理；请在 WPS 或 Excel 中打开并保存")
            }
            Self::ErrorCell { cell, text } => format!("{cell} 是错误值 {text}，按空格子处理"),
            Self::HeaderRow { row } => format!("表头取第 {row} 行，之前的行不读"),
            Self::ColumnsRenamed { names } => format!("没有列名或列名重复，已改为：{names}"),
            Self::NotRead { names } => format!("没有读入：{names}；要读请用 --table 指定"),
            Self::TextCutOff { field } => {
                format!("“{field}”的文字在一个汉字中间被截断，去掉了残缺的半个字")
            }
            Self::EncodingCorrected { said, used } => {
                format!("文件注明的编码 {said} 解不开，全部文字都合于 {used}，已按它读取")
            }
            Self::ValuesDropped { field } => format!("“{field}”是二进制内容，已略去"),
            Self::DeletedRows { count } => format!("{count} 条记录已标记删除，没有读入"),
            Self::ElementsIgnored { names } => format!("不是要素，没有读入：{names}"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::CrsOverridden { said, used } => {
                format!("says its reference system is {said}; read as {used}, as you asked")
            }
            Self::AxesTold { north_first: true } => {
                "told by the numbers: column x runs north, column y east".into()
            }
            Self::AxesTold { north_first: false } => {
                "told by the numbers: column x runs east, column y north".into()
            }
            Self::HeightDropped { count } => {
                format!(
                    "{count} features have heights or measures (Z, M): left out, positions kept"
                )
            }
            Self::RingClosed => "a ring did not end where it began: closed".into(),
            Self::PartsDropped { count } => {
                format!("{count} parts without length or area were left out")
            }
            Self::Repaired { reason, parts } => {
                format!(
                    "the boundary crossed itself ({reason}): repaired into {parts} parts; look at it"
                )
            }
            Self::LeftOut { reason } => {
                format!(
                    "the shape cannot be used ({reason}): left out, the record stays, unlocated"
                )
            }
            Self::OutsideChina { lon, lat, swapped } => {
                let hint = if *swapped { ", looks like latitude first" } else { "" };
                format!(
                    "[{lon:.6}, {lat:.6}] is outside China{hint}: position left out, the record stays"
                )
            }
            Self::Unlocated => "has no position; kept, unlocated".into(),
            Self::NotANumber { column, text } => {
                format!("“{text}” in column “{column}” is no number: no position, the record stays")
            }
            Self::UnknownTownship { name } => {
                format!("the atlas has no township “{name}”: no position, the record stays")
            }
            Self::AmbiguousTownship { name, candidates } => {
                format!("“{name}” may be {candidates}; use the code. No position, the record stays")
            }
            Self::SeatsUsed { count } => {
                format!("{count} records stand on the seat of their township; accuracy is `seat`")
            }
            Self::Split { parts } => {
                format!("points, lines and areas in one feature: split into {parts}")
            }
            Self::Mixed { points, lines, areas } => {
                format!(
                    "{points} points, {lines} lines and {areas} areas in one layer; the first decides the style"
                )
            }
            Self::DuplicateId { id, used } => {
                format!("the id “{id}” stands twice; “{used}” is used")
            }
            Self::Formulas { count, first } => {
                format!(
                    "{count} cells are formulas (such as {first}); the values last saved were taken"
                )
            }
            Self::FormulaUncalculated { cell } => {
                format!(
                    "the formula in {cell} was never calculated, taken as empty; open and save it in Excel or WPS"
                )
            }
            Self::ErrorCell { cell, text } => format!("{cell} is the error {text}, taken as empty"),
            Self::HeaderRow { row } => format!("row {row} is the header; rows above were not read"),
            Self::ColumnsRenamed { names } => {
                format!("columns without name, or with the name of another, became: {names}")
            }
            Self::NotRead { names } => format!("not read: {names}; --table takes one of them"),
            Self::TextCutOff { field } => {
                format!(
                    "a text in “{field}” breaks off within a character; the broken character was left out"
                )
            }
            Self::EncodingCorrected { said, used } => {
                format!("says it is {said} but is not; all of it is {used} and was read so")
            }
            Self::ValuesDropped { field } => format!("“{field}” is binary and was left out"),
            Self::DeletedRows { count } => format!("{count} rows marked as deleted were not read"),
            Self::ElementsIgnored { names } => format!("no features, not read: {names}"),
        }
    }
}
