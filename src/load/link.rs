//! Links, both ways: which records name a place, what lies inside it, who serves a target.

use crate::model::{
    Atlas, DiscrepancyIdx, PlaceIdx, ProjectIdx, Records, RoleIdx, TargetIdx, TaskIdx,
};

/// Fills the reverse links of places, targets and projects.
///
/// A record that names no place is the county's, so that it is found at the county and
/// inherited by its townships instead of being lost.
pub fn link_records(atlas: &mut Atlas) {
    let mut records_of = vec![Records::default(); atlas.places.len()];
    let mut projects_of_target = vec![Vec::new(); atlas.targets.len()];
    let mut discrepancies_of_target = vec![Vec::new(); atlas.targets.len()];
    let mut discrepancies_of_project = vec![Vec::new(); atlas.projects.len()];
    let county = |plan: usize| atlas.plans[plan].county;
    let or_county = |places: &[PlaceIdx], plan: usize| {
        if places.is_empty() { vec![county(plan)] } else { places.to_vec() }
    };
    for (role, handle) in atlas.roles.iter().zip((0..).map(RoleIdx)) {
        records_of[role.place.0 as usize].roles.push(handle);
    }
    for (project, handle) in atlas.projects.iter().zip((0..).map(ProjectIdx)) {
        for place in or_county(&project.places, project.provenance.plan) {
            records_of[place.0 as usize].projects.push(handle);
        }
        for target in &project.targets {
            projects_of_target[target.0 as usize].push(handle);
        }
    }
    for (target, handle) in atlas.targets.iter().zip((0..).map(TargetIdx)) {
        for place in or_county(&target.places, target.provenance.plan) {
            records_of[place.0 as usize].targets.push(handle);
        }
    }
    for (task, handle) in atlas.tasks.iter().zip((0..).map(TaskIdx)) {
        for place in or_county(&task.places, task.provenance.plan) {
            records_of[place.0 as usize].tasks.push(handle);
        }
    }
    for (discrepancy, handle) in atlas.discrepancies.iter().zip((0..).map(DiscrepancyIdx)) {
        for place in or_county(&discrepancy.places, discrepancy.provenance.plan) {
            records_of[place.0 as usize].discrepancies.push(handle);
        }
        for target in &discrepancy.targets {
            discrepancies_of_target[target.0 as usize].push(handle);
        }
        for project in &discrepancy.projects {
            discrepancies_of_project[project.0 as usize].push(handle);
        }
    }
    atlas.records_of = records_of;
    atlas.projects_of_target = projects_of_target;
    atlas.discrepancies_of_target = discrepancies_of_target;
    atlas.discrepancies_of_project = discrepancies_of_project;
}

/// Fills which places lie inside which.
pub fn link_places(atlas: &mut Atlas) {
    let mut inside = vec![Vec::new(); atlas.places.len()];
    for handle in atlas.place_handles() {
        if let Some(container) = atlas.place(handle).within {
            inside[container.0 as usize].push(handle);
        }
    }
    atlas.inside = inside;
}

/// Fills which layers a place is in.
pub fn link_layers(atlas: &mut Atlas) {
    let mut layers_of = vec![Vec::new(); atlas.places.len()];
    for (number, layer) in atlas.layers.iter().enumerate() {
        for place in &layer.places {
            layers_of[place.0 as usize].push(number);
        }
    }
    atlas.layers_of = layers_of;
}
