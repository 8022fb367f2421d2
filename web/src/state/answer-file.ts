/**
 * An answer as a file to take away. Every file says what was asked, when, and of which data, and how
 * exactly each position is known.
 */
import type { LonLat } from '../api/types';
import { csvText } from './table-csv';

export type Cell = string | number | null;

/** Name and value of what an answer rests on: the question, the data version, the date. */
export type Origin = readonly (readonly [string, string])[];

/** The table first, so that its head is the first line; where it comes from stands below it. */
export function answerCsv(head: readonly string[], rows: readonly (readonly Cell[])[], origin: Origin): string {
  return csvText([head, ...rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))), [], ...origin.map((line) => [...line])]);
}

interface AnswerPoint {
  point: LonLat | null;
  properties: Readonly<Record<string, Cell>>;
}

/** What was drawn, and every place as the point that stands for it; a place without position has no geometry. */
export function answerGeojson(drawn: readonly GeoJSON.Feature[], places: readonly AnswerPoint[], origin: Origin): string {
  const features = places.map(({ point, properties }): GeoJSON.Feature => ({
    type: 'Feature', geometry: point && { type: 'Point', coordinates: point }, properties,
  } as GeoJSON.Feature));
  return JSON.stringify({ type: 'FeatureCollection', origin: Object.fromEntries(origin), features: [...drawn, ...features] });
}
