/** Which columns of a table say where a row stands, with the first rows to judge by. */
import type { Placing, Question } from '../../../convert/model';
import { useText } from '../../context';
import { mineText } from '../../text/mine';

const KINDS = ['columns', 'pair', 'wkt', 'township'] as const;

const blank = (kind: Placing['kind']): Placing => (kind === 'columns' ? { kind, x: -1, y: -1 } : { kind, column: -1 });

/** All its columns have been chosen. */
export const isWhole = (placing: Placing): boolean => (placing.kind === 'columns' ? placing.x >= 0 && placing.y >= 0 && placing.x !== placing.y : placing.column >= 0);

export function PlacingChoice({ table: { header, sample }, placing, choose }: {
  table: NonNullable<Question['table']>; placing: Placing | null; choose: (placing: Placing) => void;
}) {
  const words = useText(mineText);
  const used = placing === null ? [] : placing.kind === 'columns' ? [placing.x, placing.y] : [placing.column];
  const column = (label: string, value: number, pick: (column: number) => void) => (
    <label class="mine-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => pick(Number(event.currentTarget.value))}>
        <option value={-1}>{words.chooseColumn}</option>
        {header.map((title, i) => <option key={title} value={i}>{title}</option>)}
      </select>
    </label>
  );
  return (
    <>
      <label class="mine-field">
        <span>{words.whereIs}</span>
        <select value={placing?.kind ?? ''} onChange={(event) => choose(blank(event.currentTarget.value as Placing['kind']))}>
          {placing === null && <option value="">{words.chooseColumn}</option>}
          {KINDS.map((kind) => <option key={kind} value={kind}>{words.placings[kind]}</option>)}
        </select>
      </label>
      {placing?.kind === 'columns' && (
        <>
          {column(words.east, placing.x, (x) => choose({ ...placing, x }))}
          {column(words.north, placing.y, (y) => choose({ ...placing, y }))}
        </>
      )}
      {placing && placing.kind !== 'columns' && column(words.column, placing.column, (one) => choose({ kind: placing.kind, column: one }))}
      {placing?.kind === 'township' && <p class="aside">{words.townshipNote}</p>}
      <div class="mine-sample" role="region" aria-label={words.firstRows} tabIndex={0}>
        <table>
          <caption>{words.firstRows}</caption>
          <thead><tr>{header.map((title, i) => <th key={title} scope="col" class={used.includes(i) ? 'used' : ''}>{title}</th>)}</tr></thead>
          <tbody>{sample.map((row, r) => <tr key={r}>{header.map((title, i) => <td key={title} class={used.includes(i) ? 'used' : ''}>{row[i] === null ? '' : String(row[i] ?? '').slice(0, 40)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
