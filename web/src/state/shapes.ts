/**
 * What can be drawn, and the geometry it stands for. A circle is a centre and a radius: it is asked so,
 * and only its picture has corners.
 */
import type { Bounds, LonLat } from '../api/types';
import { round } from './coordinates';
import { area, direct, inverse, length } from './geodesic';

export type Shape =
  | { tool: 'polygon'; ring: readonly LonLat[] }
  | { tool: 'rectangle'; bounds: Bounds }
  | { tool: 'circle'; centre: LonLat; metres: number }
  | { tool: 'line'; points: readonly LonLat[] }
  | { tool: 'point'; point: LonLat };

export type Tool = Shape['tool'];

const CORNERS_OF_A_CIRCLE = 96;

export function circleRing(centre: LonLat, metres: number): LonLat[] {
  return Array.from({ length: CORNERS_OF_A_CIRCLE }, (_, i) => rounded(direct(centre, 360 - (i * 360) / CORNERS_OF_A_CIRCLE, metres).point));
}

const rounded = ([lon, lat]: LonLat): LonLat => [round(lon), round(lat)];

/** The corners of an area, the first one not repeated; counter-clockwise for a rectangle and a circle. */
export function cornersOf(shape: Shape): readonly LonLat[] {
  switch (shape.tool) {
    case 'polygon': return shape.ring;
    case 'rectangle': {
      const [west, south, east, north] = shape.bounds;
      return [[west, south], [east, south], [east, north], [west, north]];
    }
    case 'circle': return circleRing(shape.centre, shape.metres);
    case 'line': return shape.points;
    case 'point': return [shape.point];
  }
}

export function geometryOf(shape: Shape): GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon {
  const corners = cornersOf(shape).map(([lon, lat]) => [lon, lat]);
  if (shape.tool === 'point') return { type: 'Point', coordinates: corners[0] ?? [] };
  if (shape.tool === 'line') return { type: 'LineString', coordinates: corners };
  return { type: 'Polygon', coordinates: [[...corners, corners[0] ?? []]] };
}

/** The shape that a tool has drawn; `null` while it has no extent. */
export function shapeOf(tool: Tool, geometry: GeoJSON.Geometry): Shape | null {
  if (geometry.type === 'Point') return { tool: 'point', point: position(geometry.coordinates) };
  if (geometry.type === 'LineString') {
    const points = withoutRepeats(geometry.coordinates.map(position));
    return points.length > 1 ? { tool: 'line', points } : null;
  }
  if (geometry.type !== 'Polygon') return null;
  const ring = withoutRepeats((geometry.coordinates[0] ?? []).map(position));
  if (ring.length > 1 && same(ring[0], ring.at(-1))) ring.pop();
  if (ring.length < 3) return null;
  if (tool === 'rectangle') {
    const bounds = around(ring);
    return bounds[0] < bounds[2] && bounds[1] < bounds[3] ? { tool, bounds } : null;
  }
  if (tool === 'circle') return circleOf(ring);
  return { tool: 'polygon', ring };
}

/** A circle on the screen is one around the middle of its extent, as Mercator's projection has it. */
function circleOf(ring: readonly LonLat[]): Shape | null {
  const [west, south, east, north] = around(ring);
  const centre: LonLat = [round((west + east) / 2), round(unmercator((mercator(south) + mercator(north)) / 2))];
  const edge = ring[0] ?? centre;
  const metres = Math.round(inverse(centre, edge).metres);
  return metres > 0 ? { tool: 'circle', centre, metres } : null;
}

const mercator = (lat: number): number => Math.asinh(Math.tan((lat * Math.PI) / 180));
const unmercator = (y: number): number => (Math.atan(Math.sinh(y)) * 180) / Math.PI;

const position = ([lon = 0, lat = 0]: GeoJSON.Position): LonLat => [round(lon), round(lat)];
const same = (a: LonLat | undefined, b: LonLat | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];
const withoutRepeats = (points: LonLat[]): LonLat[] => points.filter((point, i) => i === 0 || !same(point, points[i - 1]));

function around(points: readonly LonLat[]): Bounds {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export const extentOf = (shape: Shape): Bounds => around(cornersOf(shape));

/** Whether two edges of a ring meet that are no neighbours: such an outline encloses nothing definite. */
export function crossesItself(ring: readonly LonLat[]): boolean {
  const edges = ring.map((from, i) => [from, ring[(i + 1) % ring.length] ?? from] as const);
  return edges.some(([a, b], i) => edges.some(([c, d], j) => {
    const apart = j > i + 1 && !(i === 0 && j === edges.length - 1);
    return apart && meet(a, b, c, d);
  }));
}

function meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (abc === 0 && between(a, b, c)) || (abd === 0 && between(a, b, d)) || (cda === 0 && between(c, d, a)) || (cdb === 0 && between(c, d, b));
}

const side = ([ax, ay]: LonLat, [bx, by]: LonLat, [px, py]: LonLat): number => Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

const between = ([ax, ay]: LonLat, [bx, by]: LonLat, [px, py]: LonLat): boolean =>
  Math.min(ax, bx) <= px && px <= Math.max(ax, bx) && Math.min(ay, by) <= py && py <= Math.max(ay, by);

export interface Measured {
  /** Length of a line, circumference of an area. */
  metres: number;
  squareMetres: number | null;
  radius: number | null;
}

/** A circle is measured as the circle it is; at this size the ellipsoid bends nothing noticeable. */
export function measure(shape: Shape): Measured | null {
  if (shape.tool === 'point') return null;
  if (shape.tool === 'line') return { metres: length(shape.points), squareMetres: null, radius: null };
  if (shape.tool === 'circle') {
    const { metres: radius } = shape;
    return { metres: 2 * Math.PI * radius, squareMetres: Math.PI * radius * radius, radius };
  }
  const corners = cornersOf(shape);
  return { metres: length([...corners, corners[0] ?? [0, 0]]), squareMetres: area(corners), radius: null };
}
