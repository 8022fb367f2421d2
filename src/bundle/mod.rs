//! The atlas to take along: a folder that a browser opens from a disk, without a server and without the internet.
//!
//! ```text
//! index.html          the page, script and style in it: double-click this one
//! data/atlas.js       the atlas as JSON          data/engine.js   the program that answers questions of it
//! reports/            brochures of sites and dossiers of townships
//! 说明 README.txt
//! ```
//!
//! A page from a disk may load scripts, but fetch no files. So the data come as scripts too, packed and in base64.

mod page;
mod reports;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::audience::{Scope, seen_by};
use crate::index::IndexedAtlas;
use crate::model::{Audience, Basemap};
use crate::whole::Making;

pub use reports::file_name;

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The folder holds something already.
    #[error("{0} is there already; name a folder that is not")]
    Occupied(PathBuf),
    /// This program was built without the page for bundles.
    #[error(
        "this program was built without the page that bundles hold; run `make bundle-page`, and build it again"
    )]
    NoPage,
    /// A report cannot be printed.
    #[error("{0}")]
    Report(String),
    /// The system says no.
    #[error("{path}: {error}")]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// What was written.
#[derive(Debug, Default)]
pub struct Bundled {
    /// Reports.
    pub reports: usize,
    /// Bytes in all.
    pub bytes: u64,
    /// Ids of large layers, which stay behind.
    pub large: Vec<String>,
    /// Ids of grounds in archives, which stay behind.
    pub archives: Vec<String>,
}

/// What is said of the bundle to the page.
#[derive(Serialize)]
struct About<'a> {
    data_version: &'a str,
    audience: Audience,
    reports: bool,
}

/// Writes a bundle of what an audience sees. Whoever looks into `folder` finds it whole or not at all. `watched`
/// hears of each report, and how many there are.
///
/// # Errors
/// When the folder is there, this program has no page for it, a report cannot be printed, or a file not written.
pub fn bundle(
    index: &IndexedAtlas,
    audience: Audience,
    folder: &Path,
    with_reports: bool,
    watched: &(dyn Fn(usize, usize) + Sync),
) -> Result<Bundled, BundleError> {
    if fs::symlink_metadata(folder).is_ok() {
        return Err(BundleError::Occupied(folder.to_owned()));
    }
    let engine = page::file("engine.wasm").ok_or(BundleError::NoPage)?;
    let (index, mut bundled) = taken_along(index, audience);
    let failed = |path: &Path, error| BundleError::Failed { path: path.to_owned(), error };
    let made = Making::beside(folder).map_err(|error| failed(folder, error))?;
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), BundleError> {
        let path = made.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        bundled.bytes += bytes.len() as u64;
        fs::write(&path, bytes).map_err(|error| failed(&path, error))
    };
    for (name, bytes) in page::files().filter(|(name, _)| name != "engine.wasm") {
        put(&name, &bytes)?;
    }
    put("data/engine.js", script("engine", &engine).as_bytes())?;
    // Plain data: it always serialises.
    let atlas = serde_json::to_vec(&index.atlas).unwrap_or_default();
    put("data/atlas.js", script("atlas", &atlas).as_bytes())?;
    let data_version = &index.atlas.data_version;
    let about = About { data_version, audience, reports: with_reports };
    let about = serde_json::to_string(&about).unwrap_or_default();
    put("data/about.js", format!("planAtlas.about={about};\n").as_bytes())?;
    put("说明 README.txt", readme(&index, with_reports).as_bytes())?;
    if with_reports {
        for (name, bytes) in reports::all(&index, watched)? {
            bundled.reports += 1;
            put(&format!("reports/{name}"), &bytes)?;
        }
    }
    made.keep(folder).map_err(|error| failed(folder, error))?;
    Ok(bundled)
}

/// What can be taken along: large layers stay in their files, and archives of grounds are read by a server only.
fn taken_along(index: &IndexedAtlas, audience: Audience) -> (IndexedAtlas, Bundled) {
    let large: Vec<String> = index.stores().map(|(_, store)| store.layer().to_owned()).collect();
    let scope = Scope { without_large: !large.is_empty(), ..Scope::from(audience) };
    let mut index =
        seen_by(index, &scope).unwrap_or_else(|| IndexedAtlas::new(index.atlas.clone()));
    let (archives, basemaps): (Vec<Basemap>, _) = std::mem::take(&mut index.atlas.basemaps)
        .into_iter()
        .partition(|basemap| basemap.archive.is_some());
    index.atlas.basemaps = basemaps;
    let archives = archives.into_iter().map(|basemap| basemap.id).collect();
    (index, Bundled { large, archives, ..Bundled::default() })
}

/// A script that hands bytes to the page: gzip (RFC 1952) in base64 (RFC 4648).
fn script(name: &str, bytes: &[u8]) -> String {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    // Memory takes everything.
    let packed = packed.write_all(bytes).and_then(|()| packed.finish()).unwrap_or_default();
    format!("planAtlas.{name}=\"{}\";\n", STANDARD.encode(packed))
}

fn readme(index: &IndexedAtlas, with_reports: bool) -> String {
    let atlas = &index.atlas;
    let number = atlas.review_number.as_deref();
    let lines = [
        format!("{} · {}", atlas.title, atlas.title_en),
        String::new(),
        "双击 index.html 打开，不需要网络，也不需要安装。Windows 10 以上的 Edge、Chrome、Firefox 均可。".into(),
        "Double-click index.html. It needs neither the internet nor an installation; Edge, Chrome and Firefox open it.".into(),
        if with_reports {
            "reports 里是招商载体的推介册和乡镇的资料册（PDF，中英文）。\nreports holds brochures of sites and dossiers of townships (PDF, in both languages).".into()
        } else {
            String::new()
        },
        String::new(),
        format!("数据版本 data version: {}", atlas.data_version),
        match number {
            Some(number) => format!("审图号 approval number: {number}"),
            None => "审图号：无，供内部参考。No approval number: for reference only.".into(),
        },
        String::new(),
    ];
    // Windows' editor takes these line ends, and knows UTF-8 by its mark.
    format!("\u{feff}{}", lines.join("\r\n"))
}
