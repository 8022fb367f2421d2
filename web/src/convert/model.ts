/**
 * The words of conversion: what a reader of a format hands over, what is asked of the person who
 * brought the file, and what comes out. Plain data throughout, so that it crosses from the worker
 * to the page as it is.
 *
 *     File ─ read ─► Draft (as in the file) ─ ask ─► Answer ─ finish ─► Layer (degrees, checked) + Report
 */
import type { Reference } from './reference';

export type Format = 'geojson' | 'kml' | 'shapefile' | 'geopackage' | 'csv' | 'xlsx';
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** How the characters were told: by a mark or a companion file, by trying, or by the person. */
export interface Decoded {
  encoding: Encoding;
  how: 'stated' | 'tried' | 'chosen';
}

/** What is wrong with one feature. */
export type Fault =
  | 'empty' | 'unreadable' | 'curve' | 'not-finite' | 'out-of-range' | 'too-short'
  | 'open-ring' | 'degenerate-ring' | 'crossing' | 'z-dropped' | 'duplicate-id' | 'collection-split'
  | 'no-coordinates' | 'unknown-township' | 'ambiguous-township' | 'township-by-stem';

export type Done = 'left-out' | 'mended' | 'kept';

/** One thing found, at one feature or (`feature: null`) at so many of them. */
export interface Finding {
  /** Counted from 1 as in the file. */
  feature: number | null;
  name: string | null;
  fault: Fault;
  done: Done;
  /** The word of the file that gave offence, or what it was taken for. */
  detail: string | null;
  count: number;
}

/** What concerns the whole file rather than a feature. */
export type Notice =
  | { code: 'extension'; says: string; is: string }
  | { code: 'no-dbf' } | { code: 'dbf-short'; records: number; shapes: number } | { code: 'deleted-records'; count: number }
  | { code: 'encoding-disagrees'; stated: string }
  | { code: 'formulas'; count: number; empty: number }
  | { code: 'title-rows'; count: number }
  | { code: 'cut-off'; after: number }
  | { code: 'seats'; count: number }
  | { code: 'network-links'; count: number }
  | { code: 'reference-by-name'; datum: string };

export interface RawFeature {
  id: string | number | null;
  properties: Record<string, unknown>;
  geometry: GeoJSON.Geometry | null;
  /** The reader could make nothing of its geometry. */
  fault?: Fault;
  detail?: string;
  /** The reader itself has dropped heights. */
  z?: boolean;
}

/** What the file says of its coordinate reference. */
export type Stated =
  | { kind: 'known'; reference: Reference; how: 'format' | 'member' | 'prj' | 'name' | 'header' | 'table' }
  | { kind: 'unknown'; why: 'no-prj' | 'not-stated' | 'not-degrees' | 'contradiction' | 'unreadable' };

export type Cell = string | number | boolean | null;

export interface Table {
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** Where a row of a table stands, by columns counted from 0. */
export type Placing =
  | { kind: 'columns'; x: number; y: number }
  | { kind: 'pair'; column: number }
  | { kind: 'wkt'; column: number }
  | { kind: 'township'; column: number };

export type Content =
  | { kind: 'features'; features: RawFeature[]; stated: Stated }
  | { kind: 'table'; table: Table; guess: Placing | null; headerReference: Reference | null };

/** One layer as it stands in the file. */
export interface Draft {
  key: string;
  file: string;
  name: string;
  format: Format;
  decoded: Decoded | null;
  notices: Notice[];
  content: Content;
}

/** A reference that would fit the coordinates, and where it would put their middle. */
export interface Candidate {
  reference: Reference;
  middle: [number, number] | null;
}

/** A draft as the page needs to know it. */
export interface Question {
  key: string;
  file: string;
  name: string;
  format: Format;
  decoded: Decoded | null;
  notices: readonly Notice[];
  count: number;
  stated: Stated | null;
  table: { header: readonly string[]; sample: readonly (readonly Cell[])[]; guess: Placing | null } | null;
  candidates: readonly Candidate[];
}

export interface Answer {
  key: string;
  /** `null` where the reference is known or nothing is measured, as with names of townships. */
  reference: Reference | null;
  placing: Placing | null;
}

/** A township of the atlas, as a table may name it. */
export interface Township {
  id: string;
  name: string;
  name_en: string | null;
  county: string | null;
  point: [number, number] | null;
}

export interface Report {
  total: number;
  drawn: number;
  /** Vertices and rings are mended silently; everything else is here. */
  findings: readonly Finding[];
  notices: readonly Notice[];
}

export interface Layer {
  key: string;
  file: string;
  name: string;
  format: Format;
  decoded: Decoded | null;
  reference: Reference | null;
  placing: Placing | null;
  geometry: 'point' | 'line' | 'polygon' | 'mixed';
  count: number;
  bounds: [number, number, number, number];
  columns: readonly string[];
  /** The column that names a feature. */
  naming: string | null;
  /** A GeoJSON FeatureCollection with everything; `offsets` says where each feature begins, and where the last ends. */
  data: Blob;
  offsets: Float64Array;
  /** Numbers of the features whose ring crosses itself: they cannot be asked about. */
  crossing: readonly number[];
  clustered: boolean;
  /** Few enough features for their names to stand on the map. */
  named: boolean;
  report: Report;
}

export interface Progress {
  stage: 'reading' | 'unpacking' | 'parsing' | 'converting' | 'indexing';
  file: string;
  done: number;
  total: number | null;
}
