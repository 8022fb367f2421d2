//! A data folder becomes an [`Atlas`], or a list of [`Problem`]s.
//!
//! Loading never stops at the first mistake: the planner who mends the folder wants all of them
//! at once. It never guesses either: a reference that leads nowhere is an error with the nearest
//! candidate, not a link to it.
//!
//! ```text
//! atlas.toml ─► vocabularies ─┐
//! plan.toml  ─► plans         ├─► places (GeoJSON) ─► records, sites (CSV) ─► links ─► layers ─► tours
//! ```

mod audiences;
mod basemaps;
mod dropped;
mod fault;
mod geometry;
mod large;
mod layers;
mod manifest;
mod places;
mod problem;
mod progress;
mod records;
mod sites;
mod table;
mod text;
mod tours;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

pub use fault::{Fault, What};
pub use problem::{Lang, Location, Problem, Severity};
pub use progress::Progress;

use crate::model::{Atlas, Plan, Section, TermRef, kinds};
use crate::store::Store;
use fault::nearest;
use manifest::{Manifest, PlanEntry};
use places::FileRole;
use problem::Problems;
use text::Folder;

const MANIFEST: &str = "atlas.toml";

/// What came of loading a folder.
pub struct Loaded {
    /// The atlas; `None` when a problem is an error.
    pub atlas: Option<Atlas>,
    /// Its large layers, whose features stay in their files.
    pub stores: Vec<Arc<Store>>,
    /// Everything that was found wrong, by file and line.
    pub problems: Vec<Problem>,
}

/// Loads and checks a data folder.
#[must_use]
pub fn load(root: &Path) -> Loaded {
    load_watched(root, &Progress::default())
}

/// The same, for somebody who watches how far it has come.
#[must_use]
pub fn load_watched(root: &Path, progress: &Progress) -> Loaded {
    let mut problems = Problems::default();
    let mut stores = Vec::new();
    let atlas = read(root, &mut stores, progress, &mut problems);
    let failed = problems.any_error();
    let problems = problems.into_sorted();
    let atlas = atlas.filter(|_| !failed).map(|mut atlas| {
        atlas.warnings = problems.iter().map(|p| p.text(Lang::Zh)).collect();
        atlas
    });
    Loaded { atlas, stores, problems }
}

/// Reads a large GeoJSON file of the folder at `root` into a store, whose features stay in the file: a
/// `FeatureCollection`, or a text sequence (`.geojsonl`, `.geojsons`, `.geojsonseq`, `.ndjson`). Leaves an
/// index beside the file, and reads only that where it is there and the file has not changed since.
#[must_use]
pub fn open_large(
    root: &Path,
    file: &str,
    kind: &TermRef,
    progress: &Progress,
) -> (Option<Store>, Vec<Problem>) {
    let mut problems = Problems::default();
    let stores = large::open(root, file, kind, progress, &mut problems);
    (stores.into_iter().next(), problems.into_sorted())
}

fn read(
    root: &Path,
    stores: &mut Vec<Arc<Store>>,
    progress: &Progress,
    problems: &mut Problems,
) -> Option<Atlas> {
    let mut folder = Folder::new(root);
    let manifest: Manifest = manifest::read(&mut folder, MANIFEST, problems)?;
    folder.keep_large(manifest.large_files_mb);
    let mut plans: Vec<PlanEntry> = Vec::new();
    for id in &manifest.plans {
        let (file, fault) = (format!("{id}/plan.toml"), Fault::PlanName { folder: id.clone() });
        if !is_name(id) {
            problems.error(Location::file(MANIFEST).field("plans"), fault);
            continue;
        }
        let entry = manifest::read::<PlanEntry>(&mut folder, &file, problems);
        if entry.as_ref().is_some_and(|entry| entry.id != *id) {
            problems.error(Location::file(&file).field("id"), fault);
            continue;
        }
        plans.extend(entry);
    }
    let mut atlas = Atlas {
        title: manifest.title,
        title_en: manifest.title_en,
        languages: manifest.languages,
        review_number: Some(manifest.review_number).filter(|n| !n.is_empty()),
        groups: manifest.groups,
        basemaps: basemaps::resolve(&mut folder, manifest.basemaps, MANIFEST, problems),
        vocabularies: manifest.vocabulary.build(MANIFEST, problems),
        ..Atlas::default()
    };
    let dropped = read_places(&mut folder, &mut atlas, &plans, problems);
    for entry in plans {
        atlas.plans.extend(plan(entry, &atlas, problems));
    }
    for number in 0..atlas.plans.len() {
        records::read(&mut folder, &mut atlas, number, problems);
    }
    for number in 0..atlas.plans.len() {
        sites::read(&mut folder, &mut atlas, number, problems);
    }
    atlas.link_places();
    atlas.link_records();
    read_large(&mut folder, &atlas, stores, progress, problems);
    layers::build(&mut atlas, manifest.layers, &dropped, stores, MANIFEST, problems);
    atlas.link_layers();
    sites::surroundings(&mut atlas, manifest.surroundings, MANIFEST, problems);
    tours::read(&mut folder, &mut atlas, problems);
    audiences::read(&mut atlas, manifest.audiences, stores, MANIFEST, problems);
    atlas.data_version = folder.version();
    Some(atlas)
}

