//! The parameters of the interface.

use serde_json::{Value, json};

use crate::crs::{QUAD, TileId};
use crate::http::ogc::wanted::{DEFAULT_LIMIT, MAX_LIMIT};

/// Every parameter, under the name by which operations refer to it.
pub fn parameters(ids: &[&str]) -> Value {
    let query = |name: &str, description: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": false, "description": description,
            "schema": schema, "style": "form", "explode": false,
        })
    };
    let path = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema });
    let text = || json!({ "type": "string" });
    let uri = || json!({ "type": "string", "format": "uri" });
    let whole = |last: u32| json!({ "type": "integer", "minimum": 0, "maximum": last });
    let last = (1 << TileId::MAX_ZOOM) - 1;
    let names = || json!({ "type": "array", "items": { "type": "string" } });
    json!({
        "collectionId": path("collectionId", "图层编号 (collection)", json!({ "type": "string", "enum": ids })),
        "featureId": path("featureId", "要素编号 (feature)", text()),
        "tileMatrixSetId": path("tileMatrixSetId", "瓦片矩阵集 (tile matrix set)", json!({ "type": "string", "enum": [QUAD] })),
        "tileMatrix": path("tileMatrix", "级别 (zoom level)", whole(TileId::MAX_ZOOM.into())),
        "tileRow": path("tileRow", "行，自北起 (row from the north)", whole(last)),
        "tileCol": path("tileCol", "列，自西起 (column from the west)", whole(last)),
        "styleId": path("styleId", "样式编号 (style)", text()),
        "collections": query("collections", "图层编号，先写的在下 (collections, the first at the bottom)", json!({
            "type": "array", "items": { "type": "string", "enum": ids },
        })),
        "f": query("f", "格式 (format)", json!({ "type": "string", "enum": ["json", "html"] })),
        "f-tileset": query("f", "格式 (format)", json!({ "type": "string", "enum": ["json", "html", "tilejson"] })),
        "f-tile": query("f", "格式 (format)", json!({ "type": "string", "enum": ["mvt"] })),
        "limit": query("limit", "每页要素数 (features of a page)", json!({
            "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT,
        })),
        "offset": query("offset", "跳过的要素数 (features to leave out)", json!({
            "type": "integer", "minimum": 0, "default": 0,
        })),
        "bbox": query("bbox", "范围，角点次序同 bbox-crs 的轴序 (box, in the axis order of bbox-crs)", json!({
            "type": "array",
            "oneOf": [{ "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }],
            "items": { "type": "number" },
        })),
        "bbox-crs": query("bbox-crs", "bbox 的坐标系 (reference system of bbox)", uri()),
        "datetime": query("datetime", "时间；要素没有时间，全部符合 (no feature has a time: all match)", text()),
        "crs": query("crs", "返回的坐标系 (reference system of the answer)", uri()),
        "filter": query("filter", "CQL2 筛选条件 (filter)", text()),
        "filter-lang": query("filter-lang", "筛选条件的写法 (encoding of the filter)", json!({
            "type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text",
        })),
        "filter-crs": query("filter-crs", "筛选条件里几何的坐标系 (reference system of its geometries)", uri()),
        "sortby": query("sortby", "排序，-字段为倒序 (order; -name from last to first)", names()),
        "properties": query("properties", "返回的字段 (properties to return)", names()),
        "queryables": {
            "name": "queryables", "in": "query", "required": false,
            "description": "字段=值；字段见 queryables (property=value, of the queryables of the collection)",
            "schema": { "type": "object", "additionalProperties": { "type": "string" } },
            "style": "form", "explode": true,
        },
    })
}
