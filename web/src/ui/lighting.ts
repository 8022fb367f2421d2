/**
 * Handlers that light places up on the map while the reader points at, or focuses, what concerns
 * them. `over` bubbles and is stopped by the innermost, so that going back from a place's name to
 * its card lights the whole card again.
 */
import type { PlaceRef } from '../api/types';
import { useAtlas } from './context';

export interface Lighting {
  onPointerOver: (event: Event) => void;
  onPointerLeave: () => void;
  onFocusIn: (event: Event) => void;
  onFocusOut: () => void;
}

export function useLighting(places: readonly PlaceRef[]): Lighting | Record<string, never> {
  const { store } = useAtlas();
  if (places.length === 0) return {};
  const on = (event: Event): void => {
    event.stopPropagation();
    store.lit.value = places;
  };
  const off = (): void => void (store.lit.value = []);
  return { onPointerOver: on, onPointerLeave: off, onFocusIn: on, onFocusOut: off };
}
