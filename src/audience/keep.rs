//! Which parts of an atlas somebody sees: yes or no for each.

use crate::audience::Scope;
use crate::model::{Atlas, PlaceIdx, RecordIdx, Restricted};

/// Yes or no for each part, parallel to the parts of the atlas.
pub struct Keep {
    pub layers: Vec<bool>,
    pub places: Vec<bool>,
    pub roles: Vec<bool>,
    pub projects: Vec<bool>,
    pub targets: Vec<bool>,
    pub tasks: Vec<bool>,
    pub organisations: Vec<bool>,
    pub discrepancies: Vec<bool>,
    pub sites: Vec<bool>,
    pub tours: Vec<bool>,
    pub basemaps: Vec<bool>,
}

impl Keep {
    /// Follows from what is kept back what goes with it.
    ///
    /// - A place goes with the layers it is in, when none of them is seen; counties of plans stay.
    /// - A line between two places goes with either of them.
    /// - A role or site goes with its place; a record that names places, with the last of them.
    /// - A discrepancy goes with any target or project it is about: it quotes them.
    pub fn of(atlas: &Atlas, scope: &Scope) -> Self {
        let mut keep = Self {
            layers: vec![true; atlas.layers.len()],
            places: vec![true; atlas.places.len()],
            roles: vec![true; atlas.roles.len()],
            projects: vec![true; atlas.projects.len()],
            targets: vec![true; atlas.targets.len()],
            tasks: vec![true; atlas.tasks.len()],
            organisations: vec![true; atlas.organisations.len()],
            discrepancies: vec![true; atlas.discrepancies.len()],
            sites: vec![true; atlas.sites.len()],
            tours: vec![true; atlas.tours.len()],
            basemaps: vec![true; atlas.basemaps.len()],
        };
        if let Some(named) = &scope.layers {
            for (kept, layer) in keep.layers.iter_mut().zip(&atlas.layers) {
                *kept = named.contains(&layer.id);
            }
        }
        for restriction in atlas.restrictions.iter().filter(|r| r.audience > scope.audience) {
            keep.leave_out(&restriction.what);
        }
        keep.follow_places(atlas);
        keep.follow_records(atlas);
        keep
    }

    fn leave_out(&mut self, what: &Restricted) {
        let (list, position) = match *what {
            Restricted::Layer(layer) => (&mut self.layers, layer),
            Restricted::Place(place) => (&mut self.places, place.0 as usize),
            Restricted::Role(role) => (&mut self.roles, role.0 as usize),
            Restricted::Site(site) => (&mut self.sites, site),
            Restricted::Tour(tour) => (&mut self.tours, tour),
            Restricted::Basemap(basemap) => (&mut self.basemaps, basemap),
            Restricted::Record(RecordIdx::Project(p)) => (&mut self.projects, p.0 as usize),
            Restricted::Record(RecordIdx::Target(t)) => (&mut self.targets, t.0 as usize),
            Restricted::Record(RecordIdx::Task(t)) => (&mut self.tasks, t.0 as usize),
            Restricted::Record(RecordIdx::Organisation(o)) => {
                (&mut self.organisations, o.0 as usize)
            }
            Restricted::Record(RecordIdx::Discrepancy(d)) => {
                (&mut self.discrepancies, d.0 as usize)
            }
            Restricted::Field(..) | Restricted::Property(..) => return,
        };
        list[position] = false;
    }

    fn follow_places(&mut self, atlas: &Atlas) {
        for (place, layers) in atlas.layers_of.iter().enumerate() {
            if !layers.is_empty() && !layers.iter().any(|&layer| self.layers[layer]) {
                self.places[place] = false;
            }
        }
        for plan in &atlas.plans {
            self.places[plan.county.0 as usize] = true;
        }
        let ends = atlas.places.iter().map(|place| place.ends);
        let gone: Vec<usize> = ends
            .enumerate()
            .filter(|(_, ends)| ends.is_some_and(|(a, b)| !self.place(a) || !self.place(b)))
            .map(|(place, _)| place)
            .collect();
        for place in gone {
            self.places[place] = false;
        }
    }

    fn follow_records(&mut self, atlas: &Atlas) {
        let seen = self.places.clone();
        let is_seen = |place: PlaceIdx| seen[place.0 as usize];
        let any = |places: &[PlaceIdx]| places.is_empty() || places.iter().any(|&p| is_seen(p));
        let leave = |kept: &mut [bool], stays: &mut dyn Iterator<Item = bool>| {
            for (kept, stays) in kept.iter_mut().zip(stays) {
                *kept &= stays;
            }
        };
        leave(&mut self.roles, &mut atlas.roles.iter().map(|role| is_seen(role.place)));
        leave(&mut self.sites, &mut atlas.sites.iter().map(|site| is_seen(site.place)));
        leave(&mut self.projects, &mut atlas.projects.iter().map(|p| any(&p.places)));
        leave(&mut self.targets, &mut atlas.targets.iter().map(|t| any(&t.places)));
        leave(&mut self.tasks, &mut atlas.tasks.iter().map(|t| any(&t.places)));
        let whole = |d: &crate::model::Discrepancy| {
            any(&d.places)
                && d.targets.iter().all(|t| self.targets[t.0 as usize])
                && d.projects.iter().all(|p| self.projects[p.0 as usize])
        };
        leave(&mut self.discrepancies, &mut atlas.discrepancies.iter().map(whole));
    }

    pub fn place(&self, place: PlaceIdx) -> bool {
        self.places[place.0 as usize]
    }
}
