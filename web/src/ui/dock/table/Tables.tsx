/** The table of the dock: what its tab names. Whole lists are fetched once per page. */
import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TableName } from '../../../state/desk';
import type { SelectionKind } from '../../../state/selection';
import { followSelection } from '../../../state/table-here';
import type { Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { Failure } from '../../parts';
import { tableText } from '../../text/table';
import { loadTable } from './load-table';
import { TableView } from './TableView';

/** Opens the panel of a record or place without narrowing the table to it. */
export type Open = (kind: SelectionKind, id: string) => void;

export function Tables({ table: name }: { table: TableName }) {
  const { store } = useAtlas();
  const chosenHere = useRef<string | null>(null);

  useEffect(() => followSelection(store, (id) => chosenHere.current === id), []);
  useEffect(() => effect(() => {
    const { value } = store.selection;
    if (value.kind !== 'place' || value.id !== chosenHere.current) chosenHere.current = null;
  }), []);

  const open: Open = (kind, id) => {
    chosenHere.current = kind === 'place' ? id : null;
    store.follow(kind, id);
  };
  return (
    <div class="tables" role="tabpanel" id="tables" aria-labelledby={`table-tab-${name}`}>
      <Loading key={name} name={name} open={open} />
    </div>
  );
}

function Loading({ name, open }: { name: TableName; open: Open }) {
  const { atlas, words: common } = useAtlas();
  const words = useText(tableText);
  const [come, setCome] = useState<{ come: number; total: number } | null>(null);
  const loaded = useLoaded<Table>(name, () => loadTable(name, atlas, (now, total) => setCome({ come: now, total })));
  if (loaded.status === 'failed') return <div class="table-note"><Failure error={loaded.error} retry={loaded.retry} /></div>;
  if (loaded.status === 'here') return <TableView table={loaded.value} open={open} />;
  const known = come && come.come < come.total ? words.loadingRows(come.come, come.total) : common.loading;
  return <p class="loading table-note" role="status">{known}</p>;
}
