/** One row and its cells. Pointing at it, or moving the focus into it, lights its places up on the map. */
import type { OrganisationRef, PlaceRef } from '../../../api/types';
import { named } from '../../../state/language';
import type { Cell } from '../../../state/table-cell';
import { textOf } from '../../../state/table-cell';
import type { Row, Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { useLighting } from '../../lighting';
import { W } from '../../parts';
import { tableText } from '../../text/table';
import type { Open } from './Tables';

/** More links than this have no room in a cell; the record's panel has them all. */
const ROOM = { zh: 3, en: 2 };

export function GridRow({ table, row, index, active, selected, open, onFocus }: {
  table: Table; row: Row; index: number; active: boolean; selected: boolean; open: Open; onFocus: () => void;
}) {
  const { language, words } = useAtlas();
  const lighting = useLighting(row.places);
  const tabIndex = active ? 0 : -1;
  const [first, ...others] = table.columns;
  const unlocated = table.kind === 'place' && !row.places[0]?.point;
  const name = textOf(first ? row.cell(first.id) : null, language);
  const onClick = (event: MouseEvent): void => {
    if (!(event.target as Element).closest('button') && window.getSelection()?.isCollapsed !== false) open(table.kind, row.id);
  };
  return (
    <tr aria-rowindex={index + 2} class={selected ? 'selected' : ''} onFocusCapture={onFocus} onClick={onClick} {...lighting}>
      <th scope="row" title={name.text}>
        <button type="button" class="record-link" tabIndex={tabIndex} aria-current={selected ? 'true' : undefined} onClick={() => open(table.kind, row.id)}>
          <W of={name} />
        </button>
        {unlocated && <span class="aside"> {words.unlocated}</span>}
      </th>
      {others.map(({ id }) => <Content key={id} cell={row.cell(id)} tabIndex={tabIndex} open={open} />)}
    </tr>
  );
}

function Content({ cell, tabIndex, open }: { cell: Cell | null; tabIndex: number; open: Open }) {
  const { language } = useAtlas();
  const words = useText(tableText);
  if (cell?.kind === 'places') {
    return (
      <Links total={cell.places.length} more={words.more}>
        {cell.places.slice(0, ROOM[language]).map((place) => <PlaceButton key={place.id} place={place} tabIndex={tabIndex} open={open} />)}
      </Links>
    );
  }
  if (cell?.kind === 'units') {
    return (
      <Links total={cell.units.length} more={words.moreUnits}>
        {cell.units.slice(0, ROOM[language]).map((unit) => <UnitButton key={unit.id} unit={unit} tabIndex={tabIndex} open={open} />)}
      </Links>
    );
  }
  const text = textOf(cell, language);
  return <td title={text.text} class={cell?.kind === 'number' ? 'number' : ''}><span class="clamp"><W of={text} /></span></td>;
}

function Links({ total, more, children }: { total: number; more: (n: number) => string; children: preact.JSX.Element[] }) {
  return (
    <td>
      <span class="links">
        {children}
        {total > children.length && <span class="aside">{more(total)}</span>}
      </span>
    </td>
  );
}

function PlaceButton({ place, tabIndex, open }: { place: PlaceRef; tabIndex: number; open: Open }) {
  const { language, words } = useAtlas();
  const lighting = useLighting([place]);
  const name = named(language, place);
  return (
    <button type="button" class="place-link" title={name.text} tabIndex={tabIndex} {...lighting} onClick={() => open('place', place.id)}>
      <span class="place-link-name"><W of={name} /></span>
      {!place.point && <span class="aside">{words.unlocated}</span>}
    </button>
  );
}

function UnitButton({ unit, tabIndex, open }: { unit: OrganisationRef; tabIndex: number; open: Open }) {
  const { language } = useAtlas();
  const name = named(language, unit);
  return (
    <button type="button" class="record-link" title={name.text} tabIndex={tabIndex} onClick={() => open('organisation', unit.id)}>
      <W of={name} />
    </button>
  );
}
