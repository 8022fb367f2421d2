/**
 * The investor's room: how far around a spot one looks, which sites stand side by side, what of the list is shown.
 *
 *     ?drawer=sites&industry=药品生产&site-words=港&radius=10&sites=yunyang:huangshi,yunyang:shuikou-park
 */
import { signal } from '@preact/signals';
import type { LonLat } from '../api/types';
import type { Drawer, Dock } from './desk';
import { NO_REACH, type Reach } from './reach';
import type { Selection } from './selection';
import { EMPTY_SHORTLIST, type Shortlist } from './shortlist';

/** Metres. */
export const RADII = [5_000, 10_000, 20_000, 30_000, 50_000] as const;
export const USUAL_RADIUS = 20_000;

export const FEWEST_COMPARED = 2;
export const MOST_COMPARED = 4;

/** What the address says of the room. */
export interface RoomAddress {
  radius: number;
  /** Ids of the places whose sites are compared, in the order they were chosen. */
  compared: readonly string[];
  /** Id of the industry that is sought. */
  industry: string | null;
  words: string;
}

export const USUAL_ROOM: RoomAddress = { radius: USUAL_RADIUS, compared: [], industry: null, words: '' };

/** A spot of the map that somebody asks about, and where it is on the screen. */
export interface Spot {
  x: number;
  y: number;
  point: LonLat;
}

export function createRoom(initial: RoomAddress) {
  return {
    radius: signal(initial.radius),
    compared: signal(initial.compared),
    industry: signal(initial.industry),
    words: signal(initial.words),
    /** The whole list, or the reader's own. */
    page: signal<'all' | 'shortlist'>('all'),
    onlyDifferent: signal(false),
    shortlist: signal<Shortlist>(EMPTY_SHORTLIST),
    /** The ring around the open site or spot. */
    reach: signal<Reach>(NO_REACH),
    /** Where the reader has asked for what can be done there. */
    spot: signal<Spot | null>(null),
  };
}

export type Room = ReturnType<typeof createRoom>;

export const addressOf = ({ radius, compared, industry, words }: Room): RoomAddress =>
  ({ radius: radius.value, compared: compared.value, industry: industry.value, words: words.value });

/** Only what is in use is told: a radius without anything to go around is nothing. */
export function encodeRoom({ radius, compared, industry, words }: RoomAddress, { drawer, dock, selection }: { drawer: Drawer; dock: Dock; selection: Selection }): [name: string, value: string][] {
  const around = selection.kind === 'site' || selection.kind === 'around' || dock.kind === 'sites';
  return [
    ...(drawer === 'sites' && industry ? [['industry', industry] as [string, string]] : []),
    ...(drawer === 'sites' && words.trim() ? [['site-words', words.trim()] as [string, string]] : []),
    ...(around && radius !== USUAL_RADIUS ? [['radius', String(radius / 1000)] as [string, string]] : []),
    ...(compared.length ? [['sites', compared.join(',')] as [string, string]] : []),
  ];
}

export function decodeRoom(query: URLSearchParams): RoomAddress {
  return {
    radius: radiusOf(query.get('radius')),
    compared: [...new Set((query.get('sites') ?? '').split(',').filter(Boolean))].slice(0, MOST_COMPARED),
    industry: query.get('industry') || null,
    words: query.get('site-words') ?? '',
  };
}

const radiusOf = (kilometres: string | null): number => RADII.find((radius) => radius === Number(kilometres ?? NaN) * 1000) ?? USUAL_RADIUS;

/** Into the comparison, or out of it; where there is no room left, nothing changes. */
export function toggled(compared: readonly string[], id: string): readonly string[] {
  if (compared.includes(id)) return compared.filter((one) => one !== id);
  return compared.length >= MOST_COMPARED ? compared : [...compared, id];
}

export const isComparable = (compared: readonly string[]): boolean => compared.length >= FEWEST_COMPARED && compared.length <= MOST_COMPARED;

/** What a link about surroundings names: a place, or a point. */
export type AroundWhat = { place: string } | { point: LonLat };

/** Five decimals are about a metre. */
export const pointId = ([lon, lat]: LonLat): string => `${lon.toFixed(5)},${lat.toFixed(5)}`;

export function aroundWhat(id: string): AroundWhat {
  const [, lon, lat] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(id) ?? [];
  return lon === undefined || lat === undefined ? { place: id } : { point: [Number(lon), Number(lat)] };
}
