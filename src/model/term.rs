//! Controlled words: kinds of place, kinds of role, industries, stages, herbs …

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One word of a vocabulary in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stable identifier, used in URLs and tiles: `growth-pole`.
    #[schema(example = "herb-base")]
    pub id: String,
    /// The word as a Chinese planner writes it, accepted in table cells: `增长极`.
    #[schema(example = "药材品种基地")]
    pub zh: String,
    /// The English word.
    #[schema(example = "Herb base")]
    pub en: String,
}

/// A shared term. Records hold these, so that an answer needs no look-up.
pub type TermRef = Arc<Term>;

/// A closed list of terms, found by id or by either label.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Term>", into = "Vec<Term>")]
pub struct Vocabulary {
    terms: Vec<TermRef>,
    by_word: HashMap<String, usize>,
}

impl From<Vec<Term>> for Vocabulary {
    fn from(terms: Vec<Term>) -> Self {
        Self::new(terms).0
    }
}

impl From<Vocabulary> for Vec<Term> {
    fn from(vocabulary: Vocabulary) -> Self {
        vocabulary.terms.into_iter().map(Arc::unwrap_or_clone).collect()
    }
}

impl Vocabulary {
    /// Builds a vocabulary; returns the words that stand for two different terms.
    #[must_use]
    pub fn new(terms: Vec<Term>) -> (Self, Vec<String>) {
        let mut vocabulary = Self::default();
        let mut ambiguous = Vec::new();
        for term in terms {
            let position = vocabulary.terms.len();
            for word in [&term.id, &term.zh] {
                let previous = vocabulary.by_word.insert(word.clone(), position);
                if previous.is_some_and(|p| p != position) {
                    ambiguous.push(word.clone());
                }
            }
            vocabulary.terms.push(Arc::new(term));
        }
        (vocabulary, ambiguous)
    }

    /// Finds a term by its id (`herb-base`) or its Chinese word (`药材品种基地`).
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&TermRef> {
        self.by_word.get(word.trim()).map(|&i| &self.terms[i])
    }

    /// Where a term stands in the vocabulary: its rank, where the order has a meaning.
    #[must_use]
    pub fn rank(&self, term: &Term) -> usize {
        self.by_word.get(&term.id).copied().unwrap_or(usize::MAX)
    }

    /// All terms in the order of `atlas.toml`.
    #[must_use]
    pub fn terms(&self) -> &[TermRef] {
        &self.terms
    }

    /// Every word that [`Self::find`] accepts, for suggestions.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(String::as_str)
    }
}

/// The vocabularies of an atlas.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Vocabularies {
    /// Kinds of place: township, hospital, scenic area …
    pub kinds: Vocabulary,
    /// Kinds of role a place plays in a layout: 一核, 副中心, 种苗繁育基地 …
    pub roles: Vocabulary,
    /// Industries of the plans.
    pub industries: Vocabulary,
    /// Stages of projects: 规划, 在建推进 …
    pub stages: Vocabulary,
    /// 约束性 (binding) or 预期性 (anticipated).
    pub attributes: Vocabulary,
    /// Herbs.
    pub herbs: Vocabulary,
    /// What a herb base is for: 种植, 种苗繁育 …
    pub base_types: Vocabulary,
    /// How grave a discrepancy is.
    pub severities: Vocabulary,
    /// Industries and activities that roles name.
    pub activities: Vocabulary,
    /// What projects do: 新建, 扩建 …
    pub actions: Vocabulary,
    /// Kinds of task.
    pub task_kinds: Vocabulary,
    /// Kinds of organisation.
    pub organisation_kinds: Vocabulary,
    /// Kinds of discrepancy.
    pub discrepancy_kinds: Vocabulary,
    /// Where geometry comes from, as explained in `SOURCES.md`.
    pub sources: Vocabulary,
}
