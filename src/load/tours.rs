//! `tours.toml`: of the whole atlas beside `atlas.toml`, of one plan beside its `plan.toml`.

use serde::Deserialize;

use crate::load::fault::{Fault, What, nearest};
use crate::load::geometry::outside_china;
use crate::load::manifest;
use crate::load::problem::{Location, Problems};
use crate::load::text::Folder;
use crate::model::{
    Atlas, DiscrepancyIdx, OrganisationIdx, ProjectIdx, RecordIdx, Stop, TargetIdx, TaskIdx, Tour,
};

/// `tours.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TourFile {
    #[serde(default)]
    tours: Vec<TourEntry>,
}

/// `[[tours]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TourEntry {
    id: String,
    title: String,
    title_en: String,
    #[serde(default)]
    stops: Vec<StopEntry>,
}

/// `[[tours.stops]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StopEntry {
    title: String,
    title_en: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    caption_en: String,
    #[serde(default)]
    plan: Option<String>,
    #[serde(default)]
    section: Option<String>,
    center: [f64; 2],
    zoom: f64,
    #[serde(default)]
    bearing: f64,
    #[serde(default)]
    pitch: f64,
    layers: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    records: Vec<String>,
}

/// Reads the tours of a folder whose plans, records and layers are complete. Nobody needs to have any.
pub fn read(folder: &mut Folder, atlas: &mut Atlas, problems: &mut Problems) {
    let own = atlas.plans.iter().map(|plan| format!("{}/tours.toml", plan.id));
    let files: Vec<(Option<usize>, String)> = own
        .enumerate()
        .map(|(number, file)| (Some(number), file))
        .chain([(None, "tours.toml".to_owned())])
        .filter(|(_, file)| folder.has(file))
        .collect();
    let mut tours: Vec<(Tour, String)> = Vec::new();
    for (plan, file) in files {
        let Some(read) = manifest::read::<TourFile>(folder, &file, problems) else { continue };
        for entry in read.tours {
            let at = Location::file(&file).of(&format!("tours.{}", entry.id));
            if let Some((_, first)) = tours.iter().find(|(tour, _)| tour.id == entry.id) {
                let fault = Fault::DuplicateId { id: entry.id, first: first.clone() };
                problems.error(at, fault);
                continue;
            }
            if entry.stops.is_empty() {
                problems.error(at.clone().field("stops"), Fault::Missing);
            }
            let stops = entry.stops.into_iter().enumerate().map(|(number, stop)| {
                let at = Location::file(&file).of(&format!("tours.{}.stops[{number}]", entry.id));
                resolved(atlas, plan, stop, &at, problems)
            });
            let stops = stops.collect();
            let TourEntry { id, title, title_en, .. } = entry;
            tours.push((Tour { id, title, title_en, plan, stops }, file.clone()));
        }
    }
    atlas.tours = tours.into_iter().map(|(tour, _)| tour).collect();
}

/// A stop, with what it names found; what is not there is an error.
fn resolved(
    atlas: &Atlas,
    own: Option<usize>,
    entry: StopEntry,
    at: &Location,
    problems: &mut Problems,
) -> Stop {
    let mut dangling = |field: &str, what: What, id: &str, hint: Option<String>| {
        let fault = Fault::Dangling { what, id: id.to_owned(), nearest: hint };
        problems.error(at.clone().field(field), fault);
    };
    let plan = match &entry.plan {
        None => own,
        Some(id) => {
            let found = atlas.plans.iter().position(|plan| plan.id == *id);
            if found.is_none() {
                let hint = nearest(id, atlas.plans.iter().map(|plan| plan.id.as_str()));
                dangling("plan", What::Plan, id, hint);
            }
            found
        }
    };
    if let (Some(section), Some(plan)) = (&entry.section, plan.map(|plan| &atlas.plans[plan]))
        && plan.section(section).is_none()
    {
        let hint = nearest(section, plan.sections.iter().map(|section| section.id.as_str()));
        dangling("section", What::Section, section, hint);
    }
    let mut layers = Vec::new();
    for id in &entry.layers {
        if let Some(number) = atlas.layer_number(id) {
            layers.push(number);
        } else {
            let hint = nearest(id, atlas.layers.iter().map(|layer| layer.id.as_str()));
            dangling("layers", What::Layer, id, hint);
        }
    }
    let mut places = Vec::new();
    for id in &entry.places {
        if let Some(place) = atlas.find_place(id) {
            places.push(place);
        } else {
            let hint = nearest(id, atlas.place_by_id.keys().map(String::as_str));
            dangling("places", What::Place, id, hint);
        }
    }
    let mut records = Vec::new();
    for id in &entry.records {
        match record(atlas, id) {
            Some(record) => records.push(record),
            None => dangling("records", What::Record, id, None),
        }
    }
    let within = |value: f64, low: f64, high: f64| (low..=high).contains(&value);
    let StopEntry { zoom, pitch, .. } = entry;
    // Written as 350 or as -10.
    let bearing = entry.bearing.rem_euclid(360.0);
    for (field, sound, least, most) in [
        ("zoom", within(zoom, 0.0, 22.0), 0, 22),
        ("pitch", within(pitch, 0.0, 85.0), 0, 85),
        ("bearing", within(bearing, 0.0, 360.0), 0, 360),
    ] {
        if !sound {
            problems.error(at.clone().field(field), Fault::OutOfRange { least, most });
        }
    }
    if let Some(fault) = outside_china(&entry.center.into()) {
        problems.error(at.clone().field("center"), fault);
    }
    Stop {
        title: entry.title,
        title_en: entry.title_en,
        caption: entry.caption,
        caption_en: entry.caption_en,
        plan,
        section: entry.section,
        center: entry.center,
        zoom,
        bearing,
        pitch,
        layers,
        places,
        records,
    }
}

/// The record behind `plan/table/id`, as the file of the table and its row are called.
pub(super) fn record(atlas: &Atlas, path: &str) -> Option<RecordIdx> {
    let (plan, rest) = path.split_once('/')?;
    let (table, id) = rest.split_once('/')?;
    let plan = atlas.plans.iter().position(|known| known.id == plan)?;
    macro_rules! find {
        ($rows:ident, $handle:ident, $kind:ident) => {
            (0..)
                .zip(&atlas.$rows)
                .find(|(_, row)| row.provenance.plan == plan && row.id == id)
                .map(|(number, _)| RecordIdx::$kind($handle(number)))
        };
    }
    match table {
        "projects" => find!(projects, ProjectIdx, Project),
        "targets" => find!(targets, TargetIdx, Target),
        "tasks" => find!(tasks, TaskIdx, Task),
        "organisations" => find!(organisations, OrganisationIdx, Organisation),
        "discrepancies" => find!(discrepancies, DiscrepancyIdx, Discrepancy),
        _ => None,
    }
}
