/**
 * GeoJSON, one document or one feature per line. The reference is that of RFC 7946 unless an older `crs`
 * member names another one; numbers that cannot be degrees are not taken for such (`read.ts`).
 */
import { decode } from '../encoding';
import { Refused } from '../failure';
import type { Decoded, Encoding, RawFeature, Stated } from '../model';
import { fromName, isRefusal, WGS84 } from '../reference';

export interface Collection {
  features: RawFeature[];
  stated: Stated;
  decoded: Decoded;
}

export function readGeoJson(bytes: Uint8Array, chosen: Encoding | null): Collection {
  const { text, ...decoded } = decode(bytes, chosen);
  const source = text.replace(/^\uFEFF/, '');
  const root = parse(source);
  if (root instanceof SyntaxError) {
    const lines = source.split(/\r?\n/).filter((line) => line.trim());
    const first = lines.length > 1 ? parse(unmarked(lines[0] ?? '')) : root;
    if (first instanceof SyntaxError || !isFeatureLike(first)) throw new Refused({ code: 'json-broken', at: placeOf(root, source) });
    return { features: lines.map(ofLine), stated: RFC7946, decoded };
  }
  return { ...collection(root), decoded };
}

const RFC7946: Stated = { kind: 'known', reference: WGS84, how: 'format' };

/** A GeoJSON text sequence (RFC 8142) opens each record with this mark. */
const unmarked = (line: string): string => line.replace(/^\x1e/, '');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

type Thing = Record<string, unknown>;
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value);
const GEOMETRIES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'GeometryCollection'];
const isGeometry = (value: unknown): value is GeoJSON.Geometry => isThing(value) && GEOMETRIES.includes(String(value['type']));
const isFeatureLike = (value: unknown): boolean => isThing(value) && (value['type'] === 'Feature' || isGeometry(value));

function collection(root: unknown): { features: RawFeature[]; stated: Stated } {
  if (!isThing(root)) throw new Refused({ code: 'json-other', is: 'plain' });
  const stated = statedBy(root['crs']);
  if (root['type'] === 'FeatureCollection' && Array.isArray(root['features'])) {
    return { features: root['features'].map(featureOf), stated };
  }
  if (isFeatureLike(root)) return { features: [featureOf(root)], stated };
  if (root['type'] === 'Topology') throw new Refused({ code: 'json-other', is: 'topojson' });
  if ('spatialReference' in root || 'geometryType' in root) throw new Refused({ code: 'json-other', is: 'esri' });
  throw new Refused({ code: 'json-other', is: 'plain' });
}

function ofLine(line: string): RawFeature {
  const thing = parse(unmarked(line));
  return thing instanceof SyntaxError ? { id: null, properties: {}, geometry: null, fault: 'unreadable' } : featureOf(thing);
}

function featureOf(thing: unknown): RawFeature {
  if (isGeometry(thing)) return { id: null, properties: {}, geometry: thing };
  if (!isThing(thing)) return { id: null, properties: {}, geometry: null, fault: 'unreadable' };
  const { id, geometry, properties } = thing;
  const readable = geometry === null || geometry === undefined || isGeometry(geometry);
  return {
    id: typeof id === 'string' || typeof id === 'number' ? id : null,
    properties: isThing(properties) ? properties : {},
    geometry: isGeometry(geometry) ? geometry : null,
    ...(!readable && { fault: 'unreadable' as const }),
  };
}

function statedBy(member: unknown): Stated {
  if (member === undefined) return RFC7946;
  const name = isThing(member) && isThing(member['properties']) ? String(member['properties']['name'] ?? '') : '';
  const found = fromName(name);
  if (isRefusal(found)) throw new Refused({ code: 'reference-refused', name, because: found });
  return found ? { kind: 'known', reference: found, how: 'member' } : { kind: 'unknown', why: 'unreadable' };
}

/** The line in which the document breaks off, where the engine tells. */
function placeOf(error: SyntaxError, source: string): string | null {
  const at = /position (\d+)/.exec(error.message)?.[1];
  if (at === undefined) return null;
  return String(source.slice(0, Number(at)).split('\n').length);
}
