/** Sites that a plan offers to investors, what lies around a spot, and sites side by side. */
import type { PlaceNear } from './answers';
import type { Accuracy, Citation, LonLat, OrganisationRef, PlaceRef, Project, Role, Target, Task, Term } from './types';

/** One thing that is sought, in both languages. */
export interface InBoth {
  zh: string;
  en: string;
}

export interface Site {
  id: string;
  plan: string;
  place: PlaceRef;
  /** What the plan wants the place to be. */
  title: string;
  title_en: string;
  sought: readonly InBoth[];
  industries: readonly Term[];
  section: string[];
  lines: string;
  quote: string;
  note: string | null;
}

export interface Sites {
  total: number;
  items: readonly Site[];
}

/** How exactly it is known where a site is, and in what it stands for another place. */
export interface SitePosition {
  accuracy: Accuracy | null;
  source: Term | null;
  note: string | null;
  note_en: string | null;
  /** The place whose position is used instead. */
  stands_on: PlaceRef | null;
}

export interface AroundCategory {
  id: string;
  title: string;
  title_en: string | null;
  /** How many there are; `items` are the nearest of them. */
  total: number;
  items: readonly PlaceNear[];
}

/** Distances are straight lines on the ellipsoid. */
export interface Around {
  point: LonLat;
  radius_m: number;
  straight_line: boolean;
  categories: readonly AroundCategory[];
}

export interface SiteCard {
  site: Site;
  position: SitePosition;
  roles: readonly Role[];
  projects: readonly Project[];
  targets: readonly Target[];
  measures: readonly Task[];
  units: readonly OrganisationRef[];
  /** `null` where nobody has located the place. */
  surroundings: Around | null;
  citations: readonly Citation[];
}

export interface ComparedCell extends InBoth {
  number: number | null;
}

export interface ComparedRow {
  id: string;
  group: InBoth;
  label: InBoth;
  /** In the order of the sites. */
  cells: readonly ComparedCell[];
  differs: boolean;
}

export interface SitesCompared {
  sites: readonly Site[];
  radius_m: number;
  rows: readonly ComparedRow[];
}
