//! Why `plan-atlas render` drew and `plan-atlas report` wrote nothing, and what to do, in Chinese or English.

use crate::cli::say;
use crate::import::Refusal;
use crate::load::Lang;
use crate::model::Atlas;
use crate::picture::{MakeError, WishError};
use crate::query::Unanswered;
use crate::report::{FARTHEST, ReportError};

/// A picture that cannot be made.
pub fn picture(error: &MakeError, atlas: &Atlas, lang: Lang) -> String {
    let zh = match error {
        MakeError::Wish(error) => wish(error, atlas),
        MakeError::Dpi(dpi) => format!("--dpi {dpi} 不对；应在 48 到 600 之间"),
        MakeError::Pixels(millions) => format!(
            "这样的图有 {millions:.0} 百万像素，最多 50 百万；请减小 --dpi 或尺寸，或改出 PDF"
        ),
        MakeError::Several => {
            "只有 PDF 能装多张图；请去掉 --each，或让文件名以 .pdf 结尾".to_owned()
        }
        MakeError::Unanswered(error) => unanswered(error),
        MakeError::Paint(error) => format!("画不出来：{error}"),
    };
    say(lang, &zh, &error.to_string()).to_owned()
}

/// A report that cannot be made.
pub fn report(error: &ReportError, atlas: &Atlas, lang: Lang) -> String {
    let zh = match error {
        ReportError::Place(id) => wish(&WishError::Place(id.clone()), atlas),
        ReportError::Layer(id) => wish(&WishError::Layer(id.clone()), atlas),
        ReportError::County(id) => {
            let known = atlas.plans.iter().map(|plan| atlas.place(plan.county));
            let known: Vec<String> =
                known.map(|county| format!("{}（{}）", county.id, county.name)).collect();
            format!("“{id}”不是有规划的县；可选：{}", known.join("、"))
        }
        ReportError::Empty(id) => {
            format!("图层“{id}”没有地点在乡镇里，没有可印的页；请换图层，或去掉 --county")
        }
        ReportError::Townships(count) => {
            format!("{count} 个乡镇太多，一册最多 200 个；请用 --county 选一个县")
        }
        ReportError::Site(id) => format!("“{id}”不是招商载体；编号见 sites.csv 的 place 列"),
        ReportError::Compared(count) => format!("给了 {count} 个载体；对比要两至四个"),
        ReportError::Twice(id) => format!("“{id}”给了两次"),
        ReportError::Radius(radius) => {
            format!("--radius {radius} 不对；应在 0 到 {FARTHEST} 米之间")
        }
        ReportError::Link => {
            "--link 不是二维码能指向的网址；应以 http:// 或 https:// 开头，最多 500 个字符"
                .to_owned()
        }
        ReportError::NoTable => "只有对比能写成 .xlsx；请让文件名以 .pdf 或 .html 结尾".to_owned(),
        ReportError::Picture(error) => return picture(error, atlas, lang),
        ReportError::Unanswered(error) => unanswered(error),
        ReportError::Typeset(error) => format!("排不出来：{error}"),
    };
    say(lang, &zh, &error.to_string()).to_owned()
}

fn unanswered(error: &Unanswered) -> String {
    match error {
        Unanswered::Stopped(_) => "没有画完就停了".to_owned(),
        Unanswered::Unreadable(error) => format!("大图层的文件读不了：{error}"),
    }
}

fn wish(error: &WishError, atlas: &Atlas) -> String {
    match error {
        WishError::Layer(id) => {
            let known: Vec<&str> = atlas.layers.iter().map(|layer| layer.id.as_str()).collect();
            format!("没有图层“{id}”；可选：{}", known.join("、"))
        }
        WishError::Place(id) => {
            format!("没有地点“{id}”，也许编号已改；编号见地图上地点的面板")
        }
        WishError::Unlocated(id) => format!("“{id}”没有位置，画不了它的图；请用它所在的乡镇"),
        WishError::Bbox(text) => format!(
            "--bbox {text} 不对；应是 西,南,东,北，单位度，西小于东，如 108.4,30.5,109.6,31.4"
        ),
        WishError::Center(text) => {
            format!("--center {text} 不对；应是 经度,纬度，如 108.7,30.93")
        }
        WishError::Scale(scale) => {
            format!("--scale {scale} 不对；应在 500 到 50000000 之间，100000 即 1:100 000")
        }
        WishError::Size(name, pixels) => {
            format!("--{name} {pixels} 不对；应在 16 到 8192 像素之间")
        }
        WishError::Paper(name) => format!("没有纸张“{name}”；可用：a4、a3、a2、a1、a0"),
        WishError::Orientation(word) => {
            format!("方向“{word}”不对；应是 landscape（横）或 portrait（竖）")
        }
        WishError::Grid(word) => format!("没有格网“{word}”；可用：auto、degrees、none"),
        WishError::Crs(error) => Refusal::CrsUnusable { error: error.clone() }.text(Lang::Zh),
        WishError::NoScale(name) => {
            format!("{name} 没有比例尺；请去掉 --crs，或用高斯–克吕格带，如 EPSG:4545")
        }
        WishError::Beyond(name) => format!("要画的地方超出 {name} 的范围；请去掉 --crs"),
        WishError::Small => "图太小，放下图例就没有地图了；请加大，或用 --margins false".to_owned(),
        WishError::Sheets(count) => {
            format!("{count} 张太多，一次最多 200 张；请换一个地点少些的图层")
        }
        WishError::Unanswered(error) => unanswered(error),
    }
}
