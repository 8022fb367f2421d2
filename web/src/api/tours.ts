/** Guided tours, as the server answers with them. */
import type { LonLat } from './types';

/** A record that a stop is about; what it is called there, so that nobody has to ask for it first. */
export interface StopRecord {
  plan: string;
  /** As the tables are called: `projects`, `targets`, `tasks` … */
  table: string;
  id: string;
  title: string;
  title_en: string | null;
}

export interface Stop {
  title: string;
  title_en: string;
  caption: string;
  caption_en: string;
  /** Whose section. */
  plan: string | null;
  section: string | null;
  center: LonLat;
  zoom: number;
  bearing: number;
  pitch: number;
  /** Ids of the layers that are on. */
  layers: string[];
  /** Ids of the places that stand out. */
  places: string[];
  records: StopRecord[];
}

export interface Tour {
  id: string;
  title: string;
  title_en: string;
  /** `null`: of the whole atlas. */
  plan: string | null;
  stops: Stop[];
}

export interface Tours {
  items: Tour[];
}
