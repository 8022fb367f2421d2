/** The dock below the map: tables, indicators, or townships in columns. It can cover the map. */
import type { Dock as DockState } from '../../state/desk';
import { useAtlas, useText } from '../context';
import { deskText } from '../text/desk';
import { Columns } from './columns/Columns';
import { Separator } from './Separator';
import { Tables } from './table/Tables';
import { TableTabs } from './table/TableTabs';
import { Dashboard } from './targets/Dashboard';

export function Dock({ dock }: { dock: Exclude<DockState, { kind: 'none' }> }) {
  const { store } = useAtlas();
  const words = useText(deskText);
  const large = store.dockLarge.value;
  return (
    <section class={`dock sheet ${large ? 'dock-large' : ''}`} id="dock" aria-label={words.docks[dock.kind]} tabIndex={-1}>
      {!large && <Separator />}
      <header class="dock-head">
        <h2 class={dock.kind === 'table' ? 'visually-hidden' : ''}>{words.docks[dock.kind]}</h2>
        {dock.kind === 'table' && <TableTabs table={dock.table} />}
        <button type="button" class="button quiet" aria-pressed={large} onClick={() => (store.dockLarge.value = !large)}>{large ? words.shrink : words.enlarge}</button>
        <button type="button" class="icon-button" aria-label={words.closeDock} onClick={() => store.closeDock()}><span aria-hidden="true">×</span></button>
      </header>
      <div class="dock-body">
        {dock.kind === 'table' ? <Tables table={dock.table} /> : dock.kind === 'targets' ? <Dashboard /> : <Columns />}
      </div>
    </section>
  );
}
