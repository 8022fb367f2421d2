//! Places: everything that can be pointed at on the map, and things nobody has located yet.

use geo::{BoundingRect, Coord, Geometry, InteriorPoint, Intersects, Point, Rect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::TermRef;

/// Position of a place in [`Atlas::places`](crate::model::Atlas::places).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceIdx(pub u32);

/// How exactly a position or outline is known, from best to worst.
///
/// Nothing may be drawn, listed or exported as more exact than this says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Accuracy {
    /// Measured in the field.
    Surveyed,
    /// A published point or outline of the thing itself.
    Published,
    /// Stands on the seat of its township; the thing itself is somewhere in that township.
    Seat,
    /// Placed from general knowledge; may be kilometres off.
    Approximate,
    /// A diagram, not a boundary or a course.
    Schematic,
}

impl Accuracy {
    /// All values, from best to worst.
    pub const ALL: [Self; 5] =
        [Self::Surveyed, Self::Published, Self::Seat, Self::Approximate, Self::Schematic];

    /// The word used in data files, URLs and tiles.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Surveyed => "surveyed",
            Self::Published => "published",
            Self::Seat => "seat",
            Self::Approximate => "approximate",
            Self::Schematic => "schematic",
        }
    }

    /// Chinese and English label, as legends and dossiers print them.
    #[must_use]
    pub fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Surveyed => ("实测", "Surveyed"),
            Self::Published => ("公开资料位置", "Published position"),
            Self::Seat => ("乡镇驻地代替", "Stands on the township seat"),
            Self::Approximate => ("大致位置", "Approximate"),
            Self::Schematic => ("示意，非行政界线", "Schematic, not a boundary"),
        }
    }

    /// The value with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.id() == id)
    }
}

/// Properties that commonly hold the name of a feature of anybody's file, in the order they are tried.
pub const NAME_PROPERTIES: [&str; 6] = ["name", "NAME", "Name", "名称", "地名", "MC"];

/// Kinds of place with a meaning to the program; all others are the data folder's own.
pub mod kinds {
    /// Township or subdistrict, the unit that planners click.
    pub const TOWNSHIP: &str = "township";
    /// County that a plan is for.
    pub const COUNTY: &str = "county";
    /// County shown as context only.
    pub const NEIGHBOUR_COUNTY: &str = "neighbour-county";
    /// A place that stands for every township of its county: what is said of it, each inherits.
    pub const ALL_TOWNSHIPS: &str = "all-townships";
    /// Feature of a file that was dropped into the folder.
    pub const FEATURE: &str = "feature";

    /// The term of [`FEATURE`], for data folders whose vocabulary does not have it.
    #[must_use]
    pub fn feature() -> crate::model::Term {
        crate::model::Term { id: FEATURE.into(), zh: "要素".into(), en: "Feature".into() }
    }
}

/// Where a township is governed from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Longitude and latitude, degrees.
    pub position: Coord<f64>,
    /// How exactly that is known.
    pub accuracy: Option<Accuracy>,
}

/// A place: a GeoJSON feature with a stable id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    /// `500235143` for a township, `yunyang:longgang` for others.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Pinyin with tone marks.
    pub pinyin: Option<String>,
    /// Other names in the documents.
    pub aliases: Vec<String>,
    /// Kind of place.
    pub kind: TermRef,
    /// County it belongs to; `None` for regions beyond the counties.
    pub county: Option<PlaceIdx>,
    /// Township (or county) that contains it.
    pub within: Option<PlaceIdx>,
    /// How exactly `geometry` is known; `None` without geometry, or where a dropped layer is silent.
    pub accuracy: Option<Accuracy>,
    /// Where the geometry comes from.
    pub source: Option<TermRef>,
    /// Remark in Chinese.
    pub note: Option<String>,
    /// Remark in English.
    pub note_en: Option<String>,
    /// Seat of a township.
    pub seat: Option<Seat>,
    /// The two ends of a link between places.
    pub ends: Option<(PlaceIdx, PlaceIdx)>,
    /// Longitude and latitude, degrees; `None` for a place nobody has located.
    pub geometry: Option<Geometry<f64>>,
    /// File it was read from, relative to the data folder.
    pub file: String,
    /// Further properties of features of a dropped layer, as found.
    pub properties: serde_json::Map<String, serde_json::Value>,
}

impl Place {
    /// A place of which only this is known.
    #[must_use]
    pub fn new(id: String, name: String, kind: TermRef, geometry: Option<Geometry<f64>>) -> Self {
        Self {
            id,
            name,
            name_en: None,
            pinyin: None,
            aliases: Vec::new(),
            kind,
            county: None,
            within: None,
            accuracy: None,
            source: None,
            note: None,
            note_en: None,
            seat: None,
            ends: None,
            geometry,
            file: String::new(),
            properties: serde_json::Map::new(),
        }
    }

    /// Takes a property of a feature of a layer of one's own away, and with it what was made of it: its name, its
    /// English name, how exactly it is located.
    pub fn withhold_property(&mut self, name: &str) {
        if self.properties.shift_remove(name).is_none() {
            return;
        }
        let (kind, geometry) = (self.kind.clone(), self.geometry.take());
        let properties = std::mem::take(&mut self.properties);
        let left = Self::found(self.id.clone(), kind, geometry, &self.file, properties);
        (self.geometry, self.properties) = (left.geometry, left.properties);
        (self.name, self.name_en, self.accuracy) = (left.name, left.name_en, left.accuracy);
        self.pinyin = None;
    }

    /// A feature of somebody's file: its name, English name and accuracy are taken from properties that
    /// commonly hold them, and all properties are kept.
    #[must_use]
    pub fn found(
        id: String,
        kind: TermRef,
        geometry: Option<Geometry<f64>>,
        file: &str,
        properties: serde_json::Map<String, serde_json::Value>,
    ) -> Self {
        let text = |key: &str| properties.get(key)?.as_str().filter(|text| !text.is_empty());
        let name = NAME_PROPERTIES.iter().find_map(|key| text(key)).unwrap_or(&id).to_owned();
        let name_en = text("name_en").map(str::to_owned);
        let accuracy = text("accuracy").and_then(Accuracy::from_id);
        let file = file.to_owned();
        Self { name_en, accuracy, file, properties, ..Self::new(id, name, kind, geometry) }
    }

    /// Smallest box around the geometry.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<f64>> {
        self.geometry.as_ref().and_then(BoundingRect::bounding_rect)
    }

    /// One point that stands for the place: its seat, if that lies in its outline, or a point inside
    /// its geometry.
    ///
    /// Costs a scan of the geometry; callers in hot paths keep the result.
    #[must_use]
    pub fn anchor(&self) -> Option<Point<f64>> {
        let seat = self.seat.map(|seat| Point(seat.position));
        match &self.geometry {
            Some(Geometry::Point(p)) => Some(*p),
            Some(g) => seat.filter(|seat| g.intersects(seat)).or_else(|| g.interior_point()),
            None => seat,
        }
    }

    /// Whether the place is a township or subdistrict, the unit that planners click.
    #[must_use]
    pub fn is_township(&self) -> bool {
        self.kind.id == kinds::TOWNSHIP
    }
}
