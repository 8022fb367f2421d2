/**
 * The map on the page: joins MapLibre to the store. It draws what the store says, reports what the
 * pointer meets, and leaves every panel, word and request to others.
 *
 *     store ─► compose ─► setStyle(diff)        command ─► camera
 *     pointer ─► store.hover, store.chooser, store.select
 */
import { computed, effect, untracked } from '@preact/signals';
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Atlas } from '../api/types';
import { effectiveChoice, isVisible } from '../state/layers';
import type { Store } from '../state/store';
import { roundView } from '../state/url';
import { clearOf, obey, type Covered } from './camera';
import { crowdOf } from './crowd';
import { fallbackFaces } from './fonts';
import { supplyImages } from './images';
import { litStates } from './lit';
import { followPointer, isLocated, type LocatedPlace } from './pointer';
import { compose, hasPoints, type Sheet } from './style';

setWorkerUrl(workerUrl);

/** Nearer than this there is nothing but the error of the positions. */
const MAX_ZOOM = 14.5;
/** How far beyond the atlas the map can be moved, in degrees. */
const ROOM = 1.5;

export interface MapSurroundings {
  atlas: Atlas;
  store: Store;
  /** What the map is called, in the present language. */
  label: () => string;
  /** Pixels of the map that panels cover at present. */
  padding: () => Covered;
  /** What the cartouche covers in the lower left corner. */
  corner: () => { left: number; bottom: number };
}

export async function startMap(container: HTMLElement, { atlas, store, label, padding, corner }: MapSurroundings): Promise<() => void> {
  const faces = await fallbackFaces();
  const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  const crowd = computed(() => crowdOf(standing()));
  const members = computed(() => Object.fromEntries(
    Object.entries(store.standing.value).map(([id, places]) => [id, places.map((place) => place.id)]),
  ));
  const sheet = (): Sheet => ({
    atlas, faces, origin: window.location.origin,
    language: store.language.value,
    layers: store.layers.value,
    crowd: crowd.value,
    members: members.value,
    shown: store.shown.value,
    lit: store.lit.value,
  });
  const standing = (): LocatedPlace[] => {
    const choice = effectiveChoice(store.layers.value, atlas.layers);
    const all = atlas.layers.filter((layer) => hasPoints(layer) && isVisible(choice, layer.id))
      .flatMap((layer) => store.standing.value[layer.id] ?? []);
    return [...new Map(all.filter(isLocated).map((place) => [place.id, place])).values()];
  };

  const view = store.view.peek();
  const [west, south, east, north] = atlas.bounds;
  const map = new MapLibre({
    container,
    style: untracked(() => compose(sheet())),
    ...(view
      ? { center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing }
      : { bounds: atlas.bounds, fitBoundsOptions: { padding: padding() } }),
    minZoom: 5,
    maxZoom: MAX_ZOOM,
    maxBounds: [west - ROOM, south - ROOM, east + ROOM, north + ROOM],
    maxPitch: 0,
    attributionControl: false,
    fadeDuration: reduced.matches ? 0 : 200,
  });
  if (!view) map.fitBounds(atlas.bounds, { padding: clearOf(corner(), map, atlas.bounds, padding()), animate: false });
  supplyImages(map);
  map.touchPitch.disable();

  const stops = [
    whenStyled(map, () => effect(() => void map.setStyle(compose(sheet()), { diff: true, validate: false }))),
    whenStyled(map, () => litStates(map, atlas, store)),
    effect(() => {
      map.getCanvas().setAttribute('aria-label', label());
    }),
    effect(() => {
      const command = store.command.value;
      if (!command) return;
      if (command.type !== 'reveal') store.chooser.value = null;
      obey(map, command, { padding: untracked(padding), corner: untracked(corner), animate: !reduced.matches });
    }),
  ];

  const reportView = (): void => {
    const { lng, lat } = map.getCenter();
    store.view.value = roundView({ lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() });
  };
  map.on('moveend', reportView);
  reportView();

  followPointer(map, store, standing);

  const busy = (): void => void (container.dataset['mapState'] = 'busy');
  map.on('dataloading', busy);
  map.on('movestart', busy);
  map.on('error', () => (store.tilesFailed.value = true));
  map.on('idle', () => (container.dataset['mapState'] = 'idle'));
  return () => {
    for (const stop of stops) stop();
    map.remove();
  };
}

/** MapLibre takes neither a new style nor a feature state before its first style has been read. */
function whenStyled(map: MapLibre, start: () => () => void): () => void {
  let stop = (): void => undefined;
  map.once('style.load', () => {
    stop = start();
  });
  return () => stop();
}
