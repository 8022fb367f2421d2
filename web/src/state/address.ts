/**
 * Keeps the address bar and the store the same. A new selection is a step in the browser's history;
 * moving the map, switching layers or the language rewrites the present step.
 */
import { batch, effect } from '@preact/signals';
import { sameSelection } from './selection';
import { currentState, type Store } from './store';
import { decodeState, encodeState } from './url';

export function bindAddress(store: Store, preferred: Store['language']['value']): () => void {
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
      store.language.value = state.language ?? preferred;
      store.layers.value = state.layers;
      store.selection.value = state.selection;
      store.chooser.value = null;
      if (state.view) store.command.value = { type: 'view', view: state.view };
    });
  };
  window.addEventListener('popstate', onPop);
  return () => {
    stopWriting();
    window.removeEventListener('popstate', onPop);
  };
}
