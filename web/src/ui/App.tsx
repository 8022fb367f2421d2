/** The page: opens the atlas, then lays map, panels and margins out around one another. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Atlas } from '../api/client';
import type { Store } from '../state/store';
import { SurroundingsProvider, useAtlas, wordsOf } from './context';
import { Furniture } from './Furniture';
import { Header } from './Header';
import { LayerPanel } from './layers/LayerPanel';
import { useLoaded } from './load';
import { Panel } from './panel/Panel';
import { Chooser, Tip } from './Pointer';

/** Starts the map in an element; handed in so that the UI need not know the map. */
export type StartMap = (container: HTMLElement, surroundings: {
  atlas: Atlas; store: Store; label: () => string; padding: () => { top: number; right: number; bottom: number; left: number };
  corner: () => { left: number; bottom: number };
}) => Promise<() => void>;

export function App({ store, startMap }: { store: Store; startMap: StartMap }) {
  const language = store.language.value;
  const words = wordsOf(language);
  const heading = store.heading.value;
  const loaded = useLoaded('atlas', api.atlas);

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    const title = loaded.status === 'here' ? loaded.value : null;
    const atlas = (language === 'en' ? title?.title_en : title?.title) ?? words.appTitle;
    document.title = heading ? `${heading} · ${atlas}` : atlas;
  }, [language, loaded.status, heading]);

  if (loaded.status === 'loading') {
    return <main class="opening"><h1>{words.appTitle}</h1><p role="status">{words.loading}</p></main>;
  }
  if (loaded.status === 'failed') {
    const unreachable = loaded.error.status === 0;
    return (
      <main class="opening">
        <h1>{words.atlasFailed}</h1>
        <div role="alert">
          <p>{unreachable ? words.serverUnreachable : words.serverFailed}</p>
          <p>{unreachable ? words.serverUnreachableHint : (loaded.error.detail ?? loaded.error.message)}</p>
        </div>
        <button type="button" class="button" onClick={loaded.retry}>{words.retry}</button>
      </main>
    );
  }
  return (
    <SurroundingsProvider value={{ store, atlas: loaded.value }}>
      <Sheet startMap={startMap} />
    </SurroundingsProvider>
  );
}

function Sheet({ startMap }: { startMap: StartMap }) {
  const { store, words } = useAtlas();
  const selection = store.selection.value;
  return (
    <div class={`page ${store.layersOpen.value ? 'with-layers' : ''} ${selection.kind === 'none' ? '' : 'with-panel'}`}>
      {store.layersOpen.value && <a class="skip" href="#layers">{words.skipToPanel}</a>}
      {selection.kind !== 'none' && <a class="skip" href="#details">{words.skipToDetails}</a>}
      <Header />
      <main class="desk">
        <MapFrame startMap={startMap} />
        {store.layersOpen.value && <LayerPanel />}
        {selection.kind !== 'none' && <Panel selection={selection} />}
      </main>
    </div>
  );
}

/** From this zoom on a screen shows less than the error of many positions. */
const BEYOND_DATA = 12;

function MapFrame({ startMap }: { startMap: StartMap }) {
  const { store, atlas, words } = useAtlas();
  const [undrawable, setUndrawable] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const started = startMap(element, { atlas, store, label: () => wordsOf(store.language.value).mapLabel, padding: () => coveredBy(element), corner: () => cartoucheOver(element) });
    started.catch(() => setUndrawable(true));
    return () => void started.then((stop) => stop(), () => undefined);
  }, []);
  return (
    <div class="map-frame">
      <div class="map" ref={container} data-map-state="busy" />
      {undrawable && <p class="notice map-notice" role="alert">{words.noWebGL}</p>}
      {store.tilesFailed.value && (
        <p class="notice map-notice" role="alert">
          {words.tilesFailed} <button type="button" class="button" onClick={() => window.location.reload()}>{words.retry}</button>
        </p>
      )}
      {(store.view.value?.zoom ?? 0) >= BEYOND_DATA && <p class="beyond" role="status">{words.beyondData}</p>}
      <Furniture />
      <Tip />
      <Chooser />
    </div>
  );
}

const MARGIN = 28;
const AIR = 8;

/** How far the cartouche reaches from the left and from the bottom of the map. */
function cartoucheOver(map: HTMLElement): { left: number; bottom: number } {
  const frame = map.getBoundingClientRect();
  const box = document.querySelector('.cartouche')?.getBoundingClientRect();
  return box ? { left: box.right - frame.left + AIR, bottom: frame.bottom - box.top + AIR } : { left: 0, bottom: 0 };
}

/** How far the panels reach over the map on each side. */
function coveredBy(map: HTMLElement): { top: number; right: number; bottom: number; left: number } {
  const frame = map.getBoundingClientRect();
  const padding = { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN };
  for (const panel of document.querySelectorAll('.layers, .panel')) {
    const box = panel.getBoundingClientRect();
    if (box.width > frame.width * 0.8) padding.bottom += Math.max(0, frame.bottom - box.top);
    else if (box.left - frame.left < frame.width / 2) padding.left += box.right - frame.left;
    else padding.right += frame.right - box.left;
  }
  return padding;
}
