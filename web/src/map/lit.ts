/**
 * Feature states: which features are shown (selected), lit (pointed at in a panel) or hovered. Ids
 * are the places' own (`promoteId`), so a state may be set before its tile has come.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import type { Atlas } from '../api/types';
import type { Store } from '../state/store';
import { LIT_STATE } from './recipe';

type StateName = 'shown' | 'lit' | 'hover';

/** `styled` changes with every new style: a source that has just come knows no state yet. */
export function litStates(map: MapLibre, atlas: Atlas, store: Store, styled: ReadonlySignal<number>): () => void {
  const drawnLayers = (): string[] => atlas.layers.map((layer) => layer.id).filter((id) => map.getSource(id));

  const follow = (name: StateName, ids: () => readonly string[]): (() => void) => {
    let before: readonly string[] = [];
    const apply = (): void => {
      const now = ids();
      // Hence all of `now` each time.
      void styled.value;
      const put = (id: string, on: boolean): void => {
        for (const source of drawnLayers()) map.setFeatureState({ source, sourceLayer: source, id }, { [name]: on });
      };
      for (const id of before) if (!now.includes(id)) put(id, false);
      for (const id of now) put(id, true);
      before = now;
    };
    return effect(apply);
  };

  const stops = [
    follow('shown', () => store.shown.value.map((place) => place.id)),
    follow('lit', () => store.lit.value.map((place) => place.id)),
    follow('hover', () => (store.hover.value?.places.length === 1 ? store.hover.value.places.map((place) => place.id) : [])),
  ];
  stops.push(effect(() => {
    const any = store.shown.value.length > 0 || store.lit.value.length > 0 || store.hover.value !== null;
    map.setGlobalStateProperty(LIT_STATE, any);
  }));
  return () => stops.forEach((stop) => stop());
}
