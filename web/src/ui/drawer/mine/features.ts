/** What is shown of a single own feature: its values as text, its size, where it lies. */
import type { Bounds, LonLat } from '../../../api/types';
import { area, length } from '../../../state/geodesic';

/** Descriptions out of KML come as HTML; they are shown as the text in them, never as markup. */
export function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return /<[a-z][^>]*>/i.test(value) ? textIn(value) : value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A parsed document of its own runs no script and fetches nothing. */
const textIn = (html: string): string => new DOMParser().parseFromString(html.replace(/<(br|\/p|\/tr|\/div|\/li)\b[^>]*>/gi, '$&\n'), 'text/html').body.textContent?.replace(/\n\s*\n+/g, '\n').trim() ?? '';

const lonLats = (positions: readonly GeoJSON.Position[]): LonLat[] => positions.map(([lon = 0, lat = 0]) => [lon, lat]);

/** Square metres of an area, metres of a line, on the ellipsoid. */
export function sizeOf(geometry: GeoJSON.Geometry): { area: number } | { length: number } | null {
  switch (geometry.type) {
    case 'Polygon': return { area: ofRings(geometry.coordinates) };
    case 'MultiPolygon': return { area: geometry.coordinates.reduce((sum, rings) => sum + ofRings(rings), 0) };
    case 'LineString': return { length: length(lonLats(geometry.coordinates)) };
    case 'MultiLineString': return { length: geometry.coordinates.reduce((sum, line) => sum + length(lonLats(line)), 0) };
    default: return null;
  }
}

const ofRings = ([outer = [], ...holes]: readonly GeoJSON.Position[][]): number =>
  area(lonLats(outer)) - holes.reduce((sum, hole) => sum + area(lonLats(hole)), 0);

export function pointsOf(geometry: GeoJSON.Geometry): LonLat[] {
  if (geometry.type === 'Point') return lonLats([geometry.coordinates]);
  return geometry.type === 'MultiPoint' ? lonLats(geometry.coordinates) : [];
}

export function extentOf(geometry: GeoJSON.Geometry): Bounds | null {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const look = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates as unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') return coordinates.forEach(look);
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  };
  look('coordinates' in geometry ? geometry.coordinates : null);
  return Number.isFinite(bounds[0]) ? bounds : null;
}
