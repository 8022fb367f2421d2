/** The ground that a part of the map shows, reckoned from its view alone. Web Mercator, as the map draws it. */
import type { Bounds, LonLat } from '../api/types';
import { round } from './coordinates';
import type { View } from './url';

const TILE = 512;

export interface Frame {
  width: number;
  height: number;
  /** Pixels on each side that something covers. */
  covered: { top: number; right: number; bottom: number; left: number };
}

/** Around what is seen; a turned map shows less than this. */
export function boundsSeen(view: View, { width, height, covered }: Frame): Bounds {
  const [left, right] = [covered.left - width / 2, width / 2 - covered.right];
  const [top, bottom] = [covered.top - height / 2, height / 2 - covered.bottom];
  const corners = [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x = 0, y = 0]) => positionAt(x, y, view));
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [round(Math.min(...lons)), round(Math.min(...lats)), round(Math.max(...lons)), round(Math.max(...lats))];
}

/** What lies so many pixels right of and below the middle. */
export function positionAt(x: number, y: number, { lon, lat, zoom, bearing }: View): LonLat {
  const world = TILE * 2 ** zoom;
  const turn = (bearing * Math.PI) / 180;
  const east = x * Math.cos(turn) - y * Math.sin(turn);
  const south = x * Math.sin(turn) + y * Math.cos(turn);
  const mercator = Math.asinh(Math.tan((lat * Math.PI) / 180)) - (south / world) * 2 * Math.PI;
  return [lon + (east / world) * 360, (Math.atan(Math.sinh(mercator)) * 180) / Math.PI];
}
