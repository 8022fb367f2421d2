/**
 * Places that would hide one another, told apart.
 *
 * Zoomed out, symbols closer than a symbol's width become one numbered stack. Zoomed in, places that
 * share one coordinate (sixty stand on the county town) are fanned out in rings around it:
 *
 *        o o
 *      o  ·  o      six on the first ring, twelve on the second, …
 *        o o
 *
 * Pure geometry on the screen plane; knows nothing of MapLibre.
 */
import type { LonLat } from '../api/types';

export interface Standing {
  id: string;
  point: LonLat;
}

export interface Stack {
  point: LonLat;
  ids: string[];
}

/** Below this zoom only numbered stacks; from it on, small groups on one spot are fanned out. */
export const FAN_ZOOM = 11;
/** From this zoom on every group on one spot is fanned out, however large. */
export const OPEN_ZOOM = 13;
/** The whole zooms for which crowds are planned; the last one holds for all nearer. */
export const CROWD_ZOOMS = [5, 6, 7, 8, 9, 10, 11, 12, OPEN_ZOOM] as const;

/** Symbols nearer than this many pixels at a whole zoom are counted as one stack. */
const STACK_PIXELS = 13;
const SMALL_FAN = 7;
const RING_STEP = 19;

/** Pixel plane of Web Mercator at a zoom; y grows southwards. */
function project([lon, lat]: LonLat, zoom: number): [number, number] {
  const size = 512 * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

/** Greedy: each place joins the first stack within `pixels` of it. Groups of one are left out. */
export function stacksAt(places: readonly Standing[], zoom: number, pixels: number): Stack[] {
  const cells = new Map<string, { x: number; y: number; stack: Stack }[]>();
  const stacks: Stack[] = [];
  for (const place of places) {
    const [x, y] = project(place.point, zoom);
    const column = Math.floor(x / pixels);
    const row = Math.floor(y / pixels);
    let home: Stack | undefined;
    for (let i = column - 1; i <= column + 1 && !home; i++) {
      for (let j = row - 1; j <= row + 1 && !home; j++) {
        home = cells.get(`${i},${j}`)?.find((near) => Math.hypot(near.x - x, near.y - y) <= pixels)?.stack;
      }
    }
    if (home) {
      home.ids.push(place.id);
      continue;
    }
    const stack = { point: place.point, ids: [place.id] };
    stacks.push(stack);
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), { x, y, stack }]);
  }
  return stacks.filter((stack) => stack.ids.length > 1);
}

const spotOf = ([lon, lat]: LonLat): string => `${lon.toFixed(4)},${lat.toFixed(4)}`;

/** Same spot to about ten metres, whatever the zoom. */
export function coincident(places: readonly Standing[]): Stack[] {
  const spots = new Map<string, Stack>();
  for (const { id, point } of places) {
    const spot = spots.get(spotOf(point));
    if (spot) spot.ids.push(id);
    else spots.set(spotOf(point), { point, ids: [id] });
  }
  return [...spots.values()].filter((spot) => spot.ids.length > 1);
}

export interface Crowding {
  /** Drawn as a number. */
  stacks: Stack[];
  /** Fanned out around their spot. */
  fans: Stack[];
}

/** How the crowded places are told apart at a whole zoom. Places in neither list stand alone. */
export function crowdingAt(places: readonly Standing[], zoom: number): Crowding {
  const spots = coincident(places);
  if (zoom >= OPEN_ZOOM) return { stacks: [], fans: spots };
  const stacks = stacksAt(places, zoom, STACK_PIXELS);
  if (zoom < FAN_ZOOM) return { stacks, fans: [] };
  const sizes = new Map(spots.map((spot) => [spotOf(spot.point), spot.ids.length]));
  const isSmallFan = ({ point, ids }: Stack): boolean => ids.length <= SMALL_FAN && sizes.get(spotOf(point)) === ids.length;
  return { stacks: stacks.filter((stack) => !isSmallFan(stack)), fans: stacks.filter(isSmallFan) };
}

/** Offset in pixels of each of `count` symbols around their common spot. */
export function fan(count: number): [number, number][] {
  const offsets: [number, number][] = [];
  for (let ring = 1; offsets.length < count; ring++) {
    const seats = Math.min(6 * ring, count - offsets.length);
    for (let i = 0; i < seats; i++) {
      const angle = (i / seats) * 2 * Math.PI - Math.PI / 2;
      offsets.push([Math.cos(angle) * ring * RING_STEP, Math.sin(angle) * ring * RING_STEP]);
    }
  }
  return offsets.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
}

/** Radius that encloses a fan of `count`, symbols included. */
export function fanRadius(count: number): number {
  let ring = 1;
  for (let seats = 6; seats < count; seats += 6 * ring) ring++;
  return ring * RING_STEP + 13;
}
