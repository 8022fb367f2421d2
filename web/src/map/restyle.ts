/**
 * Gives a map its style anew whenever what it is composed from changes: after the browser has had a frame to show
 * the click's answer in the panels, since reading a whole style takes longer than that.
 */
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';

export interface Restyled {
  /** Counts the styles given: what is set on sources has to be set on new ones as well. */
  given: ReadonlySignal<number>;
  stop: () => void;
}

/** `keep` carries over what others have added to the present style. */
export function restyle(map: MapLibre, compose: () => StyleSpecification, keep: (previous: StyleSpecification | undefined, next: StyleSpecification) => StyleSpecification, waiting: () => void): Restyled {
  const given = signal(0);
  let next: StyleSpecification | null = null;
  let [frame, turn] = [0, 0];
  const give = (): void => {
    if (!next) return;
    map.setStyle(next, { diff: true, validate: false, transformStyle: keep });
    next = null;
    // A style that changes nothing draws nothing, and the map would never say that it has come to rest.
    map.triggerRepaint();
    given.value++;
  };
  const stop = effect(() => {
    const pending = next !== null;
    next = compose();
    if (pending) return;
    waiting();
    // At the second frame the first one is on its way to the screen.
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => (turn = window.setTimeout(give)))));
  });
  return {
    given,
    stop: () => {
      stop();
      next = null;
      cancelAnimationFrame(frame);
      window.clearTimeout(turn);
    },
  };
}
