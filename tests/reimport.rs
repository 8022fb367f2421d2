//! Layers that were exported, perhaps edited in other software, and come back.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::folder::{Folder, run};
use common::geodata;
use plan_atlas::crs::{Crs, Zone, ZoneWidth};
use plan_atlas::export::{Encoding, Export, Format, Options, Progress, Request};
use plan_atlas::import::{Wishes, edits, is_own};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::{Lang, load};
use serde_json::{Value, json};
use tempfile::TempDir;

const DAY: &str = "2026-01-31";

/// A copy of the shipped data, and room for exports.
struct Desk {
    folder: Folder,
    out: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: Folder::copy(), out: tempfile::tempdir().unwrap() }
    }

    /// The file that an export of one layer of the shipped data consists of.
    fn export(&self, layer: &str, format: Format, crs: Crs, encoding: Encoding) -> PathBuf {
        let folder = tempfile::tempdir_in(self.out.path()).unwrap().keep();
        export(shipped(), layer, format, crs, encoding, &folder).remove(0)
    }

    /// The zip of an export of the folder as it is now, of layers separated by commas.
    fn zip(&self, layers: &str, format: Format, crs: Crs, encoding: Encoding) -> PathBuf {
        let index = IndexedAtlas::new(load(self.folder.path()).atlas.unwrap());
        let folder = tempfile::tempdir_in(self.out.path()).unwrap().keep();
        prepared(&index, layers, format, crs, encoding).pack(&folder, &Progress::default()).unwrap()
    }

    /// The fields of a layer that the report of an export lists.
    fn losses(&self, layer: &str, format: Format, encoding: Encoding) -> Vec<String> {
        let index = IndexedAtlas::new(load(self.folder.path()).atlas.unwrap());
        let losses = prepared(&index, layer, format, Crs::Wgs84, encoding).losses();
        losses.items.into_iter().filter_map(|loss| loss.field).collect()
    }

    /// The dropped layer `plots` of the folder.
    fn dropped(&self) -> String {
        fs::read_to_string(self.folder.path().join("plots.geojson")).unwrap()
    }

    fn import(&self, file: &Path, layer: &str, more: &[&str]) -> Run {
        let data = self.folder.path().to_str().unwrap();
        let named = ["import", file.to_str().unwrap(), "--as", layer, "--data", data];
        let output = run(&[&named, more].concat());
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let run =
            Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.err.contains("panicked"), "{run:?}");
        run
    }

    fn state(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn read(folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    read(&path, into);
                } else {
                    into.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        let mut found = BTreeMap::new();
        read(self.folder.path(), &mut found);
        found
    }

    /// The lines that differ between two states, as (file, old, new).
    fn lines(&self, before: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<(String, String, String)> {
        let after = self.state();
        assert!(before.keys().eq(after.keys()), "files came or went");
        let mut found = Vec::new();
        for (path, new) in after.iter().filter(|(path, new)| before[*path] != **new) {
            let (old, new) = (text(&before[path]), text(new));
            assert_eq!(old.lines().count(), new.lines().count());
            let name = path.file_name().unwrap().to_str().unwrap();
            let pairs = old.lines().zip(new.lines()).filter(|(old, new)| old != new);
            found.extend(pairs.map(|(old, new)| (name.to_owned(), old.to_owned(), new.to_owned())));
        }
        found
    }
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The shipped data, loaded once.
fn shipped() -> &'static IndexedAtlas {
    static INDEX: OnceLock<IndexedAtlas> = OnceLock::new();
    INDEX.get_or_init(|| IndexedAtlas::new(load(&geodata()).atlas.unwrap()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn prepared<'a>(
    index: &'a IndexedAtlas,
    layers: &str,
    format: Format,
    crs: Crs,
    encoding: Encoding,
) -> Export<'a> {
    let layers = layers.split(',').map(str::to_owned).collect();
    let request = Request { layers, records: true, ..Request::default() };
    Export::prepare(index, request, Options { format, crs, encoding }, DAY).unwrap()
}

fn export(
    index: &IndexedAtlas,
    layer: &str,
    format: Format,
    crs: Crs,
    encoding: Encoding,
    folder: &Path,
) -> Vec<PathBuf> {
    let export = prepared(index, layer, format, crs, encoding);
    let written = export.write(folder, &Progress::default()).unwrap();
    let mut files: Vec<PathBuf> = written.files().iter().map(|name| folder.join(name)).collect();
    // Of a shapefile, the shapes; of several tables, the layer's.
    files.sort_by_key(|path| path.extension().is_none_or(|extension| extension != "shp"));
    if format == Format::Csv {
        files.sort_by_key(|path| path.file_stem().is_none_or(|stem| stem != layer));
    }
    files
}

fn systems() -> [Crs; 6] {
    let zone = |prefixed| Crs::GaussKruger(Zone::around(ZoneWidth::Three, 108, prefixed).unwrap());
    [Crs::Wgs84, Crs::Cgcs2000, zone(false), zone(true), Crs::Gcj02, Crs::Bd09]
}

/// What a person has to say of an export that does not say it itself.
fn wishes(format: Format, crs: Crs) -> Wishes {
    let plain = matches!(crs, Crs::Wgs84 | Crs::Cgcs2000);
    let shifted = matches!(crs, Crs::Gcj02 | Crs::Bd09);
    let silent = match format {
        Format::Csv | Format::Xlsx => !plain,
        Format::Shp => shifted,
        _ => false,
    };
    Wishes { crs: Some(crs).filter(|_| silent), ..Wishes::default() }
}

#[test]
fn an_export_that_nobody_edited_changes_nothing_in_any_format_and_system() {
    let index = shipped();
    let cases = [
        (Format::GeoJson, Encoding::Utf8),
        (Format::GeoJsonSeq, Encoding::Utf8),
        (Format::Gpkg, Encoding::Utf8),
        (Format::Fgb, Encoding::Utf8),
        (Format::Kml, Encoding::Utf8),
        (Format::Kmz, Encoding::Utf8),
        (Format::Csv, Encoding::Utf8),
        (Format::Csv, Encoding::Gbk),
        (Format::Xlsx, Encoding::Utf8),
        (Format::Shp, Encoding::Utf8),
        (Format::Shp, Encoding::Gbk),
    ];
    for (format, encoding) in cases {
        for (number, crs) in systems().into_iter().enumerate() {
            // These have WGS 84 alone, or no place for the name of another system.
            if matches!(format, Format::GeoJsonSeq | Format::Kml | Format::Kmz) && number > 0 {
                continue;
            }
            for layer in index.atlas.layers.iter().filter(|layer| is_own(&index.atlas, layer)) {
                // Every layer once, and a few in every system.
                if number > 0 && !["townships", "medical", "rivers"].contains(&layer.id.as_str()) {
                    continue;
                }
                let folder = tempfile::tempdir().unwrap();
                let files = export(index, &layer.id, format, crs, encoding, folder.path());
                let shapes =
                    |path: &&PathBuf| path.extension().is_some_and(|e| e == "shp" || e == "fgb");
                let taken = files.iter().filter(shapes).count().max(1);
                let mut unchanged = 0;
                for file in &files[..taken] {
                    let case = format!("{} {format:?} {encoding:?} {}", file.display(), crs.name());
                    let found = edits(file, &wishes(format, crs), index, layer, false);
                    let found = found
                        .unwrap_or_else(|refusal| panic!("{case}: {}", refusal.text(Lang::En)));
                    let said: Vec<String> = found
                        .rows
                        .iter()
                        .flat_map(|row| {
                            [
                                row.change(Lang::En).into_iter().collect(),
                                row.remarks(Lang::En),
                                row.refused(Lang::En),
                            ]
                        })
                        .flatten()
                        .chain(found.notes.iter().map(|note| note.text(Lang::En).to_owned()))
                        .collect();
                    assert!(said.is_empty(), "{case}: {said:#?}");
                    assert!(found.files(&geodata()).unwrap().is_empty());
                    unchanged += found.unchanged;
                }
                assert_eq!(unchanged, layer.places.len(), "{} {format:?}", layer.id);
            }
        }
    }
}

/// Runs GDAL on a file as QGIS does; false, with a message, where it is not installed.
fn gdal(file: &Path, statement: &str) -> bool {
    let file = file.to_str().unwrap();
    let update = ["-q", "-update", file, "-dialect", "SQLite", "-sql", statement];
    let Ok(output) = Command::new("ogrinfo").args(update).output() else {
        eprintln!("skipped: ogrinfo is not installed");
        return false;
    };
    let error = text(&output.stderr);
    assert!(output.status.success() && !error.contains("ERROR"), "{error}");
    true
}

/// Changes the note of one place in each format; the same byte of the same file must change.
#[test]
fn an_edit_in_any_format_changes_that_value_in_its_file_and_nothing_else() {
    let old = "文件有三种写法";
    let new = "原文三种写法，已核";
    for (format, encoding) in [
        (Format::GeoJson, Encoding::Utf8),
        (Format::GeoJsonSeq, Encoding::Utf8),
        (Format::Csv, Encoding::Utf8),
        (Format::Csv, Encoding::Gbk),
        (Format::Xlsx, Encoding::Utf8),
        (Format::Gpkg, Encoding::Utf8),
        (Format::Shp, Encoding::Utf8),
        (Format::Shp, Encoding::Gbk),
    ] {
        let desk = Desk::new();
        let file = desk.export("parks", format, Crs::Cgcs2000, encoding);
        let edited = match format {
            Format::Gpkg => {
                gdal(&file, &format!("UPDATE parks SET note = '{new}' WHERE note = '{old}'"))
            }
            Format::Shp => {
                gdal(&file, &format!("UPDATE parks SET 说明 = '{new}' WHERE 说明 = '{old}'"))
            }
            Format::Xlsx => openpyxl(&file, old, new),
            _ => {
                let bytes = fs::read(&file).unwrap();
                let (text, ..) = match encoding {
                    Encoding::Utf8 => encoding_rs::UTF_8.decode(&bytes),
                    Encoding::Gbk => encoding_rs::GBK.decode(&bytes),
                };
                let text = text.replace(old, new);
                match encoding {
                    Encoding::Utf8 => fs::write(&file, text).unwrap(),
                    Encoding::Gbk => fs::write(&file, encoding_rs::GBK.encode(&text).0).unwrap(),
                }
                true
            }
        };
        if !edited {
            continue;
        }
        let before = desk.state();
        let dry = desk.import(&file, "parks", &["--dry-run"]);
        assert_eq!(dry.code, Some(0), "{format:?} {dry:?}");
        let line =
            format!("~ yunyang:shuikou-health-park 水口大健康产业园区 | 说明 note：{old} → {new}");
        assert!(dry.out.contains(&line), "{format:?} {}", dry.out);
        assert!(dry.out.contains("增加 0 · 改变 1 · 删除 0 · 不变 "), "{}", dry.out);
        assert!(desk.state() == before, "a dry run wrote");
        let done = desk.import(&file, "parks", &["--lang", "en"]);
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{format:?} {done:?}");
        let lines = desk.lines(&before);
        let [(name, was, is)] = lines.as_slice() else { panic!("{format:?} {lines:?}") };
        assert_eq!((name.as_str(), was.replace(old, new)), ("parks.geojson", is.clone()));
        // What was exported now is what was edited: nothing is left to change.
        let again = desk.import(&file, "parks", &["--lang", "en"]);
        assert!(again.out.contains("no changes"), "{again:?}");
    }
}

fn openpyxl(file: &Path, old: &str, new: &str) -> bool {
    let script = "import sys\ntry:\n import openpyxl\nexcept ImportError:\n sys.exit(77)\n\
        book = openpyxl.load_workbook(sys.argv[1])\n\
        cells = [c for s in book for r in s.iter_rows() for c in r if c.value == sys.argv[2]]\n\
        assert cells\nfor c in cells: c.value = sys.argv[3]\nbook.save(sys.argv[1])";
    let python = std::env::var("PLAN_ATLAS_PYTHON").unwrap_or_else(|_| "python3".into());
    let run = Command::new(python).args(["-c", script, file.to_str().unwrap(), old, new]).output();
    let Ok(output) = run else {
        eprintln!("skipped: python is not installed");
        return false;
    };
    if output.status.code() == Some(77) {
        eprintln!("skipped: openpyxl is not installed");
        return false;
    }
    assert!(output.status.success(), "{}", text(&output.stderr));
    true
}

/// An export of a layer as GeoJSON, edited feature by feature.
fn geojson(desk: &Desk, layer: &str, edit: impl FnOnce(&mut Vec<Value>)) -> PathBuf {
    let file = desk.export(layer, Format::GeoJson, Crs::Wgs84, Encoding::Utf8);
    let mut collection: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    edit(collection["features"].as_array_mut().unwrap());
    fs::write(&file, collection.to_string()).unwrap();
    file
}

fn of<'a>(features: &'a mut [Value], id: &str) -> &'a mut Value {
    features.iter_mut().find(|feature| feature["id"] == id).unwrap()
}

