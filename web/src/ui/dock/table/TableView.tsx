/** One table: its filters, how many rows they leave and where those are, and the rows. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { HERE, withoutFilters, withSortBy } from '../../../state/table';
import { narrow, placesOf, sortRows, type Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { Failure } from '../../parts';
import { tableText } from '../../text/table';
import { Filters } from './Filters';
import { Grid } from './Grid';
import { rowsAt } from './load-table';
import { Summary } from './Summary';
import type { Open } from './Tables';

/** Milliseconds of quiet typing before the map is drawn anew. */
const SETTLED = 120;

export function TableView({ table, open }: { table: Table; open: Open }) {
  const { store, language } = useAtlas();
  const words = useText(tableText);
  const choice = store.table.value;
  const place = choice.filters[HERE]?.[0] ?? null;
  const at = useLoaded(place ?? '', () => (place ? rowsAt(table.name, place) : Promise.resolve(null)));
  const here = useLatest(at.status === 'here' ? at.value : undefined);

  const sorted = useMemo(() => sortRows(table, choice.sort, language), [table, choice.sort, language]);
  const all = useMemo(() => narrow(table, sorted, choice, null), [table, sorted, choice.filters, choice.words]);
  const narrowed = useMemo(() => (here ? narrow(table, sorted, choice, here) : all), [all, here]);
  const filtered = choice.words.trim() !== '' || table.facets.some(({ id }) => choice.filters[id]);
  // The map keeps showing all that the filters found while the reader looks at one place after the other.
  const found = useMemo(() => (filtered ? placesOf(all.rows) : null), [filtered, all]);
  useFound(found && new Set(found.map(({ id }) => id)));
  useEffect(() => () => void (store.lit.value = []), []);

  const clear = (): void => void (store.table.value = withoutFilters(choice));
  return (
    <>
      <Filters table={table} choice={choice} counts={narrowed.counts} />
      <Summary table={table} choice={choice} rows={narrowed.rows} found={found} clear={clear} />
      {at.status === 'failed'
        ? <div class="table-note"><Failure error={at.error} retry={at.retry} id={place ?? ''} /></div>
        : (
          <Grid table={table} rows={narrowed.rows} sort={choice.sort} sortBy={(column) => (store.table.value = withSortBy(choice, column))} open={open}>
            {narrowed.rows.length === 0 && (
              <div class="table-note table-empty">
                <p class="notice-title">{table.rows.length ? words.empty : words.emptyTable}</p>
                {table.rows.length > 0 && <p>{words.emptyHint} <button type="button" class="button" onClick={clear}>{words.clearFilters}</button></p>}
              </div>
            )}
          </Grid>
        )}
    </>
  );
}

/** What came last, until something else has come: rows do not vanish while the next answer is on its way. */
function useLatest<T>(value: T | undefined): T | undefined {
  const latest = useRef(value);
  if (value !== undefined) latest.current = value;
  return latest.current;
}

/** Tells the map what the filters have found. What somebody else has found meanwhile is left alone. */
function useFound(found: ReadonlySet<string> | null): void {
  const { store } = useAtlas();
  const ours = useRef<ReadonlySet<string> | null>(null);
  const key = found && [...found].join(' ');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (found) store.found.value = ours.current = found;
      else if (ours.current && store.found.peek() === ours.current) store.found.value = ours.current = null;
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [key]);
  useEffect(() => () => {
    if (ours.current && store.found.peek() === ours.current) store.found.value = null;
  }, []);
}
