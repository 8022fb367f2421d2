/** The table of the comparison. Whether a row differs is said in words; long lists unfold in all columns at once. */
import { useState } from 'preact/hooks';
import { withoutColumn } from '../../../state/columns';
import { FOLDED, type Cell, type Compared, type CompareRow } from '../../../state/columns-rows';
import { named } from '../../../state/language';
import { useAtlas, useText } from '../../context';
import { useLighting } from '../../lighting';
import { PlaceLink, RecordLink, W } from '../../parts';
import { compareText } from '../../text/compare';

export function ColumnsTable({ columns, rows, several }: { columns: readonly Compared[]; rows: readonly CompareRow[]; several: boolean }) {
  const words = useText(compareText);
  return (
    <table class="columns-table" aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.row}</th>
          {columns.map(({ dossier }) => <Head key={dossier.place.id} dossier={dossier} />)}
        </tr>
      </thead>
      <tbody>{rows.map((row) => <Row key={row.id} row={row} several={several} />)}</tbody>
    </table>
  );
}

function Head({ dossier: { place } }: Pick<Compared, 'dossier'>) {
  const { store, language } = useAtlas();
  const words = useText(compareText);
  return (
    <th scope="col" {...useLighting([place])}>
      <span class="columns-head">
        <PlaceLink place={place} />
        <button
          type="button" class="icon-button" aria-label={words.remove(named(language, place).text)}
          onClick={() => {
            store.lit.value = [];
            store.columns.value = withoutColumn(store.columns.value, place.id);
          }}
        >
          <span aria-hidden="true">×</span>
        </button>
      </span>
    </th>
  );
}

function Row({ row: { id, cells, differs }, several }: { row: CompareRow; several: boolean }) {
  const words = useText(compareText);
  const [open, setOpen] = useState(!FOLDED.includes(id));
  const foldable = FOLDED.includes(id) && cells.some(({ items }) => items.length > 0);
  return (
    <tr>
      <th scope="row">
        {words.rows[id]}
        {several && <span class={`tag ${differs ? 'strong' : ''}`}>{differs ? `≠ ${words.differ}` : `= ${words.same}`}</span>}
        {foldable && <button type="button" class="button quiet" aria-expanded={open} aria-label={`${words.rows[id]}：${open ? words.fold : words.unfold}`} onClick={() => setOpen(!open)}>{open ? words.fold : words.unfold}</button>}
      </th>
      {cells.map((cell, i) => <td key={i}><Content cell={cell} open={open} /></td>)}
    </tr>
  );
}

function Content({ cell: { text, aside, items, groups }, open }: { cell: Cell; open: boolean }) {
  const words = useText(compareText);
  if (text !== null) return <>{text} {aside && <span class="aside">{aside}</span>}</>;
  if (items.length === 0) return <span class="aside">{words.none}</span>;
  return (
    <>
      {!open && (
        <p>
          <b>{words.count(items.length)}</b>{' '}
          {groups.length > 0 && <span class="aside">{groups.map(({ name, count }, i) => <span key={name.text}>{i > 0 && ' · '}<W of={name} /> {count}</span>)}</span>}
        </p>
      )}
      {open && (
        <ul class="columns-items">
          {items.map(({ id, name, opens, shared }) => (
            <li key={id}>
              {opens ? <RecordLink kind={opens} id={id} name={name} /> : <W of={name} />}
              {shared && <span class="tag">{words.shared}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