#[test]
fn every_own_field_and_the_position_come_back_and_the_difference_says_how_far_it_moved() {
    let desk = Desk::new();
    let file = geojson(&desk, "scenic", |features| {
        let place = of(features, "yunyang:longgang");
        place["properties"]["name_en"] = json!("Longgang");
        place["properties"]["aliases"] = json!(["龙缸", "云阳龙缸"]);
        place["properties"]["note_en"] = Value::Null;
        place["properties"]["accuracy"] = json!("surveyed");
        place["properties"]["accuracy_zh"] = json!("实测");
        place["geometry"]["coordinates"][1] = json!(30.68541);
    });
    let before = desk.state();
    let run = desk.import(&file, "scenic", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.is_empty(), "{}", run.err);
    for part in [
        "龙缸；龙缸国家5A级旅游景区；龙缸5A级景区 → 龙缸；云阳龙缸",
        "位置精度代码 accuracy：approximate → surveyed",
        "移动 99.78 米",
        "英文说明 note_en：",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let lines = desk.lines(&before);
    let [(_, _, is)] = lines.as_slice() else { panic!("{lines:?}") };
    let feature: Value = serde_json::from_str(is.trim_end_matches(',')).unwrap();
    assert_eq!(feature["geometry"]["coordinates"], json!([109.01597, 30.68541]));
    assert_eq!(feature["properties"]["aliases"], json!(["龙缸", "云阳龙缸"]));
    assert!(feature["properties"].get("note_en").is_none(), "{feature}");
    assert_eq!(desk.folder.check("en").code, Some(0));
}

#[test]
fn the_seat_and_one_corner_of_a_township_move_and_the_other_corners_keep_their_digits() {
    let desk = Desk::new();
    let zone = Crs::GaussKruger(Zone::around(ZoneWidth::Three, 108, false).unwrap());
    let file = desk.export("townships", Format::GeoJson, zone, Encoding::Utf8);
    let mut collection: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let place = of(collection["features"].as_array_mut().unwrap(), "500235001");
    let corner = &mut place["geometry"]["coordinates"][0][1][0];
    *corner = json!(corner.as_f64().unwrap() + 5.0);
    place["properties"]["seat_lon"] = json!(108.6813);
    fs::write(&file, collection.to_string()).unwrap();
    let before = desk.state();
    let run = desk.import(&file, "townships", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("1 of ") && run.out.contains("positions moved, by 5.00 m"),
        "{}",
        run.out
    );
    assert!(run.out.contains("seat: 108.68129, 30.9424 → 108.6813, 30.9424"), "{}", run.out);
    let lines = desk.lines(&before);
    let [(_, was, is)] = lines.as_slice() else { panic!("{lines:?}") };
    let feature =
        |line: &str| -> Value { serde_json::from_str(line.trim_end_matches(',')).unwrap() };
    let (was, is) = (feature(was), feature(is));
    let ring = |feature: &Value| feature["geometry"]["coordinates"][0].as_array().unwrap().clone();
    let differ = ring(&was).into_iter().zip(ring(&is)).filter(|(was, is)| was != is).count();
    assert_eq!(differ, 1);
}

#[test]
fn what_comes_from_records_is_not_written_but_said_with_the_file_that_holds_it() {
    let desk = Desk::new();
    let file = geojson(&desk, "townships", |features| {
        let place = of(features, "500235142");
        assert!(place["properties"]["projects"].is_array());
        place["properties"]["projects"] = json!(["PRJ-999"]);
        place["properties"]["within_name"] = json!("奉节县");
        place["properties"]["meins"] = json!(1);
    });
    let before = desk.state();
    let run = desk.import(&file, "townships", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for part in ["500235142", "projects.csv 的 places 列", "请改“所在代码”", "meins"] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    assert!(run.out.contains("没有改动"), "{}", run.out);
    assert!(desk.state() == before);
}

#[test]
fn one_row_that_cannot_be_written_keeps_all_from_being_written() {
    type Edit = fn(&mut Vec<Value>);
    let edits: [(&str, Edit); 8] = [
        ("accuracy: “exact” is none of", |f| {
            of(f, "yunyang:longgang")["properties"]["accuracy"] = json!("exact");
        }),
        ("kind: “scenery” is none of", |f| {
            of(f, "yunyang:longgang")["properties"]["kind"] = json!("scenery");
        }),
        ("within: “500235999” is none of", |f| {
            of(f, "yunyang:longgang")["properties"]["within"] = json!("500235999");
        }),
        ("name cannot be blank", |f| of(f, "yunyang:longgang")["properties"]["name"] = json!(" ")),
        ("more than once", |f| f.push(f[0].clone())),
        ("points, lines and areas", |f| {
            of(f, "yunyang:longgang")["geometry"] =
                json!({ "type": "LineString", "coordinates": [[109.0, 30.7], [109.1, 30.7]] });
        }),
        ("position or shape cannot be used", |f| {
            of(f, "yunyang:longgang")["geometry"]["coordinates"] = json!([10.0, 50.0]);
        }),
        ("has no id", |f| {
            let mut new = f[0].clone();
            new.as_object_mut().unwrap().remove("id");
            f.push(new);
        }),
    ];
    let desk = Desk::new();
    let before = desk.state();
    for (words, edit) in edits {
        let file = geojson(&desk, "scenic", |features| {
            of(features, "yunyang:yunduan")["properties"]["note"] = json!("也改了");
            edit(features);
        });
        let run = desk.import(&file, "scenic", &["--lang", "en"]);
        assert_eq!(run.code, Some(1), "{words}: {run:?}");
        assert!(run.err.contains(words) && run.err.contains("nothing was"), "{words}: {}", run.err);
        assert!(desk.state() == before, "{words}");
    }
}

#[test]
fn places_come_new_and_go_only_when_asked_and_when_nothing_names_them() {
    let desk = Desk::new();
    let file = geojson(&desk, "scenic", |features| {
        let mut new = of(features, "yunyang:yunduan").clone();
        new["id"] = json!("yunyang:new-view");
        new["properties"]["name"] = json!("新观景台");
        new["properties"]["name_en"] = json!("New View");
        for key in ["roles", "projects", "targets", "tasks", "herbs"] {
            new["properties"].as_object_mut().unwrap().remove(key);
        }
        features.truncate(3);
        features.push(new);
    });
    let before = desk.state();
    let run = desk.import(&file, "scenic", &["--lang", "en"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("+ yunyang:new-view 新观景台 | into yunyang/places/scenic.geojson"),
        "{}",
        run.out
    );
    assert!(run.out.contains("1 added · 0 changed · 0 removed · 3 unchanged"), "{}", run.out);
    assert!(
        run.out.contains("more places of the layer are not in the file and stay"),
        "{}",
        run.out
    );
    assert_eq!(desk.folder.check("en").code, Some(0));
    let place = desk.folder.path().join("yunyang/places/scenic.geojson");
    let text = fs::read_to_string(&place).unwrap();
    let old = text_of(&before, &place);
    assert!(text.starts_with(old.trim_end_matches("\n]}\n")), "the old features are as they were");

    // Without the new place again: nothing names it, so it may go; one with records may not.
    let whole = geojson(&desk, "scenic", |features| {
        assert!(features.iter().all(|f| f["id"] != "yunyang:new-view"));
    });
    let kept = desk.import(&whole, "scenic", &["--lang", "en"]);
    assert!(kept.out.contains("1 more places of the layer"), "{}", kept.out);
    let gone = desk.import(&whole, "scenic", &["--lang", "en", "--replace"]);
    assert_eq!(gone.code, Some(0), "{gone:?}");
    assert!(gone.out.contains("- yunyang:new-view 新观景台"), "{}", gone.out);
    assert!(desk.state() == before, "as before, to the byte");
    let named =
        geojson(&desk, "scenic", |features| features.retain(|f| f["id"] != "yunyang:longgang"));
    let refused = desk.import(&named, "scenic", &["--replace"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.err.contains("yunyang:longgang") && refused.err.contains("roles.csv "),
        "{}",
        refused.err
    );
    assert!(desk.state() == before);
}

fn text_of(state: &BTreeMap<PathBuf, Vec<u8>>, path: &Path) -> String {
    text(&state[path])
}

#[test]
fn a_dropped_layer_comes_back_as_it_went_or_the_report_says_what_did_not() {
    let square =
        |x: f64| json!([[[x, 30.9], [x + 0.01, 30.9], [x + 0.01, 30.91], [x, 30.91], [x, 30.9]]]);
    let shapes = [
        json!({ "type": "Polygon", "coordinates": square(108.7) }),
        json!({ "type": "MultiPolygon", "coordinates": [square(108.8), square(108.9)] }),
        json!({ "type": "Polygon", "coordinates": [square(109.0)[0], [[109.002, 30.902], [109.002, 30.904], [109.004, 30.902], [109.002, 30.902]]] }),
        Value::Null,
    ];
    let features = shapes.iter().enumerate().map(|(i, shape)| {
        let properties = json!({
            "名称": format!("地块，{i}"), "面积": f64::from(u32::try_from(i).unwrap()) + 0.25, "序": i, "在用": i % 2 == 0,
            "备注": if i == 2 { Value::Null } else { json!("=不是公式\n两行") }, "代码": "0050", "空": "", "撇": "'=1", "编号": format!("乙{i}"),
        });
        json!({ "type": "Feature", "id": format!("p{i}"), "properties": properties, "geometry": shape })
    });
    let features: Vec<Value> = features.collect();
    // A GeoPackage carries all but lists and what is nested.
    let layer = |nested: bool| {
        let mut features = features.clone();
        for feature in features.iter_mut().filter(|_| nested) {
            feature["properties"]["多"] = json!(["甲", 2, null]);
        }
        json!({ "type": "FeatureCollection", "features": features }).to_string()
    };
    let lossless = [
        (Format::GeoJson, Encoding::Utf8),
        (Format::GeoJsonSeq, Encoding::Utf8),
        (Format::Gpkg, Encoding::Utf8),
    ];
    let others = [
        (Format::Fgb, Encoding::Utf8),
        (Format::Csv, Encoding::Utf8),
        (Format::Csv, Encoding::Gbk),
        (Format::Xlsx, Encoding::Utf8),
        (Format::Shp, Encoding::Utf8),
        (Format::Shp, Encoding::Gbk),
        (Format::Kml, Encoding::Utf8),
    ];
    for (format, encoding) in lossless.into_iter().chain(others) {
        let case = format!("{format:?} {encoding:?}");
        let desks = [Desk::new(), Desk::new(), Desk::new()];
        let file = desks[0].out.path().join("plots.geojson");
        fs::write(&file, layer(format != Format::Gpkg)).unwrap();
        assert_eq!(desks[0].import(&file, "plots", &[]).code, Some(0));
        let zips = [0, 1].map(|number| {
            let zip = desks[number].zip("plots", format, Crs::Wgs84, encoding);
            let run = desks[number + 1].import(&zip, "plots", &[]);
            assert_eq!(run.code, Some(0), "{case}: {run:?}");
            fs::read(zip).unwrap()
        });
        let [first, second, third] = desks.each_ref().map(Desk::dropped);
        assert_eq!(second, third, "{case}: what came back comes back again as it is");
        let again = fs::read(desks[2].zip("plots", format, Crs::Wgs84, encoding)).unwrap();
        assert!(again == zips[1], "{case}: goes out the same to the byte");
        if lossless.contains(&(format, encoding)) {
            assert_eq!(first, second, "{case}");
            assert!(zips[0] == zips[1], "{case}");
        } else {
            differences_are_told(&desks[0], &first, &second, format, encoding);
        }
    }
}

/// Every field that came back otherwise than it went is in the loss report.
fn differences_are_told(desk: &Desk, old: &str, new: &str, format: Format, encoding: Encoding) {
    let told = desk.losses("plots", format, encoding);
    let by_id = |text: &str| -> BTreeMap<String, Value> {
        let layer: Value = serde_json::from_str(text).unwrap();
        let features = layer["features"].as_array().unwrap().clone();
        features.into_iter().map(|f| (f["id"].as_str().unwrap().to_owned(), f)).collect()
    };
    let (old, new) = (by_id(old), by_id(new));
    assert!(old.keys().eq(new.keys()), "{format:?} {:?} {:?}", old.keys(), new.keys());
    for (id, was) in &old {
        assert_eq!(was["geometry"], new[id]["geometry"], "{format:?} {id}");
        let is = new[id]["properties"].as_object().unwrap();
        for (key, value) in was["properties"].as_object().unwrap() {
            let reported = told.iter().any(|field| field == key);
            assert!(
                reported || is.get(key).unwrap_or(&Value::Null) == value,
                "{format:?} {encoding:?} {id}: {key} was {value}, is {:?}, and only {told:?} is told",
                is.get(key)
            );
        }
        // A field under another name is one that is missing under its own.
        let only = |a: &Value, b: &Value| {
            let keys = a["properties"].as_object().unwrap().keys();
            keys.filter(|key| b["properties"].get(key.as_str()).is_none()).count()
        };
        assert!(only(&new[id], was) <= only(was, &new[id]), "{format:?} {encoding:?}: {is:?}");
    }
}

#[test]
fn the_zip_of_an_export_comes_back_as_it_is_whatever_the_format_and_system() {
    let (formats, layers) = (
        [
            (Format::GeoJson, Encoding::Utf8),
            (Format::GeoJsonSeq, Encoding::Utf8),
            (Format::Gpkg, Encoding::Utf8),
            (Format::Fgb, Encoding::Utf8),
            (Format::Kml, Encoding::Utf8),
            (Format::Kmz, Encoding::Utf8),
            (Format::Csv, Encoding::Gbk),
            (Format::Xlsx, Encoding::Utf8),
            (Format::Shp, Encoding::Gbk),
        ],
        ["medical", "rivers"],
    );
    let zone = Crs::GaussKruger(Zone::around(ZoneWidth::Three, 108, true).unwrap());
    let desk = Desk::new();
    let before = desk.state();
    for (format, encoding) in formats {
        let fixed = matches!(format, Format::GeoJsonSeq | Format::Kml | Format::Kmz);
        for crs in if fixed { vec![Crs::Wgs84] } else { vec![Crs::Wgs84, zone, Crs::Gcj02] } {
            for layer in layers {
                // Nobody has to say the system: the export does.
                let case = format!("{format:?} {} {layer}", crs.name());
                let zip = desk.zip(layer, format, crs, encoding);
                let run = desk.import(&zip, layer, &["--lang", "en"]);
                assert_eq!(run.code, Some(0), "{case}: {run:?}");
                assert!(run.out.contains("no changes"), "{case}: {run:?}");
                assert!(!run.out.contains("more places of the layer"), "{case}: {run:?}");
            }
        }
    }
    assert!(desk.state() == before);
}

#[test]
fn of_several_layers_in_a_zip_the_one_of_that_name_is_taken_or_the_person_says_which() {
    let desk = Desk::new();
    for format in [Format::Csv, Format::GeoJson, Format::Shp, Format::Fgb] {
        let zip = desk.zip("medical,rivers", format, Crs::Wgs84, Encoding::Utf8);
        let own = desk.import(&zip, "rivers", &["--lang", "en"]);
        assert!(own.code == Some(0) && own.out.contains("no changes"), "{format:?} {own:?}");
        let which = desk.import(&zip, "mine", &["--lang", "en"]);
        assert_eq!(which.code, Some(1), "{format:?} {which:?}");
        for word in ["several layers", "medical, rivers", "--member medical"] {
            assert!(which.err.contains(word), "{format:?} {word}: {}", which.err);
        }
        let wrong = desk.import(&zip, "mine", &["--member", "roles"]);
        assert!(wrong.code == Some(1) && wrong.err.contains("medical、rivers"), "{wrong:?}");
        let right = desk.import(&zip, "mine", &["--member", "rivers", "--dry-run"]);
        let rivers = shipped().atlas.layer("rivers").unwrap().places.len();
        assert!(right.out.contains(&format!("要素 {rivers} ")), "{format:?} {right:?}");
    }
    // Repacked by hand: in a folder, without what explains it, with what macOS adds.
    let table = desk.export("medical", Format::Csv, Crs::Wgs84, Encoding::Utf8);
    let table = fs::read(table).unwrap();
    let pack = |members: &[(&str, &[u8])]| -> PathBuf {
        let path = desk.out.path().join(format!("packed{}.zip", members.len()));
        let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        for (name, content) in members {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap();
        path
    };
    let one =
        pack(&[("医疗/改好的.csv", &table), ("__MACOSX/医疗/._改好的.csv", b"\0\x05\x16\x07")]);
    let run = desk.import(&one, "medical", &["--lang", "en"]);
    assert!(run.code == Some(0) && run.out.contains("no changes"), "{run:?}");
    let two = pack(&[("a.csv", &table), ("b.csv", &table), ("c.txt", b"")]);
    let run = desk.import(&two, "medical", &[]);
    assert!(run.code == Some(1) && run.err.contains("a.csv、b.csv"), "{run:?}");
    let run = desk.import(&two, "medical", &["--member", "b.csv", "--lang", "en"]);
    assert!(run.code == Some(0) && run.out.contains("no changes"), "{run:?}");

    // What only goes out says so from its zip as well.
    for format in [Format::Parquet, Format::Pmtiles, Format::Dxf] {
        let zip = desk.zip("medical", format, Crs::Wgs84, Encoding::Utf8);
        let run = desk.import(&zip, "medical", &["--lang", "en"]);
        assert!(run.code == Some(1) && run.err.contains("goes out only"), "{format:?} {run:?}");
    }
    // An archive that holds itself would never end.
    let inner = fs::read(&one).unwrap();
    let deep = pack(&[("a.csv", &inner), ("x", b""), ("y", b""), ("z", b"")]);
    let run = desk.import(&deep, "medical", &["--lang", "en"]);
    assert!(run.code == Some(1) && run.err.contains("an archive in an archive"), "{run:?}");
}
