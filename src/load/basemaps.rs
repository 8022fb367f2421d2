//! Grounds: what `atlas.toml` declares becomes addresses that a map can fetch from.
//!
//! A ground in GCJ-02 is kept and refused: who looks for it shall read why it cannot be used,
//! instead of finding the map shifted or the entry gone.

use crate::load::fault::Fault;
use crate::load::manifest::{BasemapEntry, TiandituLayer};
use crate::load::problem::{Location, Problems};
use crate::load::text::Folder;
use crate::model::{Basemap, Datum, Ground, Refusal};

/// Sites whose tiles of China are GCJ-02, whatever is declared.
const SHIFTED_SITES: [&str; 4] = ["autonavi.com", "amap.com", "map.gtimg.com", "google.cn"];

/// Bytes of the header of a PMTiles archive (version 3).
const PMTILES_HEADER: usize = 127;

/// Checks the grounds and spells their addresses out. One with an error is left out.
pub fn resolve(
    folder: &mut Folder,
    entries: Vec<BasemapEntry>,
    file: &str,
    problems: &mut Problems,
) -> Vec<Basemap> {
    let mut basemaps: Vec<Basemap> = Vec::new();
    for entry in entries {
        let at = Location::file(file).of(&format!("basemaps.{}", entry.id));
        if basemaps.iter().any(|b| b.id == entry.id) {
            problems.error(at, Fault::DuplicateId { id: entry.id, first: file.to_owned() });
            continue;
        }
        match ground(folder, &entry) {
            Ok(basemap) => {
                if basemap.refused.is_some() {
                    problems.warning(at.field("datum"), Fault::ShiftedGround);
                }
                basemaps.push(basemap);
            }
            Err((field, fault)) => problems.error(at.field(field), fault),
        }
    }
    basemaps
}

/// A field and what is wrong with it.
type Wrong = (&'static str, Fault);

fn ground(folder: &mut Folder, entry: &BasemapEntry) -> Result<Basemap, Wrong> {
    let mut basemap = Basemap {
        id: entry.id.clone(),
        title: entry.title.clone(),
        title_en: entry.title_en.clone(),
        kind: entry.kind,
        tiles: Vec::new(),
        labels: Vec::new(),
        archive: None,
        datum: entry.datum,
        tile_size: ranged("tile_size", entry.tile_size, (64, 2048), 256)?,
        max_zoom: ranged("max_zoom", entry.max_zoom, (0, 24), 18)?,
        attribution: entry.attribution.trim().to_owned(),
        attribution_en: entry.attribution_en.trim().to_owned(),
        review_number: Some(entry.review_number.trim().to_owned()).filter(|n| !n.is_empty()),
        refused: None,
    };
    let addresses = |template: String| -> Result<Vec<String>, Wrong> {
        let key = entry.key.trim();
        let keyed = if key.is_empty() { template } else { template.replace("{key}", key) };
        hosts(&keyed)
    };
    match entry.kind {
        Ground::None => return Ok(Basemap { datum: None, ..basemap }),
        Ground::Tianditu => {
            let layer = entry.layer.ok_or(("layer", Fault::Missing))?;
            let (ground, names) = match layer {
                TiandituLayer::Vec => ("vec", "cva"),
                TiandituLayer::Img => ("img", "cia"),
                TiandituLayer::Ter => ("ter", "cta"),
            };
            basemap.tiles = addresses(tianditu(ground))?;
            basemap.labels = addresses(tianditu(names))?;
            if basemap.attribution.is_empty() {
                "天地图".clone_into(&mut basemap.attribution);
                "Tianditu".clone_into(&mut basemap.attribution_en);
            }
        }
        Ground::Xyz | Ground::Wmts => {
            let url = entry.url.as_deref().map(str::trim).filter(|url| !url.is_empty());
            let url = url.ok_or(("url", Fault::Missing))?;
            let template = if entry.kind == Ground::Wmts { from_wmts(url) } else { url.to_owned() };
            basemap.tiles = addresses(template)?;
            check_site(url, entry.datum)?;
        }
        Ground::Pmtiles => archive(folder, entry, &mut basemap)?,
    }
    if basemap.attribution.is_empty() {
        return Err(("attribution", Fault::Missing));
    }
    if basemap.attribution_en.is_empty() {
        basemap.attribution_en.clone_from(&basemap.attribution);
    }
    if entry.datum.ok_or(("datum", Fault::Missing))? == Datum::Gcj02 {
        return Ok(Basemap {
            tiles: Vec::new(),
            labels: Vec::new(),
            archive: None,
            refused: Some(refusal()),
            ..basemap
        });
    }
    Ok(basemap)
}

fn ranged<T: Copy + Into<u16>>(
    field: &'static str,
    given: Option<T>,
    (least, most): (u16, u16),
    usual: T,
) -> Result<T, Wrong> {
    let value = given.unwrap_or(usual);
    if (least..=most).contains(&value.into()) {
        return Ok(value);
    }
    Err((field, Fault::OutOfRange { least, most }))
}

fn refusal() -> Refusal {
    Refusal {
        zh: "这个底图是 GCJ-02（偏移坐标），与本图册的 CGCS2000／WGS 84 相差约 300～700 米，叠上去必然错位，因此不启用。请改用天地图等 CGCS2000 或 WGS 84 的底图服务。".into(),
        en: "This ground is in GCJ-02, shifted by 300 to 700 m against the CGCS2000/WGS 84 of this atlas: everything would lie beside where it is, so it is not used. Choose a ground in CGCS2000 or WGS 84, such as 天地图 (Tianditu).".into(),
    }
}

/// A layer of 天地图 in Web Mercator (`_w`), from any of its eight hosts.
fn tianditu(layer: &str) -> String {
    format!(
        "https://t{{0-7}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0\
         &LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles\
         &TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
    )
}

/// The words of WMTS become those of all other tiles. A plain address with a question mark gets the
/// parameters of a tile that it lacks.
fn from_wmts(url: &str) -> String {
    let words = [
        ("{tilematrix}", "{z}"),
        ("{tilecol}", "{x}"),
        ("{tilerow}", "{y}"),
        ("{style}", "default"),
    ];
    let mut address =
        words.iter().fold(url.to_owned(), |text, (from, to)| replace_word(&text, from, to));
    if address.contains('?') {
        let has = |address: &str, name: &str| {
            let query = address.split_once('?').map_or("", |(_, query)| query);
            query
                .split('&')
                .any(|pair| pair.split('=').next().is_some_and(|n| n.eq_ignore_ascii_case(name)))
        };
        for (name, value) in [
            ("SERVICE", "WMTS"),
            ("REQUEST", "GetTile"),
            ("VERSION", "1.0.0"),
            ("TILEMATRIX", "{z}"),
            ("TILEROW", "{y}"),
            ("TILECOL", "{x}"),
        ] {
            if !has(&address, name) {
                let joint = if address.ends_with(['?', '&']) { "" } else { "&" };
                address = format!("{address}{joint}{name}={value}");
            }
        }
    }
    address
}

/// Replaces `from` (ASCII, lower case) however it is capitalised.
fn replace_word(text: &str, from: &str, to: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut replaced = String::new();
    let mut rest = 0;
    for (at, _) in lower.match_indices(from) {
        replaced.push_str(&text[rest..at]);
        replaced.push_str(to);
        rest = at + from.len();
    }
    replaced + &text[rest..]
}

/// Checks an address and spells out a range of hosts in it, `{0-7}` or `{a-c}`.
fn hosts(template: &str) -> Result<Vec<String>, Wrong> {
    let known = ["https://", "http://", "/"];
    if !known.iter().any(|start| template.starts_with(start)) {
        return Err(("url", Fault::NotAnAddress { url: template.to_owned() }));
    }
    for placeholder in ["{z}", "{x}", "{y}"] {
        if !template.contains(placeholder) {
            return Err(("url", Fault::PlaceholderMissing { placeholder }));
        }
    }
    let mut alternatives: Option<(&str, Vec<char>)> = None;
    for word in template.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
        let word = word.0;
        match (range(word), &alternatives) {
            (Some(range), None) => alternatives = Some((word, range)),
            _ if ["z", "x", "y", "key"].contains(&word) => {}
            _ => {
                let word = format!("{{{word}}}");
                return Err(("url", Fault::UnknownPlaceholder { word }));
            }
        }
    }
    Ok(match alternatives {
        None => vec![template.to_owned()],
        Some((word, range)) => {
            let placeholder = format!("{{{word}}}");
            range.iter().map(|host| template.replace(&placeholder, &host.to_string())).collect()
        }
    })
}

