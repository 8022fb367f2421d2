/**
 * Which references would fit coordinates that do not say theirs. A list to choose from, never a choice:
 * every coordinate fits several, and only whoever made the file knows.
 */
import type { Candidate } from './model';
import { toLonLat } from './project';
import { BD09, CGCS2000, gaussKruger, GCJ02, inDegrees, MERCATOR, meridianOf, type Reference } from './reference';

export type Sample = readonly (readonly [number, number])[];

/** Of unprefixed Gauss–Krüger every meridian of China would fit; this many nearest to the atlas are offered. */
const MERIDIANS = 4;
const CHINA: readonly number[] = Array.from({ length: 21 }, (_, i) => 75 + 3 * i);
const WORLD = 20_037_508.4;

const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** The typical position: one stray vertex does not move it. */
export function medianOf(sample: Sample): [number, number] {
  const finite = sample.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  return [middle(finite.map(([x]) => x)), middle(finite.map(([, y]) => y))];
}

const isLonLat = (x: number, y: number): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90;
const isNorthing = (value: number): boolean => value >= 1_800_000 && value <= 6_200_000;
const isEasting = (value: number): boolean => value >= 100_000 && value <= 900_000;
const zonePrefix = (value: number): number | null => {
  const zone = Math.floor(value / 1_000_000);
  return zone >= 13 && zone <= 45 && isEasting(value - zone * 1_000_000) ? zone : null;
};

/** Most of the positions could be degrees. */
function looksDegrees(sample: Sample): boolean {
  const finite = sample.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  return finite.length === 0 || finite.filter(([x, y]) => isLonLat(x, y)).length * 2 >= finite.length;
}

/** The coordinates can be meant in this reference: degrees look like degrees, metres do not, and the result lies on the globe. */
export function fits(reference: Reference, sample: Sample): boolean {
  const degrees = looksDegrees(sample);
  if (inDegrees(reference)) return degrees || reference.swapped;
  const [x, y] = medianOf(sample);
  if (degrees && !(x === 0 && y === 0) && Number.isFinite(x)) return false;
  const [lon, lat] = toLonLat(reference)(x, y);
  return !Number.isFinite(x) || (Number.isFinite(lon) && Number.isFinite(lat) && isLonLat(lon, lat));
}

export function candidates(sample: Sample, atlas: readonly [number, number]): Candidate[] {
  const median = medianOf(sample);
  return fitting(median, atlas).map((reference) => ({ reference, middle: placed(reference, median) }));
}

export function placed(reference: Reference, [x, y]: readonly [number, number]): [number, number] | null {
  const [lon, lat] = toLonLat(reference)(x, y);
  return Number.isFinite(lon) && Number.isFinite(lat) && isLonLat(lon, lat) ? [lon, lat] : null;
}

function fitting([x, y]: readonly [number, number], [lon]: readonly [number, number]): Reference[] {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
  if (isLonLat(x, y)) return [CGCS2000, GCJ02, BD09];
  if (isLonLat(y, x)) return [CGCS2000, GCJ02, BD09].map((reference) => ({ ...reference, swapped: true }));
  return [...onSheets(x, y, false, lon), ...onSheets(y, x, true, lon), ...(Math.max(Math.abs(x), Math.abs(y)) <= WORLD ? [MERCATOR] : [])];
}

/** Eastings and northings never overlap in China, so their order can be told. */
function onSheets(east: number, north: number, swapped: boolean, atlas: number): Reference[] {
  if (!isNorthing(north)) return [];
  const zone = zonePrefix(east);
  if (zone !== null) {
    const width = zone >= 25 ? 3 : 6;
    return [gaussKruger(meridianOf(zone, width), width, true, swapped)];
  }
  if (!isEasting(east)) return [];
  const near = [...CHINA].sort((a, b) => Math.abs(a - atlas) - Math.abs(b - atlas)).slice(0, MERIDIANS);
  return near.map((meridian) => gaussKruger(meridian, 3, false, swapped));
}
