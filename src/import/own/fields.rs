//! The columns that an export of the atlas's own places has, and what a change in each of them means.
//!
//! They are those of `export::Features`; a test holds the two lists together. A Shapefile's names are
//! the same in every export, because no two of them collide within ten bytes.

/// What a change in a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The id that rows are matched by.
    Id,
    /// A text that is written back.
    Text,
    /// Several texts that are written back.
    List,
    /// A word of the vocabulary of kinds.
    Kind,
    /// A word of the list of accuracies.
    Accuracy,
    /// A word of the vocabulary of sources, or a sentence.
    Source,
    /// The id of another place.
    Within,
    /// One half of the seat of a township, in degrees.
    Seat(usize),
    /// Nothing: it follows from the code in another column.
    Label(&'static str),
    /// Nothing: it is kept in a file, which is named in Chinese and in English.
    Kept(&'static str, &'static str),
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Name for programs, which is that of the property.
    pub key: &'static str,
    /// Heading for people.
    pub title: &'static str,
    /// Name in a Shapefile.
    pub short: &'static str,
    /// What a change means.
    pub role: Role,
}

const fn field(key: &'static str, title: &'static str, short: &'static str, role: Role) -> Field {
    Field { key, title, short, role }
}

const COUNTY: Role = Role::Kept(
    "地点文件里的 county 属性（不填就是本规划的县）",
    "the property county in the file of places (absent: that of the plan)",
);
const CLASS: Role = Role::Kept(
    "atlas.toml 的图例，按角色、类型或精度自动分",
    "the legend of atlas.toml, told from role, kind or accuracy",
);

/// Every column.
pub const FIELDS: [Field; 27] = [
    field("id", "编号", "编号", Role::Id),
    field("name", "名称", "名称", Role::Text),
    field("name_en", "英文名", "英文名", Role::Text),
    field("pinyin", "拼音", "拼音", Role::Text),
    field("aliases", "别名", "别名", Role::List),
    field("kind", "类别代码", "类别码", Role::Kind),
    field("kind_zh", "类别", "类别", Role::Label("kind")),
    field("county", "县", "县", COUNTY),
    field("within", "所在代码", "所在码", Role::Within),
    field("within_name", "所在", "所在", Role::Label("within")),
    field("accuracy", "位置精度代码", "精度码", Role::Accuracy),
    field("accuracy_zh", "位置精度", "精度", Role::Label("accuracy")),
    field("source", "来源代码", "来源码", Role::Source),
    field("source_zh", "位置来源", "来源", Role::Label("source")),
    field(
        "offered_as",
        "招商定位",
        "招商",
        Role::Kept("sites.csv 的 title 列", "sites.csv, column title"),
    ),
    field(
        "sought",
        "招引方向",
        "招引",
        Role::Kept("sites.csv 的 sought 列", "sites.csv, column sought"),
    ),
    field("note", "说明", "说明", Role::Text),
    field("note_en", "英文说明", "英说明", Role::Text),
    field("seat_lon", "驻地经度", "驻经度", Role::Seat(0)),
    field("seat_lat", "驻地纬度", "驻纬度", Role::Seat(1)),
    field(
        "roles",
        "布局定位",
        "布局",
        Role::Kept("roles.csv 的 title 列", "roles.csv, column title"),
    ),
    field(
        "herbs",
        "中药材品种",
        "药材",
        Role::Kept("roles.csv 的 herbs 列", "roles.csv, column herbs"),
    ),
    field(
        "projects",
        "项目",
        "项目",
        Role::Kept("projects.csv 的 places 列", "projects.csv, column places"),
    ),
    field(
        "targets",
        "指标",
        "指标",
        Role::Kept("targets.csv 的 places 列", "targets.csv, column places"),
    ),
    field(
        "tasks",
        "任务",
        "任务",
        Role::Kept("tasks.csv 的 places 列", "tasks.csv, column places"),
    ),
    field("class", "图例代码", "图例码", CLASS),
    field("class_zh", "图例", "图例", CLASS),
];

/// Columns that tell the position, or that the software of a format adds.
const ASIDE: [&str; 14] = [
    "fid",
    "ogc_fid",
    "objectid",
    "经度",
    "纬度",
    "东坐标",
    "北坐标",
    "wkt",
    "description",
    "folder",
    "geom",
    "geometry",
    "shape_leng",
    "shape_area",
];

/// The column of this name: its key, its heading, or its name in a Shapefile.
pub fn find(name: &str) -> Option<&'static Field> {
    let name = name.trim();
    let called = |field: &&Field| {
        field.key.eq_ignore_ascii_case(name) || field.title == name || field.short == name
    };
    FIELDS.iter().find(called)
}

/// Whether a column that is not known here needs no remark.
pub fn is_aside(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    ASIDE.iter().any(|aside| {
        name.strip_prefix(aside).is_some_and(|rest| rest.is_empty() || rest.starts_with('（'))
    })
}
