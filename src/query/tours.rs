//! Guided tours, with what they name spelled out.

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexedAtlas;
use crate::model::{Atlas, RecordIdx, Stop, Tour};

/// The guided tours of an atlas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Tours<'a> {
    items: Vec<TourView<'a>>,
}

/// A guided tour.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Tour)]
pub struct TourView<'a> {
    id: &'a str,
    title: &'a str,
    title_en: &'a str,
    /// Id of its plan; `null` for a tour of all of them.
    plan: Option<&'a str>,
    stops: Vec<StopView<'a>>,
}

/// A view of the map and what is said to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Stop)]
pub struct StopView<'a> {
    title: &'a str,
    title_en: &'a str,
    caption: &'a str,
    caption_en: &'a str,
    /// Id of the plan that says so.
    plan: Option<&'a str>,
    /// Its section.
    section: Option<&'a str>,
    /// Longitude and latitude of the middle, degrees.
    #[schema(min_items = 2, max_items = 2)]
    center: [f64; 2],
    /// Zoom level, as the map of the page counts them.
    zoom: f64,
    /// Degrees clockwise from north that point upwards.
    bearing: f64,
    /// Degrees that the view is tilted.
    pitch: f64,
    /// Ids of the layers that are on.
    layers: Vec<&'a str>,
    /// Ids of the places that are highlighted.
    places: Vec<&'a str>,
    records: Vec<StopRecord<'a>>,
}

/// A record that belongs to a stop.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StopRecord<'a> {
    /// Id of its plan.
    plan: &'a str,
    /// Its table: `projects`, `targets`, `tasks`, `organisations`, `discrepancies`.
    table: &'static str,
    /// Its id in the table.
    id: &'a str,
    title: &'a str,
    title_en: Option<&'a str>,
}

/// The guided tours of an atlas, those of each plan first.
#[must_use]
pub fn tours(index: &IndexedAtlas) -> Tours<'_> {
    let atlas = &index.atlas;
    Tours { items: atlas.tours.iter().map(|tour| view(atlas, tour)).collect() }
}

fn plan(atlas: &Atlas, number: Option<usize>) -> Option<&str> {
    number.map(|number| atlas.plans[number].id.as_str())
}

fn view<'a>(atlas: &'a Atlas, tour: &'a Tour) -> TourView<'a> {
    TourView {
        id: &tour.id,
        title: &tour.title,
        title_en: &tour.title_en,
        plan: plan(atlas, tour.plan),
        stops: tour.stops.iter().map(|stop| stop_view(atlas, stop)).collect(),
    }
}

fn stop_view<'a>(atlas: &'a Atlas, stop: &'a Stop) -> StopView<'a> {
    StopView {
        title: &stop.title,
        title_en: &stop.title_en,
        caption: &stop.caption,
        caption_en: &stop.caption_en,
        plan: plan(atlas, stop.plan),
        section: stop.section.as_deref(),
        center: stop.center,
        zoom: stop.zoom,
        bearing: stop.bearing,
        pitch: stop.pitch,
        layers: stop.layers.iter().map(|&number| atlas.layers[number].id.as_str()).collect(),
        places: stop.places.iter().map(|&place| atlas.place(place).id.as_str()).collect(),
        records: stop.records.iter().map(|&record| record_view(atlas, record)).collect(),
    }
}

fn record_view(atlas: &Atlas, record: RecordIdx) -> StopRecord<'_> {
    let (table, id, title, title_en, provenance) = match record {
        RecordIdx::Project(handle) => {
            let row = atlas.project(handle);
            ("projects", &row.id, &row.name, &row.name_en, &row.provenance)
        }
        RecordIdx::Target(handle) => {
            let row = atlas.target(handle);
            ("targets", &row.id, &row.name, &row.name_en, &row.provenance)
        }
        RecordIdx::Task(handle) => {
            let row = atlas.task(handle);
            ("tasks", &row.id, &row.title, &row.title_en, &row.provenance)
        }
        RecordIdx::Organisation(handle) => {
            let row = atlas.organisation(handle);
            ("organisations", &row.id, &row.name, &row.name_en, &row.provenance)
        }
        RecordIdx::Discrepancy(handle) => {
            let row = atlas.discrepancy(handle);
            ("discrepancies", &row.id, &row.topic, &row.topic_en, &row.provenance)
        }
    };
    let plan = &atlas.plans[provenance.plan].id;
    StopRecord { plan, table, id, title, title_en: title_en.as_deref() }
}
