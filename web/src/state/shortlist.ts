/**
 * Sites that somebody keeps an eye on, in an order of their own and with a note to each. It is kept by the browser
 * under a name of its own, like the reader's tour, and can be taken away as a file and read back elsewhere.
 */
import { effect } from '@preact/signals';
import type { Shelf } from './memory';
import type { Store } from './store';

export interface Kept {
  /** Id of the place of the site. */
  place: string;
  note: string;
}

export type Shortlist = readonly Kept[];

export const EMPTY_SHORTLIST: Shortlist = [];

const NAME = 'plan-atlas-shortlist';

/** What the file says it is; somebody's other JSON does not. */
const FORMAT = 'plan-atlas-shortlist';
const VERSION = 1;

export const isKept = (list: Shortlist, place: string): boolean => list.some((one) => one.place === place);

export const withKept = (list: Shortlist, place: string): Shortlist => (isKept(list, place) ? list : [...list, { place, note: '' }]);

export const withoutKept = (list: Shortlist, place: string): Shortlist => list.filter((one) => one.place !== place);

export const withNote = (list: Shortlist, place: string, note: string): Shortlist => list.map((one) => (one.place === place ? { ...one, note } : one));

export function movedKept(list: Shortlist, from: number, by: 1 | -1): Shortlist {
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (!one || !other) return list;
  return list.map((kept, i) => (i === from ? other : i === to ? one : kept));
}

/** A file to take away; the names are for whoever opens it, reading it back needs the ids alone. */
export function shortlistFile(list: Shortlist, nameOf: (place: string) => string | null, dataVersion: string, saved: Date): string {
  const sites = list.map(({ place, note }) => ({ place, name: nameOf(place), note }));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, data_version: dataVersion, saved: saved.toISOString(), sites }, null, 2)}\n`;
}

/** Why a file is no shortlist. */
export type ListFault = 'notJson' | 'notShortlist' | 'newer' | 'empty';

export type ReadList = { ok: true; list: Shortlist } | { ok: false; fault: ListFault };

export function readShortlist(text: string): ReadList {
  let kept: unknown;
  try {
    // A byte order mark, as some editors leave it, is no part of the content.
    kept = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, fault: 'notJson' };
  }
  if (!isRecord(kept) || kept['format'] !== FORMAT || !Array.isArray(kept['sites'])) return { ok: false, fault: 'notShortlist' };
  if (typeof kept['version'] === 'number' && kept['version'] > VERSION) return { ok: false, fault: 'newer' };
  const list = listOf(kept['sites']);
  return list.length ? { ok: true, list } : { ok: false, fault: 'empty' };
}

export interface Merged {
  list: Shortlist;
  added: number;
  /** Ids of the file that this atlas does not have. */
  unknown: readonly string[];
}

/** Nothing of the reader's own is lost: their order and notes stay, what else the file says comes behind. */
export function merged(own: Shortlist, read: Shortlist, known: ReadonlySet<string>): Merged {
  const theirs = new Map(read.map(({ place, note }) => [place, note]));
  const joined = own.map((one) => ({ ...one, note: joinedNote(one.note, theirs.get(one.place) ?? '') }));
  const fresh = read.filter(({ place }) => known.has(place) && !isKept(own, place));
  return { list: [...joined, ...fresh], added: fresh.length, unknown: read.filter(({ place }) => !known.has(place)).map(({ place }) => place) };
}

const joinedNote = (mine: string, theirs: string): string =>
  !theirs.trim() || mine.includes(theirs.trim()) ? mine : mine.trim() ? `${mine}\n${theirs}` : theirs;

/** Whatever does not look as it should counts as forgotten. */
export function decodeShortlist(text: string | null): Shortlist {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? listOf(kept) : EMPTY_SHORTLIST;
  } catch {
    return EMPTY_SHORTLIST;
  }
}

function listOf(items: readonly unknown[]): Shortlist {
  const kept = items.flatMap((item): [string, Kept][] => {
    if (!isRecord(item)) return [];
    const { place, note } = item;
    return typeof place === 'string' && place ? [[place, { place, note: typeof note === 'string' ? note : '' }]] : [];
  });
  return [...new Map(kept).values()];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes out what was kept, and writes down every change from now on. */
export function keepShortlist(store: Store, shelf: Shelf | null): () => void {
  const { shortlist } = store.room;
  shortlist.value = decodeShortlist(shelf?.getItem(NAME) ?? null);
  return effect(() => {
    const list = shortlist.value;
    try {
      if (list.length) shelf?.setItem(NAME, JSON.stringify(list));
      else shelf?.removeItem(NAME);
    } catch {
      store.settings.kept.value = false;
    }
  });
}
