//! Exports of the shipped data and of a layer full of traps, with what must be found in them again.
//!
//! What is expected goes as JSON to a reader in `tests/readers`, written in Python with independent
//! libraries; it reads the export back and compares everything that the loss report does not list.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use geojson::GeometryValue;
use plan_atlas::crs::{Crs, Zone, ZoneWidth};
use plan_atlas::export::{
    Cell, Encoding, Export, Folder, Format, Kind, Options, Progress, Request, Table,
};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use serde_json::{Value, json};

/// The day on which the exports are marked.
pub const DAY: &str = "2026-01-31";

/// Every kind of reference system; of the zones, those around the two counties.
pub fn systems() -> Vec<Crs> {
    let zone = |width, meridian, prefixed| {
        Crs::GaussKruger(Zone::around(width, meridian, prefixed).unwrap())
    };
    vec![
        Crs::Wgs84,
        Crs::Cgcs2000,
        Crs::WebMercator,
        zone(ZoneWidth::Three, 108, false),
        zone(ZoneWidth::Three, 108, true),
        zone(ZoneWidth::Six, 111, false),
        zone(ZoneWidth::Six, 111, true),
        Crs::Gcj02,
        Crs::Bd09,
    ]
}

/// The shipped data with dropped layers full of traps.
pub fn atlas() -> &'static IndexedAtlas {
    static ATLAS: OnceLock<IndexedAtlas> = OnceLock::new();
    ATLAS.get_or_init(|| with_layers(&[("traps", traps()), ("地块", plots())]))
}

