/** The head of the sheet: title, search, tables and indicators, tours, export, settings, language, link. */
import type { Dock } from '../state/desk';
import { titled } from '../state/language';
import { useAtlas, useText } from './context';
import { CopyLink, ExportButton, Languages, ToursButton } from './head-tools';
import { isLow } from './narrow';
import { W } from './parts';
import { Search } from './Search';
import { AudienceMark } from './session/entries';
import { Progress } from './settings/Progress';
import { SettingsMenu } from './settings/SettingsMenu';
import { deskText } from './text/desk';

export function Header() {
  const { atlas, store, language, words } = useAtlas();
  const desk = useText(deskText);
  const other = language === 'zh' ? atlas.title_en : atlas.title;
  return (
    <header class="head">
      <button type="button" class="button layers-toggle" aria-expanded={store.layersOpen.value} aria-controls="layers" aria-label={words.layers} title={store.layersOpen.value ? words.hideLayers : words.showLayers} onClick={() => (store.layersOpen.value = !store.layersOpen.value)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m8 1.5 7 3.5-7 3.5L1 5zM1 8.5 8 12l7-3.5M1 11.8l7 3.5 7-3.5" /></svg>
        <span>{words.layers}</span>
      </button>
      <div class="brand">
        <h1><W of={titled(language, atlas)} /></h1>
        {other && <p lang={language === 'zh' ? 'en' : 'zh-CN'}>{other}</p>}
      </div>
      <Search />
      <nav class="desk-tools" aria-label={desk.docksNav}>
        <DockButton dock={{ kind: 'table', table: 'projects' }} name={desk.table} />
        <DockButton dock={{ kind: 'targets' }} name={desk.targets} />
      </nav>
      <div class="tools">
        <AudienceMark />
        <ToursButton />
        <ExportButton />
        <SettingsMenu />
        <Languages />
        <CopyLink />
      </div>
      <Progress />
    </header>
  );
}

/** Opens a dock, or closes it when it is open. */
function DockButton({ dock, name }: { dock: Dock; name: string }) {
  const { store } = useAtlas();
  const open = store.dock.value.kind === dock.kind;
  const lay = (): void => {
    store.openDock(dock);
    // A statistical page wants the whole of a low screen; a table stands beside its map.
    store.dockLarge.value = dock.kind === 'targets' && isLow();
    queueMicrotask(() => document.getElementById('dock')?.focus());
  };
  return (
    <button type="button" class="button dock-button" aria-pressed={open} onClick={() => (open ? store.closeDock() : lay())}>{name}</button>
  );
}
