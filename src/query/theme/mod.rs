//! Themes: one number for every township, or for every feature of a layer of one's own, to be laid
//! over the map in classes.
//!
//! A township has what is said of it and of every place inside it; what a plan says of the whole
//! county is nobody's in particular and does not count. A theme is offered only where some place
//! has a value, so that a folder without herbs has no theme of herbs.

mod fields;
mod measures;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::index::IndexedAtlas;
use crate::model::{Atlas, PlaceIdx, kinds};
use crate::query::refs::PlaceRef;
use crate::query::resolve::{Given, Resolver, UnknownValue, given};
use fields::Field;
use measures::{MEASURES, Measure, Narrowed, Township};

/// What the numbers of a theme are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// How many.
    Count,
    /// Which of the levels.
    Rank,
    /// A number of the data.
    Number,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Theme {
    /// Its id: a word, or `field:LAYER:PROPERTY`.
    #[schema(example = "projects")]
    id: String,
    /// Title.
    title: String,
    /// Title in English.
    title_en: String,
    /// Unit of the numbers; empty where they have none.
    unit: String,
    /// Unit in English.
    unit_en: String,
    /// Layer whose places have the values.
    layer: String,
    /// What the numbers are.
    scale: Scale,
    /// Parameters that narrow it down: `industry`, `year`.
    by: Vec<&'static str>,
    /// What exactly is counted.
    note: String,
    /// The same in English.
    note_en: String,
    /// What each number of a rank means, highest first.
    levels: Vec<Level>,
}

/// What a number of a rank means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Level {
    /// The number; higher is higher.
    value: u8,
    /// In Chinese.
    label: String,
    /// In English.
    label_en: String,
}

/// The themes of an atlas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Themes {
    /// The themes.
    items: Vec<Theme>,
}

/// The value of one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeValue<'a> {
    /// The place.
    place: PlaceRef<'a>,
    /// The number; `null` where nothing is known, which is not nought.
    value: Option<f64>,
}

/// The values of a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeValues<'a> {
    /// The theme.
    theme: Theme,
    /// Every place of the layer, in the order of the files.
    values: Vec<ThemeValue<'a>>,
    /// How many places there are.
    total: usize,
}

/// What a theme is narrowed down to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ThemeFilter {
    /// Industry, by id or Chinese word.
    pub industry: Option<String>,
    /// Latest year of the deadline; what has no deadline does not count then.
    pub year: Option<String>,
}

/// Why a theme cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// No such theme.
    #[error("there is no theme {0:?}; /api/themes lists them")]
    Unknown(String),
    /// A filter that the theme does not know.
    #[error("the theme {theme} is not narrowed down by {parameter}; /api/themes says by what")]
    NotBy {
        /// Theme id.
        theme: String,
        /// The parameter.
        parameter: &'static str,
    },
    /// A value that nothing has.
    #[error(transparent)]
    Value(#[from] UnknownValue),
}

/// Values in the order of the places.
type Values = Vec<(PlaceIdx, Option<f64>)>;

/// The themes that some place has a value for.
#[must_use]
pub fn themes(index: &IndexedAtlas) -> Themes {
    let atlas = &index.atlas;
    let mut items = Vec::new();
    if let Some(layer) = layer_of_townships(atlas) {
        let townships = townships(atlas);
        items.extend(MEASURES.iter().filter_map(|measure| {
            let values = measured(atlas, &townships, measure, &Narrowed::default());
            offered(&values).then(|| describe(measure, layer, &values))
        }));
    }
    items.extend(fields::all(atlas).iter().map(Field::theme));
    Themes { items }
}

