/** Starts and ends presentations, screen and all. */
import { batch } from '@preact/signals';
import { api } from '../../api/client';
import type { StopRecord } from '../../api/types';
import { enterTour, leaveTour } from '../../state/presenting';
import type { SelectionKind } from '../../state/selection';
import type { Store } from '../../state/store';
import { OWN_TOUR, type TourAt } from '../../state/tour';
import { goFull, leaveFull } from './full-screen';

/** Only a click or a key may ask for the full screen, so it is asked for at once. */
export function present(store: Store, at: TourAt): void {
  goFull();
  enterTour(store, at);
}

/** Where it was left, else the first tour there is; where there is none, the place to make one. */
export async function presentAtOnce(store: Store): Promise<void> {
  const { last, own } = store.presenting;
  if (last.value) return present(store, last.value.at);
  const first = await api.tours().then(({ items }) => items[0]?.id, () => undefined);
  if (first) present(store, { tour: first, stop: 1 });
  else if (own.value.stops.length > 0) present(store, { tour: OWN_TOUR, stop: 1 });
  else store.dialog.value = 'tours';
}

export function endPresentation(store: Store): void {
  leaveFull();
  leaveTour(store);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.tours-button')?.focus());
}

/** Records of these tables have a panel of their own. */
const PANELS: Readonly<Record<string, SelectionKind>> = {
  projects: 'project', targets: 'target', tasks: 'task', organisations: 'organisation', discrepancies: 'discrepancy',
};

export const canOpen = ({ table }: StopRecord): boolean => table in PANELS;

/** The full screen stays, so that the way back to the tour is short. */
export function openRecord(store: Store, { table, id }: StopRecord): void {
  const kind = PANELS[table];
  if (!kind) return;
  batch(() => {
    leaveTour(store, true);
    store.follow(kind, id);
  });
}
