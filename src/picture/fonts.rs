//! Letters: Noto Sans SC, which comes with the program, in two weights; and the machine's own fonts for what
//! it does not have.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, ID, Query, Source, Weight};
use rust_embed::RustEmbed;

/// The family that names are written in.
pub const FAMILY: &str = "Noto Sans SC";

/// Fonts that `make web` cuts out of their package: the characters of GB 2312, of the shipped data, and Latin.
#[derive(RustEmbed)]
#[folder = "web/fonts"]
#[allow_missing = true]
struct Shipped;

/// Fonts, and how wide their letters are.
pub struct Fonts {
    /// What pictures are painted with.
    pub database: Arc<Database>,
    regular: Option<ID>,
    bold: Option<ID>,
}

/// The fonts of this program.
pub static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::load);

impl Fonts {
    fn load() -> Self {
        let mut database = Database::new();
        for name in Shipped::iter() {
            if let Some(file) = Shipped::get(&name) {
                database.load_font_data(match file.data {
                    Cow::Borrowed(bytes) => bytes.to_vec(),
                    Cow::Owned(bytes) => bytes,
                });
            }
        }
        database.load_system_fonts();
        database.set_sans_serif_family(FAMILY);
        let find = |weight| {
            let families = [resvg::usvg::fontdb::Family::Name(FAMILY)];
            database.query(&Query { families: &families, weight, ..Query::default() })
        };
        let (regular, bold) = (find(Weight::NORMAL), find(Weight::BOLD));
        Self { database: Arc::new(database), regular, bold }
    }

    /// The width of a line of text, in sizes of its letters.
    #[must_use]
    pub fn width(&self, text: &str, bold: bool) -> f64 {
        let face = if bold { self.bold } else { self.regular };
        let measured = face.and_then(|id| {
            self.database.with_face_data(id, |data, index| {
                let face = ttf_parser::Face::parse(data, index).ok()?;
                let em = f64::from(face.units_per_em());
                let advance = |c: char| {
                    let glyph = face.glyph_index(c)?;
                    Some(f64::from(face.glyph_hor_advance(glyph)?) / em)
                };
                Some(text.chars().map(|c| advance(c).unwrap_or_else(|| guess(c))).sum())
            })
        });
        measured.flatten().unwrap_or_else(|| text.chars().map(guess).sum())
    }
}

/// The bytes of a font, shared with whoever else uses it.
pub struct FontFile {
    /// The file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Which of the fonts in it.
    pub number: u32,
}

/// The fonts that come with the program, and those of the machine where these are wanted too: reading them takes a
/// while.
pub fn font_files(of_machine: bool) -> impl Iterator<Item = FontFile> {
    FONTS.database.faces().filter_map(move |face| {
        let number = face.index;
        match &face.source {
            Source::Binary(data) => Some(FontFile { data: data.clone(), number }),
            Source::SharedFile(_, data) if of_machine => {
                Some(FontFile { data: data.clone(), number })
            }
            Source::File(path) if of_machine => {
                Some(FontFile { data: Arc::new(std::fs::read(path).ok()?), number })
            }
            _ => None,
        }
    })
}

/// The width of a letter of which nothing is known: Chinese ones are square.
fn guess(c: char) -> f64 {
    if c.is_ascii() { 0.55 } else { 1.0 }
}
