//! Prints a report as PDF: `report.typ` lays it out, typst sets it.
//!
//! The template is ours and fixed; what a report says reaches it as data (`content.json`) and its pictures as files
//! beside it. There is no disk, no network and no clock in the world that typst sees.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::PdfOptions;

use crate::picture::{FontFile, font_files};
use crate::report::content::Report;

/// The template.
const TEMPLATE: &str = include_str!("report.typ");

/// What a report says, as the template reads it.
const CONTENT: &str = "content.json";

/// Fonts, and which of them has a letter.
struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    fn of(files: impl Iterator<Item = FontFile>) -> Self {
        let fonts: Vec<Font> = files
            .filter_map(|file| Font::new(Bytes::new(Shared(file.data)), file.number))
            .collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    fn write(&self, text: &str) -> bool {
        let letters: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
        let has = |letter: &char| {
            self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(*letter)))
        };
        letters.iter().all(has)
    }
}

/// Bytes of a font that pictures use as well.
struct Shared(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// The letters that come with the program.
static OWN: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(font_files(false)));

/// Those and the machine's: read only when a letter is wanted that the program does not have.
static ALL: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(font_files(true)));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// All that typst sees.
struct Desk<'r> {
    main: FileId,
    content: Bytes,
    images: &'r [String],
    fonts: &'static Fonts,
}

fn file(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|error| format!("{error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main {
            return Ok(Source::new(id, TEMPLATE.to_owned()));
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath();
        let name = path.get_without_slash();
        if name == CONTENT {
            return Ok(self.content.clone());
        }
        let number = name.strip_prefix("image-").and_then(|rest| rest.strip_suffix(".svg"));
        let image = number.and_then(|number| self.images.get(number.parse::<usize>().ok()?));
        image.map(|svg| Bytes::from_string(svg.clone())).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a report. What typst has remembered of it is forgotten afterwards: the next one is about something else.
pub fn pdf(report: &Report) -> Result<Vec<u8>, String> {
    let content = serde_json::to_string(report).map_err(|error| error.to_string())?;
    let complete = OWN.write(&content) && report.images.iter().all(|svg| OWN.write(svg));
    let desk = Desk {
        main: file("report.typ")?,
        content: Bytes::from_string(content),
        images: &report.images,
        fonts: if complete { &OWN } else { &ALL },
    };
    let printed = printed(&desk, report);
    typst::comemo::evict(0);
    printed
}

fn printed(desk: &Desk<'_>, report: &Report) -> Result<Vec<u8>, String> {
    let said = |errors: &[typst::diag::SourceDiagnostic]| {
        let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        texts.join("; ")
    };
    let Warned { output, warnings } = typst::compile(desk);
    if !warnings.is_empty() {
        tracing::warn!(report = report.title, "{}", said(&warnings));
    }
    let document = output.map_err(|errors| said(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}\n{}", report.title, report.foot.lines.join("\n"))),
        creator: Smart::Custom(Some("Plan Atlas".to_owned())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
}
