/**
 * The map on the page: joins MapLibre to the store. It draws what the store says, reports what the
 * pointer meets, and leaves every panel, word and request to others.
 *
 *     store ─► compose ─► setStyle(diff)        command ─► camera
 *     pointer ─► store.hover, store.chooser, store.select
 */
import { effect, signal, untracked } from '@preact/signals';
import { Map as MapLibre, setWorkerUrl, type MapOptions } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Atlas } from '../api/types';
import type { Store } from '../state/store';
import { roundView } from '../state/url';
import { clearOf, obey, type Covered } from './camera';
import { keepDrawing, takeDrawings } from './drawing';
import { flights } from './flight';
import { fallbackFaces } from './fonts';
import { isGroundError, watchGround } from './ground-open';
import { supplyImages } from './images';
import { litStates } from './lit';
import { litOwn } from './own-pointer';
import { serveOwnTiles } from './own-tiles';
import { address as workerAddress } from './map-worker';
import { keepPace } from './pace';
import { followPointer } from './pointer';
import { restyle } from './restyle';
import { pictureOf } from './sheet';
import { snapshot } from './snapshot';
import { compose } from './style';
import { hangCurtain, isFollowing } from './swipe';

setWorkerUrl(workerAddress);

/** Nearer than this there is nothing but the error of the positions. */
const MAX_ZOOM = 14.5;
/** How far beyond the atlas the map can be moved, in degrees. */
const ROOM = 1.5;

export interface MapSurroundings {
  atlas: Atlas;
  store: Store;
  /** What the map is called, in the present language. */
  label: () => string;
  /** And its right-hand side, while a curtain hangs. */
  rightLabel: () => string;
  /** Pixels of the map that panels cover at present. */
  padding: () => Covered;
  /** What the cartouche covers in the lower left corner. */
  corner: () => { left: number; bottom: number };
}

export async function startMap(container: HTMLElement, { atlas, store, label, rightLabel, padding, corner }: MapSurroundings): Promise<() => void> {
  const faces = await fallbackFaces();
  const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  const { ground, stop: leaveGround } = watchGround(atlas, store);
  const picture = pictureOf('left', { atlas, store, faces, ground });
  const { sheet } = picture;

  const view = store.view.peek();
  const [west, south, east, north] = atlas.bounds;
  const options: Omit<MapOptions, 'container' | 'style'> = {
    minZoom: 5,
    maxZoom: MAX_ZOOM,
    maxBounds: [west - ROOM, south - ROOM, east + ROOM, north + ROOM],
    maxPitch: 0,
    attributionControl: false,
    trackResize: false,
    fadeDuration: reduced.matches ? 0 : 200,
  };
  const map = new MapLibre({
    ...options,
    container,
    style: untracked(() => compose(sheet())),
    ...(view
      ? { center: [view.lon, view.lat], zoom: view.zoom, bearing: view.bearing }
      : { bounds: atlas.bounds, fitBoundsOptions: { padding: padding() } }),
  });
  if (!view) map.fitBounds(atlas.bounds, { padding: clearOf(corner(), map, atlas.bounds, padding()), animate: false });
  supplyImages(map);
  map.touchPitch.disable();

  const curtain = hangCurtain(map, { atlas, store, picture: pictureOf('right', { atlas, store, faces, ground }), label: rightLabel, options });
  store.snapshot.value = () => snapshot(map, curtain.over(), store.curtain.value);

  let [isAtRest, isBehind] = [false, false];
  const atRest = signal(false);
  const settle = (): void => {
    const rests = isAtRest && !isBehind;
    // Written only: whoever moves the map within an effect must not wait for this.
    atRest.value = rests;
    container.dataset['mapState'] = rests ? 'idle' : 'busy';
  };
  const busy = (): void => {
    isAtRest = false;
    settle();
  };
  const pace = keepPace(map, (yes) => {
    isBehind = yes;
    settle();
  });
  const flight = flights(map, pace.slow, atRest, busy);
  const stops = [
    () => (store.snapshot.value = null),
    leaveGround,
    pace.stop,
    flight.stop,
    whenStyled(map, () => {
      const { given, stop } = restyle(map, () => compose(sheet()), keepDrawing, busy);
      const lit = [litStates(map, atlas, store, given), litOwn(map, store, given)];
      return () => [stop, ...lit].forEach((each) => each());
    }),
    serveOwnTiles(store),
    whenStyled(map, () => takeDrawings(map, store)),
    curtain.stop,
    effect(() => {
      map.getCanvas().setAttribute('aria-label', label());
    }),
    effect(() => {
      const command = store.command.value;
      if (!command) return;
      if (command.type !== 'reveal') store.chooser.value = null;
      obey(map, command, { padding: untracked(padding), corner: untracked(corner), animate: !reduced.matches, fly: flight.fly });
    }),
  ];

  const reportView = (): void => {
    const { lng, lat } = map.getCenter();
    store.view.value = roundView({ lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() });
  };
  map.on('moveend', (event) => !isFollowing(event) && reportView());
  reportView();

  followPointer(map, store, picture.standing);

  map.on('dataloading', busy);
  map.on('movestart', busy);
  map.on('error', (event) => ((isGroundError(event) ? store.groundFailed : store.tilesFailed).value = true));
  map.once('idle', () => performance.mark('map-drawn'));
  map.on('idle', () => {
    isAtRest = true;
    settle();
  });
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
