/** How far a question reaches, as lines and areas to be drawn. */
import type { LonLat } from '../api/types';
import { corridorEdge } from './corridor';
import { direct } from './geodesic';
import { circleRing } from './shapes';

type ReachPart = 'area' | 'edge' | 'way' | 'spot';
export type Reach = GeoJSON.FeatureCollection<GeoJSON.Geometry, { part: ReachPart }>;

export const NO_REACH: Reach = { type: 'FeatureCollection', features: [] };

/** A way that starts at `from`. */
export interface Leg {
  from: LonLat;
  bearing: number;
  metres: number;
}

export function circleReach(centre: LonLat, metres: number): Reach {
  const ring = circleRing(centre, metres);
  const closed = [...ring, ring[0] ?? centre];
  return collection([
    part('area', { type: 'Polygon', coordinates: [closed] }),
    part('edge', { type: 'LineString', coordinates: closed }),
    part('spot', { type: 'Point', coordinates: centre }),
  ]);
}

/** A circle around something that stands on the map already. */
export function ringReach(centre: LonLat, metres: number): Reach {
  return collection(circleReach(centre, metres).features.filter(({ properties }) => properties.part !== 'spot'));
}

/** That of a question and that of a site lie on the map at the same time. */
export const bothReaches = (one: Reach, other: Reach): Reach =>
  one.features.length === 0 ? other : other.features.length === 0 ? one : collection([...one.features, ...other.features]);

export const corridorReach = (line: readonly LonLat[], metres: number): Reach =>
  collection([part('edge', { type: 'MultiLineString', coordinates: corridorEdge(line, metres) })]);

/** From each start the way to what is nearest to it; `spot` marks where all of them start. */
export function waysReach(legs: readonly Leg[], spot: LonLat | null): Reach {
  const ways = legs.filter(({ metres }) => metres > 0).map(({ from, bearing, metres }) => [from, direct(from, bearing, metres).point]);
  return collection([
    part('way', { type: 'MultiLineString', coordinates: ways }),
    ...(spot ? [part('spot', { type: 'Point', coordinates: spot })] : []),
  ]);
}

const part = (name: ReachPart, geometry: GeoJSON.Geometry): Reach['features'][number] => ({ type: 'Feature', geometry, properties: { part: name } });
const collection = (features: Reach['features']): Reach => ({ type: 'FeatureCollection', features });
