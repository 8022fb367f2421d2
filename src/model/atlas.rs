//! The whole atlas.

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use crate::model::{
    Basemap, Discrepancy, DiscrepancyIdx, Group, Layer, Organisation, Place, PlaceIdx, Plan,
    Project, ProjectIdx, Restriction, Role, RoleIdx, Site, Surrounding, Target, TargetIdx, Task,
    TaskIdx, Tour, Vocabularies,
};

/// The records that name one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Roles.
    pub roles: Vec<RoleIdx>,
    /// Projects.
    pub projects: Vec<ProjectIdx>,
    /// Targets.
    pub targets: Vec<TargetIdx>,
    /// Tasks.
    pub tasks: Vec<TaskIdx>,
    /// Discrepancies.
    pub discrepancies: Vec<DiscrepancyIdx>,
}

impl Records {
    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.roles.len()
            + self.projects.len()
            + self.targets.len()
            + self.tasks.len()
            + self.discrepancies.len()
    }

    /// Whether no record names the place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A loaded, checked, immutable atlas. Written out and read again it lacks its links: [`Atlas::relink`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Atlas {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Languages offered, first is the default.
    pub languages: Vec<String>,
    /// Map approval number (审图号), where the county has one.
    pub review_number: Option<String>,
    /// Fingerprint of every file read: the same data gives the same version.
    pub data_version: String,
    /// Remarks of the loader that do not keep the atlas from being served.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Plans.
    pub plans: Vec<Plan>,
    /// Groups of layers.
    pub groups: Vec<Group>,
    /// Layers in drawing order of the list, topmost first in the panel.
    pub layers: Vec<Layer>,
    /// What not everybody sees; empty when everything is public.
    #[serde(skip)]
    pub restrictions: Vec<Restriction>,
    /// Guided tours.
    pub tours: Vec<Tour>,
    /// Grounds to draw on.
    pub basemaps: Vec<Basemap>,
    /// Vocabularies.
    pub vocabularies: Vocabularies,
    /// Places.
    pub places: Vec<Place>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Discrepancies.
    pub discrepancies: Vec<Discrepancy>,
    /// Places that the plans offer to investors.
    pub sites: Vec<Site>,
    /// What is looked for around a site.
    pub surroundings: Vec<Surrounding>,
    /// Records of each place, parallel to `places`. A record without places belongs to the county.
    #[serde(skip)]
    pub records_of: Vec<Records>,
    /// Places that lie within each place, parallel to `places`.
    #[serde(skip)]
    pub inside: Vec<Vec<PlaceIdx>>,
    /// Layers of each place, parallel to `places`: positions in `layers`.
    #[serde(skip)]
    pub layers_of: Vec<Vec<usize>>,
    /// Projects that serve each target, parallel to `targets`.
    #[serde(skip)]
    pub projects_of_target: Vec<Vec<ProjectIdx>>,
    /// Discrepancies that concern each target, parallel to `targets`.
    #[serde(skip)]
    pub discrepancies_of_target: Vec<Vec<DiscrepancyIdx>>,
    /// Discrepancies that concern each project, parallel to `projects`.
    #[serde(skip)]
    pub discrepancies_of_project: Vec<Vec<DiscrepancyIdx>>,
    /// Position of each place by id.
    #[serde(skip)]
    pub place_by_id: HashMap<String, PlaceIdx>,
}

macro_rules! accessors {
    ($($name:ident, $field:ident, $handle:ty => $item:ty);* $(;)?) => {$(
        #[doc = concat!("The ", stringify!($name), " behind a handle of this atlas.")]
        #[must_use]
        pub fn $name(&self, handle: $handle) -> &$item {
            &self.$field[handle.0 as usize]
        }
    )*};
}

impl Atlas {
    /// An atlas of places alone: no plan, no record, no layer.
    #[must_use]
    pub fn of_places(places: Vec<Place>) -> Self {
        let count = places.len();
        Self {
            place_by_id: places.iter().map(|p| p.id.clone()).zip((0..).map(PlaceIdx)).collect(),
            places,
            records_of: vec![Records::default(); count],
            inside: vec![Vec::new(); count],
            layers_of: vec![Vec::new(); count],
            ..Self::default()
        }
    }

    accessors! {
        place, places, PlaceIdx => Place;
        role, roles, RoleIdx => Role;
        project, projects, ProjectIdx => Project;
        target, targets, TargetIdx => Target;
        task, tasks, TaskIdx => Task;
        organisation, organisations, crate::model::OrganisationIdx => Organisation;
        discrepancy, discrepancies, DiscrepancyIdx => Discrepancy;
    }

    /// Handles of all places.
    pub fn place_handles(&self) -> impl Iterator<Item = PlaceIdx> + use<> {
        (0..u32::try_from(self.places.len()).unwrap_or(u32::MAX)).map(PlaceIdx)
    }

    /// The place with this id.
    #[must_use]
    pub fn find_place(&self, id: &str) -> Option<PlaceIdx> {
        self.place_by_id.get(id).copied()
    }

    /// Records that name the place itself.
    #[must_use]
    pub fn records(&self, place: PlaceIdx) -> &Records {
        &self.records_of[place.0 as usize]
    }

    /// Places that say they lie within this one.
    #[must_use]
    pub fn inside(&self, place: PlaceIdx) -> &[PlaceIdx] {
        &self.inside[place.0 as usize]
    }

    /// What is offered at a place, where the plans offer it.
    #[must_use]
    pub fn site_at(&self, place: PlaceIdx) -> Option<&Site> {
        self.sites.iter().find(|site| site.place == place)
    }

    /// The township around a place, or the place itself where it is one.
    #[must_use]
    pub fn township_of(&self, place: PlaceIdx) -> Option<PlaceIdx> {
        // A village in a park in a township; more levels than a few are a circle.
        const LEVELS: usize = 8;
        std::iter::successors(Some(place), |p| self.place(*p).within)
            .take(LEVELS)
            .find(|p| self.place(*p).is_township())
    }

    /// The layer with this id.
    #[must_use]
    pub fn layer(&self, id: &str) -> Option<&Layer> {
        self.layers.iter().find(|l| l.id == id)
    }

    /// The position of the layer with this id.
    #[must_use]
    pub fn layer_number(&self, id: &str) -> Option<usize> {
        self.layers.iter().position(|layer| layer.id == id)
    }

    /// The plan for this county.
    #[must_use]
    pub fn plan_of_county(&self, county: PlaceIdx) -> Option<&Plan> {
        self.plans.iter().find(|p| p.county == county)
    }
}
