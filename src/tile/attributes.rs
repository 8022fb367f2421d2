//! The attributes of a layer's features, encoded once: a tile copies the values that it needs.

use std::collections::HashMap;

use crate::index::IndexedAtlas;
use crate::model::{Accuracy, Layer, Place};
use crate::tile::wire;

/// Keys that a feature of a tile may have, in the order in which tiles list them.
pub const KEYS: [&str; 9] =
    ["id", "name", "name_en", "kind", "class", "accuracy", "county", "note", "note_en"];

/// Where `class` and `accuracy` stand in [`KEYS`]: what the merged features of a layer still have.
const SHARED: [u8; 2] = [4, 5];

/// Which of the [`KEYS`] are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Keys(u16);

impl Keys {
    /// All of them.
    pub const ALL: Self = Self((1 << KEYS.len()) - 1);

    /// These; the first that there is not is the error.
    ///
    /// # Errors
    /// The word that is none of [`KEYS`].
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Result<Self, &'w str> {
        words.into_iter().try_fold(Self(0), |keys, word| {
            let number = KEYS.iter().position(|key| *key == word).ok_or(word)?;
            Ok(Self(keys.0 | 1 << number))
        })
    }

    fn has(self, key: u8) -> bool {
        self.0 >> key & 1 == 1
    }

    /// The wanted keys.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        (0_u8..).zip(KEYS).filter(move |(number, _)| self.has(*number)).map(|(_, key)| key)
    }

    /// How many wanted keys come before this one: its number in a tile.
    fn rank(self, key: u8) -> u32 {
        (self.0 & ((1 << key) - 1)).count_ones()
    }
}

/// A key and a value, by their numbers.
type Tag = (u8, u32);

/// The attributes of the members of a layer, in the order in which tiles go through them.
pub struct Attributes {
    starts: Vec<u32>,
    tags: Vec<Tag>,
    /// Each value as a field of a tile's layer, and where it begins.
    values: Vec<u8>,
    value_starts: Vec<u32>,
}

impl Attributes {
    /// Those of the members at these positions of a layer, one after the other: what one tile needs lies
    /// together.
    pub fn of(index: &IndexedAtlas, layer: &Layer, positions: impl Iterator<Item = usize>) -> Self {
        let mut builder = Builder::default();
        positions.for_each(|position| builder.add(texts(index, layer, position)));
        builder.finish()
    }

    fn tags(&self, member: usize) -> &[Tag] {
        &self.tags[self.starts[member] as usize..self.starts[member + 1] as usize]
    }

    /// Numbers of the values of class and accuracy: what a group of merged features has in common.
    pub fn shared(&self, member: usize) -> [Option<u32>; 2] {
        let tags = self.tags(member);
        SHARED.map(|key| tags.iter().find(|(k, _)| *k == key).map(|(_, value)| *value))
    }

    fn value(&self, number: u32) -> &[u8] {
        let number = number as usize;
        &self.values[self.value_starts[number] as usize..self.value_starts[number + 1] as usize]
    }
}

/// Attributes under way.
pub struct Builder {
    numbers: HashMap<Box<str>, u32>,
    all: Attributes,
}

impl Default for Builder {
    fn default() -> Self {
        let (starts, value_starts) = (vec![0], vec![0]);
        let all = Attributes { starts, tags: Vec::new(), values: Vec::new(), value_starts };
        Self { numbers: HashMap::new(), all }
    }
}

impl Builder {
    /// Adds a member, by its texts parallel to [`KEYS`].
    pub fn add(&mut self, texts: Texts<'_>) {
        let all = &mut self.all;
        for (key, value) in (0_u8..).zip(texts) {
            let Some(value) = value else { continue };
            let number = self.numbers.get(value).copied().unwrap_or_else(|| {
                let next = count(self.numbers.len());
                self.numbers.insert(value.into(), next);
                let mut message = Vec::with_capacity(value.len() + 6);
                wire::bytes(&mut message, 1, value.as_bytes());
                wire::bytes(&mut all.values, 4, &message);
                all.value_starts.push(count(all.values.len()));
                next
            });
            all.tags.push((key, number));
        }
        all.starts.push(count(all.tags.len()));
    }

    /// The attributes of all that were added.
    pub fn finish(self) -> Attributes {
        self.all
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The texts of a member, parallel to [`KEYS`].
pub type Texts<'a> = [Option<&'a str>; KEYS.len()];

/// The texts of a feature of a large layer.
pub fn texts_of(place: &Place) -> Texts<'_> {
    let mut texts = [None; KEYS.len()];
    texts[0] = Some(place.id.as_str());
    texts[1] = Some(place.name.as_str());
    texts[2] = place.name_en.as_deref();
    texts[3] = Some(place.kind.id.as_str());
    texts[usize::from(SHARED[1])] = place.accuracy.map(Accuracy::id);
    texts
}

/// The texts of what merged features of a large layer have in common.
pub fn shared_texts(accuracy: Option<Accuracy>) -> Texts<'static> {
    let mut texts = [None; KEYS.len()];
    texts[usize::from(SHARED[1])] = accuracy.map(Accuracy::id);
    texts
}

