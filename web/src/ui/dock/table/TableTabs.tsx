/** A tab for each list of the plans, in the head of the dock. */
import { TABLES, type TableName } from '../../../state/desk';
import { useAtlas, useText } from '../../context';
import { tableText } from '../../text/table';

export function TableTabs({ table: open }: { table: TableName }) {
  const { store } = useAtlas();
  const words = useText(tableText);
  const choose = (table: TableName): void => store.openDock({ kind: 'table', table });
  return (
    <div class="table-tabs" role="tablist" aria-label={words.tableTabs} onKeyDown={(event) => moveTab(event, open, choose)}>
      {TABLES.map((table) => (
        <button
          key={table} type="button" role="tab" id={`table-tab-${table}`} aria-selected={table === open} aria-controls="tables"
          tabIndex={table === open ? 0 : -1} onClick={() => choose(table)}
        >
          {words.tables[table]}
        </button>
      ))}
    </div>
  );
}

/** Arrow keys move between tabs (WAI-ARIA authoring practices, tabs pattern). */
function moveTab(event: KeyboardEvent, open: TableName, choose: (next: TableName) => void): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const next = TABLES[(TABLES.indexOf(open) + step + TABLES.length) % TABLES.length] ?? 'projects';
  choose(next);
  queueMicrotask(() => document.getElementById(`table-tab-${next}`)?.focus());
}
