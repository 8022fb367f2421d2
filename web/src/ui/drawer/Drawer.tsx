/** The left-hand panel: one drawer of the desk at a time, chosen by its tabs. */
import { DRAWERS, type Drawer as DrawerName } from '../../state/desk';
import { useAtlas, useText } from '../context';
import { LayerPanel } from '../layers/LayerPanel';
import { RoomLater } from '../room-later';
import { deskText } from '../text/desk';
import { AskDrawer } from './ask/AskDrawer';
import { CompareDrawer } from './compare/CompareDrawer';
import { MineDrawer } from './mine/MineDrawer';
import { ThemeDrawer } from './theme/ThemeDrawer';

const CONTENTS: Record<DrawerName, () => preact.JSX.Element> = {
  layers: LayerPanel, theme: ThemeDrawer, ask: AskDrawer, compare: CompareDrawer, sites: SitesLater, mine: MineDrawer,
};

function SitesLater() {
  return <RoomLater draw={({ SitesDrawer }) => <SitesDrawer />} />;
}

export function Drawer() {
  const { store } = useAtlas();
  const words = useText(deskText);
  const open = store.drawer.value;
  const Content = CONTENTS[open];
  return (
    <nav class="layers sheet" id="layers" aria-label={words.desk} tabIndex={-1}>
      <header class="drawer-tabs">
        <div role="tablist" aria-label={words.desk} onKeyDown={(event) => moveTab(event, open, (next) => (store.drawer.value = next))}>
          {DRAWERS.map((drawer) => (
            <button
              key={drawer} type="button" role="tab" id={`tab-${drawer}`} aria-selected={drawer === open} aria-controls="drawer"
              tabIndex={drawer === open ? 0 : -1} title={words.drawerTitles[drawer]} onClick={() => (store.drawer.value = drawer)}
            >
              {words.drawers[drawer]}
            </button>
          ))}
        </div>
        <button type="button" class="icon-button" aria-label={words.closeDrawer} onClick={() => (store.layersOpen.value = false)}><span aria-hidden="true">×</span></button>
      </header>
      <div class="layers-body" role="tabpanel" id="drawer" aria-labelledby={`tab-${open}`} key={open}>
        <h2 class="visually-hidden">{words.drawerTitles[open]}</h2>
        <Content />
      </div>
    </nav>
  );
}

/** Arrow keys move between tabs (WAI-ARIA authoring practices, tabs pattern). */
function moveTab(event: KeyboardEvent, open: DrawerName, choose: (next: DrawerName) => void): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const next = DRAWERS[(DRAWERS.indexOf(open) + step + DRAWERS.length) % DRAWERS.length] ?? 'layers';
  choose(next);
  queueMicrotask(() => document.getElementById(`tab-${next}`)?.focus());
}
