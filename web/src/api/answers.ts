/** The shapes of the answers to spatial questions, as the OpenAPI document has them. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Relation = Schemas['Overlap'];
export type Counted = Schemas['Counted'];
export type PlaceWithin = Schemas['Inside'];
/** `area_m2` is that of the geometry without the distance around it; `null` for lines and points. */
export type Within = Schemas['Within'];

/** `bearing_deg` is `null` inside of what is measured to. */
export type PlaceNear = Schemas['Near'];

export type PairSide = Schemas['Side'];
/** A feature of a layer that the reader has brought along. */
export type OwnFeatureRef = Schemas['OwnRef'];

export type Pair = Omit<Schemas['Pair_PlaceRef'], 'nearest'> & { nearest: Schemas['PlaceRef'] | OwnFeatureRef };
export type Pairs = Omit<Schemas['Pairs_PlaceRef'], 'items'> & { items: Pair[] };
