/**
 * What one picture of the map is composed from, read from the store. There are two pictures while a
 * curtain hangs, one per side; otherwise the left one is the whole map.
 */
import { computed, type ReadonlySignal } from '@preact/signals';
import { origin } from '../api/transport';
import type { Atlas } from '../api/types';
import { effectiveChoice, isVisible, type LayerChoice } from '../state/layers';
import { bothReaches } from '../state/reach';
import { dressed } from '../state/safe';
import type { Store } from '../state/store';
import type { SideName } from '../state/swipe';
import { thematicOf } from '../state/theme-sheet';
import { crowdOf } from './crowd';
import type { FallbackFaces } from './fonts';
import type { Ground } from './ground';
import { isLocated, type LocatedPlace } from './pointer';
import { hasPoints, type Sheet } from './style';

export interface Picture {
  sheet: () => Sheet;
  /** Places that stand as symbols in this picture. */
  standing: () => readonly LocatedPlace[];
}

export interface Ingredients {
  atlas: Atlas;
  store: Store;
  faces: FallbackFaces | null;
  ground: ReadonlySignal<Ground | null>;
}

export function pictureOf(side: SideName, { atlas, store, faces, ground }: Ingredients): Picture {
  const colored = computed(() => dressed(atlas, store.settings.colours.value));
  // Where the curtain hangs is no concern of the pictures: they are composed anew only with other layers.
  const layers = computed((): LayerChoice | null => store.swipe.value?.[side].layers ?? store.layers.value);
  const standing = computed((): LocatedPlace[] => {
    const choice = effectiveChoice(layers.value, atlas.layers);
    const all = atlas.layers.filter((layer) => hasPoints(layer) && isVisible(choice, layer.id))
      .flatMap((layer) => store.standing.value[layer.id] ?? []);
    return [...new Map(all.filter(isLocated).map((place) => [place.id, place])).values()];
  });
  const crowd = computed(() => crowdOf(standing.value));
  const members = computed(() => Object.fromEntries(
    Object.entries(store.standing.value).map(([id, places]) => [id, places.map((place) => place.id)]),
  ));
  const thematic = computed(() => {
    const sides = store.theming.sides.value;
    return sides ? thematicOf(sides[side], store.language.value) : store.thematic.value;
  });
  const reach = computed(() => bothReaches(store.ask.reach.value, store.room.reach.value));
  return {
    standing: () => standing.value,
    sheet: () => ({
      atlas: colored.value, faces, origin: origin(),
      language: store.language.value,
      layers: layers.value,
      crowd: crowd.value,
      members: members.value,
      shown: store.shown.value,
      lit: store.lit.value,
      found: store.found.value,
      thematic: thematic.value,
      own: store.mine.layers.value,
      ownSpots: store.mine.spots.value,
      reach: reach.value,
      ground: ground.value,
      dark: store.settings.dark.value,
      presented: store.presenting.at.value !== null,
    }),
  };
}
