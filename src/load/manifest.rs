//! `atlas.toml` and `plan.toml`, as written by whoever keeps the folder.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::load::audiences::AudienceEntries;
use crate::load::fault::Fault;
use crate::load::problem::{Location, Problems};
use crate::load::text::Folder;
use crate::model::{
    ClassBy, Datum, Ground, Group, Selection, Style, Term, Vocabularies, Vocabulary, kinds,
};

/// `atlas.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub title: String,
    pub title_en: String,
    #[serde(default = "chinese_and_english")]
    pub languages: Vec<String>,
    #[serde(default)]
    pub review_number: String,
    pub plans: Vec<String>,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub layers: Vec<LayerEntry>,
    #[serde(default)]
    pub audiences: AudienceEntries,
    #[serde(default)]
    pub surroundings: Vec<SurroundingEntry>,
    #[serde(default)]
    pub vocabulary: VocabularyEntries,
    #[serde(default)]
    pub basemaps: Vec<BasemapEntry>,
    #[serde(default = "large_files_mb")]
    pub large_files_mb: u64,
}

/// Some 50,000 parcels.
fn large_files_mb() -> u64 {
    32
}

fn chinese_and_english() -> Vec<String> {
    vec!["zh".to_owned(), "en".to_owned()]
}

/// `[[surroundings]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurroundingEntry {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub layers: Vec<String>,
    #[serde(default)]
    pub kinds: Vec<String>,
}

/// `[[layers]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerEntry {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub group: String,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub note_en: Option<String>,
    #[serde(default)]
    pub visible: bool,
    pub select: Selection,
    pub style: Style,
    #[serde(default)]
    pub class_by: ClassBy,
    #[serde(default)]
    pub classes: Vec<ClassEntry>,
}

/// `[[layers.classes]]`; labels come from the vocabulary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    pub value: String,
    pub color: String,
    #[serde(default)]
    pub symbol: Option<String>,
}

/// `[[basemaps]]`; which keys are needed depends on the kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasemapEntry {
    pub id: String,
    pub title: String,
    pub title_en: String,
    #[serde(default)]
    pub kind: Ground,
    #[serde(default)]
    pub layer: Option<TiandituLayer>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub datum: Option<Datum>,
    #[serde(default)]
    pub tile_size: Option<u16>,
    #[serde(default)]
    pub max_zoom: Option<u8>,
    #[serde(default)]
    pub attribution: String,
    #[serde(default)]
    pub attribution_en: String,
    #[serde(default)]
    pub review_number: String,
    #[serde(default)]
    pub key: String,
}

/// Grounds of 天地图.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TiandituLayer {
    /// Drawn map.
    Vec,
    /// Pictures from above.
    Img,
    /// Terrain.
    Ter,
}

/// `[[vocabulary.…]]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VocabularyEntries {
    kinds: Vec<Term>,
    roles: Vec<Term>,
    industries: Vec<Term>,
    stages: Vec<Term>,
    attributes: Vec<Term>,
    herbs: Vec<Term>,
    base_types: Vec<Term>,
    severities: Vec<Term>,
    activities: Vec<Term>,
    actions: Vec<Term>,
    task_kinds: Vec<Term>,
    organisation_kinds: Vec<Term>,
    discrepancy_kinds: Vec<Term>,
    sources: Vec<Term>,
}

impl VocabularyEntries {
    /// Builds the vocabularies, noting words that mean two things.
    pub fn build(self, file: &str, problems: &mut Problems) -> Vocabularies {
        let mut build = |name: &str, mut terms: Vec<Term>| {
            if name == "kinds" && !terms.iter().any(|t| t.id == kinds::FEATURE) {
                terms.push(kinds::feature());
            }
            let (vocabulary, ambiguous) = Vocabulary::new(terms);
            for word in ambiguous {
                let at = Location::file(file).field(&format!("vocabulary.{name}"));
                problems.error(at, Fault::AmbiguousWord { word });
            }
            vocabulary
        };
        Vocabularies {
            kinds: build("kinds", self.kinds),
            roles: build("roles", self.roles),
            industries: build("industries", self.industries),
            stages: build("stages", self.stages),
            attributes: build("attributes", self.attributes),
            herbs: build("herbs", self.herbs),
            base_types: build("base_types", self.base_types),
            severities: build("severities", self.severities),
            activities: build("activities", self.activities),
            actions: build("actions", self.actions),
            task_kinds: build("task_kinds", self.task_kinds),
            organisation_kinds: build("organisation_kinds", self.organisation_kinds),
            discrepancy_kinds: build("discrepancy_kinds", self.discrepancy_kinds),
            sources: build("sources", self.sources),
        }
    }
}

/// `plan.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEntry {
    pub id: String,
    pub county: String,
    pub title: String,
    pub title_en: String,
    #[serde(default)]
    pub issuer: String,
    #[serde(default)]
    pub issuer_en: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub period: String,
    #[serde(default)]
    pub sections: Vec<SectionEntry>,
}

/// `[[sections]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub line: Option<u32>,
}

/// Reads and parses one TOML file.
pub fn read<T: DeserializeOwned>(
    folder: &mut Folder,
    file: &str,
    problems: &mut Problems,
) -> Option<T> {
    let text = folder.read(file, problems)?;
    match toml::from_str(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line =
                error.span().map_or(1, |span| text[..span.start].matches('\n').count() as u64 + 1);
            let fault = Fault::InvalidToml { reason: error.message().to_owned() };
            problems.error(Location::line(file, line), fault);
            None
        }
    }
}
