//! `GeoPackages` of the shipped data, read back by GDAL and by SQLite's own check of R-trees.

mod common;

use std::path::Path;
use std::process::Command;

use common::geodata;
use plan_atlas::crs::Crs;
use plan_atlas::export::{Encoding, Export, Format, Options, Progress, Request};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;

fn export(layers: &[&str], crs: Crs, folder: &Path) -> std::path::PathBuf {
    let index = IndexedAtlas::new(load(&geodata()).atlas.unwrap());
    let request = Request {
        layers: layers.iter().map(|&l| l.to_owned()).collect(),
        records: true,
        ..Request::default()
    };
    let options = Options { format: Format::Gpkg, crs, encoding: Encoding::Utf8 };
    let export = Export::prepare(&index, request, options, "2026-01-31").unwrap();
    let written = export.write(folder, &Progress::default()).unwrap();
    folder.join(&written.files()[0])
}

fn ogrinfo(arguments: &[&str]) -> Option<String> {
    let output = Command::new("ogrinfo").args(arguments).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{errors}");
    Some(text)
}

#[test]
fn gdal_reads_every_layer_table_and_link_of_a_geopackage() {
    let folder = tempfile::tempdir().unwrap();
    let file = export(&["townships", "medical", "rivers"], Crs::Cgcs2000, folder.path());
    let Some(text) = ogrinfo(&["-so", "-al", file.to_str().unwrap()]) else {
        eprintln!("ogrinfo is missing; not tested");
        return;
    };
    println!("{text}");
    assert!(text.contains("Layer name: townships") && text.contains("Feature Count: 75"));
    assert!(text.contains("Layer name: projects"));
    let db = rusqlite::Connection::open(&file).unwrap();
    for table in ["townships", "medical", "rivers"] {
        let verdict: String = db
            .query_row(&format!("SELECT rtreecheck('rtree_{table}_geom')"), [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok", "R-tree of {table}");
    }
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
}

/// QGIS of the system, which is no package of any other Python.
fn qgis(file: &Path, picture: &Path) -> Option<serde_json::Value> {
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/qgis_project.py");
    let output =
        Command::new("/usr/bin/python3").arg(reader).arg(file).arg(picture).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Some(serde_json::from_slice(&output.stdout).unwrap()),
        Some(77) => {
            eprintln!("{errors}; nothing was opened");
            None
        }
        _ => panic!("{errors}"),
    }
}

#[test]
fn qgis_opens_the_project_in_a_geopackage_and_draws_it_like_the_atlas() {
    let folder = tempfile::tempdir().unwrap();
    let layers = ["counties", "townships", "herbs", "rivers", "layout", "medical"];
    let file = export(&layers, Crs::Cgcs2000, folder.path());
    // Kept, to be looked at.
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("qgis.png");
    let Some(found) = qgis(&file, &kept) else { return };
    println!("{found:#}\n{}", kept.display());
    assert_eq!((&found["opened"], &found["crs"]), (&true.into(), &"EPSG:4490".into()));
    let opened = found["layers"].as_array().unwrap();
    for layer in opened {
        assert_eq!(layer["valid"], true, "{layer}");
        assert_eq!(layer["style_by_default"], true, "{layer}");
        assert!(layer["features"].as_i64().unwrap() > 0, "{layer}");
    }
    for table in layers.iter().copied().chain(["projects", "targets", "tasks", "organisations"]) {
        assert!(
            opened.iter().any(|layer| layer["table"] == table),
            "{table} is not in the project"
        );
    }
    let herbs = opened.iter().find(|layer| layer["table"] == "herbs").unwrap();
    assert_eq!(
        (&herbs["name"], &herbs["renderer"], &herbs["labels"]),
        (&"中药材乡镇".into(), &"categorizedSymbol".into(), &true.into())
    );
    assert!(found["colours"].as_i64().unwrap() > 20, "the picture is empty");
}
