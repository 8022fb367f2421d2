/** Where things lie as people would say it: near which seat, or how far from everything in the atlas. */
import type { Bounds, LonLat } from '../api/types';
import type { Township } from '../convert/model';
import { inverse } from './geodesic';

export type Whereabouts =
  | { kind: 'near'; township: Township; metres: number }
  | { kind: 'far'; metres: number };

/** Farther from the next seat than this, a layer is not in the atlas. */
const NEAR = 30_000;

export function whereabouts(at: LonLat, townships: readonly Township[]): Whereabouts | null {
  let nearest: { township: Township; metres: number } | null = null;
  for (const township of townships) {
    if (!township.point) continue;
    const { metres } = inverse(township.point, at);
    if (Number.isFinite(metres) && (!nearest || metres < nearest.metres)) nearest = { township, metres };
  }
  if (!nearest) return null;
  return nearest.metres <= NEAR ? { kind: 'near', ...nearest } : { kind: 'far', metres: nearest.metres };
}

/** How far something lies outside of the atlas; `null` if any of it may lie inside. */
export function metresOutside([west, south, east, north]: Bounds, atlas: Bounds): number | null {
  if (west <= atlas[2] && east >= atlas[0] && south <= atlas[3] && north >= atlas[1]) return null;
  const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
  const middle: LonLat = [(west + east) / 2, (south + north) / 2];
  return inverse([between(middle[0], atlas[0], atlas[2]), between(middle[1], atlas[1], atlas[3])], middle).metres;
}
