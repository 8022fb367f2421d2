/**
 * The rows as a real table, of which only those in the window are drawn. One row at a time takes part in
 * the order of the Tab key; the arrow keys move from row to row.
 */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Sort } from '../../../state/table';
import type { ColumnId, Row, Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { tableText } from '../../text/table';
import { GridRow } from './GridRow';
import type { Open } from './Tables';
import { useVirtualRows } from './virtual';

/** Pixels of a row with one line or two, under a mouse and under a finger. */
const HEIGHTS = { fine: { one: 34, two: 52 }, coarse: { one: 42, two: 58 } };
/** `styles/table.css` says the same. */
const HEAD = 32;
/** Tables whose statements are sentences. English names are as long everywhere. */
const TALL: readonly Table['name'][] = ['discrepancies'];

export function Grid({ table, rows, sort, sortBy, open, children }: {
  table: Table; rows: readonly Row[]; sort: Sort | null; sortBy: (column: ColumnId) => void; open: Open; children: ComponentChildren;
}) {
  const words = useText(tableText);
  const { store, language } = useAtlas();
  const help = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const selection = store.selection.value;
  const selected = selection.kind === table.kind ? selection.id : null;
  const [current, setCurrent] = useState(selected);
  const active = useMemo(() => Math.max(0, rows.findIndex(({ id }) => id === current)), [rows, current]);
  const toFocus = useRef<number | null>(null);
  const tall = language === 'en' || TALL.includes(table.name);
  const height = HEIGHTS[window.matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'][tall ? 'two' : 'one'];
  const inWindow = useVirtualRows(scroller, rows.length, height, active);
  // Paper has no window to look through: all rows.
  const { slices, after } = store.settings.printing.value === 'now' ? { slices: rows.map((_, index) => ({ index, gap: 0 })), after: 0 } : inWindow;

  useLayoutEffect(() => {
    if (toFocus.current === null) return;
    scroller.current?.querySelector<HTMLElement>(`tr[aria-rowindex='${toFocus.current + 2}'] th button`)?.focus({ preventScroll: true });
    toFocus.current = null;
  });
  const scrollTo = (index: number): void => {
    const element = scroller.current;
    if (!element) return;
    const room = element.clientHeight - HEAD;
    element.scrollTop = Math.min(index * height, Math.max(element.scrollTop, (index + 1) * height - room));
  };
  // Other rows: the reader begins at the top again, and in a table that opens, where the selected one stands.
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
    if (!opened.current) scrollTo(active);
    opened.current = true;
  }, [rows]);

  const moveTo = (index: number): void => {
    const at = Math.min(Math.max(index, 0), rows.length - 1);
    const row = rows[at];
    if (!row) return;
    scrollTo(at);
    toFocus.current = at;
    setCurrent(row.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / height) - 1);
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    moveTo(to);
  };
  const width = table.columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div class="table-scroller" ref={scroller}>
      <p class="visually-hidden" id={help}>{words.tableHelp}</p>
      <table class={`grid ${tall ? 'tall' : ''}`} style={{ minWidth: `${width}px`, '--row': `${height}px` }} aria-label={words.scroller(words.tables[table.name])} aria-describedby={help} aria-rowcount={rows.length + 1}>
        <colgroup>{table.columns.map(({ id, width: wanted }) => <col key={id} style={{ width: `${wanted}px` }} />)}</colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {table.columns.map(({ id }, i) => <Head key={id} id={id} name={i === 0 ? words.first[table.name] : words.columns[id]} sort={sort} sortBy={sortBy} />)}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {slices.flatMap(({ index, gap }) => {
            const row = rows[index];
            if (!row) return [];
            return [
              ...(gap > 0 ? [<tr key={`before ${row.id}`} class="gap" aria-hidden="true"><td colSpan={table.columns.length} style={{ height: `${gap}px` }} /></tr>] : []),
              <GridRow
                key={row.id} table={table} row={row} index={index} active={index === active} open={open}
                selected={row.id === selected} onFocus={() => setCurrent(row.id)}
              />,
            ];
          })}
          {after > 0 && <tr key="after" class="gap" aria-hidden="true"><td colSpan={table.columns.length} style={{ height: `${after}px` }} /></tr>}
        </tbody>
      </table>
      {children}
    </div>
  );
}

function Head({ id, name, sort, sortBy }: { id: ColumnId; name: string; sort: Sort | null; sortBy: (column: ColumnId) => void }) {
  const words = useText(tableText);
  const sorted = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={sorted}>
      <button type="button" title={words.sortBy(name)} onClick={() => sortBy(id)}>
        {name}<span class="sort-mark" aria-hidden="true">{sorted === 'ascending' ? '▲' : sorted === 'descending' ? '▼' : ''}</span>
      </button>
    </th>
  );
}
