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
    /// What was chosen for them; `None` for all that the audience sees.
    pub chosen: Option<Chosen>,
    /// Whether layers whose features stay in their files are left out.
    pub without_large: bool,
}

/// What a share link shows, and nothing beside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// Ids of layers, sorted.
    pub layers: Vec<String>,
    /// Id of the guided tour.
    pub tour: Option<String>,
}

impl From<Audience> for Scope {
    fn from(audience: Audience) -> Self {
        Self { audience, ..Self::default() }
    }
}

/// The atlas as somebody sees it, indexed; `None` where they see all of it.
#[must_use]
pub fn seen_by(index: &IndexedAtlas, scope: &Scope) -> Option<IndexedAtlas> {
    let atlas = &index.atlas;
    if sees_all(atlas, scope) {
        return None;
    }
    let mut keep = Keep::of(atlas, scope);
    let mut seen = without(atlas, scope, &keep);
    // Places may have left their last layer with a role or a site that is gone.
    while keep.leave_out_homeless(atlas, &seen) {
        seen = without(atlas, scope, &keep);
    }
    let stores: Vec<_> = index
        .stores()
        .filter(|(layer, _)| keep.layers[*layer])
        .map(|(layer, store)| {
            let names = withheld(atlas, scope).filter(|(of, _)| *of == layer);
            store.withholding(names.map(|(_, name)| name.to_owned()).collect())
        })
        .collect();
    Some(IndexedAtlas::with_stores(seen, &stores))
}

/// Properties that are kept from somebody, each with the position of its layer.
fn withheld<'a>(atlas: &'a Atlas, scope: &Scope) -> impl Iterator<Item = (usize, &'a str)> {
    let audience = scope.audience;
    let kept = atlas.restrictions.iter().filter(move |r| r.audience > audience);
    kept.filter_map(|restriction| match &restriction.what {
        Restricted::Property(layer, name) => Some((*layer, name.as_str())),
        _ => None,
    })
}

/// A copy without what is not kept.
fn without(atlas: &Atlas, scope: &Scope, keep: &Keep) -> Atlas {
    let mut seen = atlas.clone();
    for restriction in atlas.restrictions.iter().filter(|r| r.audience > scope.audience) {
        if let Restricted::Field(table, column) = &restriction.what {
            withhold(&mut seen, table, column);
        }
    }
    for (layer, name) in withheld(atlas, scope) {
        for place in &atlas.layers[layer].places {
            seen.places[place.0 as usize].withhold_property(name);
        }
    }
    seen.restrictions.clear();
    // The loader's remarks name places and records.
    seen.warnings.clear();
    seen.data_version = version(atlas, scope);
    renumber::apply(&mut seen, keep);
    seen
}

/// Whether nothing is kept from somebody.
#[must_use]
pub fn sees_all(atlas: &Atlas, scope: &Scope) -> bool {
    let all = |r: &Restriction| r.audience <= scope.audience;
    !scope.without_large && scope.chosen.is_none() && atlas.restrictions.iter().all(all)
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
    if scope.without_large {
        hash.update([2]);
    }
    if let Some(chosen) = &scope.chosen {
        for layer in &chosen.layers {
            hash.update([0]);
            hash.update(layer);
        }
        hash.update([1]);
        hash.update(chosen.tour.as_deref().unwrap_or_default());
    }
    let digits = hash.finalize();
    let digits = digits.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    digits.chars().take(atlas.data_version.len()).collect()
}
