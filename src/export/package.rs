//! Everything that goes out together: the files of the format, what they are, and what was lost, in
//! one zip.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::crs::Crs;
use crate::export::names::file_name;
use crate::export::{Encoding, Export, FieldName, Losses, Progress, WriteError};

/// What every export is, in words.
pub const ORIGIN_FILE: &str = "说明.txt";
/// What the format cannot carry.
pub const LOSSES_FILE: &str = "损失报告.txt";
/// Which field is which.
pub const FIELDS_FILE: &str = "字段对照.csv";

/// Everything that lies beside the files of a format.
pub const COMPANIONS: [&str; 3] = [ORIGIN_FILE, LOSSES_FILE, FIELDS_FILE];

/// The zip in its folder.
pub const ZIP_FILE: &str = "export.zip";

/// Bytes that are compressed at a time: a hundredth of a second.
const PIECE: usize = 1 << 18;

/// Files that are compressed already.
const PACKED: [&str; 3] = ["kmz", "xlsx", "pmtiles"];

impl Export<'_> {
    /// What the whole is called, without an ending: layer and reference system, and that positions are
    /// shifted where they are.
    #[must_use]
    pub fn file_name(&self) -> String {
        let crs = match self.options.crs {
            Crs::Gcj02 => "GCJ-02_偏移坐标".to_owned(),
            Crs::Bd09 => "BD-09_偏移坐标".to_owned(),
            crs => crs.epsg().map_or_else(String::new, |code| format!("EPSG{code}")),
        };
        let encoding = if self.options.encoding == Encoding::Gbk { "_GBK" } else { "" };
        format!("{}_{}_{crs}{encoding}", file_name(self.name()), self.options.format.id())
    }

    /// Writes every file into `folder`, which must be empty: those of the format and those that explain
    /// them.
    ///
    /// # Errors
    /// As [`Export::write`].
    pub fn unpack_into(
        &self,
        folder: &Path,
        progress: &Progress,
    ) -> Result<Vec<String>, WriteError> {
        let mut written = self.write(folder, progress)?;
        let mut put = |name: &str, text: &str| -> Result<(), WriteError> {
            let mut file = written.create(name)?;
            // Old programs on Windows take a text without this mark for GBK.
            let whole = file
                .write_all("\u{feff}".as_bytes())
                .and_then(|()| file.write_all(text.as_bytes()));
            whole.and_then(|()| file.flush()).map_err(|error| WriteError::io(name, error))
        };
        put(ORIGIN_FILE, &self.origin.text())?;
        progress.check()?;
        let losses = self.losses();
        if !losses.items.is_empty() {
            put(LOSSES_FILE, &losses_text(&losses, false))?;
        }
        let names = self.field_names();
        if !names.is_empty() {
            put(FIELDS_FILE, &fields_table(&names))?;
        }
        Ok(written.files().to_vec())
    }

    /// Writes the zip; `scratch` is an empty folder beside it, which is empty again afterwards.
    ///
    /// # Errors
    /// As [`Export::write`].
    pub fn pack(&self, scratch: &Path, progress: &Progress) -> Result<PathBuf, WriteError> {
        let files = self.unpack_into(scratch, progress)?;
        let target = scratch.join(ZIP_FILE);
        zip_files(scratch, &files, &target, progress)?;
        for file in &files {
            fs::remove_file(scratch.join(file))?;
        }
        Ok(target)
    }
}

fn zip_files(
    folder: &Path,
    files: &[String],
    target: &Path,
    progress: &Progress,
) -> Result<(), WriteError> {
    let refused = |error: zip::result::ZipError| WriteError::from(io::Error::from(error));
    let mut zip = ZipWriter::new(BufWriter::new(File::create(target)?));
    for name in files {
        let path = folder.join(name);
        let packed =
            path.extension().is_some_and(|e| PACKED.iter().any(|p| e.eq_ignore_ascii_case(p)));
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let large = path.metadata()?.len() > u64::from(u32::MAX);
        let options = SimpleFileOptions::default().compression_method(method).large_file(large);
        zip.start_file(name.as_str(), options).map_err(refused)?;
        let mut file = File::open(&path)?;
        let mut piece = vec![0; PIECE];
        loop {
            progress.check()?;
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            zip.write_all(&piece[..read])?;
        }
    }
    zip.finish().map_err(refused)?.flush()?;
    Ok(())
}

/// The report for a person; CRLF for Windows' Notepad.
#[must_use]
pub fn losses_text(losses: &Losses, english: bool) -> String {
    let pick = |zh, en| if english { en } else { zh };
    let mut text = pick("此格式带不走的内容\r\n", "What the format cannot carry\r\n").to_owned();
    let mut kind = None;
    for loss in &losses.items {
        if kind != Some(loss.kind) {
            text.push_str("\r\n");
            text.push_str(pick(loss.kind.label(), loss.kind.label_en()));
            text.push_str("\r\n");
            kind = Some(loss.kind);
        }
        let layer = if english || loss.layer_title == loss.layer {
            loss.layer.clone()
        } else {
            format!("{} {}", loss.layer_title, loss.layer)
        };
        let title = if english { &loss.title_en } else { &loss.title };
        let field = match (title, &loss.field) {
            (Some(title), Some(key)) if title != key => format!(" · {title} {key}"),
            (_, key) => key.as_ref().map_or_else(String::new, |key| format!(" · {key}")),
        };
        let examples = if loss.examples.is_empty() {
            String::new()
        } else {
            format!("：{}", loss.examples.join("、"))
        };
        let more =
            if loss.count > loss.examples.len() && !loss.examples.is_empty() { " …" } else { "" };
        let _ = write!(text, "  {layer}{field}（{}）{examples}{more}\r\n", loss.count);
    }
    text
}

fn fields_table(names: &[FieldName]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut table = String::from("图层,文件里的字段,字段,名称,类型\r\n");
    for name in names {
        let cells = [&name.layer, &name.written, &name.key, &name.title, &name.kind];
        table.push_str(&cells.map(|cell| quoted(cell)).join(","));
        table.push_str("\r\n");
    }
    table
}