/// The values of one theme.
///
/// # Errors
/// When there is no such theme, or it is narrowed down by something it does not know.
pub fn theme<'a>(
    index: &'a IndexedAtlas,
    id: &str,
    filter: &ThemeFilter,
) -> Result<ThemeValues<'a>, ThemeError> {
    let atlas = &index.atlas;
    let unknown = || ThemeError::Unknown(id.to_owned());
    if let Some(field) = fields::all(atlas).into_iter().find(|field| field.id() == id) {
        narrowed(atlas, id, &[], filter)?;
        return Ok(spell(index, field.theme(), field.values(atlas)));
    }
    let measure = MEASURES.iter().find(|measure| measure.id == id).ok_or_else(unknown)?;
    let layer = layer_of_townships(atlas).ok_or_else(unknown)?;
    let townships = townships(atlas);
    let whole = measured(atlas, &townships, measure, &Narrowed::default());
    if !offered(&whole) {
        return Err(unknown());
    }
    let narrowed = narrowed(atlas, id, measure.by, filter)?;
    let values = measured(atlas, &townships, measure, &narrowed);
    Ok(spell(index, describe(measure, layer, &whole), values))
}

fn spell(index: &IndexedAtlas, theme: Theme, values: Values) -> ThemeValues<'_> {
    let total = values.len();
    let spelt = |(place, value)| ThemeValue { place: PlaceRef::new(index, place), value };
    ThemeValues { theme, values: values.into_iter().map(spelt).collect(), total }
}

fn townships(atlas: &Atlas) -> Vec<Township> {
    let townships = atlas.place_handles().filter(|&p| atlas.place(p).is_township());
    townships.map(|p| Township::new(atlas, p)).collect()
}

/// The layer called `townships`, or else the first that shows a township.
fn layer_of_townships(atlas: &Atlas) -> Option<&str> {
    const USUAL: &str = "townships";
    let shows = |layer: &&crate::model::Layer| {
        layer.places.iter().any(|&p| atlas.place(p).kind.id == kinds::TOWNSHIP)
    };
    let usual = atlas.layer(USUAL).filter(shows);
    usual.or_else(|| atlas.layers.iter().find(shows)).map(|layer| layer.id.as_str())
}

fn measured(atlas: &Atlas, townships: &[Township], measure: &Measure, by: &Narrowed) -> Values {
    townships.iter().map(|t| (t.place, (measure.value)(atlas, t, by))).collect()
}

fn offered(values: &Values) -> bool {
    values.iter().any(|(_, value)| value.is_some_and(|v| v > 0.0))
}

fn describe(measure: &Measure, layer: &str, values: &Values) -> Theme {
    let occurs = |level: u8| values.iter().any(|(_, value)| *value == Some(f64::from(level)));
    let levels = measure.levels.iter().filter(|level| occurs(level.value));
    Theme {
        id: measure.id.to_owned(),
        title: measure.title.to_owned(),
        title_en: measure.title_en.to_owned(),
        unit: measure.unit.to_owned(),
        unit_en: measure.unit_en.to_owned(),
        layer: layer.to_owned(),
        scale: measure.scale,
        by: measure.by.to_vec(),
        note: measure.note.to_owned(),
        note_en: measure.note_en.to_owned(),
        levels: levels
            .map(|level| Level {
                value: level.value,
                label: level.label.to_owned(),
                label_en: level.label_en.to_owned(),
            })
            .collect(),
    }
}

fn narrowed<'a>(
    atlas: &'a Atlas,
    theme: &str,
    by: &[&'static str],
    filter: &ThemeFilter,
) -> Result<Narrowed<'a>, ThemeError> {
    let allowed = |parameter: &'static str, value: &Given| {
        if given(value).is_none() || by.contains(&parameter) {
            return Ok(());
        }
        Err(ThemeError::NotBy { theme: theme.to_owned(), parameter })
    };
    allowed("industry", &filter.industry)?;
    allowed("year", &filter.year)?;
    let industries = &atlas.vocabularies.industries;
    let year = |text: &str| text.parse().ok();
    Ok(Narrowed {
        industry: Resolver::term("industry", &filter.industry, industries)?.map(AsRef::as_ref),
        year: Resolver::find("year", &filter.year, "it takes a year like 2025", year)?,
    })
}
