//! Pages of tilesets and tile matrix sets.

use axum::response::Response;

use crate::crs::{QUAD, QUAD_CRS, QUAD_URI, TileMatrixSet};
use crate::http::ogc::html::page::{Page, anchor, english, escaped};
use crate::http::ogc::html::way;
use crate::http::ogc::links::{Link, Site, encoded};
use crate::http::ogc::tiles::Tileset;

/// The list of tilesets.
pub fn tilesets(set: &Tileset, links: &[Link]) -> Response {
    let mut page = Page::new("矢量瓦片", "Vector tiles", &way_to(set));
    let heads = [
        "瓦片集 <span lang=\"en\">Tileset</span>",
        "瓦片矩阵集 <span lang=\"en\">Tile matrix set</span>",
        "坐标系 <span lang=\"en\">Reference system</span>",
    ];
    let name = anchor(&Site::path(&set.path()), &set.title) + &english(&set.title_en);
    let scheme = anchor(&Site::path(&format!("/tileMatrixSets/{QUAD}")), QUAD);
    let row = vec![name, scheme, format!("<code>{}</code>", escaped(QUAD_CRS))];
    page.table(&heads.map(str::to_owned), std::iter::once(row));
    page.finish(&format!("{} 矢量瓦片", set.title), links)
}

/// One tileset.
pub fn tileset(set: &Tileset, template: &str, links: &[Link]) -> Response {
    let mut way = way_to(set);
    way.push(("瓦片 Tiles", set.list()));
    let mut page = Page::new(&set.title, &set.title_en, &way);
    page.heading("地址", "Address");
    page.raw(format!("<p><code>{}</code></p>", escaped(template)));
    page.raw(
        "<p>QGIS：图层 → 添加图层 → 添加矢量瓦片图层 → 新建一般连接，填这个地址。示意的位置看 accuracy。</p>\
         <p lang=\"en\">QGIS: Layer → Add Layer → Add Vector Tile Layer → New Generic Connection, with this address. \
         How exactly a position is known stands in accuracy.</p>",
    );
    page.heading("图层", "Layers");
    let heads = [
        "图层 <span lang=\"en\">Layer</span>",
        "编号 <span lang=\"en\">Id</span>",
        "要素数 <span lang=\"en\">Features</span>",
    ];
    let rows = set.sources.iter().map(|source| {
        let about = source.about();
        let path = Site::path(&format!("/collections/{}", encoded(&about.id)));
        let name = anchor(&path, &about.title) + &english(&about.title_en);
        vec![name, format!("<code>{}</code>", escaped(&about.id)), source.len().to_string()]
    });
    page.table(&heads.map(str::to_owned), rows);
    page.finish(&format!("{} 矢量瓦片", set.title), links)
}

fn way_to(set: &Tileset) -> Vec<(&str, String)> {
    match set.collection() {
        Some(path) => {
            let mut way: Vec<(&str, String)> = way();
            way.push((&set.title, path.to_owned()));
            way
        }
        None => way()[..1].to_vec(),
    }
}

/// The list of tile matrix sets.
pub fn tile_matrix_sets(links: &[Link]) -> Response {
    let mut page = Page::new("瓦片矩阵集", "Tile matrix sets", &way()[..1]);
    let path = Site::path(&format!("/tileMatrixSets/{QUAD}"));
    page.raw(format!("<ul><li>{} <code>{QUAD_URI}</code></li></ul>", anchor(&path, QUAD)));
    page.finish("瓦片矩阵集 Tile matrix sets", links)
}

/// One tile matrix set.
pub fn tile_matrix_set(set: &TileMatrixSet, links: &[Link]) -> Response {
    let mut way = way()[..1].to_vec();
    way.push(("瓦片矩阵集 Tile matrix sets", "/tileMatrixSets".to_owned()));
    let mut page = Page::new(QUAD, "Web Mercator", &way);
    page.raw(format!("<p><code>{}</code> <code>{}</code></p>", set.uri, set.crs));
    let heads = [
        "级别 <span lang=\"en\">Tile matrix</span>",
        "比例尺分母 <span lang=\"en\">Scale denominator</span>",
        "像元（米） <span lang=\"en\">Cell, metres</span>",
        "每边瓦片数 <span lang=\"en\">Tiles along a side</span>",
    ];
    let rows = set.tile_matrices.iter().map(|matrix| {
        vec![
            matrix.id.clone(),
            format!("{:.3}", matrix.scale_denominator),
            format!("{:.6}", matrix.cell_size),
            matrix.matrix_width.to_string(),
        ]
    });
    page.table(&heads.map(str::to_owned), rows);
    page.finish(QUAD, links)
}
