/**
 * The shapes the server answers with, one name per thing of the plan.
 *
 * Every name stands for a schema of the OpenAPI document, from which `schema.d.ts` is generated
 * (`make api`); nothing is described a second time here.
 */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Term = Schemas['Term'];
export type Accuracy = Schemas['Accuracy'];
/** Longitude, latitude in degrees. */
export type LonLat = NonNullable<PlaceRef['point']>;
/** West, south, east, north in degrees. */
export type Bounds = NonNullable<Layer['bounds']>;

export type Atlas = Schemas['Atlas'];
/** Which data is served, and whether a newer change was refused. */
export type DataStatus = Schemas['Status'];
export type Said = Schemas['Said'];
export type Plan = Schemas['Plan'];
export type Section = Schemas['Section'];
export type Group = Schemas['Group'];
export type Layer = Schemas['Layer'];
export type LayerClass = Schemas['LayerClass'];
export type LayerStyle = Schemas['Style'];
export type Basemap = Schemas['Basemap'];
export type Mark = Schemas['Mark'];
export type Vocabulary = Schemas['Vocabularies'];

export type PlaceRef = Schemas['PlaceRef'];
export type Place = Schemas['Place'];
export type PlaceListItem = Schemas['PlaceListed'];
export type Neighbour = Schemas['Neighbour'];

export type Link = Schemas['Link'];
export type OrganisationRef = Schemas['UnitRef'];
export type RecordRef = Schemas['RecordRef'];
export type Role = Schemas['Role'];
export type Project = Schemas['Project'];
export type Target = Schemas['Target'];
export type Task = Schemas['Task'];
export type Organisation = Schemas['Organisation'];
export type Discrepancy = Schemas['Discrepancy'];
/** Guided tours: views of the map in order, what is said to each, and what it is about. */
export type Tours = Schemas['Tours'];
export type Tour = Schemas['Tour'];
export type Stop = Schemas['Stop'];
/** A record that a stop is about; what it is called there, so that nobody has to ask for it first. */
export type StopRecord = Schemas['StopRecord'];
/** What every record of a plan carries so that it can be cited. */
export type Cited = Pick<Role, 'id' | 'plan' | 'section' | 'lines' | 'quote'>;

export type Inherited = Schemas['Inherited'];
export type Citation = Schemas['Citation'];
export type Dossier = Schemas['Dossier'];

export type SearchItem = Schemas['Found'];
export type RecordType = Exclude<SearchItem['type'], 'place'> | 'discrepancy';

export interface List<T> {
  total: number;
  items: T[];
  next: string | null;
}

/** A measure that can be laid over the places of a layer, and its values. */
export type Theme = Schemas['Theme'];
export type ThemeValue = Schemas['ThemeValue'];
export type ThemeValues = Schemas['ThemeValues'];

/** RFC 9457. */
export type Problem = Schemas['Problem'];
