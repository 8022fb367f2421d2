/** A look at something in the surroundings: the map goes there, and back to where it was. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LonLat, PlaceRef } from '../../api/types';
import type { View } from '../../state/url';
import { useAtlas } from '../context';

export interface Visit {
  /** Id of the place that is looked at. */
  at: string | null;
  go: (place: PlaceRef) => void;
  back: () => void;
}

/** Degrees around the place; nearer than `NEAREST` there is nothing but the error of its position. */
const ROOM = 0.02;
const NEAREST = 11.5;

const boundsAround = ([lon, lat]: LonLat): [number, number, number, number] => [lon - ROOM, lat - ROOM, lon + ROOM, lat + ROOM];

export function useVisit(self: PlaceRef | null, radius: number): Visit {
  const { store } = useAtlas();
  const [at, setAt] = useState<string | null>(null);
  /** Where the map was before the first look. */
  const from = useRef<View | null>(null);
  const home = self ? [self] : [];

  const back = (): void => {
    setAt(null);
    store.shown.value = home;
    if (from.current) store.command.value = { type: 'view', view: from.current, fly: true };
    from.current = null;
  };
  const go = (place: PlaceRef): void => {
    if (at === place.id) return back();
    if (!place.point) return;
    from.current ??= store.view.peek();
    setAt(place.id);
    store.shown.value = [...home, place];
    store.command.value = { type: 'fit', bounds: boundsAround(place.point), maxZoom: NEAREST };
  };
  // Another radius may no longer hold what is looked at.
  useEffect(() => {
    if (from.current) back();
  }, [radius]);
  return { at, go, back };
}
