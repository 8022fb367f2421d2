//! Why a file cannot be imported at all, and what to do, in Chinese or English.

use crate::crs::CrsError;
use crate::import::remark::At;
use crate::load::Lang;

#[expect(missing_docs, reason = "the fields are the words that fill the sentence of their variant")]
/// Why nothing was imported. Texts are produced by [`Refusal::text`].
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The file system says no.
    Unreadable { reason: String },
    /// Too many bytes on disk.
    TooLarge { megabytes: u64, limit: u64 },
    /// Too many bytes when unpacked: a bomb, or an archive of something else.
    UnpacksTooLarge { limit: u64 },
    /// Too many features or rows.
    TooMany { limit: usize },
    /// Nothing, or blanks only.
    Empty,
    /// A kind of file that is no layer.
    NotALayer { found: &'static str },
    /// Syntax.
    Malformed { format: &'static str, reason: String },
    /// An XML file with a document type or entities of its own.
    Entities,
    /// Elements nested beyond reason.
    TooDeep { format: &'static str },
    /// A part of a shapefile that is missing.
    MissingPart { part: &'static str },
    /// Texts in no known encoding.
    UnknownEncoding,
    /// A table that the file does not have.
    UnknownTable { name: String, tables: Vec<String> },
    /// A file that an archive does not have.
    UnknownMember { name: String, members: Vec<String> },
    /// An archive with several files that could be meant.
    SeveralMembers { members: Vec<String> },
    /// No feature at all.
    NoFeatures,
    /// No id in any row of an edited layer.
    NoIds { columns: String },
    /// Rows of which none is a place of the layer.
    NotOfLayer { layer: String },
    /// No column that tells a position.
    NoPositionColumn { columns: String },
    /// The reference system is not said.
    CrsMissing { format: &'static str },
    /// The reference system cannot be used.
    CrsUnusable { error: CrsError },
    /// A position that cannot belong to the reference system.
    DoesNotFit { at: At, x: f64, y: f64, crs: String, hint: Option<String> },
    /// Columns x and y that cannot be told apart.
    AxesUnclear,
    /// Positions, but not one in China.
    NothingInChina { crs: String },
}

/// The remedy for a missing or wrong reference system.
const CRS_ZH: &str = "请用 --crs 指定，如 --crs EPSG:4490（CGCS2000 经纬度）、--crs EPSG:4545（3 度带 108°E）、--crs GCJ-02（高德、腾讯）、--crs BD-09（百度）";
const CRS_EN: &str = "give it with --crs, such as --crs EPSG:4490 (CGCS2000 degrees), --crs EPSG:4545 (3-degree zone 108E), --crs GCJ-02 (AMap, Tencent), --crs BD-09 (Baidu)";

impl Refusal {
    /// An input/output error.
    #[must_use]
    pub fn io(error: &std::io::Error) -> Self {
        Self::Unreadable { reason: error.to_string() }
    }

    /// Bad syntax.
    pub fn malformed(format: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Malformed { format, reason: format!("{reason}") }
    }

    /// The reason and its remedy as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("无法读取（{reason}）；请检查文件是否存在、是否有权限"),
            Self::TooLarge { megabytes, limit } => {
                format!("文件有 {megabytes} MB，超过 {limit} MB 的上限；请先在 GIS 中裁剪或拆分")
            }
            Self::UnpacksTooLarge { limit } => {
                format!("压缩包解开后超过 {limit} MB 或成员过多，不予解压；请只打包一个图层的文件")
            }
            Self::TooMany { limit } => format!("超过 {limit} 条记录；请先裁剪或拆分"),
            Self::Empty => "文件是空的（或只有空格），没有可导入的内容".into(),
            Self::NotALayer { found } => format!(
                "文件内容是{found}，不是图层；可导入 GeoJSON、KML/KMZ、打包的 Shapefile（zip）、GeoPackage、FlatGeobuf、CSV、XLSX"
            ),
            Self::Malformed { format, reason } => format!("不是完好的 {format} 文件：{reason}"),
            Self::Entities => {
                "XML 含有 DOCTYPE 或自定义实体，可能引用外部文件，不予读取；请从原软件重新导出".into()
            }
            Self::TooDeep { format } => format!("{format} 嵌套层数过多，不予读取"),
            Self::MissingPart { part } => {
                format!("Shapefile 缺少 {part} 文件；请把 .shp .dbf .shx .prj .cpg 一起打成 zip")
            }
            Self::UnknownEncoding => {
                "文字编码认不出（不是 UTF-8 也不是 GB18030）；请用 --encoding 指定，如 --encoding GBK".into()
            }
            Self::UnknownTable { name, tables } => {
                format!("没有名为“{name}”的表；有：{}", tables.join("、"))
            }
            Self::UnknownMember { name, members } => {
                format!("压缩包里没有“{name}”；可导入的有：{}", members.join("、"))
            }
            Self::SeveralMembers { members } => format!(
                "压缩包里有几个图层，分不清要哪一个：{}；请用 --member 指定，如 --member {}",
                members.join("、"), members[0]
            ),
            Self::NoFeatures => "文件里没有要素".into(),
            Self::NoIds { columns } => format!(
                "没有一行带编号，认不出各行是图册的哪个地点；请保留“编号”（id）列。现有列：{columns}"
            ),
            Self::NotOfLayer { layer } => format!(
                "没有一行的编号是图层 {layer} 的地点；{layer} 是 atlas.toml 里的图层，只能用它自己导出、改过的文件改写，不能整个换掉；别的数据请换一个 --as 编号"
            ),
            Self::NoPositionColumn { columns } => format!(
                "没有一列能说明位置；需要 经度、纬度（或 x、y）两列、WKT 一列，或 乡镇 一列（填图册中的乡镇名或代码）。现有列：{columns}"
            ),
            Self::CrsMissing { format } => format!("这个 {format} 没有说明坐标系，程序不猜；{CRS_ZH}"),
            Self::CrsUnusable { error: CrsError::Unknown(name) } => {
                format!("认不出坐标系“{name}”；{CRS_ZH}")
            }
            Self::CrsUnusable { error: CrsError::OldDatum(name) } => format!(
                "坐标系是 {name}，转换到 CGCS2000 需要本地的七参数，程序没有；请先由测绘部门或在 GIS 中转成 CGCS2000（EPSG:4490 或 3 度带）再导入"
            ),
            Self::DoesNotFit { at, x, y, crs, hint } => {
                let at = at.text(Lang::Zh);
                let hint = hint.as_ref().map_or_else(|| CRS_ZH.to_owned(), |h| format!("是否应为 --crs {h}？"));
                format!("{at} 的坐标 [{x}, {y}] 不可能属于 {crs}；{hint}")
            }
            Self::AxesUnclear => {
                "x、y 两列哪一列向北，从数值上分不出来；请把列名改为“东坐标”“北坐标”或“经度”“纬度”，并核对 --crs".into()
            }
            Self::NothingInChina { crs } => {
                format!("按 {crs} 读取，没有一个位置落在中国范围内，坐标系多半不对；{CRS_ZH}")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("cannot be read ({reason}); check that it exists and may be read"),
            Self::TooLarge { megabytes, limit } => {
                format!("has {megabytes} MB, more than the {limit} MB allowed; clip or split it in a GIS")
            }
            Self::UnpacksTooLarge { limit } => {
                format!("unpacks to more than {limit} MB or to too many files and is not unpacked; pack one layer only")
            }
            Self::TooMany { limit } => format!("has more than {limit} records; clip or split it"),
            Self::Empty => "is empty, or blanks only: nothing to import".into(),
            Self::NotALayer { found } => format!(
                "is {found}, not a layer; GeoJSON, KML/KMZ, a zipped Shapefile, GeoPackage, FlatGeobuf, CSV and XLSX can be imported"
            ),
            Self::Malformed { format, reason } => format!("is no sound {format} file: {reason}"),
            Self::Entities => {
                "has a DOCTYPE or entities, which may refer to other files, and is not read; export it again".into()
            }
            Self::TooDeep { format } => format!("nests {format} too deeply and is not read"),
            Self::MissingPart { part } => {
                format!("is a Shapefile without its {part} file; zip .shp .dbf .shx .prj .cpg together")
            }
            Self::UnknownEncoding => {
                "has texts that are neither UTF-8 nor GB18030; name the encoding, such as --encoding GBK".into()
            }
            Self::UnknownTable { name, tables } => {
                format!("has no table “{name}”; it has: {}", tables.join(", "))
            }
            Self::UnknownMember { name, members } => {
                format!("has no “{name}” in it; what can be imported: {}", members.join(", "))
            }
            Self::SeveralMembers { members } => format!(
                "has several layers in it: {}; say which with --member, such as --member {}",
                members.join(", "), members[0]
            ),
            Self::NoFeatures => "has no features".into(),
            Self::NoIds { columns } => format!(
                "has no row with an id, so its rows cannot be told from one another; keep the column id (编号). It has: {columns}"
            ),
            Self::NotOfLayer { layer } => format!(
                "has no row whose id is a place of {layer}, which is a layer of atlas.toml: it takes back its own exports after editing, and cannot be replaced by other data; choose another id for --as"
            ),
            Self::NoPositionColumn { columns } => format!(
                "has no column that tells a position: longitude and latitude (or x and y), WKT, or township (name or code in the atlas). It has: {columns}"
            ),
            Self::CrsMissing { format } => {
                format!("is a {format} that does not say its reference system, and nothing is guessed; {CRS_EN}")
            }
            Self::CrsUnusable { error: CrsError::Unknown(name) } => {
                format!("has a reference system that is not known here, “{name}”; {CRS_EN}")
            }
            Self::CrsUnusable { error: CrsError::OldDatum(name) } => format!(
                "is on {name}; the way to CGCS2000 needs the seven parameters of the county, which this program does not have: convert it in a GIS to CGCS2000 (EPSG:4490 or a 3-degree zone) first"
            ),
            Self::DoesNotFit { at, x, y, crs, hint } => {
                let at = at.text(Lang::En);
                let hint = hint.as_ref().map_or_else(|| CRS_EN.to_owned(), |h| format!("did you mean --crs {h}?"));
                format!("{at}: [{x}, {y}] cannot belong to {crs}; {hint}")
            }
            Self::AxesUnclear => {
                "has columns x and y, and the numbers do not tell which runs north; call them easting and northing, or lon and lat, and check --crs".into()
            }
            Self::NothingInChina { crs } => {
                format!("read as {crs} has no position in China: the reference system is probably wrong; {CRS_EN}")
            }
        }
    }
}
