/**
 * Keeps the address bar and the store the same. A new selection is a step in the browser's history;
 * moving the map, switching layers or the language rewrites the present step. Going back restores what
 * was selected and seen; language and layers are settings and stay as they are.
 */
import { batch, effect } from '@preact/signals';
import { sameSelection } from './selection';
import { currentState, type Store } from './store';
import { decodeState, encodeState } from './url';

export function bindAddress(store: Store): () => void {
  let last = store.selection.peek();

  const stopWriting = effect(() => {
    const state = currentState(store);
    const address = encodeState(state) || window.location.pathname;
    if (sameSelection(state.selection, last)) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
    last = state.selection;
  });

  const onPop = (): void => {
    const state = decodeState(window.location.search);
    last = state.selection;
    batch(() => {
      store.toReveal.value = null;
      store.selection.value = state.selection;
      store.chooser.value = null;
      if (!state.view) return;
      store.view.value = state.view;
      store.command.value = { type: 'view', view: state.view };
    });
    window.history.replaceState(null, '', encodeState(currentState(store)) || window.location.pathname);
  };
  window.addEventListener('popstate', onPop);
  return () => {
    stopWriting();
    window.removeEventListener('popstate', onPop);
  };
}
