//! The ways in which a data folder can be wrong, each with its remedy.

use crate::load::problem::Lang;

#[expect(missing_docs, reason = "the fields are the words that fill the sentence of their variant")]
/// What is wrong. Texts are produced by [`Fault::text`]; tests and tools match on the variant.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A file that cannot be read.
    Unreadable { reason: String },
    /// Neither UTF-8 nor GB18030.
    UnknownEncoding,
    /// Not TOML, or not the keys that are expected.
    InvalidToml { reason: String },
    /// Not JSON.
    InvalidJson { reason: String },
    /// JSON, but no GeoJSON.
    InvalidGeoJson { reason: String },
    /// A `crs` member that names anything but WGS 84 longitude/latitude.
    ForeignCrs { name: String },
    /// A property or cell that must be filled.
    Missing,
    /// A plan that is not called as its folder, or whose folder is no folder of this one.
    PlanName { folder: String },
    /// An id that stands elsewhere already.
    DuplicateId { id: String, first: String },
    /// A property that must be text.
    NotText { found: String },
    /// A property of one's own that is a letter off one with a meaning.
    LikelyMisspelt { meant: String },
    /// A word that is not in its vocabulary.
    UnknownWord { word: String, vocabulary: &'static str, nearest: Option<String> },
    /// A word of a vocabulary that stands for two terms.
    AmbiguousWord { word: String },
    /// A reference to a place, record, section or organisation that does not exist.
    Dangling { what: What, id: String, nearest: Option<String> },
    /// A column that the table does not have in the format.
    UnknownColumn { nearest: Option<String> },
    /// A column that the format asks for.
    MissingColumn,
    /// A row with more or fewer cells than the header.
    RowLength { expected: usize, found: usize },
    /// A list that must have as many items as that of another column.
    ListLength { other: &'static str, expected: usize, found: usize },
    /// Not a CSV row.
    InvalidCsv { reason: String },
    /// Not a number.
    NotANumber { text: String },
    /// A comparator sign that is none.
    NotAComparator { text: String },
    /// A ring that crosses or touches itself.
    RingCrossing { reason: String },
    /// A ring whose direction contradicts RFC 7946; it is turned round when loaded.
    RingOrder,
    /// The same of so many features of a large file.
    RingsTurned { count: usize },
    /// Features of a large file that have errors and are not named.
    AndMore { count: usize },
    /// A large file beside which no index could be written.
    NotIndexed { reason: String },
    /// A file of another format that is not as that format has it.
    Malformed { format: &'static str, reason: String },
    /// A database with changes that another program has not written into it yet.
    Unfinished,
    /// A file of another format that does not say which reference system it is in.
    NoCrs,
    /// A large file in another encoding than UTF-8.
    NotUtf8,
    /// A ring whose last position is not its first.
    RingOpen,
    /// A geometry that is invalid in another way.
    InvalidGeometry { reason: String },
    /// A position outside China.
    OutsideChina { lon: f64, lat: f64, swapped: bool },
    /// A located place that does not say how exactly.
    AccuracyMissing,
    /// A layer that selects no place.
    EmptyLayer,
    /// A dropped file whose name is already the id of a layer.
    LayerTaken { id: String },
    /// A file that is not there, or not in the folder.
    NotInFolder { file: String },
    /// A file that is no PMTiles archive.
    NotPmtiles,
    /// An address that is neither on the web nor on this server.
    NotAnAddress { url: String },
    /// An address of tiles that lacks a number of the tile.
    PlaceholderMissing { placeholder: &'static str },
    /// Something in braces that nobody would fill in.
    UnknownPlaceholder { word: String },
    /// A number that makes no sense.
    OutOfRange { least: u16, most: u16 },
    /// A county that is to be kept from somebody.
    CountyWithheld,
    /// The accuracy of a large layer that is to be kept from somebody.
    AccuracyWithheld,
    /// A ground in GCJ-02.
    ShiftedGround,
    /// A ground that is known to be GCJ-02 and says otherwise.
    KnownAsShifted { host: String },
}

/// What a dangling reference should have pointed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A place.
    Place,
    /// A section of the plan.
    Section,
    /// An indicator or target.
    Target,
    /// A project.
    Project,
    /// An organisation.
    Organisation,
    /// A group of layers.
    Group,
    /// A plan folder.
    Plan,
    /// A file.
    File,
    /// A layer.
    Layer,
    /// A row of a table.
    Record,
    /// A property of the features of a layer.
    Property,
    /// A column that can be withheld.
    Field,
    /// A guided tour.
    Tour,
    /// A ground to draw on.
    Basemap,
}

impl What {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Place => ("地点", "place"),
            Self::Section => ("章节", "section"),
            Self::Target => ("指标", "target"),
            Self::Project => ("项目", "project"),
            Self::Organisation => ("单位", "organisation"),
            Self::Group => ("图层组", "group of layers"),
            Self::Plan => ("规划文件夹", "plan folder"),
            Self::File => ("文件", "file"),
            Self::Layer => ("图层", "layer"),
            Self::Property => (
                "要素属性（图层.属性，如 parcels.price）",
                "property of features (layer.property, like parcels.price)",
            ),
            Self::Field => (
                "可以限制的列（表.列，如 projects.quantity）",
                "column that can be withheld (table.column, like projects.quantity)",
            ),
            Self::Tour => ("导览", "tour"),
            Self::Basemap => ("底图", "basemap"),
            Self::Record => (
                "记录（规划/表/编号，如 yunyang/projects/PJ112）",
                "record (plan/table/id, like yunyang/projects/PJ112)",
            ),
        }
    }
}

