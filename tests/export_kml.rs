//! KML and KMZ of everything, validated by the schema, read back by libxml2 and by GDAL; and what XML
//! cannot hold.

#[path = "common/export.rs"]
mod export;

use std::fs;
use std::path::Path;

use plan_atlas::crs::Crs;
use plan_atlas::export::{Encoding, Export, Format, LossKind, Options, Progress, Request};
use plan_atlas::index::IndexedAtlas;
use plan_atlas::load::load;
use serde_json::json;

/// Whatever system is asked for, the positions are WGS 84; one other is enough to see that.
fn round(format: Format) {
    let root = tempfile::tempdir().unwrap();
    let asked = [("wgs84", Crs::Wgs84), ("gcj02", Crs::Gcj02)];
    let folders = asked.map(|(name, crs)| {
        let folder = root.path().join(name);
        fs::create_dir(&folder).unwrap();
        export::write(format, crs, Encoding::Utf8, &folder);
        folder
    });
    export::read_back("kml.py", &folders);
}

#[test]
fn kml_holds_every_layer_with_its_attributes_and_dossiers_in_wgs_84() {
    round(Format::Kml);
}

#[test]
fn kmz_holds_the_same_in_a_zip() {
    round(Format::Kmz);
}

#[test]
fn a_kml_has_the_colours_of_the_legend_and_says_that_another_system_became_wgs_84() {
    let index = export::atlas();
    let layer = index.atlas.layer("herbs").unwrap();
    assert!(!layer.classes.is_empty());
    let folder = tempfile::tempdir().unwrap();
    let request = Request { layers: vec!["herbs".into()], ..Request::default() };
    let options = Options { format: Format::Kml, crs: Crs::Bd09, encoding: Encoding::Utf8 };
    let export = Export::prepare(index, request, options, export::DAY).unwrap();
    let written = export.write(folder.path(), &Progress::default()).unwrap();
    assert_eq!(written.files(), ["herbs.kml"]);
    let text = fs::read_to_string(folder.path().join("herbs.kml")).unwrap();
    for color in layer.classes.iter().map(|class| class.color.trim_start_matches('#')) {
        let turned =
            format!("{}{}{}</color>", &color[4..], &color[2..4], &color[..2]).to_lowercase();
        assert!(text.contains(&turned), "{color}");
    }
    assert!(!text.contains("<h4>"), "a dossier that nobody asked for");
    let lost = export.losses().items;
    let lost = lost.iter().find(|loss| loss.kind == LossKind::Crs).unwrap();
    assert_eq!(lost.examples, ["BD-09 → WGS 84 (EPSG:4326)"]);
}

#[test]
fn markup_stays_text_and_characters_that_xml_lacks_are_dropped_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata");
    export::copy(&shipped, folder.path());
    let feature = json!({
        "type": "Feature", "id": "a:b 1", "geometry": { "type": "Point", "coordinates": [108.7, 30.9] },
        "properties": {
            "名称": "甲\u{1}乙\u{FFFE}", "标记": "<b>&amp;]]></description><script>", "行": "一\r\n二\t三",
            "键\n\"<": "值",
        },
    });
    let layer = json!({ "type": "FeatureCollection", "features": [feature] });
    fs::write(folder.path().join("脚本.geojson"), layer.to_string()).unwrap();
    let index = IndexedAtlas::new(load(folder.path()).atlas.unwrap());
    let request = Request { layers: vec!["脚本".into()], ..Request::default() };
    let options = Options { format: Format::Kml, crs: Crs::Wgs84, encoding: Encoding::Utf8 };
    let export = Export::prepare(&index, request, options, export::DAY).unwrap();
    let written = export.write(folder.path(), &Progress::default()).unwrap();
    let text = fs::read_to_string(folder.path().join(&written.files()[0])).unwrap();
    assert!(!text.contains("<script>") && !text.contains(['\u{1}', '\u{FFFE}']), "{text}");
    assert!(text.contains("&lt;b&gt;&amp;amp;]]&gt;&lt;/description&gt;&lt;script&gt;"), "{text}");
    assert!(
        text.contains("一&#13;\n二\t三") && text.contains("id=\"脚本.a_x003A_b_x0020_1\""),
        "{text}"
    );
    let lost: Vec<(LossKind, Option<String>, usize)> =
        export.losses().items.into_iter().map(|l| (l.kind, l.field, l.count)).collect();
    assert_eq!(
        lost,
        [
            (LossKind::Characters, Some("名称".into()), 1),
            (LossKind::Characters, Some("键\n\"<".into()), 1)
        ]
    );
}
