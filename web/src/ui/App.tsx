/** The page: opens the atlas, then lays map, panels and margins out around one another. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Atlas } from '../api/client';
import { dressed } from '../state/safe';
import type { Store } from '../state/store';
import { SurroundingsProvider, useAtlas, wordsOf } from './context';
import { Dock } from './dock/Dock';
import { Curtain } from './drawer/compare/Curtain';
import { DrawingBar } from './drawer/ask/DrawingBar';
import { Drawer } from './drawer/Drawer';
import { DropZone } from './drawer/mine/DropZone';
import { Furniture } from './Furniture';
import { GroundNotice } from './GroundNotice';
import { Header } from './Header';
import { useLoaded } from './load';
import { NewsNotice } from './NewsNotice';
import { Panel } from './panel/Panel';
import { Chooser, Tip } from './Pointer';
import { Presentation } from './present/Presentation';
import { Resume } from './present/Resume';
import { compareText } from './text/compare';
import { ShareBanner } from './session/ShareBanner';
import { Print } from './settings/Print';
import { Sheets } from './settings/Sheets';
import { SpotMenu } from './SpotMenu';
import { usePrinting } from './settings/usePrinting';
import { useShortcuts } from './settings/useShortcuts';

/** Starts the map in an element; handed in so that the UI need not know the map. */
export type StartMap = (container: HTMLElement, surroundings: {
  atlas: Atlas; store: Store; label: () => string; rightLabel: () => string; padding: () => { top: number; right: number; bottom: number; left: number };
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
    <SurroundingsProvider value={{ store, atlas: dressed(loaded.value, store.settings.colours.value) }}>
      <Sheet startMap={(container, surroundings) => startMap(container, { ...surroundings, atlas: loaded.value })} />
    </SurroundingsProvider>
  );
}

function Sheet({ startMap }: { startMap: StartMap }) {
  const { store, words } = useAtlas();
  useShortcuts();
  usePrinting();
  const selection = store.selection.value;
  const dock = store.dock.value;
  // All that lies round the map makes room for a presentation, and comes back as it was.
  const at = store.presenting.at.value;
  const drawer = !at && store.layersOpen.value;
  const panel = !at && selection.kind !== 'none';
  const docked = !at && dock.kind !== 'none';
  const classes = [
    'page', at && 'presenting', drawer && 'with-layers', panel && 'with-panel', docked && (store.dockLarge.value ? 'with-dock-large' : 'with-dock'),
  ];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {drawer && <a class="skip" href="#layers">{words.skipToPanel}</a>}
      {panel && <a class="skip" href="#details">{words.skipToDetails}</a>}
      {!at && <Header />}
      {!at && <ShareBanner />}
      <main class="desk" style={{ '--dock': `${store.settings.dockHeight.value}%` }}>
        <MapFrame startMap={startMap} />
        {drawer && <Drawer />}
        {panel && <Panel selection={selection} />}
        {docked && <Dock dock={dock} />}
        {at && <Presentation at={at} />}
      </main>
      <Sheets />
      <Print />
      <DropZone />
    </div>
  );
}

/** From this zoom on a screen shows less than the error of many positions. */
const BEYOND_DATA = 12;

function MapFrame({ startMap }: { startMap: StartMap }) {
  const { store, atlas, words } = useAtlas();
  const [undrawable, setUndrawable] = useState(false);
  const presenting = store.presenting.at.value !== null;
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const started = startMap(element, { atlas, store, label: () => wordsOf(store.language.value).mapLabel, rightLabel: () => compareText[store.language.value].mapRight, padding: () => coveredBy(element), corner: () => cartoucheOver(element) });
    started.catch(() => setUndrawable(true));
    return () => void started.then((stop) => stop(), () => undefined);
  }, []);
  return (
    <div class="map-frame">
      <div class="map" ref={container} data-map-state="busy" />
      <div class="map-notices">
        {undrawable && <p class="notice map-notice" role="alert">{words.noWebGL}</p>}
        {store.tilesFailed.value && (
          <p class="notice map-notice" role="alert">
            {words.tilesFailed} <button type="button" class="button" onClick={() => window.location.reload()}>{words.retry}</button>
          </p>
        )}
        <GroundNotice />
        {!presenting && <NewsNotice />}
        {!presenting && <Resume />}
      </div>
      {!presenting && <DrawingBar />}
      {(store.view.value?.zoom ?? 0) >= BEYOND_DATA && <p class="beyond" role="status">{words.beyondData}</p>}
      {!presenting && <Furniture />}
      {store.swipe.value && <Curtain swipe={store.swipe.value} />}
      <Tip />
      <Chooser />
      <SpotMenu />
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