/// The shipped data with dropped layers.
pub fn with_layers(layers: &[(&str, Value)]) -> IndexedAtlas {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata");
    copy(&shipped, folder.path());
    for (id, layer) in layers {
        fs::write(folder.path().join(format!("{id}.geojson")), layer.to_string()).unwrap();
    }
    let loaded = load(folder.path());
    IndexedAtlas::new(loaded.atlas.unwrap_or_else(|| panic!("{:#?}", loaded.problems)))
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every shape, none, and one beyond every zone; every kind of value, at its limits.
pub fn traps() -> Value {
    let shape =
        |kind: &str, coordinates: Value| json!({ "type": kind, "coordinates": coordinates });
    let square = |x: f64, y: f64, size: f64| {
        json!([[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])
    };
    let hole = json!([
        [108.62, 31.02],
        [108.62, 31.04],
        [108.64, 31.04],
        [108.64, 31.02],
        [108.62, 31.02]
    ]);
    let star: Vec<[f64; 2]> = (0..=2000)
        .map(|step| {
            let angle = f64::from(step % 2000) * std::f64::consts::TAU / 2000.0;
            let reach = if step % 2 == 0 { 0.1 } else { 0.099 };
            [109.1 + reach * angle.cos(), 31.2 + reach * angle.sin()]
        })
        .collect();
    let shapes = [
        shape("Point", json!([108.654_321_987, 31.012_345_678])),
        shape("MultiPoint", json!([[108.7, 31.0], [108.71, 31.01]])),
        shape("LineString", json!([[108.5, 31.0], [108.6, 31.1], [108.7, 31.05]])),
        shape(
            "MultiLineString",
            json!([[[108.5, 30.9], [108.6, 30.95]], [[108.7, 30.9], [108.8, 30.95]]]),
        ),
        shape("Polygon", json!([square(108.6, 31.0, 0.1), hole])),
        shape("MultiPolygon", json!([[square(108.2, 30.8, 0.05)], [square(108.3, 30.8, 0.05)]])),
        shape("Polygon", json!([star])),
        Value::Null,
        shape("Point", json!([87.6168, 43.8256])),
        shape("LineString", json!([[75.9, 39.5], [131.0, 45.8]])),
    ];
    let long = "大健康产业".repeat(60);
    let huge = "云阳𠮷".repeat(12_000);
    let texts = [
        "普通",
        "带，逗号,引号\"和\n换行",
        "=1+1",
        "+86 23",
        "-",
        "'撇号",
        "@SUM(A1)",
        "",
        " 两端有空格 ",
        "𠮷野家€🏥㐀",
    ];
    let numbers = [
        json!(0.1),
        json!(-1234.5),
        json!(5),
        json!(1e-7),
        json!(108.123_456_789_012_34),
        Value::Null,
        json!(3.0),
        json!(99_999_999.125),
        json!(-0.5),
        json!(2),
    ];
    let rough = [json!(1e300), json!(1e-300), json!(0.333_333_333_333_333_3), json!(1)];
    let features = shapes.iter().enumerate().map(|(i, shape)| {
        let mut properties = json!({
            "名称": format!("陷阱{i}%%^"),
            "编号": i,
            "=cmd": texts[(i + 3) % texts.len()],
            "text": texts[i],
            "population_total_2020": i * 1000,
            "population_total_2021": i * 1001,
            "Population_Total_2022": -i64::try_from(i).unwrap(),
            "规划用地面积（平方米）": numbers[i],
            "规划用地面积（公顷）": rough[i % 4],
            "large": i64::MAX - i64::try_from(i).unwrap(),
            "eighteen": 123_456_789_012_345_678_i64,
            "yes": i % 3 != 0,
            "list": ["甲", "乙"],
            "nested": { "a": i, "b": null },
            "mixed": if i % 2 == 0 { json!(i) } else { json!("文") },
            "经度": "自己的经度",
            "FID": i,
            "2024年": "数字开头",
            "sometimes": if i % 2 == 0 { json!("有") } else { Value::Null },
            "digits": "110101199003070011",
        });
        if i == 4 {
            properties["long"] = json!(long);
        }
        if i == 6 {
            properties["huge"] = json!(huge);
        }
        json!({ "type": "Feature", "id": format!("t{i}"), "geometry": shape, "properties": properties })
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

/// A layer with a Chinese name, without names or ids.
fn plots() -> Value {
    let plot = |i: u32| {
        let x = 108.9 + f64::from(i) / 100.0;
        let ring =
            json!([[x, 30.9], [x + 0.009, 30.9], [x + 0.009, 30.909], [x, 30.909], [x, 30.9]]);
        json!({
            "type": "Feature",
            "geometry": { "type": "Polygon", "coordinates": [ring] },
            "properties": { "用途": "医疗卫生用地", "面积": f64::from(i) + 0.25 },
        })
    };
    json!({ "type": "FeatureCollection", "features": (0..5).map(plot).collect::<Vec<_>>() })
}

/// An export of every layer with all its records, and what must be found in it.
pub fn write(format: Format, crs: Crs, encoding: Encoding, into: &Path) -> Folder {
    let index = atlas();
    let layers: Vec<&str> = index.atlas.layers.iter().map(|layer| layer.id.as_str()).collect();
    write_some(index, &layers, format, crs, encoding, into)
}

/// The same of some layers.
pub fn write_some(
    index: &IndexedAtlas,
    layers: &[&str],
    format: Format,
    crs: Crs,
    encoding: Encoding,
    into: &Path,
) -> Folder {
    let layers = layers.iter().map(|&id| id.to_owned()).collect();
    let request = Request { layers, records: true, ..Request::default() };
    let options = Options { format, crs, encoding };
    let export = Export::prepare(index, request, options, DAY).unwrap();
    let progress = Progress::default();
    let written = export.write(into, &progress).unwrap();
    fs::write(into.join("expected.json"), expected(&export, &written).to_string()).unwrap();
    written
}

fn expected(export: &Export<'_>, written: &Folder) -> Value {
    let layers = export.features.iter().map(|features| {
        let rows = 0..features.table.len;
        let places = rows.clone().map(|row| features.place(row));
        json!({
            "table": table(&features.table),
            "geometries": rows.clone().map(|row| features.geometry(row).map(|g| GeometryValue::from(&*g))).collect::<Vec<_>>(),
            "anchors": rows.map(|row| features.anchor(row)).collect::<Vec<_>>(),
            "places": places.map(|place| [place.id.clone(), place.name.clone()]).collect::<Vec<_>>(),
        })
    });
    let crs = export.options.crs;
    json!({
        "epsg": crs.epsg(),
        "crs": crs.name(),
        "degrees": crs.is_degrees(),
        "decimals": export.decimals(),
        "gbk": export.options.encoding == Encoding::Gbk,
        "origin": export.origin.line(),
        "layers": layers.collect::<Vec<_>>(),
        "tables": export.records.tables.iter().map(table).collect::<Vec<_>>(),
        "links": export.records.links.iter().map(|l| [l.table, l.place, l.record]).collect::<Vec<_>>(),
        "losses": export.losses().items,
        "names": export.field_names(),
        "files": written.files(),
    })
}

fn table(table: &Table<'_>) -> Value {
    let columns = table.columns.iter().map(|column| {
        let kind = match column.field.kind {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Real => "real",
            Kind::Boolean => "boolean",
            Kind::List => "list",
            Kind::Nested => "nested",
        };
        let cells = (0..table.len).map(|row| match column.cell(row) {
            Cell::Null => Value::Null,
            Cell::Text(text) => json!(text),
            Cell::Integer(number) => json!(number),
            Cell::Real(number) => json!(number),
            Cell::Boolean(yes) => json!(yes),
            Cell::List(items) => json!(items),
            cell @ Cell::Nested(_) => json!({ "json": cell.flat() }),
        });
        json!({
            "key": column.field.key,
            "title": column.field.title,
            "kind": kind,
            "cells": cells.collect::<Vec<_>>(),
        })
    });
    json!({ "id": table.id, "title": table.title, "columns": columns.collect::<Vec<_>>() })
}

/// Runs a reader of `tests/readers` over folders written by [`write`]. `false` where a program or a Python
/// package that it needs is missing: then nothing was tested, and that is said.
pub fn read_back(reader: &str, folders: &[PathBuf]) -> bool {
    let python = std::env::var("PLAN_ATLAS_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(reader);
    let Ok(output) = Command::new(&python).arg(script).args(folders).output() else {
        eprintln!("{python} is missing; nothing was read back");
        return false;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => {
            println!("{said}");
            true
        }
        Some(77) => {
            eprintln!("{errors}; nothing was read back");
            false
        }
        _ => panic!("{reader}:\n{said}\n{errors}"),
    }
}

/// Writes every reference system in each encoding, and has a reader read it all back.
pub fn round(format: Format, encodings: &[Encoding], reader: &str) {
    let root = tempfile::tempdir().unwrap();
    let mut folders = Vec::new();
    for &encoding in encodings {
        for (number, crs) in systems().into_iter().enumerate() {
            let folder = root.path().join(format!("{encoding:?}{number}"));
            fs::create_dir(&folder).unwrap();
            write(format, crs, encoding, &folder);
            folders.push(folder);
        }
    }
    read_back(reader, &folders);
}
