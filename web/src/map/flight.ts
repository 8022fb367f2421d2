/**
 * The way from one stop of a tour to the next. A machine that draws fast flies. One that does not would show a
 * handful of blurred pictures on the way, so there the map fades, jumps, and comes back when the new picture has
 * been drawn: the browser does that by itself, and nothing is drawn that nobody needs.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';

export interface Goal {
  center: [number, number];
  zoom: number;
  bearing: number;
  pitch: number;
}

/** `shown` is whether the way is to be seen at all. */
export type Fly = (goal: Goal, shown: boolean) => void;

/** However far apart two stops are (ms): the way is to be seen, not waited for. */
const FLIGHT = 1800;
const FADE = 180;
/** The new picture is shown, whatever is still missing on it (ms). */
const PATIENCE = 2500;

export function flights(map: MapLibre, slow: () => boolean, atRest: ReadonlySignal<boolean>, busy: () => void): { fly: Fly; stop: () => void } {
  const canvas = map.getCanvas();
  let [timer, patience] = [0, 0];
  let unwatch = (): void => undefined;

  const appear = (): void => {
    window.clearTimeout(timer);
    window.clearTimeout(patience);
    unwatch();
    unwatch = () => undefined;
    canvas.style.opacity = '';
  };

  const fade = (goal: Goal): void => {
    appear();
    busy();
    canvas.style.transition = `opacity ${FADE}ms linear`;
    canvas.style.opacity = '0';
    timer = window.setTimeout(() => {
      map.jumpTo(goal);
      // Even a jump to the same spot has to end in a rest.
      map.triggerRepaint();
      patience = window.setTimeout(appear, PATIENCE);
      unwatch = effect(() => {
        if (atRest.value) timer = window.setTimeout(appear);
      });
    }, FADE);
  };

  return {
    fly: (goal, shown) => {
      if (shown && slow()) return fade(goal);
      appear();
      if (shown) map.flyTo({ ...goal, duration: FLIGHT });
      else map.jumpTo(goal);
    },
    stop: appear,
  };
}
