/** How many rows there are and where; the filters in force as chips; what can be done with the rows. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PlaceRef } from '../../../api/types';
import { boundsAround, pixelOf } from '../../../state/sight';
import { withToggled, type TableChoice } from '../../../state/table';
import { placesOf, type Row, type Table } from '../../../state/table-rows';
import { useAtlas, useText } from '../../context';
import { tableText } from '../../text/table';
import { useChips } from './chips';
import { download } from './download';

/** Nearer than this the map shows no more of a single place. */
const NEAREST = 12;

export function Summary({ table, choice, rows, found, clear }: {
  table: Table; choice: TableChoice; rows: readonly Row[]; found: readonly PlaceRef[] | null; clear: () => void;
}) {
  const { atlas, store, language } = useAtlas();
  const words = useText(tableText);
  const places = useMemo(() => placesOf(rows), [rows]);
  const unlocated = places.filter(({ point }) => !point).length;
  const where = places.length === 0 ? words.noPlacesInvolved
    : unlocated === places.length ? words.noneLocated(unlocated)
    : words.placesInvolved(places.length, unlocated);
  const count = rows.length === table.rows.length ? words.total(rows.length) : words.narrowed(table.rows.length, rows.length);
  const chips = useChips(table, choice);
  const bounds = useOutOfSight(found);
  return (
    <div class="table-summary">
      <p role="status">{[count, ...(rows.length ? [where] : [])].join(words.join)}</p>
      {bounds && <button type="button" class="button" onClick={() => (store.command.value = { type: 'fit', bounds, maxZoom: NEAREST })}>{words.zoomToFound}</button>}
      {chips.length > 0 && (
        <ul class="chips" aria-label={words.chosen}>
          {chips.map(({ facet, value, text }) => (
            <li key={`${facet} ${value}`}>
              <button type="button" class="chip" aria-label={words.removeFilter(text)} onClick={() => (store.table.value = withToggled(choice, facet, value))}>
                {text} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {(chips.length > 0 || choice.words !== '') && <button type="button" class="button quiet" onClick={clear}>{words.clearFilters}</button>}
      <button type="button" class="button quiet table-download" title={words.downloadTitle} disabled={rows.length === 0} onClick={() => download(table, rows, words, atlas, language)}>
        {words.download}
      </button>
    </div>
  );
}

/** Around what was found, if some of it is off the map or under a panel. */
function useOutOfSight(found: readonly PlaceRef[] | null) {
  const { store } = useAtlas();
  const [hidden, setHidden] = useState(false);
  const points = useMemo(() => (found ?? []).flatMap(({ point }) => (point ? [point] : [])), [found]);
  const view = store.view.value;
  const large = store.dockLarge.value;
  useEffect(() => {
    const map = document.querySelector('.map')?.getBoundingClientRect();
    if (!map || !view || large) return setHidden(false);
    const panels = [...document.querySelectorAll('.layers, .panel')].map((panel) => panel.getBoundingClientRect());
    setHidden(points.some((point) => {
      const { x, y } = pixelOf(point, view, map.width, map.height);
      if (x < 0 || y < 0 || x > map.width || y > map.height) return true;
      return panels.some((box) => x + map.left > box.left && x + map.left < box.right && y + map.top > box.top && y + map.top < box.bottom);
    }));
  }, [points, view, large, store.layersOpen.value, store.selection.value]);
  return hidden ? boundsAround(points) : null;
}
