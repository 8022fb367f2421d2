//! What a file really is, by its first bytes and not by its name, and which reader it goes to.

use std::fs;
use std::path::Path;

use crate::import::draft::Table;
use crate::import::{
    Refusal, Wishes, csv, flatgeobuf, geojson, geopackage, kml, packed, shapefile, text,
};

/// What may be read into memory, megabytes; far more than a county's layer, far less than a machine.
const MAX_FILE: u64 = 256;
/// A GeoPackage stays on disk.
const MAX_DATABASE: u64 = 2048;

/// The tables of a file, and what it was.
pub struct Opened {
    pub format: &'static str,
    pub tables: Vec<Table>,
}

/// First bytes of files that people take for layers.
const OTHERS: [(&[u8], &str); 14] = [
    (b"%PDF", " PDF 文档 (a PDF)"),
    (b"AC10", " AutoCAD DWG 图 (a DWG drawing)"),
    (b"Rar!", " RAR 压缩包，请改用 zip (a RAR archive: use zip)"),
    (b"7z\xBC\xAF", " 7z 压缩包，请改用 zip (a 7z archive: use zip)"),
    (b"\x1F\x8B", " gzip 压缩包，请改用 zip (a gzip archive: use zip)"),
    (
        b"\xD0\xCF\x11\xE0",
        "旧版 Office 文件（xls、doc），请另存为 xlsx (an old Office file: save it as xlsx)",
    ),
    (b"\x89PNG", "图片 (a picture)"),
    (b"\xFF\xD8\xFF", "图片 (a picture)"),
    (b"GIF8", "图片 (a picture)"),
    (b"II*\0", "栅格影像 (a raster image)"),
    (b"MM\0*", "栅格影像 (a raster image)"),
    (
        b"PAR1",
        " GeoParquet，只能导出；要改了再存回来，请用 GeoPackage、GeoJSON 或 Shapefile (GeoParquet, which goes out only: to bring edits back use GeoPackage, GeoJSON or Shapefile)",
    ),
    (
        b"PMTiles",
        " PMTiles 瓦片，坐标已取整、属性已删减，只能导出；请用 GeoPackage 或 GeoJSON (PMTiles, whose positions are rounded for drawing; it goes out only: use GeoPackage or GeoJSON)",
    ),
    (
        b"AutoCAD Binary DXF",
        " DXF 图，没有属性和编号，只能导出；请用 Shapefile 或 GeoPackage (a DXF drawing, which has no attributes or ids; it goes out only: use Shapefile or GeoPackage)",
    ),
];

const SHP: &[u8] = &[0, 0, 0x27, 0x0A];
/// First bytes of a GeoPackage.
pub const SQLITE: &[u8] = b"SQLite format 3\0";
/// First bytes of an archive.
pub const ZIP: &[u8] = b"PK\x03\x04";

/// Opens a file with the reader that its content asks for. Of an archive, what is meant by `layer`.
pub fn open(path: &Path, wishes: &Wishes, layer: &str) -> Result<Opened, Refusal> {
    let size = size_of(path)?;
    let start = start_of(path)?;
    if start.starts_with(SQLITE) {
        refuse_size(size, MAX_DATABASE)?;
        let tables = geopackage::read(path, wishes)?;
        return Ok(Opened { format: "GeoPackage", tables });
    }
    refuse_others(&start)?;
    let bytes = read_bounded(path)?;
    if bytes.starts_with(SHP) {
        let table = shapefile::beside(path, bytes, wishes)?;
        return Ok(Opened { format: "Shapefile", tables: vec![table] });
    }
    if bytes.starts_with(ZIP) {
        return packed::open(&bytes, wishes, layer);
    }
    of_content(&path.to_string_lossy(), &bytes, wishes)
}

/// Opens what needs no other file and is no archive.
pub fn of_content(name: &str, bytes: &[u8], wishes: &Wishes) -> Result<Opened, Refusal> {
    refuse_others(bytes)?;
    if bytes.starts_with(flatgeobuf::MAGIC) {
        return Ok(Opened { format: "FlatGeobuf", tables: vec![flatgeobuf::read(bytes)?] });
    }
    of_text(Path::new(name), bytes, wishes)
}

fn refuse_others(start: &[u8]) -> Result<(), Refusal> {
    match OTHERS.iter().find(|(magic, _)| start.starts_with(magic)) {
        Some((_, found)) => Err(Refusal::NotALayer { found }),
        None => Ok(()),
    }
}

/// Reads a whole file, unless it is too large.
pub fn read_bounded(path: &Path) -> Result<Vec<u8>, Refusal> {
    refuse_size(size_of(path)?, MAX_FILE)?;
    fs::read(path).map_err(|error| Refusal::io(&error))
}

fn size_of(path: &Path) -> Result<u64, Refusal> {
    let metadata = fs::metadata(path).map_err(|error| Refusal::io(&error))?;
    if !metadata.is_file() {
        return Err(Refusal::Unreadable { reason: "不是文件 (not a file)".into() });
    }
    Ok(metadata.len())
}

fn refuse_size(bytes: u64, limit: u64) -> Result<(), Refusal> {
    let megabytes = bytes.div_ceil(1 << 20);
    if megabytes > limit { Err(Refusal::TooLarge { megabytes, limit }) } else { Ok(()) }
}

fn start_of(path: &Path) -> Result<Vec<u8>, Refusal> {
    use std::io::Read;
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(|error| Refusal::io(&error))?;
    file.take(16).read_to_end(&mut start).map_err(|error| Refusal::io(&error))?;
    Ok(start)
}

fn of_text(path: &Path, bytes: &[u8], wishes: &Wishes) -> Result<Opened, Refusal> {
    let blank = bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0);
    if blank {
        return Err(Refusal::Empty);
    }
    let named = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let tabular = matches!(named.as_str(), "csv" | "txt" | "tsv");
    // A file that is no text at all is no text in an unknown encoding either.
    if bytes.contains(&0) && !bytes.starts_with(b"\xFF\xFE") && !bytes.starts_with(b"\xFE\xFF") {
        return Err(Refusal::NotALayer {
            found: "认不出的二进制内容 (binary of an unknown kind)"
        });
    }
    let text = text::decode(bytes, wishes.encoding)?;
    match text.trim_start().chars().next() {
        None => Err(Refusal::Empty),
        Some('{' | '\u{1e}') => {
            Ok(Opened { format: "GeoJSON", tables: vec![geojson::read(&text)?] })
        }
        Some('<') => Ok(Opened { format: "KML", tables: vec![kml::read(&text)?] }),
        Some(_) if tabular => Ok(Opened { format: "CSV", tables: vec![csv::read(&text)?] }),
        Some(_) if is_drawing(&text) => Err(Refusal::NotALayer {
            found: " DXF 图，没有属性和编号，只能导出；请用 Shapefile 或 GeoPackage (a DXF drawing, which has no attributes or ids; it goes out only: use Shapefile or GeoPackage)",
        }),
        Some(_) => Err(Refusal::NotALayer {
            found: "文字，但不是 GeoJSON 或 KML；表格请存为 .csv (text, but neither GeoJSON nor KML; save tables as .csv)",
        }),
    }
}

/// A DXF file is pairs of lines, and begins with a comment (999) or a section (0).
fn is_drawing(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    match lines.next() {
        Some("999") => true,
        Some("0") => lines.next() == Some("SECTION"),
        _ => false,
    }
}
