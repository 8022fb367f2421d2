/** Joins address bar, store, map and page; the only file that knows all four. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { api } from './api/client';
import { startMap } from './map/map';
import { watchStanding } from './standing';
import { bindAddress } from './state/address';
import { preferred } from './state/language';
import { createStore } from './state/store';
import { decodeState } from './state/url';
import { App } from './ui/App';
import './styles/index.css';

const language = preferred(navigator.languages);
const store = createStore(decodeState(window.location.search), language);
bindAddress(store, language);

// Below this width the panels cover the map, so they open on demand.
if (window.matchMedia('(max-width: 900px)').matches) store.layersOpen.value = false;

// Nothing stays shown or lit once nothing is selected.
effect(() => {
  if (store.selection.value.kind !== 'none') return;
  store.shown.value = [];
  store.lit.value = [];
});

void api.atlas().then((atlas) => watchStanding(store, atlas), () => undefined);

const root = document.getElementById('app');
if (root) render(<App store={store} startMap={startMap} />, root);
