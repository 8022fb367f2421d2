//! Which columns of a table tell where a row is, by their names.

use crate::crs::Crs;

/// How rows are located.
#[derive(Debug, Clone, PartialEq)]
pub enum Locator {
    /// Two columns of numbers: easting or longitude, then northing or latitude.
    Pair { x: usize, y: usize, unsure: bool },
    /// A column of well-known text.
    Wkt(usize),
    /// Nothing but townships, if those.
    Nothing,
}

/// What the header of a table says.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub locator: Locator,
    pub township: Option<usize>,
    /// Well-known text beside a pair: the shape, where the pair is no more than a point that stands for it.
    pub shape: Option<usize>,
    /// The reference system, where the names of the columns say it: `经度(GCJ-02)`, `lon_bd09`.
    pub crs: Option<Crs>,
}

impl Columns {
    /// Looks through a header.
    pub fn find(header: &[String]) -> Self {
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let find = |words: &[&str]| {
            words.iter().find_map(|word| names.iter().position(|name| stem(name) == *word))
        };
        let pair = |x: &[&str], y: &[&str], unsure| {
            let (x, y) = (find(x)?, find(y)?);
            Some(Locator::Pair { x, y, unsure })
        };
        let locator = pair(
            &["经度", "东经", "lon", "lng", "long", "longitude", "经度坐标", "坐标经度"],
            &["纬度", "北纬", "lat", "latitude", "纬度坐标", "坐标纬度"],
            false,
        )
        .or_else(|| {
            pair(
                &["东坐标", "横坐标", "easting", "东向坐标", "e", "east"],
                &["北坐标", "纵坐标", "northing", "北向坐标", "n", "north"],
                false,
            )
        })
        .or_else(|| {
            let words = ["wkt", "geometry", "geom", "thegeom", "几何", "空间坐标"];
            find(&words).map(Locator::Wkt)
        })
        .or_else(|| {
            pair(
                &["x", "x坐标", "坐标x", "xcoord", "pointx"],
                &["y", "y坐标", "坐标y", "ycoord", "pointy"],
                true,
            )
        })
        .unwrap_or(Locator::Nothing);
        let crs = match locator {
            Locator::Pair { x, y, .. } => {
                said(&names[x]).filter(|crs| said(&names[y]) == Some(*crs))
            }
            _ => None,
        };
        let pair = matches!(locator, Locator::Pair { .. });
        let shape = if pair { find(&["wkt"]) } else { None };
        let township = find(&[
            "乡镇代码",
            "乡镇街道代码",
            "行政区划代码",
            "区划代码",
            "乡镇编码",
            "townshipcode",
            "乡镇",
            "乡镇街道",
            "街道乡镇",
            "镇街",
            "所在乡镇",
            "所属乡镇",
            "所在乡镇街道",
            "所属乡镇街道",
            "乡镇名称",
            "乡镇名",
            "街道",
            "township",
            "town",
            "townshipname",
        ]);
        Self { locator, township, shape, crs }
    }

    /// Whether a row can be located by this header at all.
    pub fn locate(&self) -> bool {
        self.locator != Locator::Nothing || self.township.is_some()
    }
}

/// Letters, digits and Chinese characters in lower case.
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words for reference systems and units that are tacked to the name of a column.
const TAGS: [(&str, Option<Crs>); 13] = [
    ("gcj02", Some(Crs::Gcj02)),
    ("gcj", Some(Crs::Gcj02)),
    ("高德", Some(Crs::Gcj02)),
    ("bd09", Some(Crs::Bd09)),
    ("百度", Some(Crs::Bd09)),
    ("wgs84", Some(Crs::Wgs84)),
    ("wgs", Some(Crs::Wgs84)),
    ("cgcs2000", Some(Crs::Cgcs2000)),
    ("国家2000", Some(Crs::Cgcs2000)),
    ("epsg4490", Some(Crs::Cgcs2000)),
    ("epsg4326", Some(Crs::Wgs84)),
    ("米", None),
    ("度", None),
];

fn tag(name: &str) -> Option<(&str, Option<Crs>)> {
    TAGS.iter().find_map(|(tag, crs)| {
        let rest = name.strip_suffix(tag).or_else(|| crs.and(name.strip_prefix(tag)))?;
        // 经度 and 纬度 themselves end in 度.
        (!rest.is_empty() && !matches!(rest, "经" | "纬")).then_some((rest, *crs))
    })
}

fn stem(name: &str) -> &str {
    tag(name).map_or(name, |(stem, _)| stem)
}

fn said(name: &str) -> Option<Crs> {
    tag(name).and_then(|(_, crs)| crs)
}

#[cfg(test)]
mod tests {
    use super::{Columns, Locator};
    use crate::crs::Crs;

    fn find(header: &[&str]) -> Columns {
        Columns::find(&header.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_recognised_as_people_call_them() {
        for (header, locator) in [
            (["名称", "经度", "纬度"], Locator::Pair { x: 1, y: 2, unsure: false }),
            (["Lat", "name", "LNG"], Locator::Pair { x: 2, y: 0, unsure: false }),
            (["X坐标", "Y坐标", "名称"], Locator::Pair { x: 0, y: 1, unsure: true }),
            (["北坐标(米)", "东坐标(米)", "名称"], Locator::Pair { x: 1, y: 0, unsure: false }),
            (["名称", "WKT", "备注"], Locator::Wkt(1)),
            (["名称", "经度", "备注"], Locator::Nothing),
        ] {
            assert_eq!(find(&header).locator, locator, "{header:?}");
        }
        assert_eq!(find(&["企业", "所在乡镇"]).township, Some(1));
    }

    #[test]
    fn a_reference_system_in_both_names_counts() {
        assert_eq!(find(&["经度(GCJ-02)", "纬度(GCJ-02)"]).crs, Some(Crs::Gcj02));
        assert_eq!(find(&["bd09_lng", "bd09_lat"]).crs, Some(Crs::Bd09));
        assert_eq!(find(&["lon_wgs84", "lat"]).crs, None);
        assert_eq!(find(&["经度", "纬度"]).crs, None);
    }
}