/// Whether a word is the name of a folder here, and no way out of it.
fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// Reads every GeoJSON file; returns those that were dropped beside `atlas.toml`.
fn read_places(
    folder: &mut Folder,
    atlas: &mut Atlas,
    plans: &[PlanEntry],
    problems: &mut Problems,
) -> Vec<String> {
    let mut files: Vec<(String, FileRole)> = Vec::new();
    let mut curated = vec!["base".to_owned()];
    curated.extend(plans.iter().map(|plan| format!("{}/places", plan.id)));
    for place_folder in curated {
        files.extend(
            folder.geojson_files(&place_folder).into_iter().map(|f| (f, FileRole::Curated)),
        );
    }
    let mut dropped = folder.geojson_files("");
    dropped.retain(|file| !folder.is_large(file));
    files.extend(dropped.iter().map(|f| (f.clone(), FileRole::Dropped)));

    let mut drafts = Vec::new();
    for (file, role) in files {
        let Some(text) = folder.read(&file, problems) else { continue };
        drafts.extend(places::parse(&file, &text, role, &atlas.vocabularies, problems));
    }
    let counties: HashMap<&str, &str> =
        plans.iter().map(|plan| (plan.id.as_str(), plan.county.as_str())).collect();
    let county_of_file = |file: &str| {
        let (plan, _) = file.split_once("/places/")?;
        counties.get(plan).map(|&county| county.to_owned())
    };
    (atlas.places, atlas.place_by_id) = places::resolve(drafts, county_of_file, problems);
    dropped
}

/// Opens every file beside `atlas.toml` whose features stay in it.
fn read_large(
    folder: &mut Folder,
    atlas: &Atlas,
    stores: &mut Vec<Arc<Store>>,
    progress: &Progress,
    problems: &mut Problems,
) {
    let known = atlas.vocabularies.kinds.find(kinds::FEATURE).cloned();
    let kind = known.unwrap_or_else(|| TermRef::new(kinds::feature()));
    for file in folder.large_files() {
        for store in large::open(folder.root(), &file, &kind, progress, problems) {
            folder.note(&file, store.catalogue().content);
            stores.push(Arc::new(store));
        }
    }
}

fn plan(entry: PlanEntry, atlas: &Atlas, problems: &mut Problems) -> Option<Plan> {
    let file = format!("{}/plan.toml", entry.id);
    let Some(county) = atlas.find_place(&entry.county) else {
        let hint = nearest(&entry.county, atlas.place_by_id.keys().map(String::as_str));
        let fault = Fault::Dangling { what: What::Place, id: entry.county, nearest: hint };
        problems.error(Location::file(&file).field("county"), fault);
        return None;
    };
    let sections: Vec<Section> = entry
        .sections
        .into_iter()
        .map(|s| Section {
            id: s.id,
            title: s.title,
            title_en: s.title_en,
            parent: s.parent,
            line: s.line,
        })
        .collect();
    for parent in sections.iter().filter_map(|s| s.parent.as_ref()) {
        if !sections.iter().any(|s| &s.id == parent) {
            let hint = nearest(parent, sections.iter().map(|s| s.id.as_str()));
            let fault = Fault::Dangling { what: What::Section, id: parent.clone(), nearest: hint };
            problems.error(Location::file(&file).field("parent"), fault);
        }
    }
    Some(Plan {
        id: entry.id,
        county,
        title: entry.title,
        title_en: entry.title_en,
        issuer: entry.issuer,
        issuer_en: entry.issuer_en,
        number: entry.number,
        date: entry.date,
        period: entry.period,
        sections,
    })
}