fn texts<'a>(index: &'a IndexedAtlas, layer: &'a Layer, position: usize) -> Texts<'a> {
    let place = index.atlas.place(layer.places[position]);
    let note = layer.note_of[position].as_ref();
    [
        Some(&place.id),
        Some(&place.name),
        place.name_en.as_deref(),
        Some(&place.kind.id),
        layer.class_of[position].map(|class| layer.classes[class].value.as_str()),
        place.accuracy.map(Accuracy::id),
        place.county.map(|county| index.atlas.place(county).id.as_str()),
        note.map(|(zh, _)| zh.as_str()),
        note.map(|(_, en)| en.as_str()),
    ]
}

/// One layer of one tile while it is written.
pub struct Sheet<'a> {
    attributes: &'a Attributes,
    keys: Keys,
    features: Vec<u8>,
    /// Number in this tile of each value of the layer, plus one; 0 where it is not there yet.
    local: Vec<u32>,
    values: Vec<u8>,
    next: u32,
    merged: bool,
    tags: Vec<u8>,
}

impl<'a> Sheet<'a> {
    pub fn new(attributes: &'a Attributes, keys: Keys) -> Self {
        Self {
            attributes,
            keys,
            features: Vec::new(),
            local: Vec::new(),
            values: Vec::new(),
            next: 0,
            merged: false,
            tags: Vec::new(),
        }
    }

    /// Adds a member; its geometry comes in two pieces, one behind the other.
    pub fn add(&mut self, member: usize, id: u32, kind: u8, head: &[u8], rest: &[u8]) {
        self.tags.clear();
        for &(key, value) in self.attributes.tags(member) {
            self.tag(key, value);
        }
        self.feature(Some(id), kind, head, rest);
    }

    /// Adds what stands for several members that share these values.
    pub fn add_merged(&mut self, shared: [Option<u32>; 2], of: u32, kind: u8, geometry: &[u8]) {
        self.tags.clear();
        for (key, value) in SHARED.into_iter().zip(shared) {
            if let Some(value) = value {
                self.tag(key, value);
            }
        }
        let mut number = Vec::new();
        wire::integer(&mut number, 5, of.into());
        wire::bytes(&mut self.values, 4, &number);
        wire::unsigned(&mut self.tags, self.keys.0.count_ones().into());
        wire::unsigned(&mut self.tags, self.next.into());
        self.next += 1;
        self.merged = true;
        self.feature(None, kind, geometry, &[]);
    }

    fn tag(&mut self, key: u8, value: u32) {
        if !self.keys.has(key) {
            return;
        }
        if self.local.is_empty() {
            self.local.resize(self.attributes.value_starts.len(), 0);
        }
        let local = &mut self.local[value as usize];
        if *local == 0 {
            self.values.extend_from_slice(self.attributes.value(value));
            self.next += 1;
            *local = self.next;
        }
        wire::unsigned(&mut self.tags, self.keys.rank(key).into());
        wire::unsigned(&mut self.tags, (*local - 1).into());
    }

    fn feature(&mut self, id: Option<u32>, kind: u8, head: &[u8], rest: &[u8]) {
        let geometry = head.len() + rest.len();
        let length = id.map_or(0, |id| 1 + wire::length(id.into()))
            + 1
            + wire::length(self.tags.len() as u64)
            + self.tags.len()
            + 2
            + 1
            + wire::length(geometry as u64)
            + geometry;
        let out = &mut self.features;
        wire::unsigned(out, 2 << 3 | 2);
        wire::unsigned(out, length as u64);
        if let Some(id) = id {
            wire::integer(out, 1, id.into());
        }
        wire::bytes(out, 2, &self.tags);
        wire::integer(out, 3, kind.into());
        wire::unsigned(out, 4 << 3 | 2);
        wire::unsigned(out, geometry as u64);
        out.extend_from_slice(head);
        out.extend_from_slice(rest);
    }

    /// Appends the layer to a tile; nothing when it has no features.
    pub fn finish(self, tile: &mut Vec<u8>, name: &str, extent: u32) {
        if self.features.is_empty() {
            return;
        }
        let mut rest = Vec::with_capacity(128);
        for key in self.keys.words().chain(self.merged.then_some(MERGED)) {
            wire::bytes(&mut rest, 3, key.as_bytes());
        }
        let mut first = Vec::with_capacity(name.len() + 8);
        wire::integer(&mut first, 15, 2);
        wire::bytes(&mut first, 1, name.as_bytes());
        let mut last = Vec::with_capacity(4);
        wire::integer(&mut last, 5, extent.into());
        let pieces = [&first, &self.features, &rest, &self.values, &last];
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        tile.reserve(length + 8);
        wire::unsigned(tile, 3 << 3 | 2);
        wire::unsigned(tile, length as u64);
        for piece in pieces {
            tile.extend_from_slice(piece);
        }
    }
}

/// Key of the number of features that one of a thinned layer stands for.
pub const MERGED: &str = "merged";
