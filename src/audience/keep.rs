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
    /// - A figure of the text goes with the indicator that it repeats.
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
        if let Some(chosen) = &scope.chosen {
            for (kept, layer) in keep.layers.iter_mut().zip(&atlas.layers) {
                *kept = chosen.layers.contains(&layer.id);
            }
            for (kept, tour) in keep.tours.iter_mut().zip(&atlas.tours) {
                *kept = chosen.tour.as_ref() == Some(&tour.id);
            }
        }
        for (kept, layer) in keep.layers.iter_mut().zip(&atlas.layers) {
            *kept &= !scope.without_large || layer.select.is_some();
        }
        for restriction in atlas.restrictions.iter().filter(|r| r.audience > scope.audience) {
            keep.leave_out(&restriction.what);
            // A layer of sites is all of them, whatever other layers their places are in.
            if let Restricted::Layer(layer) = restriction.what
                && atlas.layers[layer].select.as_ref().is_some_and(|select| select.sites)
            {
                keep.sites.fill(false);
            }
        }
        keep.follow_places(atlas);
        keep.follow_records(atlas);
        if scope.chosen.is_some() {
            keep.only_what_belongs(atlas);
        }
        keep
    }

    /// Leaves out places that were in a layer and are in none of those that are seen, because a role or a site
    /// that brought them there is gone; says whether there were any.
    pub fn leave_out_homeless(&mut self, atlas: &Atlas, seen: &Atlas) -> bool {
        let is_homeless = |place: &crate::model::Place| {
            let before = atlas.find_place(&place.id);
            before.is_some_and(|before| !atlas.layers_of[before.0 as usize].is_empty())
                && !atlas.plans.iter().any(|plan| Some(plan.county) == before)
        };
        let homeless: Vec<PlaceIdx> = seen
            .places
            .iter()
            .zip(&seen.layers_of)
            .filter(|(place, layers)| layers.is_empty() && is_homeless(place))
            .filter_map(|(place, _)| atlas.find_place(&place.id))
            .collect();
        if homeless.is_empty() {
            return false;
        }
        for place in homeless {
            self.places[place.0 as usize] = false;
        }
        self.follow_ends(atlas);
        self.follow_records(atlas);
        true
    }

    /// Of records, leaves only those that belong to places of chosen layers: those that name one, what their sites
    /// and projects lead to, and the units responsible.
    fn only_what_belongs(&mut self, atlas: &Atlas) {
        let is_shown = |place: &PlaceIdx| {
            let layers = &atlas.layers_of[place.0 as usize];
            self.places[place.0 as usize] && layers.iter().any(|&layer| self.layers[layer])
        };
        let any = |places: &[PlaceIdx]| places.iter().any(is_shown);
        let roles: Vec<bool> = atlas.roles.iter().map(|role| is_shown(&role.place)).collect();
        let sites: Vec<bool> = atlas.sites.iter().map(|site| is_shown(&site.place)).collect();
        let projects: Vec<bool> = atlas.projects.iter().map(|p| any(&p.places)).collect();
        let mut targets: Vec<bool> = atlas.targets.iter().map(|t| any(&t.places)).collect();
        let mut tasks: Vec<bool> = atlas.tasks.iter().map(|t| any(&t.places)).collect();
        let discrepancies: Vec<bool> = atlas.discrepancies.iter().map(|d| any(&d.places)).collect();
        narrow(&mut self.roles, roles);
        narrow(&mut self.sites, sites);
        narrow(&mut self.projects, projects);
        narrow(&mut self.discrepancies, discrepancies);
        for (site, _) in atlas.sites.iter().zip(&self.sites).filter(|(_, kept)| **kept) {
            site.targets.iter().for_each(|target| targets[target.0 as usize] = true);
            site.measures.iter().for_each(|task| tasks[task.0 as usize] = true);
        }
        let kept_projects = || atlas.projects.iter().zip(&self.projects).filter(|(_, kept)| **kept);
        for (project, _) in kept_projects() {
            project.targets.iter().for_each(|target| targets[target.0 as usize] = true);
        }
        narrow(&mut self.targets, targets);
        narrow(&mut self.tasks, tasks);
        let mut units = vec![false; atlas.organisations.len()];
        let kept_tasks = atlas.tasks.iter().zip(&self.tasks).filter(|(_, kept)| **kept);
        let named = kept_projects()
            .flat_map(|(project, _)| project.lead_units.iter().chain(&project.cooperating_units))
            .chain(kept_tasks.flat_map(|(t, _)| t.lead_units.iter().chain(&t.cooperating_units)));
        named.for_each(|unit| units[unit.0 as usize] = true);
        narrow(&mut self.organisations, units);
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
        self.follow_ends(atlas);
    }

    /// A line may end at another line.
    fn follow_ends(&mut self, atlas: &Atlas) {
        loop {
            let gone = |(number, place): (usize, &crate::model::Place)| {
                let loose = |(a, b)| !self.place(a) || !self.place(b);
                (self.places[number] && place.ends.is_some_and(loose)).then_some(number)
            };
            let gone: Vec<usize> = atlas.places.iter().enumerate().filter_map(gone).collect();
            if gone.is_empty() {
                return;
            }
            for place in gone {
                self.places[place] = false;
            }
        }
    }

    fn follow_records(&mut self, atlas: &Atlas) {
        let seen = self.places.clone();
        let is_seen = |place: PlaceIdx| seen[place.0 as usize];
        let any = |places: &[PlaceIdx]| places.is_empty() || places.iter().any(|&p| is_seen(p));
        narrow(&mut self.roles, atlas.roles.iter().map(|role| is_seen(role.place)));
        narrow(&mut self.sites, atlas.sites.iter().map(|site| is_seen(site.place)));
        narrow(&mut self.projects, atlas.projects.iter().map(|p| any(&p.places)));
        narrow(&mut self.targets, atlas.targets.iter().map(|t| any(&t.places)));
        narrow(&mut self.tasks, atlas.tasks.iter().map(|t| any(&t.places)));
        // A figure of the text that repeats an indicator says what that says.
        let stays = |t: &crate::model::Target| {
            t.indicator.is_none_or(|indicator| self.targets[indicator.0 as usize])
        };
        let repeated: Vec<bool> = atlas.targets.iter().map(stays).collect();
        narrow(&mut self.targets, repeated);
        let whole = |d: &crate::model::Discrepancy| {
            any(&d.places)
                && d.targets.iter().all(|t| self.targets[t.0 as usize])
                && d.projects.iter().all(|p| self.projects[p.0 as usize])
        };
        narrow(&mut self.discrepancies, atlas.discrepancies.iter().map(whole));
    }

    pub fn place(&self, place: PlaceIdx) -> bool {
        self.places[place.0 as usize]
    }
}

/// Leaves out what is not among those that stay.
fn narrow(kept: &mut [bool], stay: impl IntoIterator<Item = bool>) {
    for (kept, stays) in kept.iter_mut().zip(stay) {
        *kept &= stays;
    }
}
