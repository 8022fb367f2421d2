//! Townships by the names and codes that tables call them by.

use std::collections::HashMap;

use crate::model::{Accuracy, Atlas, Place, PlaceIdx};

/// What a name is.
pub enum Lookup<'a> {
    One(&'a Place),
    Several(Vec<&'a Place>),
    None,
}

/// All townships of an atlas by name, alias and code.
pub struct Townships<'a> {
    atlas: &'a Atlas,
    exact: HashMap<&'a str, Vec<PlaceIdx>>,
    loose: HashMap<&'a str, Vec<PlaceIdx>>,
}

/// What a name may end in; the longer first.
const KINDS: [&str; 7] = ["街道办事处", "人民政府", "街道办", "街道", "镇", "乡", "街"];

impl<'a> Townships<'a> {
    pub fn of(atlas: &'a Atlas) -> Self {
        let mut found = Self { atlas, exact: HashMap::new(), loose: HashMap::new() };
        for handle in atlas.place_handles().filter(|&p| atlas.place(p).is_township()) {
            let place = atlas.place(handle);
            for name in [&place.id, &place.name].into_iter().chain(&place.name_en) {
                found.exact.entry(name).or_default().push(handle);
            }
            let names = place.aliases.iter().chain([&place.name]);
            for name in names.flat_map(|name| [name.as_str(), stem(name)]) {
                let handles = found.loose.entry(name).or_default();
                if !handles.contains(&handle) {
                    handles.push(handle);
                }
            }
        }
        found
    }

    /// The township that a cell means: its code of 9 or 12 digits, its name with or without the
    /// county before and 镇, 乡 or 街道 behind it, or an alias.
    pub fn find(&self, cell: &str) -> Lookup<'a> {
        let cell = cell.trim();
        let (county, name) = self.without_county(cell);
        let code = if name.len() == 12 { name.strip_suffix("000").unwrap_or(name) } else { name };
        let looks = [&self.exact, &self.loose, &self.loose];
        for (names, key) in looks.into_iter().zip([code, name, stem(name)]) {
            let Some(handles) = names.get(key) else { continue };
            let fits =
                |p: &&PlaceIdx| county.is_none_or(|county| self.county_of(**p) == Some(county));
            let places: Vec<&Place> =
                handles.iter().filter(fits).map(|p| self.atlas.place(*p)).collect();
            match places.as_slice() {
                [] => {}
                [place] => return Lookup::One(place),
                _ => return Lookup::Several(places),
            }
        }
        Lookup::None
    }

    /// Names of the township and its county, to tell two of one name apart.
    pub fn full_name(&self, place: &Place) -> String {
        let handle = self.atlas.find_place(&place.id);
        let county =
            handle.and_then(|p| self.county_of(p)).map(|c| self.atlas.place(c).name.as_str());
        format!("{}{}（{}）", county.unwrap_or_default(), place.name, place.id)
    }

    fn county_of(&self, township: PlaceIdx) -> Option<PlaceIdx> {
        let place = self.atlas.place(township);
        place.county.or(place.within)
    }

    fn without_county<'c>(&self, cell: &'c str) -> (Option<PlaceIdx>, &'c str) {
        for plan in &self.atlas.plans {
            let name = self.atlas.place(plan.county).name.as_str();
            if let Some((_, rest)) = cell.split_once(name).filter(|(_, rest)| !rest.is_empty()) {
                return (Some(plan.county), rest.trim());
            }
        }
        (None, cell)
    }
}

fn stem(name: &str) -> &str {
    let stem = KINDS.iter().find_map(|kind| name.strip_suffix(kind));
    // 镇 with nothing before it is no name.
    stem.filter(|stem| stem.chars().count() > 1).unwrap_or(name)
}

/// Where a township is governed from, and how exactly that is known.
pub fn seat(place: &Place) -> Option<(geo::Point<f64>, Accuracy)> {
    match place.seat {
        Some(seat) => Some((seat.position.into(), Accuracy::Seat)),
        // Somewhere in its area is not its seat.
        None => place.anchor().map(|point| (point, Accuracy::Approximate)),
    }
}
