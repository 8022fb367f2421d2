/**
 * A tour that somebody puts together from views of the map. It is kept by the browser under a name of its own: it
 * is work, not a setting, and "restore defaults" must not take it away.
 */
import { effect } from '@preact/signals';
import type { Stop, StopRecord, Tour } from '../api/types';
import type { Shelf } from './memory';
import type { Store } from './store';
import { OWN_TOUR } from './tour';

export type OwnTour = Pick<Tour, 'title' | 'title_en' | 'stops'>;

export const NO_TOUR: OwnTour = { title: '', title_en: '', stops: [] };

const NAME = 'plan-atlas-tour';

/** As a tour to be presented; without an English word the Chinese stands. */
export const asTour = (own: OwnTour, title: string): Tour => ({ id: OWN_TOUR, plan: null, ...own, title: own.title || title });

export const withStop = (own: OwnTour, stop: Stop): OwnTour => ({ ...own, stops: [...own.stops, stop] });

export const withoutStop = (own: OwnTour, at: number): OwnTour => ({ ...own, stops: own.stops.filter((_, i) => i !== at) });

export const changedStop = (own: OwnTour, at: number, change: Partial<Stop>): OwnTour =>
  ({ ...own, stops: own.stops.map((stop, i) => (i === at ? { ...stop, ...change } : stop)) });

export function movedStop(own: OwnTour, from: number, by: 1 | -1): OwnTour {
  const to = from + by;
  const [one, other] = [own.stops[from], own.stops[to]];
  if (!one || !other) return own;
  return { ...own, stops: own.stops.map((stop, i) => (i === from ? other : i === to ? one : stop)) };
}

/** Whatever does not look as it should counts as forgotten: a stop without a spot cannot be shown. */
export function decodeOwnTour(text: string | null): OwnTour {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(kept) || !Array.isArray(kept['stops'])) return NO_TOUR;
    return { title: wordsIn(kept['title']), title_en: wordsIn(kept['title_en']), stops: kept['stops'].flatMap(decodeStop) };
  } catch {
    return NO_TOUR;
  }
}

function decodeStop(kept: unknown): Stop[] {
  if (!isRecord(kept)) return [];
  const { center, zoom, bearing, pitch, plan, section } = kept;
  const [lon, lat] = Array.isArray(center) ? (center as unknown[]) : [];
  if (!isNumber(lon) || !isNumber(lat) || !isNumber(zoom)) return [];
  return [{
    title: wordsIn(kept['title']), title_en: wordsIn(kept['title_en']), caption: wordsIn(kept['caption']), caption_en: wordsIn(kept['caption_en']),
    plan: wordsIn(plan) || null, section: wordsIn(section) || null,
    center: [lon, lat], zoom, bearing: isNumber(bearing) ? bearing : 0, pitch: isNumber(pitch) ? pitch : 0,
    layers: listIn(kept['layers']), places: listIn(kept['places']),
    records: Array.isArray(kept['records']) ? kept['records'].filter(isStopRecord) : [],
  }];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const wordsIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const listIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
const isStopRecord = (value: unknown): value is StopRecord =>
  isRecord(value) && ['plan', 'table', 'id', 'title'].every((name) => typeof value[name] === 'string');

/** Takes out what was kept, and writes down every change from now on. */
export function keepOwnTour(store: Store, shelf: Shelf | null): () => void {
  const { own } = store.presenting;
  own.value = decodeOwnTour(shelf?.getItem(NAME) ?? null);
  return effect(() => {
    const tour = own.value;
    const empty = tour.stops.length === 0 && !tour.title && !tour.title_en;
    try {
      if (empty) shelf?.removeItem(NAME);
      else shelf?.setItem(NAME, JSON.stringify(tour));
    } catch {
      store.settings.kept.value = false;
    }
  });
}
