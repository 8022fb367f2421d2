/**
 * One geometry, from the numbers of the file to degrees: converted, closed, wound, rounded. What can be mended
 * without inventing a place is mended and said; what cannot leaves the map and is listed.
 */
import type { Fault } from './model';
import type { ToLonLat } from './project';
import { crosses, isClosed, wound, type Ring } from './rings';

export type Plain = Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>;

export interface Mended {
  geometry: Plain;
  /** Mended or only noted. */
  faults: Fault[];
}

/** Thrown inwards for a geometry that cannot be drawn at all. */
export class Lost extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

/** A centimetre. */
const DECIMALS = 1e7;

export function mend(geometry: Plain, toLonLat: ToLonLat): Mended {
  const faults = new Set<Fault>();
  const position = (from: unknown): GeoJSON.Position => {
    if (!Array.isArray(from) || from.length < 2) throw new Lost('unreadable');
    const [x, y, z] = from as unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') throw new Lost('unreadable');
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new Lost('not-finite');
    if (z) faults.add('z-dropped');
    const [lon, lat] = toLonLat(x, y);
    if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 || Math.abs(lat) > 90) throw new Lost('out-of-range');
    return [Math.round(lon * DECIMALS) / DECIMALS, Math.round(lat * DECIMALS) / DECIMALS];
  };
  const list = (from: unknown): unknown[] => {
    if (!Array.isArray(from)) throw new Lost('unreadable');
    return from as unknown[];
  };
  const some = <T>(items: T[]): T[] => {
    if (items.length === 0) throw new Lost('empty');
    return items;
  };
  const line = (from: unknown): GeoJSON.Position[] => {
    const positions = some(list(from).map(position));
    const [first] = positions;
    if (positions.every((one) => same(one, first))) throw new Lost('too-short');
    return positions;
  };
  const ring = (from: unknown): Ring | null => {
    const positions = list(from).map(position);
    const [first] = positions;
    const open = first !== undefined && !isClosed(positions);
    const closed = open ? [...positions, [...first]] : positions;
    if (!isArea(closed)) return null;
    if (open) faults.add('open-ring');
    return closed;
  };
  const polygon = (from: unknown): Ring[] | null => {
    const [outer, ...holes] = some(list(from)).map(ring);
    if ([outer, ...holes].includes(null)) faults.add('degenerate-ring');
    if (!outer) return null;
    const rings = [wound(outer, true), ...holes.filter((hole) => hole !== null).map((hole) => wound(hole, false))];
    if (crosses(rings)) faults.add('crossing');
    return rings;
  };

  const convert = (): Plain => {
    switch (geometry.type) {
      case 'Point': return { type: 'Point', coordinates: position(geometry.coordinates) };
      case 'MultiPoint': return { type: 'MultiPoint', coordinates: some(list(geometry.coordinates).map(position)) };
      case 'LineString': return { type: 'LineString', coordinates: line(geometry.coordinates) };
      case 'MultiLineString': return { type: 'MultiLineString', coordinates: some(list(geometry.coordinates)).map(line) };
      case 'Polygon': {
        const rings = polygon(geometry.coordinates);
        if (!rings) throw new Lost('degenerate-ring');
        return { type: 'Polygon', coordinates: rings };
      }
      case 'MultiPolygon': {
        const polygons = some(list(geometry.coordinates)).map(polygon).filter((one) => one !== null);
        if (polygons.length === 0) throw new Lost('degenerate-ring');
        return { type: 'MultiPolygon', coordinates: polygons };
      }
    }
  };
  return { geometry: convert(), faults: [...faults] };
}

/** Three places that differ. */
function isArea(ring: Ring): boolean {
  const [first] = ring;
  const second = ring.find((position) => !same(position, first));
  return ring.some((position) => !same(position, first) && !same(position, second));
}

const same = (a: GeoJSON.Position | undefined, b: GeoJSON.Position | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

type Family = 'Point' | 'LineString' | 'Polygon';

/** A collection of one kind is a Multi… of that kind; a mixed one becomes several features. */
export function flatten(geometry: GeoJSON.Geometry): Plain[] {
  if (geometry.type !== 'GeometryCollection') return [geometry];
  const parts = geometry.geometries.flatMap(flatten);
  return (['Point', 'LineString', 'Polygon'] as const).flatMap((family) => joined(family, parts));
}

function joined(family: Family, parts: readonly Plain[]): Plain[] {
  const own = parts.filter(({ type }) => type === family || type === `Multi${family}`);
  if (own.length <= 1) return own;
  const coordinates = own.flatMap((part) => (part.type === family ? [part.coordinates] : (part.coordinates as unknown[])));
  return [{ type: `Multi${family}`, coordinates } as Plain];
}
