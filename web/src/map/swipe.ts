/**
 * The curtain: a second map over the first, in step with it, cut off where the curtain hangs. What is
 * seen of each map is also what answers to the pointer, so nobody picks what lies behind the curtain.
 */
import { computed, effect, untracked } from '@preact/signals';
import { Map as MapLibre, type MapOptions, type StyleSpecification } from 'maplibre-gl';
import type { Atlas } from '../api/types';
import type { Store } from '../state/store';
import { keepDrawing } from './drawing';
import { isGroundError } from './ground-open';
import { supplyImages } from './images';
import { litStates } from './lit';
import { keepPace } from './pace';
import { followPointer } from './pointer';
import { restyle } from './restyle';
import type { Picture } from './sheet';
import { compose } from './style';

/** A camera that only follows the other map's; its view is not the reader's last word. */
export const FOLLOWING = { following: true };
export const isFollowing = (event: object): boolean => 'following' in event;

export interface Behind {
  atlas: Atlas;
  store: Store;
  picture: Picture;
  label: () => string;
  /** What both maps have in common. */
  options: Omit<MapOptions, 'container' | 'style'>;
}

export interface Curtain {
  /** The right-hand map, while there is one. */
  over: () => MapLibre | null;
  stop: () => void;
}

export function hangCurtain(map: MapLibre, behind: Behind): Curtain {
  const { store } = behind;
  const hangs = computed(() => store.swipe.value !== null);
  let hung: { over: MapLibre; takeDown: () => void } | null = null;
  const stop = effect(() => {
    hung?.takeDown();
    hung = hangs.value ? untracked(() => hang(map, behind)) : null;
  });
  return {
    over: () => hung?.over ?? null,
    stop: () => {
      stop();
      hung?.takeDown();
    },
  };
}

function hang(map: MapLibre, { atlas, store, picture, label, options }: Behind): { over: MapLibre; takeDown: () => void } {
  const container = document.createElement('div');
  container.className = 'map-right';
  container.dataset['curtainState'] = 'busy';
  map.getContainer().append(container);
  const over = new MapLibre({ ...options, ...cameraOf(map), container, style: untracked(() => compose(picture.sheet())) });
  supplyImages(over);
  over.touchPitch.disable();

  let leading: MapLibre | null = null;
  const lead = (from: MapLibre, to: MapLibre) => (): void => {
    if (leading === to) return;
    leading = from;
    to.jumpTo(cameraOf(from), FOLLOWING);
    leading = null;
  };
  const byMap = lead(map, over);
  const byOver = lead(over, map);
  map.on('move', byMap);
  over.on('move', byOver);
  over.on('moveend', (event) => !isFollowing(event) && map.jumpTo(cameraOf(over)));

  const busy = (): void => void (container.dataset['curtainState'] = 'busy');
  const stops: (() => void)[] = [
    keepPace(over, () => undefined).stop,
    effect(() => {
      container.style.clipPath = `inset(0 0 0 ${store.curtain.value}%)`;
    }),
    effect(() => {
      // Drawing is done on the map beneath; the pen needs the whole of it.
      container.style.pointerEvents = store.ask.tool.value ? 'none' : '';
    }),
    effect(() => {
      over.getCanvas().setAttribute('aria-label', label());
    }),
  ];
  over.once('style.load', () => {
    const both = (): StyleSpecification => {
      // Finished drawings lie on both sides.
      void store.ask.drawings.value;
      return compose(picture.sheet());
    };
    const { given, stop } = restyle(over, both, (_, next) => keepDrawing(map.getStyle(), next), busy);
    stops.push(stop, litStates(over, atlas, store, given));
  });
  followPointer(over, store, picture.standing);
  over.on('error', (event) => ((isGroundError(event) ? store.groundFailed : store.tilesFailed).value = true));
  over.on('dataloading', busy);
  over.on('idle', () => (container.dataset['curtainState'] = 'idle'));

  const takeDown = (): void => {
    map.off('move', byMap);
    for (const stop of stops) stop();
    over.remove();
    container.remove();
  };
  return { over, takeDown };
}

function cameraOf(map: MapLibre): { center: [number, number]; zoom: number; bearing: number } {
  const { lng, lat } = map.getCenter();
  return { center: [lng, lat], zoom: map.getZoom(), bearing: map.getBearing() };
}
