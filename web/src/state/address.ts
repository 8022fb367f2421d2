/**
 * Keeps the address bar and the store the same. A new selection, drawer, dock or filter is a step in the
 * browser's history, and so is a guided tour; moving the map, walking on in the tour, switching layers or the
 * language rewrites the present step. Going back restores what was selected, open and seen; language and layers are
 * settings and stay as they are.
 */
import { batch, effect } from '@preact/signals';
import { encodeDock } from './desk';
import { enterTour, leaveTour } from './presenting';
import { currentState, type Store } from './store';
import { stepOfTable } from './table';
import { decodeState, encodeState, type AtlasState } from './url';

/** What makes a step of its own in the history. */
const stepOf = ({ selection, drawer, dock, table, swipe, tour }: AtlasState): string =>
  [selection.kind, selection.kind === 'none' ? '' : selection.id, drawer, encodeDock(dock), dock.kind === 'table' ? stepOfTable(table) : '', swipe ? 'swipe' : '', tour?.tour ?? ''].join(' ');

export function bindAddress(store: Store): () => void {
  let last = stepOf(currentState(store));

  const stopWriting = effect(() => {
    const state = currentState(store);
    const address = encodeState(state) || window.location.pathname;
    const step = stepOf(state);
    if (step === last) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
    last = step;
  });

  const onPop = (): void => {
    const state = decodeState(window.location.search);
    last = stepOf(state);
    batch(() => {
      leaveTour(store);
      store.toReveal.value = null;
      store.selection.value = state.selection;
      store.drawer.value = state.drawer;
      store.dock.value = state.dock;
      if (state.dock.kind === 'table') store.table.value = state.table;
      store.columns.value = state.columns;
      store.room.compared.value = state.room.compared;
      store.room.radius.value = state.room.radius;
      store.swipe.value = state.swipe;
      store.chooser.value = null;
      if (state.view) {
        store.view.value = state.view;
        store.command.value = { type: 'view', view: state.view };
      }
      if (state.tour) enterTour(store, state.tour);
    });
    window.history.replaceState(null, '', encodeState(currentState(store)) || window.location.pathname);
  };
  window.addEventListener('popstate', onPop);
  return () => {
    stopWriting();
    window.removeEventListener('popstate', onPop);
  };
}
