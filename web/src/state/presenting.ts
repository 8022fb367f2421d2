/**
 * A presentation is a state of the page, not another page: it borrows layers, curtain and theme from the desk and
 * gives them back when it ends. What was borrowed is what address and memory go on telling of, so that a tour
 * leaves no trace in either.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Stop } from '../api/types';
import type { LayerChoice } from './layers';
import type { OwnTour } from './own-tour';
import { NO_TOUR } from './own-tour';
import type { Store } from './store';
import type { Swipe } from './swipe';
import type { ThemeChoice } from './theme';
import type { TourAt } from './tour';
import type { View } from './url';

/** What a presentation borrows. */
export interface Desk {
  view: View | null;
  layers: LayerChoice | null;
  swipe: Swipe | null;
  theme: ThemeChoice | null;
}

export function createPresenting(at: TourAt | null, desk: Desk | null) {
  return {
    /** `null` while nobody presents. */
    at: signal(at),
    desk: signal(desk),
    /** Where the last presentation was left; `aside` if only to look at a record. */
    last: signal<{ at: TourAt; aside: boolean } | null>(null),
    /** The screen is dark, so that people look at the speaker. */
    dark: signal(false),
    /** The reader's own tour. */
    own: signal<OwnTour>(NO_TOUR),
    /** Which of its stops is being edited; counted from nought. */
    edited: signal<number | null>(null),
  };
}

export type Presenting = ReturnType<typeof createPresenting>;

export function deskOf({ view, layers, swipe, theme }: { [K in keyof Desk]: ReadonlySignal<Desk[K]> }): Desk {
  return { view: view.value, layers: layers.value, swipe: swipe.value, theme: theme.value };
}

export function enterTour(store: Store, at: TourAt): void {
  batch(() => {
    const { presenting } = store;
    presenting.desk.value ??= { view: store.view.peek(), layers: store.layers.peek(), swipe: store.swipe.peek(), theme: store.theme.peek() };
    presenting.at.value = at;
    presenting.last.value = null;
    store.dialog.value = null;
  });
}

/** Puts on the map what a stop shows, and nothing else. */
export function showStop(store: Store, stop: Pick<Stop, 'layers' | 'places'>): void {
  batch(() => {
    store.swipe.value = null;
    store.theme.value = null;
    store.ask.rest();
    store.hover.value = null;
    store.chooser.value = null;
    store.shown.value = [];
    store.lit.value = [];
    store.layers.value = Object.fromEntries(stop.layers.map((id) => [id, 100]));
    store.found.value = stop.places.length > 0 ? new Set(stop.places) : null;
  });
}

/** The map stays where it is. */
export function leaveTour(store: Store, aside = false): void {
  const { presenting } = store;
  const at = presenting.at.peek();
  const desk = presenting.desk.peek();
  if (!at || !desk) return;
  batch(() => {
    store.layers.value = desk.layers;
    store.swipe.value = desk.swipe;
    store.theme.value = desk.theme;
    store.found.value = null;
    presenting.at.value = null;
    presenting.desk.value = null;
    presenting.dark.value = false;
    presenting.last.value = { at, aside };
  });
}
