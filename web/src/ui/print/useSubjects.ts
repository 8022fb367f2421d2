/** What a picture could show at this moment: names and extents of counties, of the selected place, of the first township. */
import { useMemo } from 'preact/hooks';
import { api, type ApiError, type Place } from '../../api/client';
import type { Bounds } from '../../api/types';
import { useAtlas } from '../context';
import { useLoaded } from '../load';
import { boundsInSight } from '../map-frame';

/** The layer whose places get a sheet each. */
const TOWNSHIPS = 'townships';
/** Among so many one has a position. */
const ASKED_FOR = 20;

export interface Subjects {
  view: Bounds | null;
  counties: readonly Place[];
  place: Place | null;
  each: { layer: string; first: Place; sheets: number } | null;
  /** There are sheets for townships, though the first one may still be on its way. */
  sheets: number;
  loading: boolean;
  failed: { error: ApiError; retry: () => void } | null;
}

const placeOf = (id: string): Promise<Place> => api.place(id).then(({ place }) => place);

async function firstOf(layer: string): Promise<Place | null> {
  const { items } = await api.layerPlaces(layer, 0, ASKED_FOR);
  const first = items.find(({ point }) => point !== null);
  return first ? placeOf(first.id) : null;
}

export function useSubjects(): Subjects {
  const { atlas, store } = useAtlas();
  // The map does not move under an open dialog.
  const view = useMemo(() => boundsInSight(store.view.value), []);
  const ids = [...new Set(atlas.plans.map(({ county }) => county).filter(Boolean))];
  const selection = store.selection.value;
  const selected = selection.kind === 'place' ? selection.id : null;
  const townships = atlas.layers.find(({ id }) => id === TOWNSHIPS);
  const sheets = townships ? townships.count - townships.unlocated : 0;

  const counties = useLoaded(`counties ${ids.join()}`, () => Promise.all(ids.map(placeOf)));
  const place = useLoaded(`place ${selected}`, async () => (selected ? placeOf(selected) : null));
  const first = useLoaded(`first ${sheets}`, async () => (sheets > 0 ? firstOf(TOWNSHIPS) : null));
  return {
    view,
    counties: counties.status === 'here' ? counties.value : [],
    place: place.status === 'here' ? place.value : null,
    each: first.status === 'here' && first.value ? { layer: TOWNSHIPS, first: first.value, sheets } : null,
    sheets,
    loading: [counties, place, first].some(({ status }) => status === 'loading'),
    failed: [counties, place, first].find((one) => one.status === 'failed') ?? null,
  };
}
