//! Links, both ways: which records name a place, what lies inside it, who serves a target.

use crate::model::{
    Atlas, DiscrepancyIdx, PlaceIdx, ProjectIdx, Records, RoleIdx, TargetIdx, TaskIdx,
};

impl Atlas {
    /// Fills every link, of an atlas that was written out and read again.
    pub fn relink(&mut self) {
        let ids = self.places.iter().map(|place| place.id.clone());
        self.place_by_id = ids.zip((0..).map(PlaceIdx)).collect();
        self.link_places();
        self.link_records();
        self.link_layers();
    }

    /// Fills the reverse links of places, targets and projects.
    ///
    /// A record that names no place is the county's, so that it is found at the county and
    /// inherited by its townships instead of being lost.
    pub fn link_records(&mut self) {
        let mut records_of = vec![Records::default(); self.places.len()];
        let mut projects_of_target = vec![Vec::new(); self.targets.len()];
        let mut discrepancies_of_target = vec![Vec::new(); self.targets.len()];
        let mut discrepancies_of_project = vec![Vec::new(); self.projects.len()];
        let county = |plan: usize| self.plans[plan].county;
        let or_county = |places: &[PlaceIdx], plan: usize| {
            if places.is_empty() { vec![county(plan)] } else { places.to_vec() }
        };
        for (role, handle) in self.roles.iter().zip((0..).map(RoleIdx)) {
            records_of[role.place.0 as usize].roles.push(handle);
        }
        for (project, handle) in self.projects.iter().zip((0..).map(ProjectIdx)) {
            for place in or_county(&project.places, project.provenance.plan) {
                records_of[place.0 as usize].projects.push(handle);
            }
            for target in &project.targets {
                projects_of_target[target.0 as usize].push(handle);
            }
        }
        for (target, handle) in self.targets.iter().zip((0..).map(TargetIdx)) {
            for place in or_county(&target.places, target.provenance.plan) {
                records_of[place.0 as usize].targets.push(handle);
            }
        }
        for (task, handle) in self.tasks.iter().zip((0..).map(TaskIdx)) {
            for place in or_county(&task.places, task.provenance.plan) {
                records_of[place.0 as usize].tasks.push(handle);
            }
        }
        for (discrepancy, handle) in self.discrepancies.iter().zip((0..).map(DiscrepancyIdx)) {
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
        self.records_of = records_of;
        self.projects_of_target = projects_of_target;
        self.discrepancies_of_target = discrepancies_of_target;
        self.discrepancies_of_project = discrepancies_of_project;
    }

    /// Fills which places lie inside which.
    pub fn link_places(&mut self) {
        let mut inside = vec![Vec::new(); self.places.len()];
        for handle in self.place_handles() {
            if let Some(container) = self.place(handle).within {
                inside[container.0 as usize].push(handle);
            }
        }
        self.inside = inside;
    }

    /// Fills which layers a place is in.
    pub fn link_layers(&mut self) {
        let mut layers_of = vec![Vec::new(); self.places.len()];
        for (number, layer) in self.layers.iter().enumerate() {
            for place in &layer.places {
                layers_of[place.0 as usize].push(number);
            }
        }
        self.layers_of = layers_of;
    }
}
