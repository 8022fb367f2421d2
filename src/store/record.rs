//! One feature of a GeoJSON text, with as much of its properties as is asked for.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::model::{Accuracy, ValueKind};
use crate::store::shape::Shape;

/// A feature; `P` is what is read of its properties.
pub struct Record<'de, P> {
    /// Whether it says that it is a `Feature`.
    pub is_feature: bool,
    /// Its id, a number as it is written.
    pub id: Option<Cow<'de, str>>,
    /// Its geometry; `None` where that is null or not there.
    pub shape: Option<Shape>,
    /// Its properties; `None` where they are null or not there.
    pub properties: Option<P>,
}

impl<'de, P: Deserialize<'de>> Deserialize<'de> for Record<'de, P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Type,
    Id,
    Geometry,
    Properties,
    #[serde(other)]
    Foreign,
}

struct Members<P>(PhantomData<P>);

impl<'de, P: Deserialize<'de>> Visitor<'de> for Members<P> {
    type Value = Record<'de, P>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record { is_feature: false, id: None, shape: None, properties: None };
        while let Some(member) = map.next_key()? {
            match member {
                Member::Type => record.is_feature = map.next_value::<Text<'de>>()?.0 == "Feature",
                Member::Id => record.id = map.next_value::<Option<Id<'de>>>()?.map(|id| id.0),
                Member::Geometry => record.shape = map.next_value()?,
                Member::Properties => record.properties = map.next_value()?,
                Member::Foreign => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

/// Text that is borrowed where it can be.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Take)
    }
}

struct Id<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Id<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Id<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number as the id of a feature")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(number.to_string())))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Id<'de>, E> {
                let number = serde_json::Number::from_f64(number);
                Ok(Id(Cow::Owned(number.ok_or_else(|| E::custom("an id"))?.to_string())))
            }
        }
        deserializer.deserialize_any(Take)
    }
}

/// What the properties of a feature are called and hold, without their values.
#[derive(Default)]
pub struct Outline<'de> {
    /// Names in order, each with the kind of its value; `None` for a null.
    pub members: Vec<(Cow<'de, str>, Option<ValueKind>)>,
    /// How exactly the position is known, where the features say so.
    pub accuracy: Option<Accuracy>,
}

impl<'de> Deserialize<'de> for Outline<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Outline<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the properties of a feature")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline<'de>, A::Error> {
                let mut outline = Outline::default();
                while let Some(Text(name)) = map.next_key()? {
                    let value: Glimpse = map.next_value()?;
                    if name == "accuracy" {
                        outline.accuracy = value.accuracy;
                    }
                    outline.members.push((name, value.kind));
                }
                Ok(outline)
            }
        }
        deserializer.deserialize_map(Take)
    }
}

/// A value of which only the kind is kept. What is nested in it is read all the same, and not passed over: whoever asks
/// for the feature will read it, and what is no text, no number or too deep is to be found out before.
struct Glimpse {
    kind: Option<ValueKind>,
    accuracy: Option<Accuracy>,
}

impl Glimpse {
    fn of(kind: ValueKind) -> Self {
        Self { kind: Some(kind), accuracy: None }
    }
}

impl<'de> Deserialize<'de> for Glimpse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Look;
        impl<'de> Visitor<'de> for Look {
            type Value = Glimpse;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Glimpse, E> {
                Ok(Glimpse { kind: None, accuracy: None })
            }

            fn visit_bool<E>(self, _: bool) -> Result<Glimpse, E> {
                Ok(Glimpse::of(ValueKind::Boolean))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Glimpse, E> {
                Ok(Glimpse::of(ValueKind::Integer))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Glimpse, E> {
                let fits = i64::try_from(number).is_ok();
                Ok(Glimpse::of(if fits { ValueKind::Integer } else { ValueKind::Real }))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Glimpse, E> {
                Ok(Glimpse::of(ValueKind::Real))
            }

            fn visit_str<E>(self, text: &str) -> Result<Glimpse, E> {
                Ok(Glimpse { kind: Some(ValueKind::Text), accuracy: Accuracy::from_id(text) })
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Glimpse, A::Error> {
                while seq.next_element::<Glimpse>()?.is_some() {}
                Ok(Glimpse::of(ValueKind::Nested))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Glimpse, A::Error> {
                while map.next_entry::<Text<'de>, Glimpse>()?.is_some() {}
                Ok(Glimpse::of(ValueKind::Nested))
            }
        }
        deserializer.deserialize_any(Look)
    }
}
