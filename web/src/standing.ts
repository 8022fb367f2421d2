/**
 * Fetches which places each visible layer holds and where they stand, once per layer, so that the
 * map can tell stacked symbols apart and name a place only once. A layer too large for that is drawn
 * without either. Once something has been found, the map must know of every layer what it holds of it.
 */
import { effect, untracked } from '@preact/signals';
import { api, type Atlas, type PlaceListItem } from './api/client';
import { effectiveChoice, isVisible } from './state/layers';
import type { Store } from './state/store';

const PAGE = 500;
const TOO_MANY = 5000;

export function watchStanding(store: Store, atlas: Atlas): void {
  const asked = new Set<string>();
  effect(() => {
    const { left, right } = store.swipe.value ?? {};
    const choice = { ...effectiveChoice(store.layers.value, atlas.layers), ...left?.layers, ...right?.layers };
    const sought = store.found.value !== null;
    for (const layer of atlas.layers) {
      const stands = layer.geometry !== 'line' && isVisible(choice, layer.id);
      if (!(stands || sought) || asked.has(layer.id) || layer.count > TOO_MANY) continue;
      asked.add(layer.id);
      void untracked(() => allOf(layer.id)).then(
        (places) => (store.standing.value = { ...store.standing.peek(), [layer.id]: places }),
        () => asked.delete(layer.id),
      );
    }
  });
}

async function allOf(layer: string): Promise<PlaceListItem[]> {
  const places: PlaceListItem[] = [];
  for (;;) {
    const page = await api.layerPlaces(layer, places.length, PAGE);
    places.push(...page.items);
    if (places.length >= page.total || page.items.length === 0) return places;
  }
}
