/** In the drawer: which townships are compared so far, and the way to their table. */
import { api } from '../../../api/client';
import { withColumn, withoutColumn } from '../../../state/columns';
import { named } from '../../../state/language';
import { useAtlas, useText } from '../../context';
import { useLoaded } from '../../load';
import { W } from '../../parts';
import { compareText } from '../../text/compare';

export function ColumnsChoice() {
  const { store } = useAtlas();
  const words = useText(compareText);
  const ids = store.columns.value;
  const { selection } = store;
  const selected = selection.value.kind === 'place' && !ids.includes(selection.value.id) ? selection.value.id : null;
  return (
    <>
      <p>{words.columnsIntro}</p>
      {ids.length > 0 && <ul class="columns-chosen">{ids.map((id) => <Chosen key={id} id={id} />)}</ul>}
      <p class="compare-buttons">
        <button type="button" class="button" onClick={() => store.openDock({ kind: 'columns' })}>{words.columnsOpen}</button>
        {selected && <AddSelected id={selected} />}
      </p>
    </>
  );
}

function Chosen({ id }: { id: string }) {
  const { store, language } = useAtlas();
  const words = useText(compareText);
  const place = useLoaded(id, () => api.place(id));
  const name = place.status === 'here' ? named(language, place.value.place) : { text: id, lang: language };
  return (
    <li>
      <W of={name} />
      <button type="button" class="icon-button" aria-label={words.remove(name.text)} onClick={() => (store.columns.value = withoutColumn(store.columns.value, id))}><span aria-hidden="true">×</span></button>
    </li>
  );
}

/** Offered for townships alone. */
function AddSelected({ id }: { id: string }) {
  const { store, language } = useAtlas();
  const words = useText(compareText);
  const place = useLoaded(id, () => api.place(id));
  if (place.status !== 'here' || place.value.place.kind.id !== 'township') return null;
  return (
    <button type="button" class="button" onClick={() => (store.columns.value = withColumn(store.columns.value, id))}>
      {words.addCurrent(named(language, place.value.place).text)}
    </button>
  );
}
