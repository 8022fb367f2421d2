//! `[audiences.…]` of `atlas.toml`: what not everybody sees.

use serde::Deserialize;

use crate::load::fault::{Fault, What, nearest};
use crate::load::problem::{Location, Problems};
use crate::load::tours::record;
use crate::model::{Atlas, Audience, Restricted, Restriction, RoleIdx, withholdable};
use crate::store::Store;

/// `[audiences]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AudienceEntries {
    investor: Kept,
    internal: Kept,
}

/// What an audience and those above it see, and nobody else.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Kept {
    /// Layer ids.
    layers: Vec<String>,
    /// `layer.property` of layers of one's own.
    properties: Vec<String>,
    /// Place ids.
    places: Vec<String>,
    /// `plan/table/id`.
    records: Vec<String>,
    /// `table.column`.
    fields: Vec<String>,
    /// Tour ids.
    tours: Vec<String>,
    /// Basemap ids.
    basemaps: Vec<String>,
}

/// Takes over what is kept from whom; the atlas is complete otherwise.
pub fn read(
    atlas: &mut Atlas,
    entries: AudienceEntries,
    stores: &[std::sync::Arc<Store>],
    file: &str,
    problems: &mut Problems,
) {
    let kept = [(Audience::Investor, entries.investor), (Audience::Internal, entries.internal)];
    let mut restrictions = Vec::new();
    for (audience, kept) in kept {
        let at = Location::file(file).of(&format!("audiences.{}", audience.id()));
        let mut names = Names { atlas, stores, at, problems };
        let found = names.all(&kept);
        restrictions.extend(found.into_iter().map(|what| Restriction { audience, what }));
    }
    atlas.restrictions = restrictions;
}

struct Names<'a> {
    atlas: &'a Atlas,
    stores: &'a [std::sync::Arc<Store>],
    at: Location,
    problems: &'a mut Problems,
}

impl Names<'_> {
    fn all(&mut self, kept: &Kept) -> Vec<Restricted> {
        let mut all = self.each("layers", &kept.layers, Self::layer);
        all.extend(self.each("properties", &kept.properties, Self::property));
        all.extend(self.each("places", &kept.places, Self::place));
        all.extend(self.each("records", &kept.records, Self::record));
        all.extend(self.each("fields", &kept.fields, Self::field));
        all.extend(self.each("tours", &kept.tours, Self::tour));
        all.extend(self.each("basemaps", &kept.basemaps, Self::basemap));
        all
    }

    fn each(
        &mut self,
        key: &str,
        names: &[String],
        find: impl Fn(&Self, &str) -> Result<Restricted, Fault>,
    ) -> Vec<Restricted> {
        let mut found = Vec::new();
        for name in names {
            match find(self, name) {
                Ok(what) => found.push(what),
                Err(fault) => self.problems.error(self.at.clone().field(key), fault),
            }
        }
        found
    }

    fn layer(&self, id: &str) -> Result<Restricted, Fault> {
        self.layer_number(id).map(Restricted::Layer)
    }

    fn layer_number(&self, id: &str) -> Result<usize, Fault> {
        let ids = || self.atlas.layers.iter().map(|layer| layer.id.as_str());
        let number = self.atlas.layer_number(id);
        number.ok_or_else(|| dangling(What::Layer, id, nearest(id, ids())))
    }

    /// A property that some feature of the layer has. Places of the plans have columns instead.
    fn property(&self, path: &str) -> Result<Restricted, Fault> {
        let (layer, name) = path.rsplit_once('.').unwrap_or((path, ""));
        let number = self.layer_number(layer)?;
        let places = self.atlas.layers[number].places.iter();
        let of_places = places.flat_map(|&place| self.atlas.place(place).properties.keys());
        let stores = self.stores.iter().filter(|store| store.layer() == layer);
        let of_stores = stores.flat_map(|store| store.properties()).map(|known| &known.name);
        let known: Vec<&str> = of_places.chain(of_stores).map(String::as_str).collect();
        // Large layers keep it beside the properties, for every feature.
        if name == "accuracy" && self.stores.iter().any(|store| store.layer() == layer) {
            return Err(Fault::AccuracyWithheld);
        }
        if known.contains(&name) {
            return Ok(Restricted::Property(number, name.to_owned()));
        }
        Err(dangling(What::Property, path, nearest(name, known.into_iter())))
    }

    fn place(&self, id: &str) -> Result<Restricted, Fault> {
        let ids = || self.atlas.place_by_id.keys().map(String::as_str);
        let place = self
            .atlas
            .find_place(id)
            .ok_or_else(|| dangling(What::Place, id, nearest(id, ids())))?;
        if self.atlas.plan_of_county(place).is_some() {
            return Err(Fault::CountyWithheld);
        }
        Ok(Restricted::Place(place))
    }

    fn record(&self, path: &str) -> Result<Restricted, Fault> {
        if let Some(record) = record(self.atlas, path) {
            return Ok(Restricted::Record(record));
        }
        let mut parts = path.splitn(3, '/');
        let (plan, table, id) = (parts.next(), parts.next(), parts.next());
        let plan = plan.and_then(|plan| self.atlas.plans.iter().position(|p| p.id == plan));
        let found = match (plan, table, id) {
            (Some(plan), Some("roles"), Some(id)) => (0..)
                .zip(&self.atlas.roles)
                .find(|(_, role)| role.provenance.plan == plan && role.id == id)
                .map(|(number, _)| Restricted::Role(RoleIdx(number))),
            (Some(plan), Some("sites"), Some(id)) => {
                let sites = &mut self.atlas.sites.iter();
                sites
                    .position(|site| site.provenance.plan == plan && site.id == id)
                    .map(Restricted::Site)
            }
            _ => None,
        };
        found.ok_or_else(|| dangling(What::Record, path, None))
    }

    #[expect(clippy::unused_self, reason = "called like the others")]
    fn field(&self, path: &str) -> Result<Restricted, Fault> {
        let known: Vec<String> = withholdable().collect();
        match path.split_once('.') {
            Some((table, column)) if known.iter().any(|known| known == path) => {
                Ok(Restricted::Field(table.to_owned(), column.to_owned()))
            }
            _ => {
                let hint = nearest(path, known.iter().map(String::as_str));
                Err(dangling(What::Field, path, hint))
            }
        }
    }

    fn tour(&self, id: &str) -> Result<Restricted, Fault> {
        let tours = &self.atlas.tours;
        tours.iter().position(|tour| tour.id == id).map(Restricted::Tour).ok_or_else(|| {
            dangling(What::Tour, id, nearest(id, tours.iter().map(|tour| tour.id.as_str())))
        })
    }

    fn basemap(&self, id: &str) -> Result<Restricted, Fault> {
        let basemaps = &self.atlas.basemaps;
        let ids = || basemaps.iter().map(|basemap| basemap.id.as_str());
        basemaps
            .iter()
            .position(|basemap| basemap.id == id)
            .map(Restricted::Basemap)
            .ok_or_else(|| dangling(What::Basemap, id, nearest(id, ids())))
    }
}

fn dangling(what: What, id: &str, nearest: Option<String>) -> Fault {
    Fault::Dangling { what, id: id.to_owned(), nearest }
}