/// `0-7` or `a-c`.
fn range(word: &str) -> Option<Vec<char>> {
    let (first, last) = word.split_once('-')?;
    let (first, last) = (first.parse::<char>().ok()?, last.parse::<char>().ok()?);
    (first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && first < last)
        .then(|| (first..=last).collect())
}

fn check_site(url: &str, datum: Option<Datum>) -> Result<(), Wrong> {
    let host = url.split('/').nth(2).unwrap_or_default();
    let host = host.rsplit('@').next().and_then(|host| host.split(':').next());
    let host = host.unwrap_or_default().to_ascii_lowercase();
    let shifted = |site: &&str| host == **site || host.ends_with(&format!(".{site}"));
    if datum.is_some_and(|d| d != Datum::Gcj02) && SHIFTED_SITES.iter().any(shifted) {
        return Err(("datum", Fault::KnownAsShifted { host }));
    }
    Ok(())
}

fn archive(folder: &mut Folder, entry: &BasemapEntry, basemap: &mut Basemap) -> Result<(), Wrong> {
    let file = entry.file.as_deref().filter(|f| !f.is_empty()).ok_or(("file", Fault::Missing))?;
    let path = folder.path(file);
    let path = path.ok_or_else(|| ("file", Fault::NotInFolder { file: file.to_owned() }))?;
    let unreadable =
        |error: std::io::Error| ("file", Fault::Unreadable { reason: error.to_string() });
    let header = folder.head(file, PMTILES_HEADER as u64).map_err(unreadable)?;
    let known = header.len() == PMTILES_HEADER && header.starts_with(b"PMTiles\x03");
    if !known {
        return Err(("file", Fault::NotPmtiles));
    }
    // Byte 101 of the header is the deepest zoom.
    basemap.max_zoom = entry.max_zoom.unwrap_or(header[101]);
    basemap.archive = Some(path);
    Ok(())
}
