//! Who may see what. Everything is public unless `atlas.toml` says otherwise.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{PlaceIdx, RecordIdx, RoleIdx};

/// Who looks at the atlas; each sees what those before it see.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// Whoever is shown sites.
    Investor,
    /// The staff.
    Internal,
}

impl Audience {
    /// All of them, from the one that sees least.
    pub const ALL: [Self; 3] = [Self::Public, Self::Investor, Self::Internal];

    /// Its word.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Investor => "investor",
            Self::Internal => "internal",
        }
    }
}

/// Something that only this audience and those above it see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// The first audience that sees it.
    pub audience: Audience,
    /// What it is.
    pub what: Restricted,
}

/// What can be kept from an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restricted {
    /// A layer, by position, and the places that are in no other layer which is seen.
    Layer(usize),
    /// A property of the features of a layer of one's own: the layer, by position, and its name.
    Property(usize, String),
    /// A place.
    Place(PlaceIdx),
    /// A record of a table.
    Record(RecordIdx),
    /// A role.
    Role(RoleIdx),
    /// A site, by position.
    Site(usize),
    /// A column of the tables of this name, or of `places`.
    Field(String, String),
    /// A guided tour, by position.
    Tour(usize),
    /// A ground, by position.
    Basemap(usize),
}
