//! Formats and reference systems in plain words, for whoever has to choose.

use serde::Serialize;
use utoipa::ToSchema;

use crate::export::{Encoding, Format, PREFIXED_ZONE_OF_DATA, ZONE_OF_DATA};

/// A format to choose.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormatChoice {
    /// Its id.
    #[schema(example = "gpkg")]
    pub id: &'static str,
    /// Its name.
    #[schema(example = "GeoPackage")]
    pub title: &'static str,
    /// What opens it, in Chinese.
    pub opens_with: &'static str,
    /// What opens it, in English.
    pub opens_with_en: &'static str,
    /// Encodings that its text may have.
    pub encodings: Vec<Encoding>,
    /// Whether it takes any reference system; else WGS 84 degrees only.
    pub any_crs: bool,
    /// Whether linked records come as tables of their own.
    pub tables: bool,
}

/// A reference system to choose.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct CrsChoice {
    /// What the parameter `crs` takes.
    #[schema(example = "EPSG:4490")]
    pub id: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Whether positions are shifted on purpose.
    pub shifted: bool,
}

/// Reference systems that most people need; `crs` takes every zone of CGCS2000 by its code too.
pub const CRS_CHOICES: [CrsChoice; 7] = [
    crs("EPSG:4326", "WGS 84 经纬度（GPS、谷歌地球）", "WGS 84 degrees (GPS, Google Earth)", false),
    crs(
        "EPSG:4490",
        "CGCS2000 经纬度（国家大地坐标系）",
        "CGCS2000 degrees (China's national datum)",
        false,
    ),
    crs(
        ZONE_OF_DATA,
        "CGCS2000 高斯–克吕格 3 度带，坐标不加带号",
        "CGCS2000 / 3-degree Gauss–Krüger, without zone number",
        false,
    ),
    crs(
        PREFIXED_ZONE_OF_DATA,
        "CGCS2000 高斯–克吕格 3 度带，坐标加带号",
        "CGCS2000 / 3-degree Gauss–Krüger, with zone number",
        false,
    ),
    crs("EPSG:3857", "Web 墨卡托（网络地图）", "Web Mercator (web maps)", false),
    crs("GCJ-02", "GCJ-02（高德、腾讯；坐标已偏移）", "GCJ-02 (Amap, Tencent; shifted)", true),
    crs("BD-09", "BD-09（百度；坐标已偏移）", "BD-09 (Baidu; shifted)", true),
];

const fn crs(id: &'static str, zh: &'static str, en: &'static str, shifted: bool) -> CrsChoice {
    CrsChoice { id, zh, en, shifted }
}

impl Format {
    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSeq => "GeoJSON Lines",
            Self::Gpkg => "GeoPackage",
            Self::Shp => "Shapefile",
            Self::Kml => "KML",
            Self::Kmz => "KMZ",
            Self::Fgb => "FlatGeobuf",
            Self::Parquet => "GeoParquet",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Dxf => "DXF",
            Self::Pmtiles => "PMTiles",
        }
    }

    /// What opens it, in Chinese and English.
    #[must_use]
    pub fn opens_with(self) -> (&'static str, &'static str) {
        match self {
            Self::GeoJson => ("QGIS、网页地图、编程", "QGIS, web maps, programming"),
            Self::GeoJsonSeq => (
                "一行一个要素，供编程处理大图层",
                "one feature a line, for programs and large layers",
            ),
            Self::Gpkg => (
                "QGIS、ArcGIS：图层与关联表在一个文件里",
                "QGIS, ArcGIS: layers and linked tables in one file",
            ),
            Self::Shp => (
                "ArcGIS、SuperMap、MapGIS，旧版用 GBK",
                "ArcGIS, SuperMap, MapGIS; GBK for old ones",
            ),
            Self::Kml => ("谷歌地球、奥维互动地图", "Google Earth, Ovital Map"),
            Self::Kmz => {
                ("谷歌地球、奥维互动地图（压缩）", "Google Earth, Ovital Map (compressed)")
            }
            Self::Fgb => ("QGIS、网页地图：大图层读得快", "QGIS, web maps: fast for large layers"),
            Self::Parquet => ("数据分析：DuckDB、Python", "data analysis: DuckDB, Python"),
            Self::Csv => ("WPS、Excel：每表一个文件", "WPS, Excel: a file to each table"),
            Self::Xlsx => (
                "WPS、Excel：每表一个工作表，表间有链接",
                "WPS, Excel: a sheet to each table, linked",
            ),
            Self::Dxf => ("AutoCAD、中望 CAD", "AutoCAD, ZWCAD"),
            Self::Pmtiles => ("网页地图的离线瓦片", "offline tiles for web maps"),
        }
    }
}

/// Every format to choose.
#[must_use]
pub fn format_choices() -> Vec<FormatChoice> {
    Format::ALL.map(choice).into()
}

fn choice(format: Format) -> FormatChoice {
    let (opens_with, opens_with_en) = format.opens_with();
    let able = format.abilities();
    FormatChoice {
        id: format.id(),
        title: format.title(),
        opens_with,
        opens_with_en,
        encodings: format.encodings().to_vec(),
        any_crs: able.any_crs,
        tables: able.tables,
    }
}
