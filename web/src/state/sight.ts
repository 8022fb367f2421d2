/** Which spots a map shows, reckoned from its view alone. Web Mercator, as the map draws it. */
import type { Bounds, LonLat } from '../api/types';
import type { View } from './url';

const TILE = 512;

/** Where a spot stands from the upper left corner of a map of this size, in pixels. */
export function pixelOf([lon, lat]: LonLat, view: View, width: number, height: number): { x: number; y: number } {
  const world = TILE * 2 ** view.zoom;
  const x = (degrees: number): number => (degrees / 360) * world;
  const y = (degrees: number): number => {
    const sine = Math.sin((degrees * Math.PI) / 180);
    return (-Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world;
  };
  const [dx, dy] = [x(lon) - x(view.lon), y(lat) - y(view.lat)];
  const turn = (-view.bearing * Math.PI) / 180;
  return { x: width / 2 + dx * Math.cos(turn) - dy * Math.sin(turn), y: height / 2 + dx * Math.sin(turn) + dy * Math.cos(turn) };
}

/** Around the points; a single one gets a little room. */
export function boundsAround(points: readonly LonLat[]): Bounds | null {
  if (points.length === 0) return null;
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const bounds: Bounds = [minimum(lons), minimum(lats), -minimum(lons.map((v) => -v)), -minimum(lats.map((v) => -v))];
  const room = 0.02;
  return bounds[0] === bounds[2] && bounds[1] === bounds[3]
    ? [bounds[0] - room, bounds[1] - room, bounds[2] + room, bounds[3] + room]
    : bounds;
}

/** `Math.min(...values)` overflows the stack with a hundred thousand values. */
const minimum = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value), Infinity);