fn did_you_mean(nearest: Option<&String>, lang: Lang) -> String {
    match (nearest, lang) {
        (None, Lang::Zh) => "请更正".to_owned(),
        (None, Lang::En) => "correct it".to_owned(),
        (Some(n), Lang::Zh) => format!("是否应为“{n}”？"),
        (Some(n), Lang::En) => format!("did you mean “{n}”?"),
    }
}

impl Fault {
    /// The fault and its remedy as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Unreadable { reason } => {
                format!("无法读取（{reason}）；请检查文件是否存在、是否有权限")
            }
            Self::UnknownEncoding => "文字编码不是 UTF-8 也不是 GB18030；请另存为 CSV UTF-8".into(),
            Self::InvalidToml { reason } => format!("TOML 有误：{reason}"),
            Self::InvalidJson { reason } => format!("JSON 有误：{reason}"),
            Self::InvalidGeoJson { reason } => format!("不是有效的 GeoJSON：{reason}"),
            Self::ForeignCrs { name } => {
                format!(
                    "坐标系为“{name}”；GeoJSON 只能用经纬度（WGS 84／CGCS2000），请先转换再导出"
                )
            }
            Self::Missing => "不能为空，请填写".into(),
            Self::NotText { found } => format!("值 {found} 不是文字；请加英文双引号"),
            Self::LikelyMisspelt { meant } => {
                format!("是否应为“{meant}”？若是自有属性，可不理会，内容会原样保留")
            }
            Self::PlanName { folder } => format!("“{folder}”：规划编号即文件夹名，限字、数字、-、_"),
            Self::DuplicateId { id, first } => {
                format!("编号“{id}”重复，先见于 {first}；请改用新编号")
            }
            Self::UnknownWord { word, vocabulary, nearest } => {
                let hint = did_you_mean(nearest.as_ref(), Lang::Zh);
                format!("“{word}”不在词表 {vocabulary} 中；{hint}如属新词，请补入 atlas.toml")
            }
            Self::AmbiguousWord { word } => format!("“{word}”同时指两个词条；请删改其一"),
            Self::Dangling { what, id, nearest } => {
                let hint = did_you_mean(nearest.as_ref(), Lang::Zh);
                format!("没有编号为“{id}”的{}；{hint}", what.words().0)
            }
            Self::UnknownColumn { nearest } => {
                format!("格式中没有这一列；{}", did_you_mean(nearest.as_ref(), Lang::Zh))
            }
            Self::MissingColumn => "缺少这一列；请在表头补上（内容可为空）".into(),
            Self::RowLength { expected, found } => {
                format!("表头有 {expected} 列，本行有 {found} 格；含逗号的内容须加英文双引号")
            }
            Self::ListLength { other, expected, found } => {
                format!("有 {found} 项，而 {other} 列有 {expected} 项；两列须逐项对应")
            }
            Self::InvalidCsv { reason } => format!("CSV 有误：{reason}"),
            Self::NotANumber { text } => format!("“{text}”不是数字；请只写数字，单位写在 unit 列"),
            Self::NotAComparator { text } => format!("“{text}”不是比较符；可用 = >= > <= < ~"),
            Self::RingCrossing { reason } => {
                format!("边界自相交（{reason}）；请在 GIS 软件中修复几何")
            }
            Self::RingOrder => "环的方向不合 RFC 7946（外环应逆时针）；读入时已自动调整".into(),
            Self::RingsTurned { count } => {
                format!("{count} 个要素的环方向不合 RFC 7946（外环应逆时针）；读取时已自动调整")
            }
            Self::AndMore { count } => format!("另有 {count} 个要素有错误，未逐一列出"),
            Self::NotIndexed { reason } => {
                format!("旁边写不了索引文件（{reason}），每次启动都要重读；请给文件夹写权限")
            }
            Self::Malformed { format, reason } => {
                format!("不是有效的 {format}：{reason}；请重新导出")
            }
            Self::Unfinished => {
                "另一个程序（如 QGIS）还有改动没写进这个文件（旁边的 -wal），这里看不到；请关闭那个程序".into()
            }
            Self::NoCrs => "没有写明坐标系；请在 GIS 软件中指定坐标系（如 EPSG:4490）后重新导出".into(),
            Self::NotUtf8 => "大文件须为 UTF-8 编码；请在 GIS 软件中另存为 UTF-8".into(),
            Self::RingOpen => "环未闭合：首尾坐标必须相同".into(),
            Self::InvalidGeometry { reason } => format!("几何无效：{reason}"),
            Self::OutsideChina { lon, lat, swapped: true } => {
                format!("坐标 [{lon}, {lat}] 像是纬度在前；GeoJSON 应为 [经度, 纬度]，请对调")
            }
            Self::OutsideChina { lon, lat, swapped: false } => {
                format!("坐标 [{lon}, {lat}] 不在中国范围内；若是投影坐标（米），请先转换为经纬度")
            }
            Self::AccuracyMissing => {
                "有位置但未注明精度；请填 surveyed、published、seat、approximate 或 schematic"
                    .into()
            }
            Self::EmptyLayer => "图层没有选中任何地点；请检查 select 条件".into(),
            Self::LayerTaken { id } => format!("已有编号为“{id}”的图层；请给文件改名"),
            Self::NotInFolder { file } => {
                format!("数据文件夹里没有“{file}”；请把文件放进来，填相对路径，不能指到文件夹外")
            }
            Self::NotPmtiles => "不是 PMTiles 第 3 版文件；请重新制作".into(),
            Self::NotAnAddress { url } => {
                format!("“{url}”不是瓦片地址；应以 https://、http:// 或本机的 / 开头")
            }
            Self::PlaceholderMissing { placeholder } => {
                format!("地址里缺少 {placeholder}；xyz 用 {{z}} {{x}} {{y}}，wmts 也可用 {{TileMatrix}} {{TileCol}} {{TileRow}}")
            }
            Self::UnknownPlaceholder { word } => {
                format!("地址里的 {word} 无法替换；请写成实际的值，几台主机写 {{0-7}} 或 {{a-c}}")
            }
            Self::OutOfRange { least, most } => format!("应在 {least} 到 {most} 之间"),
            Self::CountyWithheld => "规划所在的县不能限制；请限制图层、地点或记录".into(),
            Self::AccuracyWithheld => "大图层的位置精度不能限制；请限制整个图层".into(),
            Self::ShiftedGround => {
                "底图为 GCJ-02（偏移坐标），叠加会错位 300～700 米，只列出、不启用；请改用天地图等 CGCS2000／WGS 84 底图".into()
            }
            Self::KnownAsShifted { host } => {
                format!("{host} 的瓦片是 GCJ-02（偏移坐标）；datum 请如实填 \"GCJ-02\"，或改用天地图")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("cannot be read ({reason}); check that it exists and may be read"),
            Self::UnknownEncoding => "is neither UTF-8 nor GB18030; save it as CSV UTF-8".into(),
            Self::InvalidToml { reason } => format!("is not valid TOML: {reason}"),
            Self::InvalidJson { reason } => format!("is not valid JSON: {reason}"),
            Self::InvalidGeoJson { reason } => format!("is not valid GeoJSON: {reason}"),
            Self::ForeignCrs { name } => {
                format!("names the reference system “{name}”; GeoJSON is longitude/latitude (WGS 84, CGCS2000): convert first")
            }
            Self::Missing => "must not be empty: fill it in".into(),
            Self::NotText { found } => format!("{found} is no text; put it in quotes"),
            Self::LikelyMisspelt { meant } => {
                format!("did you mean “{meant}”? A property of your own is kept as it is")
            }
            Self::PlanName { folder } => {
                format!("“{folder}”: the id of a plan is the name of its folder, of letters, digits, - and _ only")
            }
            Self::DuplicateId { id, first } => format!("the id “{id}” stands at {first} already; choose another"),
            Self::UnknownWord { word, vocabulary, nearest } => {
                let hint = did_you_mean(nearest.as_ref(), Lang::En);
                format!("“{word}” is not in the vocabulary {vocabulary}; {hint} A new word belongs into atlas.toml")
            }
            Self::AmbiguousWord { word } => format!("“{word}” stands for two terms; rename one"),
            Self::Dangling { what, id, nearest } => {
                let hint = did_you_mean(nearest.as_ref(), Lang::En);
                format!("there is no {} “{id}”; {hint}", what.words().1)
            }
            Self::UnknownColumn { nearest } => {
                format!("is no column of this table; {}", did_you_mean(nearest.as_ref(), Lang::En))
            }
            Self::MissingColumn => "the column is missing; add it to the header (cells may be empty)".into(),
            Self::RowLength { expected, found } => {
                format!("the header has {expected} columns, this row {found} cells; quote cells that contain commas")
            }
            Self::ListLength { other, expected, found } => {
                format!("has {found} items where the column {other} has {expected}; both list the same things in order")
            }
            Self::InvalidCsv { reason } => format!("is not valid CSV: {reason}"),
            Self::NotANumber { text } => format!("“{text}” is no number; write digits only, the unit has its own column"),
            Self::NotAComparator { text } => format!("“{text}” is no comparator; use = >= > <= < ~"),
            Self::RingCrossing { reason } => format!("the boundary crosses itself ({reason}); repair the geometry in a GIS"),
            Self::RingOrder => "ring direction contradicts RFC 7946 (outer rings run counter-clockwise); turned round on loading".into(),
            Self::RingsTurned { count } => {
                format!("rings of {count} features run against RFC 7946 (outer rings counter-clockwise); turned round on reading")
            }
            Self::AndMore { count } => format!("{count} more features have errors and are not named"),
            Self::NotIndexed { reason } => {
                format!("no index can be written beside it ({reason}), so that every start reads it again; let the folder be written to")
            }
            Self::Malformed { format, reason } => {
                format!("is not valid {format}: {reason}; export it again")
            }
            Self::Unfinished => {
                "another program, such as QGIS, has changes that are not in this file yet (-wal beside it) and are not seen here; close that program".into()
            }
            Self::NoCrs => "does not say which reference system it is in; assign one in a GIS (such as EPSG:4490), and export it again".into(),
            Self::NotUtf8 => "a large file must be UTF-8; save it as such in a GIS".into(),
            Self::RingOpen => "the ring is open: its last position must repeat its first".into(),
            Self::InvalidGeometry { reason } => format!("the geometry is invalid: {reason}"),
            Self::OutsideChina { lon, lat, swapped: true } => {
                format!("[{lon}, {lat}] looks like latitude first; GeoJSON is [longitude, latitude]: swap them")
            }
            Self::OutsideChina { lon, lat, swapped: false } => {
                format!("[{lon}, {lat}] is outside China; convert projected coordinates (metres) to degrees first")
            }
            Self::AccuracyMissing => {
                "has a position but no accuracy; give surveyed, published, seat, approximate or schematic".into()
            }
            Self::EmptyLayer => "the layer selects no place; check its `select`".into(),
            Self::LayerTaken { id } => format!("a layer “{id}” exists already; rename the file"),
            Self::NotInFolder { file } => {
                format!("there is no “{file}” in the data folder; put it there and give its path within, nothing outside")
            }
            Self::NotPmtiles => "is no PMTiles archive of version 3; make it anew".into(),
            Self::NotAnAddress { url } => {
                format!("“{url}” is no address of tiles; it begins with https://, http://, or / for this server")
            }
            Self::PlaceholderMissing { placeholder } => {
                format!("the address lacks {placeholder}; xyz takes {{z}} {{x}} {{y}}, wmts {{TileMatrix}} {{TileCol}} {{TileRow}} too")
            }
            Self::UnknownPlaceholder { word } => {
                format!("nothing fills {word} in; write the value itself, several hosts as {{0-7}} or {{a-c}}")
            }
            Self::OutOfRange { least, most } => format!("must lie between {least} and {most}"),
            Self::CountyWithheld => "the county of a plan cannot be withheld; withhold layers, places or records".into(),
            Self::AccuracyWithheld => "the accuracy of a large layer cannot be withheld; withhold the layer".into(),
            Self::ShiftedGround => {
                "the ground is GCJ-02 and would lie 300 to 700 m off: listed, but not used; take one in CGCS2000 or WGS 84, such as 天地图".into()
            }
            Self::KnownAsShifted { host } => {
                format!("the tiles of {host} are GCJ-02; say so in datum, or take 天地图")
            }
        }
    }
}

/// The candidate most like `word`, if any is close enough to be a slip of the pen.
///
/// Uses the Damerau–Levenshtein distance; more than a third of the letters wrong is no slip.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, c)| c.to_owned())
}
