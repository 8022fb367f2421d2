/** Sites that a plan offers to investors, what lies around a spot, and sites side by side; as the OpenAPI document has them. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Site = Schemas['Site'];
export type Sites = Schemas['Sites'];
/** How exactly it is known where a site is, and in what it stands for another place. */
export type SitePosition = Schemas['Position'];
export type SiteCard = Schemas['SiteCard'];

/** Distances are straight lines on the ellipsoid. */
export type Around = Schemas['Surroundings'];
/** `total` counts all of them; `items` are the nearest. */
export type AroundCategory = Schemas['Category'];

export type SitesCompared = Schemas['Comparison'];
/** Cells in the order of the sites. */
export type ComparedRow = Schemas['ComparisonRow'];
