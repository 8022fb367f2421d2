//! Takes parts out of an atlas, and makes what is left whole again: handles, links, layers.

use crate::audience::keep::Keep;
use crate::model::{
    Atlas, DROPPED_GROUP, DiscrepancyIdx, OrganisationIdx, PlaceIdx, ProjectIdx, RecordIdx, Stop,
    TargetIdx, TaskIdx,
};

/// New positions of what is kept.
struct Moved(Vec<Option<u32>>);

impl Moved {
    fn new(kept: &[bool]) -> Self {
        let mut next = 0..;
        Self(kept.iter().map(|kept| if *kept { next.next() } else { None }).collect())
    }

    fn to(&self, old: u32) -> Option<u32> {
        self.0[old as usize]
    }
}

macro_rules! moving {
    ($($name:ident $many:ident: $handle:ident),* $(,)?) => {
        /// New positions of everything that handles point to.
        struct Positions { $($name: Moved,)* discrepancies: Moved, layers: Moved }

        impl Positions {
            $(
                fn $name(&self, old: $handle) -> Option<$handle> {
                    self.$name.to(old.0).map($handle)
                }

                fn $many(&self, handles: &mut Vec<$handle>) {
                    *handles = handles.iter().filter_map(|&old| self.$name(old)).collect();
                }
            )*
        }
    };
}

moving! {
    place places: PlaceIdx,
    project projects: ProjectIdx,
    target targets: TargetIdx,
    task tasks: TaskIdx,
    organisation organisations: OrganisationIdx,
}

fn sift<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next() == Some(&true));
}

/// Takes out what is not kept.
pub fn apply(atlas: &mut Atlas, keep: &Keep) {
    let positions = Positions {
        place: Moved::new(&keep.places),
        project: Moved::new(&keep.projects),
        target: Moved::new(&keep.targets),
        task: Moved::new(&keep.tasks),
        organisation: Moved::new(&keep.organisations),
        discrepancies: Moved::new(&keep.discrepancies),
        layers: Moved::new(&keep.layers),
    };
    // Around a place that is not seen may be one that is.
    let around: Vec<Option<PlaceIdx>> =
        atlas.place_handles().map(|place| seen_around(atlas, keep, place)).collect();
    for (place, within) in atlas.places.iter_mut().zip(around) {
        place.within = within;
    }
    sift(&mut atlas.places, &keep.places);
    sift(&mut atlas.roles, &keep.roles);
    sift(&mut atlas.projects, &keep.projects);
    sift(&mut atlas.targets, &keep.targets);
    sift(&mut atlas.tasks, &keep.tasks);
    sift(&mut atlas.organisations, &keep.organisations);
    sift(&mut atlas.discrepancies, &keep.discrepancies);
    sift(&mut atlas.sites, &keep.sites);
    sift(&mut atlas.tours, &keep.tours);
    sift(&mut atlas.basemaps, &keep.basemaps);
    let before: Vec<String> = atlas.layers.iter().map(|layer| layer.group.clone()).collect();
    sift(&mut atlas.layers, &keep.layers);
    // The heading of what is not there would say that there is something.
    atlas.groups.retain(|group| {
        atlas.layers.iter().any(|layer| layer.group == group.id)
            || (group.id != DROPPED_GROUP && !before.contains(&group.id))
    });
    point(atlas, &positions);
    let Atlas { surroundings, layers, .. } = &mut *atlas;
    for category in surroundings {
        category.layers.retain(|id| layers.iter().any(|layer| layer.id == *id));
    }
    atlas.surroundings.retain(|category| !category.layers.is_empty());
    atlas.link_places();
    atlas.link_records();
    let mut layers = std::mem::take(&mut atlas.layers);
    for layer in &mut layers {
        atlas.fill(layer);
    }
    atlas.layers = layers;
    atlas.link_layers();
}

/// The nearest place around another that is seen.
fn seen_around(atlas: &Atlas, keep: &Keep, place: PlaceIdx) -> Option<PlaceIdx> {
    // As deep as `Atlas::township_of` looks.
    const LEVELS: usize = 8;
    let outward = std::iter::successors(atlas.place(place).within, |p| atlas.place(*p).within);
    outward.take(LEVELS).find(|&p| keep.place(p))
}

/// Points every handle to where its thing is now; what is gone is no longer pointed to.
fn point(atlas: &mut Atlas, to: &Positions) {
    for place in &mut atlas.places {
        place.within = place.within.and_then(|p| to.place(p));
        place.county = place.county.and_then(|p| to.place(p));
        place.ends = place.ends.and_then(|(a, b)| Some((to.place(a)?, to.place(b)?)));
    }
    atlas.place_by_id =
        atlas.places.iter().map(|place| place.id.clone()).zip((0..).map(PlaceIdx)).collect();
    for plan in &mut atlas.plans {
        // Counties are always seen.
        plan.county = to.place(plan.county).unwrap_or(plan.county);
    }
    for role in &mut atlas.roles {
        role.place = to.place(role.place).unwrap_or(role.place);
    }
    for site in &mut atlas.sites {
        site.place = to.place(site.place).unwrap_or(site.place);
        to.targets(&mut site.targets);
        to.tasks(&mut site.measures);
    }
    for project in &mut atlas.projects {
        to.places(&mut project.places);
        to.targets(&mut project.targets);
        to.organisations(&mut project.lead_units);
        to.organisations(&mut project.cooperating_units);
    }
    for target in &mut atlas.targets {
        to.places(&mut target.places);
        target.indicator = target.indicator.and_then(|indicator| to.target(indicator));
    }
    for task in &mut atlas.tasks {
        to.places(&mut task.places);
        to.organisations(&mut task.lead_units);
        to.organisations(&mut task.cooperating_units);
    }
    for discrepancy in &mut atlas.discrepancies {
        to.places(&mut discrepancy.places);
        to.targets(&mut discrepancy.targets);
        to.projects(&mut discrepancy.projects);
    }
    atlas.tours.iter_mut().flat_map(|tour| &mut tour.stops).for_each(|stop| point_stop(stop, to));
}

fn point_stop(stop: &mut Stop, to: &Positions) {
    to.places(&mut stop.places);
    let layer = |&old: &usize| to.layers.0[old].map(|new| new as usize);
    stop.layers = stop.layers.iter().filter_map(layer).collect();
    let record = |&record: &RecordIdx| {
        Some(match record {
            RecordIdx::Project(old) => RecordIdx::Project(to.project(old)?),
            RecordIdx::Target(old) => RecordIdx::Target(to.target(old)?),
            RecordIdx::Task(old) => RecordIdx::Task(to.task(old)?),
            RecordIdx::Organisation(old) => RecordIdx::Organisation(to.organisation(old)?),
            RecordIdx::Discrepancy(old) => {
                RecordIdx::Discrepancy(DiscrepancyIdx(to.discrepancies.to(old.0)?))
            }
        })
    };
    stop.records = stop.records.iter().filter_map(record).collect();
}
