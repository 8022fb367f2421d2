/** The tour with this id, of the data folder or one's own. */
import { ApiError, api } from '../../api/client';
import type { Tour } from '../../api/types';
import { asTour } from '../../state/own-tour';
import { OWN_TOUR } from '../../state/tour';
import { useAtlas, useText } from '../context';
import { useLoaded, type Loaded } from '../load';
import { toursText } from '../text/tours';

/** `null`: there is none, or it has no stops. */
export function useTour(id: string): Loaded<Tour | null> {
  const { store } = useAtlas();
  const words = useText(toursText);
  const isOwn = id === OWN_TOUR;
  const loaded = useLoaded(`tour ${id}`, async () => (isOwn ? null : toursOf().then((tours) => tours.find((tour) => tour.id === id) ?? null)));
  const own = isOwn ? asTour(store.presenting.own.value, words.ownUnnamed) : null;
  const found: Loaded<Tour | null> = isOwn ? { status: 'here', value: own } : loaded;
  return found.status === 'here' && found.value?.stops.length === 0 ? { status: 'here', value: null } : found;
}

/** A server that knows nothing of tours has none. */
export const toursOf = (): Promise<Tour[]> => api.tours().then(({ items }) => items, (error: unknown) => {
  if (error instanceof ApiError && error.status === 404) return [];
  throw error;
});
