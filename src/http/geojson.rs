//! GeoJSON that a client sends.

use geo::Geometry;
use geojson::{Feature, GeoJson};

use crate::http::problem::Problem;
use crate::model::NAME_PROPERTIES;
use crate::query::OwnFeature;
use crate::query::cql2::from_geojson as convert;

/// One geometry, bare or in a Feature.
pub fn geometry(body: &[u8]) -> Result<Geometry<f64>, Problem> {
    let bad = |detail: &str| Problem::bad_request(detail.to_owned());
    let geometry = match parse(body)? {
        GeoJson::Geometry(geometry) => geometry,
        GeoJson::Feature(feature) => {
            feature.geometry.ok_or_else(|| bad("the feature has no geometry"))?
        }
        GeoJson::FeatureCollection(_) => {
            return Err(bad("a FeatureCollection was sent; send one geometry or Feature"));
        }
    };
    convert(geometry).map_err(Problem::bad_request)
}

/// A layer: a FeatureCollection, a Feature or a bare geometry.
pub fn features(body: &[u8]) -> Result<Vec<OwnFeature>, Problem> {
    let features = match parse(body)? {
        GeoJson::FeatureCollection(collection) => collection.features,
        GeoJson::Feature(feature) => vec![feature],
        GeoJson::Geometry(geometry) => vec![Feature::from(geometry)],
    };
    let own = |(index, feature): (usize, Feature)| {
        let text = |key: &&str| feature.property(key)?.as_str().map(str::to_owned);
        let name = NAME_PROPERTIES.iter().filter_map(text).find(|name| !name.is_empty());
        let geometry =
            feature.geometry.map(convert).transpose().map_err(|error| {
                Problem::bad_request(format!("feature {index} (from 0): {error}"))
            })?;
        Ok(OwnFeature { name, geometry })
    };
    features.into_iter().enumerate().map(own).collect()
}

fn parse(body: &[u8]) -> Result<GeoJson, Problem> {
    let bad = |detail: String| Problem::bad_request(detail);
    let text = std::str::from_utf8(body).map_err(|error| bad(format!("not UTF-8: {error}")))?;
    text.parse().map_err(|error| bad(format!("not GeoJSON: {error}")))
}
