//! Which files of an archive are the layer.
//!
//! The zip of an export says in its `说明.txt` which layers it holds: their files are told from tables of
//! records and from what explains the export, and the two or more files that a format makes of one layer
//! belong together. Of any other archive, all shapefiles are taken, or else all of KML, as ever; else
//! the only file that can be a layer. Where several could be meant, nothing is guessed: the person says which.

use crate::crs::Crs;
use crate::export::{COMPANIONS, ORIGIN_FILE, layer_stems};
use crate::import::archive::Archive;
use crate::import::text::decode;
use crate::import::{Refusal, Wishes};

/// Endings of files that are opened, some of them only to say why they are no layers.
const ENDINGS: [&str; 15] = [
    "geojson", "json", "geojsonl", "geojsons", "ndjson", "gpkg", "fgb", "csv", "tsv", "xlsx",
    "kmz", "kml", "parquet", "pmtiles", "dxf",
];

/// Files that are one layer, and what they are called.
struct Dataset {
    name: String,
    members: Vec<String>,
}

/// Whether a name has one of these endings.
pub fn ends(name: &str, endings: &[&str]) -> bool {
    let (_, ending) = name.rsplit_once('.').unwrap_or_default();
    endings.iter().any(|wanted| ending.eq_ignore_ascii_case(wanted))
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn stem(name: &str) -> &str {
    let base = base(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

/// The files to read as `layer`: those that the person names, the only ones there are, or those that are
/// called as the layer.
pub fn choose(
    archive: &mut Archive<'_>,
    wishes: &Wishes,
    layer: &str,
) -> Result<Vec<String>, Refusal> {
    let mut datasets = datasets(archive);
    let list = |datasets: &[Dataset]| datasets.iter().map(|one| one.name.clone()).collect();
    if let Some(wanted) = &wishes.member {
        let called = |name: &str| name == wanted || base(name) == wanted || stem(name) == wanted;
        for dataset in &datasets {
            if called(&dataset.name) {
                return Ok(dataset.members.clone());
            }
        }
        let members = datasets.iter().flat_map(|dataset| &dataset.members);
        let named: Vec<String> = members.filter(|name| called(name)).cloned().collect();
        return match named.len() {
            0 => Err(Refusal::UnknownMember { name: wanted.clone(), members: list(&datasets) }),
            _ => Ok(named),
        };
    }
    if datasets.len() > 1 {
        let same = |dataset: &Dataset| stem(&dataset.name) == layer;
        return match datasets.iter().filter(|dataset| same(dataset)).count() {
            1 => Ok(datasets.into_iter().find(same).map(|one| one.members).unwrap_or_default()),
            _ => Err(Refusal::SeveralMembers { members: list(&datasets) }),
        };
    }
    let found = "没有可导入文件的压缩包 (an archive without a file that can be imported)";
    datasets.pop().map(|dataset| dataset.members).ok_or(Refusal::NotALayer { found })
}

/// The reference system that an export says it is in: tables, and shapefiles in a shifted one, do not say it
/// themselves.
pub fn crs_told(archive: &mut Archive<'_>) -> Option<Crs> {
    let text = origin(archive)?;
    let said = text.lines().find_map(|line| line.strip_prefix("坐标系："))?;
    let name = said.split('（').next()?.trim();
    let code = name.rsplit_once('(').map(|(_, code)| code.trim_end_matches(')'));
    Crs::identify(code.unwrap_or(name)).ok()
}

/// The text that every export has.
fn origin(archive: &mut Archive<'_>) -> Option<String> {
    let name = archive.names().iter().find(|name| base(name) == ORIGIN_FILE)?.clone();
    decode(&archive.read(&name).ok()?, None).ok()
}

fn datasets(archive: &mut Archive<'_>) -> Vec<Dataset> {
    // What macOS and open documents leave behind is no file of anybody's.
    let litter = |name: &str| {
        name.starts_with("__MACOSX/")
            || base(name).starts_with("._")
            || base(name).starts_with("~$")
    };
    let names: Vec<String> = archive.names().iter().filter(|name| !litter(name)).cloned().collect();
    let of = |endings: &[&str]| -> Vec<String> {
        let companion = |name: &str| COMPANIONS.contains(&base(name));
        let fits = |name: &&String| ends(name, endings) && !companion(name);
        names.iter().filter(fits).cloned().collect()
    };
    let shapes = of(&["shp"]);
    let files = if shapes.is_empty() { of(&ENDINGS) } else { shapes.clone() };
    let found = origin(archive).map(|text| of_export(&files, layers_told(&text)));
    if let Some(found) = found.filter(|found| !found.is_empty()) {
        return found;
    }
    for together in [shapes, of(&["kml"])] {
        if let [first, ..] = together.as_slice() {
            return vec![Dataset { name: first.clone(), members: together }];
        }
    }
    files.into_iter().map(|name| Dataset { name: name.clone(), members: vec![name] }).collect()
}

/// The ids of the layers in that text.
fn layers_told(text: &str) -> Vec<String> {
    let id = |line: &str| {
        let (before, _) = line.strip_prefix("图层 ")?.rsplit_once("）：")?;
        Some(before.rsplit_once('（')?.1.to_owned())
    };
    text.lines().filter_map(id).collect()
}

/// The files of each layer of an export. A format with one file for everything has no file of a layer,
/// unless it is the only one.
fn of_export(files: &[String], ids: Vec<String>) -> Vec<Dataset> {
    let stems = layer_stems(ids.iter().map(String::as_str));
    let mut datasets: Vec<Dataset> =
        ids.into_iter().map(|name| Dataset { name, members: Vec::new() }).collect();
    for file in files {
        let marked = stem(file);
        let plain = ["_GCJ-02", "_BD-09"].iter().find_map(|mark| marked.strip_suffix(mark));
        let plain = plain.unwrap_or(marked);
        let part = |own: &String| {
            let rest = plain.strip_prefix(own.as_str())?;
            let splits = ends(file, &["shp"]) && rest.starts_with('_')
                || ends(file, &["fgb"]) && rest.starts_with("_unlocated");
            (rest.is_empty() || splits).then_some(own.len())
        };
        // `a_b` is nearer to a layer of that name than to `a`.
        let nearest =
            stems.iter().enumerate().filter_map(|(number, own)| Some((part(own)?, number))).max();
        if let Some((_, number)) = nearest {
            datasets[number].members.push(file.clone());
        }
    }
    datasets.retain(|dataset| !dataset.members.is_empty());
    datasets
}

#[cfg(test)]
mod tests {
    use super::{layers_told, of_export};

    #[test]
    fn files_of_an_export_belong_to_the_layers_that_it_tells_of() {
        let told = layers_told(
            "规划：《甲》\r\n图层 医（疗）（medical）：3 个要素\r\n图层 a_b（a_b）：1 个要素\r\n",
        );
        assert_eq!(told, ["medical", "a_b"]);
        let files =
            ["x/medical_point_GCJ-02.shp", "medical_line_GCJ-02.shp", "a_b.shp", "roles.csv"];
        let found =
            of_export(&files.map(str::to_owned), vec!["a".into(), "medical".into(), "a_b".into()]);
        let found: Vec<(&str, usize)> =
            found.iter().map(|one| (one.name.as_str(), one.members.len())).collect();
        assert_eq!(found, [("medical", 2), ("a_b", 1)]);
    }
}
