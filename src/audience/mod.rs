//! What an audience sees of an atlas: another atlas, which holds nothing else.
//!
//! Answers, tiles, pictures, exports and reports are functions of an atlas. What is not in it cannot come
//! out of any of them, whatever is asked: there is one place where things are left out, and not one for
//! each way out.
//!
//! ```text
//! Atlas (all) ─ kept from the audience ─► Keep: yes or no for each thing ─► Atlas (theirs) ─► indexes
//! ```

mod keep;
mod renumber;

use sha2::{Digest, Sha256};

use crate::index::IndexedAtlas;
use crate::model::{Atlas, Audience, Restricted, Restriction, withhold};
use keep::Keep;

/// What somebody sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Who it is.
    pub audience: Audience,
    /// Ids of the layers that were named to them, sorted; `None` for all that the audience sees.
    pub layers: Option<Vec<String>>,
}

impl From<Audience> for Scope {
    fn from(audience: Audience) -> Self {
        Self { audience, layers: None }
    }
}

/// The atlas as somebody sees it, indexed; `None` where they see all of it.
#[must_use]
pub fn seen_by(index: &IndexedAtlas, scope: &Scope) -> Option<IndexedAtlas> {
    let atlas = &index.atlas;
    if sees_all(atlas, scope) {
        return None;
    }
    let keep = Keep::of(atlas, scope);
    let mut seen = atlas.clone();
    let mut withheld: Vec<(&str, &str)> = Vec::new();
    for restriction in atlas.restrictions.iter().filter(|r| r.audience > scope.audience) {
        match &restriction.what {
            Restricted::Field(table, column) => withhold(&mut seen, table, column),
            Restricted::Property(layer, name) => {
                for place in &atlas.layers[*layer].places {
                    seen.places[place.0 as usize].properties.shift_remove(name);
                }
                withheld.push((&atlas.layers[*layer].id, name));
            }
            _ => {}
        }
    }
    seen.restrictions.clear();
    // The loader's remarks name places and records.
    seen.warnings.clear();
    seen.data_version = version(atlas, scope);
    renumber::apply(&mut seen, &keep);
    let stores: Vec<_> = index
        .stores()
        .filter(|(layer, _)| keep.layers[*layer])
        .map(|(_, store)| {
            let of_layer = withheld.iter().filter(|(layer, _)| *layer == store.layer());
            store.withholding(of_layer.map(|(_, name)| (*name).to_owned()).collect())
        })
        .collect();
    Some(IndexedAtlas::with_stores(seen, &stores))
}

/// Whether nothing is kept from somebody.
#[must_use]
pub fn sees_all(atlas: &Atlas, scope: &Scope) -> bool {
    let all = |r: &Restriction| r.audience <= scope.audience;
    scope.layers.is_none() && atlas.restrictions.iter().all(all)
}

/// The first audience that sees what this one sees.
#[must_use]
pub fn lowest(atlas: &Atlas, audience: Audience) -> Audience {
    let kept = atlas.restrictions.iter().map(|restriction| restriction.audience);
    kept.filter(|kept| *kept <= audience).max().unwrap_or_default()
}

/// The version of what somebody sees. It changes with the data, and differs from what others see of it.
#[must_use]
pub fn version(atlas: &Atlas, scope: &Scope) -> String {
    if sees_all(atlas, scope) {
        return atlas.data_version.clone();
    }
    let mut hash = Sha256::new();
    hash.update(&atlas.data_version);
    hash.update(lowest(atlas, scope.audience).id());
    for layer in scope.layers.iter().flatten() {
        hash.update([0]);
        hash.update(layer);
    }
    let digits = hash.finalize();
    let digits = digits.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    digits.chars().take(atlas.data_version.len()).collect()
}
