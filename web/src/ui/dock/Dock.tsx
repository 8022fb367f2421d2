/** The dock below the map: tables, indicators, townships in columns, or sites side by side. It can cover the map. */
import type { Dock as DockState } from '../../state/desk';
import { useAtlas, useText } from '../context';
import { RoomLater } from '../room-later';
import { deskText } from '../text/desk';
import { Columns } from './columns/Columns';
import { Separator } from './Separator';
import { Tables } from './table/Tables';
import { TableTabs } from './table/TableTabs';
import { Dashboard } from './targets/Dashboard';

type Open = Exclude<DockState, { kind: 'none' }>;

export function Dock({ dock }: { dock: Open }) {
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
        <Content dock={dock} />
      </div>
    </section>
  );
}

function Content({ dock }: { dock: Open }) {
  switch (dock.kind) {
    case 'table': return <Tables table={dock.table} />;
    case 'targets': return <Dashboard />;
    case 'columns': return <Columns />;
    case 'sites': return <RoomLater draw={({ SitesCompare }) => <SitesCompare />} />;
  }
}
