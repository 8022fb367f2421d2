/** A share link as it is put together: what goes along, for whom, how long; and what can be wrong with it. */
import type { Audience, ShareWish } from '../api/session';
import type { Tour } from '../api/types';
import type { Language } from './language';
import { NOTHING, type Selection } from './selection';
import { encodeState, type AtlasState } from './url';

export interface Draft {
  /** Ids. */
  layers: readonly string[];
  /** Id of the selected place, while it goes along. */
  place: string | null;
  /** Id of a tour of the data folder. */
  tour: string | null;
  language: Language;
  /** The present view goes along. */
  view: boolean;
  audience: Audience;
  days: number;
}

export const DAYS = [1, 7, 30, 90, 365] as const;
export const MOST_DAYS = 366;

/** What is chosen as a place, whatever else it is looked at as: the id of a site is that of its place. */
export const placeOf = (selection: Selection): string | null =>
  selection.kind !== 'none' && ['place', 'site'].includes(selection.kind) ? selection.id : null;

/** Where the camera stands, what is laid over the layers and what is open: what the address says besides what a share says itself. */
export function viewWords(state: AtlasState, layers: readonly string[]): string | null {
  const { selection, drawer, swipe } = state;
  const faint = layers.flatMap((id) => (state.layers?.[id] === undefined ? [] : [[id, state.layers[id]] as const]));
  const both = Object.keys({ ...swipe?.left.layers, ...swipe?.right.layers });
  const words = encodeState({
    ...state, language: null, tour: null,
    layers: faint.some(([, opacity]) => opacity !== 100) ? Object.fromEntries(faint) : null,
    // A place needs no words of its own, another view of it does.
    selection: selection.kind === 'place' || placeOf(selection) === null ? NOTHING : selection,
    // Questions and own layers are the reader's alone.
    drawer: drawer === 'ask' || drawer === 'mine' ? 'layers' : drawer, ask: null,
    // A curtain that hides what is not there would hang before nothing.
    swipe: both.every((id) => layers.includes(id)) ? swipe : null,
  });
  return words.slice(1) || null;
}

export function wishOf({ layers, place, tour, language, view, audience, days }: Draft, state: AtlasState): ShareWish {
  return { layers: [...layers], place, language, tour, view: view ? viewWords(state, layers) : null, audience, days };
}

/** Layers that a tour switches on and that the link would not open. */
export const missingLayers = (tour: Pick<Tour, 'stops'> | null, layers: readonly string[]): string[] =>
  [...new Set(tour?.stops.flatMap((stop) => stop.layers) ?? [])].filter((id) => !layers.includes(id));

const DAY = 86_400_000;
const two = (number: number): string => String(number).padStart(2, '0');

/** The date that many days from now, as a date field writes it. */
export function dateAfter(days: number, now: Date): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/** Days until a date; `null` for what is no date, or none that a link may end on. */
export function daysTo(date: string, now: Date): number | null {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return null;
  const days = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / DAY);
  return days >= 1 && days <= MOST_DAYS ? days : null;
}

export type Fault =
  | { kind: 'layer' | 'tour' | 'place'; id: string }
  | { kind: 'placeOutside' | 'tooLong' | 'days' | 'open' | 'audience' | 'noKey' | 'signIn' | 'noLayers' | 'unreachable' | 'busy' }
  | { kind: 'other'; detail: string | null };

/** By what the server's own sentence says. */
const SAYS: readonly (readonly [RegExp, Exclude<Fault['kind'], 'layer' | 'tour' | 'place' | 'other'>])[] = [
  [/is in none of the layers/, 'placeOutside'],
  [/too long/, 'tooLong'],
  [/^days is/, 'days'],
  [/^layers is empty/, 'noLayers'],
  [/share link is open/, 'open'],
  [/cannot share what/, 'audience'],
  [/has no key/, 'noKey'],
];

export function faultOf(status: number, detail: string | null): Fault {
  const said = detail ?? '';
  const missing = /^there is no (layer|tour|place) "(.*)" for that audience/.exec(said);
  if (missing) return { kind: missing[1] as 'layer' | 'tour' | 'place', id: missing[2] ?? '' };
  const known = SAYS.find(([says]) => says.test(said))?.[1];
  if (known) return { kind: known };
  if (status === 0) return { kind: 'unreachable' };
  if (status === 503) return { kind: 'busy' };
  return status === 401 ? { kind: 'signIn' } : { kind: 'other', detail };
}
