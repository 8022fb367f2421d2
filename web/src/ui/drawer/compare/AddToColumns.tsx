/** In a township's panel: into the comparison with it, or a word that it is there already. */
import type { PlaceRef } from '../../../api/types';
import { MOST_COLUMNS, withColumn } from '../../../state/columns';
import { useAtlas, useText } from '../../context';
import { compareText } from '../../text/compare';

export function AddToColumns({ place }: { place: PlaceRef }) {
  const { store } = useAtlas();
  const words = useText(compareText);
  const ids = store.columns.value;
  const there = ids.includes(place.id);
  const full = !there && ids.length >= MOST_COLUMNS;
  return (
    <p class="to-columns">
      {!there && !full && <button type="button" class="button" onClick={() => (store.columns.value = withColumn(ids, place.id))}>{words.addToColumns}</button>}
      {there && <span class="aside">{words.inColumns}</span>}
      {full && <span class="aside">{words.columnsFull}</span>}
      {(there || full) && store.dock.value.kind !== 'columns' && <button type="button" class="button quiet" onClick={() => store.openDock({ kind: 'columns' })}>{words.columnsOpen}</button>}
    </p>
  );
}
