/** Joins address bar, store, map and page; the only file that knows all four. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { api } from './api/client';
import { startMap } from './map/map';
import { openSession } from './opening';
import { watchStanding } from './standing';
import { bindAddress } from './state/address';
import { preferred } from './state/language';
import { knownOnly } from './state/layers';
import { keepMemory, openShelf, putBack, recall, withMemory } from './state/memory';
import { keepOwnTour } from './state/own-tour';
import { keepShortlist } from './state/shortlist';
import { createStore } from './state/store';
import { decodeState } from './state/url';
import { watchSwipe } from './swiping';
import { watchTheme } from './theming';
import { watchData } from './watching';
import { App } from './ui/App';
import { isNarrow } from './ui/narrow';
import { keepLook } from './ui/settings/look';
import './styles/index.css';

// Whoever is refused gets no further than this line.
const session = await openSession();
const language = preferred(navigator.languages);
const shelf = openShelf();
const memory = recall(shelf);
const store = createStore(withMemory(decodeState(window.location.search), memory, window.location.search === ''), language);
store.session.value = session;
putBack(store.settings, memory);
bindAddress(store);
watchTheme(store);
watchSwipe(store);
watchData(store);
keepMemory(store, shelf, session?.share ? memory : null);
keepOwnTour(store, shelf);
keepShortlist(store, shelf);
keepLook(store);

// Below this width the panels cover the map, so they open on demand.
if (isNarrow('drawers')) store.layersOpen.value = false;

// Where there is room for one panel only, the details take the place of the layers.
let chosen = false;
effect(() => {
  const before = chosen;
  chosen = store.selection.value.kind !== 'none';
  if (chosen && !before && isNarrow('columns')) store.layersOpen.value = false;
});

// Nothing stays shown or lit once nothing is selected.
effect(() => {
  if (store.selection.value.kind !== 'none') return;
  store.shown.value = [];
  store.lit.value = [];
});

void api.atlas().then((atlas) => {
  store.layers.value = knownOnly(store.layers.value, atlas.layers);
  watchStanding(store, atlas);
}, () => undefined);

const root = document.getElementById('app');
if (root) render(<App store={store} startMap={startMap} />, root);
